"""Dividing a person by a few faces: what is shown, what is applied as one edit, and that it stays so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from photoclust.bench.in_library import empty_library, scanned
from photoclust.core.edits import MergePersons, NewPerson, Regroup, RenamePerson
from photoclust.core.errors import UserError
from photoclust.library.library import Library
from photoclust.workflows.split_person import SURE, Divider, split_edit


@pytest.fixture
def album() -> Iterator[tuple[Library, int, list[int], list[int]]]:
    """A library with one person "Anna" who is two: twelve faces of Anna and eight of somebody alike."""
    generator = np.random.default_rng(8)
    family = generator.normal(size=128)
    vectors = np.concatenate([
        family + generator.normal(size=128) + generator.normal(scale=1.2, size=(n, 128)) for n in (12, 8)
    ])  # fmt: skip
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    with empty_library() as (library, root):
        library.save_scanned(root, [scanned(k, vector[None]) for k, vector in enumerate(vectors)])
        faces = sorted(library.face_ids())
        (person,) = library.apply(Regroup((tuple(faces),), (None,), ((0.9,) * 20,))).new_persons
        library.apply(RenamePerson(person, "Anna"))
        yield library, person, faces[:12], faces[12:]


Album = tuple[Library, int, list[int], list[int]]


def test_two_faces_of_the_other_find_all_of_them(album: Album) -> None:
    library, person, anna, other = album
    halves = Divider(library, person).divide((), other[:2])
    assert set(halves.stay) == set(anna)
    assert set(halves.leave) == set(other)
    assert halves.chosen == set(other[:2])
    assert set(halves.leave[:2]) == halves.chosen, "all are sure: the chosen come first"
    assert halves.unsure == {face for face, chance in halves.chance.items() if chance < SURE}


def test_what_is_put_on_the_other_side_is_chosen_and_the_rest_divides_itself_again(album: Album) -> None:
    library, person, anna, other = album
    divider = Divider(library, person)
    halves = divider.divide((), other[:1])
    again = divider.divide(*halves.moved([anna[0]]))
    assert anna[0] in again.leave
    assert {anna[0], other[0]} <= again.chosen
    back = divider.divide(*again.moved([anna[0], other[1]]))
    assert anna[0] in back.stay
    assert other[1] in back.stay
    assert back.chosen == {anna[0], other[0], other[1]}


def test_the_split_is_one_edit_that_one_undo_takes_back(album: Album) -> None:
    library, person, anna, other = album
    before = {f.id: (f.person_id, f.by_hand, f.confidence) for f in library.faces()}
    applied = library.apply(split_edit(Divider(library, person).divide(anna[:1], other[:1]), "Anna", "Bea"))
    assert applied.text == "Split 8 faces off Anna"
    (new,) = applied.new_persons
    assert sorted(library.face_ids(person_id=new)) == other
    assert sorted(library.face_ids(person_id=person)) == anna
    assert {p.id: p.name for p in library.persons()} == {person: "Anna", new: "Bea"}
    assert (anna[0], other[0], False) in library.links()
    library.undo()
    assert {f.id: (f.person_id, f.by_hand, f.confidence) for f in library.faces()} == before
    assert library.links() == []
    assert library.undo_text() == "Name “Anna”"


def test_no_grouping_undoes_a_split_also_of_somebody_without_a_name(album: Album) -> None:
    library, person, anna, other = album
    library.apply(RenamePerson(person, ""))
    (new,) = library.apply(split_edit(Divider(library, person).divide(anna[:1], other[:1]), "somebody")).new_persons
    library.apply(Regroup((tuple(anna + other),), (person,), ((0.9,) * 20,)))
    assert sorted(library.face_ids(person_id=person)) == anna
    assert sorted(library.face_ids(person_id=new)) == other


def test_a_merge_by_mistake_is_taken_apart_by_the_very_face_that_it_was_tied_by(album: Album) -> None:
    library, person, anna, other = album
    (third,) = library.apply(NewPerson(tuple(other))).new_persons
    library.apply(MergePersons((person, third), person))
    ((a, b, must),) = library.links()
    assert must
    assert {a, b} & set(anna)
    assert {a, b} & set(other)
    halves = Divider(library, person).divide((), [face for face in (a, b) if face in other])
    assert set(halves.leave) == set(other)
    library.apply(split_edit(halves, "Anna"))
    assert (a, b, True) not in library.links(), "the later decision wins"


def test_a_face_that_no_network_has_described_stays_and_is_unsure(album: Album) -> None:
    library, person, anna, other = album
    library._db.rows("DELETE FROM embeddings WHERE face = ?", other[5])
    halves = Divider(library, person).divide(anna[:1], other[:1])
    assert other[5] in halves.stay
    assert other[5] in halves.unsure
    assert halves.stay[0] == other[5], "who is unsure comes first"


def test_nonsense_is_said_in_a_sentence(album: Album) -> None:
    library, person, anna, other = album
    divider = Divider(library, person)
    with pytest.raises(UserError, match="at least one face that is somebody else"):
        divider.divide(anna[:1], ())
    with pytest.raises(UserError, match="on either side"):
        split_edit(divider.divide((), (*anna, *other)), "Anna")
    with pytest.raises(UserError, match="at least two faces"):
        Divider(library, 999)
