"""Everything that is dragged: faces onto persons, shelves and other windows, persons onto persons, folders onto the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest
from window_driver import BUTTON, KEY, MOD, answer, drop, owner, question, row_of, selected_faces

from photoclust.core.types import FaceState, Person
from photoclust.ui.main_window import MainWindow
from photoclust.ui.models.places import Shelf
from photoclust.ui.windows import Windows


def test_faces_dragged_onto_a_person_move_there_and_undo_brings_them_back(window: MainWindow, anna: Person, ben: Person) -> None:
    first, second = window.centre.faces.ids[:2]
    data = selected_faces(window, first, second)
    persons = window.side.person_list
    assert drop(persons.viewport(), row_of(persons, ben.id), data)
    assert owner(window, first) == owner(window, second) == ben.id
    assert first not in window.centre.faces.ids
    assert "2 faces" in window.strip.text.text()
    assert window.actions_["undo"].text() == f"Undo {window.session.undo_text()}"
    QTest.keyClick(window, KEY.Key_Z, MOD.ControlModifier)
    assert owner(window, first) == owner(window, second) == anna.id
    assert first in window.centre.faces.ids
    QTest.keyClick(window, KEY.Key_Z, MOD.ControlModifier | MOD.ShiftModifier)
    assert owner(window, first) == ben.id


def test_faces_dropped_where_they_came_from_or_beside_a_row_do_nothing(window: MainWindow, anna: Person) -> None:
    data = selected_faces(window, window.centre.faces.ids[0])
    persons = window.side.person_list
    text = window.session.undo_text()
    assert not drop(persons.viewport(), row_of(persons, anna.id), data)
    assert not drop(persons.viewport(), persons.viewport().rect().bottomLeft() - QPoint(-20, 4), data)
    assert window.session.undo_text() == text


def test_faces_of_another_library_are_not_taken(window: MainWindow, ben: Person) -> None:
    from photoclust.ui.dragging import pack_faces

    data = pack_faces([1], Path("/elsewhere/library"), None, [])
    persons = window.side.person_list
    assert not drop(persons.viewport(), row_of(persons, ben.id), data)


@pytest.mark.parametrize(("shelf", "state"), [(Shelf.UNGROUPED, FaceState.FACE), (Shelf.IGNORED, FaceState.IGNORED)])
def test_faces_dropped_on_a_shelf_leave_their_person(window: MainWindow, shelf: Shelf, state: FaceState) -> None:
    face_id = window.centre.faces.ids[0]
    shelves = window.side.shelf_list
    assert drop(shelves.viewport(), row_of(shelves, shelf), selected_faces(window, face_id))
    face = window.session.library.face(face_id)
    assert face is not None
    assert (face.person_id, face.state) == (None, state)


def test_faces_dropped_on_new_person_are_split_off(window: MainWindow, anna: Person) -> None:
    face_id = window.centre.faces.ids[0]
    target = window.side.new_person
    assert drop(target, target.rect().center(), selected_faces(window, face_id))
    assert owner(window, face_id) not in (None, anna.id)
    assert len(window.side.person_list.model().ids) == 3  # type: ignore[attr-defined]
    assert window.place == anna.id


def test_a_mouse_drag_from_a_face_carries_the_selection(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, anna: Person
) -> None:
    from photoclust.ui.dragging import Dragged, unpack

    carried: list[Dragged | None] = []

    def exec_(drag: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        assert actions == Qt.DropAction.CopyAction  # or a file manager would move the photos away
        assert not drag.pixmap().isNull()
        carried.append(unpack(drag.mimeData(), window.session.library.path))
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", exec_)
    grid = window.centre.face_grid
    first, second = window.centre.faces.ids[:2]
    selected_faces(window, first, second)
    start = row_of(grid, first)
    QTest.mousePress(grid.viewport(), BUTTON.LeftButton, MOD.NoModifier, start)
    for step in (10, 30, 60):
        QTest.mouseMove(grid.viewport(), start + QPoint(step, step))
    QTest.mouseRelease(grid.viewport(), BUTTON.LeftButton, MOD.NoModifier, start)
    assert carried == [Dragged((first, second), (), anna.id)]


def test_a_person_dragged_onto_another_merges_without_a_question_unless_both_are_named(
    window: MainWindow, anna: Person, ben: Person
) -> None:
    persons = window.side.person_list
    data = window.persons.mimeData([window.persons.index_of(ben.id)])
    assert drop(persons.viewport(), row_of(persons, anna.id), data)
    assert window.session.library.person(ben.id) is None
    assert window.session.library.person(anna.id).face_count == 7  # type: ignore[union-attr]
    window.session.undo()
    window.commands.rename(ben.id, "Ben")
    assert drop(persons.viewport(), row_of(persons, anna.id), data)
    assert window.session.library.person(ben.id) is not None
    assert "Anna" in question(window).title.text()
    answer(window, "Merge")
    assert window.session.library.person(ben.id) is None
    assert window.place == anna.id


def test_a_folder_dropped_on_the_window_is_imported_with_pause_and_stop(
    window: MainWindow, job: Any, tmp_path: Path, qtbot: Any
) -> None:
    folder = tmp_path / "summer"
    folder.mkdir()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    job.steps = 20
    assert drop(window, QPoint(300, 300), data)
    qtbot.waitUntil(lambda: job.folders == [folder])
    qtbot.waitUntil(lambda: "0 of 20" in window.strip.text.text())
    QTest.mouseClick(window.strip.pause, BUTTON.LeftButton)
    assert window.strip.text.text().startswith("Pausing")  # it pauses when the job hears of it, which here waits
    QTest.mouseClick(window.strip.pause, BUTTON.LeftButton)
    assert window.strip.text.text().startswith("Looking for faces")
    QTest.mouseClick(window.strip.cancel, BUTTON.LeftButton)
    job.go_on.set()
    qtbot.waitUntil(lambda: not window.session.runner.busy)
    assert window.strip.text.text() == "Stopped. What was found is kept."
    assert not window.strip.progress.isVisible()


def test_a_file_dropped_on_the_window_is_not_taken(window: MainWindow, album: Any, job: Any) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(album.folder / "photo-0.jpg"))])
    drop(window, QPoint(300, 300), data)
    assert not window.session.runner.busy
    assert job.folders == []


def test_two_windows_stay_in_step_and_faces_go_from_one_to_the_other(
    window: MainWindow, windows: Windows, anna: Person, ben: Person
) -> None:
    other = windows.new()
    other.go_to(ben.id)
    face_id = window.centre.faces.ids[0]
    data = selected_faces(window, face_id)
    persons = other.side.person_list
    assert drop(persons.viewport(), row_of(persons, ben.id), data)
    assert face_id in other.centre.faces.ids
    assert face_id not in window.centre.faces.ids
    other.commands.rename(ben.id, "Ben")
    assert window.persons.index_of(ben.id).data() == "Ben"
    assert window.actions_["undo"].text() == other.actions_["undo"].text()


def test_new_person_can_be_clicked_once_faces_are_selected(window: MainWindow, anna: Person) -> None:
    QTest.mouseClick(window.side.new_person, BUTTON.LeftButton)
    assert window.strip.text.text() == "Select some faces first, or drag them here."
    face_id = window.centre.faces.ids[0]
    selected_faces(window, face_id)
    QTest.mouseClick(window.side.new_person, BUTTON.LeftButton)
    assert owner(window, face_id) not in (None, anna.id)
