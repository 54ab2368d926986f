"""Splitting a person in two in the window: seeds, the dialog, the edit, the undo."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from window_driver import BUTTON, KEY, MOD, click, drop, owner

from photoclust.core.edits import MergePersons, MoveFaces
from photoclust.core.types import Person
from photoclust.ui.dialogs.split_dialog import SplitDialog
from photoclust.ui.main_window import MainWindow


@pytest.fixture
def both(window: MainWindow, anna: Person, ben: Person) -> tuple[list[int], list[int]]:
    """Ben's faces were merged into Anna by mistake: hers and his."""
    library = window.session.library
    faces = [sorted(library.face_ids(person_id=p.id)) for p in (anna, ben)]
    window.session.apply(MergePersons((ben.id, anna.id), anna.id))
    window.go_to(anna.id)
    return faces[0], faces[1]


def opened(window: MainWindow, qtbot: Any) -> SplitDialog:
    dialog = window.findChild(SplitDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.busy)
    return dialog


def test_one_face_of_the_other_and_the_rest_follows(
    window: MainWindow, anna: Person, both: tuple[list[int], list[int]], qtbot: Any
) -> None:
    hers, his = both
    grid = window.centre.face_grid
    click(grid, his[0])
    QTest.keyClick(grid, KEY.Key_X, MOD.ShiftModifier)
    dialog = opened(window, qtbot)
    assert set(dialog.halves.stay) == set(hers)
    assert set(dialog.halves.leave) == set(his)
    titles = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Anna · 4 faces" in titles
    assert "Somebody else · 3 faces" in titles
    assert all(owner(window, face) == anna.id for face in his), "nothing has been changed yet"
    QTest.keyClicks(dialog.name, "Ben")
    QTest.keyClick(dialog.name, KEY.Key_Return)
    qtbot.waitUntil(lambda: owner(window, his[0]) != anna.id)
    new = next(p for p in window.session.library.persons() if p.name == "Ben")
    assert {owner(window, face) for face in his} == {new.id}
    assert {owner(window, face) for face in hers} == {anna.id}
    assert window.session.undo_text() == "Split 3 faces off Anna"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, KEY.Key_Z, MOD.ControlModifier)
    assert {owner(window, face) for face in (*hers, *his)} == {anna.id}


def test_faces_are_put_on_the_other_side_by_drag_and_by_enter_and_kept_by_space(
    window: MainWindow, both: tuple[list[int], list[int]], qtbot: Any
) -> None:
    hers, his = both
    window.actions_["split_two"].trigger()
    dialog = opened(window, qtbot)
    assert dialog.halves.leave == ()
    assert not dialog.split_button.isEnabled(), "nobody has been chosen yet"
    click(dialog.stay, his[1])
    data = dialog.stay.model().mimeData(dialog.stay.selectedIndexes())
    assert drop(dialog.leave.viewport(), dialog.leave.viewport().rect().center(), data)
    qtbot.waitUntil(lambda: not dialog.busy and set(dialog.halves.leave) == set(his))
    click(dialog.stay, hers[0])
    QTest.keyClick(dialog.stay, KEY.Key_Return)
    qtbot.waitUntil(lambda: not dialog.busy and hers[0] in dialog.halves.leave)
    click(dialog.leave, hers[0])
    QTest.keyClick(dialog.leave, KEY.Key_Return)
    qtbot.waitUntil(lambda: not dialog.busy and hers[0] in dialog.halves.stay)
    click(dialog.leave, his[0])
    QTest.keyClick(dialog.leave, KEY.Key_Space)
    qtbot.waitUntil(lambda: not dialog.busy and his[0] in dialog.halves.chosen)
    QTest.mouseClick(dialog.cancel_button, BUTTON.LeftButton)
    assert window.session.undo_text() == "Merge an unnamed person into Anna, 3 faces"


def test_taking_the_last_face_back_leaves_nothing_to_split(
    window: MainWindow, both: tuple[list[int], list[int]], qtbot: Any
) -> None:
    _, his = both
    click(window.centre.face_grid, his[0])
    window.actions_["split_two"].trigger()
    dialog = opened(window, qtbot)
    dialog.leave.selectAll()
    QTest.keyClick(dialog.leave, KEY.Key_Return)
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.halves.leave == ()
    assert not dialog.split_button.isEnabled()


def test_faces_that_are_gone_meanwhile_are_told_of_and_nothing_is_split(
    window: MainWindow, both: tuple[list[int], list[int]], qtbot: Any
) -> None:
    hers, his = both
    click(window.centre.face_grid, his[0])
    window.actions_["split_two"].trigger()
    dialog = opened(window, qtbot)
    window.session.apply(MoveFaces((his[1],), None))
    with qtbot.waitSignal(window.session.failed):
        QTest.mouseClick(dialog.split_button, BUTTON.LeftButton)
    assert owner(window, his[0]) == owner(window, hers[0])
