"""The default engine as a whole."""

from __future__ import annotations

import numpy as np
import pytest

from photoclust.clustering.album import Album
from photoclust.clustering.engine import Constraints
from photoclust.clustering.measures import measure

D = 64


def hard_album(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Twenty persons whose photos differ much."""
    generator = np.random.default_rng(seed)
    truth = np.repeat(np.arange(20), 12)
    vectors = generator.normal(size=(20, D))[truth] + 1.5 * generator.normal(size=(len(truth), D))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), truth


@pytest.mark.parametrize("seed", [0, 1])
def test_right_links_make_more_right_than_what_they_link(seed: int) -> None:
    faces, truth = hard_album(seed)
    generator = np.random.default_rng(seed)
    plain = measure(truth, Album().fit_predict(faces).labels).bcubed_f
    pairs = np.array([generator.choice(np.flatnonzero(truth == person), 2, replace=False) for person in range(20)] * 2)
    taught = measure(truth, Album().fit_predict(faces, constraints=Constraints(must=pairs)).labels).bcubed_f
    assert plain < 0.97, "the test needs a hard album"
    assert taught > plain


def test_a_person_with_more_faces_than_any_list_of_neighbours_stays_whole() -> None:
    generator = np.random.default_rng(3)
    truth = np.repeat([0, 1], 300)
    occasions = generator.normal(size=(60, D))[np.arange(600) // 10]  # ten photos each, alike among themselves
    vectors = 2 * generator.normal(size=(2, D))[truth] + occasions + 0.7 * generator.normal(size=(600, D))
    faces = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    assert measure(truth, Album().fit_predict(faces).labels).bcubed_f > 0.95
