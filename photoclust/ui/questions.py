"""Questions that need an answer before an edit; asked without blocking anything."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

Answers = dict[str, Callable[[], object]]


def ask(parent: QWidget, title: str, text: str, answers: Answers) -> QMessageBox:
    """Show a question whose first answer is the default; "Cancel" is always there and does nothing."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, title, QMessageBox.StandardButton.Cancel, parent)
    box.setInformativeText(text)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chosen: dict[QAbstractButton, Callable[[], object]] = {}
    for label, action in answers.items():
        button = box.addButton(label, QMessageBox.ButtonRole.AcceptRole)
        chosen[button] = action
        if len(chosen) == 1:
            box.setDefaultButton(button)

    def finish() -> None:
        action = chosen.get(box.clickedButton())
        if action is not None:
            action()

    box.finished.connect(finish)
    box.open()
    return box


def tell(parent: QWidget, title: str, text: str) -> QMessageBox:
    """Show a sentence that must not be missed."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, title, QMessageBox.StandardButton.Ok, parent)
    box.setInformativeText(text)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
