from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from photoclust.bench import saved
from photoclust.bench.accuracy import MEASURES, Row
from photoclust.bench.tables import as_data
from photoclust.core.errors import UserError

ROW = Row("easy", "hac", 100, 5, 6, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 30, 0.1, 12.0)


def compare(now: Row, then: Row, tmp_path: Path) -> saved.Comparison:
    saved.save([then], tmp_path / "then.json")
    return saved.compare([now], saved.read(tmp_path / "then.json"))


def test_a_saved_baseline_is_what_json_prints(tmp_path: Path) -> None:
    saved.save([ROW], tmp_path / "deep" / "some.json")
    assert json.loads((tmp_path / "deep" / "some.json").read_text()) == [as_data(ROW)]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["some.json"]


@pytest.mark.parametrize(
    ("change", "lost", "gained"),
    [
        ({}, 0, 0),
        ({"bcubed_f": 0.898}, 0, 0),
        ({"bcubed_f": 0.89}, 1, 0),
        ({"bcubed_f": 0.91}, 0, 1),
        ({"actions": 32}, 0, 0),
        ({"actions": 33}, 1, 0),
        ({"actions": 20}, 0, 1),
        ({"pairwise_f": 0.88, "bcubed_f": 0.88}, 2, 0),
        ({"seconds": 100.0, "peak_mb": 5000.0}, 0, 0),
    ],
)
def test_only_what_exceeds_noise_is_a_loss_or_a_gain(tmp_path: Path, change: dict[str, float], lost: int, gained: int) -> None:
    found = compare(replace(ROW, **change), ROW, tmp_path)  # type: ignore[arg-type]
    assert (len(found.losses), len(found.gains)) == (lost, gained)


def test_a_loss_within_the_spread_over_seeds_is_noise(tmp_path: Path) -> None:
    then = replace(ROW, seeds=5, spread=dict.fromkeys(MEASURES, 0.02))
    assert not compare(replace(ROW, bcubed_f=0.87), then, tmp_path).losses
    assert compare(replace(ROW, bcubed_f=0.85), then, tmp_path).losses


def test_a_loss_is_told_in_a_sentence_with_both_values(tmp_path: Path) -> None:
    [first, *_] = compare(replace(ROW, bcubed_f=0.8), ROW, tmp_path).sentences()
    assert first == "A loss: hac on easy: BCubed F 0.9 → 0.8"


def test_rows_that_the_baseline_lacks_are_told(tmp_path: Path) -> None:
    saved.save([ROW], tmp_path / "then.json")
    found = saved.compare([ROW, replace(ROW, engine="album")], saved.read(tmp_path / "then.json"))
    assert found.unknown == ["album on easy is not in the baseline."]


def test_nothing_in_common_and_another_data_set_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nothing to compare"):
        compare(replace(ROW, dataset="other"), ROW, tmp_path)
    with pytest.raises(UserError, match="not the baseline's"):
        compare(replace(ROW, faces=99), ROW, tmp_path)


@pytest.mark.parametrize("text", ["{}", "[1]", "not json", '[{"dataset": "easy"}]'])
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.json").write_text(text)
    with pytest.raises(UserError, match="baseline"):
        saved.read(tmp_path / "bad.json")


def test_a_baseline_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot be written"):
        saved.save([ROW], tmp_path / "file" / "some.json")
