"""A strip above everything in the centre, about something that stays so for now."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from photoclust.ui.theme import Metrics, icon


class Notice(QFrame):
    """A sign and a sentence."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self._sign = QLabel()
        self.text = QLabel(text, wordWrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Metrics.L, Metrics.S, Metrics.L, Metrics.S)
        row.setSpacing(Metrics.S)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text, 1)
        self._draw_sign()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the sign again when light becomes dark."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_sign()
        super().changeEvent(event)

    def _draw_sign(self) -> None:
        self._sign.setPixmap(icon("warning", "warning").pixmap(QSize(16, 16), self.devicePixelRatio()))
