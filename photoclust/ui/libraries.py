"""Every library that is open in this program, each with its own windows, and how one is found, made, and left."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QSettings, QTimer, Slot
from PySide6.QtWidgets import QWidget

from photoclust.core.errors import UserError
from photoclust.core.settings import default_library
from photoclust.library.failures import DamagedLibrary
from photoclust.ui.dialogs.damaged import ask_to_restore
from photoclust.ui.jobs import Job, JobEnd, Workflows, demo_library
from photoclust.ui.language import tr
from photoclust.ui.library_menu import LibraryMenu
from photoclust.ui.main_window import MainWindow
from photoclust.ui.motion import let_move
from photoclust.ui.preferences import LivePreferences
from photoclust.ui.questions import ask, tell
from photoclust.ui.recent import Recent
from photoclust.ui.theme import Scheme
from photoclust.ui.windows import Windows

log = logging.getLogger(__name__)
_PAINTED = 300
"""Milliseconds for a new window to be painted before anything goes on in the background."""


class Libraries(QObject):
    """Each window belongs to one library; a library that is open already comes to the front."""

    def __init__(
        self,
        wear: Callable[[Scheme], object],
        speak: Callable[[str], object],
        preferences: LivePreferences,
        memory: QSettings | None = None,
        workflows: Workflows | None = None,
    ) -> None:
        super().__init__()
        self._wear, self._speak, self._workflows, self._memory = wear, speak, workflows, memory
        self.preferences = preferences
        self.recent = Recent(memory)
        self.open: list[Windows] = []
        self._demo: Job | None = None
        preferences.changed.connect(self._on_preference)
        let_move(preferences.value.motion)
        preferences.failed.connect(self._tell)

    def start(self, path: Path | None) -> Windows:
        """Open a library, or else the one that was used last, else the user's own; UserError when that cannot be.

        The demo album only where it is named: who has seen it goes on with photos of their own.
        """
        last = [p for p in self.recent.paths if p != demo_library()]
        wanted = path or next((p for p in last if p.exists()), default_library())
        windows = self.show(wanted, create=True)
        if path is None and last and wanted != last[0]:
            self._tell_gone(windows.open[0], last[0])
        if self.preferences.problems:
            tell(windows.open[0], tr("The settings"), "\n".join(map(tr, self.preferences.problems)))
        return windows

    def show(self, path: Path, *, create: bool = False) -> Windows:
        """Bring the window of a library to the front, or open one; UserError, and nothing has changed, when that cannot be."""
        path = path.expanduser().absolute()
        if not create and not path.exists():
            raise UserError(tr("There is no library at {path}.", path=path))
        found = next((w for w in self.open if w.session.library.path.resolve() == path.resolve()), None)
        if found is None:
            found = Windows(path, self._wear, self._workflows, self._memory, self.preferences)
            found.made.connect(self._dress)
            found.emptied.connect(lambda windows=found: QTimer.singleShot(0, self, lambda: self._drop(windows)))
            self.open.append(found)
            found.new()
            QTimer.singleShot(_PAINTED, found, found.start)
        self.recent.add(path)
        window = found.open[-1]
        window.raise_()
        window.activateWindow()
        return found

    def change_to(self, window: MainWindow, path: Path, *, create: bool = False) -> None:
        """Open a library from a window, which goes if there is nothing in its own; what prevents that is told in it."""
        try:
            new = self.show(path, create=create)
        except DamagedLibrary as problem:
            question = ask_to_restore(path, window)
            if question is None:
                tell(window, tr("That did not work"), tr(str(problem)))
                return
            question.accepted.connect(lambda: self.change_to(window, path))
            question.open()
        except UserError as problem:
            if path.exists():
                tell(window, tr("That did not work"), tr(str(problem)))
            else:
                self._tell_gone(window, path)
        else:
            self._leave_if_empty(window, new)

    def show_demo(self, window: MainWindow) -> None:
        """Show the demo album; it is drawn first, in the background of this window, if that was never done."""
        if demo_library().exists() and window.session.library.path != demo_library():
            self.change_to(window, demo_library())
        elif self._demo is None:  # where it was begun and stopped, the window of its library is here
            self._demo = Job(demo=True)
            window.session.job_ended.connect(lambda end: self._on_drawn(window, end))
            window.session.runner.start(self._demo)

    def tell_bug(self, kind: type[BaseException], bug: BaseException, traceback: TracebackType | None) -> None:
        """Log what should not have happened and say so; the program goes on."""
        log.error("a bug", exc_info=(kind, bug, traceback))
        self._tell(tr("Something went wrong: {what}. The log has the details.", what=str(bug) or kind.__name__))

    def close(self) -> None:
        """Close everything, whatever runs."""
        for windows in list(self.open):
            self.leave(windows)

    def leave(self, windows: Windows) -> None:
        """Close a library with all its windows, whatever runs."""
        windows.emptied.disconnect()
        self.open.remove(windows)
        windows.close()
        windows.deleteLater()

    def windows_of(self, window: MainWindow) -> Windows:
        """All windows of the library of a window."""
        return next(w for w in self.open if w.session is window.session)

    def _dress(self, window: MainWindow) -> None:
        LibraryMenu(self, window)
        if window.session.library.path == demo_library():
            window.take_folder = self._import_beside_demo

    def _import_beside_demo(self, folder: Path) -> None:
        """Photos of one's own do not come among those of persons who never existed."""
        own = next((p for p in self.recent.paths if p != demo_library() and p.exists()), default_library())
        self.show(own, create=True).open[-1].open_folder(folder)

    def _leave_if_empty(self, window: MainWindow, new: Windows) -> None:
        old = self.windows_of(window)
        if old is not new and not old.session.runner.matters and not old.session.library.root_rows():
            new.open[-1].setGeometry(window.geometry())
            for each in list(old.open):
                each.close()

    def _on_drawn(self, window: MainWindow, end: JobEnd) -> None:
        if end.job is not self._demo:
            return
        self._demo = None
        if end.path is not None:
            self.change_to(window, demo_library(), create=True)
            self.show(demo_library()).session.open_folder(end.path)

    def _drop(self, windows: Windows) -> None:
        if windows in self.open and not windows.open:
            self.leave(windows)

    def _tell_gone(self, window: MainWindow, path: Path) -> None:
        text = tr("{path} is not there. If it is on another drive, connect it first.", path=path)
        ask(
            window,
            tr("This library is not there"),
            text,
            {
                tr("Try again"): lambda: self.change_to(window, path),
                tr("Take it off the list"): lambda: self.recent.forget(path),
            },
        )

    @Slot(str)
    def _on_preference(self, name: str) -> None:
        if name == "language":
            self._speak(self.preferences.value.language)
            for windows in self.open:
                windows.renew()
        elif name == "motion":
            let_move(self.preferences.value.motion)

    @Slot(str)
    def _tell(self, text: str) -> None:
        shown: list[QWidget] = [w for windows in self.open for w in windows.open]
        window = next((w for w in shown if w.isActiveWindow()), shown[-1] if shown else None)
        if window is not None:
            tell(window, tr("That did not work"), text)
