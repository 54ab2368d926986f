"""What each edit does to faces, persons and links, and what it says in the menu."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from library_scenes import decided, group, members, scanned_face, scanned_photo

from photoclust.core.edits import (
    BringBackFaces,
    ConfirmFaces,
    Edit,
    IgnoreFaces,
    MergePersons,
    MoveFaces,
    NewPerson,
    NotAFace,
    Regroup,
    RenamePerson,
    Restore,
    SetCover,
    SplitPerson,
)
from photoclust.core.errors import UserError
from photoclust.core.said import Said
from photoclust.core.types import FaceState
from photoclust.library.library import Library


@pytest.fixture
def anna(library: Library, faces: list[int]) -> int:
    """Named, of faces 1 to 4; `bea` has 5 to 8; 9 to 12 are nobody's."""
    persons = group(library, faces[:4], faces[4:8])
    library.apply(RenamePerson(persons[0], "Anna"))
    return persons[0]


@pytest.fixture
def bea(anna: int) -> int:
    return anna + 1


def test_a_name_is_given_tidied_and_taken_away(library: Library, anna: int, bea: int) -> None:
    assert library.apply(RenamePerson(bea, "  Be\u0301a   Maria \n")).text == "Name “Béa Maria”"
    assert [p.id for p in library.find_persons("bÉA maria")] == [bea]
    assert library.apply(RenamePerson(bea, "Bea")).text == "Rename Béa Maria to “Bea”"
    applied = library.apply(RenamePerson(bea, " "))
    assert applied.text == "Take the name from Bea"
    assert applied.changes.persons == {bea}
    assert library.find_persons("") == []


def test_a_move_places_by_hand_and_tells_apart_from_those_left_behind(library: Library, anna: int, bea: int) -> None:
    applied = library.apply(MoveFaces((5, 6), anna))
    assert applied.text == "Move 2 faces to Anna"
    assert applied.changes.faces == {5, 6}
    assert applied.changes.persons == {anna, bea}
    assert members(library, anna) == {1, 2, 3, 4, 5, 6}
    assert [f.by_hand for f in library.faces([1, 5, 6])] == [False, True, True]
    assert [f.confidence for f in library.faces([1, 5, 6])] == [0.5, None, None]
    assert library.links() == [(5, 7, False), (5, 8, False)], "5 is the best of those that were moved"


def test_moving_back_is_the_later_decision(library: Library, anna: int, bea: int) -> None:
    library.apply(MoveFaces((5,), anna))
    library.apply(MoveFaces((5,), bea))
    assert library.links() == [(1, 5, False), (2, 5, False), (3, 5, False), (4, 5, False)]


def test_not_this_person_leaves_the_face_to_nobody_and_remembers_it(library: Library, anna: int) -> None:
    applied = library.apply(MoveFaces((3, 4, 9), None))
    assert applied.text == "Take 3 faces out of Anna"
    assert [(f.person_id, f.by_hand) for f in library.faces([3, 4, 9])] == [(None, False)] * 3
    assert library.links() == [(1, 3, False), (1, 4, False), (2, 3, False), (2, 4, False)]


def test_a_new_person_is_made_of_faces_from_everywhere(library: Library, anna: int, bea: int) -> None:
    applied = library.apply(NewPerson((4, 8, 9), "Carl"))
    assert applied.text == "Make “Carl” of 3 faces"
    (carl,) = applied.new_persons
    assert members(library, carl) == {4, 8, 9}
    assert {pair[:2] for pair in library.links()} == {(1, 4), (2, 4), (3, 4), (5, 8), (6, 8), (7, 8)}
    assert library.apply(NewPerson((10,))).text == "Make a new person of 1 face"


def test_a_split_tells_the_faces_apart(library: Library, anna: int) -> None:
    applied = library.apply(SplitPerson(anna, (3, 4), "Dora"))
    assert applied.text == "Split 2 faces off Anna"
    assert members(library, anna) == {1, 2}
    assert members(library, applied.new_persons[0]) == {3, 4}
    assert library.links() == [(1, 3, False), (2, 3, False)]


