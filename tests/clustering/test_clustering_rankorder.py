from __future__ import annotations

import numpy as np

from photoclust.clustering.engine import SILENT
from photoclust.clustering.graph import nearest_neighbours
from photoclust.clustering.rankorder import RankOrder, rank_distances


def some_faces(n: int, seed: int) -> np.ndarray:
    faces = np.random.default_rng(seed).normal(size=(n, 6)).astype(np.float32)
    return faces / np.linalg.norm(faces, axis=1, keepdims=True)


def by_the_book(knn: np.ndarray, a: int, b: int) -> float:
    """Equations 3 and 4 of Otto et al., read literally; a face is rank 0 of its own list."""
    k = knn.shape[1]
    lists = [[face, *near] for face, near in enumerate(knn.tolist())]

    def rank(of: int, whose: int) -> int:
        return lists[whose].index(of) if of in lists[whose] else k + 1

    def one_way(one: int, other: int) -> int:
        return sum(rank(lists[one][i], other) > k for i in range(min(rank(other, one), k) + 1))

    return (one_way(a, b) + one_way(b, a)) / min(rank(b, a), rank(a, b), k)


def test_distances_are_those_of_the_paper() -> None:
    neighbours = nearest_neighbours(some_faces(30, 1), 7)
    found = rank_distances(neighbours, SILENT)
    for a in range(30):
        for column, b in enumerate(neighbours.indices[a].tolist()):
            assert found[a, column] == by_the_book(neighbours.indices, a, b), (a, b)


def test_two_that_share_all_neighbours_are_at_no_distance() -> None:
    faces = np.repeat(some_faces(2, 3), 4, axis=0)
    assert (rank_distances(nearest_neighbours(faces, 3), SILENT) == 0).all()


def test_the_threshold_decides_which_links_are_followed() -> None:
    faces = some_faces(60, 5)
    groups = [RankOrder(distance=distance, k=4).fit_predict(faces).labels.max() + 1 for distance in (0.0, 0.5, 1e9)]
    assert groups[0] == 60
    assert 60 > groups[1] > groups[2] == 1
