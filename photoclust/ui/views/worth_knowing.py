"""A strip above strangers, once some of them come again and again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from photoclust.ui.language import tr
from photoclust.ui.theme import Metrics


class WorthKnowing(QFrame):
    """Says how many, and leads through them; hidden while there is nobody."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self.text = QLabel(wordWrap=True)
        self.text.setProperty("kind", "muted")
        self.button = QPushButton(tr("Show the next one"))
        self.button.clicked.connect(self.clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(Metrics.XL, Metrics.XS, Metrics.L, Metrics.S)
        row.setSpacing(Metrics.M)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button)
        self.hide()

    def tell(self, recurring: int) -> None:
        """Say how many strangers come again and again."""
        self.setVisible(recurring > 0)
        self.text.setText(tr("Someone worth knowing? {n} strangers come again on other days.", n=recurring))
