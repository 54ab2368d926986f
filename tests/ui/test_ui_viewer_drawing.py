"""The photo viewer: a missed face is drawn, a box is changed, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from viewer_driver import CONTROL, NONE, SHIFT, click, drag, face_of, look, middle, name_of, on_screen, photos

from photoclust.core.changes import Changes
from photoclust.core.edits import AddFace, MoveFaces, NotAFace, RenamePerson
from photoclust.core.progress import Progress
from photoclust.core.types import Box, Face, FaceState
from photoclust.library.drawing import Described, save_described, undescribed
from photoclust.library.library import Library
from photoclust.ui.jobs import Workflows
from photoclust.ui.session import Session
from photoclust.ui.views.photo_viewer import PhotoViewer

EMPTY = Box(380, 40, 80, 90)
"""Where nobody is on any of the photos."""


class Looker:
    """Describes drawn faces as if they were the first face of a person, or cannot."""

    def __init__(self) -> None:
        self.like: int | None = None
        self.looked = 0

    def __call__(self, library: Library, progress: Progress) -> Iterator[Changes]:
        self.looked += 1
        for face in library.faces(undescribed(library)):
            if self.like is not None:
                ids, vectors = library.embeddings()
                vector = vectors[ids.tolist().index(self.like)]
                yield save_described(library, face.id, face.box, Described(face.landmarks, 0.3, vector, "test"))


@pytest.fixture
def looker() -> Looker:
    return Looker()


@pytest.fixture
def session(library_path: Path, looker: Looker, qapp: object) -> Iterator[Session]:
    session = Session(library_path, Workflows(describe_drawn=looker))
    yield session
    session.close()


def drawn(session: Session) -> list[Face]:
    return [f for f in session.library.faces() if f.drawn]


def near(box: Box, other: Box, by: float = 3.0) -> bool:
    return max(abs(box.x - other.x), abs(box.y - other.y), abs(box.w - other.w), abs(box.h - other.h)) <= by


def idle(session: Session, qtbot) -> None:
    qtbot.waitUntil(lambda: not session.runner.busy)


def test_a_drag_with_ctrl_draws_a_face_and_asks_who_it_is(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    drag(viewer, *on_screen(viewer, EMPTY), CONTROL)
    (face,) = drawn(session)
    assert near(face.box, EMPTY)
    assert face.photo_id == photo.id
    assert viewer.face_id == face.id
    assert viewer.name_field.hasFocus()
    QTest.keyClicks(viewer.name_field, "Clara")
    QTest.keyClick(viewer.name_field, Qt.Key.Key_Return)
    assert name_of(session, face.id) == "Clara"
    QTest.keySequence(viewer, "Ctrl+Z")
    QTest.keySequence(viewer, "Ctrl+Z")
    assert drawn(session) == []
    assert face.id not in [m.id for m in viewer.canvas.marks]


def test_after_mark_a_face_the_next_drag_draws_and_the_one_after_it_pans(viewer: PhotoViewer, session: Session, qtbot):
    look(viewer, qtbot, photos(session)[0])
    QTest.keySequence(viewer, "Ctrl+M")
    assert viewer.canvas.viewport().cursor().shape() is Qt.CursorShape.CrossCursor
    drag(viewer, *on_screen(viewer, EMPTY))
    assert len(drawn(session)) == 1
    viewer.name_field.leave()
    drag(viewer, QPoint(20, 20), QPoint(90, 100))
    assert len(drawn(session)) == 1


def test_a_face_is_drawn_by_keys_alone(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[2]
    look(viewer, qtbot, photo, None, [p.id for p in photos(session)])
    QTest.keySequence(viewer, "Ctrl+M")
    start = viewer.canvas._tool.draft
    for _ in range(5):
        QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Up)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Right, SHIFT)
    assert viewer.photo_id == photo.id, "the arrows are the box's now"
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Return)
    (face,) = drawn(session)
    step = 8 / viewer.canvas._scale()
    assert near(face.box, Box(start.x() + 5 * step, start.y() - step, start.width() + step, start.height()), 0.5)
    viewer.name_field.leave()
    with qtbot.waitSignal(viewer._loader.loaded):
        QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    assert viewer.photo_id != photo.id, "and the photos' again"


def test_escape_leaves_off_drawing_and_closes_nothing(viewer: PhotoViewer, session: Session, qtbot):
    look(viewer, qtbot, photos(session)[0])
    QTest.keySequence(viewer, "Ctrl+M")
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert viewer.isVisible()
    assert viewer.canvas._tool.draft is None
    drag(viewer, *on_screen(viewer, EMPTY))
    assert drawn(session) == []


@pytest.mark.parametrize("by", [QPoint(2, 2), QPoint(300, 2)])
def test_a_slip_of_the_mouse_is_no_face(by: QPoint, viewer: PhotoViewer, session: Session, qtbot):
    look(viewer, qtbot, photos(session)[0])
    start, _ = on_screen(viewer, EMPTY)
    drag(viewer, start, start + by, CONTROL)
    assert drawn(session) == []


def test_drawing_around_a_known_face_chooses_it_and_one_that_was_none_becomes_one(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    anna, ben = face_of(session, photo, 0), face_of(session, photo, 1)
    session.apply(NotAFace((ben.id,)))
    look(viewer, qtbot, photo)
    drag(viewer, *on_screen(viewer, anna.box), CONTROL)
    assert viewer.face_id == anna.id
    viewer.name_field.leave()
    drag(viewer, *on_screen(viewer, ben.box), CONTROL)
    assert viewer.face_id == ben.id
    now = session.library.face(ben.id)
    assert now is not None
    assert now.state is FaceState.FACE
    assert drawn(session) == []


def test_who_it_may_be_is_suggested_and_enter_agrees(viewer: PhotoViewer, session: Session, looker: Looker, qtbot):
    photo = photos(session)[5]
    looker.like = face_of(session, photos(session)[0], 0).id
    look(viewer, qtbot, photo)
    drag(viewer, *on_screen(viewer, EMPTY), CONTROL)
    qtbot.waitUntil(lambda: viewer.name_field.placeholderText() == "Is this Anna? Enter: yes")
    (face,) = drawn(session)
    assert face.person_id is None, "nothing is decided for the user"
    QTest.keyClick(viewer.name_field, Qt.Key.Key_Return)
    assert name_of(session, face.id) == "Anna"
    now = session.library.face(face.id)
    assert now is not None
    assert now.by_hand


def test_a_suggestion_is_no_obstacle_to_another_name(viewer: PhotoViewer, session: Session, looker: Looker, qtbot):
    looker.like = face_of(session, photos(session)[0], 0).id
    look(viewer, qtbot, photos(session)[5])
    drag(viewer, *on_screen(viewer, EMPTY), CONTROL)
    QTest.keyClicks(viewer.name_field, "Clara")
    qtbot.waitUntil(lambda: viewer.name_field.placeholderText() == "Is this Anna? Enter: yes")
    assert viewer.name_field.text() == "Clara"
    QTest.keyClick(viewer.name_field, Qt.Key.Key_Return)
    assert name_of(session, drawn(session)[0].id) == "Clara"


def test_somebody_without_a_name_is_suggested_by_how_many_faces_there_are(viewer, session: Session, looker: Looker, qtbot):
    looker.like = face_of(session, photos(session)[4], 0).id
    look(viewer, qtbot, photos(session)[5])
    drag(viewer, *on_screen(viewer, EMPTY), CONTROL)
    qtbot.waitUntil(lambda: "3 faces" in viewer.name_field.placeholderText())
    QTest.keyClick(viewer.name_field, Qt.Key.Key_Return)
    assert session.library.face(drawn(session)[0].id).person_id == session.library.face(looker.like).person_id


def test_a_face_that_cannot_be_looked_at_is_not_tried_again_and_again(session: Session, looker: Looker, qtbot):
    photo = photos(session)[0]
    session.apply(AddFace(photo.id, (EMPTY.x, EMPTY.y, EMPTY.w, EMPTY.h)))
    idle(session, qtbot)
    assert looker.looked == 1
    session.apply(RenamePerson(1, "Annabel"))
    session.apply(AddFace(photos(session)[1].id, (EMPTY.x, EMPTY.y, EMPTY.w, EMPTY.h)))
    idle(session, qtbot)
    assert looker.looked == 2, "for the new one"
    session.undo()
    idle(session, qtbot)
    assert looker.looked == 2


def test_what_was_drawn_just_before_the_program_ended_is_looked_at_when_it_starts(library_path, looker: Looker, qtbot, qapp):
    with Library.open(library_path) as library:
        library.apply(AddFace(library.photos()[0].id, (EMPTY.x, EMPTY.y, EMPTY.w, EMPTY.h)))
        looker.like = library.faces()[0].id
    session = Session(library_path, Workflows(describe_drawn=looker))
    qtbot.waitUntil(lambda: undescribed(session.library) == [])
    session.close()
    assert looker.looked == 1


def test_a_corner_is_dragged_and_the_face_keeps_its_person(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    anna = face_of(session, photo, 0)
    look(viewer, qtbot, photo, anna.id)
    start, end = on_screen(viewer, anna.box)
    drag(viewer, end, end + QPoint(40, 20))
    scale = viewer.canvas._scale()
    now = session.library.face(anna.id)
    assert now is not None
    assert near(now.box, Box(anna.box.x, anna.box.y, anna.box.w + 40 / scale, anna.box.h + 20 / scale))
    assert (now.person_id, now.drawn) == (anna.person_id, True)
    assert viewer.face_id == anna.id
    assert near(Box(*viewer.canvas.box_on_screen(anna.id).getRect()), Box(start.x(), start.y(), end.x() - start.x() + 40,
                end.y() - start.y() + 20))  # fmt: skip
    QTest.keySequence(viewer, "Ctrl+Z")
    again = session.library.face(anna.id)
    assert again == anna


def test_a_side_is_dragged_over_the_opposite_one_and_the_box_stays_a_box(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    anna = face_of(session, photo, 0)
    look(viewer, qtbot, photo, anna.id)
    start, end = on_screen(viewer, anna.box)
    left = QPoint(start.x(), (start.y() + end.y()) // 2)
    drag(viewer, left, QPoint(end.x() + 60, left.y()))
    now = session.library.face(anna.id)
    assert now is not None
    assert near(now.box, Box(anna.box.x + anna.box.w, anna.box.y, 60 / viewer.canvas._scale(), anna.box.h))


def test_a_drag_inside_moves_the_chosen_box_and_never_out_of_the_photo(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    anna = face_of(session, photo, 0)
    look(viewer, qtbot, photo, anna.id)
    drag(viewer, middle(viewer, anna.id), middle(viewer, anna.id) - QPoint(400, 30))
    now = session.library.face(anna.id)
    assert now is not None
    assert near(now.box, Box(0, anna.box.y - 30 / viewer.canvas._scale(), anna.box.w, anna.box.h))


def test_a_click_on_the_chosen_face_changes_nothing(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    anna = face_of(session, photo, 0)
    look(viewer, qtbot, photo, anna.id)
    before = session.undo_text()
    click(viewer, middle(viewer, anna.id))
    click(viewer, on_screen(viewer, anna.box)[1])
    assert session.undo_text() == before
    assert session.library.face(anna.id) == anna


def test_a_box_is_changed_by_keys(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    anna = face_of(session, photo, 0)
    look(viewer, qtbot, photo, anna.id)
    QTest.keySequence(viewer, "Ctrl+Shift+M")
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Down)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Left, SHIFT)
    assert session.library.face(anna.id) == anna, "not before Enter"
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Return)
    step = 8 / viewer.canvas._scale()
    now = session.library.face(anna.id)
    assert now is not None
    assert near(now.box, Box(anna.box.x, anna.box.y + step, anna.box.w - step, anna.box.h), 0.5)
    assert not viewer.name_field.isVisible(), "this Enter was for the box"


def test_boxes_cannot_be_dragged_onto_another_face(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    anna, ben = face_of(session, photo, 0), face_of(session, photo, 1)
    look(viewer, qtbot, photo, anna.id)
    drag(viewer, middle(viewer, anna.id), middle(viewer, ben.id))
    assert session.library.face(anna.id) == anna
    assert "already" in viewer._info.text()


def test_a_box_that_was_drawn_shows_another_thumbnail_once_it_is_moved(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    anna = face_of(session, photo, 0)
    look(viewer, qtbot, photo, anna.id)
    thumbnails = viewer._thumbnails
    thumbnails.face(anna.id, 96)
    qtbot.waitUntil(lambda: thumbnails.face(anna.id, 96) is not None)
    before = thumbnails.face(anna.id, 96).toImage()
    drag(viewer, middle(viewer, anna.id), middle(viewer, anna.id) + QPoint(0, 150), NONE)
    qtbot.waitUntil(lambda: (now := thumbnails.face(anna.id, 96)) is not None and now.toImage() != before)


def test_a_face_in_the_hands_of_a_drag_may_vanish(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    session.apply(AddFace(photo.id, (EMPTY.x, EMPTY.y, EMPTY.w, EMPTY.h)))
    (face,) = drawn(session)
    look(viewer, qtbot, photo, face.id)
    at, port = middle(viewer, face.id), viewer.canvas.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(port, at + QPoint(-30, 10))
    session.undo()
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=at + QPoint(-30, 10))
    assert drawn(session) == []
    assert "no longer" in viewer._info.text()


def test_moving_to_a_person_is_one_edit_and_drawing_another(viewer: PhotoViewer, session: Session, qtbot):
    look(viewer, qtbot, photos(session)[5])
    drag(viewer, *on_screen(viewer, EMPTY), CONTROL)
    (face,) = drawn(session)
    assert session.undo_text() == "Mark a face"
    anna = next(p for p in session.library.persons() if p.name == "Anna")
    session.apply(MoveFaces((face.id,), anna.id))
    assert [m.name for m in viewer.canvas.marks if m.id == face.id] == ["Anna"]
