"""The grid with its sections, checking a person, the photo under the mouse, and that nothing jumps: with real events."""

from __future__ import annotations

import random
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from window_driver import BUTTON, KEY, MOD, click, owner, row_of

from photoclust.core.changes import Changes
from photoclust.core.edits import ConfirmFaces, Edit, IgnoreFaces, MergePersons, MoveFaces, NewPerson, Regroup, RenamePerson
from photoclust.library.arranged import Order
from photoclust.library.library import Library
from photoclust.ui.asking import Asking
from photoclust.ui.main_window import MainWindow
from photoclust.ui.models import person_model, place_model
from photoclust.ui.models.face_model import FaceModel
from photoclust.ui.models.person_model import PersonModel, PersonSection
from photoclust.ui.models.places import Shelf
from photoclust.ui.views.section_list import HEADING
from photoclust.ui.windows import Windows


@pytest.fixture
def grouped(window: MainWindow) -> MainWindow:
    """The window with persons whom a grouping found: Anna, of whom two faces are unsure, and somebody of whom one is."""
    session = window.session
    anna, ben = (session.library.face_ids(person_id=p.id) for p in session.library.persons())
    session.undo()
    session.undo()
    session.apply(Regroup((tuple(anna), tuple(ben)), (None, None), ((0.9, 0.5, 0.99, 0.7), (0.9, 0.99, 0.2))))
    first = session.library.persons()[0]
    session.apply(RenamePerson(first.id, "Anna"))
    window.go_to(first.id)
    return window


def _headings(window: MainWindow) -> list[tuple[str, int]]:
    faces = window.centre.faces
    return [(faces.heading(section), count) for section, count in faces.sections()]


def _everything(window: MainWindow, order: str) -> None:
    window.go_to(Shelf.EVERYTHING)
    window.centre.set_mode(photos=False)
    window.actions_[order].trigger()


def test_faces_stand_by_person_by_date_and_by_certainty(grouped: MainWindow) -> None:
    _everything(grouped, "by_person")
    assert _headings(grouped) == [("Anna", 4), ("Unnamed", 3), ("Not grouped", 1)]
    grouped.actions_["by_date"].trigger()
    assert _headings(grouped) == [("September 2020", 8)]
    grouped.actions_["by_certainty"].trigger()
    assert _headings(grouped) == [("Unsure", 3), ("Likely", 2), ("Sure", 2), ("Not grouped", 1)]
    assert grouped.actions_["by_certainty"].isChecked()
    grouped.actions_["by_quality"].trigger()
    assert _headings(grouped) == [("", 8)]
    assert grouped.centre.face_grid.sections.heading == 0


