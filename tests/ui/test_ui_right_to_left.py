"""For those who read from right to left, everything stands and points the other way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from window_driver import row_of

from photoclust.ui.icons import POINTING, icon
from photoclust.ui.main_window import MainWindow
from photoclust.ui.views.painting import facing


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[QApplication]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield qapp
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def _drawn(name: str) -> QImage:
    return icon(name).pixmap(QSize(32, 32)).toImage().convertToFormat(QImage.Format.Format_ARGB32)


@pytest.mark.parametrize("name", sorted(POINTING))
def test_icons_that_point_turn(name: str, qapp: QApplication) -> None:
    before = _drawn(name)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        turned = _drawn(name)
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert turned != before
    difference = sum(
        abs(turned.pixelColor(31 - x, y).alpha() - before.pixelColor(x, y).alpha()) for x in range(32) for y in range(32)
    )
    assert difference < 32 * 32 * 4  # but for the edges of lines, the mirror image


def test_other_icons_stay_as_they_are(qapp: QApplication) -> None:
    before = _drawn("search")
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert _drawn("search") == before
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_part_stands_on_the_other_side(right_to_left: QApplication) -> None:
    row = QRectF(10, 0, 100, 20)
    assert facing(QRectF(12, 5, 8, 8), row) == QRectF(100, 5, 8, 8)
    assert facing(facing(QRectF(12, 5, 8, 8), row), row) == QRectF(12, 5, 8, 8)


def test_the_persons_are_on_the_right_and_their_covers_at_the_rim(
    right_to_left: QApplication, window: MainWindow, qtbot: Any
) -> None:
    assert window.side.geometry().left() > window.centre.geometry().left()
    persons = window.side.person_list
    qtbot.waitUntil(lambda: persons.viewport().width() > 100)
    person = window.persons.ids[0]
    middle = row_of(persons, person)
    image = persons.viewport().grab().toImage()
    colours = {
        image.pixelColor(image.width() - 20 - dx, middle.y()).name() for dx in range(0, 24, 2)
    }  # the cover, or what stands for it
    empty = {image.pixelColor(20 + dx, middle.y() - 8).name() for dx in range(0, 24, 2)}
    assert colours - empty
