"""Moving a library to another folder: copied and verified in the background, and only then used from there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QPushButton, QVBoxLayout

from photoclust.core.errors import UserError
from photoclust.library.moving import set_aside
from photoclust.library.places import backups_of
from photoclust.ui.jobs import Job, JobEnd, JobState
from photoclust.ui.language import tr
from photoclust.ui.main_window import MainWindow
from photoclust.ui.motion import show_progress
from photoclust.ui.questions import Question, tell
from photoclust.ui.theme import Metrics

if TYPE_CHECKING:
    from photoclust.ui.libraries import Libraries


class MovingDialog(QDialog):
    """In front of all windows of the program, so that nothing is changed meanwhile; it can be stopped."""

    def __init__(self, libraries: Libraries, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle(tr("Move the library"))
        self.setMinimumWidth(420)
        self._libraries, self._window = libraries, window
        self._job = Job(move_to=folder / window.session.library.path.name)
        heading = QLabel(tr("The library is moved"))
        heading.setProperty("kind", "heading")
        where = QLabel(tr("To {folder}. It is copied, and the copy is read again, before it is used.", folder=folder))
        where.setWordWrap(True)
        where.setProperty("kind", "muted")
        self.progress = QProgressBar(textVisible=False)
        self.stop = QPushButton(tr("Stop"))
        self.stop.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.XL, Metrics.XL, Metrics.XL, Metrics.L)
        layout.setSpacing(Metrics.M)
        for widget in (heading, where, self.progress):
            layout.addWidget(widget)
        layout.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignRight)

    def begin(self) -> None:
        """Start copying."""
        runner = self._window.session.runner
        runner.state_changed.connect(self._on_state)
        self._window.session.job_ended.connect(self._on_ended)
        self.open()
        runner.start(self._job)

    def reject(self) -> None:
        """Stop copying; the dialog goes when that has come to its end."""
        self.stop.setEnabled(False)
        self._window.session.runner.cancel(self._job)

    def closeEvent(self, event: QCloseEvent) -> None:
        """As the button."""
        event.ignore()
        self.reject()

    @Slot(object)
    def _on_state(self, state: JobState) -> None:
        show_progress(self.progress, state.status.done, state.status.total)

    @Slot(object)
    def _on_ended(self, end: JobEnd) -> None:
        if end.job is not self._job:
            return
        self._window.session.job_ended.disconnect(self._on_ended)
        self._window.session.runner.state_changed.disconnect(self._on_state)
        self.accept()
        if end.path is not None:
            self._switch(end.path)

    def _switch(self, path: Path) -> None:
        """Use the copy from now on, and keep what was copied."""
        libraries, old = self._libraries, self._libraries.windows_of(self._window)
        before = old.session.library.path
        shown = [(w.geometry(), w.place) for w in old.open if w.isVisible()]
        try:
            new = libraries.show(path)
        except UserError as problem:
            tell(self._window, tr("That did not work"), tr(str(problem)))
            return
        for number, (geometry, place) in enumerate(shown):
            window = new.open[0] if number == 0 else new.new()
            window.setGeometry(geometry)
            if place is not None:
                window.go_to(place)
        libraries.leave(old)
        libraries.recent.forget(before)
        _ask_about(set_aside(before), path, new.open[0])


def _ask_about(kept: Path, path: Path, window: MainWindow) -> None:
    text = tr("The library is {path} now. As it was before, it is kept as {kept}, until you say otherwise.", path=path, kept=kept)
    answers = {tr("Keep it"): lambda: None, tr("Move it to the bin"): lambda: _throw_away(kept, window)}
    question = Question(tr("The library was moved"), text, answers, "", window)
    question.open()


def _throw_away(kept: Path, window: MainWindow) -> None:
    for file in (*backups_of(kept), kept):
        if not QFile.moveToTrash(str(file)):
            tell(window, tr("That did not work"), tr("{file} cannot be moved to the bin. It was left where it is.", file=file))
            return
