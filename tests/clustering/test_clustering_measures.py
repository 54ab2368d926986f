from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoclust.clustering.measures import measure

labellings = st.integers(1, 25).flatmap(
    lambda n: st.tuples(
        *(st.lists(st.integers(0, 6), min_size=n, max_size=n) for _ in range(2)),
    )
)


@given(labellings)
def test_measures_agree_with_their_definitions_counted_one_by_one(both: tuple[list[int], list[int]]) -> None:
    truth, groups = both
    n = len(truth)
    pairs = [(i, j) for i in range(n) for j in range(i)]
    together = [(i, j) for i, j in pairs if groups[i] == groups[j]]
    same = [(i, j) for i, j in pairs if truth[i] == truth[j]]
    right = [pair for pair in together if pair in same]
    precision = [
        sum(truth[j] == truth[i] and groups[j] == groups[i] for j in range(n)) / groups.count(groups[i]) for i in range(n)
    ]
    recall = [sum(truth[j] == truth[i] and groups[j] == groups[i] for j in range(n)) / truth.count(truth[i]) for i in range(n)]
    found = measure(np.array(truth), np.array(groups))
    assert found.pairwise_p == pytest.approx(len(right) / len(together) if together else 1)
    assert found.pairwise_r == pytest.approx(len(right) / len(same) if same else 1)
    assert found.bcubed_p == pytest.approx(sum(precision) / n)
    assert found.bcubed_r == pytest.approx(sum(recall) / n)
    assert found.nmi == pytest.approx(nmi(truth, groups))
    assert found.actions == actions(truth, groups)
    assert (found.faces, found.persons, found.groups) == (n, len(set(truth)), len(set(groups)))


def nmi(truth: list[int], groups: list[int]) -> float:
    def entropy(labels: list[object]) -> float:
        return -sum(c / len(labels) * math.log(c / len(labels)) for c in Counter(labels).values())

    h_truth, h_groups = entropy(list(truth)), entropy(list(groups))
    if h_truth == 0 or h_groups == 0:
        return 1.0
    joint = entropy(list(zip(truth, groups, strict=True)))
    return (h_truth + h_groups - joint) / math.sqrt(h_truth * h_groups)


def actions(truth: list[int], groups: list[int]) -> int:
    owner = {}
    for group in set(groups):
        counts = Counter(t for t, g in zip(truth, groups, strict=True) if g == group)
        owner[group] = counts.most_common(1)[0][0]
    merges = len(owner) - len(set(owner.values()))
    strays = Counter((t, g) for t, g in zip(truth, groups, strict=True) if owner[g] != t)
    return merges + sum(count + 1 for count in strays.values())


def test_a_perfect_grouping_needs_no_action_and_scores_one() -> None:
    found = measure(np.array([4, 4, 2, 7]), np.array([0, 0, 1, 2]))
    assert (found.pairwise_f, found.bcubed_f, found.nmi, found.actions) == (1, 1, pytest.approx(1), 0)


def test_two_strays_of_one_person_are_picked_one_by_one_and_dragged_once() -> None:
    assert measure(np.array([0, 0, 0, 1, 1]), np.array([0, 0, 0, 0, 0])).actions == 3


def test_an_empty_library_is_perfect() -> None:
    nothing = np.empty(0, np.int64)
    assert measure(nothing, nothing).bcubed_f == 1.0
