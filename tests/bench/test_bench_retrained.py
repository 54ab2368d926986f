"""The album engine retrained: leave one out, and the ablation."""

from __future__ import annotations

import numpy as np
import pytest

from photoclust.bench import ablation, leave_one_out
from photoclust.bench.datasets import Dataset
from photoclust.bench.link_training import Recipe
from photoclust.bench.presets import Asked
from photoclust.bench.retrained import group_by, group_with, replaced
from photoclust.clustering import album
from photoclust.clustering.engine import SILENT
from photoclust.clustering.evidence import FEATURES, Evidence, LinkEstimator
from photoclust.core.errors import UserError

TINY = Recipe(albums=1, epochs=1, networks=1, widths=(8,))


def people(name: str, seed: int = 0, persons: int = 14) -> Dataset:
    generator = np.random.default_rng(seed)
    y = np.repeat(np.arange(persons), 8)
    X = generator.normal(size=(persons, 24))[y] + 0.4 * generator.normal(size=(len(y), 24))
    return Dataset(name, (X / np.linalg.norm(X, axis=1, keepdims=True)).astype(np.float32), y)


def asked(*datasets: Dataset) -> Asked:
    return Asked(datasets, [], range(1), SILENT)


def test_the_engine_groups_by_other_weights_and_then_by_its_own_again() -> None:
    dataset = people("set")
    shipped = album.Album().fit_predict(dataset.embeddings).labels
    nothing = np.zeros(len(FEATURES), np.float32)
    never = LinkEstimator(nothing, nothing + 1, (nothing[:, None],), (np.array([-8.0], np.float32),))
    with replaced(cast_out=lambda _, labels, *__: labels, whole_persons=lambda _, labels, *__: labels):
        alone = group_with(never, dataset, 0, SILENT)
    assert len(np.unique(alone)) == len(dataset.persons)
    np.testing.assert_array_equal(album.Album().fit_predict(dataset.embeddings).labels, shipped)


def test_given_evidence_is_what_groups() -> None:
    dataset = people("set", persons=2)
    same = np.array([[i, j] for i in range(16) for j in range(i + 1, 16) if (i < 8) == (j < 8)])
    labels = group_by(Evidence(same, np.full(len(same), 4, np.float32), len(same)), dataset, album.Album(), SILENT)
    assert dataset.measure(labels).bcubed_f == 1


def test_what_stood_before_comes_back_even_after_an_error() -> None:
    before = album.cast_out
    with pytest.raises(RuntimeError), replaced(cast_out=None):
        raise RuntimeError
    assert album.cast_out is before


def test_a_set_is_measured_by_what_the_other_families_taught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leave_one_out, "RECIPE", TINY)
    taught: list[set[str]] = []
    learn = leave_one_out.examples
    monkeypatch.setattr(
        leave_one_out,
        "examples",
        lambda sets, *rest: taught.append({s.name for s in sets}) or learn(sets, *rest),  # type: ignore[func-returns-value]
    )
    sets = [people("lfw"), people("lfw-degraded", 1), people("fiw", 2)]
    [rows] = leave_one_out.measure(asked(*sets)).tables.values()
    assert taught == [{"fiw"}, {"lfw", "lfw-degraded"}]
    assert [row.dataset for row in rows] == ["lfw", "lfw-degraded", "fiw"]
    for row in rows:
        assert row.oracle in leave_one_out.ORACLES
        assert row.oracle_f > 0.9
        assert row.points == pytest.approx(100 * (row.bcubed_f - row.oracle_f), abs=0.02)


def test_one_family_alone_leaves_nothing_to_learn_from() -> None:
    with pytest.raises(UserError, match="Nothing is left to learn from without “lfw”"):
        leave_one_out.measure(asked(people("lfw"), people("lfw-degraded", 1)))


def test_every_variant_of_the_ablation_is_measured_on_persons_who_were_not_learned_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ablation, "RECIPE", TINY)
    monkeypatch.setattr(ablation, "thesis_features", lambda X, pairs, *_: np.zeros((len(pairs), 4), np.float32))
    dataset = people("set")
    outcome = ablation.measure(asked(dataset))
    [rows] = outcome.tables.values()
    methods = [row.method for row in rows]
    assert len(methods) == len(set(methods)) == 1 + 6 + 1 + len(ablation.GROUPS) + 1 + 4
    assert all(0 < row.bcubed_f <= 1 for row in rows)
    assert rows[0].bcubed_f > 0.9


def test_the_features_of_the_ablation_are_all_in_one_group_but_z() -> None:
    grouped = [name for name in FEATURES for begins in ablation.GROUPS.values() if name.startswith(begins)]
    assert sorted(grouped) == sorted(set(FEATURES) - {"z"})


def test_latent_products_and_densities_belong_to_both_directions_of_an_edge() -> None:
    dataset = people("set", persons=5)
    pairs = np.array([[0, 1], [0, 9], [3, 30]])
    told = ablation.thesis_features(dataset.embeddings, pairs, 0, SILENT)
    np.testing.assert_allclose(told, ablation.thesis_features(dataset.embeddings, pairs[:, ::-1], 0, SILENT))
    assert (told[:, 0] <= told[:, 1]).all()
    assert (told[:, 2] <= told[:, 3]).all()
    assert np.isfinite(told).all()
    assert told[2, 1] <= told[0, 1]
