"""Training of the embedder: faces cut out of rendered photos, split by person, learned; its loss by hand."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Generator

from photoclust import cli
from photoclust.bench.checkpoint import Checkpoint, Standing
from photoclust.bench.crops import Crops, cut_out
from photoclust.bench.train import train
from photoclust.bench.train_densenet import (
    FaceLesson,
    Recipe,
    changed,
    embed,
    softmax_over_persons,
    split,
    verification_auc,
    warmed_cosine,
)
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent, Status
from photoclust.demo.studio import draw_persons
from photoclust.vision.densenet import Shape, read
from photoclust.vision.session import FaceSession

TINY = Shape(side=32, dimensions=16, growth=8, blocks=(1, 1, 1, 1), first=8)


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of the user's is read or written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PHOTOCLUST_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("drawn") / "persons"
    draw_persons(out, 5, 3, largest=60)
    return out


def made_up(persons: int = 8, each: int = 6, seed: int = 0, name: str = "made up") -> Crops:
    """Pictures with a rough pattern a person, under noise."""
    generator = np.random.default_rng(seed)
    y = np.repeat(np.arange(persons), each)
    patterns = generator.integers(0, 255, (persons, 7, 7, 3)).repeat(16, axis=1).repeat(16, axis=2)
    noisy = patterns[y] + generator.normal(0, 20, (len(y), 112, 112, 3))
    return Crops(name, np.clip(noisy, 0, 255).astype(np.uint8), y)


def lesson(epochs: int = 3, **recipe: float) -> FaceLesson:
    sets = [split(made_up(seed=seed, name=f"set {seed}"), half=False) for seed in range(2)]
    return FaceLesson(Recipe(epochs=epochs, batch=16, **recipe), TINY, [a for a, _ in sets], [b for _, b in sets], seed=3)


def checkpoint(folder: Path) -> Checkpoint:
    return Checkpoint(folder / "w.checkpoint", {"engine": "densenet121"})


def test_faces_are_cut_out_aligned_once_and_remembered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = cut_out(folder)
    assert first.name == "persons"
    assert first.pictures.shape[1:] == (112, 112, 3)
    assert first.pictures.dtype == np.uint8
    assert 12 <= len(first.persons) <= 15
    assert set(first.persons.tolist()) == set(range(5))

    def never(*_: object) -> None:
        raise AssertionError("looked again")

    monkeypatch.setattr(FaceSession, "detect", never)
    again = cut_out(folder)
    assert np.array_equal(again.pictures, first.pictures)
    assert np.array_equal(again.persons, first.persons)
    monkeypatch.setattr(FaceSession, "detector_id", "looks otherwise")
    with pytest.raises(AssertionError, match="looked again"):
        cut_out(folder)


def test_a_cancelled_look_keeps_what_it_saw_and_a_photo_without_a_face_is_left_out(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "p0001" / "000.jpg").write_bytes(b"no photo")

    class StopSecond(Silent):
        left = 2

        def checkpoint(self) -> None:
            self.left -= 1
            if not self.left:
                raise Cancelled

    looked: list[int] = []

    class Counted(FaceSession):
        def detect(self, photos):  # type: ignore[no-untyped-def]
            looked.append(len(photos))
            return super().detect(photos)

    with pytest.raises(Cancelled):
        cut_out(copy, StopSecond(), Counted("cpu"))
    assert sum(looked) == 7, "eight files, one of which is no photo"
    rest = cut_out(copy, session=Counted("cpu"))
    assert sum(looked) == 15
    assert len(rest.persons) <= 15


def test_a_folder_without_folders_or_faces_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photos" / "nobody").mkdir(parents=True)
    with pytest.raises(UserError, match="no folders with photos"):
        cut_out(tmp_path / "photos")
    (tmp_path / "photos" / "nobody" / "a.jpg").write_bytes(b"no photo")
    with pytest.raises(UserError, match="No face was found"):
        cut_out(tmp_path / "photos")


def test_nobody_is_both_learned_and_validated_and_persons_seen_once_are_not_learned() -> None:
    crops = made_up(persons=20, each=3)
    once = (crops.persons >= 15) & (np.arange(60) % 3 > 0)
    crops = crops.taken(~once)
    learned, kept = split(crops, half=False)
    assert not set(learned.persons) & set(kept.persons)
    assert learned.persons.max() < 15
    assert len(set(kept.persons)) == 4
    halved, _ = split(crops, half=True)
    assert set(halved.persons) < set(range(15))
    assert len(set(halved.persons)) < len(set(learned.persons))


@pytest.mark.parametrize(("persons", "each"), [(3, 5), (8, 1)])
def test_too_few_persons_with_two_photos_are_refused(persons: int, each: int) -> None:
    with pytest.raises(UserError, match="too small"):
        split(made_up(persons, each), half=False)


def test_the_loss_is_the_softmax_over_cosines_among_the_persons_of_the_same_set() -> None:
    vectors = torch.tensor([[2.0, 0.0], [0.0, 0.5]])
    weights = torch.tensor([[3.0, 0.0], [0.0, 1.0], [5.0, 5.0]], requires_grad=True)
    persons, sets = torch.tensor([0, 1]), torch.tensor([0, 0, 1])
    loss = softmax_over_persons(vectors, weights, persons, sets, Recipe(scale=2.0, smoothing=0.0))
    assert loss.item() == pytest.approx(math.log(1 + math.exp(-2.0)))  # cosines 1 and 0, twice
    torch.autograd.backward(loss)
    assert weights.grad is not None
    assert weights.grad[2].abs().max() == 0
    assert weights.grad[:2].abs().max() > 0
    smooth = softmax_over_persons(vectors, weights, persons, sets, Recipe(scale=2.0, smoothing=0.5))
    right, wrong = -math.log(1 + math.exp(-2.0)), -2.0 - math.log(1 + math.exp(-2.0))
    assert smooth.item() == pytest.approx(-(0.5 * right + 0.5 * (right + wrong) / 2))


def test_changed_faces_stay_faces_in_range_and_follow_from_the_generator() -> None:
    faces = torch.from_numpy(made_up().pictures).permute(0, 3, 1, 2).float()
    one, same, other = (changed(faces, Generator().manual_seed(seed)) for seed in (1, 1, 2))
    assert one.shape == faces.shape
    assert torch.equal(one, same)
    assert not torch.equal(one, other)
    assert one.min() >= 0
    assert one.max() <= 255

    def alike(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.cosine_similarity(a.flatten(1) - a.mean(), b.flatten(1) - b.mean())

    mirrored = alike(one, faces.flip(3)) > alike(one, faces)
    assert 0.25 < mirrored.float().mean() < 0.75


def test_the_learning_rate_rises_then_falls_to_nothing() -> None:
    rates = [warmed_cosine(step, 100) for step in range(101)]
    assert rates[:2] == pytest.approx([0.1, 0.2])
    assert max(rates) == rates[10] == 1.0
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[100] == pytest.approx(0)


def test_verification_is_the_chance_that_the_same_are_more_alike() -> None:
    persons = np.array([0, 0, 1, 1])
    angles = np.array([0.0, 0.1, 2.0, 2.1])
    vectors = np.stack([np.cos(angles), np.sin(angles)], 1).astype(np.float32)
    assert verification_auc(vectors, persons) == 1.0
    assert verification_auc(vectors, np.array([0, 1, 1, 0])) < 0.5


def tinted(seed: int) -> Crops:
    """Six persons of a tint each, ten pictures a person, under rough shadows."""
    generator = np.random.default_rng(seed)
    y = np.repeat(np.arange(6), 10)
    tints = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [0, 1, 1], [1, 0, 1]]) - 0.5
    shadows = generator.normal(0, 50, (60, 7, 7, 1)).repeat(16, axis=1).repeat(16, axis=2)
    pictures = 128 + 60 * tints[y][:, None, None] + shadows + generator.normal(0, 40, (60, 1, 1, 1))
    return Crops("tinted", np.clip(pictures, 0, 255).astype(np.uint8), y)


def test_it_learns_to_tell_persons_on_pictures_it_has_never_seen() -> None:
    recipe = Recipe(epochs=20, batch=10, learning_rate=1e-2, smoothing=0.0)
    taught = FaceLesson(recipe, TINY, [tinted(1)], [tinted(2)], seed=3)
    course = taught.begin()
    _, before = taught.judge(course, Silent())
    losses = [course.epoch(Generator().manual_seed(epoch), Silent()) for epoch in range(20)]
    _, after = taught.judge(course, Silent())
    assert losses[-1] < 0.9 * math.log(6), "more than guessing among six"
    assert after > before + 0.03


def test_a_training_that_goes_on_is_the_same_as_one_that_was_not_interrupted(tmp_path: Path) -> None:
    class StopAt(Silent):
        left = 9

        def checkpoint(self) -> None:
            self.left -= 1
            if not self.left:
                raise Cancelled

    (tmp_path / "whole").mkdir()
    whole = train(lesson(), checkpoint(tmp_path / "whole"), Silent())
    with pytest.raises(Cancelled):
        train(lesson(), checkpoint(tmp_path), StopAt())
    assert checkpoint(tmp_path).exists()
    resumed: Standing = train(lesson(), checkpoint(tmp_path), Silent())
    assert resumed.history == whole.history
    for name, tensor in whole.weights.tensors.items():
        assert torch.equal(resumed.weights.tensors[name], tensor)


def test_the_command_writes_an_embedder_that_the_bench_takes(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "dense.safetensors"
    command = ["train", "densenet121", str(folder), "--out", str(out), "--epochs", "1", "--option", "side=32", "--json"]
    assert cli.main(command) == cli.OK
    card = json.loads(capsys.readouterr().out)["card"]
    assert card["options"] == {"side": 32, "dimensions": 256, "growth": 32, "blocks": [6, 12, 24, 16], "first": 64}
    assert (card["measure"], card["data"][0]["persons_validated"], card["seed"]) == ("Verification AUC", 2, 0)
    assert "owners" in card["licence"], "weights learned from photos are not ours to give"
    assert not list(tmp_path.glob("*.checkpoint"))
    found = read(out)
    crops = cut_out(folder)
    vectors: NDArray[np.float32] = embed(found.network(), crops.pictures, Silent())
    assert vectors.shape == (len(crops.persons), 256)

    assert cli.main(["bench", str(folder), "--engine", "hac", "--embedder", str(out), "--json"]) == cli.OK
    [row] = json.loads(capsys.readouterr().out)
    assert row["dataset"] == f"persons, {found.id}"
    assert row["faces"] == 15


@pytest.mark.parametrize("wrong", [["--option", "colour=red"], ["--option", "side"]])
def test_unknown_options_are_refused(folder: Path, tmp_path: Path, wrong: list[str]) -> None:
    assert cli.main(["train", "densenet121", str(folder), "--out", str(tmp_path / "x"), *wrong]) == cli.FAILED


def test_vectors_are_no_photos(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    np.savez(tmp_path / "some.npz", X=np.eye(4), y=np.arange(4))
    assert cli.main(["train", "densenet121", str(tmp_path / "some.npz"), "--out", str(tmp_path / "x")]) == cli.FAILED
    assert "is not a folder" in capsys.readouterr().err


def test_progress_tells_the_epoch() -> None:
    class Heard(Silent):
        phases: list[str]

        def __init__(self) -> None:
            self.phases = []

        def report(self, status: Status) -> None:
            self.phases.append(status.phase)

    heard = Heard()
    lesson().begin().epoch(Generator().manual_seed(0), heard)
    assert set(heard.phases) == {"Learning faces"}
