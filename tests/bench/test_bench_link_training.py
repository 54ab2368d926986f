from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photoclust import cli
from photoclust.bench.link_training import Recipe, examples, fit, read_card, save
from photoclust.bench.split import half_of_persons
from photoclust.clustering import evidence
from photoclust.clustering.evidence import FEATURES, LinkEstimator
from photoclust.clustering.learning import Labelled
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent


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


def test_training_learns_links_and_what_is_saved_is_read_as_the_shipped_is(
    labelled: tuple[np.ndarray, np.ndarray], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = Recipe(albums=1, epochs=8, networks=2, widths=(8,), batch=256)
    albums = list(examples([Labelled("set", *labelled)], recipe, seed=0))
    estimator = fit(albums, recipe, seed=0)
    features = np.concatenate([told for told, _ in albums])
    same = np.concatenate([truth for _, truth in albums])
    odds = estimator.log_odds(features)
    assert odds[same].mean() > odds[~same].mean() + 2
    (tmp_path / "weights").mkdir()
    save(estimator, tmp_path / "weights" / "links.npz", {"engine": "album"})
    monkeypatch.setattr(evidence, "files", lambda _package: tmp_path)
    shipped = LinkEstimator.shipped()
    assert [weight.shape for weight in shipped.weights] == [(len(FEATURES), 16), (16, 1)]
    np.testing.assert_array_equal(shipped.log_odds(features), odds)
    assert read_card(tmp_path / "weights" / "links.npz") == {"engine": "album"}


def test_networks_side_by_side_answer_their_mean(labelled: tuple[np.ndarray, np.ndarray]) -> None:
    albums = list(examples([Labelled("set", *labelled)], Recipe(albums=1), seed=0))
    recipe = Recipe(epochs=1, networks=1, widths=(8, 4))
    one = fit(albums, recipe, seed=0)
    both = fit(albums, replace(recipe, networks=2), seed=0)
    features = albums[0][0]
    second = LinkEstimator(
        both.mean,
        both.spread,
        (both.weights[0][:, 8:], both.weights[1][8:, 4:], 2 * both.weights[2][4:]),
        (both.biases[0][8:], both.biases[1][4:], 2 * both.biases[2] - one.biases[2]),
    )
    mean = (one.log_odds(features) + second.log_odds(features)) / 2
    assert not np.allclose(one.log_odds(features), second.log_odds(features), atol=1e-2)
    np.testing.assert_allclose(both.log_odds(features), mean, atol=1e-4)


def test_the_same_seed_makes_the_same_bytes_and_another_does_not(labelled: tuple[np.ndarray, np.ndarray], tmp_path: Path) -> None:
    recipe = Recipe(albums=1, epochs=1, networks=2, widths=(8,))
    sets = [Labelled("one", *labelled), Labelled("other", *labelled)]
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        save(fit(list(examples(sets, recipe, seed)), recipe, seed), tmp_path / name, {})
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() != (tmp_path / "c").read_bytes()


def test_caution_makes_links_rarer(labelled: tuple[np.ndarray, np.ndarray]) -> None:
    albums = list(examples([Labelled("set", *labelled)], Recipe(albums=1), seed=0))
    bold, cautious = (fit(albums, Recipe(epochs=2, networks=1, caution=caution), seed=0) for caution in (1.0, 4.0))
    features = np.concatenate([told for told, _ in albums])
    assert cautious.log_odds(features).mean() < bold.log_odds(features).mean() - 0.3


def test_a_set_with_too_few_faces_a_person_makes_no_albums(labelled: tuple[np.ndarray, np.ndarray]) -> None:
    X, y = labelled
    few = np.flatnonzero(np.isin(y, [0, 1, 20, 21]))
    with pytest.raises(UserError, match="“few” needs 3 persons with 8 faces each"):
        list(examples([Labelled("few", X[few], y[few])], Recipe(albums=1), seed=0))


def test_making_albums_can_be_cancelled(labelled: tuple[np.ndarray, np.ndarray]) -> None:
    class Stop(Silent):
        def checkpoint(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        next(examples([Labelled("set", *labelled)], Recipe(albums=1), 0, Stop()))


def test_the_command_trains_links_from_half_of_the_persons_and_tells_so_on_their_card(
    labelled: tuple[np.ndarray, np.ndarray], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    X, y = labelled
    np.savez(tmp_path / "set.npz", X=X, y=y)
    out = tmp_path / "links.npz"
    options = [word for option in ("albums=1", "epochs=1", "networks=1", "widths=[8]") for word in ("--option", option)]
    assert cli.main(["train", "album", str(tmp_path / "set.npz"), "--out", str(out), "--half", *options]) == cli.OK
    card = read_card(out)
    [data] = card["data"]
    assert (data["persons_learned"], data["persons_validated"], card["half"]) == (20, 0, True)
    assert card["options"]["widths"] == [8]
    capsys.readouterr()
    assert cli.main(["train", "--card", str(out)]) == cli.OK
    assert data["sha256"] in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["links.npz", "set.npz"]
