from __future__ import annotations

import numpy as np
import pytest

from photoclust.clustering.constraints import draw_law, enforce, number_by_first_face
from photoclust.clustering.engine import NO_CONSTRAINTS, Constraints

FACES = np.eye(8, dtype=np.float32)


def pairs(*given: tuple[int, int]) -> np.ndarray:
    return np.array(given, np.int64).reshape(-1, 2)


def labels(*given: int) -> np.ndarray:
    return np.array(given, np.int64)


def test_without_decisions_groups_are_only_numbered_by_first_face() -> None:
    assert enforce(labels(7, 3, 7, 0), NO_CONSTRAINTS, FACES[:4]).tolist() == [0, 1, 0, 2]


def test_numbering_nothing_gives_nothing() -> None:
    assert number_by_first_face(np.empty(0, np.int64)).tolist() == []


def test_must_links_are_transitive() -> None:
    law = draw_law(5, Constraints(must=pairs((0, 1), (1, 4))))
    assert law.atoms[0] == law.atoms[1] == law.atoms[4]
    assert law.atoms[2] == law.atoms[3] == -1


def test_a_must_link_joins_whole_groups() -> None:
    assert enforce(labels(0, 0, 1, 1, 2), Constraints(must=pairs((0, 2))), FACES[:5]).tolist() == [0, 0, 0, 0, 1]


def test_a_must_link_between_groups_that_hold_enemies_moves_the_bound_faces_only() -> None:
    law = Constraints(must=pairs((0, 3)), cannot=pairs((1, 4)))
    kept = enforce(labels(0, 0, 0, 1, 1, 1), law, FACES[:6])
    assert kept[0] == kept[3]
    assert kept[1] != kept[4]
    assert kept[4] == kept[5]


def test_the_free_faces_of_a_split_group_go_with_the_most_similar_enemy() -> None:
    faces = np.array([[1, 0], [0, 1], [0.9, 0.4], [0.4, 0.9]], np.float32)
    kept = enforce(labels(0, 0, 0, 0), Constraints(cannot=pairs((0, 1))), faces)
    assert kept.tolist() == [0, 1, 0, 1]


def test_different_anchors_are_different_persons_and_take_their_groups_along() -> None:
    anchors = np.array([5, -1, 6, -1, 5])
    kept = enforce(labels(0, 0, 1, 1, 2), Constraints(anchors), FACES[:5])
    assert kept.tolist() == [0, 0, 1, 1, 0]


def test_anchors_win_over_cannot_links_and_cannot_links_over_must_links() -> None:
    anchors = np.array([1, 1, -1, -1])
    law = Constraints(anchors, must=pairs((2, 3)), cannot=pairs((0, 1), (2, 3)))
    kept = enforce(labels(0, 0, 1, 1), law, FACES[:4])
    assert kept[0] == kept[1]
    assert kept[2] != kept[3]


@pytest.mark.parametrize("order", [[(0, 1), (1, 2)], [(1, 2), (0, 1)]])
def test_of_must_links_that_would_join_enemies_the_first_wins(order: list[tuple[int, int]]) -> None:
    law = draw_law(3, Constraints(must=pairs(*order), cannot=pairs((0, 2))))
    a, b = order[0]
    assert law.atoms[a] == law.atoms[b]
    assert law.atoms[0] != law.atoms[2]


def test_a_must_link_never_joins_two_anchors() -> None:
    law = Constraints(np.array([0, 1, -1]), must=pairs((0, 2), (2, 1)))
    kept = enforce(labels(0, 0, 0), law, FACES[:3])
    assert kept[0] == kept[2] != kept[1]
