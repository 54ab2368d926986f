"""The photo viewer: the faces on a photo, how they are marked, and what can be said about them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from viewer_driver import click, face_of, look, middle, photos

from photoclust.core.edits import AddFace, IgnoreFaces, RenamePerson
from photoclust.core.types import FaceState
from photoclust.ui.session import Session
from photoclust.ui.views.photo_viewer import PhotoViewer


def test_all_faces_are_drawn_where_they_are_with_their_names(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    assert sorted(m.name for m in viewer.canvas.marks) == ["?", "Anna"]
    picture = viewer.canvas.viewport().grab().toImage()
    skin = picture.pixelColor(middle(viewer, face_of(session, photo, 0).id))
    assert abs(skin.red() - 0xE8) + abs(skin.green() - 0xB7) + abs(skin.blue() - 0x96) < 40


def test_a_screen_reader_hears_who_is_on_the_photo(viewer: PhotoViewer, session: Session, qtbot):
    look(viewer, qtbot, photos(session)[0])
    assert viewer.canvas.accessibleDescription() == "Faces: Anna, 1 without a name"


def test_the_undo_button_follows_edits_that_touch_other_photos(viewer: PhotoViewer, session: Session, qtbot):
    look(viewer, qtbot, photos(session)[5])
    session.apply(IgnoreFaces((face_of(session, photos(session)[2], 0).id,)))
    assert viewer._actions["undo"].toolTip() == f"Undo: {session.undo_text()}"


def test_a_click_on_a_box_chooses_the_face_and_one_beside_it_none(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    ben = face_of(session, photo, 1)
    click(viewer, middle(viewer, ben.id))
    assert viewer.face_id == ben.id
    box = viewer.canvas.box_on_screen(ben.id)
    edge = QPoint(box.left(), box.top() + box.height() // 4)
    chosen = viewer.canvas.viewport().grab().toImage().pixelColor(edge)
    assert chosen.blue() > chosen.red() + 60, "the chosen box has the accent's blue"
    click(viewer, QPoint(5, 5))
    assert viewer.face_id is None


def test_delete_takes_the_face_out_of_its_person(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    anna = face_of(session, photo, 0)
    look(viewer, qtbot, photo, anna.id)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Delete)
    assert session.library.face(anna.id).person_id is None
    assert [m.name for m in viewer.canvas.marks if m.id == anna.id] == ["?"]


def test_an_ignored_face_is_drawn_faintly_and_can_be_brought_back(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    anna = face_of(session, photo, 0)
    look(viewer, qtbot, photo, anna.id)
    QTest.keySequence(viewer, "Ctrl+Del")
    mark = next(m for m in viewer.canvas.marks if m.id == anna.id)
    assert (mark.name, mark.faint) == ("Ignored", True)
    viewer._actions["bring_back"].trigger()
    assert session.library.face(anna.id).state is FaceState.FACE


def test_what_is_no_face_is_not_drawn_any_more_once_another_photo_was_shown(viewer: PhotoViewer, session: Session, qtbot):
    first, second = photos(session)[:2]
    anna = face_of(session, first, 0)
    look(viewer, qtbot, first, anna.id)
    QTest.keySequence(viewer, "Shift+Del")
    assert session.library.face(anna.id).state is FaceState.NOT_A_FACE
    look(viewer, qtbot, second)
    look(viewer, qtbot, first)
    assert anna.id not in [m.id for m in viewer.canvas.marks]


def test_tab_goes_from_face_to_face(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    left, right = face_of(session, photo, 0).id, face_of(session, photo, 1).id
    visited = []
    for _ in range(3):
        QTest.keyClick(viewer.canvas, Qt.Key.Key_Tab)
        visited.append(viewer.face_id)
    assert visited == [left, right, left]
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert viewer.face_id == right


def test_an_edit_made_elsewhere_is_seen_here(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    anna = next(p for p in session.library.persons() if p.name == "Anna")
    session.apply(RenamePerson(anna.id, "Annabel"))
    assert "Annabel" in [m.name for m in viewer.canvas.marks]
    session.apply(IgnoreFaces((face_of(session, photo, 1).id,)))
    assert "Ignored" in [m.name for m in viewer.canvas.marks]


def test_the_menu_opens_for_the_face_under_the_mouse(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    anna = face_of(session, photo, 0)
    port = viewer.canvas.viewport()
    at = middle(viewer, anna.id)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, port.mapToGlobal(at))
    QApplication.sendEvent(port, event)
    menu = next(m for m in viewer.findChildren(QMenu) if m.isVisible())
    assert viewer.face_id == anna.id
    assert [a.text() for a in menu.actions() if a.isEnabled() and not a.isSeparator()] == [
        "Name…", "Use as cover", "Show the album of Anna", "Not Anna", "Ignore", "Not a face",
        "Change the box", "Ignore everyone else in this photo",
    ]  # fmt: skip
    with qtbot.waitSignal(viewer.person_requested) as asked:
        viewer._actions["album"].trigger()
    assert asked.args == [anna.person_id]
    menu.close()


def test_names_can_be_hidden_and_still_show_for_the_chosen_face(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    shown = viewer.canvas.viewport().grab().toImage()
    viewer._actions["names"].setChecked(False)
    hidden = viewer.canvas.viewport().grab().toImage()
    box = viewer.canvas.box_on_screen(face_of(session, photo, 0).id)
    chip = QPoint(box.center().x(), box.bottom() + 8)
    assert shown.pixelColor(chip) != hidden.pixelColor(chip)
    click(viewer, box.center())
    chosen = viewer.canvas.viewport().grab().toImage()
    assert chosen.pixelColor(chip) != hidden.pixelColor(chip)
    assert chosen.pixelColor(chip) != QColor(0, 0, 0)


def edge_middle(viewer: PhotoViewer, face_id: int) -> QPoint:
    """The middle of the left side of a face's frame."""
    box = viewer.canvas.box_on_screen(face_id)
    return QPoint(box.left(), box.center().y())


