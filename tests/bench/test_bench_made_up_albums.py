from __future__ import annotations

import numpy as np
import pytest

from photoclust.bench.made_up_albums import KINDS, make_album
from photoclust.clustering.learning import Labelled


def labelled(persons: int, seen: list[int], seed: int = 0, spread: float = 0.6) -> Labelled:
    generator = np.random.default_rng(seed)
    y = np.repeat(np.arange(persons), (seen * persons)[:persons])
    X = generator.normal(size=(persons, 32))[y] + spread * generator.normal(size=(len(y), 32))
    return Labelled("set", (X / np.linalg.norm(X, axis=1, keepdims=True)).astype(np.float32), y)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("persons", [4, 40])
def test_an_album_of_each_kind_has_unit_faces_of_at_least_three_persons(kind: str, persons: int) -> None:
    sets = [labelled(persons, [12, 9, 8, 11, 2, 1]), labelled(30, [9, 2, 1], seed=1)]
    for seed in range(5):
        faces, names = make_album(sets, 0, kind, np.random.default_rng(seed))
        assert faces.dtype == np.float32
        assert len(faces) == len(names)
        assert len(np.unique(names)) >= 3
        np.testing.assert_allclose(np.linalg.norm(faces, axis=1), 1, atol=1e-5)


def test_most_persons_of_an_album_of_strangers_are_seen_once() -> None:
    sets = [labelled(400, [9, 3, 1, 1, 1])]
    for seed in range(10):
        _, names = make_album(sets, 0, "strangers", np.random.default_rng(seed))
        counts = np.unique(names, return_counts=True)[1]
        assert 0.5 <= np.mean(counts == 1) <= 0.92
        assert len(names) <= 420


def test_a_set_of_few_persons_borrows_its_strangers_and_calls_them_otherwise() -> None:
    few, many = labelled(4, [12]), labelled(100, [9, 1], seed=1)
    faces, names = make_album([few, many], 0, "strangers", np.random.default_rng(2))
    own = np.isin(names, few.persons)
    assert (faces[own][:, None] == few.embeddings).all(-1).any(1).all()
    assert (faces[~own][:, None] == many.embeddings).all(-1).any(1).all()
    assert len(np.unique(names)) - len(np.unique(names[own])) >= 4


def test_changed_faces_differ_as_those_of_the_set_do_and_are_of_the_other_sets_persons() -> None:
    donors, tight = labelled(30, [12], spread=0.9), labelled(30, [12], seed=1, spread=0.1)
    faces, names = make_album([donors, tight], 0, "changed", np.random.default_rng(0))

    def within(X: np.ndarray, y: np.ndarray) -> float:
        several = [X[y == person] for person in np.unique(y) if np.sum(y == person) > 3]
        return float(np.mean([np.triu(own @ own.T, 1).sum() / (len(own) * (len(own) - 1) / 2) for own in several]))

    assert abs(within(faces, names) - within(donors.embeddings, donors.persons)) < 0.08
    assert within(tight.embeddings, tight.persons) > within(donors.embeddings, donors.persons) + 0.3
    centres = np.stack([tight.embeddings[tight.persons == person].mean(0) for person in range(30)])
    person = np.unique(names)[0]
    assert (faces[names == person].mean(0) @ centres.T).argmax() == person


def test_one_person_of_an_album_with_a_hub_is_met_more_often_than_a_list_of_neighbours_is_long() -> None:
    sets = [labelled(40, [12, 9, 2, 1])]
    for seed in range(5):
        _, names = make_album(sets, 0, "hub", np.random.default_rng(seed))
        counts = np.sort(np.unique(names, return_counts=True)[1])
        assert 150 <= counts[-1] <= 1500
        assert counts[-2] <= 12
