"""Albums in which the same few persons share most photos."""

from __future__ import annotations

import numpy as np
import pytest

from photoclust.clustering.engine import Embeddings, Ints
from photoclust.clustering.measures import measure
from photoclust.clustering.seats import find_regulars, take_seats
from photoclust.core.errors import Cancelled
from photoclust.core.progress import Silent


def band(persons: int = 5, photos: int = 60, present: float = 0.9, seed: int = 0) -> tuple[Embeddings, Ints, Ints]:
    """Look-alikes who are in most photos: faces, who they are, and which photo each is from."""
    generator = np.random.default_rng(seed)
    truth, photo = np.nonzero(generator.random((persons, photos)) < present)
    middles = generator.normal(size=(persons, 128))
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    noise = generator.normal(size=(len(truth), 128))
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    faces = 0.5 * middles[0] + 0.4 * middles[truth] + 0.75 * noise
    return (faces / np.linalg.norm(faces, axis=1, keepdims=True)).astype(np.float32), truth, photo


def with_hard_faces(truth: Ints, every: int = 6) -> Ints:
    """Labels in which some faces of everybody are one group of their own."""
    labels = truth.copy()
    labels[::every] = truth.max() + 1
    return labels


def test_faces_that_are_only_seen_where_somebody_is_missing_are_no_further_person() -> None:
    _, truth, photo = band(photos=120)
    labels = with_hard_faces(truth, 11)
    at_once = np.unique(photo[labels == 5], return_counts=True)[1]
    assert at_once.max() > 1, "the test needs photos in which several are missing"
    assert len(at_once) < 120, "and some in which nobody's face is hard"
    np.testing.assert_array_equal(find_regulars(labels, photo), np.arange(5))


def test_who_comes_while_all_are_there_is_somebody() -> None:
    _, truth, photo = band()
    guests = np.arange(0, 60, 3)
    labels, photo = np.concatenate([truth, np.full(20, 5)]), np.concatenate([photo, guests])
    assert len(find_regulars(labels, photo)) == 0


def test_where_everybody_is_seen_alone_there_are_no_regulars() -> None:
    truth = np.repeat(np.arange(6), 30)
    assert len(find_regulars(truth, np.arange(180))) == 0
    assert len(find_regulars(np.empty(0, np.int64), np.empty(0, np.int64))) == 0


def test_few_photos_prove_nothing() -> None:
    _, truth, photo = band(photos=12)
    assert len(find_regulars(with_hard_faces(truth, 15), photo)) == 0


def test_the_faces_of_a_photo_find_their_seats_together() -> None:
    faces, truth, photo = band()
    labels = with_hard_faces(truth)
    seated = take_seats(faces, labels, photo, np.arange(5))
    assert measure(truth, seated).bcubed_f > 0.97 > measure(truth, labels).bcubed_f
    keys = seated * 1000 + photo
    assert len(np.unique(keys)) == len(keys), "nobody sits twice in one photo"


def test_who_finds_no_seat_is_alone() -> None:
    faces, truth, photo = band(present=1.0)
    faces, labels = np.concatenate([faces, faces[:1]]), np.append(truth, 5)
    seated = take_seats(faces, labels, np.append(photo, photo[0]), np.arange(5))
    own = seated[[0, -1]]
    assert own[0] != own[1]
    assert (np.bincount(seated)[own] == 1).any()
    np.testing.assert_array_equal(seated[1:-1], truth[1:])


def test_a_seating_can_be_cancelled() -> None:
    class Stop(Silent):
        def checkpoint(self) -> None:
            raise Cancelled

    faces, truth, photo = band()
    with pytest.raises(Cancelled):
        take_seats(faces, truth, photo, np.arange(5), Stop())
