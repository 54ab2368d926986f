"""Where a training stands, in a file from which a killed one goes on as if it had never stopped."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from photoclust.clustering.learning import Course
from photoclust.clustering.weights_file import Weights
from photoclust.core.errors import UserError


@dataclass(frozen=True)
class Epoch:
    """How one epoch went."""

    loss: float
    score: float
    """Mean BCubed F on the validation persons of each set."""


@dataclass(frozen=True, eq=False)
class Standing:
    """How far a training has come."""

    history: tuple[Epoch, ...]
    best: int
    """The epoch, from 0, with the highest score; the first of equals."""
    weights: Weights
    """What was learned by then."""


@dataclass(frozen=True)
class Checkpoint:
    """A file that belongs to one training: what is learned, from which data, with which seed and options."""

    path: Path
    training: Mapping[str, Any]
    """What must be the same to go on; JSON."""

    def exists(self) -> bool:
        """Whether a training has left one."""
        return self.path.exists()

    def write(self, course: Course, standing: Standing) -> None:
        """Replace what was there, whole or not at all; UserError where that fails."""
        state = {
            "training": json.dumps(self.training, sort_keys=True),
            "network": course.network.state_dict(),
            "optimiser": course.optimiser.state_dict(),
            "schedule": course.schedule.state_dict() if course.schedule else None,
            "history": [(epoch.loss, epoch.score) for epoch in standing.history],
            "best": standing.best,
            "tensors": dict(standing.weights.tensors),
            "card": json.dumps(dict(standing.weights.card)),
        }
        part = self.path.with_name(self.path.name + ".part")
        try:
            with part.open("wb") as file:
                torch.save(state, file)
            part.replace(self.path)
        except OSError as error:
            raise UserError(f"The checkpoint “{self.path}” cannot be written: {error}.") from error
        finally:
            part.unlink(missing_ok=True)

    def restore(self, course: Course) -> Standing:
        """Bring a new course to where the training stood; UserError for a file that is none, or of another training."""
        try:
            state = torch.load(self.path, map_location="cpu", weights_only=True)
            theirs = json.loads(state["training"])
        except (OSError, RuntimeError, ValueError, TypeError, KeyError, EOFError, pickle.UnpicklingError) as error:
            raise UserError(f"“{self.path}” cannot be read as a checkpoint; remove it to start anew.") from error
        ours = json.loads(json.dumps(self.training))
        for what in dict.fromkeys([*ours, *theirs]):
            if ours.get(what) != theirs.get(what):
                raise UserError(f"“{self.path}” is of another training: its {what} is not the same. Remove it to start anew.")
        try:
            course.network.load_state_dict(state["network"])
            course.optimiser.load_state_dict(state["optimiser"])
            if course.schedule:
                course.schedule.load_state_dict(state["schedule"])
            history = tuple(Epoch(loss, score) for loss, score in state["history"])
            return Standing(history, state["best"], Weights(state["tensors"], json.loads(state["card"])))
        except (RuntimeError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise UserError(f"“{self.path}” does not fit this version of the engine: {error}.") from error

    def remove(self) -> None:
        """Forget it."""
        self.path.unlink(missing_ok=True)
