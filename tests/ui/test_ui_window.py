"""The window as a user meets it: real mouse, keyboard and drop events, and what they do to the library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QToolButton, QWidget

from photoclust.core.changes import Changes
from photoclust.core.errors import UserError
from photoclust.core.types import FaceState, Person
from photoclust.ui.dialogs.person_picker import PersonPicker
from photoclust.ui.dialogs.problems import ProblemsDialog
from photoclust.ui.main_window import MainWindow
from photoclust.ui.models.places import Shelf
from photoclust.ui.questions import Question
from photoclust.ui.windows import Windows

KEY, BUTTON, MOD = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier


@pytest.fixture
def window(windows: Windows, qtbot: Any) -> MainWindow:
    window = windows.open[0]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def anna(window: MainWindow) -> Person:
    return next(p for p in window.session.library.persons() if p.name == "Anna")


@pytest.fixture
def ben(window: MainWindow) -> Person:
    return next(p for p in window.session.library.persons() if not p.name)


def row_of(view: QAbstractItemView, item_id: int) -> QPoint:
    """The middle of an item, in viewport coordinates."""
    return view.visualRect(view.model().index_of(item_id)).center()  # type: ignore[attr-defined]


def click(view: QAbstractItemView, item_id: int, modifiers: Qt.KeyboardModifier = MOD.NoModifier) -> None:
    QTest.mouseClick(view.viewport(), BUTTON.LeftButton, modifiers, row_of(view, item_id))


def drop(target: QWidget, at: QPoint, data: QMimeData) -> bool:
    """Deliver a whole drag to a widget and handle what it put off; says whether the drop was accepted."""
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    QApplication.sendEvent(target, QDragEnterEvent(at, actions, data, BUTTON.LeftButton, MOD.NoModifier))
    QApplication.sendEvent(target, QDragMoveEvent(at, actions, data, BUTTON.LeftButton, MOD.NoModifier))
    event = QDropEvent(QPointF(at), actions, data, BUTTON.LeftButton, MOD.NoModifier)
    QApplication.sendEvent(target, event)
    accepted = event.isAccepted()
    QApplication.sendPostedEvents()
    QTest.qWait(0)
    return accepted


def selected_faces(window: MainWindow, *face_ids: int) -> QMimeData:
    """What would be dragged after clicking these faces."""
    grid = window.centre.face_grid
    for position, face_id in enumerate(face_ids):
        click(grid, face_id, MOD.ControlModifier if position else MOD.NoModifier)
    assert set(grid.selected_ids()) == set(face_ids)
    return grid.model().mimeData(grid.selectedIndexes())  # type: ignore[attr-defined]


def question(window: MainWindow) -> Question:
    asked = [q for q in window.findChildren(Question) if q.isVisible()]
    assert len(asked) == 1
    return asked[0]


def answer(window: MainWindow, text: str) -> None:
    QTest.mouseClick(question(window).buttons[text], BUTTON.LeftButton)


def owner(window: MainWindow, face_id: int) -> int | None:
    face = window.session.library.face(face_id)
    assert face is not None
    return face.person_id


def test_the_window_starts_with_the_biggest_person(window: MainWindow, anna: Person) -> None:
    assert window.place == anna.id
    assert window.side.selected_persons() == [anna.id]
    assert window.centre.header.title.label.text() == "Anna"
    assert window.centre.header.subtitle.text() == "4 faces in 4 photos"
    assert window.centre.pages.currentWidget() is window.centre.face_grid


def test_faces_dragged_onto_a_person_move_there_and_undo_brings_them_back(
    window: MainWindow, anna: Person, ben: Person
) -> None:
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


@pytest.mark.parametrize(
    ("shelf", "state"), [(Shelf.UNGROUPED, FaceState.FACE), (Shelf.IGNORED, FaceState.IGNORED)]
)
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


def test_a_person_is_renamed_in_its_row(window: MainWindow, ben: Person, qtbot: Any) -> None:
    persons = window.side.person_list
    click(persons, ben.id)
    QTest.keyClick(persons, KEY.Key_F2)
    field = persons.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "Benjamin")
    QTest.keyClick(field, KEY.Key_Return)
    qtbot.waitUntil(lambda: window.session.library.person(ben.id).name == "Benjamin")
    assert window.persons.index_of(ben.id).data() == "Benjamin"
    assert window.centre.header.title.label.text() == "Benjamin"


def test_escape_leaves_the_name_as_it_was(window: MainWindow, ben: Person) -> None:
    persons = window.side.person_list
    click(persons, ben.id)
    QTest.keyClick(persons, KEY.Key_Return)
    field = persons.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "Nonsense")
    QTest.keyClick(field, KEY.Key_Escape)
    assert window.session.library.person(ben.id).name == ""  # type: ignore[union-attr]


def test_the_title_is_a_field_once_clicked_and_its_letters_are_no_shortcuts(window: MainWindow, ben: Person) -> None:
    click(window.side.person_list, ben.id)
    title = window.centre.header.title
    QTest.mouseClick(title.label, BUTTON.LeftButton)
    assert title.field is not None
    QTest.keyClicks(title.field, "Mix I.")
    QTest.keyClick(title.field, KEY.Key_Return)
    assert title.field is None
    assert window.session.library.person(ben.id).name == "Mix I."  # type: ignore[union-attr]


def test_names_in_use_are_offered_while_typing(window: MainWindow, ben: Person) -> None:
    click(window.side.person_list, ben.id)
    window.centre.header.title.edit()
    field = window.centre.header.title.field
    assert field is not None
    completer = field.completer()
    completer.setCompletionPrefix("nn")
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "Anna"


@pytest.mark.parametrize(("choice", "persons", "faces"), [("Merge with Anna", 1, 7), ("Keep both", 2, 4), ("Cancel", 2, 4)])
def test_a_name_that_somebody_has_is_a_question(
    window: MainWindow, anna: Person, ben: Person, choice: str, persons: int, faces: int
) -> None:
    window.commands.rename(ben.id, "anna")
    answer(window, choice)
    assert len(window.session.library.persons()) == persons
    assert window.session.library.person(anna.id).face_count == faces  # type: ignore[union-attr]
    if choice == "Keep both":
        assert window.session.library.person(ben.id).name == "anna"  # type: ignore[union-attr]
    if choice == "Cancel":
        assert window.session.library.person(ben.id).name == ""  # type: ignore[union-attr]


def test_the_search_hides_others_and_escape_of_a_search_brings_them_back(window: MainWindow, anna: Person, ben: Person) -> None:
    QTest.keyClick(window, KEY.Key_F, MOD.ControlModifier)
    assert window.side.search.hasFocus()
    QTest.keyClicks(window.side.search, "ann")
    assert list(window.persons.ids) == [anna.id]
    QTest.keyClick(window.side.search, KEY.Key_Escape)
    assert len(window.persons.ids) == 2
    QTest.keyClicks(window.side.search, "ann")
    window.go_to(Shelf.EVERYTHING)
    QTest.keyClick(window.side.search, KEY.Key_Return)
    assert window.place == anna.id
    assert window.side.person_list.hasFocus()
    window.side.search.setText("zzz")
    assert window.side.hint.isVisible()
    window.go_to(ben.id)
    assert window.side.search.text() == ""
    assert window.side.selected_persons() == [ben.id]


def test_actions_are_enabled_where_they_make_sense(window: MainWindow, anna: Person) -> None:
    def enabled(*names: str) -> list[bool]:
        return [window.actions_[name].isEnabled() for name in names]

    assert enabled("move", "split", "confirm", "ignore", "cover", "bring_back") == [False] * 6
    assert enabled("rename", "merge", "export", "regroup") == [True] * 4
    selected_faces(window, window.centre.faces.ids[0])
    QTest.qWait(0)
    assert enabled("move", "split", "confirm", "ignore", "cover") == [True] * 5
    assert enabled("bring_back") == [False]
    window.go_to(Shelf.UNGROUPED)
    assert enabled("rename", "merge", "confirm_person") == [False] * 3
    window.centre.face_grid.selectAll()
    QTest.qWait(0)
    assert enabled("move", "split", "ignore", "not_a_face") == [True] * 4
    assert enabled("confirm", "take_out", "cover") == [False] * 3


@pytest.mark.parametrize(
    ("key", "modifiers", "state"),
    [
        (KEY.Key_I, MOD.NoModifier, FaceState.IGNORED),
        (KEY.Key_Delete, MOD.ShiftModifier, FaceState.NOT_A_FACE),
        (KEY.Key_Delete, MOD.NoModifier, FaceState.FACE),
    ],
)
def test_keys_put_faces_aside(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier, state: FaceState) -> None:
    face_id = window.centre.faces.ids[0]
    selected_faces(window, face_id)
    QTest.qWait(0)
    QTest.keyClick(window.centre.face_grid, key, modifiers)
    face = window.session.library.face(face_id)
    assert face is not None
    assert (face.state, face.person_id) == (state, None)


def test_ignored_faces_are_brought_back_from_their_shelf(window: MainWindow) -> None:
    face_id = window.centre.faces.ids[0]
    window.commands.ignore([face_id])
    window.go_to(Shelf.IGNORED)
    assert list(window.centre.faces.ids) == [face_id]
    selected_faces(window, face_id)
    QTest.qWait(0)
    QTest.keyClick(window.centre.face_grid, KEY.Key_B)
    assert window.session.library.face(face_id).state == FaceState.FACE  # type: ignore[union-attr]
    assert window.centre.pages.currentWidget() is not window.centre.face_grid


def test_enter_confirms_and_x_splits_off(window: MainWindow, anna: Person, ben: Person) -> None:
    library = window.session.library
    window.session.undo()  # ben is nobody's
    window.go_to(Shelf.UNGROUPED)
    face_id = window.centre.faces.ids[0]
    selected_faces(window, face_id)
    QTest.qWait(0)
    QTest.keyClick(window.centre.face_grid, KEY.Key_X)
    made = owner(window, face_id)
    assert made is not None
    assert made != anna.id
    window.go_to(anna.id)
    window.centre.face_grid.selectAll()
    QTest.qWait(0)
    QTest.keyClick(window.centre.face_grid, KEY.Key_Return)
    assert all(f.by_hand for f in library.faces(library.face_ids(person_id=anna.id)))


def test_m_moves_faces_to_whom_one_types(window: MainWindow, anna: Person, ben: Person, qtbot: Any) -> None:
    window.commands.rename(ben.id, "Ben")
    face_id, other = window.centre.faces.ids[:2]
    selected_faces(window, face_id)
    QTest.qWait(0)
    QTest.keyClick(window.centre.face_grid, KEY.Key_M)
    picker = window.findChild(PersonPicker)
    assert picker is not None
    qtbot.waitUntil(picker.isActiveWindow)
    QTest.keyClicks(picker.field, "be")
    QTest.keyClick(picker.field, KEY.Key_Return)
    assert owner(window, face_id) == ben.id
    window.commands.pick_and_move([other], anna.id)
    picker = next(p for p in window.findChildren(PersonPicker) if p.isVisible())
    qtbot.waitUntil(picker.isActiveWindow)
    QTest.keyClicks(picker.field, "B")  # somebody whose name is the beginning of Ben's
    QTest.keyClick(picker.field, KEY.Key_Down)
    QTest.keyClick(picker.field, KEY.Key_Return)
    made = window.session.library.person(owner(window, other) or 0)
    assert made is not None
    assert made.name == "B"


def test_m_in_the_list_merges_the_selected_persons(window: MainWindow, anna: Person, ben: Person) -> None:
    persons = window.side.person_list
    click(persons, ben.id)
    click(persons, anna.id, MOD.ControlModifier)
    assert window.actions_["merge"].text() == "Merge selected persons"
    persons.setFocus()
    QTest.keyClick(persons, KEY.Key_M)
    assert [p.id for p in window.session.library.persons()] == [anna.id]
    assert window.place == anna.id


def test_a_person_whose_faces_all_leave_gives_way_to_the_next(window: MainWindow, anna: Person, ben: Person) -> None:
    window.go_to(ben.id)
    window.commands.ignore_persons([ben.id])
    assert window.place == anna.id
    assert window.side.selected_persons() == [anna.id]


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
    assert window.strip.text.text().startswith("Paused")
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


def test_a_failing_edit_is_told_in_the_window(window: MainWindow, windows: Windows) -> None:
    window.commands.move([99_999], window.place or 0)
    assert question(window).title.text() == "That did not work"
    assert question(window).text.text()


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


def test_closing_a_window_leaves_the_other_one_working(window: MainWindow, windows: Windows, ben: Person, qtbot: Any) -> None:
    other = windows.new()
    window.close()
    qtbot.waitUntil(lambda: windows.open == [other])
    other.commands.rename(ben.id, "Ben")
    assert other.persons.index_of(ben.id).data() == "Ben"


def test_photos_and_faces_of_a_person_are_two_views_of_the_place(window: MainWindow, ben: Person) -> None:
    window.go_to(ben.id)
    window.actions_["photos"].trigger()
    assert window.centre.pages.currentWidget() is window.centre.photo_grid
    assert window.centre.photos.rowCount() == 3
    assert not window.actions_["move"].isEnabled()
    window.actions_["faces"].trigger()
    assert window.centre.faces.rowCount() == 3


def test_double_click_and_space_show_the_photo_of_a_face(window: MainWindow, qtbot: Any) -> None:
    from photoclust.ui.views.photo_viewer import PhotoViewer

    grid = window.centre.face_grid
    face_id = window.centre.faces.ids[1]
    click(grid, face_id)
    QTest.mouseDClick(grid.viewport(), BUTTON.LeftButton, MOD.NoModifier, row_of(grid, face_id))
    viewer = window.findChild(PhotoViewer)
    assert viewer is not None
    assert viewer.isVisible()
    viewer.close()
    QTest.keyClick(grid, KEY.Key_Space)
    assert viewer.isVisible()


def test_the_zoom_follows_keys_wheel_steps_and_slider(window: MainWindow) -> None:
    grid, step = window.centre.face_grid, window.centre.face_grid.step
    width = grid.gridSize().width()
    QTest.keyClick(window, KEY.Key_Plus, MOD.ControlModifier)
    assert grid.step == step + 1
    assert window.strip.zoom.value() == step + 1
    assert grid.gridSize().width() > width
    window.strip.zoom.setValue(0)
    assert grid.step == 0
    QTest.keyClick(window, KEY.Key_Minus, MOD.ControlModifier)
    assert grid.step == 0


def test_select_all_and_escape(window: MainWindow) -> None:
    QTest.keyClick(window, KEY.Key_A, MOD.ControlModifier)
    QTest.qWait(0)
    assert window.centre.header.subtitle.text() == "4 of 4 faces selected"
    window.centre.face_grid.setFocus()
    QTest.keyClick(window.centre.face_grid, KEY.Key_Escape)
    QTest.qWait(0)
    assert window.centre.face_grid.selected_ids() == []


def test_the_cover_is_the_face_that_was_chosen(window: MainWindow, anna: Person) -> None:
    face_id = next(f for f in window.centre.faces.ids if f != anna.cover_face_id)
    selected_faces(window, face_id)
    QTest.qWait(0)
    QTest.keyClick(window.centre.face_grid, KEY.Key_C)
    assert window.persons.person(anna.id).cover_face_id == face_id  # type: ignore[union-attr]


def test_unreadable_photos_are_listed_with_the_reason(window: MainWindow, qtbot: Any) -> None:
    library = window.session.library
    assert not window.strip.problems.isVisible()
    name = library.photos()[0].relpath  # a photo with decisions stays in the library when its file is gone
    window.session.changed.emit(library.remove_missing(1, [name]))
    assert window.strip.problems.text() == "1 photo could not be read"
    QTest.mouseClick(window.strip.problems, BUTTON.LeftButton)
    dialog = window.findChild(ProblemsDialog)
    assert dialog is not None
    assert dialog.table.topLevelItem(0).text(0) == name


def test_an_empty_library_says_what_to_do(tmp_path: Path, job: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from photoclust.ui.jobs import Workflows

    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    windows = Windows(tmp_path / "new.photoclust", lambda scheme: None, Workflows(job.import_photos, job.group_faces))
    window = windows.new()
    assert window.centre.pages.currentWidget() is window.centre.welcome
    assert not window.centre.header.isVisible()
    assert not window.actions_["regroup"].isEnabled()
    window.open_folder(tmp_path)
    assert window.centre.pages.currentWidget() is not window.centre.welcome
    job.go_on.set()
    qtbot.waitUntil(lambda: not window.session.runner.busy)
    assert window.centre.pages.currentWidget() is window.centre.welcome
    windows.close()
    assert not windows.session.runner.running


def test_a_screenshot_shows_the_window_with_its_pictures(
    library_path: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtGui import QImage

    from photoclust.ui.app import screenshot

    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    out = tmp_path / "pictures" / "window.png"
    screenshot(library_path, out, size=(900, 600))
    image = QImage(str(out))
    assert (image.width(), image.height()) == (900, 600)
    skin = 0
    for x in range(300, 880, 8):
        for y in range(120, 560, 8):
            c = image.pixelColor(x, y)
            skin += abs(c.red() - 0xE8) + abs(c.green() - 0xB7) + abs(c.blue() - 0x96) < 40
    assert skin > 50


def test_the_first_grouping_ends_with_its_biggest_person_and_a_later_one_leaves_the_view_alone(
    window: MainWindow, windows: Windows, job: Any, qtbot: Any, tmp_path: Path
) -> None:
    window.session.undo()
    window.session.undo()
    assert window.place == Shelf.EVERYTHING
    other = windows.new()  # this one has never shown a person
    job.go_on.set()
    job.work = lambda library: library.redo().changes | library.redo().changes
    with qtbot.waitSignal(window.session.job_ended):
        window.open_folder(tmp_path)
    assert other.centre.header.title.label.text() == "Anna"
    other.go_to(Shelf.EVERYTHING)
    job.work = lambda library: Changes()
    with qtbot.waitSignal(window.session.job_ended):
        window.open_folder(tmp_path)
    assert other.place == Shelf.EVERYTHING


def test_the_last_edit_can_be_taken_back_from_the_message_about_it(window: MainWindow, anna: Person) -> None:
    face_id = window.centre.faces.ids[0]
    window.commands.ignore([face_id])
    assert window.strip.undo.isVisible()
    QTest.mouseClick(window.strip.undo, BUTTON.LeftButton)
    assert owner(window, face_id) == anna.id
    assert window.strip.text.text().startswith("Undone: ")
    assert not window.strip.undo.isVisible()


def test_a_narrow_window_keeps_its_buttons_without_their_words(window: MainWindow) -> None:
    selected_faces(window, window.centre.faces.ids[0])
    window.resize(window.minimumSize())
    QTest.qWait(0)
    header = window.centre.header
    buttons = [b for b in header.findChildren(QToolButton) if b.isVisible()]
    assert len(buttons) >= 9
    assert all(header.rect().contains(b.geometry()) or b.parentWidget() is not header for b in buttons)
    assert {b.toolButtonStyle() for b in buttons if b is not header.more} == {Qt.ToolButtonStyle.ToolButtonIconOnly}
    window.resize(1400, 800)
    QTest.qWait(0)
    assert buttons[0].toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon


def test_a_job_that_fails_is_told_in_one_window_only(
    windows: Windows, window: MainWindow, job: Any, qtbot: Any, tmp_path: Path
) -> None:
    other = windows.new()
    job.error = UserError("That folder cannot be read.")
    job.go_on.set()
    with qtbot.waitSignal(window.session.failed):
        window.open_folder(tmp_path)
    asked = [q for w in (window, other) for q in w.findChildren(Question)]
    assert [q.text.text() for q in asked] == ["That folder cannot be read."]


def test_a_bug_is_told_and_logged_and_the_program_goes_on(
    window: MainWindow, windows: Windows, anna: Person, caplog: pytest.LogCaptureFixture
) -> None:
    windows.tell_bug(ValueError, ValueError("boom"), None)
    assert "boom" in question(window).text.text()
    assert "a bug" in caplog.text
    window.commands.rename(anna.id, "Anne")
    assert window.centre.header.title.label.text() == "Anne"


def test_size_zoom_and_colours_are_remembered_between_two_runs(
    library_path: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    worn: list[str] = []
    for run in range(2):
        memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        windows = Windows(library_path, worn.append, memory=memory)
        window = windows.new()
        if run == 0:
            assert window.actions_["system"].isChecked()
            window.actions_["dark"].trigger()
            window.resize(780, 560)
            window.centre.zoom_by(2)
        else:
            assert (window.width(), window.height()) == (780, 560)
            assert window.strip.zoom.value() == window.centre.face_grid.step == 5
            assert window.actions_["dark"].isChecked()
        windows.close()
        memory.sync()
    assert worn == ["system", "dark", "dark"]


def test_keys_work_through_a_row_of_faces_one_by_one(window: MainWindow, anna: Person) -> None:
    grid = window.centre.face_grid
    first, second, third, fourth = window.centre.faces.ids
    selected_faces(window, first)
    QTest.qWait(0)
    QTest.keyClick(grid, KEY.Key_Return)
    assert grid.selected_ids() == [second]
    QTest.qWait(0)
    QTest.keyClick(grid, KEY.Key_I)
    assert grid.selected_ids() == [third]
    QTest.qWait(0)
    QTest.keyClick(grid, KEY.Key_Delete)
    assert grid.selected_ids() == [fourth]
    assert set(window.session.library.face_ids(person_id=anna.id)) == {first, fourth}


def test_an_album_is_exported_from_the_window(window: MainWindow) -> None:
    from photoclust.ui.dialogs.export_dialog import ExportDialog

    QTest.keyClick(window, KEY.Key_E, MOD.ControlModifier)
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
