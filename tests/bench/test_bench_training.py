from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photoclust.bench.training import KINDS, Recipe, examples, fit, half_of_persons, make_album, save
from photoclust.clustering.evidence import FEATURES


@pytest.fixture
def labelled() -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(0)
    y = np.repeat(np.arange(40), [12] * 16 + [2] * 24)
    X = generator.normal(size=(40, 32))[y] + 0.6 * generator.normal(size=(len(y), 32))
    return (X / np.linalg.norm(X, axis=1, keepdims=True)).astype(np.float32), y


def test_nobody_is_in_both_halves(labelled: tuple[np.ndarray, np.ndarray]) -> None:
    _, y = labelled
    trained, kept = half_of_persons(y), half_of_persons(y, other=True)
    assert (trained ^ kept).all()
    assert not set(y[trained].tolist()) & set(y[kept].tolist())
    assert len(set(y[trained].tolist())) == 20


@pytest.mark.parametrize("kind", KINDS)
def test_an_album_of_each_kind_has_unit_faces_of_at_least_three_persons(
    labelled: tuple[np.ndarray, np.ndarray], kind: str
) -> None:
    X, y = labelled
    for seed in range(5):
        faces, persons = make_album(X, y, kind, np.random.default_rng(seed))
        assert len(faces) == len(persons)
        assert len(set(persons.tolist())) >= 3
        np.testing.assert_allclose(np.linalg.norm(faces, axis=1), 1, atol=1e-5)


def test_training_learns_links_and_what_is_saved_can_be_read(labelled: tuple[np.ndarray, np.ndarray], tmp_path: Path) -> None:
    X, y = labelled
    np.savez(tmp_path / "set.npz", X=X, y=y)
    recipe = Recipe(albums=1, epochs=8, widths=(16,), batch=256)
    albums = list(examples([tmp_path / "set.npz"], recipe, seed=0))
    estimator = fit(albums, recipe, seed=0)
    features = np.concatenate([told for told, _ in albums])
    same = np.concatenate([truth for _, truth in albums])
    odds = estimator.log_odds(features)
    assert odds[same].mean() > odds[~same].mean() + 2
    save(estimator, tmp_path / "links.npz")
    with np.load(tmp_path / "links.npz") as arrays:
        assert set(arrays.files) == {"mean", "spread", "w0", "w1", "b0", "b1"}
        assert arrays["w0"].shape == (len(FEATURES), 16)
