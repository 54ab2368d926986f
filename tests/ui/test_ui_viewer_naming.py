"""The photo viewer: naming a face where it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from viewer_driver import face_of, look, middle, name_of, photos, type_name

from photoclust.ui.session import Session
from photoclust.ui.views.photo_viewer import PhotoViewer


def test_typing_over_a_face_of_an_unnamed_person_names_the_person(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    ben = face_of(session, photo, 1)
    look(viewer, qtbot, photo, ben.id)
    type_name(viewer, "Ben")
    assert [(p.name, p.face_count) for p in session.library.persons()] == [("Anna", 4), ("Ben", 3)]
    assert sorted(m.name for m in viewer.canvas.marks) == ["Anna", "Ben"], "the window shows the new name at once"


def test_typing_a_known_name_moves_the_face_to_that_person_and_undo_takes_it_back(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    ben = face_of(session, photo, 1)
    look(viewer, qtbot, photo, ben.id)
    type_name(viewer, "anna")
    assert name_of(session, ben.id) == "Anna"
    assert session.library.face(ben.id).by_hand
    QTest.keySequence(viewer, "Ctrl+Z")
    assert name_of(session, ben.id) == ""


def test_another_name_for_a_face_of_a_named_person_starts_a_new_person(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[2]
    anna = face_of(session, photo, 0)
    look(viewer, qtbot, photo, anna.id)
    type_name(viewer, "Clara")
    assert {p.name: p.face_count for p in session.library.persons()} == {"Anna": 3, "": 3, "Clara": 1}


def test_a_nobody_gets_a_person_of_its_own_by_a_new_name(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[5]
    stranger = face_of(session, photo, 0)
    look(viewer, qtbot, photo, stranger.id)
    type_name(viewer, "Dora")
    assert name_of(session, stranger.id) == "Dora"


def test_escape_leaves_everything_as_it_was(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo, face_of(session, photo, 1).id)
    before = session.library.undo_text()
    type_name(viewer, "Ben", end=Qt.Key.Key_Escape)
    assert not viewer.name_field.isVisible()
    assert viewer.isVisible()
    assert session.library.undo_text() == before


def test_a_double_click_asks_for_the_name_with_the_known_ones_to_choose_from(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    ben = face_of(session, photo, 1)
    QTest.mouseDClick(viewer.canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle(viewer, ben.id))
    assert viewer.name_field.isVisible()
    QTest.keyClicks(viewer.name_field, "an")
    popup = viewer.name_field.completer().popup()
    assert popup.isVisible()
    assert popup.model().index(0, 0).data() == "Anna"
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: name_of(session, ben.id) == "Anna")


def test_a_name_of_spaces_is_no_name(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    ben = face_of(session, photo, 1)
    look(viewer, qtbot, photo, ben.id)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Return)
    QTest.keyClicks(viewer.name_field, "   ")
    QTest.keyClick(viewer.name_field, Qt.Key.Key_Return)
    assert name_of(session, ben.id) == ""
