"""The second look: whole groups compared."""

from __future__ import annotations

import numpy as np
import pytest

from photoclust.clustering.engine import SILENT
from photoclust.clustering.impostors import Impostors
from photoclust.clustering.measures import measure
from photoclust.clustering.pieces import _candidates, _nearest, _nearest_of, _rivals, cast_out, describe, whole_persons

D = 64
STRANGERS = Impostors(0.0, 1 / np.sqrt(D))
NOBODY = np.empty((0, 2), np.int64)


def persons(sizes: list[int], spread: float = 1.0, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    centres = unit(generator.normal(size=(len(sizes), D)))
    truth = np.repeat(np.arange(len(sizes)), sizes)
    return unit(centres[truth] + spread * unit(generator.normal(size=(len(truth), D)))), truth


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def cut(truth: np.ndarray, into: int) -> np.ndarray:
    """Every person in so many pieces."""
    return truth * into + np.arange(len(truth)) % into


def test_the_agreement_of_a_group_is_the_mean_cosine_of_two_members() -> None:
    faces, truth = persons([7, 4, 1])
    found = describe(faces, truth, Impostors(0.1, 0.1))
    one = faces[truth == 0] @ faces[truth == 0].T
    assert found.agreement[0] == pytest.approx(one[np.triu_indices(7, 1)].mean() - 0.1, abs=1e-5)
    assert found.agreement[2] == 0
    assert found.sizes.tolist() == [7, 4, 1]


def test_the_pieces_of_persons_are_joined_and_persons_are_not() -> None:
    faces, truth = persons([120, 90, 60])
    joined = whole_persons(faces, cut(truth, 6), STRANGERS, NOBODY)
    assert measure(truth, joined).bcubed_f == pytest.approx(1.0)


def test_relatives_as_alike_as_they_come_stay_two() -> None:
    generator = np.random.default_rng(1)
    centres = unit(generator.normal(size=(2, D)))
    centres[1] = unit((centres[0] + 1.6 * centres[1])[None])[0]  # alike by a half
    truth = np.repeat([0, 1], 10)
    faces = unit(centres[truth] + unit(generator.normal(size=(20, D))))
    assert len(np.unique(whole_persons(faces, truth, STRANGERS, NOBODY))) == 2


def test_pieces_that_were_often_in_one_photo_stay_apart() -> None:
    faces, _ = persons([80])
    labels = np.repeat([0, 1], 40)
    often = np.stack([np.arange(10), 40 + np.arange(10)], axis=1)
    assert len(np.unique(whole_persons(faces, labels, STRANGERS, often))) == 2
    once = often[:1]  # a mirror
    assert len(np.unique(whole_persons(faces, labels, STRANGERS, once))) == 1


def test_a_few_faces_are_taken_in_by_the_crowd_that_they_fit_and_a_stranger_is_not() -> None:
    faces, truth = persons([100, 100, 3, 1])
    labels = truth.copy()
    labels[:2], labels[2] = 7, 8  # a pair and a single of the first person
    found = whole_persons(faces, labels, STRANGERS, NOBODY)
    assert len(set(found[truth == 0].tolist())) == 1
    assert len(np.unique(found)) == 4
    held_back = whole_persons(faces, labels, STRANGERS, np.array([[2, 50]]))
    assert held_back[2] != held_back[50], "it was in one photo with somebody there"


def test_a_stranger_among_faces_that_agree_is_cast_out() -> None:
    faces, truth = persons([20, 20, 1], spread=0.3)
    faces[-1] = unit(faces[:1] + 2 * unit(np.random.default_rng(5).normal(size=(1, D))))[0]  # rather alike
    labels = np.where(truth == 2, 0, truth)
    found = cast_out(faces, labels, STRANGERS)
    assert found[-1] not in found[:-1]
    assert measure(truth, found).bcubed_f == pytest.approx(1.0)


def test_an_odd_photo_stays_where_the_photos_of_a_person_differ() -> None:
    generator = np.random.default_rng(2)
    centre = unit(generator.normal(size=(1, D)))
    noise = unit(generator.normal(size=(40, D))) * generator.uniform(0.3, 2.0, (40, 1))
    labels = np.zeros(40, np.int64)
    assert len(np.unique(cast_out(unit(centre + noise), labels, STRANGERS))) == 1


def test_a_heap_of_strangers_is_no_person() -> None:
    faces, truth = persons([20, 20, 1, 1, 1, 1, 1])
    labels = np.minimum(truth, 2)
    assert measure(truth, cast_out(faces, labels, STRANGERS)).bcubed_f == pytest.approx(1.0)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_hardly_any_faces_have_no_second_look(n: int) -> None:
    faces = unit(np.ones((n, D)))
    labels = np.arange(n)
    assert whole_persons(faces, labels, STRANGERS, NOBODY).tolist() == labels.tolist()
    assert cast_out(faces, labels, STRANGERS).tolist() == labels.tolist()


def test_among_many_groups_the_most_alike_is_found_by_search_as_by_comparing_all() -> None:
    generator = np.random.default_rng(2)
    persons = generator.normal(size=(60, 32))[np.arange(120) % 60]  # two pieces of each
    labels = np.repeat(np.arange(120), generator.integers(5, 40, 120))
    vectors = persons[labels] + 0.9 * generator.normal(size=(len(labels), 32))
    faces = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    strangers = Impostors(0.0, 0.18)
    groups = describe(faces, labels, strangers)
    one, other = np.flatnonzero(labels == 3), np.flatnonzero(labels == 63)
    apart = np.stack([np.repeat(one, len(other)), np.tile(other, len(one))], axis=1)
    rivals = _rivals(labels, apart, 120)
    whole = _nearest(groups, np.arange(120), rivals, strangers, SILENT)
    found = _nearest_of(_candidates(groups, np.arange(120), strangers, SILENT), groups, rivals, strangers)
    assert found.tolist() == whole.tolist()
    assert (whole >= 0).sum() > 100, "the test needs pieces that are alike"
    assert whole[3] != 63