def test_a_split_must_leave_a_face_and_take_only_the_persons_own(library: Library, anna: int) -> None:
    before = decided(library)
    with pytest.raises(UserError, match="all the faces of Anna"):
        library.apply(SplitPerson(anna, (1, 2, 3, 4)))
    with pytest.raises(UserError, match="Only faces of Anna"):
        library.apply(SplitPerson(anna, (1, 5)))
    assert decided(library) == before


def test_a_merge_keeps_the_name_and_links_the_best_faces(library: Library, anna: int, bea: int) -> None:
    library.apply(MoveFaces((5,), None))  # told apart from 6, 7, 8
    library.apply(MoveFaces((5,), anna))
    applied = library.apply(MergePersons((anna, bea), bea))
    assert applied.text == "Merge an unnamed person into Anna, 3 faces", "an unnamed person takes the name of the other"
    (person,) = library.persons()
    assert (person.id, person.name, person.face_count) == (bea, "Anna", 8)
    assert all(f.by_hand for f in library.faces(range(1, 9)))
    assert library.links() == [(1, 6, True)], "cannot-links within the person are dropped"


def test_a_merge_of_two_named_persons_keeps_the_name_of_the_one_it_is_into(library: Library, anna: int, bea: int) -> None:
    library.apply(RenamePerson(bea, "Bea"))
    library.apply(MergePersons((bea,), anna))
    assert [p.name for p in library.persons()] == ["Anna"]


def test_a_split_after_a_merge_wins_over_the_must_link(library: Library, anna: int, bea: int) -> None:
    library.apply(MergePersons((anna, bea), anna))
    assert library.links() == [(1, 5, True)]
    library.apply(SplitPerson(anna, (5, 6, 7, 8)))
    assert [(a, b) for a, b, must in library.links() if must] == []
    assert (1, 5, False) in library.links()


@pytest.mark.parametrize(
    ("edit", "state", "text"),
    [
        (IgnoreFaces((3, 4)), FaceState.IGNORED, "Ignore 2 faces"),
        (NotAFace((3, 4)), FaceState.NOT_A_FACE, "Say that 2 faces are no face"),
        (NotAFace((3,)), FaceState.NOT_A_FACE, "Say that 1 face is no face"),
    ],
)
def test_faces_are_put_aside_and_brought_back(library: Library, anna: int, edit: Edit, state: FaceState, text: str) -> None:
    library.apply(MoveFaces((3, 4), anna))
    ids = edit.face_ids  # type: ignore[union-attr]
    assert library.apply(edit).text == text
    assert sorted(library.face_ids(state=state)) == sorted(ids)
    assert {(f.person_id, f.by_hand) for f in library.faces(ids)} == {(None, False)}
    assert library.embeddings()[0].tolist() == [i for i in range(1, 13) if i not in ids]
    assert library.apply(BringBackFaces(ids)).text == f"Bring back {len(ids)} face{'s'[: len(ids) - 1]}"
    assert {f.state for f in library.faces(ids)} == {FaceState.FACE}
    assert set(ids) <= set(library.face_ids(person_id=None))


def test_bringing_back_a_face_that_is_not_away_changes_nothing(library: Library, anna: int) -> None:
    applied = library.apply(BringBackFaces((1,)))
    assert applied.inverse == Restore()
    assert library.undo_text() == "Name “Anna”"


def test_an_ignored_face_may_be_moved_to_a_person(library: Library, anna: int) -> None:
    library.apply(IgnoreFaces((9,)))
    library.apply(MoveFaces((9,), anna))
    assert 9 in members(library, anna)


def test_a_confirmed_face_is_there_by_hand(library: Library, anna: int) -> None:
    applied = library.apply(ConfirmFaces((1, 2, 9)))
    assert applied.text == "Confirm 3 faces"
    assert [f.by_hand for f in library.faces([1, 2, 3, 9])] == [True, True, False, False]
    assert applied.changes.faces == {1, 2}


def test_a_cover_is_chosen_and_falls_back_when_its_face_leaves(library: Library, anna: int) -> None:
    assert library.person(anna).cover_face_id == 1  # type: ignore[union-attr]
    assert library.apply(SetCover(anna, 3)).text == "Set the cover of Anna"
    assert library.person(anna).cover_face_id == 3  # type: ignore[union-attr]
    library.apply(IgnoreFaces((3,)))
    assert library.person(anna).cover_face_id == 1  # type: ignore[union-attr]
    library.undo()
    assert library.person(anna).cover_face_id == 3  # type: ignore[union-attr]
    with pytest.raises(UserError, match="must be a face of Anna"):
        library.apply(SetCover(anna, 9))


