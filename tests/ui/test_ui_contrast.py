"""Everything can be read, and the focus be seen, in light and dark: WCAG 2.2, level AA."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, get_args

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photoclust.ui import motion
from photoclust.ui.colors import DARK, LIGHT, Colors
from photoclust.ui.theme import Scheme, apply_theme

TEXT = 4.5
SIGN = 3.0
SCHEMES = {"light": LIGHT, "dark": DARK}
READ = [
    *product(("text", "muted"), ("window", "base", "raised", "hover", "accent_soft")), ("text", "pressed"),
    *product(("accent", "danger", "warning", "good"), ("window", "base", "raised")), ("accent", "accent_soft"),
    ("on_accent", "accent"), ("on_accent", "accent_hover"),
]  # fmt: skip
"""Text in the first stands on the second."""
SEEN = [*product(("accent", "muted", "good", "warning"), ("window", "base", "raised", "hover", "accent_soft"))]
"""Signs, rings and the outlines of boxes."""


def luminance(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """Relative luminance of sRGB colours (…, 3) from 0 to 1, as WCAG defines it."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    a, b = luminance(one), luminance(other)
    return np.asarray((np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05))


def _rgb(name: str) -> NDArray[np.float64]:
    return np.array(QColor(name).getRgbF()[:3])


def test_the_contrast_of_black_on_white_is_21() -> None:
    assert float(contrast(_rgb("#000000"), _rgb("#ffffff"))) == pytest.approx(21)
    assert float(contrast(_rgb("#777777"), _rgb("#ffffff"))) == pytest.approx(4.48, abs=0.01)  # the known near miss


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("least", "pairs"), [(TEXT, READ), (SIGN, SEEN)], ids=["text", "signs"])
def test_colours_that_meet_are_far_enough_apart(scheme: str, least: float, pairs: list[tuple[str, str]]) -> None:
    c: Colors = SCHEMES[scheme]
    near = {pair: float(contrast(_rgb(getattr(c, pair[0])), _rgb(getattr(c, pair[1])))) for pair in pairs}
    assert not {pair: round(ratio, 2) for pair, ratio in near.items() if ratio < least}


def _primary() -> QPushButton:
    button = QPushButton("Words")
    button.setProperty("kind", "primary")
    return button


def _tool() -> QToolButton:
    button = QToolButton()
    button.setText("Words")
    return button


def _tabs() -> QTabBar:
    bar = QTabBar()
    bar.addTab("One")
    bar.addTab("Two")
    return bar


FOCUSABLE: dict[str, Callable[[], QWidget]] = {
    "button": lambda: QPushButton("Words"), "primary": _primary, "tool": _tool, "line": QLineEdit, "combo": QComboBox,
    "check": lambda: QCheckBox("Words"), "radio": lambda: QRadioButton("Words"), "tabs": _tabs,
    "slider": lambda: QSlider(Qt.Orientation.Horizontal),
}  # fmt: skip


@pytest.fixture(params=[scheme for scheme in get_args(Scheme) if scheme != "system"])
def dressed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    apply_theme(qapp, request.param)
    yield request.param
    apply_theme(qapp, "light")
    qapp.setStyleSheet("")


@pytest.mark.parametrize("kind", FOCUSABLE)
def test_the_focus_is_seen(kind: str, dressed: str, qtbot: Any) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    first, widget = QPushButton("Before"), FOCUSABLE[kind]()
    first.setAutoDefault(False)
    column.addWidget(first)
    column.addWidget(widget)
    box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    without = _pixels(widget)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is widget
    if isinstance(widget, QLineEdit):
        widget.setReadOnly(True)  # no blinking cursor is what is seen here
    now = _pixels(widget)
    changed = (np.abs(now - without) > 0.05).any(axis=-1)
    assert changed.sum() > 40
    assert float(contrast(now[changed], _rgb(SCHEMES[dressed].window)).max()) >= SIGN


def _pixels(widget: QWidget) -> NDArray[np.float64]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3) / 255


@pytest.mark.parametrize(("platform", "asked", "moves"), [("win32", False, False), ("win32", True, True), ("linux", False, True)])
def test_nothing_moves_where_the_system_wants_rest(
    platform: str, asked: bool, moves: bool, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows tells Qt whether its users want things to move; elsewhere Qt knows nothing of it."""
    monkeypatch.setattr(motion.sys, "platform", platform)  # type: ignore[attr-defined]
    qapp.setProperty("rests", None)
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, asked)
    motion.let_move(True)
    assert motion.may_move() is moves
    qapp.setProperty("rests", None)
