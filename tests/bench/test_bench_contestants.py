"""Engines with other weights than the shipped ones, on the bench."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import torch

from photoclust import cli
from photoclust.bench.accuracy import measure_engine
from photoclust.bench.contestants import Contestant, line_up
from photoclust.bench.datasets import Dataset
from photoclust.clustering import catalog
from photoclust.clustering.baselines import HAC
from photoclust.clustering.engine import Clustering, Embeddings
from photoclust.clustering.weights_file import Weights, save
from photoclust.core.errors import UserError
from photoclust.core.settings import DEFAULT_ENGINE


@dataclass(frozen=True)
class Learned:
    """HAC at a similarity that was learned."""

    weights: Weights | None = field(default=None, repr=False)
    name: str = "learned"

    def fit_predict(self, embeddings: Embeddings, **asked: object) -> Clustering:
        similarity = float(self.weights.tensors["similarity"]) if self.weights else 0.5
        return HAC(similarity=similarity).fit_predict(embeddings, **asked)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalog._ENGINES, "learned", f"{__name__}:Learned")


def weights(path: Path, similarity: float, engine: str = "learned") -> Path:
    path.parent.mkdir(exist_ok=True)
    save(Weights({"similarity": torch.tensor(similarity)}, {"engine": engine, "options": {}}), path)
    return path


def test_each_file_is_a_contestant_beside_the_engine_as_it_ships(tmp_path: Path) -> None:
    all_apart, one = weights(tmp_path / "a" / "w.safetensors", 2.0), weights(tmp_path / "b" / "w.safetensors", -2.0)
    found = line_up(["learned"], [all_apart, one])
    assert [contestant.name for contestant in found] == ["learned", "learned:a/w", "learned:b/w"]
    dataset = Dataset("set", np.eye(6, dtype=np.float32), np.arange(6))
    rows = [measure_engine(dataset, contestant, 0) for contestant in found]
    assert [(row.engine, row.groups) for row in rows] == [("learned", 6), ("learned:a/w", 6), ("learned:b/w", 1)]


def test_weights_alone_are_measured_alone_and_nothing_at_all_is_the_default(tmp_path: Path) -> None:
    path = weights(tmp_path / "w.safetensors", 0.5)
    assert line_up([], [path]) == [Contestant("learned", path, "learned:w")]
    assert line_up([]) == [Contestant(DEFAULT_ENGINE)]


def test_weights_of_an_engine_that_does_not_learn_or_does_not_exist_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="“hac” cannot be made with these options"):
        line_up([], [weights(tmp_path / "hac.safetensors", 0.5, "hac")])
    with pytest.raises(UserError, match="no engine “nonsense”"):
        line_up([], [weights(tmp_path / "x.safetensors", 0.5, "nonsense")])


def test_the_command_fails_before_measuring_when_weights_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    np.savez(tmp_path / "set.npz", X=np.eye(6), y=np.arange(6))
    assert cli.main(["bench", str(tmp_path / "set.npz"), "--weights", str(tmp_path / "gone.safetensors")]) == cli.FAILED
    said = capsys.readouterr()
    assert said.out == ""
    assert "cannot be read as weights" in said.err
