"""A few faces of two persons divide the rest; links are law, shared photos are evidence."""

from __future__ import annotations

import numpy as np
import pytest

from photoclust.clustering.engine import Embeddings, Ints
from photoclust.clustering.seeded import divide

ROWS = np.arange(40)
FIRST, SECOND = ROWS[:25], ROWS[25:]


def rows(*numbers: int) -> Ints:
    return np.array(numbers, np.int64)


@pytest.fixture
def two() -> Embeddings:
    """Two look-alikes of 25 and 15 faces: cosines of about .5 within and .25 across."""
    generator = np.random.default_rng(3)
    family = generator.normal(size=128)
    middles = [family + generator.normal(size=128) for _ in range(2)]
    sizes = zip(middles, (25, 15), strict=True)
    vectors = np.concatenate([middle + generator.normal(scale=1.4, size=(n, 128)) for middle, n in sizes])
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("first", [(), (0,), (0, 1, 2)])
def test_three_faces_of_one_divide_the_group_whatever_is_said_of_the_other(two: Embeddings, first: tuple[int, ...]) -> None:
    odds = divide(two, rows(*first), rows(25, 26, 27))
    right = np.concatenate([odds[:25] > 0, odds[25:] < 0])
    assert right.mean() >= 0.95
    assert np.abs(odds[~right]).max(initial=0) < np.median(np.abs(odds[right])), "what is wrong is less sure"


def test_seeds_stay_where_they_are_put_even_against_their_looks(two: Embeddings) -> None:
    odds = divide(two, rows(0, 1, 30), rows(25, 26, 5))
    assert (odds[[0, 1, 30]] > 0).all()
    assert (odds[[25, 26, 5]] < 0).all()


def test_two_that_were_joined_by_hand_pull_at_each_other(two: Embeddings) -> None:
    plain = divide(two, rows(0), rows(25))
    joined = divide(two, rows(0), rows(25), must=np.array([[0, 9]]))
    assert joined[9] > plain[9] > 0
    mistaken = divide(two, rows(0), rows(25), must=np.array([[25, 7]]))
    assert 0 < mistaken[7] < plain[7], "but the joining may be the very mistake: looks can outweigh it"
    assert (mistaken[:25] > 0).mean() >= 0.95


def test_a_cannot_link_moves_the_less_sure_of_two(two: Embeddings) -> None:
    plain = divide(two, rows(0), rows(25))
    weaker, surer = sorted((3, 4), key=lambda row: plain[row])
    odds = divide(two, rows(0), rows(25), cannot=np.array([[3, 4]]))
    assert odds[weaker] < 0 < odds[surer]


def test_of_two_faces_in_a_photo_that_look_alike_the_stronger_one_pushes_the_other_away(two: Embeddings) -> None:
    vectors = two.copy()
    middle = two[FIRST].mean(0) / np.linalg.norm(two[FIRST].mean(0)) + two[SECOND].mean(0) / np.linalg.norm(two[SECOND].mean(0))
    vectors[39] = middle / np.linalg.norm(middle)  # could be either
    seeds = (rows(0, 1), rows(25, 26))
    alone = divide(vectors, *seeds)[39]
    beside_first = divide(vectors, *seeds, apart=np.array([[39, 7]]))[39]
    beside_second = divide(vectors, *seeds, apart=np.array([[30, 39]]))[39]
    assert beside_first < alone < beside_second
    assert beside_first < 0 < beside_second
    mirrored = divide(vectors, *seeds, apart=np.array([[3, 7]]))
    assert mirrored[3] > 0, "evidence, not law: a clear face stays although it is there twice"


def test_rows_in_another_order_are_divided_the_same(two: Embeddings) -> None:
    order = np.random.default_rng(0).permutation(len(two))
    at = np.argsort(order)
    plain = divide(two, rows(0), rows(25), apart=np.array([[3, 30]]))
    turned = divide(two[order], at[[0]], at[[25]], apart=at[np.array([[3, 30]])])
    assert np.allclose(turned[at], plain, atol=1e-6)
