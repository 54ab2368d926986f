"""Faces that the user has drawn, and boxes that the user has changed: the rows they want, and what is worked out from them."""

from __future__ import annotations

import json
import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.core.changes import Changes
from photoclust.core.edits import AddFace, ChangeBox
from photoclust.core.errors import UserError
from photoclust.core.said import Said
from photoclust.core.types import Box, FaceState, Landmarks, usual_landmarks
from photoclust.library.boxes import read_boxes
from photoclust.library.database import Database, ids_json
from photoclust.library.importing import SAME_FACE_IOU
from photoclust.library.prominence import note_prominence
from photoclust.library.questions import Questions
from photoclust.library.rows import Rows

LEAST = 8.0
"""Pixels that a box is wide and high at least."""


@dataclass(frozen=True, slots=True)
class Described:
    """What was seen in a box that the user drew; `vector` (d,) of length 1."""

    landmarks: Landmarks
    quality: float
    vector: NDArray[np.float32]
    model: str


def added(db: Database, edit: AddFace) -> Rows:
    """A new face that nothing is known of yet; whoever draws a face does not want it put with the strangers."""
    box = _checked(db, edit.photo_id, edit.box)
    face = int(db.value("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'faces'), 0) + 1"))
    row = (edit.photo_id, box.x, box.y, box.w, box.h, _points(usual_landmarks(box)), 0.0, 0.0, True, ())
    return Rows(boxes={face: row}, strangers={face: False})


def changed(db: Database, edit: ChangeBox) -> Rows:
    """The face with another box, in which nobody has looked yet."""
    row = read_boxes(db, [edit.face_id]).get(edit.face_id)
    if row is None:
        raise UserError(Said("This face is no longer in the library; please select again."))
    box = _checked(db, row[0], edit.box, without=edit.face_id)
    if (box.x, box.y, box.w, box.h) == row[1:5]:
        return Rows()
    return Rows(boxes={edit.face_id: (row[0], box.x, box.y, box.w, box.h, _points(usual_landmarks(box)), *row[6:8], True, ())})


def face_in(library: Questions, photo_id: int, box: Box) -> int | None:
    """The face, in whatever state, that is in a box of a photo already."""
    return _face_in(library._db, photo_id, box)


def undescribed(library: Questions, model: str | None = None) -> list[int]:
    """The drawn faces on photos that can be read and that no vector of a model (None: the one that is grouped by) tells of."""
    if not library._db.value("SELECT 1 FROM faces INDEXED BY faces_drawn WHERE drawn = 1 LIMIT 1"):
        return []  # which model is grouped by may take a while to find out
    rows = library._db.rows(
        "SELECT f.id FROM faces f INDEXED BY faces_drawn JOIN photos p ON p.id = f.photo "
        "WHERE f.drawn = 1 AND p.error IS NULL AND p.missing = 0 "
        "AND NOT EXISTS (SELECT 1 FROM embeddings WHERE face = f.id AND model = ?) ORDER BY f.id",
        library._model() if model is None else model,
    )
    return [i for (i,) in rows]


def save_described(library: Questions, face_id: int, box: Box, seen: Described) -> Changes:
    """Keep what was seen in the box of a drawn face; nothing where it has another box by now, or is gone."""
    db = library._db
    with db.transaction(lasting=False):
        row = read_boxes(db, [face_id]).get(face_id)
        if row is None or not row[8] or row[1:5] != (box.x, box.y, box.w, box.h):
            return Changes()
        db.rows("UPDATE faces SET landmarks = ?, quality = ? WHERE id = ?", _points(seen.landmarks), seen.quality, face_id)
        vector = np.asarray(seen.vector, np.float16).tobytes()
        db.rows("INSERT OR REPLACE INTO embeddings (face, model, vector) VALUES (?, ?, ?)", face_id, seen.model, vector)
        note_prominence(db, [row[0]])
        person = db.value("SELECT person FROM faces WHERE id = ?", face_id)
    return Changes(faces=frozenset({face_id}), persons=frozenset({person} if person is not None else ()))


def everyone_else(library: Questions, photo_id: int, face_ids: Collection[int]) -> list[int]:
    """The faces of a photo but for these: of nobody who has a name; by id."""
    rows = library._db.rows(
        "SELECT f.id FROM faces f LEFT JOIN persons p ON p.id = f.person "
        "WHERE f.photo = ?1 AND f.id NOT IN (SELECT value FROM json_each(?2)) "
        "AND f.state = ?3 AND coalesce(p.name, '') = '' ORDER BY f.id",
        photo_id, ids_json(face_ids), FaceState.FACE.value,
    )  # fmt: skip
    return [i for (i,) in rows]


def _checked(db: Database, photo_id: int, box: tuple[float, ...], without: int | None = None) -> Box:
    """The part of a box that lies in the photo; UserError where there can be no face."""
    photos = db.rows("SELECT width, height, error FROM photos WHERE id = ? AND missing = 0", photo_id)
    if not photos:
        raise UserError(Said("This photo is no longer in the library."))
    width, height, error = photos[0]
    if error is not None or not width or not height:
        raise UserError(Said("No face can be marked in a photo that could not be read."))
    if len(box) != 4 or not all(math.isfinite(value) for value in box):
        raise UserError(Said("This is no box."))
    x, y, w, h = map(float, box)
    left, top = max(0.0, x), max(0.0, y)
    inside = Box(left, top, min(x + w, width) - left, min(y + h, height) - top)
    if min(inside.w, inside.h) < min(LEAST, width, height):
        raise UserError(Said("The box is too small for a face; please draw a larger one."))
    known = _face_in(db, photo_id, inside, without)
    if known is not None and (without is None or _is_face(db, known)):  # what is none is not seen, and no obstacle
        raise UserError(Said("There is a face in this place already."))
    return inside


def _face_in(db: Database, photo_id: int, box: Box, without: int | None = None) -> int | None:
    rows = db.rows("SELECT id, x, y, w, h FROM faces WHERE photo = ? AND id IS NOT ?", photo_id, without)
    overlaps = [(Box(*place).iou(box), face) for face, *place in rows]
    overlap, face = max(overlaps, default=(0.0, 0))
    return face if overlap >= SAME_FACE_IOU else None


def _is_face(db: Database, face: int) -> bool:
    return bool(db.value("SELECT state FROM faces WHERE id = ?", face) != FaceState.NOT_A_FACE.value)


def _points(landmarks: Landmarks) -> str:
    return json.dumps([[float(x), float(y)] for x, y in landmarks])
