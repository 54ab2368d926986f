"""Hands for the tests of the photo viewer: clicks, drags and typing as real events."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from photoclust.core.types import Box, Face, Photo
from photoclust.ui.session import Session
from photoclust.ui.views.photo_viewer import PhotoViewer

LEFT = Qt.MouseButton.LeftButton
NONE, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def photos(session: Session) -> list[Photo]:
    return sorted(session.library.photos(), key=lambda p: p.relpath)


def face_of(session: Session, photo: Photo, which: int) -> Face:
    return sorted(session.library.faces_of_photo(photo.id), key=lambda f: f.box.x)[which]


def name_of(session: Session, face_id: int | None) -> str | None:
    face = session.library.face(face_id or 0)
    person = session.library.person(face.person_id) if face is not None and face.person_id is not None else None
    return person.name if person is not None else None


def look(viewer: PhotoViewer, qtbot, photo: Photo, face_id: int | None = None, sequence=None) -> None:
    """Show a photo and wait until it is loaded."""
    with qtbot.waitSignal(viewer._loader.loaded):
        viewer.show_photo(photo.id, face_id, sequence)


def click(viewer: PhotoViewer, at: QPoint) -> None:
    QTest.mouseClick(viewer.canvas.viewport(), LEFT, pos=at)


def drag(viewer: PhotoViewer, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press, move in steps, release, over the photo."""
    port = viewer.canvas.viewport()
    QTest.mousePress(port, LEFT, modifiers, start)
    for k in range(1, 5):
        QTest.mouseMove(port, start + (end - start) * k / 4)
    QTest.mouseRelease(port, LEFT, modifiers, end)


def middle(viewer: PhotoViewer, face_id: int) -> QPoint:
    box = viewer.canvas.box_on_screen(face_id)
    assert box is not None
    return box.center()


def on_screen(viewer: PhotoViewer, box: Box) -> tuple[QPoint, QPoint]:
    """The upper left and the lower right corner of a box of the photo, in the viewport."""
    rect = viewer.canvas.viewportTransform().mapRect(QRectF(box.x, box.y, box.w, box.h))
    return rect.topLeft().toPoint(), rect.bottomRight().toPoint()


def type_name(viewer: PhotoViewer, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type as a user does: the first letter lands on the photo, the rest in the field it opens."""
    QTest.keyClicks(viewer.canvas, text[0])
    QTest.keyClicks(viewer.name_field, text[1:])
    QTest.keyClick(viewer.name_field, end)
