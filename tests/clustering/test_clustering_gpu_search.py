"""The search on a GPU, on torch's CPU device."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

from photoclust.clustering.engine import Embeddings, Ints
from photoclust.clustering.gpu_search import GpuSearch
from photoclust.clustering.search import Found, most_alike
from photoclust.core.errors import Cancelled
from photoclust.core.progress import Silent, Status

if TYPE_CHECKING:
    from torch import Tensor


def faces(n: int, d: int = 16, seed: int = 0) -> Embeddings:
    vectors = np.random.default_rng(seed).normal(size=(n, d))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@dataclass(frozen=True)
class SmallGpu(GpuSearch):
    """Has memory for so many queries at once, and after the given number of products for none."""

    device: str = "cpu"
    fits: int = 10**9
    blocks: int = 10**9
    asked: list[int] = field(default_factory=list)

    def products(self, queries: Tensor, among: Tensor) -> Tensor:
        import torch

        self.asked.append(len(queries))
        if len(queries) > self.fits or len(self.asked) > self.blocks:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        return super().products(queries, among)


class Recorder(Silent):
    def __init__(self) -> None:
        self.phases: list[str] = []

    def report(self, status: Status) -> None:
        if status.phase not in self.phases:
            self.phases.append(status.phase)


def together(blocks: Iterable[Found]) -> tuple[Ints, NDArray[np.float32]]:
    """The answers to all queries, each of which is answered once."""
    rows, found, products = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    np.testing.assert_array_equal(np.sort(rows), np.arange(len(rows)))
    order = np.argsort(rows)
    return found[order], products[order]


@pytest.mark.parametrize(("rows", "columns"), [(4096, 65_536), (96, 130), (7, 5)])
def test_a_gpu_finds_what_the_exact_search_finds(rows: int, columns: int) -> None:
    queries, among = faces(300, seed=1), faces(700, seed=2)
    found, products = together(GpuSearch("cpu", rows, columns).search(queries, among, 20))
    exactly, alike = together(most_alike(queries, among, 20))
    np.testing.assert_array_equal(found, exactly)
    np.testing.assert_allclose(products, alike, atol=1e-6)


@pytest.mark.parametrize("columns", [65_536, 50, 3])
def test_of_equals_the_first_are_found_and_come_first(columns: int) -> None:
    numbers = np.random.default_rng(0).integers(-1, 2, (400, 4)).astype(np.float32)  # 81 different ones; products are exact
    found, products = together(GpuSearch("cpu", 64, columns).search(numbers, numbers, 10))
    truth = np.argsort(-(numbers @ numbers.T), axis=1, kind="stable")[:, :10]
    np.testing.assert_array_equal(found, truth)
    np.testing.assert_array_equal(products, np.take_along_axis(numbers @ numbers.T, truth, axis=1))


def test_a_gpu_is_asked_for_only_where_there_is_much_and_says_how_far_it_is() -> None:
    def never() -> GpuSearch | None:
        raise AssertionError("few faces need no GPU")

    few, gpu, progress = faces(300), SmallGpu(), Recorder()
    exactly, _ = together(most_alike(few, few, 5, gpu=never))
    found, _ = together(most_alike(few, few, 5, progress, exact=299, gpu=lambda: gpu))
    np.testing.assert_array_equal(found, exactly)
    assert gpu.asked
    assert progress.phases == ["Comparing faces"], "nothing is sorted into cells"


def test_where_its_memory_is_too_small_a_gpu_gets_half_as_much_at_once() -> None:
    few, gpu, progress = faces(1000), SmallGpu(rows=800, fits=200), Recorder()
    exactly, _ = together(most_alike(few, few, 5))
    found, _ = together(most_alike(few, few, 5, progress, exact=0, gpu=lambda: gpu))
    np.testing.assert_array_equal(found, exactly)
    assert gpu.asked == [800, 400, *[200] * 5]
    assert progress.phases == ["Comparing faces"]


@pytest.mark.parametrize("blocks", [0, 3])
def test_where_a_gpu_has_no_memory_left_the_processor_goes_on_and_it_is_told(blocks: int) -> None:
    few, gpu, progress = faces(1000), SmallGpu(rows=256, blocks=blocks), Recorder()
    exactly, _ = together(most_alike(few, few, 5))
    found, _ = together(most_alike(few, few, 5, progress, exact=0, gpu=lambda: gpu))
    assert gpu.asked[-3:] == ([256, 128, 64] if blocks == 0 else [232, 128, 64])
    assert np.mean(found == exactly) > 0.8, "cells find nearly all"
    assert "Sorting faces, as the GPU has too little memory" in progress.phases


def test_a_search_on_a_gpu_stops_when_asked() -> None:
    class StopAtThird(Silent):
        left = 3

        def checkpoint(self) -> None:
            self.left -= 1
            if not self.left:
                raise Cancelled

    gpu = SmallGpu(rows=100)
    with pytest.raises(Cancelled):
        together(most_alike(faces(1000), faces(1000), 5, StopAtThird(), exact=0, gpu=lambda: gpu))
    assert len(gpu.asked) == 2


def test_neither_clustering_nor_a_small_library_imports_torch() -> None:
    code = (
        "import sys, numpy as np; from photoclust.clustering.graph import nearest_neighbours;"
        "nearest_neighbours(np.eye(64, dtype=np.float32), 3); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
