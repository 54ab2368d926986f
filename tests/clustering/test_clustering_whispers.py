"""Chinese whispers at the speed of arrays."""

from __future__ import annotations

import numpy as np
import pytest

from photoclust.clustering.engine import Ints
from photoclust.clustering.whispers import pairs_within, whisper
from photoclust.core.errors import Cancelled
from photoclust.core.progress import Silent


def one_after_another(n: int, pairs: Ints, weights: np.ndarray, rounds: int, seed: int) -> Ints:
    """The same in a plain loop over faces, as slow as it is plain."""
    links: list[list[tuple[int, float]]] = [[] for _ in range(n)]
    for (a, b), weight in zip(pairs.tolist(), weights.tolist(), strict=True):
        links[a].append((b, weight))
        links[b].append((a, weight))
    labels, unused = list(range(n)), n
    generator = np.random.default_rng(seed)
    for _ in range(rounds):
        for face in generator.permutation(n).tolist():
            said: dict[int, float] = {}
            for other, weight in links[face]:
                said[labels[other]] = said.get(labels[other], 0.0) + weight
            if not said:
                continue
            loudest = max(said, key=lambda label: (said[label], -label))
            own = said.get(labels[face], 0.0)
            if said[loudest] > max(own, 0.0) + 1e-9:
                labels[face] = loudest
            elif own < 0:
                labels[face], unused = unused, unused + 1
    return np.array(labels)


def some_links(n: int, persons: int, seed: int) -> tuple[Ints, np.ndarray]:
    """Six links a face, four of them within its person and loud; some speak against."""
    generator = np.random.default_rng(seed)
    truth = np.arange(n) % persons
    inside = truth + persons * generator.integers(0, n // persons, (4, n))
    pairs = np.stack([np.tile(np.arange(n), 6), np.concatenate([*inside, *generator.integers(0, n, (2, n))])], axis=1)
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    same = truth[pairs[:, 0]] == truth[pairs[:, 1]]
    # eighths add up to the same in any order
    return pairs, np.where(same, 2.0, -0.5) + generator.integers(-8, 8, len(pairs)) / 8


@pytest.mark.parametrize("seed", range(8))
def test_in_a_small_album_faces_listen_exactly_one_after_another(seed: int) -> None:
    pairs, weights = some_links(240, 12, seed)
    found = whisper(240, pairs, weights, rounds=20, seed=seed)
    assert found.tolist() == one_after_another(240, pairs, weights, 20, seed).tolist()


def test_in_a_large_one_many_at_a_time_find_the_same_persons() -> None:
    pairs, weights = some_links(6000, 200, 0)
    found = whisper(6000, pairs, weights, rounds=20, seed=0)
    wanted = one_after_another(6000, pairs, weights, 20, 0)
    truth = np.arange(6000) % 200

    def whole(labels: Ints) -> int:
        return sum(len(np.unique(labels[truth == person])) == 1 for person in range(200))

    assert whole(wanted) > 170, "the test needs persons that can be found"
    assert whole(found) >= whole(wanted) - 6


def test_whispers_stop_when_asked() -> None:
    class Stop(Silent):
        def checkpoint(self) -> None:
            raise Cancelled

    pairs, weights = some_links(600, 20, 0)
    with pytest.raises(Cancelled):
        whisper(600, pairs, weights, rounds=20, seed=0, progress=Stop())


def test_all_pairs_of_equal_numbers_are_found_once() -> None:
    groups = np.array([3, 1, 3, 2, 3, 1])
    pairs = pairs_within(groups)
    assert {tuple(pair) for pair in pairs.tolist()} == {(0, 2), (0, 4), (2, 4), (1, 5)}
    assert pairs_within(np.arange(4)).shape == (0, 2)
