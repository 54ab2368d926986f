"""What the user has chosen, while the program runs: one value, one signal, and a file behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from photoclust.core.errors import UserError
from photoclust.core.preferences import Preferences, PreferencesFile
from photoclust.ui.language import tr


class LivePreferences(QObject):
    """Shared by all windows; without a file it forgets everything with the program."""

    changed = Signal(str)
    """The name of the choice that is another one now."""
    failed = Signal(str)
    """A sentence for the user: what was chosen holds, but only until the program ends."""

    def __init__(self, file: PreferencesFile | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self.problems: tuple[str, ...] = ()
        """What could not be read at the start, each as a sentence."""
        self.value = Preferences()
        if file is not None:
            read = file.read()
            self.value, self.problems = read.preferences, read.problems
            if read.broken:
                self.problems += (self._put_aside(file),)

    def set(self, name: str, value: Any) -> None:
        """Choose; nothing happens when it is chosen already."""
        if getattr(self.value, name) == value:
            return
        self.value = replace(self.value, **{name: value})
        if self._file is not None:
            try:
                self._file.write(name, value)
            except UserError as problem:
                self.failed.emit(tr(str(problem)))
        self.changed.emit(name)

    def _put_aside(self, file: PreferencesFile) -> str:
        aside = file.put_aside()
        if aside is None:
            return tr("What is chosen now is not kept, so that nothing in it is lost.")
        return tr("Everything is as at first again; what it said is kept in {file}.", file=aside)
