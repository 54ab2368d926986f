"""What an engine is: a value whose fields are its options, and one method from embeddings to labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from photoclust.core.progress import Progress, Silent

Embeddings = NDArray[np.float32]
Ints = NDArray[np.int64]


def _no_pairs() -> Ints:
    return np.empty((0, 2), np.int64)


@dataclass(frozen=True)
class Constraints:
    """What the user has decided, as rows of the embeddings: law in every engine.

    `anchors` (n,) is −1 for a free face; faces with the same anchor ≥ 0 are one person, with different anchors two (named
    persons, and faces placed by hand). `must` and `cannot` are (m, 2) pairs of rows. An empty `anchors` means all free.
    Where they contradict each other, anchors win over links, and later links over earlier ones; `draw_law` tells which links
    are refused.
    """

    anchors: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    must: Ints = field(default_factory=_no_pairs)
    cannot: Ints = field(default_factory=_no_pairs)
    when: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    """(len(must) + len(cannot),) a number of each link, first those of `must`, that rises with the time of its decision. Empty
    where that is unknown: then cannot-links count as the later ones."""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool((self.anchors >= 0).any() or len(self.must) or len(self.cannot))


@dataclass(frozen=True)
class Hints:
    """What an album knows beside the embeddings; evidence, not law. Each (n,) or None where unknown."""

    photo: Ints | None = None
    """Which photo a face is from: two faces of one photo are nearly always two persons."""
    taken_at: NDArray[np.float64] | None = None
    """Capture time in seconds; NaN where unknown."""
    quality: NDArray[np.float32] | None = None
    """0 to 1."""
    beyond: int = 0
    """How many more faces the library has, which are not shown: the more, the likelier is somebody else who looks alike."""

    def of(self, rows: Ints | NDArray[np.bool_]) -> Hints:
        """What is known of these faces."""
        return Hints(
            None if self.photo is None else self.photo[rows],
            None if self.taken_at is None else self.taken_at[rows],
            None if self.quality is None else self.quality[rows],
            self.beyond,
        )


@dataclass(frozen=True)
class Clustering:
    """Which faces are one person."""

    labels: Ints
    """(n,) group numbers 0 … g−1, numbered by the first face of each group."""
    confidence: NDArray[np.float32]
    """(n,) how sure the engine is that the face belongs to its group, 0 to 1."""


@runtime_checkable
class Engine(Protocol):
    """A frozen dataclass whose fields are its options; no state on `self`; the same seed gives the same labels."""

    @property
    def name(self) -> str:
        """The name it has in the catalog."""

    def fit_predict(
        self,
        embeddings: Embeddings,
        *,
        hints: Hints = ...,
        constraints: Constraints = ...,
        seed: int = 0,
        progress: Progress = ...,
    ) -> Clustering:
        """Group (n, d) unit vectors; raises `Cancelled` when the progress says stop."""


NO_HINTS = Hints()
NO_CONSTRAINTS = Constraints()
SILENT = Silent()
