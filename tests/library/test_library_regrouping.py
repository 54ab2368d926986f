"""A grouping is law-abiding whatever the engine says, and ids stay from one grouping to the next."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_scenes import decided, fill, group, members

from photoclust.core.edits import (
    ConfirmFaces,
    IgnoreFaces,
    MoveFaces,
    NewPerson,
    NotAFace,
    Regroup,
    RenamePerson,
    SetCover,
)
from photoclust.library.library import Library
from photoclust.library.matching import plan_regroup


def regroup(library: Library, faces: list[int], labels: list[int]) -> Regroup:
    """What an engine with these labels leads to."""
    return plan_regroup(library, faces, np.array(labels), np.full(len(faces), 0.75, np.float32), "test", 1)


def test_groups_become_persons_and_a_face_alone_stays_nobodys(library: Library, faces: list[int]) -> None:
    edit = regroup(library, faces, [0, 0, 0, 1, 1, 2, 3, 3, 4, 5, 6, 7])
    assert edit.groups == ((1, 2, 3), (4, 5), (7, 8))
    assert edit.persons == (None, None, None)
    assert edit.confidence == ((0.75,) * 3, (0.75,) * 2, (0.75,) * 2)
    assert (edit.engine, edit.seed) == ("test", 1)
    library.apply(edit)
    assert [p.face_count for p in library.persons()] == [3, 2, 2]
    assert library.face_ids(person_id=None) == [6, 9, 10, 11, 12]


def test_the_same_grouping_again_changes_nothing(library: Library, faces: list[int]) -> None:
    labels = [0, 0, 0, 1, 1, 2, 3, 3, 4, 2, 6, 7]
    library.apply(regroup(library, faces, labels))
    library.apply(SetCover(1, 3))
    before = decided(library)
    applied = library.apply(regroup(library, faces, labels))
    assert not applied.changes
    assert decided(library) == before
    assert library.undo_text() == "Set the cover of an unnamed person"


def test_a_person_keeps_its_id_with_the_group_that_overlaps_most(library: Library, faces: list[int]) -> None:
    big, small = group(library, [1, 2, 3, 4, 5], [6, 7])
    edit = regroup(library, faces, [0, 0, 1, 1, 1, 1, 2, 2, 3, 4, 5, 6])
    assert edit.groups == ((1, 2), (3, 4, 5, 6), (7, 8))
    assert edit.persons == (None, big, small)


def test_a_group_with_pinned_faces_joins_their_person(library: Library, faces: list[int]) -> None:
    group(library, [1, 2, 3, 4, 5], [6, 7, 8])
    (anna,) = library.apply(NewPerson((9,), "Anna")).new_persons
    edit = regroup(library, faces, [0, 0, 0, 0, 0, 1, 1, 1, 0, 2, 2, 9])
    assert edit.persons == (anna, 2, None)
    library.apply(edit)
    assert members(library, anna) == {1, 2, 3, 4, 5, 9}
    assert [f.by_hand for f in library.faces([1, 9])] == [False, True]


def test_faces_that_an_engine_keeps_from_a_confirmed_one_become_a_new_person(library: Library, faces: list[int]) -> None:
    group(library, [1, 2, 3, 4, 5])
    library.apply(ConfirmFaces((1,)))
    assert regroup(library, faces, [0, 1, 1, 1, 1, *range(2, 9)]).persons == (None,)


def test_a_negative_label_is_no_group(library: Library, faces: list[int]) -> None:
    assert regroup(library, faces, [-1] * 6 + [0, 0] + [-1] * 4).groups == ((7, 8),)


def test_an_empty_library_regroups_to_nothing(library: Library) -> None:
    edit = regroup(library, [], [])
    assert edit.groups == ()
    assert not library.apply(edit).changes


def test_a_named_person_only_grows(library: Library, faces: list[int]) -> None:
    anna, other = group(library, [1, 2, 3], [4, 5, 6])
    library.apply(RenamePerson(anna, "Anna"))
    library.apply(Regroup(((3, 4, 5), (7, 1)), (anna, other)))
    assert members(library, anna) == {1, 2, 3, 4, 5}
    assert library.person(other) is None, "emptied, and unnamed"
    assert set(library.face_ids(person_id=None)) == {6, 7, 8, 9, 10, 11, 12}, "7 would be alone, for 1 is Anna's"


def test_two_named_persons_are_never_joined(library: Library, faces: list[int]) -> None:
    anna, bea = group(library, [1, 2, 3], [4, 5])
    library.apply(RenamePerson(anna, "Anna"))
    library.apply(RenamePerson(bea, "Bea"))
    edit = regroup(library, faces, [0, 0, 0, 0, 0, 0, 0, 8, 9, 10, 11, 12])
    assert edit.persons == (anna,)
    library.apply(edit)
    assert members(library, anna) == {1, 2, 3, 6, 7}
    assert members(library, bea) == {4, 5}


def test_groups_that_are_given_to_one_person_all_join_it(library: Library, faces: list[int]) -> None:
    (anna,) = library.apply(NewPerson((1,), "Anna")).new_persons
    library.apply(Regroup(((2, 3), (4,)), (anna, anna)))
    assert members(library, anna) == {1, 2, 3, 4}


def test_faces_put_aside_stay_aside(library: Library, faces: list[int]) -> None:
    library.apply(IgnoreFaces((1,)))
    library.apply(NotAFace((2,)))
    library.apply(Regroup(((1, 2, 3, 4),), (None,)))
    (person,) = library.persons()
    assert members(library, person.id) == {3, 4}


def test_a_face_taken_out_by_hand_does_not_come_back(library: Library, faces: list[int]) -> None:
    anna, other = group(library, [1, 2, 3, 4], [5, 6, 7, 8])
    library.apply(RenamePerson(anna, "Anna"))
    library.apply(MoveFaces((4,), None))
    library.apply(MoveFaces((8,), None))
    library.apply(Regroup(((1, 2, 3, 4, 9), (5, 6, 7, 8)), (anna, other)))
    assert members(library, anna) == {1, 2, 3, 9}
    assert members(library, other) == {5, 6, 7}, "neither with an unnamed person"
    assert {f.person_id for f in library.faces([4, 8])} == {None}


def test_faces_and_persons_that_are_gone_meanwhile_are_passed_over(library: Library, faces: list[int]) -> None:
    applied = library.apply(Regroup(((1, 2, 999), (3, 4)), (777, None)))
    assert [members(library, p) for p in applied.new_persons] == [{1, 2}, {3, 4}]
    assert 777 not in applied.new_persons


def test_only_rows_that_change_stand_in_the_inverse(library: Library, faces: list[int]) -> None:
    first, _ = group(library, [1, 2, 3], [4, 5, 6])
    applied = library.apply(Regroup(((1, 2, 3, 7), (4, 5, 6)), (first, first + 1), ((0.5,) * 4, (0.5,) * 3)))
    assert applied.inverse.faces == ((7, None, False, "face", None),)
    assert applied.inverse.persons == applied.inverse.persons_gone == ()
    assert applied.changes.persons == {first}


@pytest.mark.parametrize(
    "edit",
    [
        Regroup(((1, 2), (2, 3)), (None, None)),
        Regroup(((1, 2),), ()),
        Regroup(((1, 2),), (None,), ((0.5,),)),
        Regroup(((1, 2),), (None,), ((0.5, 0.5), (0.5,))),
    ],
)
def test_groups_that_are_no_groups_are_a_bug(library: Library, faces: list[int], edit: Regroup) -> None:
    with pytest.raises(ValueError, match="group"):
        library.apply(edit)


_labels = st.lists(st.integers(-1, 4), min_size=12, max_size=12)
_targets = st.lists(st.none() | st.integers(1, 6), min_size=6, max_size=6)
_some = st.sets(st.integers(1, 12), min_size=1, max_size=4).map(sorted)


@settings(max_examples=60, deadline=None)
@given(first=_labels, names=st.sets(st.integers(0, 3)), by_hand=_some, out=_some, aside=_some, labels=_labels, targets=_targets)
def test_whatever_an_engine_says_the_law_holds(
    first: list[int], names: set[int], by_hand: list[int], out: list[int], aside: list[int],
    labels: list[int], targets: list[int | None],
) -> None:  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "a.photoclust") as library:
        faces = fill(library, Path(folder), photos=4, faces=3)
        library.apply(regroup(library, faces, first))
        library.apply(MoveFaces(tuple(out), None))
        library.apply(ConfirmFaces(tuple(by_hand)))
        library.apply(NewPerson((by_hand[0],)))
        for k, person in enumerate(library.persons()):
            if k in names:
                library.apply(RenamePerson(person.id, f"Person {person.id}"))
        library.apply(IgnoreFaces(tuple(aside)))
        for edit in (_arbitrary(labels, targets), regroup(library, faces, labels)):
            before, pinned = decided(library), library.pinned_faces()
            aside_before = {f for f, row in before["faces"].items() if row[2] != "face"}
            library.apply(edit)
            after = decided(library)
            now = library.persons_of_faces()
            for face in {*pinned, *aside_before}:
                assert after["faces"][face] == before["faces"][face], "pinned faces and those put aside never move"
            assert after["links"] == before["links"]
            for person, (name, _) in before["persons"].items():
                assert not name or after["persons"][person][0] == name, "named persons stay"
            for a, b, must in after["links"]:
                apart = now.get(a) is None or now.get(a) != now.get(b)
                assert must or apart or {a, b} <= pinned.keys(), "faces told apart are apart"
            for person in after["persons"]:
                size = list(now.values()).count(person)
                assert size > 1 or person in pinned.values(), "nobody is alone unless the user wants it"
            if after != before:
                library.undo()
                assert decided(library) == before
                library.redo()
                assert decided(library) == after


def _arbitrary(labels: list[int], targets: list[int | None]) -> Regroup:
    """A grouping that sends groups anywhere, without asking what the user has decided."""
    groups = [tuple(i + 1 for i, label in enumerate(labels) if label == k) for k in range(-1, 5)]
    return Regroup(tuple(groups), tuple(targets), engine="careless")
