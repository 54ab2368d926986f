"""Everything that is typed or clicked: names, searches, and a key for every verb."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from window_driver import BUTTON, KEY, MOD, answer, click, owner, row_of, selected_faces

from photoclust.core.preferences import PreferencesFile
from photoclust.core.types import FaceState, Person
from photoclust.ui.dialogs.person_picker import PersonPicker
from photoclust.ui.main_window import MainWindow
from photoclust.ui.models.places import Shelf
from photoclust.ui.preferences import LivePreferences
from photoclust.ui.windows import Windows


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
    QTest.keyClick(window, KEY.Key_F, MOD.ControlModifier | MOD.ShiftModifier)
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
    width = grid.line_height()
    QTest.keyClick(window, KEY.Key_Plus, MOD.ControlModifier)
    assert grid.step == step + 1
    assert window.strip.zoom.value() == step + 1
    assert grid.line_height() > width
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


def test_size_zoom_and_colours_are_remembered_between_two_runs(
    library_path: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    worn: list[str] = []
    step = 0
    for run in range(2):
        memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        preferences = LivePreferences(PreferencesFile(tmp_path / "settings.toml"))
        windows = Windows(library_path, worn.append, memory=memory, preferences=preferences)
        window = windows.new()
        if run == 0:
            assert window.actions_["system"].isChecked()
            window.actions_["dark"].trigger()
            window.resize(780, 560)
            step = window.centre.face_grid.step + 2
            window.centre.zoom_by(2)
        else:
            assert (window.width(), window.height()) == (780, 560)
            assert window.strip.zoom.value() == window.centre.face_grid.step == step
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
