"""Tiny albums: how they are cut, and what counts as absurd."""

from __future__ import annotations

import numpy as np
import pytest

from photoclust.bench.contestants import Contestant
from photoclust.bench.datasets import Dataset
from photoclust.bench.presets import Asked
from photoclust.bench.tiny import cut, is_absurd, measure
from photoclust.core.progress import Silent


@pytest.fixture
def easy() -> Dataset:
    generator = np.random.default_rng(0)
    persons = np.repeat(np.arange(10), 10)
    vectors = generator.normal(size=(10, 64))[persons] + 0.2 * generator.normal(size=(100, 64))
    return Dataset("easy", (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), persons)


def test_albums_hold_each_person_equally_often_and_no_face_twice(easy: Dataset) -> None:
    for embeddings, persons in cut(easy, 20, 4):
        assert sorted(np.bincount(persons)[np.unique(persons)]) == [5, 5, 5, 5]
        assert len(np.unique(embeddings, axis=0)) == 20


def test_albums_of_more_persons_than_there_are_cannot_be_cut(easy: Dataset) -> None:
    assert cut(easy, 20, 20) == []
    assert cut(easy, 20, 1) == []


ONE, STRANGERS, TWO = np.zeros(20, int), np.arange(20), np.arange(20) % 2


@pytest.mark.parametrize(
    ("persons", "groups", "absurd"),
    [
        (ONE, ONE, False), (ONE, np.arange(20) % 4, False), (ONE, np.arange(20) % 5, True),
        (STRANGERS, STRANGERS, False), (STRANGERS, STRANGERS // 4, False), (STRANGERS, STRANGERS // 5, True),
        (TWO, TWO, False), (TWO, np.arange(20), False), (TWO, ONE, True),
    ],
)  # fmt: skip
def test_absurd_is_what_a_person_would_laugh_at(persons: np.ndarray, groups: np.ndarray, absurd: bool) -> None:
    assert is_absurd(persons, groups) is absurd


def test_every_kind_of_album_is_a_row_and_what_cannot_be_cut_is_told(easy: Dataset) -> None:
    found = measure(Asked([easy], [Contestant("hac")], range(1), Silent()))
    rows = {(row.faces, row.persons): row for row in found.tables[""]}
    assert set(rows) == {(5, 1), (5, 2), (5, 5), (20, 2), (20, 4), (20, 8), (60, 8)}
    assert {(row.bcubed_f, row.absurd, row.draws) for row in rows.values()} == {(1.0, 0, 20)}
    assert "easy has too few persons for albums of 60 faces and 60 persons." in found.said
