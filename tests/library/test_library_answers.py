"""The edits that answers to questions are made of."""

from __future__ import annotations

import pytest
from library_scenes import decided, group, members

from photoclust.core.edits import ConfirmFaces, MergePersons, MoveFaces, Regroup, TellApart, Together, from_json, to_json
from photoclust.core.errors import UserError
from photoclust.library.library import Library


def test_faces_told_apart_are_linked_and_nobody_moves(library: Library, faces: list[int]) -> None:
    one, two = group(library, faces[:3], faces[3:6])
    before = decided(library)
    applied = library.apply(TellApart(((faces[3], faces[0]), (faces[1], faces[7]))))
    assert library.links() == [(faces[0], faces[3], False), (faces[1], faces[7], False)]
    assert library.told_apart().tolist() == [[faces[0], faces[3]], [faces[1], faces[7]]]
    assert (members(library, one), members(library, two)) == (set(faces[:3]), set(faces[3:6]))
    assert applied.text == "Say that they are different persons"
    library.undo()
    assert decided(library) == before


def test_faces_of_one_person_are_not_told_apart_and_a_face_not_from_itself(library: Library, faces: list[int]) -> None:
    group(library, faces[:3])
    library.apply(TellApart(((faces[0], faces[1]),)))
    assert not library.links()
    with pytest.raises(UserError, match="from itself"):
        library.apply(TellApart(((faces[0], faces[0]),)))


def test_a_regrouping_never_joins_what_was_told_apart(library: Library, faces: list[int]) -> None:
    group(library, faces[:3], faces[3:6])
    library.apply(TellApart(((faces[0], faces[3]),)))
    library.apply(Regroup((tuple(faces[:6]),), (None,)))
    person = library.persons_of_faces()
    assert person.get(faces[0]) is None or person.get(faces[0]) != person.get(faces[3])


def test_doubtful_faces_come_along_with_a_merge_but_are_not_placed_by_it(library: Library, faces: list[int]) -> None:
    one, two = group(library, faces[:3], faces[3:6])
    library.apply(MergePersons((two,), one, (faces[2], faces[5])))
    found = {f.id: f for f in library.faces(faces[:6])}
    assert {f.person_id for f in found.values()} == {one}
    assert [i for i in faces[:6] if not found[i].by_hand] == [faces[2], faces[5]]
    assert found[faces[5]].confidence == 0.5, "what the engine thought of it still stands"


def test_a_face_that_was_placed_by_hand_stays_placed_when_it_is_doubtful(library: Library, faces: list[int]) -> None:
    one, two = group(library, faces[:3], faces[3:6])
    library.apply(ConfirmFaces((faces[2],)))
    library.apply(MergePersons((two,), one, (faces[2],)))
    face = library.face(faces[2])
    assert face is not None
    assert face.by_hand


def test_edits_made_together_are_one_edit_and_one_undo(library: Library, faces: list[int]) -> None:
    one, two = group(library, faces[:3], faces[3:6])
    before = decided(library)
    steps = (MergePersons((two,), one), MoveFaces((faces[7],), one), TellApart(((faces[0], faces[8]),)))
    edit = Together(steps, "Say who they are")
    assert from_json(to_json(edit)) == edit
    applied = library.apply(edit)
    assert members(library, one) == {*faces[:6], faces[7]}
    assert (faces[0], faces[8], False) in library.links()
    assert library.undo_text() == applied.text == "Say who they are"
    after = decided(library)
    library.undo()
    assert decided(library) == before
    library.redo()
    assert decided(library) == after


def test_a_face_moved_twice_in_one_edit_goes_back_to_where_it_was_first(library: Library, faces: list[int]) -> None:
    one, two = group(library, faces[:3], faces[3:6])
    before = decided(library)
    library.apply(Together((MoveFaces((faces[7],), one), MoveFaces((faces[7],), two)), "Move it twice"))
    assert faces[7] in members(library, two)
    library.undo()
    assert decided(library) == before


def test_if_one_of_the_edits_cannot_be_made_none_is(library: Library, faces: list[int]) -> None:
    (one,) = group(library, faces[:3])
    before = decided(library)
    with pytest.raises(UserError):
        library.apply(Together((MoveFaces((faces[7],), one), MoveFaces((faces[8],), 999)), "Nonsense"))
    assert decided(library) == before


def test_the_faces_to_ask_about_are_told_with_their_persons(library: Library, faces: list[int]) -> None:
    (one,) = group(library, faces[:3])
    library.apply(ConfirmFaces((faces[0],)))
    photo = {f.id: f.photo_id for f in library.faces()}
    everybody = library.grouped_faces()
    assert everybody[:, 0].tolist() == faces
    assert library.grouped_faces([one], [faces[5]]).tolist() == [
        [faces[0], photo[faces[0]], one, 1, -1], [faces[1], photo[faces[1]], one, 0, 500],
        [faces[2], photo[faces[2]], one, 0, 500], [faces[5], photo[faces[5]], 0, 0, -1],
    ]  # fmt: skip
