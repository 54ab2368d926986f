"""`photoclust bench scale` on libraries of hundreds of faces."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from photoclust import cli
from photoclust.bench.scale import Material, PhaseClock, measure_scale, neighbour_recall
from photoclust.bench.scale_peers import PEERS, group, run_peer
from photoclust.core.errors import Cancelled
from photoclust.core.progress import Silent, Status


def test_a_library_has_the_size_asked_for_and_many_persons_who_are_seen_once() -> None:
    library = Material.gaussian().library(600, seed=2)
    assert library.embeddings.shape == (600, 128)
    np.testing.assert_allclose(np.linalg.norm(library.embeddings, axis=1), 1.0, rtol=1e-5)
    sizes = np.bincount(np.unique(library.persons, return_inverse=True)[1])
    assert (sizes == 1).mean() > 0.3
    assert sizes.max() >= 20
    assert library.photo is not None
    assert len(np.unique(np.stack([library.photo, library.persons]), axis=1).T) == 600, "nobody is twice in a photo"
    again = Material.gaussian().library(600, seed=2)
    np.testing.assert_array_equal(library.embeddings, again.embeddings)


def test_time_is_told_by_phase_and_the_phases_are_all_of_it() -> None:
    row = measure_scale(Material.gaussian().library(300))
    assert {"Comparing faces", "Comparing neighbours", "Grouping faces"} <= set(row.phases)
    assert sum(cpu for _, cpu in row.phases.values()) == pytest.approx(row.cpu_seconds, rel=0.1, abs=0.05)
    assert row.faces == 300
    assert row.bcubed_f > 0.8
    assert row.recall == 1.0


def test_recall_is_that_of_the_cells_in_a_large_library(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = Material.gaussian().library(3000).embeddings
    monkeypatch.setattr("photoclust.bench.scale.EXACT", 1000)
    monkeypatch.setattr("photoclust.clustering.search.RECALL", 0.5)
    monkeypatch.setattr("photoclust.clustering.search._FIRST", 2)
    assert 0.4 < neighbour_recall(vectors) < 0.9


def test_who_measures_can_cancel() -> None:
    class Stop(Silent):
        def checkpoint(self) -> None:
            raise Cancelled

    clock = PhaseClock(Stop())
    clock.report(Status("One"))
    with pytest.raises(Cancelled):
        clock.checkpoint()


@pytest.mark.parametrize("peer", PEERS)
def test_every_peer_groups_the_same_faces(peer: str) -> None:
    library = Material.gaussian().library(200)
    found = group(peer, library.embeddings)
    assert found.shape == (200,)
    assert found.min() >= 0
    assert library.measure(found).bcubed_f > 0.4


def test_a_peer_that_needs_more_memory_or_time_than_it_may_have_is_told() -> None:
    library = Material.gaussian().library(9000)
    assert run_peer("hac", library, 5, 0.6).outcome == "memory"
    assert run_peer("hac", library, 0.001, 8).outcome == "time"


def test_ours_and_peers_are_measured_in_one_run_and_saved(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    saved = tmp_path / "scale.json"
    assert cli.main(["bench", "scale", "--faces", "250", "120", "--peers", "--json", "--save", str(saved)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["faces"] for row in told["ours"]] == [120, 250]
    assert {(row["peer"], row["outcome"]) for row in told["peers"]} == {(peer, "done") for peer in PEERS}
    assert json.loads(saved.read_text(encoding="utf-8")) == told


def test_the_table_shows_every_phase(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "scale", "--faces", "100"]) == 0
    table = capsys.readouterr().out
    assert "Comparing neighbours" in table
    assert "peak MB" in table


def test_a_file_that_cannot_be_written_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["bench", "scale", "--faces", "100", "--save", str(tmp_path / "no" / "file.json")]) == 1
    assert "cannot be written" in capsys.readouterr().err
