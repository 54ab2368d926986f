"""Names: nothing by accident, both covers before a merge, and down the list with one hand."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from window_driver import KEY, MOD, answer, click, drop, owner, question, selected_faces

from photoclust.core.edits import NewPerson, SplitPerson
from photoclust.core.types import Person
from photoclust.ui.dialogs.person_picker import PersonPicker
from photoclust.ui.main_window import MainWindow
from photoclust.ui.models.places import Shelf
from photoclust.ui.views.covers import Covers
from photoclust.ui.views.name_edit import NameEdit


@pytest.fixture
def field(qtbot: Any) -> NameEdit:
    field = NameEdit(["Anna", "Anna-Lena", "Åsa", "Robin"])
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    return field


def typed(field: NameEdit, text: str, *keys: Any) -> list[str]:
    """What is taken after typing and these keys, which go where a window system sends them."""
    spy = QSignalSpy(field.taken)
    field.clear()
    QTest.keyClicks(field, text)
    for key in keys:
        popup = field.completer().popup()
        QTest.keyClick(popup if popup.isVisible() else field, key)
        QTest.qWait(0)
    return [spy.at(k)[0] for k in range(spy.count())]


@pytest.mark.parametrize(
    ("text", "keys", "taken"),
    [
        ("Zoe", (KEY.Key_Return,), ["Zoe"]),
        ("Rob", (KEY.Key_Return,), []),
        ("Rob", (KEY.Key_Return, KEY.Key_Return), ["Rob"]),
        ("Rob", (KEY.Key_Down, KEY.Key_Return), ["Robin"]),
        ("ob", (KEY.Key_Return,), []),
        ("robin", (KEY.Key_Return,), ["robin"]),
        ("Anna", (KEY.Key_Return,), ["Anna"]),
        ("  anna ", (KEY.Key_Enter,), ["anna"]),
        ("Anna-L", (KEY.Key_Return, KEY.Key_Up, KEY.Key_Return), ["Anna-Lena"]),
        ("Rob", (KEY.Key_Escape,), []),
        ("", (KEY.Key_Return,), [""]),
    ],
)
def test_enter_takes_what_was_meant_and_nobody_new_for_half_a_name(
    field: NameEdit, text: str, keys: tuple[Any, ...], taken: list[str]
) -> None:
    assert typed(field, text, *keys) == taken


def test_a_name_written_with_other_code_points_is_the_same_name(field: NameEdit) -> None:
    spy = QSignalSpy(field.taken)
    field.insert(unicodedata.normalize("NFD", "åsa"))  # as an input method does
    QTest.keyClick(field, KEY.Key_Return)
    assert spy.at(0)[0] == "åsa"


def test_the_beginning_of_a_name_shows_that_it_would_be_somebody_new(field: NameEdit) -> None:
    typed(field, "Rob", KEY.Key_Return)
    popup = field.completer().popup()
    assert popup.currentIndex().data() == "New name “Rob”"


def test_half_a_name_is_not_taken_when_the_focus_goes_elsewhere(window: MainWindow, ben: Person, qtbot: Any) -> None:
    library = window.session.library
    click(window.side.person_list, ben.id)
    for text, name in (("Ann", ""), ("Ben", "Ben")):
        QTest.keyClick(window, KEY.Key_F2)
        editor = QApplication.focusWidget()
        assert isinstance(editor, NameEdit)
        QTest.keyClicks(editor, text)
        editor.close_offers()
        activate(window, qtbot)
        window.centre.face_grid.setFocus()
        QTest.qWait(0)
        assert library.person(ben.id).name == name  # type: ignore[union-attr]


def unnamed(window: MainWindow) -> list[int]:
    return [i for i in window.persons.ids if not window.persons.person(i).name]  # type: ignore[union-attr]


@pytest.fixture
def three(window: MainWindow, ben: Person) -> list[int]:
    """Three persons without a name, in the order of the list."""
    library = window.session.library
    faces = sorted(library.face_ids(person_id=ben.id))
    (nobody,) = library.face_ids(person_id=None)
    window.session.apply(SplitPerson(ben.id, (faces[0],)))
    window.session.apply(NewPerson((nobody,)))
    return unnamed(window)


def activate(window: MainWindow, qtbot: Any) -> None:
    """What a window system does when what was in front has gone."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def name_here(window: MainWindow) -> NameEdit:
    editor = QApplication.focusWidget()
    assert isinstance(editor, NameEdit)
    return editor


