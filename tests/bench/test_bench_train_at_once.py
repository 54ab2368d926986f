"""`photoclust train avgae`: the thesis engine learns from some faces and is measured on others."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from photoclust import cli
from photoclust.clustering.weights_file import read

SHORT = [word for option in ("epochs=1", "least_steps=5", "k=10") for word in ("--option", option)]


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    paths = []
    for number in range(2):
        generator = np.random.default_rng(number)
        y = np.repeat(np.arange(20), 5)
        X = generator.normal(size=(20, 16))[y] + 0.3 * generator.normal(size=(100, 16))
        np.savez(tmp_path / f"set{number}.npz", X=X, y=y)
        paths.append(str(tmp_path / f"set{number}.npz"))
    return paths


def test_it_learns_from_several_sets_and_the_bench_measures_what_it_has_learned(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "mine.safetensors"
    assert cli.main(["train", "avgae", *data, "--out", str(out), "--half", "--json", "--option", "model=vgae", *SHORT]) == cli.OK
    card = json.loads(capsys.readouterr().out)["card"]
    assert card == read(out, "avgae").card
    assert card["options"]["model"] == {"convolution": "concat", "variational": True, "adversarial": False}
    assert 0 < card["score"] <= 1
    assert [source["persons_learned"] for source in card["data"]] == [8, 8]
    assert cli.main(["bench", data[0], "--weights", str(out), "--held-out", *data, "--json"]) == cli.OK
    [row] = json.loads(capsys.readouterr().out)
    assert (row["engine"], row["dataset"], row["faces"]) == ("avgae:mine", "set0, held out", 50)


def test_the_same_seed_writes_the_same_file(data: list[str], tmp_path: Path) -> None:
    contents = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        out = tmp_path / folder / "w.safetensors"
        assert cli.main(["train", "avgae", data[0], "--out", str(out), "--seed", "4", *SHORT]) == cli.OK
        contents.append(out.read_bytes())
    assert contents[0] == contents[1]


@pytest.mark.parametrize(("option", "told"), [("model=gpt", "no model “gpt”"), ("magic=1", "cannot be trained with these")])
def test_unknown_options_are_refused(
    option: str, told: str, data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["train", "avgae", data[0], "--out", str(tmp_path / "w"), "--option", option]) == cli.FAILED
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["--resume", "--epochs=3"])
def test_what_only_epochs_have_is_wrong_usage(wrong: str, data: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["train", "avgae", data[0], "--out", str(tmp_path / "w"), wrong])
    assert stopped.value.code == cli.USAGE
