"""The photo viewer: looking at a photo, and correcting its faces with mouse and keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QDesktopServices, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from photoclust.core.edits import IgnoreFaces, RenamePerson
from photoclust.core.types import Face, FaceState, Photo
from photoclust.ui.session import Session
from photoclust.ui.theme import apply_theme
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.photo_viewer import PhotoViewer


@pytest.fixture
def viewer(session: Session, tmp_path: Path, qtbot, qapp: QApplication) -> Iterator[PhotoViewer]:
    apply_theme(qapp, "light")
    thumbnails = Thumbnails(session.library.path, tmp_path / "thumbnails.db")
    viewer = PhotoViewer(session, thumbnails)
    qtbot.addWidget(viewer)
    viewer.resize(900, 700)
    with qtbot.waitExposed(viewer):
        viewer.show()
    yield viewer
    viewer.close()
    thumbnails.close()


def photos(session: Session) -> list[Photo]:
    return sorted(session.library.photos(), key=lambda p: p.relpath)


def face_of(session: Session, photo: Photo, which: int) -> Face:
    return sorted(session.library.faces_of_photo(photo.id), key=lambda f: f.box.x)[which]


def name_of(session: Session, face_id: int) -> str | None:
    face = session.library.face(face_id)
    return None if face.person_id is None else session.library.person(face.person_id).name


def look(viewer: PhotoViewer, qtbot, photo: Photo, face_id: int | None = None, sequence=None) -> None:
    """Show a photo and wait until it is loaded."""
    with qtbot.waitSignal(viewer._loader.loaded):
        viewer.show_photo(photo.id, face_id, sequence)


def click(viewer: PhotoViewer, at: QPoint) -> None:
    QTest.mouseClick(viewer.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)


def middle(viewer: PhotoViewer, face_id: int) -> QPoint:
    return viewer.canvas.box_on_screen(face_id).center()


def type_name(viewer: PhotoViewer, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type as a user does: the first letter lands on the photo, the rest in the field it opens."""
    QTest.keyClicks(viewer.canvas, text[0])
    QTest.keyClicks(viewer.name_field, text[1:])
    QTest.keyClick(viewer.name_field, end)


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


def test_the_photo_is_upright_and_its_boxes_fit_whatever_the_orientation_tag_says(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    with Image.open(photo.path) as upright:
        stored = upright.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90° clockwise when shown
    stored.save(photo.path, exif=exif, quality=90)
    look(viewer, qtbot, photo)
    picture = viewer.canvas.viewport().grab().toImage()
    skin = picture.pixelColor(middle(viewer, face_of(session, photo, 0).id))
    assert abs(skin.red() - 0xE8) + abs(skin.green() - 0xB7) + abs(skin.blue() - 0x96) < 40


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


def test_a_drag_moves_the_photo_and_chooses_nothing(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    for _ in range(6):
        QTest.keyClick(viewer.canvas, Qt.Key.Key_Plus)
    face = face_of(session, photo, 0)
    before = viewer.canvas.box_on_screen(face.id)
    port = viewer.canvas.viewport()
    start = port.rect().center()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, start + QPoint(-40, -30))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + QPoint(-40, -30))
    moved = viewer.canvas.box_on_screen(face.id).topLeft() - before.topLeft()
    assert (moved.x(), moved.y()) == (-40, -30)
    assert viewer.face_id is None


