"""Writing down what a scan found, so that a face which is found again keeps its id and everything decided about it."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoclust.core.changes import Changes
from photoclust.core.errors import UserError
from photoclust.core.said import Said
from photoclust.core.types import Box, Landmarks
from photoclust.library.database import Database, ids_json
from photoclust.library.prominence import note_prominence
from photoclust.library.questions import EMBEDDING_SETTING, path_value, unit_vectors

SAME_FACE_IOU = 0.5
"""A face of a new scan whose box overlaps an earlier one by this much is that face."""
_WITHIN, _SHARE = 0.75, 0.2
"""People draw around heads, and scans around features: a box that lies in a drawn one by this much of itself, and is so much of
it, is of the same face too."""
_SAME_SHAPE = 0.01
"""By so much of itself may width over height differ in a photo that was only made smaller or larger."""


@dataclass(frozen=True, slots=True)
class ScannedFace:
    """One face as a scan found it; `vector` (d,) float32 of length 1, the rest as in `Face`."""

    box: Box
    landmarks: Landmarks
    score: float
    quality: float
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ScannedPhoto:
    """One photo as a scan found it, fields as in `Photo`; `embedding_id` names the model of the faces' vectors."""

    relpath: str
    size: int
    mtime_ns: int
    hash: str | None
    taken_at: float | None
    width: int
    height: int
    orientation: int
    scanned_by: str | None
    error: str | None
    faces: tuple[ScannedFace, ...]
    embedding_id: str


def add_root(db: Database, folder: Path) -> int:
    """The id of a folder, added when it is new."""
    path = folder.expanduser().resolve()
    kept = path_value(str(path))
    db.insert("INSERT OR IGNORE INTO roots (path, volume) VALUES (?, ?)", kept, _volume(path))
    return int(db.value("SELECT id FROM roots WHERE path = ?", kept))


def refresh_volume(db: Database, root_id: int, folder: Path) -> None:
    """Remember on which drive or mount a folder lies now."""
    db.rows("UPDATE roots SET volume = ? WHERE id = ?", _volume(folder), root_id)


def move_root(db: Database, root_id: int, folder: Path) -> None:
    """Say that a whole folder lies elsewhere now; UserError when that folder is in the library already."""
    path = folder.expanduser().resolve()
    kept = path_value(str(path))
    if db.value("SELECT id FROM roots WHERE path = ? AND id <> ?", kept, root_id) is not None:
        raise UserError(Said("The folder {path} is in the library already.", path=path))
    db.rows("UPDATE roots SET path = ?, volume = ? WHERE id = ?", kept, _volume(path), root_id)


def save_scanned(db: Database, root_id: int, scanned: Sequence[ScannedPhoto]) -> Changes:
    """Add or update photos with their faces and vectors.

    A photo with an error keeps the faces it had; a face that is no longer found stays only if something was decided about it:
    by hand, or, while the content is the same and only the way of looking another, by a name or a link too.
    Vectors of another model stay while the content does: groups need them until `settle_model`.
    """
    changes = Changes()
    for photo in scanned:
        sql = "SELECT hash, width, height FROM photos WHERE root = ? AND relpath = ?"
        (before, *size), *_ = db.rows(sql, root_id, path_value(photo.relpath)) or [(None, 0, 0)]
        same = photo.hash is not None and before == photo.hash
        photo_id = _save_photo(db, root_id, photo)
        if photo.error is None and not same:
            _resize_boxes(db, photo_id, size, (photo.width, photo.height))
        changes |= Changes(photos=frozenset({photo_id}))
        if photo.error is None:
            changes |= _save_faces(db, photo_id, photo, same_content=same)
    note_prominence(db, changes.photos)
    remove_emptied(db, changes.persons)
    return changes


def settle_model(db: Database, scanned_by: str, embedding_id: str, away: Collection[int]) -> bool:
    """Group by this model from now on, once it has looked at every photo that is there; whether it has.

    `away` are roots whose drive is not there: their photos keep the vectors they have, and their persons, until they are back.
    """
    if db.value("SELECT value FROM settings WHERE name = ?", EMBEDDING_SETTING) == embedding_id:
        return True
    waiting = db.value(
        "SELECT 1 FROM photos WHERE scanned_by IS NOT ? AND error IS NULL AND missing = 0 "
        "AND root NOT IN (SELECT value FROM json_each(?)) LIMIT 1",
        scanned_by, ids_json(away),
    )  # fmt: skip
    if waiting:
        return False
    db.rows("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", EMBEDDING_SETTING, embedding_id)
    db.rows("DELETE FROM embeddings WHERE model <> ?1 AND face IN (SELECT face FROM embeddings WHERE model = ?1)", embedding_id)
    return True


