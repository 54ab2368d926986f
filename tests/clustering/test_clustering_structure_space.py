"""The structure space of Ada-NETS, by hand and against slow sets."""

from __future__ import annotations

import numpy as np
import pytest

from photoclust.clustering.engine import Embeddings, Ints
from photoclust.clustering.graph import Neighbours, nearest_neighbours
from photoclust.clustering.structure_space import Candidates, expanded_sets, jaccard, reciprocal_sets, structure_space
from photoclust.core.errors import Cancelled
from photoclust.core.progress import Silent


def unit(vectors: np.ndarray) -> Embeddings:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def random_faces(n: int, d: int = 6, seed: int = 0) -> Embeddings:
    return unit(np.random.default_rng(seed).normal(size=(n, d)))


def rows_of(matrix: object) -> list[set[int]]:
    return [set(np.flatnonzero(row).tolist()) for row in matrix.toarray()]  # type: ignore[attr-defined]


def slow_reciprocal(nearest: Ints, k: int) -> list[set[int]]:
    """Eq. 12 word by word, with the face itself."""
    near = [set(row[:k].tolist()) for row in nearest]
    return [{r for r in near[v] if v in near[r]} | {v} for v in range(len(nearest))]


def slow_expanded(nearest: Ints, k: int) -> list[set[int]]:
    """Eq. 11 word by word."""
    whole, half = slow_reciprocal(nearest, k), slow_reciprocal(nearest, k // 2)
    result = []
    for v in range(len(nearest)):
        grown = set(whole[v])
        for r in whole[v]:
            if len(whole[v] & half[r]) >= 2 / 3 * len(half[r]) - 1e-9:
                grown |= half[r]
        result.append(grown)
    return result


def test_only_who_has_each_other_among_the_nearest_is_reciprocal() -> None:
    nearest = np.array([[1, 2], [0, 2], [3, 0], [2, 1]])
    assert rows_of(reciprocal_sets(nearest, 1)) == [{0, 1}, {0, 1}, {2, 3}, {2, 3}]
    assert rows_of(reciprocal_sets(nearest, 2)) == [{0, 1, 2}, {0, 1}, {0, 2, 3}, {2, 3}]


def test_a_set_takes_in_the_small_set_that_has_two_thirds_of_it_inside() -> None:
    """With k = 4 (half: 2), 0 knows 1 and 2 both ways; the set of 1 at half is {0, 1, 5}: two of three inside, so 5 comes in.

    Of the set of 2 at half, {2, 3, 4}, only 2 is inside: it stays out.
    """
    nearest = np.array([
        [1, 6, 2, 7],
        [5, 0, 6, 7],
        [3, 4, 0, 6],
        [2, 4, 5, 6],
        [2, 3, 6, 7],
        [1, 7, 6, 3],
        [7, 3, 4, 5],
        [6, 3, 4, 5],
    ])  # fmt: skip
    assert rows_of(reciprocal_sets(nearest, 4))[0] == {0, 1, 2}
    assert rows_of(reciprocal_sets(nearest, 2))[1] == {0, 1, 5}
    assert rows_of(reciprocal_sets(nearest, 2))[2] == {2, 3, 4}
    assert rows_of(expanded_sets(nearest, 4))[0] == {0, 1, 2, 5}


@pytest.mark.parametrize("k", [1, 2, 5, 12])
def test_sets_agree_with_the_equations_word_by_word(k: int) -> None:
    nearest = nearest_neighbours(random_faces(40), 12).indices
    assert rows_of(reciprocal_sets(nearest, k)) == slow_reciprocal(nearest, k)
    assert rows_of(expanded_sets(nearest, k)) == slow_expanded(nearest, k)


def test_jaccard_is_what_is_shared_of_what_either_has() -> None:
    nearest = nearest_neighbours(random_faces(40), 12).indices
    sets = slow_expanded(nearest, 8)
    found = jaccard(expanded_sets(nearest, 8), 10, nearest[10:30])
    for row, v in enumerate(range(10, 30)):
        for column, r in enumerate(nearest[v].tolist()):
            assert found[row, column] == pytest.approx(len(sets[v] & sets[r]) / len(sets[v] | sets[r]))


def test_kappa_mixes_both_and_orders_the_candidates() -> None:
    neighbours = nearest_neighbours(random_faces(50), 10)
    found = structure_space(neighbours, 6, 0.25)
    assert (np.diff(found.similarities, axis=1) <= 0).all()
    assert (found.similarities != found.cosines).any()
    for v in range(50):
        assert sorted(found.indices[v]) == sorted(neighbours.indices[v])
        cosines = dict(zip(neighbours.indices[v].tolist(), neighbours.similarities[v].tolist(), strict=True))
        assert [cosines[r] for r in found.indices[v].tolist()] == pytest.approx(found.cosines[v].tolist())
    plain = jaccard(expanded_sets(neighbours.indices, 6), 0, found.indices)
    np.testing.assert_allclose(found.similarities, 0.75 * plain + 0.25 * found.cosines, atol=1e-6)


def test_with_the_cosine_alone_the_order_stays() -> None:
    neighbours = nearest_neighbours(random_faces(30), 8)
    found = structure_space(neighbours, 6, 1.0)
    np.testing.assert_array_equal(found.indices, neighbours.indices)
    np.testing.assert_array_equal(found.similarities, neighbours.similarities)
    assert found.k == Candidates.by_cosine(neighbours).k == 8


def test_friends_of_friends_come_before_a_stranger_who_is_as_near() -> None:
    """Faces 0–4 are one person in a row; face 5 is a look-alike of 0 whose own company is 6–9."""
    angles = np.array([0.0, 0.30, 0.35, 0.40, 0.45, -0.29, -0.55, -0.56, -0.57, -0.58])
    faces = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    neighbours = nearest_neighbours(faces, 4)
    assert neighbours.indices[0, 0] == 5
    found = structure_space(neighbours, 4, 0.5)
    assert found.indices[0, 0] != 5


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_few_faces_have_few_candidates(n: int) -> None:
    found = structure_space(nearest_neighbours(random_faces(n), 80), 40, 0.5)
    assert found.indices.shape == found.similarities.shape == found.cosines.shape == (n, max(0, n - 1))


def test_two_faces_that_have_only_each_other_share_everything() -> None:
    found = structure_space(Neighbours(np.array([[1], [0]]), np.array([[0.2], [0.2]], np.float32)), 1, 0.5)
    np.testing.assert_allclose(found.similarities, [[0.6], [0.6]])


def test_comparing_can_be_stopped() -> None:
    class Stop(Silent):
        def checkpoint(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        structure_space(nearest_neighbours(random_faces(9), 4), 4, 0.5, Stop())
