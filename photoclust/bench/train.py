"""The training of a learned engine: epoch by epoch, judged on validation persons, the best kept, never lost when killed."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch

from photoclust.bench.checkpoint import Checkpoint, Epoch, Standing
from photoclust.clustering.engine import Engine
from photoclust.clustering.learning import Course, Labelled, Learner
from photoclust.clustering.measures import measure
from photoclust.clustering.weights_file import Weights
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status


class Teaching(Protocol):
    """What is learned, how it is judged, and for how long."""

    @property
    def seed(self) -> int:
        """Of everything that is random."""

    @property
    def epochs(self) -> int | None:
        """At most so many; None: as many as the course has."""

    @property
    def patience(self) -> int:
        """It ends early after so many epochs without a better score."""

    @property
    def measure(self) -> str:
        """What the score is, in words."""

    def begin(self) -> Course:
        """A new course."""

    def judge(self, course: Course, progress: Progress) -> tuple[Weights, float]:
        """What was learned by now, and its score on the validation persons: more is better."""


@dataclass(frozen=True, eq=False)
class Lesson:
    """What is learned, from whom, and for how long."""

    learner: Learner
    albums: Sequence[Labelled]
    """To learn from."""
    validation: Sequence[Labelled]
    """To choose by: other persons, one set for each of the albums."""
    seed: int = 0
    epochs: int | None = None
    """At most so many; None: as many as the course has."""
    patience: int = 10
    """It ends early after so many epochs without a better score."""
    measure: str = "BCubed F"

    def begin(self) -> Course:
        """A new course on the albums."""
        return self.learner.begin(self.albums, self.seed)

    def judge(self, course: Course, progress: Progress) -> tuple[Weights, float]:
        """The weights, and the mean BCubed F of the engine that has them."""
        weights = course.weights(self.validation)
        return weights, score(self.learner.with_weights(weights), self.validation, progress)


def train(lesson: Teaching, checkpoint: Checkpoint, progress: Progress) -> Standing:
    """Learn to the end, or go on from the checkpoint if there is one; it is written after every epoch and left there.

    An interrupted training that goes on gives the same, bit for bit, as one that was not: every epoch has a generator
    seeded from (seed, epoch), and torch's global one is seeded alike for those who use it. UserError when the loss is no
    number, raises `Cancelled`.
    """
    with _randomness(lesson.seed, 0):
        course = lesson.begin()
    epochs = course.epochs if lesson.epochs is None else min(lesson.epochs, course.epochs)
    standing = checkpoint.restore(course) if checkpoint.exists() else None
    while standing is None or not _is_over(standing, epochs, lesson.patience):
        standing = _one_more(lesson, course, standing, _Told(progress, standing, epochs))
        checkpoint.write(course, standing)
    return standing


def score(engine: Engine, validation: Sequence[Labelled], progress: Progress) -> float:
    """Mean over the sets of the BCubed F of the engine's groups."""
    return statistics.fmean(
        measure(album.persons, engine.fit_predict(album.embeddings, progress=progress).labels).bcubed_f for album in validation
    )


def _is_over(standing: Standing, epochs: int, patience: int) -> bool:
    done = len(standing.history)
    return done >= epochs or done - 1 - standing.best >= patience


def _one_more(lesson: Teaching, course: Course, before: Standing | None, progress: Progress) -> Standing:
    history = before.history if before else ()
    with _randomness(lesson.seed, len(history) + 1) as generator:
        loss = course.epoch(generator, progress)
        if not math.isfinite(loss):
            raise UserError(f"The training came apart in epoch {len(history) + 1}: its loss is {loss}. Try another seed.")
        weights, score_now = lesson.judge(course, progress)
        found = Epoch(loss, score_now)
    history = (*history, found)
    if before and found.score <= history[before.best].score:
        return Standing(history, before.best, before.weights)
    return Standing(history, len(history) - 1, weights)


@contextmanager
def _randomness(seed: int, number: int) -> Iterator[torch.Generator]:
    """A generator for one epoch; torch's global one begins alike inside, and is outside as if nothing had been drawn."""
    entropy = int(np.random.SeedSequence([seed, number]).generate_state(1, np.uint64)[0])
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(entropy)
        yield torch.Generator().manual_seed(entropy)


class _Told:
    """A `Progress` that tells of epochs whatever the course and the engine tell."""

    def __init__(self, progress: Progress, standing: Standing | None, epochs: int) -> None:
        self._progress = progress
        done = len(standing.history) if standing else 0
        self._words = f"Epoch {done + 1} of {epochs}"
        if standing:
            last, best = standing.history[-1], standing.history[standing.best]
            self._words += f" (loss {last.loss:.4g}, score {last.score:.4f}, best {best.score:.4f} in epoch {standing.best + 1})"
        self.report(Status(""))

    def report(self, status: Status) -> None:
        self._progress.report(Status(self._words, status.done, status.total))

    def checkpoint(self) -> None:
        self._progress.checkpoint()
