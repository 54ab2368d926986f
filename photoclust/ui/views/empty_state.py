"""What stands where there is nothing to show yet: it says why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from photoclust.ui.theme import Metrics, icon

_SIGN, _WIDTH = 64, 460


class EmptyState(QWidget):
    """A sign, a title, a sentence and perhaps one button or two, in the middle of the free space."""

    action_triggered = Signal()
    other_triggered = Signal()

    def __init__(
        self,
        icon_name: str,
        title: str,
        text: str,
        action_text: str | None = None,
        other_text: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._sign = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(title, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._title.setProperty("kind", "title")
        self._text = QLabel(text, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._text.setProperty("kind", "muted")
        self.button = QPushButton(action_text or "")
        self.button.setProperty("kind", "primary")
        self.button.setVisible(action_text is not None)
        self.button.clicked.connect(self.action_triggered)
        self.other = QPushButton(other_text or "")
        self.other.setVisible(other_text is not None)
        self.other.clicked.connect(self.other_triggered)

        column = QWidget(maximumWidth=_WIDTH)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(Metrics.L, Metrics.L, Metrics.L, Metrics.L)
        inside.setSpacing(Metrics.M)
        for widget in (self._sign, self._title, self._text):
            inside.addWidget(widget)
        inside.addSpacing(Metrics.XS)
        for button in (self.button, self.other):
            inside.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout = QGridLayout(self)
        layout.setRowStretch(0, 4)
        layout.addWidget(column, 1, 1)
        layout.setRowStretch(2, 5)
        layout.setColumnStretch(0, 1)
        layout.setColumnStretch(1, 100)
        layout.setColumnStretch(2, 1)

    def set_texts(self, title: str, text: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the sign now: most of these pages are never seen."""
        self._draw_sign()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if self.isVisible() and event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw_sign()
        super().changeEvent(event)

    def _draw_sign(self) -> None:
        self._sign.setPixmap(icon(self._icon_name, "faint").pixmap(QSize(_SIGN, _SIGN), self.devicePixelRatio()))
