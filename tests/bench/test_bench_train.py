"""Training with a tiny real learner: how much the cosine of a pair speaks for one person, learned by logistic regression."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from photoclust import cli
from photoclust.bench.checkpoint import Checkpoint, Standing
from photoclust.bench.datasets import Dataset
from photoclust.bench.split import learning_and_validation, validation_persons
from photoclust.bench.train import Lesson, train
from photoclust.clustering import catalog
from photoclust.clustering.engine import SILENT, Clustering, Constraints, Embeddings, Hints
from photoclust.clustering.learning import Labelled, Learner
from photoclust.clustering.linkage import merge_links
from photoclust.clustering.weights_file import Weights, read
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Progress, Silent, Status


@dataclass(frozen=True)
class Pairs:
    """Faces above the cosine at which the regression says one half are one person."""

    epochs: int = 6
    rate: float = 0.5
    broken_in: int | None = None
    """The epoch whose loss is no number."""
    weights: Weights | None = field(default=None, repr=False)
    name: str = "pairs"

    def begin(self, albums: Sequence[Labelled], seed: int) -> PairsCourse:
        return PairsCourse(self, albums, seed)

    def with_weights(self, weights: Weights) -> Pairs:
        return replace(self, weights=weights)

    def fit_predict(
        self,
        embeddings: Embeddings,
        *,
        hints: Hints | None = None,
        constraints: Constraints | None = None,
        seed: int = 0,
        progress: Progress = SILENT,
    ) -> Clustering:
        progress.checkpoint()
        assert self.weights
        above = -float(self.weights.tensors["bias"]) / float(self.weights.tensors["weight"])
        pairs = np.argwhere(np.triu(np.ones((len(embeddings),) * 2, bool), 1))
        cosines = (embeddings @ embeddings.T)[tuple(pairs.T)]
        labels = merge_links(len(embeddings), pairs, cosines.astype(np.float32), above)
        return Clustering(labels, np.ones(len(labels), np.float32))


class PairsCourse:
    def __init__(self, learner: Pairs, albums: Sequence[Labelled], seed: int) -> None:
        self.epochs, self._broken_in, self._albums = learner.epochs, learner.broken_in, albums
        self.network = torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.Dropout(0.1))  # both use torch's global generator
        self.optimiser = torch.optim.Adam(self.network.parameters(), learner.rate)
        self.schedule = torch.optim.lr_scheduler.CosineAnnealingLR(self.optimiser, learner.epochs)
        self.seed = seed

    def epoch(self, generator: torch.Generator, progress: Progress) -> float:
        progress.report(Status("Learning"))
        losses = []
        for album in self._albums:
            progress.checkpoint()
            pairs = torch.randint(len(album.persons), (400, 2), generator=generator).numpy()
            cosines = (album.embeddings[pairs[:, 0]] * album.embeddings[pairs[:, 1]]).sum(1)
            same = album.persons[pairs[:, 0]] == album.persons[pairs[:, 1]]
            told = self.network(torch.from_numpy(cosines)[:, None])[:, 0]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(told, torch.from_numpy(same.astype(np.float32)))
            self.optimiser.zero_grad()
            loss.backward()
            self.optimiser.step()
            losses.append(loss.item())
        self.schedule.step()
        if self.schedule.last_epoch == self._broken_in:
            return float("nan")
        return float(np.mean(losses))

    def weights(self, validation: Sequence[Labelled]) -> Weights:
        linear = self.network[0]
        tensors = {"weight": linear.weight.detach().clone(), "bias": linear.bias.detach().clone()}
        return Weights(tensors, {"engine": "pairs", "options": {"sets": len(validation)}})


class StopAt(Silent):
    """Asks to stop at the given checkpoint."""

    def __init__(self, checkpoint: int) -> None:
        self.left = checkpoint

    def checkpoint(self) -> None:
        self.left -= 1
        if self.left <= 0:
            raise Cancelled


def faces(persons: int = 30, each: int = 6, seed: int = 0) -> Dataset:
    generator = np.random.default_rng(seed)
    y = np.repeat(np.arange(persons), each)
    X = generator.normal(size=(persons, 16))[y] + 0.5 * generator.normal(size=(len(y), 16))
    return Dataset("faces", (X / np.linalg.norm(X, axis=1, keepdims=True)).astype(np.float32), y)


def lesson(learner: Pairs, seed: int = 3, **more: int) -> Lesson:
    pairs = [learning_and_validation(faces(seed=number), half=False) for number in range(2)]
    return Lesson(learner, [one for one, _ in pairs], [other for _, other in pairs], seed, **more)


def checkpoint(folder: Path, **training: object) -> Checkpoint:
    return Checkpoint(folder / "w.checkpoint", {"engine": "pairs", **training})


def assert_same(one: Standing, other: Standing) -> None:
    assert one.history == other.history
    assert one.best == other.best
    assert one.weights.card == other.weights.card
    for name, tensor in one.weights.tensors.items():
        assert torch.equal(tensor, other.weights.tensors[name])


def test_the_learner_of_this_test_is_one_and_learns(tmp_path: Path) -> None:
    assert isinstance(Pairs(), Learner)
    found = train(lesson(Pairs(epochs=40), patience=40), checkpoint(tmp_path), Silent())
    assert found.history[found.best].score > found.history[0].score + 0.1
    assert found.history[found.best].score > 0.9


@pytest.mark.parametrize("stop", [1, 3, 8, 14])
def test_an_interrupted_training_that_goes_on_is_the_same_bit_for_bit(tmp_path: Path, stop: int) -> None:
    (tmp_path / "whole").mkdir()
    whole = train(lesson(Pairs()), checkpoint(tmp_path / "whole"), Silent())
    with pytest.raises(Cancelled):
        train(lesson(Pairs()), checkpoint(tmp_path), StopAt(stop))
    assert checkpoint(tmp_path).exists() == (stop > 4), "an epoch of this learner asks four times"
    torch.rand(stop)  # what others draw does not matter
    assert_same(train(lesson(Pairs()), checkpoint(tmp_path), Silent()), whole)
    assert len(whole.history) == 6


def test_a_finished_training_that_is_asked_for_again_stays_as_it_is(tmp_path: Path) -> None:
    found = train(lesson(Pairs()), checkpoint(tmp_path), Silent())
    assert_same(train(lesson(Pairs()), checkpoint(tmp_path), StopAt(1)), found)


def test_training_leaves_the_global_generator_of_torch_alone(tmp_path: Path) -> None:
    before = torch.random.get_rng_state()
    train(lesson(Pairs(), epochs=1), checkpoint(tmp_path), Silent())
    assert torch.equal(torch.random.get_rng_state(), before)


def test_another_seed_learns_something_else(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    one = train(lesson(Pairs(), seed=1), checkpoint(tmp_path), Silent())
    other = train(lesson(Pairs(), seed=2), checkpoint(tmp_path / "a"), Silent())
    assert one.history[0].loss != other.history[0].loss


def test_training_stops_early_and_keeps_the_best(tmp_path: Path) -> None:
    found = train(lesson(Pairs(epochs=200), patience=4), checkpoint(tmp_path), Silent())
    scores = [epoch.score for epoch in found.history]
    assert len(scores) == found.best + 1 + 4 < 200
    assert found.best == scores.index(max(scores))


def test_fewer_epochs_than_the_course_has_can_be_asked_for(tmp_path: Path) -> None:
    assert len(train(lesson(Pairs(), epochs=2), checkpoint(tmp_path), Silent()).history) == 2


def test_a_loss_that_is_no_number_ends_the_training_and_what_was_learned_before_is_kept(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="came apart in epoch 3"):
        train(lesson(Pairs(broken_in=3)), checkpoint(tmp_path), Silent())
    assert checkpoint(tmp_path).exists()


def test_a_checkpoint_of_another_training_is_refused_with_what_differs(tmp_path: Path) -> None:
    train(lesson(Pairs(), epochs=1), checkpoint(tmp_path, seed=3, data=[{"sha256": "a"}]), Silent())
    for other, what in (({"seed": 4, "data": [{"sha256": "a"}]}, "seed"), ({"seed": 3, "data": [{"sha256": "b"}]}, "data")):
        with pytest.raises(UserError, match=f"another training: its {what}"):
            train(lesson(Pairs()), checkpoint(tmp_path, **other), Silent())
    with pytest.raises(UserError, match="its engine"):
        train(lesson(Pairs()), Checkpoint(tmp_path / "w.checkpoint", {"engine": "other"}), Silent())


def test_what_is_no_checkpoint_is_refused_and_no_code_in_it_is_run(tmp_path: Path) -> None:
    path = tmp_path / "w.checkpoint"
    mark = tmp_path / "was-run"

    class Trap:
        def __reduce__(self) -> tuple[object, tuple[object, ...]]:
            return Path.touch, (mark,)

    torch.save({"training": Trap()}, path)
    trapped = path.read_bytes()
    train(lesson(Pairs(), epochs=1), Checkpoint(tmp_path / "other.checkpoint", {"engine": "pairs"}), Silent())
    cut = (tmp_path / "other.checkpoint").read_bytes()[:-200]
    for content in (trapped, cut, b"", b"nonsense"):
        path.write_bytes(content)
        with pytest.raises(UserError, match=r"cannot be read as a checkpoint"):
            train(lesson(Pairs()), checkpoint(tmp_path), Silent())
    assert not mark.exists()


@pytest.mark.parametrize("persons", [4, 5, 9, 10, 40, 41])
def test_a_fifth_of_the_persons_is_kept_aside_but_two_at_least(persons: int) -> None:
    kept = validation_persons(np.repeat(np.arange(persons), 3))
    assert len(set((np.flatnonzero(kept) // 3).tolist())) == max(2, persons // 5)
    assert kept.reshape(-1, 3).all(1).tolist() == kept.reshape(-1, 3).any(1).tolist(), "persons stay whole"


@pytest.mark.parametrize("half", [False, True])
def test_nobody_is_both_learned_from_and_validated_on(half: bool) -> None:
    from photoclust.bench.split import half_of_persons

    dataset = faces()
    learned, validated = learning_and_validation(dataset, half=half)
    assert not set(learned.persons.tolist()) & set(validated.persons.tolist())
    assert len(learned.persons) + len(validated.persons) == len(dataset.persons) // (2 if half else 1)
    if half:
        measured = set(dataset.persons[half_of_persons(dataset.persons, other=True)].tolist())
        assert not measured & {*learned.persons.tolist(), *validated.persons.tolist()}


def test_too_few_persons_are_refused() -> None:
    with pytest.raises(UserError, match=r"too small: it has 3 persons in the half"):
        learning_and_validation(faces(persons=6), half=True)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    dataset = faces()
    np.savez(tmp_path / "faces.npz", X=dataset.embeddings, y=dataset.persons)
    monkeypatch.setitem(catalog._ENGINES, "pairs", f"{__name__}:Pairs")
    return str(tmp_path / "faces.npz")


def test_the_command_writes_weights_with_a_card_that_tells_where_they_come_from(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pairs.safetensors"
    command = ["train", "pairs", data, "--out", str(out), "--half", "--seed", "7", "--option", "epochs=3", "--json"]
    assert cli.main(command) == cli.OK
    said = json.loads(capsys.readouterr().out)
    card = read(out, "pairs").card
    assert said["card"] == card
    [source] = card["data"]
    assert (source["name"], source["faces"]) == ("faces", 90)
    assert (source["persons_learned"], source["persons_validated"]) == (12, 3)
    assert len(source["sha256"]) == 64
    assert (card["seed"], card["half"], card["licence"], card["epochs"]) == (7, True, "Apache-2.0", 3)
    assert len(card["scores"]) == len(card["losses"]) == 3
    assert card["command"].startswith(f"photoclust train pairs {data} --out pairs.safetensors --seed 7 --half")
    assert card["versions"].keys() == {"photoclust", "torch"}
    assert "SFace only" in card["carries_over"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["faces.npz", "pairs.safetensors"]
    assert cli.main(["train", "--card", str(out)]) == cli.OK
    page = capsys.readouterr().out
    assert source["sha256"] in page
    assert "For vectors of SFace only. Licence: Apache-2.0." in page


def test_an_interrupted_command_goes_on_only_when_told_to_and_ends_with_the_same_file(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["train", "pairs", data, "--option", "epochs=4", "--out"]
    whole, out = tmp_path / "whole" / "w.safetensors", tmp_path / "w.safetensors"
    whole.parent.mkdir()
    assert cli.main([*command, str(whole)]) == cli.OK
    real = PairsCourse.epoch

    def interrupted(course: PairsCourse, generator: torch.Generator, progress: Progress) -> float:
        if course.schedule.last_epoch == 2:
            raise Cancelled
        return real(course, generator, progress)

    with monkeypatch.context() as patch:
        patch.setattr(PairsCourse, "epoch", interrupted)
        assert cli.main([*command, str(out)]) == cli.CANCELLED
    assert not out.exists()
    assert cli.main([*command, str(out)]) == cli.FAILED
    assert "--resume" in capsys.readouterr().err
    assert cli.main([*command, str(out), "--resume"]) == cli.OK
    assert out.read_bytes() == whole.read_bytes()


def test_an_engine_without_anything_to_learn_is_refused(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "hac", data, "--out", str(tmp_path / "x")]) == cli.FAILED
    assert "nothing to learn" in capsys.readouterr().err


def test_the_schedule_of_an_engine_ends_with_the_epochs_that_are_asked_for(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    losses = []
    for number, epochs in enumerate((["--epochs", "3"], ["--option", "epochs=3"], ["--option", "epochs=6", "--epochs", "3"])):
        assert cli.main(["train", "pairs", data, "--out", str(tmp_path / str(number)), "--json", *epochs]) == cli.OK
        losses.append(json.loads(capsys.readouterr().out)["card"]["losses"])
    assert losses[0] == losses[1] == losses[2]
    assert len(losses[0]) == 3


@pytest.mark.parametrize("wrong", [[], ["hac"], ["hac", "some.npz"], ["hac", "some.npz", "--out", "x", "--epochs", "0"]])
def test_wrong_usage_of_train_exits_with_2(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["train", *wrong])
    assert stopped.value.code == cli.USAGE
