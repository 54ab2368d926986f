"""Whether things may move on the screen by themselves: Qt's own switch for effects says so to everybody."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressBar

_EFFECTS = (
    Qt.UIEffect.UI_General, Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip, Qt.UIEffect.UI_FadeTooltip, Qt.UIEffect.UI_AnimateToolBox,
)  # fmt: skip


def let_move(on: bool) -> None:
    """Let things move, or have them stand still, from now on."""
    for effect in _EFFECTS:
        QApplication.setEffectEnabled(effect, on)


def may_move() -> bool:
    """Whether things may move."""
    return QApplication.isEffectEnabled(Qt.UIEffect.UI_General)


def show_progress(bar: QProgressBar, done: int, total: int) -> None:
    """How far something is; of an unknown total (0) a bar moves, if it may, and else is empty."""
    bar.setRange(0, total or int(not may_move()))
    bar.setValue(done if total else 0)
