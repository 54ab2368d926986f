"""Faces that the user has drawn: described once somebody has looked into their boxes, and who they may be."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photoclust.core.changes import Changes
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.types import Box, Face, usual_landmarks
from photoclust.library.drawing import Described, save_described, undescribed
from photoclust.library.library import Library
from photoclust.media.guard import Opener
from photoclust.media.image import UnreadablePhoto
from photoclust.workflows.networks import FaceFinder, Networks

LIKE = 0.45
"""The cosine to the middle of a person from which on it is suggested. On the labelled faces of six data sets, of persons of at
least four faces, 77 to 100 % of the faces get a suggestion then, and 88 to 100 % of the suggestions are right."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who a face may be."""

    face_id: int
    person_id: int
    name: str
    """Empty for somebody who has no name yet."""
    face_count: int
    cover_face_id: int | None
    likeness: float
    """The cosine to the middle of that person."""


def describe_drawn(library: Library, *, session: FaceFinder | None = None, progress: Progress | None = None) -> Iterator[Changes]:
    """Look into the boxes of drawn faces that no vector tells of, yielding `Changes` a photo; unreadable ones keep waiting.

    `Cancelled` when the progress says stop; what was seen stays.
    """
    finder, progress = session or Networks(), progress or Silent()
    waiting: dict[int, list[Face]] = defaultdict(list)
    for face in library.faces(undescribed(library, finder.embedding_id)):
        waiting[face.photo_id].append(face)
    photos = library.photos(waiting)
    with Opener() as opener:
        for done, photo in enumerate(photos):
            progress.checkpoint()
            progress.report(Status("Looking at marked faces", done, len(photos), device=finder.device))
            try:
                pixels = opener.upright(photo.path).pixels
            except UnreadablePhoto as problem:
                _log.warning("%s: %s", photo.path, problem)
                continue
            fraction = pixels.shape[1] / photo.width if photo.width else 1.0  # a huge photo comes at a half
            changes = Changes()
            for face in waiting[photo.id]:
                changes |= _describe(library, face, pixels, fraction, finder)
            if changes:
                yield changes


def suggest_person(library: Library, face_id: int) -> Suggestion | None:
    """The person whose middle a face is most like, if it is like enough; None where nothing is known of the face.

    Not the person it is with, not somebody whom the user has said it is not, nor, as nobody is twice in one place, somebody else
    in the same photo.
    """
    face = library.face(face_id)
    ids, vectors = library.embeddings()
    row = int(np.searchsorted(ids, face_id))
    if face is None or row >= len(ids) or ids[row] != face_id:
        return None
    person_of = library.persons_of_faces()
    others = np.array([person_of.get(i, 0) for i in ids.tolist()])
    others[row] = 0
    without = {f.person_id for f in library.faces_of_photo(face.photo_id) if f.id != face_id}
    without.add(face.person_id)
    without |= {person_of.get(b if a == face_id else a) for a, b in library.told_apart().tolist() if face_id in (a, b)}
    persons, at = np.unique(others, return_inverse=True)
    middles = np.zeros((len(persons), vectors.shape[1]), np.float32)
    order = np.argsort(at, kind="stable")
    starts = np.flatnonzero(np.diff(at[order], prepend=-1))
    middles[:] = np.add.reduceat(vectors[order], starts, axis=0)
    alike = middles @ vectors[row] / np.maximum(np.linalg.norm(middles, axis=1), 1e-9)
    alike[np.isin(persons, [0, *(p for p in without if p is not None)])] = -1
    best = int(alike.argmax())
    person = library.person(int(persons[best])) if alike[best] >= LIKE else None
    if person is None:
        return None
    return Suggestion(face_id, person.id, person.name, person.face_count, person.cover_face_id, float(alike[best]))


def _describe(library: Library, face: Face, pixels: NDArray[Any], fraction: float, finder: FaceFinder) -> Changes:
    """Look into one box of a photo that was decoded at a fraction of its size."""
    x, y, w, h = (fraction * side for side in (face.box.x, face.box.y, face.box.w, face.box.h))
    box = Box(x, y, w, h)
    seen = finder.describe(pixels, box, usual_landmarks(box))
    landmarks = tuple((px / fraction, py / fraction) for px, py in seen.landmarks)
    return save_described(library, face.id, face.box, Described(landmarks, seen.quality, seen.vector, finder.embedding_id))
