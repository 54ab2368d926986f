"""What `photoclust train` needs of an engine that learns from labelled faces: to begin a course, and to go on epoch by epoch.

A learned engine is a frozen dataclass like every other; its field `weights` holds what it has learned (None: what the
program ships), and options that were chosen on validation persons (a threshold) are None by default and read from the card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.engine import Embeddings, Engine, Ints
from photoclust.core.progress import Progress

if TYPE_CHECKING:
    import torch

    from photoclust.clustering.weights_file import Weights


@dataclass(frozen=True, eq=False)
class Labelled:
    """Faces of known persons to learn from: one graph, never mixed with another set's (the same person may have two names)."""

    name: str
    embeddings: Embeddings
    """(n, d) unit vectors."""
    persons: Ints
    """(n,)"""
    quality: NDArray[np.float32] | None = None
    """(n,) 0 to 1, where it is known."""


class Course(Protocol):
    """A training that can be stopped after any epoch and resumed: all of its state is in the network, the optimiser, the
    schedule, the number of the epoch and the generator it is handed (seeded from the seed and the epoch)."""

    @property
    def epochs(self) -> int:
        """At most so many."""

    @property
    def network(self) -> torch.nn.Module:
        """What is learned."""

    @property
    def optimiser(self) -> torch.optim.Optimizer:
        """What improves it."""

    @property
    def schedule(self) -> torch.optim.lr_scheduler.LRScheduler | None:
        """What the learning rate follows; stepped by `epoch`."""

    def epoch(self, generator: torch.Generator, progress: Progress) -> float:
        """One pass over the training faces: the mean loss; raises `Cancelled`."""

    def weights(self, validation: Sequence[Labelled]) -> Weights:
        """A copy of what is learned by now, with the options chosen on the validation persons."""


@runtime_checkable
class Learner(Protocol):
    """An engine that learns."""

    @property
    def name(self) -> str:
        """The name it has in the catalog."""

    def begin(self, albums: Sequence[Labelled], seed: int) -> Course:
        """A new course on these faces; UserError where they are too few or of different widths."""

    def with_weights(self, weights: Weights) -> Engine:
        """This engine with what was learned."""
