"""Whether things may move on the screen by themselves: Qt's own switch for effects says so to everybody."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressBar

EFFECTS = (
    Qt.UIEffect.UI_General, Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip, Qt.UIEffect.UI_FadeTooltip, Qt.UIEffect.UI_AnimateToolBox,
)  # fmt: skip


def let_move(on: bool) -> None:
    """Let things move, or have them stand still, from now on; they do where the system says so to all programs."""
    app = QApplication.instance()
    if app is not None and app.property("rests") is None:  # what Qt has from the system: only Windows tells it
        app.setProperty("rests", sys.platform == "win32" and not may_move())
    for effect in EFFECTS:
        QApplication.setEffectEnabled(effect, on and not (app and app.property("rests")))


def may_move() -> bool:
    """Whether things may move."""
    return QApplication.isEffectEnabled(Qt.UIEffect.UI_General)


def show_progress(bar: QProgressBar, done: int, total: int) -> None:
    """How far something is; of an unknown total (0) a bar moves, if it may, and else is empty."""
    bar.setRange(0, total or int(not may_move()))
    bar.setValue(done if total else 0)
