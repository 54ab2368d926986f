"""Questions that need an answer before an edit, and sentences that must not be missed; neither blocks anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from photoclust.ui.language import tr
from photoclust.ui.theme import Metrics

Answers = Mapping[str, Callable[[], object]]


class Question(QDialog):
    """A title, a sentence, and a button for every answer; the first is the default, the last, if it is named, only closes."""

    def __init__(self, title: str, text: str, answers: Answers, close: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(400)
        self.setMaximumWidth(560)
        self.title = QLabel(title, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.title.setProperty("kind", "heading")
        self.text = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(Metrics.S)
        row.addStretch(1)
        for label, action in {**answers, **({close: lambda: None} if close else {})}.items():
            button = QPushButton(label.replace("&", "&&"))
            if not self.buttons:
                button.setProperty("kind", "primary")
                button.setDefault(True)
            button.setAutoDefault(not self.buttons)
            button.clicked.connect(lambda _=False, action=action: self._answer(action))
            self.buttons[label] = button
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.XL, Metrics.XL, Metrics.XL, Metrics.L)
        layout.setSpacing(Metrics.S)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addSpacing(Metrics.L)
        layout.addLayout(row)
        next(iter(self.buttons.values())).setFocus()

    def _answer(self, action: Callable[[], object]) -> None:
        self.accept()
        action()


def ask(parent: QWidget, title: str, text: str, answers: Answers) -> Question:
    """Show a question; "Cancel" is always there and does nothing."""
    question = Question(title, text, answers, tr("Cancel"), parent)
    question.open()
    return question


def tell(parent: QWidget, title: str, text: str) -> Question:
    """Show a sentence that must not be missed."""
    question = Question(title, text, {}, tr("OK"), parent)
    question.open()
    return question
