"""Pairs of persons, divided by a few faces of each."""

from __future__ import annotations

import numpy as np

from photoclust.bench.datasets import Dataset
from photoclust.bench.presets import Asked, find
from photoclust.bench.seeds import CHOSEN
from photoclust.core.progress import Silent


def made_up(spread: float, *sizes: int) -> Dataset:
    generator = np.random.default_rng(0)
    middles = generator.normal(size=(len(sizes), 64))
    persons = np.repeat(np.arange(len(sizes)), sizes)
    vectors = middles[persons] + spread * generator.normal(size=(len(persons), 64))
    return Dataset("made up", (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), persons)


def test_who_is_clear_is_divided_without_a_fault_and_who_is_not_no_better_than_by_chance() -> None:
    (rows,) = find("seeds")(Asked([made_up(0.5, 9, 12, 8, 3)], [], range(1), Silent())).tables.values()
    assert len(rows) == 4 * len(CHOSEN)
    assert {row.right for row in rows} == {1.0}
    assert {(row.alike, row.small) for row in rows} == {(a, s) for a in (False, True) for s in (False, True)}
    (rows,) = find("seeds")(Asked([made_up(50.0, 30, 30)], [], range(1), Silent())).tables.values()
    assert 0.4 < np.mean([row.right for row in rows if not row.small]) < 0.65


def test_a_set_without_two_persons_of_eight_faces_is_left_out() -> None:
    (rows,) = find("seeds")(Asked([made_up(0.5, 9, 3)], [], range(1), Silent())).tables.values()
    assert rows == []
