"""The training of the thesis' feature extractor, DenseNet-121 with 256 outputs, on labelled folders of photos.

The thesis ends its network in a softmax over persons (table 4.1) and tells nothing else of how it was trained. Here the softmax
is over cosines: the vectors and the persons' weights have unit length, because the vectors are compared by angle afterwards; a
face competes only with the persons of its own set, since one person may be in two sets under two names.
"""

from __future__ import annotations

import hashlib
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Generator, Tensor, nn

from photoclust.bench.crops import Crops, cut_out
from photoclust.bench.split import half_of_persons, validation_persons
from photoclust.clustering.learning import Course
from photoclust.clustering.weights_file import Weights
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status
from photoclust.vision.densenet import NAME, FaceDenseNet, Shape, options_of, tensors_of

CARRIES_OVER = "For pictures of faces aligned as this program does."


@dataclass(frozen=True)
class Recipe:
    """How the network is trained."""

    side: int = 112
    """Faces are looked at in this size; 64 takes a quarter of the time of 112."""
    epochs: int = 30
    batch: int = 32
    learning_rate: float = 1e-3
    """AdamW's highest, after a warm-up of a tenth of all steps; from there a cosine to 0."""
    weight_decay: float = 0.05
    scale: float = 16.0
    """By which cosines are multiplied before the softmax."""
    smoothing: float = 0.1
    """Of the labels, as many persons have two photos only."""


@dataclass(frozen=True, eq=False)
class FaceLesson:
    """What the network learns, from whom, and who judges it."""

    recipe: Recipe
    shape: Shape
    albums: Sequence[Crops]
    """To learn from: persons with at least two photos."""
    validation: Sequence[Crops]
    """To choose by: other persons, one set for each of the albums."""
    seed: int = 0
    patience: int = 10
    measure: str = field(default="Verification AUC", init=False)

    @property
    def epochs(self) -> int:
        """At most so many."""
        return self.recipe.epochs

    def begin(self) -> Course:
        """A network that has learned nothing."""
        return _DenseNetCourse(self.recipe, self.shape, self.albums, self.seed)

    def judge(self, course: Course, progress: Progress) -> tuple[Weights, float]:
        """A copy of what was learned by now, and the mean over the sets of its verification AUC on the validation persons."""
        assert isinstance(course, _DenseNetCourse)
        found = [verification_auc(embed(course.body, crops.pictures, progress), crops.persons) for crops in self.validation]
        return course.weights(()), statistics.fmean(found)


def read_lesson(
    folders: Sequence[Path],
    recipe: Recipe,
    progress: Progress,
    *,
    seed: int = 0,
    half: bool = False,
    patience: int = 10,
    shape: Shape | None = None,
) -> tuple[FaceLesson, list[dict[str, Any]]]:
    """Cut out the faces of labelled folders and split them by person; and what a card tells of each folder.

    UserError for folders without faces, or with too few persons of whom there are two photos.
    """
    albums, validation, data = [], [], []
    for folder in folders:
        if not folder.is_dir():
            raise UserError(f"“{folder}” is not a folder; this network learns from photos, in one folder a person.")
        crops = cut_out(folder, progress)
        learned, kept = split(crops, half=half)
        albums.append(learned)
        validation.append(kept)
        data.append(
            {
                "name": crops.name,
                "sha256": hashlib.sha256(crops.pictures.tobytes() + crops.persons.astype("<i8").tobytes()).hexdigest(),
                "faces": len(learned.persons) + len(kept.persons),
                "persons_learned": len(np.unique(learned.persons)),
                "persons_validated": len(np.unique(kept.persons)),
            }
        )
    return FaceLesson(recipe, shape or Shape(side=recipe.side), albums, validation, seed, patience), data


def split(crops: Crops, *, half: bool) -> tuple[Crops, Crops]:
    """Faces to learn from (of persons with at least two) and faces to choose by; UserError for too few persons."""
    if half:
        crops = crops.taken(half_of_persons(crops.persons))
    counts = np.bincount(crops.persons)
    try:
        kept = validation_persons(crops.persons)
    except ValueError:
        kept = np.zeros(len(crops.persons), bool)
    learned, aside = crops.taken(~kept & (counts[crops.persons] > 1)), crops.taken(kept)
    if len(np.unique(learned.persons)) < 2 or counts[np.unique(aside.persons)].max(initial=0) < 2:
        raise UserError(f"“{crops.name}” is too small: it needs at least four persons with two photos each.")
    return learned, aside


