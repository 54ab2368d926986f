from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
import torch

from photoclust.bench.contestants import Contestant
from photoclust.bench.datasets import Dataset
from photoclust.bench.oracle import groupings, sweep, sweepable
from photoclust.clustering import catalog
from photoclust.clustering.baseline import Baseline, Sweep
from photoclust.clustering.engine import NO_HINTS, Embeddings, Hints, Ints
from photoclust.clustering.weights_file import Weights, save
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Progress, Silent, Status

D = 128  # SFace's width, which weights that ship are for
SWEPT = [name for name in catalog.names() if sweepable(name)]


def hard(seed: int = 0) -> Dataset:
    """Persons of very different spread: no one threshold is right for all, and the shipped ones are wrong."""
    generator = np.random.default_rng(seed)
    persons = np.repeat(np.arange(6), [12, 12, 9, 9, 6, 2])
    spread = np.array([0.1, 0.5, 0.3, 0.7, 0.2, 0.4])[persons][:, None]
    centres = generator.normal(size=(6, D)) + 1.0
    faces = centres[persons] / 4 + spread * generator.normal(size=(50, D)) / 2
    return Dataset("hard", (faces / np.linalg.norm(faces, axis=1, keepdims=True)).astype(np.float32), persons)


@pytest.mark.parametrize("name", SWEPT)
def test_no_setting_that_is_tried_beats_the_oracle(name: str) -> None:
    dataset = hard()
    row = sweep(dataset, name, seed=3)
    engine = catalog.create(name)
    assert isinstance(engine, Baseline)
    assert row.option == engine.sweep.option
    tried = engine.sweep.settings(50)
    assert row.tried == len(tried)
    whole = isinstance(getattr(engine, row.option), int)
    for setting in tried:
        other = catalog.create(name, **{row.option: int(setting) if whole else setting})
        scores = dataset.measure(other.fit_predict(dataset.embeddings, hints=dataset.hints, seed=3).labels)
        assert scores.bcubed_f <= row.measures.bcubed_f
        assert scores.actions >= row.actions
        if setting == row.best:
            assert scores == row.measures, "a cut of what was prepared once is what the engine itself would have found"
        if setting == row.laziest:
            assert scores.actions == row.actions


@pytest.mark.parametrize("n", [0, 1, 2])
@pytest.mark.parametrize("name", SWEPT)
def test_few_faces_can_be_swept(name: str, n: int) -> None:
    dataset = hard()
    row = sweep(Dataset("few", dataset.embeddings[:n], dataset.persons[:n]), name)
    assert row.measures.faces == n
    assert row.actions <= (n == 2), "some rules never make a person of two faces"


@dataclass(frozen=True)
class Counting(Baseline[list[str]]):
    """Writes down what is asked of it."""

    groups: int = 1
    name: str = "counting"
    sweep: ClassVar = Sweep("groups", (1, 2, 4))
    asked: tuple[list[str], ...] = ()

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> list[str]:
        self.asked[0].append(f"prepare {seed} {hints is not NO_HINTS}")
        return self.asked[0]

    def cut(self, prepared: list[str], progress: Progress) -> Ints:
        prepared.append(f"cut {self.groups}")
        return np.arange(50) % self.groups


def test_what_all_settings_share_is_prepared_once() -> None:
    asked: list[str] = []
    found = list(groupings(Counting(asked=(asked,)), hard(), 7, Silent()))
    assert asked == ["prepare 7 True", "cut 1", "cut 2", "cut 4"]
    assert [(setting, labels.max() + 1) for setting, labels in found] == [(1, 1), (2, 2), (4, 4)]


def test_an_engine_without_a_threshold_cannot_be_swept() -> None:
    assert not sweepable("album")
    with pytest.raises(UserError, match="“album” has no threshold"):
        sweep(hard(), "album")


def test_an_engine_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UserError, match="no engine"):
        sweep(hard(), "nonsense")


def test_a_set_too_large_for_an_engine_is_refused() -> None:
    large = Dataset("large", np.broadcast_to(np.float32(1.0), (4_001, 1)), np.zeros(4_001, np.int64))
    with pytest.raises(UserError, match="“mean-shift” groups at most 4,000 faces"):
        sweep(large, "mean-shift")


def test_a_sweep_tells_where_it_stands_and_can_be_cancelled() -> None:
    told: list[Status] = []

    class Listening(Silent):
        def report(self, status: Status) -> None:
            told.append(status)

        def checkpoint(self) -> None:
            if told and told[-1].done == 3:
                raise Cancelled

    with pytest.raises(Cancelled):
        sweep(hard(), "hac", progress=Listening())
    assert [status.done for status in told] == [0, 1, 2, 3]
    assert told[0].phase == "Trying hac on hard"
    assert told[0].total == len(catalog.create("hac").sweep.settings(50))  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Told(Baseline[float]):
    """Groups all or none; its option is None where it was learned, and what it has learned says which."""

    above: float | None = None
    weights: Weights | None = field(default=None, repr=False)
    name: str = "told"
    sweep: ClassVar = Sweep("above", (0.25, 0.75))

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> float:
        return float(self.weights.tensors["all"]) if self.weights else 0.5

    def cut(self, prepared: float, progress: Progress) -> Ints:
        return np.zeros(50, np.int64) if prepared > (self.above or 0.0) else np.arange(50)


def test_an_option_that_was_learned_is_swept_too_and_so_are_other_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(catalog._ENGINES, "told", f"{__name__}:Told")
    path = tmp_path / "w.safetensors"
    save(Weights({"all": torch.tensor(0.1)}, {"engine": "told", "options": {}}), path)
    shipped, other = sweep(hard(), "told"), sweep(hard(), Contestant("told", path, "told:w"))
    assert (shipped.engine, shipped.best, shipped.measures.groups) == ("told", 0.25, 1)
    assert (other.engine, other.measures.groups) == ("told:w", 50)
