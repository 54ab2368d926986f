"""The default engine as a whole."""

from __future__ import annotations

import numpy as np
import pytest

from photoclust.clustering.album import Album
from photoclust.clustering.engine import Constraints, Embeddings, Hints
from photoclust.clustering.measures import measure

D = 64


def unit(vectors: np.ndarray) -> Embeddings:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


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
    vectors = generator.normal(size=(30, 128))[truth] + 1.9 * generator.normal(size=(600, 128))
    faces = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    links = np.array([generator.choice(np.flatnonzero(truth == person), 2, replace=False) for person in [*range(30)] * 2])
    album = Album(gain=np.inf)  # edges alone: whole groups would tell these clouds apart without any link
    curve = [
        measure(truth, album.fit_predict(faces, constraints=Constraints(must=links[:many])).labels).bcubed_f
        for many in (0, 20, 60)
    ]
    assert curve[0] < 0.95, "the test needs faces that are hard to group"
    assert curve[0] < curve[1] < curve[2]


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_look_alikes_with_many_poses_each_are_whole_persons_without_any_photo_that_shows_two(seed: int) -> None:
    generator = np.random.default_rng(seed)
    truth = np.repeat(np.arange(4), 100)
    pose = truth * 20 + generator.integers(0, 20, 400)
    common, own, posed = (unit(generator.normal(size=(count, 128))) for count in (1, 4, 80))
    faces = unit(0.5 * common + 0.35 * own[truth] + 0.5 * posed[pose] + 0.6 * unit(generator.normal(size=(400, 128))))
    alike = faces @ faces.T
    across = truth[:, None] != truth
    assert np.quantile(alike[across], 0.9) > np.quantile(alike[~across], 0.1), "the test needs people who look alike"
    assert measure(truth, Album().fit_predict(faces).labels).bcubed_f > 0.98
    assert measure(truth, Album(gain=np.inf).fit_predict(faces).labels).bcubed_f < 0.5, "edges alone see poses"


def test_in_an_album_of_group_photos_the_photos_calibrate_and_seat_the_hard_faces() -> None:
    generator = np.random.default_rng(4)
    truth, photo = np.nonzero(generator.random((6, 90)) < 0.92)
    pose = truth * 12 + generator.integers(0, 12, len(truth))
    common, own, posed = (unit(generator.normal(size=(count, 128))) for count in (1, 6, 72))
    faces = unit(0.5 * common + 0.35 * own[truth] + 0.5 * posed[pose] + 0.55 * unit(generator.normal(size=(len(truth), 128))))
    hints = Hints(photo=photo)
    assert measure(truth, Album().fit_predict(faces, hints=hints).labels).bcubed_f > 0.98
    assert measure(truth, Album(companions=np.inf, gain=np.inf).fit_predict(faces, hints=hints).labels).bcubed_f < 0.5


def test_neither_the_order_of_the_rows_nor_the_number_of_threads_changes_the_groups() -> None:
    import faiss

    generator = np.random.default_rng(5)
    truth = np.repeat(np.arange(60), 10)
    faces = unit(generator.normal(size=(60, 128))[truth] + 1.6 * generator.normal(size=(600, 128)))
    photo = generator.integers(0, 300, 600)
    order = generator.permutation(600)
    threads = faiss.omp_get_max_threads()
    try:
        faiss.omp_set_num_threads(1)
        one = Album().fit_predict(faces, hints=Hints(photo=photo)).labels
        mixed = Album().fit_predict(faces[order], hints=Hints(photo=photo[order])).labels
        faiss.omp_set_num_threads(2)
        two = Album().fit_predict(faces, hints=Hints(photo=photo)).labels
    finally:
        faiss.omp_set_num_threads(threads)
    assert measure(truth, one).bcubed_f < 0.99, "the test needs faces that are hard to group"
    np.testing.assert_array_equal(one, two)
    assert measure(one[order], mixed).bcubed_f == pytest.approx(1.0)
