"""The questions in the window: asked beside each other, answered by one key, taken back, and never again."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from window_driver import BUTTON, KEY, MOD

from photoclust.core.edits import Regroup
from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto
from photoclust.ui.main_window import MainWindow
from photoclust.ui.windows import Windows

_MARKS = ((30.0, 40.0),) * 5


def _vectors(middle: Any, count: int, generator: Any, noise: float = 0.55) -> list[Any]:
    found = middle + noise * generator.normal(size=(count, len(middle))) / np.sqrt(len(middle))
    return list((found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32))


@pytest.fixture
def library_path(tmp_path: Path) -> Path:
    """Twenty others of three faces; Anna has eight in one person, three in another one, and two alone."""
    generator = np.random.default_rng(5)
    middles = generator.normal(size=(21, 128)) / np.sqrt(128)
    people = [_vectors(middles[0], 13, generator), *(_vectors(middle, 3, generator) for middle in middles[1:])]
    faces = [(k, vector) for k, vectors in enumerate(people) for vector in vectors]
    path = tmp_path / "review.photoclust"
    with Library.open(path) as library:
        root = library.add_root(tmp_path)
        library.save_scanned(
            root,
            [
                ScannedPhoto(f"{n:03d}.jpg", 1, 1, str(n), None, 100, 100, 1, "test", None,
                             (ScannedFace(Box(20, 20, 60, 60), _MARKS, 0.9, 0.5, vector),), "test")
                for n, (_, vector) in enumerate(faces)
            ],
        )  # fmt: skip
        ids = sorted(library.face_ids())
        groups = [tuple(ids[:8]), tuple(ids[8:11])]
        groups += [tuple(ids[13 + 3 * k : 16 + 3 * k]) for k in range(20)]
        library.apply(Regroup(tuple(groups), (None,) * len(groups)))
    return path


@pytest.fixture
def window(windows: Windows, qtbot: Any) -> MainWindow:
    """The window, asking."""
    window = windows.open[0]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, KEY.Key_R, MOD.ControlModifier)
    qtbot.waitUntil(lambda: window.session.reviewing.question is not None, timeout=30_000)
    return window


def settle(window: MainWindow) -> None:
    """Wait until it is known what to ask next."""
    reviewing = window.session.reviewing
    for _ in range(3000):
        if reviewing.review is not None and not reviewing.thinking:
            return
        QTest.qWait(10)
    pytest.fail("It is not known what to ask.")


def key(window: MainWindow, which: Any, modifiers: Any = MOD.NoModifier) -> None:
    QTest.keyClick(window, which, modifiers)
    settle(window)


def person_of(window: MainWindow, face_id: int) -> int | None:
    face = window.session.library.face(face_id)
    assert face is not None
    return face.person_id


def name_first(window: MainWindow, name: str) -> None:
    """Answer "Who is this?"."""
    assert window.session.reviewing.question.kind == "who"  # type: ignore[union-attr]
    key(window, KEY.Key_N)
    assert window.review.name.hasFocus()
    QTest.keyClicks(window.review.name, name)
    QTest.keyClick(window.review.name, KEY.Key_Return)
    settle(window)


def ask_same(window: MainWindow, name: str = "Anna") -> Any:
    """Go on to the first question about the same person."""
    name_first(window, name)
    question = window.session.reviewing.question
    assert question is not None
    assert (question.kind, question.host.name) == ("same", name)
    return question


def test_the_largest_unnamed_person_is_asked_first_and_named_without_the_mouse(window: MainWindow) -> None:
    review = window.review
    assert window.pages.currentWidget() is review
    assert review.title.text() == "Who is this?"
    assert review.settles.text() == "settles 8 faces"
    name_first(window, "Yuna Sun")
    assert [p.name for p in window.session.library.persons() if p.name] == ["Yuna Sun"]
    assert review.hasFocus(), "the keys must work again"
    assert review.title.text() != "Who is this?"


def test_who_is_a_stranger_is_put_away_by_one_key_and_asked_about_again_after_undo(window: MainWindow) -> None:
    reviewing = window.session.reviewing
    question = reviewing.question
    assert question is not None
    stranger = question.host.person
    key(window, KEY.Key_A)
    assert window.session.library.strangers().persons == {stranger}
    assert reviewing.review is not None
    asked = {side.who for q in reviewing.review.questions(100) for side in (q.host, *q.guests)}
    assert asked
    assert stranger not in asked
    key(window, KEY.Key_Z, MOD.ControlModifier)
    assert not window.session.library.strangers().persons
    assert reviewing.question is not None
    assert reviewing.question.host.person == stranger


def test_yes_joins_those_marked_and_tells_the_others_apart(window: MainWindow) -> None:
    question = ask_same(window)
    assert window.review.title.text() == "Which of these are Anna?"
    hers = {k for k, guest in enumerate(question.guests) if max(guest.faces) <= 13}
    assert hers
    for place in question.likely ^ hers:
        key(window, KEY(KEY.Key_1 + place))
    key(window, KEY.Key_Y)
    for place, guest in enumerate(question.guests):
        same = {person_of(window, face) == question.host.who for face in guest.faces}
        assert same == {place in hers}
    said = window.session.library.told_apart().tolist()
    assert all(min(pair) <= 13 < max(pair) for pair in said)
    assert said


def test_a_click_marks_and_unmarks(window: MainWindow) -> None:
    question = ask_same(window)
    tile = window.review.faces.tiles[0]
    before = tile.marked
    QTest.mouseClick(tile, BUTTON.LeftButton, pos=QPoint(40, 60))
    assert tile.marked is not before
    assert window.review.yes.isEnabled() is bool(question.likely ^ {0})


def test_no_is_never_asked_again_and_one_undo_brings_the_question_back(window: MainWindow) -> None:
    question = ask_same(window)
    key(window, KEY.Key_N)
    library = window.session.library
    denied = {(question.host.who, guest.who) for guest in question.guests}
    assert len(library.told_apart()) > 0
    asked = window.session.reviewing.review.questions(100)  # type: ignore[union-attr]
    assert not denied & {(q.host.who, g.who) for q in asked for g in q.guests}
    key(window, KEY.Key_Z, MOD.ControlModifier)
    assert len(library.told_apart()) == 0
    again = window.session.reviewing.question
    assert again is not None
    assert (again.host.who, {g.who for g in again.guests}) == (question.host.who, {g.who for g in question.guests})


def test_not_sure_and_skip_change_nothing_and_go_on(window: MainWindow) -> None:
    first = ask_same(window)
    before = window.session.undo_text()
    key(window, KEY.Key_U)
    second = window.session.reviewing.question
    assert (
        second is None
        or {g.who for g in second.guests}.isdisjoint(g.who for g in first.guests)
        or (second.host.who != first.host.who)
    )
    if second is not None:
        key(window, KEY.Key_S)
        assert window.session.reviewing.question != second
    assert window.session.undo_text() == before


def test_escape_leaves_and_the_number_of_questions_brings_one_back(window: MainWindow) -> None:
    strip = window.strip
    assert strip.questions.isVisible()
    assert strip.questions.text() == f"{window.session.reviewing.left} questions"
    key(window, KEY.Key_Escape)
    assert window.pages.currentWidget() is window.splitter
    QTest.mouseClick(strip.questions, BUTTON.LeftButton)
    assert window.pages.currentWidget() is window.review
    assert window.review.hasFocus()


def test_when_everything_is_answered_it_says_so_and_offers_long_shots_once(window: MainWindow) -> None:
    reviewing = window.session.reviewing
    for _ in range(60):
        if reviewing.question is None:
            break
        key(window, KEY.Key_S)
    assert window.review.pages.currentWidget() is window.review.nothing
    more = reviewing.review.long_shots  # type: ignore[union-attr]
    assert window.review.nothing.button.isVisible() is (more > 0)
    assert not window.strip.questions.isVisible()


def test_what_is_done_elsewhere_changes_the_questions(window: MainWindow) -> None:
    reviewing = window.session.reviewing
    question = reviewing.question
    assert question is not None
    assert question.host.person is not None
    window.commands.rename(question.host.person, "Somebody")
    assert reviewing.question is None, "nothing is answered that may be another question by now"
    settle(window)
    assert reviewing.question is not None
    assert (reviewing.question.kind, reviewing.question.host.who) != ("who", question.host.who)


def test_the_photo_around_a_face_is_shown_on_demand(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    thumbnails = window.opening._thumbnails
    monkeypatch.setattr(thumbnails, "photo", lambda photo, side: asked.append(photo))
    window.review.faces.host.large.grab()
    assert not asked
    key(window, KEY.Key_P)
    window.review.faces.host.large.grab()
    face = window.session.library.face(window.review.faces.host.large.face_id or 0)
    assert face is not None
    assert set(asked) == {face.photo_id}


def test_a_search_that_was_stopped_can_be_started_again(window: MainWindow, qtbot: Any) -> None:
    reviewing = window.session.reviewing
    reviewing.review = reviewing.question = None
    reviewing.prepare()
    window.session.runner.cancel()
    qtbot.waitUntil(lambda: not window.session.runner.busy, timeout=30_000)
    if reviewing.review is None:  # it was not quicker
        assert window.review.looking.button.isVisible()
        QTest.mouseClick(window.review.looking.button, BUTTON.LeftButton)
    settle(window)
    assert reviewing.question is not None


def test_edits_do_not_wait_until_the_questions_have_taken_them_in(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    reviewing = window.session.reviewing
    review = reviewing.review
    assert review is not None
    go_on, follow, threads = threading.Event(), review.follow, []

    def slowly(library: Library, changes: Any) -> bool:
        threads.append(threading.current_thread())
        assert go_on.wait(20)
        return follow(library, changes)

    monkeypatch.setattr(review, "follow", slowly)
    first, second = (person.id for person in window.session.library.persons()[:2])
    window.commands.rename(first, "One")
    reviewing.hurry()
    QTest.qWait(50)
    window.commands.rename(second, "Two")
    named = {person.name for person in window.session.library.persons()}
    assert {"One", "Two"} <= named, "both are done while the first is still being taken in"
    assert reviewing.thinking
    go_on.set()
    settle(window)
    assert len(threads) == 2
    assert threading.main_thread() not in threads
    assert reviewing.question is not None
    assert {"One", "Two"} == {review.units.name(slot) for slot in map(review.units.slot, (first, second)) if slot is not None}
