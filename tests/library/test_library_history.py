"""The list of what was done, and going back and forth in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from library_scenes import decided, fill

from photoclust.core.edits import IgnoreFaces, MergePersons, MoveFaces, NewPerson, Regroup, RenamePerson
from photoclust.library.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "a.photoclust") as library:
        fill(library, tmp_path, 4, 3)
        yield library


def go(library: Library, edit_id: int) -> int:
    """Go there, and count the steps."""
    newest, steps = library.newest_edit(), 0
    while library.step_towards(edit_id, newest):
        steps += 1
    return steps


def test_the_newest_comes_first_and_what_is_undone_is_told(library: Library) -> None:
    before = time.time()
    (anna,) = library.apply(NewPerson((1, 2, 3), "Anna")).new_persons
    (other,) = library.apply(NewPerson((4, 5))).new_persons
    library.apply(MergePersons((anna, other), anna))
    library.undo()
    noted = library.history(10)
    assert [(n.text, n.undone) for n in noted] == [
        ("Merge an unnamed person into Anna, 2 faces", True),
        ("Make a new person of 2 faces", False),
        ("Make “Anna” of 3 faces", False),
    ]
    assert all(before <= n.at <= time.time() for n in noted)
    assert library.history(1, noted[0]) == [noted[1]]
    assert library.history(10, noted[2]) == []


def test_every_moment_can_be_returned_to_also_after_a_restart(library: Library, tmp_path: Path) -> None:
    states = {0: decided(library)}
    for edit in (NewPerson((1, 2, 3), "Anna"), IgnoreFaces((4,)), NewPerson((5, 6)), MoveFaces((5,), 1), RenamePerson(2, "Bea")):
        library.apply(edit)
        states[library.newest_edit()] = decided(library)
    library.close()
    with Library.open(tmp_path / "a.photoclust") as again:
        for edit_id in (3, 5, 0, 2, 4, 1, 5):
            go(again, edit_id)
            assert decided(again) == states[edit_id]
            assert [n.undone for n in reversed(again.history(9))] == [i > edit_id for i in range(1, 6)]
        assert go(again, 5) == 0, "it is there already"
        assert go(again, 99) == 0, "there is no such edit"


def test_an_edit_that_the_user_makes_meanwhile_stands(library: Library) -> None:
    library.apply(NewPerson((1, 2)))
    library.apply(NewPerson((3, 4)))
    newest = library.newest_edit()
    assert library.step_towards(0, newest)
    library.apply(IgnoreFaces((5,)))
    assert library.step_towards(0, newest) is None
    assert library.undo_text() == "Ignore 1 face"


def test_ten_thousand_edits_and_a_huge_one_are_told_without_reading_them(library: Library) -> None:
    library.apply(Regroup(((1, 2), (3, 4)), (None, None)))
    db = library._db
    db.rows("UPDATE edits SET inverse = ?", "x" * 5_000_000)
    with db.transaction():
        db.run_many(
            "INSERT INTO edits (edit, inverse, text, at) VALUES (?, ?, ?, ?)",
            [("x" * 5000, "y" * 5000, f"Edit {k}", float(k)) for k in range(10_000)],
        )
    plan = " ".join(str(row) for row in db.rows("EXPLAIN QUERY PLAN SELECT id, text, said, at, undone FROM edits "
                                                "ORDER BY undone DESC, id DESC LIMIT 9"))  # fmt: skip
    assert "COVERING INDEX edits_told" in plan
    assert "TEMP B-TREE" not in plan
    began = time.process_time()
    noted = library.history(20_000)
    assert len(noted) == 10_001
    assert time.process_time() - began < 1.0
    assert "COVERING INDEX edits_told" in str(
        db.rows("EXPLAIN QUERY PLAN SELECT text, said FROM edits WHERE undone = 0 ORDER BY id DESC LIMIT 1")
    )
