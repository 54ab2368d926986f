"""Pairing found faces with the shown ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from photoclust.core.errors import UserError
from photoclust.core.types import Box
from photoclust.demo.truth import TRUTH_FILE, TrueFace, TruePhoto, Truth, load_truth, match_faces, to_json

ADA = TrueFace("p01", False, Box(10, 10, 40, 50), True)
BEA = TrueFace("p02", False, Box(60, 12, 40, 50), True)
PASSER = TrueFace("stranger-000-0", True, Box(120, 30, 14, 16), True)
HIDDEN = TrueFace("p03", False, Box(150, 30, 14, 16), False)
TRUTH = Truth(
    (
        TruePhoto("a.jpg", (ADA, BEA, PASSER, HIDDEN), taken_at="2020-01-02T03:04:05+00:00"),
        TruePhoto("b.jpg", (ADA,), duplicate_of="a.jpg"),
        TruePhoto("c.jpg", broken=True),
    ),
    {"p01": "Ada", "p02": "Bea", "p03": "Clara"},
    {"seed": 5},
    complete=True,
)


def test_found_faces_are_paired_with_the_shown_ones_in_any_order() -> None:
    match = match_faces(TRUTH, {"a.jpg": [((118, 29, 15, 18), 1), ((62, 10, 38, 50), 2), ((12, 12, 40, 44), 3)]})
    assert match.persons["a.jpg"] == ["stranger-000-0", "p02", "p01"]
    assert match.persons["b.jpg"] == []


def test_a_face_between_two_goes_to_the_one_it_covers_more_and_only_once() -> None:
    match = match_faces(TRUTH, {"a.jpg": [((16, 10, 40, 50), 1), ((11, 10, 40, 50), 1)]})
    assert match.persons["a.jpg"] == [None, "p01"]
    assert match.extra == 1


def test_a_find_where_nobody_was_drawn_is_nobody() -> None:
    box = (300.0, 300.0, 40.0, 40.0)
    match = match_faces(TRUTH, {"a.jpg": [(box, None)], "c.jpg": [(box, None)], "new.jpg": [(box, None)]})
    assert match.persons["a.jpg"] == match.persons["c.jpg"] == match.persons["new.jpg"] == [None]
    assert match.extra == 3


def test_missed_faces_are_the_visible_ones_that_were_not_found() -> None:
    match = match_faces(TRUTH, {"a.jpg": [((10, 10, 40, 50), 7), ((120, 30, 14, 16), None)]})
    assert match.missed == 2  # Bea, and Ada in the copy; the hidden face does not count


def test_labels_say_who_was_drawn_and_who_was_found() -> None:
    ada, bea, passer = (10, 10, 40, 50), (60, 12, 40, 50), (120, 30, 14, 16)
    match = match_faces(TRUTH, {"a.jpg": [(ada, 7), (bea, 7), (passer, None)], "b.jpg": [(ada, None), ((300, 9, 9, 9), None)]})
    assert match.missed == 0
    first, second, stranger, copy, nobody = match.truth
    assert first == copy
    assert len({first, second, stranger, nobody}) == 4
    assert match.groups[0] == match.groups[1] == 7
    assert len(set(match.groups)) == 4


def test_a_missed_face_stands_alone_in_a_group_of_its_own() -> None:
    match = match_faces(TRUTH, {"a.jpg": [((10, 10, 40, 50), 7)]})
    assert match.missed == 3
    assert len(match.truth) == len(set(match.groups)) == 4
    assert len(set(match.truth)) == 3  # Ada was drawn twice


def test_the_truth_is_read_back_as_written(tmp_path: Path) -> None:
    (tmp_path / TRUTH_FILE).write_text(to_json(TRUTH), encoding="utf-8")
    assert load_truth(tmp_path) == TRUTH


@pytest.mark.parametrize("text", ["", "[]", '{"version": 1}', "null"])
def test_another_file_is_no_truth(tmp_path: Path, text: str) -> None:
    (tmp_path / TRUTH_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="not a demo album"):
        load_truth(tmp_path)


def test_a_newer_truth_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / TRUTH_FILE).write_text('{"version": 99}', encoding="utf-8")
    with pytest.raises(UserError, match="another version"):
        load_truth(tmp_path)
