"""What the background does just now: how far it is, and how to hold or stop it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from photoclust.ui.job_texts import job_title
from photoclust.ui.jobs import JobPhase
from photoclust.ui.language import tr
from photoclust.ui.motion import show_progress
from photoclust.ui.runner import Runner
from photoclust.ui.theme import Metrics, icon
from photoclust.ui.views.status_strip import describe_job


class JobCard(QFrame):
    """A card with a title, a line, a bar and two buttons; it says so when nothing is done."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._runner = runner
        self.title = QLabel()
        self.title.setProperty("kind", "heading")
        self.line = QLabel(wordWrap=True)
        self.line.setProperty("kind", "muted")
        self.progress = QProgressBar(textVisible=False)
        self.pause = QPushButton()
        self.pause.setIconSize(Metrics.BESIDE)
        self.pause.clicked.connect(self._on_pause)
        self.stop = QPushButton(tr("Stop"))
        self.stop.setIcon(icon("cancel"))
        self.stop.setIconSize(Metrics.BESIDE)
        self.stop.setToolTip(tr("Stop; what was found is kept"))
        self.stop.clicked.connect(self._on_stop)
        row = QHBoxLayout()
        row.setSpacing(Metrics.S)
        row.addStretch(1)
        for button in (self.pause, self.stop):
            button.setAutoDefault(False)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.L, Metrics.M, Metrics.L, Metrics.M)
        layout.setSpacing(Metrics.S)
        for widget in (self.title, self.line, self.progress):
            layout.addWidget(widget)
        layout.addLayout(row)
        runner.state_changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show where it stands now."""
        state = self._runner.state
        works = state.phase is not JobPhase.IDLE
        self.title.setText(job_title(self._runner.jobs[0]) if works else tr("Nothing is being done"))
        self.line.setText(describe_job(state) if works else tr("Imports, groupings and everything else that takes long is here."))
        for widget in (self.progress, self.pause, self.stop):
            widget.setVisible(works)
        held = state.phase in (JobPhase.PAUSING, JobPhase.PAUSED)
        show_progress(self.progress, state.status.done, state.status.total or int(state.phase is JobPhase.PAUSED))
        self.pause.setText(tr("Go on") if held else tr("Pause"))
        self.pause.setIcon(icon("play" if held else "pause"))
        for button in (self.pause, self.stop):
            button.setEnabled(state.phase is not JobPhase.STOPPING)

    @Slot()
    def _on_pause(self) -> None:
        if self._runner.state.phase in (JobPhase.PAUSING, JobPhase.PAUSED):
            self._runner.resume()
        else:
            self._runner.pause()

    @Slot()
    def _on_stop(self) -> None:
        if self._runner.jobs:
            self._runner.cancel(self._runner.jobs[0])