def test_a_click_on_a_heading_selects_its_section_and_ctrl_adds_another(grouped: MainWindow) -> None:
    _everything(grouped, "by_person")
    grid = grouped.centre.face_grid
    ids = list(grouped.centre.faces.ids)
    tops = grid.sections.tops
    QTest.mouseClick(grid.viewport(), BUTTON.LeftButton, MOD.NoModifier, QPoint(60, tops[0] + HEADING // 2))
    assert grid.selected_ids() == ids[:4]
    QTest.mouseClick(grid.viewport(), BUTTON.LeftButton, MOD.ControlModifier, QPoint(60, tops[1] + HEADING // 2))
    assert grid.selected_ids() == ids[:7]
    QTest.mouseClick(grid.viewport(), BUTTON.LeftButton, MOD.NoModifier, QPoint(60, tops[1] + HEADING // 2))
    assert grid.selected_ids() == ids[4:7]


def test_the_heading_of_what_one_looks_at_stays_in_view_until_the_next_one_comes(grouped: MainWindow) -> None:
    _everything(grouped, "by_person")
    grouped.resize(760, 480)
    grid, faces = grouped.centre.face_grid, grouped.centre.faces
    grid.zoom_to(8)
    assert grid.stuck_heading() is None
    second = grid.sections.tops[1]
    bar = grid.verticalScrollBar()
    bar.setValue(second - 100)
    assert grid.stuck_heading() == (0, 0)
    at = QPoint(60, HEADING // 2)
    assert not grid.indexAt(at).isValid(), "what lies below it cannot be pressed"
    QTest.mouseClick(grid.viewport(), BUTTON.LeftButton, MOD.NoModifier, at)
    assert grid.selected_ids() == list(faces.ids[:4])
    bar.setValue(second - 10)
    assert grid.stuck_heading() == (0, 10 - HEADING)
    bar.setValue(second)
    assert grid.stuck_heading() is None
    bar.setValue(bar.maximum())
    grid.scrollTo(faces.index(5))
    assert row_of(grid, faces.ids[5]).y() > HEADING


def test_a_rubber_band_takes_what_it_touches_across_sections(grouped: MainWindow) -> None:
    _everything(grouped, "by_person")
    grid, ids = grouped.centre.face_grid, list(grouped.centre.faces.ids)
    first, below = (grid.visualRect(grouped.centre.faces.index(row)) for row in (1, 4))
    start = QPoint(first.left() - 5, first.top() + 20)  # between two tiles
    assert not grid.indexAt(start).isValid()
    end = QPoint(first.right() - 3, below.top() + 10)
    QTest.mousePress(grid.viewport(), BUTTON.LeftButton, MOD.NoModifier, start)
    QTest.mouseMove(grid.viewport(), start + QPoint(15, 15))
    QTest.mouseMove(grid.viewport(), end)
    assert grid.selected_ids() == [ids[1], ids[5]]
    QTest.mouseRelease(grid.viewport(), BUTTON.LeftButton, MOD.NoModifier, end)
    assert grid.selected_ids() == [ids[1], ids[5]]


def test_shift_selects_from_the_first_to_the_last_and_ctrl_turns_one_over(grouped: MainWindow) -> None:
    _everything(grouped, "by_person")
    grid, ids = grouped.centre.face_grid, list(grouped.centre.faces.ids)
    click(grid, ids[3])
    click(grid, ids[5], MOD.ShiftModifier)
    assert grid.selected_ids() == ids[3:6]
    click(grid, ids[4], MOD.ControlModifier)
    assert grid.selected_ids() == [ids[3], ids[5]]
    click(grid, ids[1])
    QTest.keyClick(grid, KEY.Key_Down, MOD.ShiftModifier)
    assert grid.selected_ids() == ids[1:6]
    QTest.keyClick(grid, KEY.Key_End)
    assert grid.selected_ids() == ids[-1:]
    QTest.keyClick(grid, KEY.Key_Up)
    assert grid.selected_ids() == [ids[4]]


def test_checking_goes_from_the_least_certain_face_with_enter_and_delete(grouped: MainWindow) -> None:
    grid, library = grouped.centre.face_grid, grouped.session.library
    person = grouped.place
    sure = {f.id: f.confidence for f in library.faces(library.face_ids(person_id=person))}
    by_certainty = sorted(sure, key=lambda i: sure[i] or 0)
    click(grid, by_certainty[3])
    QTest.qWait(0)
    QTest.keyClick(grid, KEY.Key_K)
    QTest.qWait(0)
    assert grouped.actions_["check_person"].isChecked()
    assert list(grouped.centre.faces.ids) == by_certainty
    assert grid.selected_ids() == by_certainty[:1]
    assert grouped.centre.header.subtitle.text().startswith("2 faces still unsure")
    QTest.keyClick(grid, KEY.Key_Return)
    QTest.qWait(0)
    assert library.face(by_certainty[0]).by_hand  # type: ignore[union-attr]
    assert list(grouped.centre.faces.ids) == by_certainty, "what is confirmed stays where it is"
    assert grid.selected_ids() == by_certainty[1:2]
    assert grouped.centre.header.subtitle.text().startswith("1 face still unsure")
    QTest.keyClick(grid, KEY.Key_Delete)
    QTest.qWait(0)
    assert owner(grouped, by_certainty[1]) is None
    assert grid.selected_ids() == by_certainty[2:3]
    assert grouped.centre.header.subtitle.text() == "No face is unsure any more"
    grouped.session.undo()
    assert list(grouped.centre.faces.ids) == by_certainty
    grouped.actions_["check_person"].trigger()
    assert grouped.centre.checked is None
    assert grouped.centre.order == "quality"


def test_every_tile_that_is_checked_says_in_a_word_how_certain_it_is(grouped: MainWindow) -> None:
    grouped.actions_["check_person"].trigger()
    faces = grouped.centre.faces
    assert [faces.word(row) for row in range(4)] == ["Unsure", "Unsure", "Likely", "Sure"]
    grouped.commands.confirm([faces.id_at(0)])
    assert faces.told(0)
    assert faces.word(0) == "", "it has a check instead"
    grouped.go_to(grouped.persons.ids[-1])
    assert grouped.centre.checked is None


def test_the_photo_shows_under_a_resting_mouse_and_goes_when_it_moves(grouped: MainWindow, qtbot: Any) -> None:
    grid = grouped.centre.face_grid
    card, face = grid.hover.card, grouped.centre.faces.ids[1]
    at = row_of(grid, face)
    QTest.mouseMove(grid.viewport(), at)
    assert not card.isVisible()
    qtbot.waitUntil(card.isVisible)
    assert card.photo_id == grouped.session.library.face(face).photo_id  # type: ignore[union-attr]
    assert grouped.rect().contains(card.geometry())
    assert not card.geometry().contains(grid.viewport().mapTo(grouped, at))
    QTest.mouseMove(grid.viewport(), at + QPoint(2, 0))
    assert not card.isVisible()
    grouped.actions_["hover_photo"].trigger()
    QTest.mouseMove(grid.viewport(), at)
    with qtbot.waitSignal(grid.hover.destroyed, timeout=600, raising=False):
        pass
    assert not card.isVisible()


def test_what_is_at_the_top_of_the_grid_stays_there_when_faces_above_it_go(grouped: MainWindow, qtbot: Any) -> None:
    grid = grouped.centre.face_grid
    _everything(grouped, "by_person")
    grouped.resize(760, 480)
    grid.zoom_to(8)
    grid.scrollTo(grouped.centre.faces.index(5), grid.ScrollHint.PositionAtTop)
    watched = grid.shown_ids()[0]
    before = row_of(grid, watched).y()
    assert grid.verticalOffset() > 300
    grouped.commands.ignore(list(grouped.centre.faces.ids[:2]))
    assert row_of(grid, watched).y() == before
    grouped.session.undo()
    assert row_of(grid, watched).y() == before


def test_the_list_of_persons_stays_where_it_is_when_somebody_gets_a_name(grouped: MainWindow) -> None:
    session, side = grouped.session, grouped.side.person_list
    for face in session.library.face_ids(person_id=None):
        session.apply(NewPerson((face,)))
    for face in session.library.face_ids(person_id=grouped.persons.ids[0])[1:]:
        session.apply(NewPerson((face,)))
    grouped.resize(760, 480)
    QTest.qWait(0)
    watched, someone = grouped.persons.ids[1:3]
    grouped.go_to(someone)
    side.scrollTo(grouped.persons.index_of(someone), side.ScrollHint.PositionAtTop)
    before = row_of(side, watched).y()
    assert 0 < side.verticalOffset() < side.verticalScrollBar().maximum() - 62
    loads = []
    grouped.centre.faces.modelReset.connect(lambda: loads.append(1))
    session.apply(RenamePerson(someone, "Zoe"))
    assert grouped.place == someone
    assert side.selected_ids() == [someone]
    assert row_of(side, watched).y() == before
    assert not loads, "the faces that are shown were not looked up anew"


def test_persons_are_sorted_and_sections_fold(grouped: MainWindow, qtbot: Any) -> None:
    session, persons = grouped.session, grouped.persons
    anna, ben = persons.ids
    cleo = session.apply(NewPerson(tuple(session.library.face_ids(person_id=None)), "Cleo")).new_persons[0]  # type: ignore[union-attr]
    assert list(persons.ids) == [anna, cleo, ben]
    grouped.actions_["sort_newest"].trigger()
    qtbot.waitUntil(lambda: list(persons.ids) == [cleo, anna, ben])
    grouped.actions_["sort_name"].trigger()
    assert list(persons.ids) == [anna, cleo, ben]
    session.apply(RenamePerson(anna, "Dora"))
    assert list(persons.ids) == [anna, cleo, ben], "nobody moves before one sorts"
    grouped.actions_["sort_name"].trigger()
    assert list(persons.ids) == [cleo, anna, ben]
    side = grouped.side.person_list
    QTest.mouseClick(side.viewport(), BUTTON.LeftButton, MOD.NoModifier, QPoint(40, HEADING // 2))
    assert list(persons.ids) == [ben]
    assert persons.held(PersonSection.NAMED) == 2
    grouped.go_to(anna)
    assert list(persons.ids) == [cleo, anna, ben]
    assert grouped.side.selected_persons() == [anna]


def test_orders_and_the_resting_mouse_are_recalled(grouped: MainWindow, windows: Windows) -> None:
    for name in ("by_date", "sort_unsure", "hover_photo"):
        grouped.actions_[name].trigger()
    grouped.actions_["check_person"].trigger()
    kept = grouped.arranging.kept()
    other = windows.new()
    other.arranging.recall(f"{kept} by_colour")
    assert (other.centre.order, other.persons.sorting, other.centre.face_grid.hover.enabled) == ("date", "unsure", False)
    assert [name for name in ("by_date", "sort_unsure", "hover_photo") if other.actions_[name].isChecked()] == kept.split()


def test_screen_readers_find_a_list_and_what_stands_where_in_it(grouped: MainWindow) -> None:
    grid, face = grouped.centre.face_grid, grouped.centre.faces.ids[1]
    reader = QAccessible.queryAccessibleInterface(grid)
    assert reader.role() == QAccessible.Role.List
    assert reader.childCount() == 4
    middle = grid.viewport().mapToGlobal(row_of(grid, face))
    found = reader.childAt(middle.x(), middle.y())
    assert found.role() == QAccessible.Role.ListItem
    assert found.text(QAccessible.Text.Name).startswith("Anna, ")


def test_the_place_of_the_keys_is_marked_while_keys_are_used(grouped: MainWindow) -> None:
    grid = grouped.centre.face_grid
    click(grid, grouped.centre.faces.ids[1])
    assert grid.cursor_row == -1
    QTest.keyClick(grid, KEY.Key_Right)
    assert grid.cursor_row == 2
    click(grid, grouped.centre.faces.ids[0])
    assert grid.cursor_row == -1
    grouped.side.search.setFocus()
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    assert grid.cursor_row == 0


def test_a_row_of_a_person_tells_how_many_faces_are_unsure(grouped: MainWindow) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert grouped.persons.index(0).data(role) == "Anna, 4 faces, 2 unsure"
    grouped.commands.confirm_persons([grouped.persons.ids[0]])
    assert grouped.persons.index(0).data(role) == "Anna, 4 faces"


def test_a_large_place_is_looked_up_in_the_background_and_edits_meanwhile_count(
    library: Library, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_model, "FEW", 2)
    asking = Asking(library.path)
    model = FaceModel(library, asking=asking)
    with qtbot.waitSignal(model.arrived):
        model.show_place(Shelf.EVERYTHING)
        assert model.loading
        assert model.rowCount() == 0
        gone = library.face_ids()[0]
        model.apply_changes(library.apply(IgnoreFaces((gone,))).changes)
    assert not model.loading
    assert set(model.ids) == set(library.face_ids())
    with qtbot.waitSignal(model.arrived):
        model.show_place(Shelf.EVERYTHING, "date")
        model.show_place(Shelf.EVERYTHING, "certainty")  # the first one is of no use any more
    assert model.heading(model.sections()[0][0]) == "Placed by you"
    asking.close()


class _Late:
    """Answers at once and tells later."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.told: list[Any] = []

    def ask(self, asker: object, question: Any, then: Any) -> None:
        answer = question(self.library)
        self.told.append(lambda: then(answer))


def test_what_is_edited_while_very_many_persons_are_looked_up_is_not_forgotten(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person_model, "FEW", 1)
    late = _Late(library)
    model = PersonModel(library, asking=late)  # type: ignore[arg-type]
    anna, ben = library.persons()
    one = library.face_ids(person_id=anna.id)[0]
    model.apply_changes(library.apply(MoveFaces((one,), ben.id)).changes)
    model.apply_changes(library.apply(RenamePerson(ben.id, "Ben")).changes)
    late.told.pop()()
    assert {p.id: p for p in model.persons()} == {p.id: p for p in library.persons()}
    assert model.person(ben.id).name == "Ben"  # type: ignore[union-attr]


def test_a_person_who_is_gone_after_very_many_have_changed_gives_way(
    grouped: MainWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person_model, "FEW", 0)
    anna, somebody = grouped.persons.ids
    grouped.go_to(somebody)
    grouped.session.apply(MergePersons((anna, somebody), anna))
    qtbot.waitUntil(lambda: grouped.place == anna)
    assert grouped.side.selected_persons() == [anna]


def _some_edit(library: Library, rng: random.Random) -> Edit | None:
    """One of the things that a user may do, None for undo."""
    faces = tuple(rng.sample(library.face_ids(), min(rng.randint(1, 3), library.counts().faces)))
    who = [p.id for p in library.persons()]
    edits: list[Edit | None] = [MoveFaces(faces, rng.choice([None, *who])), NewPerson(faces), ConfirmFaces(faces), None]
    edits += [IgnoreFaces(faces[:1]), MergePersons(tuple(who[:2]), who[0]) if len(who) > 1 else None]
    return rng.choice(edits) if faces else None


@pytest.mark.parametrize("order", ["quality", "person", "date", "certainty"])
def test_following_edits_ends_where_looking_anew_does(order: Order, library: Library) -> None:
    rng = random.Random(3)
    model, persons = FaceModel(library), PersonModel(library)
    model.show_place(Shelf.EVERYTHING, order)
    for _ in range(60):
        edit = _some_edit(library, rng)
        applied = library.apply(edit) if edit else library.undo()
        changes = applied.changes if applied else Changes()
        model.apply_changes(changes)
        persons.apply_changes(changes)
        assert set(model.ids) == set(library.face_ids())
        assert [model.row_of(i) for i in model.ids] == list(range(len(model.ids)))
        assert sum(count for _, count in model.sections()) == len(model.ids)
        assert {i for row, i in enumerate(model.ids) if model.told(row)} == {f.id for f in library.faces() if f.by_hand}
        if order in ("person", "date"):
            where = {f.id: f.person_id for f in library.faces()}
            runs = [where[i] for i in model.ids] if order == "person" else []
            assert len(set(runs)) == sum(a != b for a, b in zip(runs, [object(), *runs], strict=False))
        assert {i: persons.person(i) for i in persons.ids} == {p.id: p for p in library.persons()}
        assert [persons.held(s) for s in (0, 1)] == [
            sum(bool(p.name) == named for p in library.persons()) for named in (True, False)
        ]