def test_enter_goes_on_to_the_next_one_without_a_name_and_tab_passes_one_by(window: MainWindow, three: list[int]) -> None:
    library = window.session.library
    window.centre.face_grid.setFocus()
    QTest.keyClick(window.centre.face_grid, KEY.Key_N)
    assert window.place == three[0]
    QTest.keyClicks(name_here(window), "Ben")
    QTest.keyClick(name_here(window), KEY.Key_Return)
    QTest.qWait(0)
    assert window.place == three[1]
    QTest.keyClick(name_here(window), KEY.Key_Tab)
    QTest.qWait(0)
    assert window.place == three[2]
    QTest.keyClick(name_here(window), KEY.Key_Backtab)
    QTest.qWait(0)
    assert window.place == three[1]
    QTest.keyClick(name_here(window), KEY.Key_Tab)
    QTest.qWait(0)
    QTest.keyClicks(name_here(window), "Cleo")
    QTest.keyClick(name_here(window), KEY.Key_Return)
    QTest.qWait(0)
    assert [library.person(i).name for i in three] == ["Ben", "", "Cleo"]  # type: ignore[union-attr]
    assert not isinstance(QApplication.focusWidget(), NameEdit), "there is nobody below"
    assert library.undo_text() == "Name “Cleo”"


def test_a_name_in_use_asks_with_both_covers_and_goes_on_once_that_is_answered(
    window: MainWindow, anna: Person, three: list[int], qtbot: Any
) -> None:
    library = window.session.library
    click(window.side.person_list, three[0])
    QTest.keyClick(window, KEY.Key_F2)
    QTest.keyClicks(name_here(window), "ANNA")
    QTest.keyClick(name_here(window), KEY.Key_Return)
    QTest.qWait(0)
    asked = question(window)
    covers = asked.findChild(Covers)
    assert covers is not None
    assert "Anna, 4 faces" in covers.accessibleName()
    QTest.keyClick(asked, KEY.Key_1)
    QTest.qWait(0)
    assert library.person(three[0]) is None
    assert window.place == three[1]
    activate(window, qtbot)
    QTest.keyClick(name_here(window), KEY.Key_Escape)
    QTest.keyClick(window, KEY.Key_Z, MOD.ControlModifier)
    assert library.person(three[0]) is not None
    assert library.person(anna.id).face_count == 4  # type: ignore[union-attr]


def test_enter_never_merges(window: MainWindow, anna: Person, ben: Person) -> None:
    window.commands.rename(ben.id, "Ben")
    for ask in (lambda: window.commands.rename(ben.id, "anna"), lambda: window.commands.merge((anna.id, ben.id), anna.id)):
        ask()
        asked = question(window)
        assert asked.findChild(Covers) is not None
        QTest.keyClick(asked, KEY.Key_Return)
        QTest.qWait(0)
        assert len(window.session.library.persons()) == 2
        assert window.session.undo_text() == "Name “Ben”"
    window.commands.merge((anna.id, ben.id), anna.id)
    answer(window, "Merge")
    assert len(window.session.library.persons()) == 1
    window.session.undo()
    assert sorted(p.name for p in window.session.library.persons()) == ["Anna", "Ben"]


def test_faces_of_nobody_get_a_name_by_f2(window: MainWindow) -> None:
    window.go_to(Shelf.UNGROUPED)
    (face,) = window.centre.faces.ids
    selected_faces(window, face)
    QTest.qWait(0)
    QTest.keyClick(window.centre.face_grid, KEY.Key_F2)
    picker = window.findChild(PersonPicker)
    assert picker is not None
    QTest.keyClicks(picker.field, "Ann")
    assert [picker.list.model().index(row, 0).data() for row in range(2)] == ["Anna", "New person “Ann”"]
    QTest.keyClick(picker.field, KEY.Key_Up)
    QTest.keyClick(picker.field, KEY.Key_Return)
    person = window.session.library.person(owner(window, face) or 0)
    assert person is not None
    assert person.name == "Ann"


def test_a_person_dropped_on_ignored_is_put_aside(window: MainWindow, ben: Person) -> None:
    faces = window.session.library.face_ids(person_id=ben.id)
    shelves = window.side.shelf_list
    at = shelves.visualRect(shelves.model().index_of(Shelf.IGNORED)).center()  # type: ignore[attr-defined]
    assert drop(shelves.viewport(), at, window.persons.mimeData([window.persons.index_of(ben.id)]))
    assert {window.session.library.face(i).state for i in faces} == {"ignored"}  # type: ignore[union-attr]
    assert window.session.library.person(ben.id) is None
