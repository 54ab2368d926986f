"""The history panel: what it tells, and that a click goes to any moment, in steps that hold nothing up."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from window_driver import BUTTON, KEY, MOD, click

from photoclust.core.edits import IgnoreFaces, MoveFaces, RenamePerson
from photoclust.core.types import Person
from photoclust.ui.main_window import MainWindow
from photoclust.ui.models.history_model import NOTED_ROLE
from photoclust.ui.views.history_panel import HistoryPanel


def opened(window: MainWindow) -> HistoryPanel:
    QTest.keyClick(window, KEY.Key_H, MOD.ControlModifier)
    assert window.history.panel.isVisible()
    assert window.actions_["history"].isChecked()
    return window.history.panel


def told(panel: HistoryPanel) -> list[str]:
    model = panel.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def undone(panel: HistoryPanel) -> list[bool]:
    model = panel.list.model()
    return [model.index(row, 0).data(NOTED_ROLE).undone for row in range(model.rowCount())]


def press(panel: HistoryPanel, row: int) -> None:
    at = panel.list.visualRect(panel.list.model().index(row, 0)).center()
    QTest.mouseClick(panel.list.viewport(), BUTTON.LeftButton, pos=at)


def test_a_click_goes_back_and_another_one_forth_and_all_views_follow(
    window: MainWindow, anna: Person, ben: Person, qtbot: Any
) -> None:
    panel = opened(window)
    window.session.apply(RenamePerson(ben.id, "Ben"))
    face = window.session.library.face_ids(person_id=anna.id)[0]
    window.session.apply(MoveFaces((face,), ben.id))
    assert told(panel)[:2] == ["Move 1 face to Ben", "Name “Ben”"]
    assert told(panel)[-1] == "The beginning"
    with qtbot.waitSignal(window.session.undone) as said:
        press(panel, 2)
    assert said.args == ["Went 2 steps in the history"]
    qtbot.waitUntil(lambda: undone(panel)[:3] == [True, True, False])
    assert window.persons.person(ben.id).name == ""  # type: ignore[union-attr]
    assert window.centre.faces.ids.count(face) == 1
    with qtbot.waitSignal(window.session.undone):
        press(panel, 0)
    qtbot.waitUntil(lambda: not any(undone(panel)))
    assert window.persons.person(ben.id).face_count == 4  # type: ignore[union-attr]


def test_the_keys_move_and_only_enter_goes(window: MainWindow, ben: Person, qtbot: Any) -> None:
    window.session.apply(RenamePerson(ben.id, "Ben"))
    panel = opened(window)
    QTest.keyClick(panel.list, KEY.Key_Down)
    assert window.session.undo_text() == "Name “Ben”"
    with qtbot.waitSignal(window.session.undone):
        QTest.keyClick(panel.list, KEY.Key_Return)
    assert window.session.redo_text() == "Name “Ben”"


def test_an_edit_after_going_back_leaves_out_what_was_undone(window: MainWindow, ben: Person, qtbot: Any) -> None:
    window.session.apply(RenamePerson(ben.id, "Ben"))
    panel = opened(window)
    with qtbot.waitSignal(window.session.undone):
        press(panel, 1)
    window.session.apply(IgnoreFaces(tuple(window.session.library.face_ids(person_id=ben.id)[:1])))
    assert told(panel)[0] == "Ignore 1 face"
    assert "Name “Ben”" not in told(panel)


def test_the_panel_is_closed_by_its_button_and_reads_nothing_while_it_is(window: MainWindow, ben: Person) -> None:
    panel = opened(window)
    rows = len(told(panel))
    panel.closed.emit()
    assert not panel.isVisible()
    assert not window.actions_["history"].isChecked()
    window.session.apply(RenamePerson(ben.id, "Ben"))
    assert len(told(panel)) == rows
    opened(window)
    assert len(told(panel)) == rows + 1


def test_a_thousand_steps_are_one_click_and_hold_nothing_up(window: MainWindow, anna: Person, qtbot: Any) -> None:
    library = window.session.library
    faces = tuple(library.face_ids(person_id=anna.id))
    for k in range(500):
        library.apply(RenamePerson(anna.id, f"Anna {k}"))
        library.apply(IgnoreFaces(faces[:1]) if k % 2 else MoveFaces(faces[:1], anna.id))
    panel = opened(window)
    model = panel.list.model()
    while model.canFetchMore(model.index(-1, -1)):
        model.fetchMore(model.index(-1, -1))
    assert model.rowCount() > 1000
    beats: list[int] = []

    heart = QTimer(window, interval=5)
    heart.timeout.connect(lambda: beats.append(1))
    heart.start()
    window.session.return_to(2)
    qtbot.waitUntil(lambda: not window.session.travelling.busy, timeout=120_000)
    heart.stop()
    assert len(beats) > 5, "the window lives on meanwhile"
    assert library.person(anna.id).name == "Anna"  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: panel.list.currentIndex().data(NOTED_ROLE).id == 2)
    click(window.side.person_list, anna.id)
