"""Strangers are kept out of the way, and what the user says of them is an edit as any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtTest import QTest
from window_driver import BUTTON, KEY, MOD, click, drop, row_of

from photoclust.core.edits import NewPerson
from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto
from photoclust.ui.main_window import MainWindow
from photoclust.ui.models.person_model import PersonSection
from photoclust.ui.models.places import Shelf

DAY = 86400.0


@pytest.fixture
def library_path(library_path: Path, album: Any) -> Path:
    """With four photos more, a day each: somebody in front, behind a waiter on three, and once somebody alone."""
    generator = np.random.default_rng(3)

    def face(x: int, side: int) -> ScannedFace:
        vector = generator.normal(size=128)
        marks = ((x + 5.0, 60.0),) * 5
        return ScannedFace(Box(x, 50, side, side), marks, 0.9, 0.8, (vector / np.linalg.norm(vector)).astype(np.float32))

    with Library.open(library_path) as library:
        root = library.add_root(album.folder)
        for i in range(4):
            name = f"street-{i}.jpg"
            (album.folder / name).write_bytes((album.folder / "photo-0.jpg").read_bytes())
            stat = (album.folder / name).stat()
            faces = (face(200, 150), face(20, 14) if i < 3 else face(440, 14))
            library.save_scanned(root, [ScannedPhoto(
                name, stat.st_size, stat.st_mtime_ns, name, 1.5e9 + i * DAY, 480, 360, 1, "test", None, faces, "test",
            )])  # fmt: skip
        small = [f for f in library.faces() if f.box.w == 14]
        library.apply(NewPerson(tuple(f.id for f in library.faces() if f.box.w == 150), "Sitter"))
        library.apply(NewPerson(tuple(f.id for f in small if f.box.x == 20)))
        library._db.rows("UPDATE faces SET by_hand = 0 WHERE w = 14")  # as if an engine had grouped them
    return library_path


@pytest.fixture
def waiter(window: MainWindow, qtbot: Any) -> int:
    qtbot.waitUntil(lambda: window.shelves.count(Shelf.STRANGERS) == 4)
    (person,) = window.strangers.persons
    return person


def shown(window: MainWindow) -> list[int]:
    return [p for p in window.persons.ids if p > 0]


def test_strangers_stand_in_a_folded_section_and_their_faces_on_a_shelf(window: MainWindow, waiter: int) -> None:
    assert waiter not in shown(window)
    assert window.persons.is_folded(PersonSection.STRANGERS)
    assert window.persons.held(PersonSection.STRANGERS) == 1
    assert window.shelves.count(Shelf.UNGROUPED) == 1, "the lone face behind is a stranger's, the one of the drawn album is not"
    click(window.side.shelf_list, Shelf.STRANGERS)
    assert window.place == Shelf.STRANGERS
    assert len(window.centre.faces.ids) == 4
    assert list(window.centre.faces.ids) == window.session.library.faces_of_strangers(), "the most prominent first"
    assert window.centre.title == "Strangers"
    click(window.side.shelf_list, Shelf.UNGROUPED)
    assert len(window.centre.faces.ids) == 1


def test_who_comes_again_is_shown_when_asked_and_kept_in_view_by_a_key(window: MainWindow, waiter: int, qtbot: Any) -> None:
    assert not window.strangers.strip.isVisible()
    click(window.side.shelf_list, Shelf.STRANGERS)
    qtbot.waitUntil(window.strangers.strip.isVisible)
    assert "Someone worth knowing? 1" in window.strangers.strip.text.text()
    assert not window.strangers.strip.keep.isVisible()
    QTest.mouseClick(window.strangers.strip.button, BUTTON.LeftButton)
    assert window.place == waiter
    qtbot.waitUntil(window.strangers.strip.keep.isVisible)
    assert waiter in shown(window)
    assert window.actions_["keep_in_view"].isEnabled()
    assert not window.actions_["put_away"].isEnabled()
    window.side.person_list.setFocus()
    QTest.keyClick(window.side.person_list, KEY.Key_S, MOD.ShiftModifier)
    assert not window.session.library.strangers().persons
    assert window.place == waiter
    qtbot.waitUntil(lambda: window.shelves.count(Shelf.STRANGERS) == 1)
    assert not window.strangers.strip.isVisible()
    assert not window.actions_["worth_knowing"].isEnabled()
    QTest.keyClick(window, KEY.Key_Z, MOD.ControlModifier)
    assert window.session.library.strangers().persons == {waiter}
    qtbot.waitUntil(lambda: window.shelves.count(Shelf.STRANGERS) == 4)
    qtbot.waitUntil(window.strangers.strip.keep.isVisible)
    QTest.mouseClick(window.strangers.strip.keep, BUTTON.LeftButton)
    assert not window.session.library.strangers().persons


def test_an_unnamed_person_is_put_with_the_strangers_by_key_and_a_named_one_is_not(
    window: MainWindow, waiter: int, ben: Any, anna: Any, qtbot: Any
) -> None:
    window.go_to(ben.id)
    window.centre.face_grid.setFocus()
    QTest.keyClick(window.centre.face_grid, KEY.Key_S)
    assert ben.id in window.strangers.persons
    assert ben.id not in shown(window)
    qtbot.waitUntil(lambda: window.shelves.count(Shelf.STRANGERS) == 7)
    assert window.session.undo_text() == "Put 3 faces with the strangers"
    window.go_to(anna.id)
    assert not window.actions_["put_away"].isEnabled()
    window.session.undo()
    assert ben.id in shown(window)


def test_faces_and_persons_are_dragged_onto_the_shelf_and_back(window: MainWindow, waiter: int, ben: Any, qtbot: Any) -> None:
    shelves = window.side.shelf_list
    data = window.persons.mimeData([window.persons.index_of(ben.id)])
    assert drop(shelves.viewport(), row_of(shelves, Shelf.STRANGERS), data)
    assert ben.id in window.session.library.strangers().persons
    window.session.undo()
    click(shelves, Shelf.UNGROUPED)
    (face,) = window.centre.faces.ids
    click(window.centre.face_grid, face)
    data = window.centre.faces.pack([face])
    assert drop(shelves.viewport(), row_of(shelves, Shelf.STRANGERS), data)
    assert face in window.session.library.strangers_alone()
    assert face not in window.centre.faces.ids
    click(shelves, Shelf.STRANGERS)
    assert face in window.centre.faces.ids
    assert drop(shelves.viewport(), row_of(shelves, Shelf.UNGROUPED), window.centre.faces.pack([face]))
    assert face not in window.session.library.strangers_alone()
    assert face not in window.centre.faces.ids
