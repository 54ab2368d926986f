"""Nobody is asked about strangers, whatever makes them such, and everybody else still is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from photoclust.bench.in_library import empty_library, scanned
from photoclust.core.edits import Regroup, SetStrangers
from photoclust.library.library import Library
from photoclust.workflows.questions import Kind, Question, Review


@pytest.fixture
def library() -> Iterator[Library]:
    """Somebody in pieces of 9 and 6 faces and one alone, thirty others of three; the person of 9 has id 1, of 6 id 2."""
    generator = np.random.default_rng(4)
    with empty_library() as (library, root):
        groups, number = [], 0
        for size in (16, *[3] * 30):
            middle = generator.normal(size=128) / np.sqrt(128)
            vectors = middle + 0.5 * generator.normal(size=(size, 128)) / np.sqrt(128)
            vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
            library.save_scanned(root, [scanned(number + k, vectors[k : k + 1]) for k in range(size)])
            groups.append(tuple(range(number + 1, number + size + 1)))
            number += size
        first = groups.pop(0)
        library.apply(Regroup((first[:9], first[9:15], *groups), (None,) * (2 + len(groups))))
        yield library


def about(questions: list[Question]) -> set[int]:
    """Everybody whom questions show."""
    return {side.who for q in questions for side in (q.host, *q.guests)}


def test_nobody_is_asked_about_strangers_neither_as_host_nor_as_guest(library: Library) -> None:
    review = Review(library, bold=True)
    assert {1, 2, -16} <= about(review.questions(1000))
    assert any(q.kind is Kind.WHO and q.host.who == 2 for q in review.questions(1000))
    applied = library.apply(SetStrangers(tuple(library.face_ids(person_id=2)), True))
    for now in (review, Review(library, bold=True)):
        assert now is not review or review.follow(library, applied.changes)
        assert 2 not in about(now.questions(1000))
        assert {1, -16} <= about(now.questions(1000))


def test_a_strangers_face_that_is_nobodys_is_no_guest(library: Library) -> None:
    review = Review(library)
    applied = library.apply(SetStrangers((16,), True))
    assert review.follow(library, applied.changes)
    assert -16 not in about(review.questions(1000))
    assert {1, 2} <= about(review.questions(1000))


def test_undo_and_keeping_in_view_have_them_asked_about_again(library: Library) -> None:
    faces = tuple(library.face_ids(person_id=2))
    library.apply(SetStrangers(faces, True))
    review = Review(library)
    assert 2 not in about(review.questions(1000))
    undone = library.undo()
    assert undone is not None
    assert review.follow(library, undone.changes)
    assert 2 in about(review.questions(1000))
    library.apply(SetStrangers(faces, True))
    assert review.follow(library, library.apply(SetStrangers(faces, False)).changes)
    assert 2 in about(review.questions(1000))
