"""The bottom of the window: what the background does, the last message, and the zoom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSlider, QToolButton, QVBoxLayout, QWidget

from photoclust.library.library import Counts
from photoclust.ui.jobs import JobPhase, JobState
from photoclust.ui.language import tr
from photoclust.ui.motion import show_progress
from photoclust.ui.theme import Metrics, icon
from photoclust.ui.views.labels import ShortLabel
from photoclust.ui.views.tile_grid import SIZES

MESSAGE_SECONDS = 8


class StatusStrip(QFrame):
    """Counts while nothing happens, a message after an edit, progress during a job."""

    pause_clicked = Signal()
    resume_clicked = Signal()
    cancel_clicked = Signal()
    undo_clicked = Signal()
    problems_clicked = Signal()
    missing_clicked = Signal()
    questions_clicked = Signal()
    jobs_clicked = Signal()
    zoom_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self._state = JobState()
        self.text = ShortLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setProperty("kind", "muted")
        self.undo = self._link(tr("Undo"), self.undo_clicked)
        self.problems = self._link("", self.problems_clicked)
        self.problems.setIcon(icon("warning", "warning"))
        self.problems.setIconSize(Metrics.BESIDE)
        self.missing = self._link("", self.missing_clicked)
        self.questions = self._link("", self.questions_clicked)
        self.questions.setIcon(icon("unknown", "accent"))
        self.questions.setIconSize(Metrics.BESIDE)
        self.questions.setToolTip(tr("Answer questions (Ctrl+R)"))
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedWidth(144)
        self.pause = self._tool("pause", tr("Pause"))
        self.pause.clicked.connect(self._on_pause)
        self.cancel = self._tool("cancel", tr("Stop; what was found is kept"))
        self.cancel.clicked.connect(self.cancel_clicked)
        self.jobs = self._tool("jobs", tr("Show the jobs (Ctrl+J)"))
        self.jobs.clicked.connect(self.jobs_clicked)
        self.zoom = QSlider(Qt.Orientation.Horizontal)
        self.zoom.setRange(0, len(SIZES) - 1)
        self.zoom.setPageStep(1)
        self.zoom.setFixedWidth(120)
        self.zoom.setAccessibleName(tr("Zoom"))
        self.zoom.setToolTip(tr("Zoom (Ctrl+wheel)"))
        self.zoom.valueChanged.connect(self.zoom_changed)
        self._message = QTimer(self, singleShot=True, interval=MESSAGE_SECONDS * 1000)
        self._message.timeout.connect(self._refresh)
        self._counts = Counts(0, 0, 0, 0, 0, 0, 0)

        row = QHBoxLayout()
        row.setContentsMargins(Metrics.L, Metrics.XS, Metrics.L, Metrics.XS)
        row.setSpacing(Metrics.S)
        for widget in (self.progress, self.pause, self.cancel, self.jobs, self.text, self.undo):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.questions)
        row.addWidget(self.missing)
        row.addWidget(self.problems)
        row.addSpacing(Metrics.S)
        self._signs = {"zoom-out": QLabel(), "zoom-in": QLabel()}
        row.addWidget(self._signs["zoom-out"])
        row.addWidget(self.zoom)
        row.addWidget(self._signs["zoom-in"])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        self.setFixedHeight(40)
        self._draw_signs()
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the signs again when light becomes dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_signs()

    def show_counts(self, counts: Counts) -> None:
        """Show how much there is in the library."""
        self._counts = counts
        self.problems.setVisible(counts.errors > 0)
        self.problems.setText(tr("{n} photos could not be read", n=counts.errors))
        self.missing.setVisible(counts.missing > 0)
        self.missing.setText(tr("{n} photos missing", n=counts.missing))
        if not self._message.isActive():
            self._refresh()

    def show_questions(self, count: int | None) -> None:
        """Show how many questions there are; nothing while that is unknown, or where there is none."""
        self.questions.setVisible(bool(count))
        self.questions.setText(tr("{n} questions", n=count or 0))

    def show_state(self, state: JobState) -> None:
        """Show where the background stands."""
        self._state = state
        self._refresh()

    def show_message(self, text: str, *, undoable: bool = False) -> None:
        """Show a sentence for a while, with a way back where there is one."""
        self._message.start()
        self.text.setText(text)
        self.undo.setVisible(undoable)
        self.text.setToolTip("")

    def _refresh(self) -> None:
        state = self._state
        running = state.phase is not JobPhase.IDLE
        for widget in (self.progress, self.pause, self.cancel, self.jobs):
            widget.setVisible(running)
        if running:
            show_progress(self.progress, state.status.done, state.status.total)
            paused = state.phase in (JobPhase.PAUSING, JobPhase.PAUSED)
            self.pause.setIcon(icon("play" if paused else "pause"))
            self.pause.setToolTip(tr("Go on") if paused else tr("Pause"))
            self.pause.setAccessibleName(self.pause.toolTip())
            for button in (self.pause, self.cancel):
                button.setEnabled(state.phase is not JobPhase.STOPPING)
        if not self._message.isActive() or running:
            self._message.stop()
            self.undo.setVisible(False)
            self.text.setText(describe_job(state) if running else describe_counts(self._counts))

    def _draw_signs(self) -> None:
        for name, sign in self._signs.items():
            sign.setPixmap(icon(name, "muted").pixmap(QSize(16, 16), self.devicePixelRatio()))

    def _on_pause(self) -> None:
        if self._state.phase in (JobPhase.PAUSING, JobPhase.PAUSED):
            self.resume_clicked.emit()
        else:
            self.pause_clicked.emit()

    def _link(self, text: str, clicked: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "flat")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setVisible(False)
        button.clicked.connect(clicked)
        return button

    def _tool(self, icon_name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(icon_name))
        button.setIconSize(QSize(16, 16))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button


def describe_counts(counts: Counts) -> str:
    """What there is, in a line."""
    if not counts.photos:
        return ""
    return " · ".join(
        (
            tr("{n} photos", n=counts.photos - counts.errors),
            tr("{n} faces", n=counts.faces),
            tr("{n} persons", n=counts.persons),
        )
    )


def describe_job(state: JobState) -> str:
    """Where a job stands, in a line: phase, photos done, faces found, time left, device."""
    status = state.status
    match state.phase:
        case JobPhase.PAUSING:
            parts = [tr("Pausing…")]
        case JobPhase.PAUSED:
            parts = [tr("Paused")]
        case JobPhase.STOPPING:
            parts = [tr("Stopping…")]
        case _:
            parts = [f"{tr(status.phase)}…"]
    if status.total:
        parts.append(tr("{done} of {total}", done=status.done, total=status.total))
    if status.faces:
        parts.append(tr("{n} faces", n=status.faces))
    if state.seconds_left is not None:
        parts.append(describe_seconds(state.seconds_left))
    if status.device:
        parts.append(status.device)
    return " · ".join(parts)


def describe_seconds(seconds: float) -> str:
    """A time that is left, as exact as it deserves."""
    if seconds < 60:
        return tr("less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 60:
        return tr("about {n} minutes left", n=minutes)
    return tr("about {n} hours left", n=round(minutes / 60))
