"""A strip above strangers, once some of them come again and again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from photoclust.ui.language import tr
from photoclust.ui.theme import Metrics


class WorthKnowing(QFrame):
    """Says how many, leads through them, and keeps one in view; hidden while there is nobody."""

    clicked = Signal()
    """The next one is to be shown."""
    kept = Signal()
    """The one that is shown is to be kept in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self.text = QLabel(wordWrap=True)
        self.text.setProperty("kind", "muted")
        self.button = QPushButton(tr("Show the next one"))
        self.button.clicked.connect(self.clicked)
        self.keep = QPushButton(tr("Keep in view"))
        self.keep.clicked.connect(self.kept)
        row = QHBoxLayout(self)
        row.setContentsMargins(Metrics.XL, Metrics.XS, Metrics.L, Metrics.S)
        row.setSpacing(Metrics.M)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.keep)
        row.addWidget(self.button)
        self.hide()

    def tell(self, recurring: int, *, shown: bool) -> None:
        """Say how many strangers come again and again; whether one of them is shown."""
        self.keep.setVisible(shown)
        self.setVisible(recurring > 0)
        self.text.setText(tr("Someone worth knowing? {n} strangers come again on other days.", n=recurring))