def copy_faces(db: Database, photo_id: int, model: str | None) -> tuple[ScannedFace, ...]:
    """The faces that a scan found in a photo, with the vectors of a model (None: the photo's most used one)."""
    if model is None:
        model = db.value(
            "SELECT e.model FROM embeddings e JOIN faces f ON f.id = e.face WHERE f.photo = ? "
            "GROUP BY e.model ORDER BY count(*) DESC, e.model LIMIT 1",
            photo_id,
        )
    rows = db.rows(
        "SELECT f.x, f.y, f.w, f.h, f.landmarks, f.score, f.quality, e.vector "
        "FROM faces f JOIN embeddings e ON e.face = f.id WHERE f.photo = ? AND e.model = ? AND f.score > 0 ORDER BY f.id",
        photo_id,
        model,
    )
    vectors = unit_vectors([row[-1] for row in rows])
    return tuple(
        ScannedFace(Box(x, y, w, h), tuple((px, py) for px, py in json.loads(points)), score, quality, vector)
        for (x, y, w, h, points, score, quality, _), vector in zip(rows, vectors, strict=True)
    )


def match_boxes(old: Sequence[tuple[int, Box]], new: Sequence[Box], drawn: Collection[int] = ()) -> dict[int, int]:
    """Which earlier face (id) each new box (its index) is, best overlap first; boxes without one are left out."""
    overlaps = [(_overlap(was, now, loose=face in drawn), face, k) for face, was in old for k, now in enumerate(new)]
    matched: dict[int, int] = {}
    for overlap, face, k in sorted(overlaps, key=lambda o: (-o[0], o[1], o[2])):
        if overlap >= SAME_FACE_IOU and k not in matched and face not in matched.values():
            matched[k] = face
    return matched


def _overlap(was: Box, now: Box, *, loose: bool) -> float:
    """Intersection over union; when `loose`, enough of it for one face also where one box lies in the other."""
    iou = was.iou(now)
    small, large = sorted((was.area, now.area))
    within = iou * (small + large) / (1 + iou) >= _WITHIN * small and small >= _SHARE * large
    return max(iou, SAME_FACE_IOU) if loose and within else iou


def _save_photo(db: Database, root_id: int, photo: ScannedPhoto) -> int:
    looks = "" if photo.error else ", taken_at = ?6, width = ?7, height = ?8, orientation = ?9"
    return int(
        db.value(
            "INSERT INTO photos (root, relpath, size, mtime_ns, hash, taken_at, width, height, orientation, "
            "scanned_by, error) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
            "ON CONFLICT (root, relpath) DO UPDATE SET size = ?3, mtime_ns = ?4, hash = ?5, "
            f"scanned_by = ?10, error = ?11, missing = 0{looks} RETURNING id",
            root_id, path_value(photo.relpath), photo.size, photo.mtime_ns, photo.hash, photo.taken_at, photo.width,
            photo.height, photo.orientation, photo.scanned_by, photo.error,
        )
    )  # fmt: skip


def _resize_boxes(db: Database, photo_id: int, before: Sequence[int], now: Sequence[int]) -> None:
    """Let the boxes of a photo fit when it was saved anew in another size but of the same shape."""
    if not all((*before, *now)) or list(before) == list(now) or abs(before[0] * now[1] / (before[1] * now[0]) - 1) > _SAME_SHAPE:
        return
    across, down = now[0] / before[0], now[1] / before[1]
    for face, x, y, w, h, points in db.rows("SELECT id, x, y, w, h, landmarks FROM faces WHERE photo = ?", photo_id):
        landmarks = tuple((px * across, py * down) for px, py in json.loads(points))
        db.rows(
            "UPDATE faces SET x = ?, y = ?, w = ?, h = ?, landmarks = ? WHERE id = ?",
            x * across, y * down, w * across, h * down, _points(landmarks), face,
        )  # fmt: skip


