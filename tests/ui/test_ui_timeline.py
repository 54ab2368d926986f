"""A person through the years: by date, with a strip of years that leads to each, and what has no date at the end."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from window_driver import BUTTON, KEY, MOD

from photoclust.core.types import Person
from photoclust.library.arranged import LAST
from photoclust.library.library import Library
from photoclust.ui.main_window import MainWindow


@pytest.fixture
def library_path(library_path: Path) -> Path:
    """The drawn album, whose photos with Anna are of 2015, 2018 (two) and without a date."""
    when = [datetime(2015, 5, 1, tzinfo=UTC), datetime(2018, 2, 1, tzinfo=UTC), datetime(2018, 12, 31, tzinfo=UTC), None]
    with Library.open(library_path) as library:
        for number, date in enumerate(when):
            sql = "UPDATE photos SET taken_at = ? WHERE relpath = ?"
            library._db.rows(sql, date and date.timestamp(), f"photo-{number}.jpg")
    return library_path


@pytest.fixture
def timeline(window: MainWindow, anna: Person, qtbot: Any) -> MainWindow:
    window.go_to(anna.id)
    window.centre.face_grid.setFocus()
    assert not window.timeline.strip.isVisible()
    QTest.keyClick(window.centre.face_grid, KEY.Key_T)
    qtbot.waitUntil(window.timeline.strip.isVisible)
    return window


def test_every_year_has_a_bar_and_months_are_headings(timeline: MainWindow) -> None:
    strip, faces = timeline.timeline.strip, timeline.centre.faces
    assert strip.years == [2015, 2016, 2017, 2018, LAST]
    assert [strip.count(year) for year in strip.years] == [1, 0, 0, 2, 1]
    assert [faces.heading(section) for section, _ in faces.sections()] == [
        "May 2015", "February 2018", "December 2018", "No date",
    ]  # fmt: skip
    assert timeline.actions_["timeline"].isChecked()


def test_a_year_that_is_pressed_or_gone_to_by_arrows_comes_into_view(timeline: MainWindow) -> None:
    grid, strip = timeline.centre.face_grid, timeline.timeline.strip
    timeline.resize(760, 480)
    grid.zoom_to(8)
    QTest.mouseClick(strip, BUTTON.LeftButton, MOD.NoModifier, strip.bar(2018).center())
    assert grid.visualRect(timeline.centre.faces.index(1)).top() < 80
    went: list[int] = []
    strip.chosen.connect(went.append)
    strip.setFocus()
    QTest.keyClick(strip, KEY.Key_Left)
    assert went == [2015], "years without anybody are passed over"
    assert grid.verticalOffset() == 0
    QTest.keyClick(strip, KEY.Key_End)
    QTest.keyClick(strip, KEY.Key_Right)
    assert went == [2015, LAST, LAST]
    QTest.mouseClick(strip, BUTTON.LeftButton, MOD.NoModifier, strip.bar(2016).center())
    assert went == [2015, LAST, LAST]
    assert strip.accessibleDescription() == "2016: 0"


def test_the_strip_follows_edits_and_goes_with_the_same_key(timeline: MainWindow, qtbot: Any) -> None:
    strip = timeline.timeline.strip
    timeline.commands.take_out([timeline.centre.faces.ids[0]])
    qtbot.waitUntil(lambda: strip.years == [2018, LAST])
    timeline.session.undo()
    qtbot.waitUntil(lambda: strip.years == [2015, 2016, 2017, 2018, LAST])
    QTest.keyClick(timeline.centre.face_grid, KEY.Key_T)
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert timeline.centre.order == "quality"


def test_photos_have_a_timeline_too(timeline: MainWindow, qtbot: Any) -> None:
    timeline.actions_["photos"].trigger()
    qtbot.waitUntil(lambda: timeline.timeline.strip.years == [2015, 2016, 2017, 2018, LAST])
    assert timeline.centre.show_photos