def is_light(viewer: PhotoViewer, at: QPoint) -> bool:
    """Whether a white line runs through a place, within a pixel."""
    picture = viewer.canvas.viewport().grab().toImage()
    return any(min(picture.pixelColor(at.x() + dx, at.y()).getRgb()[:3]) > 200 for dx in (-1, 0, 1))


def test_a_named_face_has_a_whole_frame_and_an_unnamed_one_corners(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    anna, ben = face_of(session, photo, 0), face_of(session, photo, 1)
    viewer._actions["names"].setChecked(False)
    assert is_light(viewer, edge_middle(viewer, anna.id))
    assert not is_light(viewer, edge_middle(viewer, ben.id))
    corner = viewer.canvas.box_on_screen(ben.id).topLeft() + QPoint(0, 8)
    assert is_light(viewer, corner)


def test_boxes_can_be_hidden_and_still_show_under_the_mouse(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    anna = face_of(session, photo, 0)
    QTest.keySequence(viewer, "Ctrl+B")
    assert not is_light(viewer, edge_middle(viewer, anna.id))
    QTest.mouseMove(viewer.canvas.viewport(), middle(viewer, anna.id))
    assert is_light(viewer, edge_middle(viewer, anna.id))


def test_everyone_else_is_ignored_as_one_edit(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    anna, ben = face_of(session, photo, 0), face_of(session, photo, 1)
    session.apply(AddFace(photo.id, (380.0, 40.0, 60.0, 60.0)))
    look(viewer, qtbot, photo, anna.id)
    QTest.keySequence(viewer, "Ctrl+Shift+Del")
    states = {f.id: f.state for f in session.library.faces_of_photo(photo.id)}
    assert states.pop(anna.id) is FaceState.FACE
    assert set(states.values()) == {FaceState.IGNORED}
    assert len(states) == 2
    assert not viewer._actions["ignore_others"].isEnabled(), "nobody is left"
    QTest.keySequence(viewer, "Ctrl+Z")
    assert session.library.face(ben.id) == ben


def test_the_chosen_face_is_kept_though_it_has_no_name_and_named_ones_always(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    anna, ben = face_of(session, photo, 0), face_of(session, photo, 1)
    look(viewer, qtbot, photo, ben.id)
    assert not viewer._actions["ignore_others"].isEnabled()
    viewer.canvas.chosen.emit(None)
    assert viewer._actions["ignore_others"].isEnabled()
    viewer._actions["ignore_others"].trigger()
    assert session.library.face(anna.id) == anna
    assert session.library.face(ben.id).state is FaceState.IGNORED


def test_beside_all_faces_the_menu_is_the_photos(viewer: PhotoViewer, session: Session, qtbot):
    look(viewer, qtbot, photos(session)[0])
    port, at = viewer.canvas.viewport(), QPoint(5, 5)
    QApplication.sendEvent(port, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, port.mapToGlobal(at)))
    menu = next(m for m in viewer.findChildren(QMenu) if m.isVisible())
    assert [a.text() for a in menu.actions() if not a.isSeparator()] == [
        "Mark a face", "Ignore everyone else in this photo", "Show all faces", "Show all names", "Information",
        "Open in file manager", "Copy path",
    ]  # fmt: skip
    menu.close()
