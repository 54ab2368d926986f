"""The table of Ada-NETS's graphs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from torch import Generator

from photoclust.bench import graph_quality
from photoclust.bench.datasets import Dataset
from photoclust.bench.graph_quality import GraphRow, measure_graphs
from photoclust.clustering.adanets import AdaNETS
from photoclust.clustering.adanets_network import AdaNet
from photoclust.clustering.weights_file import Weights, save

D = 8


def weights() -> Weights:
    tensors = AdaNet(D, 2, 4, Generator().manual_seed(0)).state_dict()
    return Weights(tensors, {"engine": "adanets", "options": {"width": D, "threshold": 0.5}})


def faces() -> Dataset:
    """Three persons of four, tight and far apart."""
    persons = np.repeat(np.arange(3), 4)
    vectors = np.eye(D)[persons] + 0.05 * np.random.default_rng(0).normal(size=(12, D))
    return Dataset("three", (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), persons)


def row(rows: list[GraphRow], space: str, neighbours: str) -> GraphRow:
    (found,) = [row for row in rows if (row.space, row.neighbours) == (space, neighbours)]
    return found


@pytest.mark.parametrize("space", ["cosine", "structure"])
def test_fixed_graphs_count_edges_good_and_bad(space: str) -> None:
    found = row(measure_graphs(faces(), AdaNETS(weights=weights())), space, "11")  # everybody with everybody
    assert (found.edges, found.good) == (66, 18)
    assert found.snr == pytest.approx(18 / 48)
    assert found.quality == pytest.approx(1.25 * (4 / 12) / (0.25 * (4 / 12) + 1))


def test_the_true_count_is_as_good_as_it_gets() -> None:
    rows = measure_graphs(faces(), AdaNETS(weights=weights()))
    found = row(rows, "structure", "true k_off")
    assert (found.edges, found.good, found.quality) == (18, 18, 1.0)
    assert found.snr == float("inf")
    assert all(other.quality <= 1.0 for other in rows)


def test_the_filter_has_a_row_and_a_fixed_one_with_as_many_neighbours_in_both_spaces() -> None:
    rows = measure_graphs(faces(), AdaNETS(weights=weights()))
    assert [row.space for row in rows if row.neighbours == "adaptive"] == ["structure"]
    assert [row.space for row in rows if "as adaptive" in row.neighbours] == ["cosine", "structure"]


def test_the_command_prints_the_table_of_those_held_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    save(weights(), tmp_path / "w.safetensors")
    np.savez(tmp_path / "three.npz", X=faces().embeddings, y=faces().persons)
    monkeypatch.setattr(
        "sys.argv", ["graph_quality", str(tmp_path / "three.npz"), "--weights", str(tmp_path / "w.safetensors"), "--held-out"]
    )
    graph_quality.main()
    table = capsys.readouterr().out
    assert "three, held out" in table
    assert "adaptive" in table
    assert "SNR" in table
