"""Copies and bursts are folded in grids of photos; nothing is hidden from counts, exports and the viewer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from window_driver import BUTTON, KEY, MOD, click

from photoclust.core.types import Person
from photoclust.library.library import Library
from photoclust.ui.main_window import MainWindow
from photoclust.ui.models.places import Shelf


@pytest.fixture
def library_path(library_path: Path) -> Path:
    """The drawn album, where the photos 0 to 2 are a burst, and 4 is a copy of 3."""
    with Library.open(library_path) as library:
        first = library.photos()[0].taken_at
        library._db.rows("UPDATE photos SET taken_at = ? + id WHERE id <= 3", first)
        library._db.rows("UPDATE photos SET hash = 'photo-3.jpg' WHERE relpath = 'photo-4.jpg'")
    return library_path


def names(window: MainWindow) -> list[str]:
    found = [window.session.library.photo(i) for i in window.centre.photos.ids]
    return [photo.relpath.removeprefix("photo-").removesuffix(".jpg") for photo in found if photo]


@pytest.fixture
def all_photos(window: MainWindow) -> MainWindow:
    window.go_to(Shelf.EVERYTHING)
    assert names(window) == ["0", "3", "5"]
    return window


def test_a_stack_is_one_tile_that_counts_as_all_its_photos(all_photos: MainWindow) -> None:
    window = all_photos
    assert window.centre.header.subtitle.text() == "6 photos"
    grid = window.centre.photo_grid
    first = window.centre.photos.ids[0]
    click(grid, first)
    QTest.qWait(0)
    assert window.centre.header.subtitle.text() == "3 of 6 photos selected"
    assert len(window.centre.photo_sequence()) == 6
    assert "3 photos folded" in window.centre.photos.index_of(first).data(3)


def test_enter_spreads_a_stack_out_and_lays_it_together_again(all_photos: MainWindow) -> None:
    window, grid = all_photos, all_photos.centre.photo_grid
    click(grid, window.centre.photos.ids[0])
    QTest.keyClick(grid, KEY.Key_Return)
    assert names(window) == ["0", "1", "2", "3", "5"]
    assert grid.selected_ids() == [window.centre.photos.ids[0]]
    QTest.qWait(0)
    assert window.centre.header.subtitle.text() == "1 of 6 photos selected"
    QTest.keyClick(grid, KEY.Key_Enter)
    assert names(window) == ["0", "3", "5"]


def test_a_click_on_the_number_spreads_out_and_elsewhere_selects(all_photos: MainWindow) -> None:
    window, grid = all_photos, all_photos.centre.photo_grid
    badge = grid.badge_rect(1)
    assert badge is not None
    QTest.mouseClick(grid.viewport(), BUTTON.LeftButton, MOD.NoModifier, badge.center())
    assert names(window) == ["0", "3", "4", "5"]
    assert grid.selected_ids() == []
    assert grid.badge_rect(3) is None
    click(grid, window.centre.photos.ids[1])
    assert grid.selected_ids() == [window.centre.photos.ids[1]]
    assert names(window) == ["0", "3", "4", "5"]


def test_enter_on_a_photo_by_itself_opens_it(all_photos: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    all_photos.centre.photo_opened.connect(opened.append)
    grid = all_photos.centre.photo_grid
    click(grid, all_photos.centre.photos.ids[2])
    QTest.keyClick(grid, KEY.Key_Return)
    assert opened == [all_photos.centre.photos.ids[2]]


def test_folding_is_switched_in_the_view_menu_for_found_photos_too(all_photos: MainWindow, qtbot: Any) -> None:
    window = all_photos
    page = window.finding.page
    window.actions_["find"].trigger()
    page.bar.when.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: len(page.found.ids) == 3)
    assert page.count.text() == "6 photos"
    window.actions_["fold"].trigger()
    assert len(names(window)) == 6
    qtbot.waitUntil(lambda: len(page.found.ids) == 6)
    window.actions_["fold"].trigger()
    assert names(window) == ["0", "3", "5"]
    qtbot.waitUntil(lambda: len(page.found.ids) == 3)


def test_an_edit_leaves_an_open_stack_open_and_folds_what_is_left(all_photos: MainWindow, anna: Person, ben: Person) -> None:
    window = all_photos
    window.go_to(anna.id)
    window.actions_["photos"].trigger()
    assert names(window) == ["0", "3"]
    assert window.centre.photos.turn(window.centre.photos.ids[0])
    assert names(window) == ["0", "1", "2", "3"]
    library = window.session.library
    faces = {library.photo(f.photo_id).relpath: f.id for f in library.faces() if f.person_id == anna.id}  # type: ignore[union-attr]
    window.commands.move([faces["photo-1.jpg"]], ben.id)
    assert names(window) == ["0", "2", "3"]
    window.session.undo()
    assert names(window) == ["0", "1", "2", "3"]


@pytest.mark.parametrize(("photos", "chosen", "exported"), [(True, [0], "012"), (True, [], "012345"), (False, [0], "0")])
def test_what_is_selected_is_exported_or_all_that_is_shown(
    window: MainWindow, anna: Person, monkeypatch: pytest.MonkeyPatch, photos: bool, chosen: list[int], exported: str
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(window.opening, "export_photos", lambda ids, album: asked.append((ids, album)))
    window.go_to(Shelf.EVERYTHING if photos and not chosen else anna.id)
    window.actions_["photos" if photos else "faces"].trigger()
    grid = window.centre.grid
    grid.select_ids([grid.model().ids[at] for at in chosen])  # type: ignore[attr-defined]
    QTest.keyClick(window, KEY.Key_E, MOD.ControlModifier | MOD.ShiftModifier)
    ((ids, album),) = asked
    found = "".join(photo.relpath[6] for i in ids if (photo := window.session.library.photo(i)))
    assert (found, album) == (exported, window.centre.title)
