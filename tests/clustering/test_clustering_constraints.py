from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoclust.clustering.constraints import Refused, draw_law, enforce, number_by_first_face
from photoclust.clustering.engine import NO_CONSTRAINTS, Constraints

FACES = np.eye(8, dtype=np.float32)
D = 64


def persons(sizes: list[int], noise: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors of persons with so many faces, and who is who."""
    generator = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    vectors = generator.normal(size=(len(sizes), D))[truth] + noise * generator.normal(size=(len(truth), D))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), truth


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


def test_a_must_link_joins_whole_groups_of_one_person() -> None:
    faces, _ = persons([8, 8], noise=0.7)
    kept = enforce(labels(*[0] * 4, *[1] * 4, *[2] * 8), Constraints(must=pairs((0, 4))), faces)
    assert kept.tolist() == [0] * 8 + [1] * 8


def test_a_must_link_to_a_stray_takes_it_home_and_nobody_else() -> None:
    faces, _ = persons([9, 8], noise=0.7)
    found = labels(*[0] * 8, *[1] * 9)  # face 8 is of the first person and stands with the second
    assert enforce(found, Constraints(must=pairs((8, 2))), faces).tolist() == [0] * 9 + [1] * 8


def test_of_two_faces_told_apart_the_stray_leaves_alone() -> None:
    faces, _ = persons([20, 1], noise=1.0)
    for link in ((3, 20), (20, 3)):
        kept = enforce(labels(*[0] * 21), Constraints(cannot=pairs(link)), faces)
        assert kept.tolist() == [0] * 20 + [1]


def test_who_is_clearly_nearer_to_the_one_who_leaves_goes_along() -> None:
    faces, truth = persons([20, 6, *[1] * 60], noise=0.4)
    together = np.maximum(truth - 1, 0)
    assert enforce(together, Constraints(cannot=pairs((3, 22))), faces).tolist() == truth.tolist()


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


def test_a_must_chain_that_hits_a_cannot_link_is_told_and_the_later_decision_stands() -> None:
    links = {"must": pairs((0, 1), (1, 2)), "cannot": pairs((0, 2))}
    told_apart_last = draw_law(3, Constraints(**links, when=np.array([1, 2, 3])))
    assert told_apart_last.refused == (Refused(0, 1, must=True),), "the oldest link of the chain gives way"
    assert told_apart_last.atoms[1] == told_apart_last.atoms[2] != told_apart_last.atoms[0]
    bound_last = draw_law(3, Constraints(**links, when=np.array([2, 3, 1])))
    assert bound_last.refused == (Refused(0, 2, must=False),)
    assert len(set(bound_last.atoms.tolist())) == 1


def test_links_that_agree_are_all_kept() -> None:
    law = draw_law(5, Constraints(must=pairs((0, 1), (1, 2), (0, 2)), cannot=pairs((0, 3), (2, 3), (4, 3))))
    assert law.refused == ()


def test_links_against_anchors_are_told() -> None:
    law = draw_law(4, Constraints(np.array([7, 7, 8, -1]), must=pairs((1, 2)), cannot=pairs((0, 1))))
    assert set(law.refused) == {Refused(1, 2, must=True), Refused(0, 1, must=False)}


def test_times_that_do_not_belong_to_the_links_are_a_bug() -> None:
    with pytest.raises(ValueError, match="2 times for 1 links"):
        draw_law(3, Constraints(must=pairs((0, 1)), when=np.array([1, 2])))


_N = 16
_rows = st.integers(0, _N - 1)
_pairs = st.lists(st.tuples(_rows, _rows), max_size=14)
_groups = st.lists(st.integers(0, 4), min_size=_N, max_size=_N)


@st.composite
def _decisions(draw: st.DrawFn) -> Constraints:
    anchors = draw(st.lists(st.integers(-1, 3), min_size=_N, max_size=_N) | st.just([-1] * _N))
    must, cannot = pairs(*draw(_pairs)), pairs(*draw(_pairs))
    when = np.array(draw(st.permutations(range(len(must) + len(cannot)))), np.int64)
    return Constraints(np.array(anchors), must, cannot, when if draw(st.booleans()) else np.empty(0, np.int64))


@settings(max_examples=300, deadline=None)
@given(found=_groups, law=_decisions(), noise=st.sampled_from([0.3, 1.0, 2.0]))
def test_every_decision_that_is_not_refused_holds(found: list[int], law: Constraints, noise: float) -> None:
    faces, _ = persons([4] * 4, noise)
    kept = enforce(np.array(found), law, faces)
    refused = set(draw_law(_N, law).refused)
    for a, b in law.must.tolist():
        assert a == b or (kept[a] == kept[b]) != (Refused(a, b, must=True) in refused)
    for a, b in law.cannot.tolist():
        assert a == b or (kept[a] != kept[b]) != (Refused(a, b, must=False) in refused)
    for a in range(_N):
        for b in range(a):
            if min(law.anchors[a], law.anchors[b]) >= 0:
                assert (kept[a] == kept[b]) == (law.anchors[a] == law.anchors[b])


@settings(max_examples=100, deadline=None)
@given(found=_groups, law=_decisions())
def test_what_is_decided_already_changes_nothing(found: list[int], law: Constraints) -> None:
    faces, _ = persons([4] * 4, 1.0)
    kept = enforce(np.array(found), law, faces)
    assert enforce(kept, law, faces).tolist() == kept.tolist()


@settings(max_examples=100, deadline=None)
@given(links=st.lists(st.tuples(_rows, _rows, st.booleans()), min_size=1, max_size=20))
def test_the_last_decision_is_never_refused(links: list[tuple[int, int, bool]]) -> None:
    must = [(k, a, b) for k, (a, b, bound) in enumerate(links) if bound]
    cannot = [(k, a, b) for k, (a, b, bound) in enumerate(links) if not bound]
    when = np.array([k for k, *_ in (*must, *cannot)])
    law = draw_law(_N, Constraints(must=pairs(*(p[1:] for p in must)), cannot=pairs(*(p[1:] for p in cannot)), when=when))
    last = Refused(*links[-1])
    assert last not in law.refused or links[-1] in links[:-1]


@settings(max_examples=100, deadline=None)
@given(found=_groups, truth=_groups, data=st.data())
def test_right_links_alone_touch_only_groups_that_break_them(found: list[int], truth: list[int], data: st.DataObject) -> None:
    faces, _ = persons([4] * 4, 1.0)
    linked = data.draw(_pairs)
    must = [(a, b) for a, b in linked if truth[a] == truth[b]]
    cannot = [(a, b) for a, b in linked if truth[a] != truth[b]]
    law = Constraints(must=pairs(*must), cannot=pairs(*cannot))
    assert draw_law(_N, law).refused == ()
    kept = enforce(np.array(found), law, faces)
    broken = {found[face] for a, b in must if found[a] != found[b] for face in (a, b)}
    broken |= {found[a] for a, b in cannot if found[a] == found[b]}
    spoken = {face for pair in linked for face in pair}
    for group in set(found) - broken:
        rows = [k for k in range(_N) if found[k] == group]
        whole = len(set(kept[rows].tolist())) == 1
        assert whole or spoken & set(rows), "a group nobody spoke about stays whole"