class _DenseNetCourse:
    """AdamW on the softmax over persons, with a warm-up and a cosine; faces mirrored and slightly changed by chance."""

    def __init__(self, recipe: Recipe, shape: Shape, albums: Sequence[Crops], seed: int) -> None:
        self.recipe, self.epochs = recipe, recipe.epochs
        self._pictures = [torch.from_numpy(crops.pictures) for crops in albums]
        numbered = [np.unique(crops.persons, return_inverse=True)[1] for crops in albums]
        first = np.cumsum([0, *(int(numbers.max()) + 1 for numbers in numbered)])
        self._persons = torch.from_numpy(np.concatenate([n + f for n, f in zip(numbered, first, strict=False)]))
        self._set_of_person = torch.from_numpy(np.repeat(np.arange(len(albums)), np.diff(first)))
        self._place = torch.tensor([(s, row) for s, pictures in enumerate(self._pictures) for row in range(len(pictures))])
        self.body = FaceDenseNet(shape, seed).to(memory_format=torch.channels_last)
        head = nn.Linear(shape.dimensions, int(first[-1]), bias=False)
        nn.init.normal_(head.weight, generator=Generator().manual_seed(seed))
        self._head = head
        self.network: nn.Module = nn.ModuleDict({"body": self.body, "head": head})
        self.optimiser: torch.optim.Optimizer = torch.optim.AdamW(
            self.network.parameters(), recipe.learning_rate, weight_decay=recipe.weight_decay
        )
        steps = recipe.epochs * self._steps
        self.schedule: torch.optim.lr_scheduler.LRScheduler | None = torch.optim.lr_scheduler.LambdaLR(
            self.optimiser, lambda step: warmed_cosine(step, steps)
        )

    @property
    def _steps(self) -> int:
        """Of one epoch; a last batch of a single face would have no spread to normalise by."""
        n, batch = len(self._persons), self.recipe.batch
        return n // batch + (n % batch > 1)

    def epoch(self, generator: Generator, progress: Progress) -> float:
        """Every face once; the mean loss."""
        self.network.train()
        order = torch.randperm(len(self._persons), generator=generator)
        losses = []
        for step, rows in enumerate(torch.split(order, self.recipe.batch)[: self._steps]):
            progress.checkpoint()
            progress.report(Status("Learning faces", step, self._steps))
            faces = torch.stack([self._pictures[s][row] for s, row in self._place[rows].tolist()])
            loss = self._loss(changed(faces.permute(0, 3, 1, 2).float(), generator), self._persons[rows])
            self.optimiser.zero_grad()
            torch.autograd.backward(loss)
            self.optimiser.step()
            assert self.schedule
            self.schedule.step()
            losses.append(loss.item())
        return statistics.fmean(losses)

    def _loss(self, faces: Tensor, persons: Tensor) -> Tensor:
        vectors = self.body(faces.contiguous(memory_format=torch.channels_last))
        return softmax_over_persons(vectors, self._head.weight, persons, self._set_of_person, self.recipe)

    def weights(self, validation: Sequence[object]) -> Weights:
        """The network without the persons."""
        card: Mapping[str, Any] = {"engine": NAME, "options": options_of(self.body.shape)}
        return Weights(tensors_of(self.body), card)


def warmed_cosine(step: int, steps: int) -> float:
    """Share of the highest learning rate: rising over the first tenth of the steps, then a cosine to 0."""
    warm = max(1, steps // 10)
    if step < warm:
        return (step + 1) / warm
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (step - warm) / max(1, steps - warm))))


def softmax_over_persons(vectors: Tensor, weights: Tensor, persons: Tensor, set_of_person: Tensor, recipe: Recipe) -> Tensor:
    """Cross-entropy of scale · cos(vector, person) among the persons of the face's own set.

    vectors (n, d), weights (p, d), persons (n,) rows of the weights, set_of_person (p,).
    """
    logits = recipe.scale * F.normalize(vectors) @ F.normalize(weights).T  # (n, p)
    here = set_of_person[None] == set_of_person[persons][:, None]
    chance = logits.masked_fill(~here, -torch.inf).log_softmax(1)
    right = chance.gather(1, persons[:, None]).squeeze(1)
    spread = chance.masked_fill(~here, 0).sum(1) / here.sum(1)
    return -((1 - recipe.smoothing) * right + recipe.smoothing * spread).mean()


def changed(faces: Tensor, generator: Generator) -> Tensor:
    """Faces (n, 3, h, w), 0 to 255, mirrored, turned, moved, scaled, lit and drained of colour a little, by chance."""
    n = len(faces)

    def draw(low: float, high: float) -> Tensor:
        return torch.empty(n).uniform_(low, high, generator=generator)

    mirror = torch.where(draw(0, 1) < 0.5, -1.0, 1.0)
    angle, size = draw(-0.1, 0.1), draw(0.92, 1.08)
    cos, sin = size * angle.cos(), size * angle.sin()
    theta = torch.stack([torch.stack([cos * mirror, -sin, draw(-0.06, 0.06)], 1),
                         torch.stack([sin * mirror, cos, draw(-0.06, 0.06)], 1)], 1)  # fmt: skip
    grid = F.affine_grid(theta, list(faces.shape), align_corners=False)
    moved = F.grid_sample(faces, grid, mode="bilinear", padding_mode="border", align_corners=False)
    grey = torch.where(draw(0, 1) < 0.15, 0.0, draw(0.7, 1.2))[:, None, None, None]
    moved = moved.mean(1, keepdim=True) * (1 - grey) + moved * grey
    light, contrast = draw(-25, 25)[:, None, None, None], draw(0.75, 1.25)[:, None, None, None]
    return ((moved - 127.5) * contrast + 127.5 + light).clamp(0, 255)


@torch.inference_mode()
def embed(network: FaceDenseNet, pictures: NDArray[np.uint8], progress: Progress) -> NDArray[np.float32]:
    """Unit vectors (n, d) of aligned pictures (n, 112, 112, 3)."""
    network.eval()
    parts = []
    for part in torch.split(torch.from_numpy(pictures), 64):
        progress.checkpoint()
        parts.append(F.normalize(network(part.permute(0, 3, 1, 2).float().contiguous(memory_format=torch.channels_last))))
    vectors: NDArray[np.float32] = torch.cat(parts).numpy()
    return vectors


def verification_auc(vectors: NDArray[np.float32], persons: NDArray[np.int64]) -> float:
    """Chance that two faces of one person are more alike than two faces of two; vectors (n, d), persons (n,)."""
    from sklearn.metrics import roc_auc_score

    first, second = np.triu_indices(len(persons), 1)
    return float(roc_auc_score(persons[first] == persons[second], (vectors @ vectors.T)[first, second]))
