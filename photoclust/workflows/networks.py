"""What an import needs of the networks, and the networks of this release, which bring torch only when they have to look."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from photoclust.core.settings import VisionSettings
from photoclust.core.types import Box, Landmarks
from photoclust.workflows.politeness import leave_a_core_free

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photoclust.vision.session import FaceSession

    Whole = tuple[tuple[int, int], Callable[[], NDArray[Any] | None]]  # as `vision.session.Whole`


class FaceFinder(Protocol):
    """What an import needs of `vision.session.FaceSession`; two threads ask it at once."""

    @property
    def model_id(self) -> str:
        """Which detector and embedder looked."""

    @property
    def embedding_id(self) -> str:
        """Which embedder the vectors are of."""

    @property
    def device(self) -> str:
        """Where they run, in words."""

    def analyse(
        self, photos: Sequence[NDArray[Any]], whole: Sequence[Whole | None] = (), untold: Sequence[bool] = ()
    ) -> Sequence[Sequence[FoundFaceLike]]:
        """Find and describe the faces of upright RGB photos (h, w, 3) uint8; `whole` and `untold` as `FaceSession.analyse`."""

    def describe(self, photo: NDArray[Any], box: Box, landmarks: Landmarks) -> FoundFaceLike:
        """Describe the face that somebody sees in a box of an upright RGB photo (h, w, 3) uint8, as `FaceSession.describe`."""


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
    """A `FaceFinder` that makes its `FaceSession` when it has to look: torch takes seconds to import.

    With the embedder that ships, it tells its names at once; another embedder is asked for its own. `device` is
    "cpu", "cuda" or None for the best there is; `beside_window` they leave a core to others.
    """

    def __init__(self, settings: VisionSettings | None = None, device: str | None = None, *, beside_window: bool = False) -> None:
        self._settings = settings or VisionSettings()
        self._beside_window = beside_window
        self._device = device
        self._session: FaceSession | None = None
        self._loading = threading.Lock()

    @property
    def model_id(self) -> str:
        """As `FaceSession.model_id`."""
        from photoclust.vision.weights import DETECTOR_ID

        return self._loaded().model_id if self._settings.embedder else f"{DETECTOR_ID}+{self.embedding_id}"

    @property
    def embedding_id(self) -> str:
        """As `FaceSession.embedding_id`."""
        from photoclust.vision.weights import SFACE

        return self._loaded().embedding_id if self._settings.embedder else SFACE.id

    @property
    def device(self) -> str:
        """Where the networks run, in words; empty while they have nothing to look at."""
        return self._session.device if self._session else ""

    def analyse(
        self, photos: Sequence[NDArray[Any]], whole: Sequence[Whole | None] = (), untold: Sequence[bool] = ()
    ) -> Sequence[Sequence[FoundFaceLike]]:
        """As `FaceSession.analyse`."""
        return self._loaded().analyse(photos, whole, untold)

    def describe(self, photo: NDArray[Any], box: Box, landmarks: Landmarks) -> FoundFaceLike:
        """As `FaceSession.describe`."""
        return self._loaded().describe(photo, box, landmarks)

    def _loaded(self) -> FaceSession:
        with self._loading:
            if self._session is None:
                from photoclust.vision.session import FaceSession

                if self._beside_window:
                    leave_a_core_free()
                self._session = FaceSession(self._device, self._settings)
            return self._session
