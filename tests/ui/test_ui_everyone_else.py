"""What is said in the photo and seen in the grid, and the other way round: drawn faces, everyone else in a photo."""

from __future__ import annotations

from typing import Any

from PySide6.QtTest import QTest
from window_driver import KEY, MOD, click

from photoclust.core.edits import AddFace
from photoclust.core.types import FaceState, Person
from photoclust.ui.main_window import MainWindow
from photoclust.ui.models.places import Shelf


def test_a_key_ignores_who_has_no_name_in_the_photo_of_a_face(window: MainWindow, anna: Person, ben: Person, qtbot: Any):
    library, grid = window.session.library, window.centre.face_grid
    click(window.side.person_list, anna.id)
    with_ben = {f.photo_id: f.id for f in library.faces(library.face_ids(person_id=ben.id))}
    face = next(f for f in library.faces(library.face_ids(person_id=anna.id)) if f.photo_id in with_ben)
    click(grid, face.id)
    QTest.qWait(0)
    QTest.keyClick(grid, KEY.Key_I, MOD.ShiftModifier)
    other = library.face(with_ben[face.photo_id])
    assert other is not None
    assert other.state is FaceState.IGNORED
    assert library.face(face.id) == face
    assert library.person(ben.id).face_count == 2  # type: ignore[union-attr]
    window.actions_["undo"].trigger()
    assert library.person(ben.id).face_count == 3  # type: ignore[union-attr]


def test_a_drawn_face_is_seen_where_nobodys_faces_are_and_goes_with_undo(window: MainWindow, qtbot: Any):
    session = window.session
    window.go_to(Shelf.UNGROUPED)
    before = set(window.centre.faces.ids)
    applied = session.apply(AddFace(session.library.photo_ids()[0], (380.0, 40.0, 60.0, 60.0)))
    assert applied is not None
    assert set(window.centre.faces.ids) == before | applied.changes.boxes
    session.undo()
    assert set(window.centre.faces.ids) == before


def test_where_nobody_else_is_that_is_said(window: MainWindow, anna: Person, qtbot: Any):
    library = window.session.library
    click(window.side.person_list, anna.id)
    alone = next(f for f in library.faces(library.face_ids(person_id=anna.id)) if len(library.faces_of_photo(f.photo_id)) == 1)
    before = window.session.undo_text()
    click(window.centre.face_grid, alone.id)
    QTest.qWait(0)
    with qtbot.waitSignal(window.session.told):
        window.actions_["ignore_others"].trigger()
    assert window.session.undo_text() == before