def test_a_person_whose_last_face_leaves_is_gone_and_comes_back_with_undo(library: Library, anna: int, bea: int) -> None:
    before = decided(library)
    applied = library.apply(MoveFaces((1, 2, 3, 4), bea))
    assert library.person(anna) is None
    assert applied.changes.persons == {anna, bea}
    undone = library.undo()
    assert undone is not None
    assert undone.text == "Move 4 faces to an unnamed person"
    assert undone.changes == applied.changes
    assert undone.new_persons == (anna,)
    assert decided(library) == before


def test_the_id_of_a_person_is_never_used_twice(library: Library, anna: int) -> None:
    first = library.apply(NewPerson((9,))).new_persons
    library.undo()
    second = library.apply(NewPerson((9,))).new_persons
    assert first != second


def test_an_edit_that_changes_nothing_is_not_remembered_and_keeps_the_redo(library: Library, anna: int) -> None:
    library.apply(RenamePerson(anna, "Anne"))
    library.undo()
    library.apply(RenamePerson(anna, "Anna"))
    assert library.redo_text() == "Rename Anna to “Anne”"


def test_a_new_edit_drops_what_was_undone(library: Library, anna: int) -> None:
    library.apply(RenamePerson(anna, "Anne"))
    library.undo()
    library.apply(IgnoreFaces((1,)))
    assert library.redo_text() is None
    assert library.redo() is None


def test_undo_and_redo_work_after_a_restart(library: Library, path: Path, anna: int) -> None:
    before = decided(library)
    library.apply(SplitPerson(anna, (3, 4)))
    after = decided(library)
    library.close()
    with Library.open(path) as again:
        assert again.undo_text() == "Split 2 faces off Anna"
        again.undo()
        assert decided(again) == before
    with Library.open(path) as again:
        assert again.redo_text() == "Split 2 faces off Anna"
        again.redo()
        assert decided(again) == after


def test_there_is_nothing_to_undo_in_a_new_library(library: Library) -> None:
    assert (library.undo(), library.redo(), library.undo_text(), library.redo_text()) == (None, None, None, None)


@pytest.mark.parametrize(
    "edit",
    [
        RenamePerson(99, "X"),
        MoveFaces((1, 99), 1),
        MoveFaces((1,), 99),
        MoveFaces((), 1),
        MoveFaces((99,), None),
        NewPerson(()),
        NewPerson((99,)),
        SplitPerson(99, (1,)),
        MergePersons((1, 99), 1),
        MergePersons((1,), 1),
        ConfirmFaces((99,)),
        IgnoreFaces((1, 99)),
        NotAFace(()),
        BringBackFaces((99,)),
        SetCover(99, 1),
        SetCover(1, 99),
    ],
)
def test_an_edit_of_what_is_gone_is_refused_with_a_sentence(library: Library, anna: int, edit: Edit) -> None:
    before = decided(library)
    with pytest.raises(UserError, match=r"^[A-Z].*\.$"):
        library.apply(edit)
    assert decided(library) == before
    assert library.undo_text() == "Name “Anna”"


def test_undo_skips_faces_that_a_scan_has_removed(library: Library, anna: int, bea: int, tmp_path: Path) -> None:
    library.apply(SetCover(bea, 7))
    library.apply(MoveFaces((1, 4, 9), None))  # makes links to faces of the photo that changes
    library.apply(MergePersons((bea, anna), anna))
    library.apply(MoveFaces((5, 6, 7, 8), None))
    root = library.add_root(tmp_path)
    library.save_scanned(root, [scanned_photo("2.jpg", [], hash="other bytes")])  # faces 7, 8, 9 are no longer found
    assert library.faces([7, 8, 9]) == []
    while library.undo():
        pass
    assert {f.person_id for f in library.faces()} == {None}
    assert library.persons() == []
    while library.redo():
        pass
    assert members(library, anna) == {2, 3}
    assert {f.person_id for f in library.faces([1, 4, 5, 6])} == {None}


