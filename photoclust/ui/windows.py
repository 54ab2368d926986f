"""All windows of one library: they share its session and thumbnails, which close with the last of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal, Slot

from photoclust.core import settings
from photoclust.ui.closing import Closing
from photoclust.ui.jobs import JobEnd, Workflows
from photoclust.ui.language import tr
from photoclust.ui.main_window import MainWindow
from photoclust.ui.preferences import LivePreferences
from photoclust.ui.questions import tell
from photoclust.ui.session import Session
from photoclust.ui.theme import Scheme
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.watching import Watching

log = logging.getLogger(__name__)


class Windows(QObject):
    """Opens windows, and remembers between two runs how the last one looked, where a `memory` is given.

    Colours go by the `preferences`; `wear` puts them on.
    """

    made = Signal(object)
    """A window that is about to be shown."""
    emptied = Signal()
    """The last window is gone."""

    def __init__(
        self,
        library_path: Path,
        wear: Callable[[Scheme], object],
        workflows: Workflows | None = None,
        memory: QSettings | None = None,
        preferences: LivePreferences | None = None,
    ) -> None:
        super().__init__()
        self._wear_scheme = wear
        self._memory = memory
        self._ending = False
        self.preferences = preferences or LivePreferences()
        self.session = Session(library_path, workflows, self)
        self.thumbnails = Thumbnails(library_path, settings.thumbnail_cache(), self)
        self.watching: Watching | None = None
        self.open: list[MainWindow] = []
        self._closing = Closing(self.session.runner, self)
        self.session.changed.connect(self.thumbnails.forget)
        self.session.failed.connect(self._tell)
        self.preferences.changed.connect(self._on_preference)
        if preferences is not None:
            self._on_preference("appearance")
            self._on_preference("thumbnails_mb")

    def new(self) -> MainWindow:
        """Open one more window."""
        window = MainWindow(self.session, self.thumbnails, self.new, self.wear)
        window.actions_[self.preferences.value.appearance].setChecked(True)
        window.actions_.wear_keys(self.preferences.value.shortcuts)
        window.may_close = lambda: self._may_close(window)
        window.closing.connect(lambda: self._remember(window))
        window.destroyed.connect(lambda: self._forget(window))
        self.made.emit(window)
        self._restore(window)
        if self._memory is not None:
            window.coaching.offer_once(self._memory)
        if self.open:
            window.move(self.open[-1].pos().x() + 32, self.open[-1].pos().y() + 32)
        self.open.append(window)
        window.show()
        return window

    def renew(self) -> None:
        """Put new windows in the place of those that are open: in another language they are made anew."""
        for old in [w for w in self.open if w.isVisible()]:
            window = self.new()
            window.setGeometry(old.geometry())
            window.setWindowState(old.windowState())
            if old.place is not None:
                window.go_to(old.place)
            self._closing.forget()
            old.may_close = lambda: True
            old.close()

    def start(self) -> None:
        """Begin what goes on by itself: watching folders and the daily backup, unless another program does."""
        if not self._ending and not self.session.library.read_only:
            self.session.runner.back_up()
            self.watch()
            self.session.job_ended.connect(self._on_job_ended)
            self._prepare_questions()

    def watch(self) -> None:
        """Import new photos in the folders of the library as they appear."""
        if self.watching is None:
            self.watching = Watching(self.session, parent=self)

    def wear(self, scheme: Scheme) -> None:
        """Put on light or dark colours, or the system's, in every window."""
        self.preferences.set("appearance", scheme)

    def tell_bug(self, kind: type[BaseException], bug: BaseException, traceback: TracebackType | None) -> None:
        """Log what should not have happened and say so; the program goes on."""
        log.error("a bug", exc_info=(kind, bug, traceback))
        self._tell(tr("Something went wrong: {what}. The log has the details.", what=str(bug) or kind.__name__))

    def close(self) -> None:
        """Close what is open, stop what runs in the background, and close the library."""
        self._ending = True
        self._closing.forget()
        for window in list(self.open):
            window.close()
        if self.watching is not None:
            self.watching.close()
        self.thumbnails.close()
        self.session.close()

    def _may_close(self, window: MainWindow) -> bool:
        last = not any(w.isVisible() for w in self.open if w is not window)
        return self._ending or self._closing.may_close(window, last=last)

    @Slot(object)
    def _on_job_ended(self, end: JobEnd) -> None:
        """The first import of a library brings its first questions."""
        if end.job.folder is not None and not end.cancelled:
            self._prepare_questions()

    def _prepare_questions(self) -> None:
        if any(window.shelves.counts.faces for window in self.open):
            self.session.reviewing.prepare()

    @Slot(str)
    def _on_preference(self, name: str) -> None:
        value = self.preferences.value
        if name == "appearance":
            self._wear_scheme(value.appearance)  # type: ignore[arg-type]
            for window in self.open:
                window.actions_[value.appearance].setChecked(True)
        elif name == "shortcuts":
            for window in self.open:
                window.actions_.wear_keys(value.shortcuts)
        elif name == "thumbnails_mb":
            self.thumbnails.hold(value.thumbnails_mb)

    @Slot(str)
    def _tell(self, text: str) -> None:
        """Say what went wrong in the window that the user looks at."""
        window = next((w for w in self.open if w.isActiveWindow()), self.open[-1] if self.open else None)
        if window is not None:
            tell(window, tr("That did not work"), text)

    def _restore(self, window: MainWindow) -> None:
        if self._memory is None:
            return
        geometry, splitter = self._memory.value("geometry"), self._memory.value("splitter")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)
        if isinstance(splitter, QByteArray):
            window.splitter.restoreState(splitter)
        window.centre.face_grid.zoom_to(int(str(self._memory.value("zoom", window.centre.face_grid.step))))
        window.arranging.recall(str(self._memory.value("arranged", window.arranging.kept())))

    def _remember(self, window: MainWindow) -> None:
        if self._memory is not None:
            self._memory.setValue("geometry", window.saveGeometry())
            self._memory.setValue("splitter", window.splitter.saveState())
            self._memory.setValue("zoom", window.centre.face_grid.step)
            self._memory.setValue("arranged", window.arranging.kept())

    def _forget(self, window: MainWindow) -> None:
        self.open = [w for w in self.open if w is not window]
        if not self.open:
            self.emptied.emit()
