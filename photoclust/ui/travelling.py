"""Going back and forth in what was done: step by step in a thread of its own, shown as it goes."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from photoclust.core.changes import Changes
from photoclust.core.errors import UserError
from photoclust.library.library import Library
from photoclust.ui.job_control import Gather
from photoclust.ui.language import tr

_log = logging.getLogger(__name__)


class Travelling(QObject):
    """Undoes and redoes edits until the library is as it was after a chosen one."""

    changed = Signal(object)
    """The `Changes` of some steps."""
    arrived = Signal(str)
    """What has been done, as a sentence."""
    failed = Signal(str)
    _ended = Signal(int, str)

    def __init__(self, library_path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = library_path
        self._closed = False
        self._busy = False
        self._pool = QThreadPool(self, maxThreadCount=1)
        self._ended.connect(self._on_ended)

    @property
    def busy(self) -> bool:
        """Whether it is on its way."""
        return self._busy

    def go(self, edit_id: int) -> None:
        """Go to the moment after this edit; 0 is before the first. Nothing while another way is being gone."""
        if not self._busy:
            self._busy = True
            self._pool.start(lambda: self._work(edit_id))

    def close(self) -> None:
        """Stop after the step that is being taken."""
        self._closed = True
        self._pool.waitForDone()

    def _work(self, edit_id: int) -> None:
        steps, problem = 0, ""
        gather = Gather(self.changed.emit)
        try:
            with Library.open(self._path, create=False) as library:
                newest = library.newest_edit()
                while not self._closed and (applied := library.step_towards(edit_id, newest)):
                    steps += 1
                    gather.add(applied.changes)
        except UserError as error:
            problem = tr(error.args[0])
        except Exception as bug:
            _log.exception("the way back broke off")
            problem = str(bug) or type(bug).__name__
        gather.flush()
        self._ended.emit(steps, problem)

    @Slot(int, str)
    def _on_ended(self, steps: int, problem: str) -> None:
        self._busy = False
        if self._closed:
            return
        if problem:
            self.failed.emit(problem)
        self.changed.emit(Changes())  # also where nothing was to be done: the list shows where it is
        if steps:
            self.arrived.emit(tr("Went {n} steps in the history", n=steps))
