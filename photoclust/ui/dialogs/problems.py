"""The photos that could not be read, each with the reason, in a window of their own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from photoclust.ui.language import tr
from photoclust.ui.session import Session
from photoclust.ui.theme import Metrics
from photoclust.ui.views.problem_table import ProblemTable


class ProblemsDialog(QDialog):
    """Stays while the window behind it is used."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Photos that could not be read"))
        self.resize(680, 400)
        heading = QLabel(tr("Photos that could not be read"))
        heading.setProperty("kind", "heading")
        self.problems = ProblemTable(session)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.XL, Metrics.XL, Metrics.XL, Metrics.L)
        layout.setSpacing(Metrics.S)
        for widget in (heading, self.problems, buttons):
            layout.addWidget(widget)
        self.problems.table.setFocus()
