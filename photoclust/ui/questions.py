"""Questions that need an answer before an edit, and sentences that must not be missed; neither blocks anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from photoclust.ui.language import tr
from photoclust.ui.theme import Metrics

Answers = Mapping[str, Callable[[], object]]


class Question(QDialog):
    """A title, a sentence, and a button for every answer; the first is the default, the last, if it is named, only closes.

    With `shown`, something to look at stands above the buttons; the answers have their numbers as keys, and Enter only closes:
    nothing that it is about happens by accident.
    """

    def __init__(
        self, title: str, text: str, answers: Answers, close: str, parent: QWidget | None = None, *, shown: QWidget | None = None
    ) -> None:
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
            first, last = not self.buttons, label == close
            if shown is not None and not last:
                key = len(self.buttons) + 1
                button.setText(f"{button.text()}   {key}")
                shortcut = QShortcut(QKeySequence(str(key)), self)
                shortcut.activated.connect(button.click)
            if first and shown is None:
                button.setProperty("kind", "primary")
            button.setDefault(first if shown is None else last)
            button.setAutoDefault(button.isDefault())
            button.clicked.connect(self.reject if last else lambda _=False, action=action: self._answer(action))
            self.buttons[label] = button
            row.insertWidget(1 if last else -1, button)  # what changes nothing stands before what does, as everywhere
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.XL, Metrics.XL, Metrics.XL, Metrics.L)
        layout.setSpacing(Metrics.S)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        if shown is not None:
            layout.addSpacing(Metrics.S)
            layout.addWidget(shown)
        layout.addSpacing(Metrics.L)
        layout.addLayout(row)
        if close and answers:
            self.setTabOrder(self.buttons[close], next(iter(self.buttons.values())))
        next((button for button in self.buttons.values() if button.isDefault()), self).setFocus()

    def _answer(self, action: Callable[[], object]) -> None:
        self.accept()
        action()


def ask(parent: QWidget, title: str, text: str, answers: Answers, shown: QWidget | None = None) -> Question:
    """Show a question; "Cancel" is always there and does nothing."""
    question = Question(title, text, answers, tr("Cancel"), parent, shown=shown)
    question.open()
    return question


def tell(parent: QWidget, title: str, text: str) -> Question:
    """Show a sentence that must not be missed."""
    question = Question(title, text, {}, tr("OK"), parent)
    question.open()
    return question
