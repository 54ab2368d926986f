"""What it takes to a perfect album: counted as by hand, curves that end in the truth, and the command."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoclust.bench.datasets import Dataset
from photoclust.bench.effort import drags, measure_effort
from photoclust.cli import main
from photoclust.clustering.measures import measure

_labels = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), min_size=1, max_size=40)


@given(_labels)
def test_dragging_ends_in_the_truth_and_takes_what_the_scorer_counts(rows: list[tuple[int, int]]) -> None:
    persons, groups = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    total, labels = 0, groups
    for after, cost in drags(persons, groups):
        total, labels = total + cost, after
    assert total == measure(persons, groups).actions
    assert measure(persons, labels).actions == 0
    assert measure(persons, labels).bcubed_f == 1


def people(seed: int = 0) -> Dataset:
    """Thirty people of one to nine faces, noisy."""
    generator = np.random.default_rng(seed)
    persons = np.repeat(np.arange(30), generator.integers(1, 10, 30))
    middles = generator.normal(size=(30, 128))
    vectors = middles[persons] + 1.15 * generator.normal(size=(len(persons), 128))
    return Dataset("people", (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), persons)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dataset = people()
    path = tmp_path_factory.mktemp("effort") / "people.npz"
    np.savez(path, X=dataset.embeddings.astype(np.float16), y=dataset.persons)
    return path


def test_the_curve_goes_from_the_grouping_to_a_perfect_album() -> None:
    effort = measure_effort(people())
    first, last = effort.curve[0], effort.curve[-1]
    assert (first.actions, first.left) == (0, effort.by_hand)
    assert (last.actions, last.left) == (effort.ours_actions, 0)
    assert last.bcubed_f == 1
    assert all(one.actions <= other.actions for one, other in zip(effort.curve, effort.curve[1:], strict=False))
    assert effort.answers >= effort.names
    assert effort.peer_actions > 0


def test_the_command_tells_machines_what_was_asked_for(saved: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    drawn = tmp_path / "curve.png"
    assert main(["bench", "effort", str(saved), "--json", "--plot", str(drawn)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ratio"] == pytest.approx(told["ours_actions"] / told["peer_actions"], abs=1e-3)
    assert told["peer"] == "immich"
    assert told["curve"][-1]["bcubed_f"] == 1
    assert drawn.read_bytes().startswith(b"\x89PNG")


def test_the_command_prints_a_table(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "effort", str(saved), str(saved)]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["dataset", "faces", "persons"]
    assert len(rows) == 2
