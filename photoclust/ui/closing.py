"""Closing the last window of a library while the background works: asked first, and only done once the work has stopped."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMainWindow

from photoclust.ui.job_texts import job_title
from photoclust.ui.jobs import JobPhase
from photoclust.ui.language import tr
from photoclust.ui.questions import Question
from photoclust.ui.runner import Runner


class Closing(QObject):
    """Belongs to the windows of a library."""

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._question: Question | None = None
        self._window: QMainWindow | None = None
        runner.job_ended.connect(self._on_job_ended)

    def may_close(self, window: QMainWindow, *, last: bool) -> bool:
        """Whether a window may close now; if not, the user is asked, or it closes by itself when the work has stopped."""
        if not (last and self._runner.matters):
            return True
        if self._question is not None:
            self._question.raise_()
        elif self._window is None:
            self._ask(window)
        return False

    def forget(self) -> None:
        """The windows go in any case; nothing is asked any more."""
        self._question = self._window = None

    def _ask(self, window: QMainWindow) -> None:
        jobs = [job for job in self._runner.jobs if job.matters]
        title = tr("Stop and close?")
        text = tr("{n} jobs are not done yet.", n=len(jobs))
        if len(jobs) == 1:
            text = tr("“{job}” is not done yet.", job=job_title(jobs[0]))
        kept = tr("What was done so far is kept, and is not done again when it is started once more.")
        answers = {tr("Stop and close"): lambda: self._stop(window)}
        self._question = Question(title, f"{text} {kept}", answers, tr("Stay"), window)
        self._question.finished.connect(self._on_answered)
        self._question.open()

    def _stop(self, window: QMainWindow) -> None:
        self._window = window
        if self._runner.state.phase is not JobPhase.IDLE:
            self._runner.cancel()
        self._on_job_ended()

    @Slot()
    def _on_answered(self) -> None:
        self._question = None

    @Slot()
    def _on_job_ended(self) -> None:
        if self._runner.matters:
            return
        if self._question is not None:
            self._question.reject()  # there is nothing left to ask about
        if self._window is not None:
            window, self._window = self._window, None
            window.close()
