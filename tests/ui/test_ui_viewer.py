"""The photo viewer: looking at a photo, zooming, leafing through."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from viewer_driver import face_of, look, middle, name_of, photos

from photoclust.ui.session import Session
from photoclust.ui.views.photo_viewer import PhotoViewer


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


def test_a_pinch_on_a_touch_pad_zooms_where_the_fingers_are(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    for _ in range(4):
        viewer.canvas.zoom_in()
    port, at = viewer.canvas.viewport(), QPointF(300, 260)
    before, scale = viewer.canvas.mapToScene(at.toPoint()), viewer.canvas._scale()
    pad = QPointingDevice.primaryPointingDevice()
    zoom = Qt.NativeGestureType.ZoomNativeGesture
    event = QNativeGestureEvent(zoom, pad, 2, at, at, QPointF(port.mapToGlobal(at.toPoint())), 0.2, QPointF())
    QApplication.sendEvent(port, event)
    assert viewer.canvas._scale() == pytest.approx(1.2 * scale)
    after = viewer.canvas.mapToScene(at.toPoint())
    assert abs(after.x() - before.x()) < 1.5
    assert abs(after.y() - before.y()) < 1.5


def test_shift_and_the_arrows_pan_and_leaf_through_nothing(viewer: PhotoViewer, session: Session, qtbot):
    ids = [p.id for p in photos(session)]
    look(viewer, qtbot, photos(session)[0], None, ids)
    for _ in range(7):
        viewer.canvas.zoom_in()
    before = viewer.canvas.mapToScene(QPoint(0, 0))
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    after = viewer.canvas.mapToScene(QPoint(0, 0))
    assert after.x() > before.x()
    assert after.y() > before.y()
    assert viewer.photo_id == ids[0]


def test_the_middle_button_pans_also_over_the_chosen_box(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    face = face_of(session, photo, 0)
    look(viewer, qtbot, photo, face.id)
    for _ in range(6):
        viewer.canvas.zoom_in()
    port, before = viewer.canvas.viewport(), viewer.canvas.box_on_screen(face.id).topLeft()
    at = middle(viewer, face.id)
    QTest.mousePress(port, Qt.MouseButton.MiddleButton, pos=at)
    QTest.mouseMove(port, at + QPoint(-25, -15))
    QTest.mouseRelease(port, Qt.MouseButton.MiddleButton, pos=at + QPoint(-25, -15))
    moved = viewer.canvas.box_on_screen(face.id).topLeft() - before
    assert (moved.x(), moved.y()) == (-25, -15)
    assert session.library.face(face.id) == face
