"""Copies of a file and photos of a moment lie on one another; everything else lies by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library_scenes import scanned_photo

from photoclust.library.arranged import photo_keys
from photoclust.library.database import Database
from photoclust.library.folding import find_stacks, fold_keys, keys_beneath
from photoclust.library.library import Library
from photoclust.library.questions import Questions

WHEN = {
    "a/1.jpg": 100.0, "a/2.jpg": 101.0, "a/3.jpg": 103.0, "a/4.jpg": 105.5,  # a burst of three
    "b/1.jpg": 101.0, "b/copy of 1.jpg": 101.0,  # a copy, elsewhere and just then
    "c/scan.jpg": None, "c/other.jpg": None, "z/copy of a4.jpg": None,
}  # fmt: skip
CONTENT = {"b/copy of 1.jpg": "b/1.jpg", "z/copy of a4.jpg": "a/4.jpg"}


@pytest.fixture
def photos(library: Library, tmp_path: Path) -> dict[str, int]:
    scans = [scanned_photo(name, [], taken_at=at, hash=CONTENT.get(name, name)) for name, at in WHEN.items()]
    library.save_scanned(library.add_root(tmp_path), scans)
    return {photo.relpath: photo.id for photo in library.photos()}


def test_copies_and_bursts_are_stacks(library: Library, photos: dict[str, int]) -> None:
    names = {i: name for name, i in photos.items()}
    stacks = {frozenset(names[i] for i in stack) for stack in find_stacks(library, photos.values())}
    assert stacks == {
        frozenset({"a/1.jpg", "a/2.jpg", "a/3.jpg"}), frozenset({"b/1.jpg", "b/copy of 1.jpg"}),
        frozenset({"a/4.jpg", "z/copy of a4.jpg"}),
    }  # fmt: skip


def test_a_folded_list_shows_the_first_of_each_stack_which_knows_the_others(library: Library, photos: dict[str, int]) -> None:
    keys = fold_keys(library, photo_keys(library, "quality"))
    names = {i: name for name, i in photos.items()}
    assert [names[key[2]] for key in keys] == ["a/1.jpg", "b/1.jpg", "a/4.jpg", "c/other.jpg", "c/scan.jpg"]
    stacks = [key[1][3] for key in keys]
    assert [len(stack) for stack in stacks] == [3, 2, 2, 0, 0]
    assert sum(max(len(stack), 1) for stack in stacks) == len(WHEN)


def test_what_lies_beneath_stands_right_behind_the_first_wherever_it_would_stand_alone(
    library: Library, photos: dict[str, int]
) -> None:
    first = photos["a/4.jpg"]
    keys = fold_keys(library, photo_keys(library, "date"), {first})
    at = [key[2] for key in keys].index(first)
    assert keys[at + 1][2] == photos["z/copy of a4.jpg"]
    assert keys[at + 1] == keys_beneath(keys[at])[0]
    assert keys == sorted(keys)


def test_a_part_of_a_stack_is_no_stack_by_itself(library: Library, photos: dict[str, int]) -> None:
    few = [photos["a/1.jpg"], photos["a/3.jpg"], photos["b/1.jpg"]]
    assert find_stacks(library, few) == [], "without the one between, there are three seconds"


class _Rows(Database):
    def __init__(self, rows: list[tuple[object, ...]]) -> None:
        self._rows = rows

    def rows(self, sql: str, *parameters: object) -> list[tuple[object, ...]]:
        return self._rows


@given(st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.integers(0, 30), st.sampled_from("xy")), max_size=12))
def test_stacks_are_whatever_hangs_together(rows: list[tuple[str, int | None, str]]) -> None:
    photos = sorted(
        ((i, content, at, 1, f"{folder}/{i}.jpg") for i, (content, at, folder) in enumerate(rows)),
        key=lambda row: (-1 if row[2] is None else row[2], row[4]),
    )
    near = {i: {i} for i in range(len(rows))}
    for i, one, at, _, path in photos:
        for j, other, then, _, path2 in photos:
            together = at is not None and then is not None and path[0] == path2[0] and abs(at - then) <= 2
            if i != j and (one == other or together):
                near[i].add(j)
    parts = set()
    for i in near:
        part, grown = {i}, near[i]
        while part != grown:
            part, grown = grown, set().union(*(near[j] for j in grown))
        parts.add(frozenset(part))
    found = find_stacks(Questions(_Rows(photos)), range(len(rows)))  # type: ignore[arg-type]
    assert {frozenset(stack) for stack in found} == {part for part in parts if len(part) > 1}
