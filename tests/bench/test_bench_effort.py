"""What it takes to a perfect album: counted as by hand, curves that end in the truth, and the command."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoclust.bench.by_hand import digikam, drags, share_right
from photoclust.bench.datasets import Dataset
from photoclust.bench.effort import measure_effort
from photoclust.cli import main
from photoclust.clustering.measures import measure
from photoclust.core.progress import Silent

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


def test_what_nobody_has_to_move_is_right() -> None:
    assert share_right(np.array([1, 1, 1, 2]), np.array([5, 5, 6, 7])) == 0.75
    assert share_right(np.array([1, 1, 2]), np.array([5, 5, 5])) == pytest.approx(2 / 3)


def test_with_digikam_a_name_spreads_to_near_faces_only_and_wrong_suggestions_cost() -> None:
    def at(*degrees: float) -> np.ndarray:
        angle = np.radians(degrees)
        return np.stack([np.cos(angle), np.sin(angle)], 1).astype(np.float32)

    def actions(persons: list[int], *degrees: float) -> int:
        return digikam(Dataset("few", at(*degrees), np.array(persons)), Silent())[-1].actions

    assert actions([0, 0, 0], 0, 10, 20) == 1, "all are suggested at once, and confirmed at once"
    assert actions([0, 0, 0], 0, 50, 100) == 2, "the second is near the first, the third only near the second"
    assert actions([0, 0], 0, 90) == 1, "too far: named by hand"
    assert actions([0, 0, 1], 0, 10, 50) == 2, "a stranger is suggested, and rejected"
    assert actions([0, 1, 2], 0, 1, 2) == 0, "who is seen once is left alone"


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
    assert told["peers"][told["peer"]] == told["peer_actions"] == min(told["peers"].values())
    assert set(told["peers"]) == {"immich", "digikam"}
    assert {curve[-1]["right"] for curve in told["curves"].values()} == {1}
    assert told["curve"][-1]["bcubed_f"] == 1
    assert drawn.read_bytes().startswith(b"\x89PNG")


def test_the_command_prints_a_table(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "effort", str(saved), str(saved)]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["dataset", "faces", "persons"]
    assert len(rows) == 2
