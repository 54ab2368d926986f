"""The default engine as a whole."""

from __future__ import annotations

import numpy as np
import pytest

from photoclust.clustering.album import Album
from photoclust.clustering.engine import Constraints
from photoclust.clustering.measures import measure

D = 64


def test_a_person_with_more_faces_than_any_list_of_neighbours_stays_whole() -> None:
    generator = np.random.default_rng(3)
    truth = np.repeat([0, 1], 300)
    occasions = generator.normal(size=(60, D))[np.arange(600) // 10]  # ten photos each, alike among themselves
    vectors = 2 * generator.normal(size=(2, D))[truth] + occasions + 0.7 * generator.normal(size=(600, D))
    faces = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    assert measure(truth, Album().fit_predict(faces).labels).bcubed_f > 0.95


@pytest.mark.parametrize("seed", [0, 1])
def test_right_links_make_more_right_the_more_there_are(seed: int) -> None:
    """On these clouds of faces fifty right must-links once lowered BCubed by five points."""
    generator = np.random.default_rng(seed)
    truth = np.repeat(np.arange(30), 20)
    vectors = generator.normal(size=(30, 128))[truth] + 1.8 * generator.normal(size=(600, 128))
    faces = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    links = np.array([generator.choice(np.flatnonzero(truth == person), 2, replace=False) for person in [*range(30)] * 2])
    curve = [
        measure(truth, Album().fit_predict(faces, constraints=Constraints(must=links[:many])).labels).bcubed_f
        for many in (0, 20, 60)
    ]
    assert curve[0] < 0.95, "the test needs faces that are hard to group"
    assert curve[0] < curve[1] < curve[2]