def test_undo_brings_back_an_unnamed_person_that_a_scan_has_emptied(library: Library, bea: int, tmp_path: Path) -> None:
    library.apply(IgnoreFaces((5,)))
    root = library.add_root(tmp_path)
    library.save_scanned(root, [scanned_photo("1.jpg", [4]), scanned_photo("2.jpg", [])])  # 5 is ignored, so it stays
    assert library.person(bea) is None
    library.undo()
    assert members(library, bea) == {5}


def test_a_person_of_many_is_told_apart_by_its_best_faces_only(library: Library, tmp_path: Path) -> None:
    root = library.add_root(tmp_path)
    crowd = [scanned_face(k, quality=k / 100) for k in range(100)]
    library.save_scanned(root, [scanned_photo("crowd.jpg", crowd)])
    ids = sorted(library.face_ids())
    (person,) = group(library, ids)
    library.apply(MoveFaces((ids[0],), None))
    assert [b for _, b, _ in library.links()] == ids[36:]
    assert members(library, person) == set(ids[1:])


def test_a_regroup_is_one_edit_that_can_be_undone(library: Library, faces: list[int]) -> None:
    before = decided(library)
    applied = library.apply(Regroup(((1, 2, 3), (4, 5)), (None, None), ((0.9, 0.8, 0.7), (1.0, 1.0))))
    assert applied.text == "Group 5 faces"
    assert [members(library, p) for p in applied.new_persons] == [{1, 2, 3}, {4, 5}]
    assert library.face(2).confidence == 0.8  # type: ignore[union-attr]
    library.undo()
    assert decided(library) == before


def test_undo_keeps_a_name_that_had_no_faces_before(library: Library, anna: int, tmp_path: Path) -> None:
    root = library.add_root(tmp_path)
    library.save_scanned(root, [scanned_photo(f"{k}.jpg", [], hash=f"other {k}") for k in (0, 1)])
    before = decided(library)
    assert members(library, anna) == set()
    library.apply(MoveFaces((9,), anna))
    library.undo()
    assert decided(library) == before


def test_undo_skips_links_to_faces_that_a_scan_has_removed(library: Library, anna: int, tmp_path: Path) -> None:
    library.apply(MoveFaces((4,), None))
    library.apply(MoveFaces((4,), anna))
    changed = scanned_photo("0.jpg", [2], hash="other bytes")  # 1 and 2 are no longer found
    library.save_scanned(library.add_root(tmp_path), [changed])
    library.undo()
    assert library.links() == [(3, 4, False)]


def test_a_face_taken_out_loses_its_must_links_to_all_who_stay(library: Library, tmp_path: Path) -> None:
    crowd = [scanned_face(k, quality=1 - k / 100) for k in range(72)]
    library.save_scanned(library.add_root(tmp_path), [scanned_photo("crowd.jpg", crowd)])
    ids = sorted(library.face_ids())
    many, few = group(library, ids[:70], ids[70:])
    library.apply(MergePersons((few,), many))
    assert library.links() == [(ids[0], ids[70], True)]
    library.apply(MoveFaces((ids[0],), None))
    assert library.links() == [(ids[0], other, False) for other in ids[1:65]]


def test_a_person_who_has_faces_is_not_restored_away(library: Library, anna: int) -> None:
    before = decided(library)
    assert not library.apply(Restore(persons_gone=(anna,))).changes
    assert decided(library) == before


def test_the_text_of_an_edit_can_be_translated_after_a_restart(library: Library, anna: int) -> None:
    library.apply(MoveFaces((5,), anna))
    with Library.open(library.path) as again:
        text = again.undo_text()
        assert isinstance(text, Said)
        assert (text, text.template, text.values) == ("Move 1 face to Anna", "Move {n} faces to {name}", {"n": 1, "name": "Anna"})
        again.undo()
        assert isinstance(again.redo_text(), Said)


@pytest.mark.parametrize("kept", [None, "", "rubbish", '["{n:>99999999}", null, {"n": 1}]'])
def test_a_text_of_which_no_more_is_known_stays_as_it_is(library: Library, anna: int, kept: str | None) -> None:
    library.apply(MoveFaces((5,), anna))
    with closing(sqlite3.connect(library.path)) as db, db:
        db.execute("UPDATE edits SET said = ?", (kept,))
    assert library.undo_text() == "Move 1 face to Anna"
    assert not isinstance(library.undo_text(), Said)
