"""Who is measured when half of some sets was learned from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photoclust import cli
from photoclust.bench.datasets import Dataset, load
from photoclust.bench.held_out import SAME_PHOTO, HeldOut
from photoclust.bench.split import half_of_persons
from photoclust.bench.thesis_methods import ThesisRow
from photoclust.core.errors import UserError


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def learned(tmp_path: Path) -> Path:
    generator = np.random.default_rng(0)
    y = np.repeat(np.arange(10), 6)
    X = generator.normal(size=(10, 64))[y] + 0.5 * generator.normal(size=(60, 64))
    np.savez(tmp_path / "learned.npz", X=unit(X).astype(np.float16), y=y)
    return tmp_path / "learned.npz"


def measured(dataset: Dataset, *paths: Path, copies: int = 0) -> Dataset:
    return next(HeldOut.of(paths, copies).measured(iter([dataset])))


def test_of_a_set_that_was_learned_from_the_other_half_is_measured(learned: Path) -> None:
    dataset = load(learned)
    found = measured(dataset, learned)
    other = half_of_persons(dataset.persons, other=True)
    np.testing.assert_array_equal(found.embeddings, dataset.embeddings[other])
    np.testing.assert_array_equal(found.persons, dataset.persons[other])
    assert (found.name, found.left_out) == ("learned, held out", 5)


def test_a_person_is_left_out_whole_when_one_photo_was_learned_from_by_another_eye(learned: Path) -> None:
    dataset = load(learned)
    rows = np.flatnonzero(half_of_persons(dataset.persons))[:1]
    generator = np.random.default_rng(1)
    seen_again = unit(dataset.embeddings[rows] + 0.03 * generator.normal(size=(1, 64)))  # the same photo, embedded by others
    assert SAME_PHOTO < (seen_again @ dataset.embeddings[rows[0]]).item() < 0.98
    strangers = unit(generator.normal(size=(5, 64)))
    folder = Dataset("folder", np.concatenate([strangers, seen_again]), np.array([0, 0, 1, 2, 1, 1]), missed=np.array([1, 2, 3]))
    found = measured(folder, learned)
    assert found.persons.tolist() == [0, 0, 2]
    assert found.missed.tolist() == [2, 3], "photos without a face go with their person"
    assert found.left_out == 1


def test_other_photos_of_the_half_that_is_measured_do_not_count_as_learned_from(learned: Path) -> None:
    dataset = load(learned)
    other = half_of_persons(dataset.persons, other=True)
    same_persons = replace(dataset.only(dataset.persons[other], "again"), name="again")
    assert measured(same_persons, learned).left_out == 0


def test_a_worse_copy_is_measured_on_the_same_persons_as_the_photos_it_is_of(learned: Path) -> None:
    dataset = load(learned)
    worse = replace(dataset, name="worse", embeddings=unit(np.random.default_rng(2).normal(size=dataset.embeddings.shape)))
    one, other = HeldOut.of([learned], copies=1).measured(iter([dataset, worse]))
    np.testing.assert_array_equal(one.persons, other.persons)
    assert (other.name, other.left_out) == ("worse, held out", 5)


def test_a_set_of_which_nobody_is_left_is_refused(learned: Path) -> None:
    dataset = load(learned)
    half = dataset.only(dataset.persons[half_of_persons(dataset.persons)], "half")
    with pytest.raises(UserError, match="Nobody is left to measure on in “half”"):
        measured(half, learned)


def test_vectors_of_another_width_are_refused(learned: Path) -> None:
    with pytest.raises(UserError, match="of 8 numbers, and what was learned from of 64"):
        measured(Dataset("narrow", np.eye(8, dtype=np.float32), np.arange(8)), learned)


def test_the_command_measures_saves_and_compares_held_out_persons_and_says_how_many_are_missing(
    learned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = str(tmp_path / "base.json")
    command = ["bench", str(learned), "--engine", "hac", "--json"]
    held_out = ["--held-out", str(learned)]
    assert cli.main([*command, "--save", base, *held_out]) == cli.OK
    said = capsys.readouterr()
    [row] = json.loads(said.out)
    assert (row["dataset"], row["faces"], row["persons"]) == ("learned, held out", 30, 5)
    assert "learned, held out: 5 persons are left out" in said.err
    assert cli.main([*command, "--compare", base, *held_out]) == cli.OK
    assert cli.main([*command, "--compare", base]) == cli.FAILED, "the whole set is another one"


def test_the_oracle_tries_held_out_persons_only(learned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", str(learned), "--oracle", "--engine", "hac", "--json", "--held-out", str(learned)]) == cli.OK
    said = capsys.readouterr()
    assert json.loads(said.out)[0]["faces"] == 30
    assert "5 persons are left out" in said.err


def test_the_thesis_learns_from_the_one_half_and_is_measured_on_the_other(learned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from photoclust.bench import thesis

    met: list[tuple[list[int], list[int]]] = []

    def compare(dataset: Dataset, learned_from: Dataset, *_: object) -> list[ThesisRow]:
        met.append((dataset.persons.tolist(), learned_from.persons.tolist()))
        return []

    monkeypatch.setattr(thesis, "measure_model", compare)
    monkeypatch.setattr(thesis, "CLASSICS", {})
    comparison = thesis.Comparison.read([learned], train_on=learned, held_out=HeldOut.of([learned]))
    found = comparison.tables(comparison.measure())
    assert len(met) == 12
    grouped, taught = met[0]
    assert len(grouped) == len(taught) == 30
    assert not set(grouped) & set(taught)
    assert "5 persons are left out" in found.left_out[0]
