"""The nouns: photo, face, person, and the box of a face."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in pixels of the photo as it is shown (after EXIF orientation)."""

    x: float
    y: float
    w: float
    h: float

    @property
    def area(self) -> float:
        """Width times height, in square pixels."""
        return self.w * self.h

    def iou(self, other: Box) -> float:
        """Intersection over union with another box, 0 to 1."""
        w = min(self.x + self.w, other.x + other.w) - max(self.x, other.x)
        h = min(self.y + self.h, other.y + other.h) - max(self.y, other.y)
        if w <= 0 or h <= 0:
            return 0.0
        return w * h / (self.area + other.area - w * h)


Landmarks = tuple[tuple[float, float], ...]
"""Five points (x, y) in upright pixels: right eye, left eye, nose tip, right and left corner of the mouth."""


def usual_landmarks(box: Box) -> Landmarks:
    """Where eyes, nose and mouth are in an upright face that fills a box (medians of what the detector finds)."""
    return tuple((box.x + x * box.w, box.y + y * box.h) for x, y in _USUAL)


_USUAL = ((0.27, 0.39), (0.73, 0.39), (0.5, 0.58), (0.3, 0.73), (0.7, 0.73))


class FaceState(StrEnum):
    """What the user has said about a face as such."""

    FACE = "face"
    IGNORED = "ignored"
    NOT_A_FACE = "not-a-face"


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that was imported, with everything below it."""

    id: int
    path: Path
    volume: str
    """The drive or mount it lay on when photos were last found in it."""
    watched: bool
    """Whether new photos in it are to be imported as they appear."""


@dataclass(frozen=True, slots=True)
class Photo:
    """One image file of a library; `width` and `height` are upright pixels, 0 while unknown."""

    id: int
    root: Path
    relpath: str
    size: int
    mtime_ns: int
    hash: str | None
    taken_at: float | None
    """Seconds since the epoch; camera clocks know no time zone, so it is read as UTC."""
    width: int
    height: int
    orientation: int
    """EXIF orientation, 1 to 8."""
    scanned_by: str | None
    """The id of the models that have looked at it; None while nobody has."""
    error: str | None
    """Why it could not be read, as a sentence; None when it could."""
    missing: bool = False
    """Its file was not there when it was last looked for; all that is known of it is kept, and hidden."""

    @property
    def path(self) -> Path:
        """Where the file lies now."""
        return self.root / self.relpath


@dataclass(frozen=True, slots=True)
class Face:
    """One detected face in one photo."""

    id: int
    photo_id: int
    box: Box
    landmarks: Landmarks
    score: float
    """The detector's score, 0 to 1."""
    quality: float
    """0 (useless) to 1 (large, sharp, frontal)."""
    person_id: int | None
    by_hand: bool
    """Placed or confirmed by the user: no grouping moves it."""
    state: FaceState
    confidence: float | None = None
    """How sure the last grouping was of this face's person, 0 to 1; None where nobody guessed."""
    drawn: bool = False
    """The user has drawn its box, or changed it: no scan takes the face away or moves the box."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, named or not; shown as an album."""

    id: int
    name: str
    """Empty while unnamed."""
    cover_face_id: int | None
    """The face shown for the person: the user's choice, else the best one; None for a person without faces."""
    face_count: int
    photo_count: int
    unsure_count: int = 0
    """Faces that the last grouping was not sure of and nobody has confirmed."""
