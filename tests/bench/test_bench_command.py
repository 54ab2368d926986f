"""`photoclust bench` as a script calls it: streams, exit codes, files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photoclust import cli
from photoclust.bench.held_out import HeldOut
from photoclust.bench.thesis import Tables, ThesisRow
from photoclust.core.progress import Progress

FIELDS = [
    *("dataset", "engine", "faces", "persons", "groups", "pairwise_p", "pairwise_r", "pairwise_f"),
    *("bcubed_p", "bcubed_r", "bcubed_f", "nmi", "actions", "seconds", "peak_mb"),
]


@pytest.fixture
def easy(tmp_path: Path) -> str:
    generator = np.random.default_rng(0)
    y = np.repeat(np.arange(5), 20)
    X = generator.normal(size=(5, 32))[y] + 0.2 * generator.normal(size=(100, 32))
    np.savez(tmp_path / "easy.npz", X=X.astype(np.float16), y=y)
    return str(tmp_path / "easy.npz")


def test_json_is_a_list_of_rows_and_nothing_else_on_stdout(easy: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", easy, "--engine", "hac", "--engine", "dbscan", "--json"]) == cli.OK
    rows = json.loads(capsys.readouterr().out)
    assert [list(row) for row in rows] == [FIELDS, FIELDS]
    assert (rows[0]["groups"], rows[0]["actions"]) == (5, 0)


def test_a_baseline_saved_holds_when_measured_again_and_fails_when_it_was_better(
    easy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "base.json"
    assert cli.main(["bench", easy, "--engine", "hac", "--save", str(saved)]) == cli.OK
    assert cli.main(["bench", easy, "--engine", "hac", "--compare", str(saved)]) == cli.OK
    assert "No loss" in capsys.readouterr().err
    [row] = json.loads(saved.read_text())
    saved.write_text(json.dumps([row | {"bcubed_f": 1.2}]))
    assert cli.main(["bench", easy, "--engine", "hac", "--compare", str(saved)]) == cli.FAILED
    assert "A loss: hac on easy: BCubed F 1.2 → 1" in capsys.readouterr().err


def test_a_baseline_that_cannot_be_read_fails_before_anything_is_measured(
    easy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["bench", easy, "--compare", str(tmp_path / "missing.json")]) == cli.FAILED
    said = capsys.readouterr()
    assert said.out == ""
    assert "Measuring" not in said.err


def test_markdown_and_a_picture_are_written(easy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "time.png"
    assert cli.main(["bench", easy, "--engine", "hac", "--size", "40", "--markdown", "--plot", str(picture)]) == cli.OK
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("|")[1].strip() for line in lines] == ["dataset", "---", "easy@40", "easy"]
    assert picture.stat().st_size > 1000


def test_the_oracle_tells_the_best_setting_of_each_engine_and_draws_all(
    easy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "threshold.png"
    command = ["bench", easy, "--oracle", "--engine", "hac", "--engine", "hdbscan", "--json", "--plot", str(picture)]
    assert cli.main(command) == cli.OK
    rows = json.loads(capsys.readouterr().out)
    assert [(row["engine"], row["option"], row["bcubed_f"], row["fewest_actions"]) for row in rows] == [
        ("hac", "similarity", 1.0, 0),
        ("hdbscan", "smallest", 1.0, 0),
    ]
    assert set(FIELDS) - {"peak_mb"} < rows[0].keys()
    assert picture.stat().st_size > 1000


def test_the_oracle_refuses_an_engine_without_a_threshold(easy: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", easy, "--oracle", "--engine", "album"]) == cli.FAILED
    assert "no threshold" in capsys.readouterr().err


def test_the_thesis_has_a_title_over_each_of_its_tables(
    easy: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = ThesisRow("easy", "avgae", "own", 5, 1.5, *[0.5] * 7, 0.25, 263424)
    asked: list[object] = []

    def measured(
        paths: list[Path], seed: int, _progress: Progress, *, train_on: Path | None, held_out: HeldOut | None
    ) -> Tables:
        asked.extend([paths, seed, train_on, held_out])
        return Tables((row,), (replace(row, method="HAC", train_seconds=None, parameters=None),), ("L-GCN is left out.",))

    monkeypatch.setattr("photoclust.bench.thesis.tables", measured)
    assert cli.main(["bench", easy, "--preset", "thesis", "--seed", "3", "--markdown"]) == cli.OK
    assert asked == [[Path(easy)], 3, None, None]
    said = capsys.readouterr()
    assert said.out.count("### ") == 2
    assert "| easy | avgae | own | 5 | 1.5 |" in said.out
    assert "263,424" in said.out
    assert "| – |" in said.out
    assert "L-GCN is left out." in said.err


@pytest.mark.parametrize(
    "wrong",
    [
        ["--json", "--markdown"], ["--seeds", "0"], ["--seeds", "some"], ["--degrade", "fire"], ["--degrade-to", "out"],
        ["--oracle", "--preset", "thesis"], ["--oracle", "--seeds", "2"], ["--oracle", "--save", "some.json"],
        ["--preset", "thesis", "--engine", "hac"], ["--oracle", "--weights", "some.safetensors"], ["--train-on", "some.npz"],
    ],
)  # fmt: skip
def test_wrong_usage_exits_with_2(easy: str, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["bench", easy, *wrong])
    assert stopped.value.code == cli.USAGE
