"""`photoclust bench` as a script calls it: streams, exit codes, files."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pytest

from photoclust import cli
from photoclust.bench import thesis
from photoclust.bench.datasets import Dataset
from photoclust.bench.presets import PRESETS, find
from photoclust.bench.thesis_methods import ThesisRow, called_with
from photoclust.clustering.networks import MODELS
from photoclust.core.errors import Cancelled
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


def test_the_oracle_sweeps_other_weights_beside_an_engine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    y = np.repeat(np.arange(4), 8)
    generator = np.random.default_rng(1)
    np.savez(tmp_path / "wide.npz", X=generator.normal(size=(4, 128))[y] + 0.2 * generator.normal(size=(32, 128)), y=y)
    with as_file(files("photoclust.clustering") / "weights" / "lgcn.safetensors") as weights:
        command = ["bench", str(tmp_path / "wide.npz"), "--oracle", "--engine", "hac", "--weights", str(weights), "--json"]
        assert cli.main(command) == cli.OK
    rows = json.loads(capsys.readouterr().out)
    assert [(row["engine"], row["bcubed_f"]) for row in rows] == [("hac", 1.0), ("lgcn:lgcn", 1.0)]


def test_the_oracle_refuses_an_engine_without_a_threshold(easy: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", easy, "--oracle", "--engine", "album"]) == cli.FAILED
    assert "no threshold" in capsys.readouterr().err


ROW = ThesisRow("easy", "avgae", "own", 5, 1.5, *[0.5] * 7, 0.25, 263424)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One model and one classic that take no time; the list fills with (name, seed)."""
    asked: list[object] = []

    def model(_data: Dataset, _learned: Dataset, name: str, density: bool, seed: int, progress: Progress) -> list[ThesisRow]:
        progress.checkpoint()
        asked.append((f"{name}{density}", seed))
        return [replace(ROW, method=called_with(name, density), bcubed_f=0.5 + 0.1 * seed)]

    def classic(_data: Dataset, name: str, seed: int, _progress: Progress) -> list[ThesisRow]:
        asked.append((name, seed))
        return [replace(ROW, method="HAC", train_seconds=None, parameters=None)]

    monkeypatch.setattr(thesis, "measure_model", model)
    monkeypatch.setattr(thesis, "_measure_classic", classic)
    monkeypatch.setattr(thesis, "CLASSICS", {"hac": "HAC"})
    monkeypatch.setattr(thesis, "MODELS", {"avgae": MODELS["avgae"]})
    return asked


def test_the_thesis_has_a_title_over_each_of_its_tables(
    easy: str, quick: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["bench", easy, "--preset", "thesis", "--seed", "3", "--markdown"]) == cli.OK
    assert quick == [("hac", 3), ("avgaeFalse", 3), ("avgaeTrue", 3)]
    said = capsys.readouterr()
    assert said.out.count("### ") == 2
    assert "| easy | avgae | own | 5 | 1.5 |" in said.out
    assert "263,424" in said.out
    assert "| – |" in said.out


def test_several_seeds_of_the_thesis_are_shown_with_their_spread_and_each_method_is_told_at_once(
    easy: str, quick: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["bench", easy, "--preset", "thesis", "--seeds", "3"]) == cli.OK
    assert quick == [("hac", 0), *((f"avgae{density}", seed) for density in (False, True) for seed in range(3))]
    said = capsys.readouterr()
    assert "0.600 ± 0.100" in said.out
    lines = said.err.splitlines()
    done = ["1 of 3: HAC on easy: own BCubed F 0.5000", "2 of 3: avgae on easy: own BCubed F 0.600 ± 0.100"]
    assert [next((n for n, line in enumerate(lines) if line.startswith(start)), None) is not None for start in done] == [True] * 2
    assert "2 of 3: avgae on easy, seed 2 of 3 …" in lines


def test_a_cancelled_thesis_prints_what_was_measured(
    easy: str, quick: list[object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> list[ThesisRow]:
        raise Cancelled

    monkeypatch.setattr(thesis, "measure_model", stop)
    assert cli.main(["bench", easy, "--preset", "thesis", "--json"]) == cli.CANCELLED
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert [row["method"] for row in told["methods"]] == ["HAC"]
    assert told["models"] == []
    assert told["left_out"] == ["Only 1 of 3 methods were measured."]
    assert "Only 1 of 3 methods were measured." in said.err


def test_a_thesis_cancelled_before_anything_was_measured_prints_nothing(
    easy: str, quick: list[object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(_self: object) -> None:
        raise Cancelled

    monkeypatch.setattr("photoclust.terminal.TerminalProgress.checkpoint", stop)
    assert cli.main(["bench", easy, "--preset", "thesis"]) == cli.CANCELLED
    assert capsys.readouterr().out == ""
    assert quick == []


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "thesis"])
def test_every_preset_is_a_module_that_measures(name: str) -> None:
    assert find(name).__module__ == f"photoclust.bench.{name.replace('-', '_')}"


def test_the_links_preset_measures_parts_and_engines_and_prints_data(easy: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["bench", easy, "--preset", "links", "--engine", "hac", "--size", "40", "--seeds", "2", "--json"]
    assert cli.main(command) == cli.OK
    rows = json.loads(capsys.readouterr().out)[""]
    measured = [(row["dataset"], row["seed"]) for row in rows if row["kind"] == "must"]
    assert measured == [("easy@40", 0), ("easy@40", 1), ("easy", 0), ("easy", 1)]
    assert {row["none"] for row in rows} == {1.0}
    assert {row["plus_50"] for row in rows} == {0.0}


@pytest.mark.parametrize(
    "wrong",
    [
        ["--json", "--markdown"], ["--seeds", "0"], ["--seeds", "some"], ["--degrade", "fire"], ["--degrade-to", "out"],
        ["--oracle", "--preset", "thesis"], ["--oracle", "--seeds", "2"], ["--oracle", "--save", "some.json"],
        ["--preset", "thesis", "--engine", "hac"], ["--preset", "thesis", "--weights", "some.safetensors"],
        ["--train-on", "some.npz"], ["--preset", "links", "--train-on", "some.npz"], ["--preset", "links", "--save", "some.json"],
    ],
)  # fmt: skip
def test_wrong_usage_exits_with_2(easy: str, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["bench", easy, *wrong])
    assert stopped.value.code == cli.USAGE
