"""What an import needs of the networks, and the networks of this release, which bring torch only when they have to look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from photoclust.core.types import Box, Landmarks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photoclust.vision.session import FaceSession


class FaceFinder(Protocol):
    """What an import needs of `vision.session.FaceSession`."""

    @property
    def model_id(self) -> str:
        """Which detector and embedder looked."""

    @property
    def embedding_id(self) -> str:
        """Which embedder the vectors are of."""

    @property
    def device(self) -> str:
        """Where they run, in words."""

    def analyse(self, photos: Sequence[NDArray[Any]]) -> Sequence[Sequence[FoundFaceLike]]:
        """Find and describe the faces of upright RGB photos (h, w, 3) uint8."""


class FoundFaceLike(Protocol):
    """A face as the networks give it."""

    @property
    def box(self) -> Box:
        """In upright pixels."""

    @property
    def landmarks(self) -> Landmarks:
        """Five points in upright pixels."""

    @property
    def score(self) -> float:
        """0 to 1."""

    @property
    def quality(self) -> float:
        """0 to 1."""

    @property
    def vector(self) -> NDArray[Any]:
        """(d,) float32 of length 1."""


class Networks:
    """A `FaceFinder` that tells its names at once and makes its `FaceSession` on first look: torch takes seconds to import."""

    def __init__(self) -> None:
        self._session: FaceSession | None = None

    @property
    def model_id(self) -> str:
        """As `FaceSession.model_id`."""
        from photoclust.vision.weights import YUNET

        return f"{YUNET.id}+{self.embedding_id}"

    @property
    def embedding_id(self) -> str:
        """As `FaceSession.embedding_id`."""
        from photoclust.vision.weights import SFACE

        return SFACE.id

    @property
    def device(self) -> str:
        """Where the networks run, in words; empty while they have nothing to look at."""
        return self._session.device if self._session else ""

    def analyse(self, photos: Sequence[NDArray[Any]]) -> Sequence[Sequence[FoundFaceLike]]:
        """As `FaceSession.analyse`."""
        if self._session is None:
            from photoclust.vision.session import FaceSession

            self._session = FaceSession()
        return self._session.analyse(photos)
