"""The default engine as a whole."""

from __future__ import annotations

import numpy as np

from photoclust.clustering.album import Album
from photoclust.clustering.measures import measure

D = 64


def test_a_person_with_more_faces_than_any_list_of_neighbours_stays_whole() -> None:
    generator = np.random.default_rng(3)
    truth = np.repeat([0, 1], 300)
    occasions = generator.normal(size=(60, D))[np.arange(600) // 10]  # ten photos each, alike among themselves
    vectors = 2 * generator.normal(size=(2, D))[truth] + occasions + 0.7 * generator.normal(size=(600, D))
    faces = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    assert measure(truth, Album().fit_predict(faces).labels).bcubed_f > 0.95
