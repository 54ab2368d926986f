"""Of a large library an engine sees what matters to the new faces, and what it sees does not grow with the library."""

from __future__ import annotations

import numpy as np

from photoclust.clustering.neighbourhood import neighbourhood


def library(persons: int, faces: int = 6) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors (n, 32) of persons with so many faces each, and who is who."""
    generator = np.random.default_rng(0)
    truth = np.repeat(np.arange(persons), faces)
    vectors = generator.normal(size=(persons, 32))[truth] + 0.3 * generator.normal(size=(len(truth), 32))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), truth


def test_a_small_library_is_seen_whole() -> None:
    faces, truth = library(50)
    assert neighbourhood(faces, np.array([7]), truth).tolist() == list(range(300))


def test_the_new_faces_and_their_whole_persons_are_seen() -> None:
    faces, truth = library(1500)
    new = np.array([0, 600, 8999])
    persons = truth.copy()
    persons[new] = -1
    seen = neighbourhood(faces, new, persons)
    assert (np.diff(seen) > 0).all()
    for face in new:
        assert np.isin(np.flatnonzero(truth == truth[face]), seen).all()


def test_what_is_seen_does_not_grow_with_the_library() -> None:
    seen = []
    for persons in (1000, 4000):
        faces, truth = library(persons)
        seen.append(len(neighbourhood(faces, np.arange(50), np.where(truth < 9, -1, truth))))
    assert max(seen) < 3500
    assert seen[1] < 1.1 * seen[0]
