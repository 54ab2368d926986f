"""Questions: what is asked first, what an answer does, and that what was denied is never asked again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from photoclust.bench.in_library import empty_library, scanned
from photoclust.core.edits import ConfirmFaces, IgnoreFaces, MoveFaces, Regroup, RenamePerson
from photoclust.library.library import Library
from photoclust.workflows.group_faces import group_faces
from photoclust.workflows.questions import LARGE, Kind, Question, Review, say_no, say_yes


class Album:
    """A library of people with known faces, one a photo, grouped as told."""

    def __init__(self, library: Library, root: int, *sizes: int, noise: float = 0.5) -> None:
        generator = np.random.default_rng(4)
        middles = generator.normal(size=(len(sizes), 128)) / np.sqrt(128)
        self.library = library
        self.people: list[list[int]] = []
        number = 0
        for middle, size in zip(middles, sizes, strict=True):
            vectors = middle + noise * generator.normal(size=(size, 128)) / np.sqrt(128)
            vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
            known = set(library.face_ids())
            library.save_scanned(root, [scanned(number + k, vectors[k : k + 1]) for k in range(size)])
            number += size
            self.people.append(sorted(set(library.face_ids()) - known))

    def group(self, *groups: list[int]) -> list[int]:
        """Make persons as an engine does."""
        edit = Regroup(tuple(map(tuple, groups)), (None,) * len(groups))
        return list(self.library.apply(edit).new_persons)


@pytest.fixture
def library() -> Iterator[tuple[Library, int]]:
    with empty_library() as opened:
        yield opened


@pytest.fixture
def album(library: tuple[Library, int]) -> Album:
    """Somebody of 16 faces and thirty others of 3."""
    return Album(*library, 16, *[3] * 30)


def pieces(album: Album) -> tuple[int, int, int]:
    """The first person in pieces of 9 and 6 faces and one face alone, all others whole: the two persons and the face."""
    first = album.people[0]
    one, other, *_ = album.group(first[:9], first[9:15], *album.people[1:])
    return one, other, first[15]


def asked(review: Review, kind: Kind) -> list[Question]:
    return [question for question in review.questions(1000) if question.kind is kind]


def test_pieces_of_one_person_are_asked_about_with_what_the_answer_settles(album: Album) -> None:
    one, other, face = pieces(album)
    question = asked(Review(album.library), Kind.SAME)[0]
    assert question.host.who == one, "the larger one stays"
    assert {other, -face} <= {guest.who for guest in question.guests}
    assert question.settles == pytest.approx(sum(guest.chance * guest.count for guest in question.guests))
    assert all(guest.chance > 0.5 for guest in question.guests if guest.who in (other, -face))


def test_yes_is_one_edit_that_places_all_and_is_undone_at_once(album: Album) -> None:
    one, other, face = pieces(album)
    review = Review(album.library)
    question = asked(review, Kind.SAME)[0]
    marked = {k for k, guest in enumerate(question.guests) if guest.who in (other, -face)}
    before = {f.id: (f.person_id, f.by_hand) for f in album.library.faces()}
    changes = album.library.apply(say_yes(question, marked)).changes
    assert set(album.library.face_ids(person_id=one)) == set(album.people[0])
    assert review.follow(album.library, changes)
    assert one not in {q.host.who for q in asked(review, Kind.SAME)}
    undone = album.library.undo()
    assert undone is not None
    assert {f.id: (f.person_id, f.by_hand) for f in album.library.faces()} == before
    assert review.follow(album.library, undone.changes)
    assert asked(review, Kind.SAME)[0].host.who == one


def test_what_was_denied_is_not_asked_again_after_a_regroup_and_a_restart(album: Album) -> None:
    one, _, _ = pieces(album)
    review = Review(album.library)
    question = next(q for q in asked(review, Kind.SAME) if q.host.who == one)
    denied = [(question.host.faces[0], guest.faces[0]) for guest in question.guests]
    review.follow(album.library, album.library.apply(say_no(question)).changes)
    group_faces(album.library)
    assert not together_or_asked(review_of(album), album.library, denied)


def review_of(album: Album) -> Review:
    return Review(album.library, bold=True)


def together_or_asked(review: Review, library: Library, pairs: list[tuple[int, int]]) -> list[Any]:
    """Those pairs of faces that are one person now, or of whose persons it is asked whether they are."""
    unit = {f.id: f.person_id or -f.id for f in library.faces()}
    questions = {frozenset((q.host.who, g.who)) for q in asked(review, Kind.SAME) for g in q.guests}
    return [pair for pair in pairs if unit[pair[0]] == unit[pair[1]] or frozenset(unit[f] for f in pair) in questions]


def test_a_stranger_among_the_faces_of_a_person_is_doubted_and_leaves_by_no(album: Album) -> None:
    stray = album.people[5][0]
    person, *_ = album.group([*album.people[0], stray], album.people[5][1:], *album.people[1:5], *album.people[6:])
    question = asked(Review(album.library, bold=True), Kind.STAYS)[0]
    assert (question.host.who, question.guests[0].all_faces) == (person, (stray,))
    album.library.apply(say_no(question))
    face = album.library.face(stray)
    assert face is not None
    assert face.person_id is None


def test_a_part_that_stays_is_placed_with_the_faces_that_were_shown_and_not_asked_again(album: Album) -> None:
    stray = album.people[5][0]
    person, *_ = album.group([*album.people[0], stray], album.people[5][1:], *album.people[1:5], *album.people[6:])
    review = Review(album.library, bold=True)
    question = asked(review, Kind.STAYS)[0]
    review.follow(album.library, album.library.apply(say_yes(question)).changes)
    placed = {f.id for f in album.library.faces(album.library.face_ids(person_id=person)) if f.by_hand}
    assert placed == {stray, *question.host.faces}
    assert stray not in {face for q in asked(review, Kind.STAYS) for face in q.guests[0].all_faces}


def test_a_face_placed_by_hand_is_never_doubted(album: Album) -> None:
    stray = album.people[5][0]
    album.group([*album.people[0], stray], album.people[5][1:])
    album.library.apply(ConfirmFaces((stray,)))
    doubted = {face for q in asked(Review(album.library, bold=True), Kind.STAYS) for face in q.guests[0].all_faces}
    assert stray not in doubted


def test_who_a_large_unnamed_person_is_is_asked_until_it_has_a_name(album: Album) -> None:
    one, other, _ = pieces(album)
    review = Review(album.library)
    assert [q.host.who for q in asked(review, Kind.WHO)] == [one, other]
    assert all(q.host.count >= LARGE for q in asked(review, Kind.WHO))
    review.follow(album.library, album.library.apply(RenamePerson(one, "Anna")).changes)
    (question,) = asked(review, Kind.WHO)
    assert question.host.who == other
    assert [guest.name for guest in question.guests] == ["Anna"], "who it may be is offered"


def test_persons_of_different_names_are_not_asked_about(album: Album) -> None:
    one, other, _ = pieces(album)
    for person, name in ((one, "Anna"), (other, "Bea")):
        album.library.apply(RenamePerson(person, name))
    pairs = {(q.host.who, g.who) for q in asked(Review(album.library, bold=True), Kind.SAME) for g in q.guests}
    assert not {(one, other), (other, one)} & pairs


def test_what_is_put_off_comes_back_when_something_changes_there_or_never(album: Album) -> None:
    one, _, face = pieces(album)
    review = Review(album.library)
    question = asked(review, Kind.SAME)[0]
    review.put_off(question, for_good=False)
    guests = {guest.who for guest in question.guests}
    assert not [q for q in asked(review, Kind.SAME) if q.host.who == one and guests & {g.who for g in q.guests}]
    review.follow(album.library, album.library.apply(MoveFaces((face,), one)).changes)
    again = next(q for q in asked(review, Kind.SAME) if q.host.who == one)
    review.put_off(again, for_good=True)
    review.follow(album.library, album.library.apply(ConfirmFaces(tuple(album.people[0][:3]))).changes)
    left = {g.who for q in asked(review, Kind.SAME) if q.host.who == one for g in q.guests}
    assert not left & {g.who for g in again.guests}


def test_two_faces_of_one_photo_are_not_asked_about(library: tuple[Library, int]) -> None:
    opened, root = library
    generator = np.random.default_rng(0)
    vectors = generator.normal(size=(30, 128)).astype(np.float32)
    vectors[1] = vectors[0] + 0.3 * vectors[1]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    opened.save_scanned(root, [scanned(0, vectors[:2]), *(scanned(k, vectors[k : k + 1]) for k in range(2, 30))])
    one, other = sorted(opened.face_ids())[:2]
    assert not together_or_asked(Review(opened, bold=True), opened, [(one, other)])
    pages = {frozenset((q.host.who, g.who)) for q in asked(Review(opened, bold=True), Kind.SAME) for g in q.guests}
    assert frozenset((-one, -other)) not in pages


def test_an_ignored_face_is_asked_about_no_more_and_again_when_it_is_back(album: Album) -> None:
    _, _, face = pieces(album)
    review = Review(album.library)
    applied = album.library.apply(IgnoreFaces((face,)))
    assert review.follow(album.library, applied.changes)
    assert -face not in {g.who for q in review.questions(1000) for g in q.guests}
    undone = album.library.undo()
    assert undone is not None
    assert review.follow(album.library, undone.changes)
    assert -face in {g.who for q in review.questions(1000) for g in q.guests}


def test_a_review_says_when_it_must_look_again(album: Album) -> None:
    pieces(album)
    review = Review(album.library)
    root = album.library.add_root(album.library.path.parent)
    vector = np.eye(128, dtype=np.float32)[:1]
    assert not review.follow(album.library, album.library.save_scanned(root, [scanned(9999, vector)]))


def test_nothing_is_asked_of_an_empty_library(library: tuple[Library, int]) -> None:
    review = Review(library[0])
    assert review.question is None
    assert (review.count, review.until_sure, review.long_shots) == (0, 0, 0)


def test_the_measure_falls_to_nothing_as_answers_come_in(album: Album) -> None:
    pieces(album)
    review = Review(album.library)
    truth = {face: k for k, faces in enumerate(album.people) for face in faces}
    before = review.until_sure
    assert before > 0
    for _ in range(40):
        question = next((q for q in review.questions(100) if q.kind is not Kind.WHO), None)
        if question is None:
            break
        host = truth[question.host.faces[0]]
        marked = {k for k, guest in enumerate(question.guests) if truth[guest.faces[0]] == host}
        review.heard(question, marked)
        edit = say_yes(question, marked) if marked else say_no(question)
        assert review.follow(album.library, album.library.apply(edit).changes)
    assert review.until_sure == 0
    assert set(album.library.face_ids(person_id=album.library.persons()[0].id)) == set(album.people[0])


def test_questions_import_neither_torch_nor_qt() -> None:
    code = (
        "import sys, photoclust.workflows.questions; sys.exit(bool({'torch', 'PySide6', 'faiss', 'scipy'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
