"""The tables of the thesis: which rows there are, what they say, what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from photoclust.bench import thesis
from photoclust.bench.datasets import Dataset, load
from photoclust.bench.thesis import CLASSICS, Tables, compare_classic, compare_models, tables
from photoclust.clustering import catalog
from photoclust.clustering.avgae import AVGAE
from photoclust.clustering.estimator import Training
from photoclust.clustering.networks import MODELS, count_parameters
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent


@pytest.fixture(autouse=True, scope="module")
def _short_training() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thesis, "AVGAE", partial(AVGAE, training=Training(epochs=1, least_steps=2, batch=32)))
        yield


def save(path: Path, spread: float, seed: int) -> Path:
    generator = np.random.default_rng(seed)
    y = np.repeat(np.arange(4), 12)
    np.savez(path, X=generator.normal(size=(4, 16))[y] + spread * generator.normal(size=(48, 16)), y=y)
    return path


@pytest.fixture
def easy(tmp_path: Path) -> Path:
    return save(tmp_path / "easy.npz", 0.2, 0)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return tables([save(tmp_path_factory.mktemp("sets") / "easy.npz", 0.2, 0)])


def test_every_model_has_a_row_with_and_without_density_at_its_own_and_the_best_threshold(found: Tables) -> None:
    methods = [*MODELS, *(f"{name}, density" for name in MODELS)]
    assert [(row.method, row.setting) for row in found.models] == [(m, s) for m in methods for s in ("own", "best")]
    assert {row.dataset for row in found.models} == {"easy"}
    assert all((row.train_seconds or 0) > 0 and row.test_seconds > 0 for row in found.models)


def test_the_best_setting_is_never_worse_than_the_own_of_the_same_links(found: Tables) -> None:
    for own, best in zip(found.models[::2], found.models[1::2], strict=True):
        assert best.bcubed_f >= own.bcubed_f


def test_parameters_count_both_estimators_where_there_are_two(found: Tables) -> None:
    told = {row.method: row.parameters for row in found.models}
    for name, model in MODELS.items():
        assert told[name] == count_parameters(model, 16)
        assert told[f"{name}, density"] == 2 * count_parameters(model, 16)


def test_the_classics_come_first_and_the_proposed_models_last(found: Tables) -> None:
    there = [called for engine, called in CLASSICS.items() if engine in catalog.names()]
    told = list(dict.fromkeys(row.method for row in found.methods))
    assert told == [*there, "avgae", "avgae, density", "attention-avgae, density"]


def test_methods_told_the_number_of_persons_find_it(found: Tables) -> None:
    told = {row.method: row for row in found.methods if row.setting == "best"}
    assert told["k-means"].groups == told["spectral"].groups == 4
    assert told["k-means"].bcubed_f == told["HAC"].pairwise_f == told["HAC"].nmi == pytest.approx(1.0)


def test_what_is_missing_is_told_and_the_rest_measured(easy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thesis, "CLASSICS", {"no-such-engine": "The Great Unknown", "hac": "HAC"})
    found = tables([easy])
    assert [row.method for row in found.methods[:2]] == ["HAC", "HAC"]
    assert len(found.left_out) == 1
    assert "The Great Unknown is left out on easy" in found.text()


def test_the_text_has_a_line_a_row_under_two_heads(found: Tables) -> None:
    first, second, *_ = found.text().split("\n\n")
    assert len(first.splitlines()) == 2 + len(found.models)
    assert len(second.splitlines()) == 2 + len(found.methods)
    assert first.splitlines()[1].split()[-1] == "parameters"
    assert "parameters" not in second
    assert asdict(found)["models"][0]["method"] == "gae"


def test_models_may_learn_on_another_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thesis, "CLASSICS", {})
    hard, other = save(tmp_path / "hard.npz", 1.2, 0), save(tmp_path / "other.npz", 1.5, 1)
    here = [row.pairwise_f for row in tables([hard]).models]
    there = [row.pairwise_f for row in tables([hard], train_on=other).models]
    assert len(here) == len(there)
    assert here != there


def test_an_engine_with_nothing_to_sweep_has_its_own_row_only(easy: Path) -> None:
    engine = AVGAE(training=Training(epochs=1, least_steps=2))
    rows = list(compare_classic(load(easy), engine, "something learned", 0, Silent()))
    assert [row.setting for row in rows] == ["own"]


def test_a_set_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nowhere"):
        tables([tmp_path / "nowhere.npz"])


def test_measuring_can_be_cancelled(easy: Path) -> None:
    class Stop(Silent):
        def checkpoint(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        tables([easy], progress=Stop())


def test_the_same_seed_gives_the_same_scores(easy: Path) -> None:
    dataset: Dataset = load(easy)
    one, two = ([row.bcubed_f for row in compare_models(dataset, dataset, 3, Silent())] for _ in range(2))
    assert one == two