def test_the_wheel_zooms_to_where_the_mouse_is(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    for _ in range(4):
        viewer.canvas.zoom_in()
    port = viewer.canvas.viewport()
    at = QPointF(300, 260)
    before = viewer.canvas.mapToScene(at.toPoint())
    width = viewer.canvas.box_on_screen(face_of(session, photo, 0).id).width()
    event = QWheelEvent(
        at, QPointF(port.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(port, event)
    after = viewer.canvas.mapToScene(at.toPoint())
    assert abs(after.x() - before.x()) < 1.5
    assert abs(after.y() - before.y()) < 1.5
    assert viewer.canvas.box_on_screen(face_of(session, photo, 0).id).width() == pytest.approx(width * 1.25, abs=2)


def test_actual_size_is_one_to_one_and_fit_shows_all_of_it_again(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    face = face_of(session, photo, 0)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_1)
    assert viewer.canvas.box_on_screen(face.id).width() == pytest.approx(face.box.w, abs=2)
    for _ in range(9):
        viewer.canvas.zoom_in()
    QTest.keyClick(viewer.canvas, Qt.Key.Key_0)
    whole = viewer.canvas.viewportTransform().mapRect(viewer.canvas.sceneRect())
    assert viewer.canvas.viewport().rect().toRectF().adjusted(-1, -1, 1, 1).contains(whole)


def test_a_fitted_photo_stays_fitted_when_the_window_grows(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    before = viewer.canvas.box_on_screen(face_of(session, photo, 0).id).width()
    viewer.resize(600, 450)
    qtbot.waitUntil(lambda: viewer.canvas.box_on_screen(face_of(session, photo, 0).id).width() < before)


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


def test_the_arrow_keys_go_through_the_photos_and_choose_the_same_person(viewer: PhotoViewer, session: Session, qtbot):
    of_anna = [p.id for p in photos(session)[:4]]
    look(viewer, qtbot, photos(session)[0], face_of(session, photos(session)[0], 0).id, of_anna)
    with qtbot.waitSignal(viewer._loader.loaded):
        QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    assert viewer.photo_id == of_anna[1]
    assert name_of(session, viewer.face_id) == "Anna"
    with qtbot.waitSignal(viewer._loader.loaded):
        QTest.keyClick(viewer.canvas, Qt.Key.Key_Left)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Left)
    assert viewer.photo_id == of_anna[0]


def test_only_the_photo_asked_for_last_is_shown(viewer: PhotoViewer, session: Session, qtbot):
    ids = [p.id for p in photos(session)]
    shown: list[int] = []
    viewer._loader.loaded.connect(lambda photo_id, _: shown.append(photo_id))
    for photo_id in ids:
        viewer.show_photo(photo_id, None, ids)
    qtbot.waitUntil(lambda: ids[-1] in shown)
    assert viewer.photo_id == ids[-1]
    sky = viewer.canvas.viewport().grab().toImage().pixelColor(viewer.canvas.viewport().rect().center().x(), 20)
    assert abs(sky.red() - 190) < 12, "the sky of the last photo"


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


def test_a_photo_that_cannot_be_read_says_why(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[3]
    photo.path.write_bytes(b"")
    with qtbot.waitSignal(viewer._loader.failed) as failed:
        viewer.show_photo(photo.id)
    assert failed.args == [photo.id, "The file is empty."]
    assert viewer._trouble.isVisible()
    look(viewer, qtbot, photos(session)[0])
    assert viewer.canvas.isVisible()


def test_a_photo_that_left_the_library_is_told(viewer: PhotoViewer, qtbot):
    viewer.show_photo(4711)
    assert viewer.photo_id is None
    assert viewer._trouble.isVisible()


def test_the_line_below_tells_name_folder_date_and_size(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[1]
    look(viewer, qtbot, photo, None, [p.id for p in photos(session)])
    told = viewer._info.text()
    assert told.startswith(f"photo-1.jpg   ·   {photo.path.parent}   ·   14 September 2020")
    assert told.endswith("480 × 360 pixels")
    assert viewer._position.text() == "2 of 6"


def test_the_folder_is_opened_on_a_click_and_never_before(viewer: PhotoViewer, session: Session, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    assert opened == []
    viewer._actions["folder"].trigger()
    assert opened == [str(photo.path.parent)]


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


def test_a_large_photo_is_drawn_from_a_smaller_copy_while_it_is_small_on_screen(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    with Image.open(photo.path) as small:
        small.resize((4800, 3600)).save(photo.path, quality=80)
    with qtbot.waitSignal(viewer._loader.loaded) as loaded:
        viewer.show_photo(photo.id)
    assert [level.width() for level in loaded.args[1]] == [4800, 2400, 1200, 600]
    assert viewer.canvas._item.pixmap().width() == 1200
    for _ in range(8):
        viewer.canvas.zoom_in()
    assert viewer.canvas._item.pixmap().width() == 4800
    assert viewer.canvas._item.sceneBoundingRect().width() == pytest.approx(480)
