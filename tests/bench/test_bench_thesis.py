"""The tables of the thesis: which rows there are, what they say, what is told while they are measured, what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from photoclust.bench import thesis, thesis_methods
from photoclust.bench.datasets import load
from photoclust.bench.tables import text, thesis_cells, thesis_data, thesis_line
from photoclust.bench.thesis import CLASSICS, Comparison, Finding, Tables
from photoclust.bench.thesis_methods import ThesisRow, measure_classic, measure_model
from photoclust.clustering import catalog
from photoclust.clustering.avgae import AVGAE
from photoclust.clustering.baselines import HAC
from photoclust.clustering.engine import Clustering
from photoclust.clustering.estimator import Training
from photoclust.clustering.networks import MODELS, count_parameters
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent, Status


@pytest.fixture(autouse=True, scope="module")
def _short_training() -> Iterator[None]:
    def short(**options: object) -> AVGAE:
        return AVGAE(**{**options, "training": Training(epochs=1, least_steps=2, batch=32)})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thesis_methods, "AVGAE", short)
        yield


def save(path: Path, spread: float, seed: int) -> Path:
    generator = np.random.default_rng(seed)
    y = np.repeat(np.arange(4), 12)
    np.savez(path, X=generator.normal(size=(4, 16))[y] + spread * generator.normal(size=(48, 16)), y=y)
    return path


@pytest.fixture
def easy(tmp_path: Path) -> Path:
    return save(tmp_path / "easy.npz", 0.2, 0)


def tables(paths: list[Path], **options: object) -> Tables:
    comparison = Comparison.read(paths, **options)
    return comparison.tables(comparison.measure())


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Comparison, list[Finding]]:
    comparison = Comparison.read([save(tmp_path_factory.mktemp("sets") / "easy.npz", 0.2, 0)])
    return comparison, list(comparison.measure())


@pytest.fixture(scope="module")
def found(findings: tuple[Comparison, list[Finding]]) -> Tables:
    comparison, measured = findings
    return comparison.tables(measured)


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
    there = [called for engine, called in CLASSICS.items() if engine in catalog.names() and _fits(engine)]
    told = list(dict.fromkeys(row.method for row in found.methods))
    assert told == [*there, "avgae", "avgae, density", "attention-avgae, density"]


def _fits(engine: str) -> bool:
    """Whether it groups vectors of 16 numbers; what has learned from longer ones does not."""
    try:
        catalog.create(engine).fit_predict(np.eye(16, dtype=np.float32))
    except UserError:
        return False
    return True


def test_methods_told_the_number_of_persons_find_it(found: Tables) -> None:
    told = {row.method: row for row in found.methods if row.setting == "best"}
    assert told["k-means"].groups == told["spectral"].groups == 4
    assert told["k-means"].bcubed_f == told["HAC"].pairwise_f == told["HAC"].nmi == pytest.approx(1.0)


def test_the_slow_models_are_measured_last_and_each_finding_counts_itself(findings: tuple[Comparison, list[Finding]]) -> None:
    comparison, measured = findings
    assert [finding.number for finding in measured] == list(range(1, 20))
    assert {finding.of for finding in measured} == {comparison.count} == {19}
    assert [finding.method.startswith("attention") for finding in measured] == [False] * 15 + [True] * 4
    assert measured[0].seconds_left is None, "before a model was measured, nobody can tell"
    assert (measured[-2].seconds_left or 0) > 0
    assert measured[-1].seconds_left == 0


def test_a_line_tells_what_was_measured_how_far_it_is_and_how_long_it_takes(findings: tuple[Comparison, list[Finding]]) -> None:
    lines = [thesis_line(finding) for finding in findings[1]]
    assert lines[0].startswith("1 of 19: k-means on easy: own BCubed F ")
    assert "left)" in lines[-2]
    assert "left)" not in lines[-1]
    assert all(", learned in" in line for line in lines[-4:])


def test_what_is_missing_is_told_and_the_rest_measured(easy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thesis, "CLASSICS", {"no-such-engine": "The Great Unknown", "hac": "HAC"})
    monkeypatch.setattr(thesis, "MODELS", {})
    found = tables([easy])
    assert [row.method for row in found.methods] == ["HAC", "HAC"]
    assert len(found.left_out) == 1
    assert "The Great Unknown is left out on easy" in found.left_out[0]


def test_l_gcn_has_its_row_as_soon_as_the_catalog_has_it(easy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stand(HAC):
        def fit_predict(self, embeddings: np.ndarray, **options: object) -> Clustering:
            return HAC().fit_predict(embeddings)

    known = catalog.create
    monkeypatch.setattr(catalog, "create", lambda name: Stand() if name == "lgcn" else known(name))
    monkeypatch.setattr(thesis, "MODELS", {})
    assert [row.method for row in tables([easy]).methods][-2:] == ["L-GCN", "L-GCN"]


def test_the_text_has_a_line_a_row_under_its_head(found: Tables) -> None:
    lines = text(thesis_cells(found.models)).splitlines()
    assert len(lines) == 1 + len(found.models)
    assert lines[0].split()[-1] == "parameters"
    assert thesis_cells([]) == []


def test_several_seeds_are_a_mean_and_its_spread_where_something_is_random(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hard = save(tmp_path / "hard.npz", 1.2, 0)
    monkeypatch.setattr(thesis, "CLASSICS", {"kmeans": "k-means", "hac": "HAC"})
    monkeypatch.setattr(thesis, "MODELS", {"vgae": MODELS["vgae"]})
    several = tables([hard], seeds=(3, 4, 5))
    single = [tables([hard], seeds=(seed,)) for seed in (3, 4, 5)]
    row, rows = several.models[0], [one.models[0] for one in single]
    scores = [one.pairwise_f for one in rows]
    assert len(set(scores)) > 1, "else this test could not fail"
    assert row.pairwise_f == pytest.approx(np.mean(scores))
    assert row.spread["pairwise_f"] == pytest.approx(np.std(scores, ddof=1))
    assert (row.seeds, row.parameters) == (3, rows[0].parameters)
    told = {row.method: row for row in several.methods if row.setting == "own"}
    assert (told["k-means"].seeds, told["HAC"].seeds) == (3, 1)
    assert f"{row.pairwise_f:.3f} ± {row.spread['pairwise_f']:.3f}" in text(thesis_cells(several.models))
    assert thesis_data(row)["seeds"] == 3
    assert not {"seeds", "spread"} & thesis_data(told["HAC"]).keys()


def test_models_may_learn_on_another_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thesis, "CLASSICS", {})
    monkeypatch.setattr(thesis, "MODELS", {"avgae": MODELS["avgae"]})
    hard, other = save(tmp_path / "hard.npz", 1.2, 0), save(tmp_path / "other.npz", 1.5, 1)
    here = [row.pairwise_f for row in tables([hard]).models]
    there = [row.pairwise_f for row in tables([hard], train_on=other).models]
    assert len(here) == len(there)
    assert here != there


def test_a_set_to_learn_from_with_other_vectors_is_refused(easy: Path, tmp_path: Path) -> None:
    np.savez(tmp_path / "wide.npz", X=np.eye(20), y=np.arange(20))
    with pytest.raises(UserError, match="has vectors of 16 numbers; what the models learn from has 20"):
        Comparison.read([easy], train_on=tmp_path / "wide.npz")


def test_an_engine_with_nothing_to_sweep_has_its_own_row_only(easy: Path) -> None:
    engine = AVGAE(training=Training(epochs=1, least_steps=2))
    rows = list(measure_classic(load(easy), engine, "something learned", 0, Silent()))
    assert [row.setting for row in rows] == ["own"]


def test_a_set_that_cannot_be_read_is_refused_before_anything_is_measured(easy: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nowhere"):
        Comparison.read([easy, tmp_path / "nowhere.npz"])


def test_what_was_measured_before_a_cancel_is_there(easy: Path) -> None:
    class StopAt(Silent):
        def report(self, status: Status) -> None:
            self.stop = status.phase.startswith("3 of 19")

        def checkpoint(self) -> None:
            if self.stop:
                raise Cancelled

    comparison = Comparison.read([easy])
    found: list[Finding] = []

    def keep_all() -> None:
        for finding in comparison.measure(StopAt()):
            found.append(finding)

    with pytest.raises(Cancelled):
        keep_all()
    assert [row.method for row in comparison.tables(found).methods] == ["k-means", "k-means", "DBSCAN", "DBSCAN"]


def test_the_same_seed_gives_the_same_scores(easy: Path) -> None:
    dataset = load(easy)

    def scores(seed: int) -> list[float]:
        rows: list[ThesisRow] = list(measure_model(dataset, dataset, "vgae", False, seed, Silent()))
        return [row.bcubed_f for row in rows]

    assert scores(3) == scores(3)