def _save_faces(db: Database, photo_id: int, photo: ScannedPhoto, *, same_content: bool) -> Changes:
    rows = db.rows("SELECT id, person, by_hand, state, x, y, w, h FROM faces WHERE photo = ?", photo_id)
    drawn = {i for (i,) in db.rows("SELECT id FROM faces INDEXED BY faces_photo WHERE photo = ? AND drawn = 1", photo_id)}
    matched = match_boxes([(row[0], Box(*row[4:])) for row in rows], [face.box for face in photo.faces], drawn)
    found = set(matched.values())
    kept = found | drawn
    gone = [(i, person) for i, person, hand, state, *_ in rows if i not in kept and not hand and state == "face"]
    changes = _remove_faces(db, _untold(db, gone) if same_content else gone)
    touched = set(found)
    for k, face in enumerate(photo.faces):
        box = (face.box.x, face.box.y, face.box.w, face.box.h)
        looks = (*map(float, box), _points(face.landmarks), float(face.score), float(face.quality))
        face_id = matched.get(k)
        if face_id is None:
            face_id = db.insert(
                "INSERT INTO faces (photo, x, y, w, h, landmarks, score, quality) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                photo_id,
                *looks,
            )
        elif face_id in drawn and same_content:  # the box is the user's
            db.rows("UPDATE faces SET landmarks = ?, score = ?, quality = ? WHERE id = ?", *looks[4:], face_id)
            db.rows("DELETE FROM embeddings WHERE face = ? AND model = ?", face_id, photo.embedding_id)
        else:
            db.rows(
                "UPDATE faces SET x = ?, y = ?, w = ?, h = ?, landmarks = ?, score = ?, quality = ? WHERE id = ?",
                *looks,
                face_id,
            )
            stale = "DELETE FROM embeddings WHERE face = ?1 AND (model = ?2 OR NOT ?3)"
            db.rows(stale, face_id, photo.embedding_id, same_content)
        vector = np.asarray(face.vector, np.float16).tobytes()
        db.insert("INSERT INTO embeddings (face, model, vector) VALUES (?, ?, ?)", face_id, photo.embedding_id, vector)
        touched.add(face_id)
    persons = frozenset(row[1] for row in rows if row[1] is not None)
    return changes | Changes(faces=frozenset(touched), persons=persons)


def _untold(db: Database, faces: Sequence[tuple[int, int | None]]) -> list[tuple[int, int | None]]:
    """Those (face, person) that are with no named person and stand in no link."""
    rows = db.rows(
        "SELECT f.id FROM faces f LEFT JOIN persons p ON p.id = f.person WHERE f.id IN (SELECT value FROM json_each(?)) "
        "AND coalesce(p.name, '') = '' AND NOT EXISTS (SELECT 1 FROM links WHERE face_a = f.id) "
        "AND NOT EXISTS (SELECT 1 FROM links WHERE face_b = f.id) "
        "AND NOT EXISTS (SELECT 1 FROM strangers WHERE face = f.id)",
        ids_json([face for face, _ in faces]),
    )
    untold = {face for (face,) in rows}
    return [(face, person) for face, person in faces if face in untold]


def _remove_faces(db: Database, gone: Iterable[tuple[int, int | None]]) -> Changes:
    faces = dict(gone)
    db.run_many("DELETE FROM faces WHERE id = ?", [(i,) for i in faces])
    return Changes(faces=frozenset(faces), persons=frozenset(p for p in faces.values() if p is not None))


def remove_emptied(db: Database, persons: Iterable[int]) -> None:
    """Remove unnamed persons who have lost their last face; a name that was given stays."""
    db.run_many(
        "DELETE FROM persons WHERE id = ? AND name = '' AND NOT EXISTS (SELECT 1 FROM faces WHERE person = persons.id)",
        [(i,) for i in persons],
    )


def _points(landmarks: Landmarks) -> str:
    return json.dumps([[float(x), float(y)] for x, y in landmarks])


def _volume(path: Path) -> str | bytes:
    """The drive or mount that a folder lies on."""
    return path_value(str(next((p for p in (path, *path.parents) if os.path.ismount(p)), path.anchor)))
