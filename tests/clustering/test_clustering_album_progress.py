"""What the default engine tells while it works, and what it leaves behind when it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import faiss
import numpy as np
import pytest
from threadpoolctl import threadpool_info

from photoclust.clustering.album import Album
from photoclust.clustering.engine import Embeddings, Hints
from photoclust.clustering.evidence import LinkEstimator, weigh_edges
from photoclust.clustering.graph import nearest_neighbours
from photoclust.clustering.search import most_alike
from photoclust.core.errors import Cancelled
from photoclust.core.progress import Progress, Silent, Status


def unit(vectors: np.ndarray) -> Embeddings:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def group_photos(persons: int, photos: int) -> tuple[Embeddings, Hints]:
    """Look-alikes who share most photos: every part of the engine has work there."""
    generator = np.random.default_rng(4)
    truth, photo = np.nonzero(generator.random((persons, photos)) < 0.92)
    common, own = (unit(generator.normal(size=(count, 128))) for count in (1, persons))
    faces = unit(0.5 * common + 0.4 * own[truth] + 0.7 * unit(generator.normal(size=(len(truth), 128))))
    return faces, Hints(photo=photo)


class StopAt(Silent):
    """Asks to stop at the given checkpoint, the first of which is number 0."""

    def __init__(self, checkpoint: int) -> None:
        self.left = checkpoint

    def checkpoint(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def stopped_everywhere(work: Callable[[Progress], object]) -> int:
    """Stop the work at every checkpoint it has, look for what it left, and count them."""
    threads, limits = set(threading.enumerate()), threadpool_info()
    checkpoints = 0
    while True:
        try:
            work(StopAt(checkpoints))
        except Cancelled:
            assert set(threading.enumerate()) == threads, "nobody works on"
            assert threadpool_info() == limits, "BLAS has its threads again"
            checkpoints += 1
        else:
            return checkpoints


@pytest.fixture
def two_threads() -> Iterator[None]:
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(2)
    yield
    faiss.omp_set_num_threads(before)


def test_an_album_can_be_stopped_at_every_checkpoint_and_comes_out_the_same_afterwards() -> None:
    faces, hints = group_photos(4, 8)
    before = Album().fit_predict(faces, hints=hints)
    copy, photo = faces.copy(), np.copy(hints.photo) if hints.photo is not None else None
    assert stopped_everywhere(lambda progress: Album().fit_predict(faces, hints=hints, progress=progress)) > 50
    np.testing.assert_array_equal(faces, copy)
    np.testing.assert_array_equal(hints.photo, photo)
    after = Album().fit_predict(faces, hints=hints)
    np.testing.assert_array_equal(before.labels, after.labels)
    np.testing.assert_array_equal(before.confidence, after.confidence)


@pytest.mark.usefixtures("two_threads")
def test_weighing_in_two_threads_leaves_none_behind_wherever_it_is_stopped() -> None:
    faces, estimator = group_photos(4, 40)[0], LinkEstimator.shipped()
    neighbours = nearest_neighbours(faces, 20)
    assert stopped_everywhere(lambda progress: weigh_edges(faces, neighbours, estimator, 0, progress, block=128)) > 10


@pytest.mark.usefixtures("two_threads")
def test_searching_cells_in_two_threads_leaves_none_behind_wherever_it_is_stopped() -> None:
    generator = np.random.default_rng(0)
    many, few = (unit(generator.normal(size=(count, 8))) for count in (40_000, 200))

    def search(progress: Progress) -> None:
        for _ in most_alike(many, few, 3, progress, exact=0, gpu=lambda: None):
            pass

    assert stopped_everywhere(search) > 5


class Recorder(Silent):
    def __init__(self) -> None:
        self.told: list[Status] = []

    def report(self, status: Status) -> None:
        self.told.append(status)


@pytest.mark.parametrize("photos", [True, False])
def test_every_phase_tells_how_far_it_is_so_that_the_time_left_can_be_told(photos: bool) -> None:
    faces, hints = group_photos(5, 40)
    progress = Recorder()
    Album().fit_predict(faces, hints=hints if photos else Hints(), progress=progress)
    counted = {status.phase for status in progress.told if status.total}
    assert {"Comparing faces", "Comparing neighbours", "Grouping faces", "Judging how sure it is"} <= counted
    assert {status.phase for status in progress.told} == counted
    assert all(0 <= status.done <= status.total for status in progress.told)
    for phase in ("Comparing faces", "Looking around every face", "Comparing neighbours", "Judging how sure it is"):
        done = [status.done for status in progress.told if status.phase == phase]
        assert done == sorted(done), f"{phase} goes forward"


def test_sorting_a_large_library_tells_how_far_it_is() -> None:
    faces, progress = unit(np.random.default_rng(0).normal(size=(20_000, 8))), Recorder()
    for _ in most_alike(faces[:10], faces, 3, progress, exact=0, gpu=lambda: None):
        pass
    assert {status.phase for status in progress.told if status.total} == {"Sorting faces", "Comparing faces"}
    assert [status.done for status in progress.told if status.phase == "Sorting faces"] == [0, 0, 16_384]
