"""Boxes of faces as rows that an edit can make, change and take back, each with all that was worked out from it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping

from photoclust.library.database import Database, ids_json

BoxRow = tuple[int, float, float, float, float, str, float, float, bool, tuple[tuple[str, str], ...]]
"""photo; x, y, w, h; landmarks as JSON; score; quality; drawn; and the vectors as (model, base64), which are of this very box"""

_FIELDS = "photo, x, y, w, h, landmarks, score, quality, drawn"
_IN = "IN (SELECT value FROM json_each(?))"


def read_boxes(db: Database, ids: Iterable[int]) -> dict[int, BoxRow]:
    """The boxes of faces by id, those that exist."""
    wanted = ids_json(ids)
    if wanted == "[]":
        return {}
    vectors: dict[int, list[tuple[str, str]]] = {}
    for face, model, vector in db.rows(f"SELECT face, model, vector FROM embeddings WHERE face {_IN} ORDER BY 1, 2", wanted):
        vectors.setdefault(face, []).append((model, b64encode(vector).decode()))
    rows = db.rows(f"SELECT id, {_FIELDS} FROM faces WHERE id {_IN}", wanted)
    return {i: (*row, bool(drawn), tuple(vectors.get(i, ()))) for i, *row, drawn in rows}


def write_boxes(db: Database, boxes: Mapping[int, BoxRow | None]) -> None:
    """Make or change faces with these boxes; what was worked out from another box of theirs is forgotten."""
    kept = {i: row for i, row in boxes.items() if row is not None}
    updates = ", ".join(f"{field} = excluded.{field}" for field in _FIELDS.split(", "))
    db.run_many(
        f"INSERT INTO faces (id, {_FIELDS}) VALUES ({', '.join('?' * 10)}) ON CONFLICT (id) DO UPDATE SET {updates}",
        [(i, *row[:-1]) for i, row in kept.items()],
    )
    db.run_many("DELETE FROM embeddings WHERE face = ?", [(i,) for i in kept])
    vectors = [(i, model, b64decode(vector)) for i, row in kept.items() for model, vector in row[-1]]
    db.run_many("INSERT INTO embeddings (face, model, vector) VALUES (?, ?, ?)", vectors)


def restorable(db: Database, boxes: Mapping[int, BoxRow | None]) -> dict[int, BoxRow | None]:
    """Those of the boxes whose photos have not been forgotten, and all faces that shall not be there."""
    wanted = ids_json({row[0] for row in boxes.values() if row is not None})
    photos = {i for (i,) in db.rows(f"SELECT id FROM photos WHERE id {_IN}", wanted)} if boxes else set()
    return {i: row for i, row in boxes.items() if row is None or row[0] in photos}


def removable(db: Database, boxes: Mapping[int, BoxRow | None]) -> list[int]:
    """Of the faces that shall not be there, those that no scan has found since they were drawn."""
    gone = [i for i, row in boxes.items() if row is None]
    return [i for (i,) in db.rows(f"SELECT id FROM faces WHERE score = 0 AND id {_IN}", ids_json(gone))] if gone else []


def remove_faces(db: Database, boxes: Mapping[int, BoxRow | None]) -> None:
    """Take back faces that an edit had made; what a scan has found there since stays as a face that was found."""
    gone = removable(db, boxes)
    db.rows(f"UPDATE faces SET drawn = 0 WHERE id {_IN}", ids_json([i for i, row in boxes.items() if row is None]))
    db.run_many("DELETE FROM faces WHERE id = ?", [(i,) for i in gone])


def photos_of(db: Database, boxes: Mapping[int, BoxRow | None]) -> set[int]:
    """The photos that boxes are in, as they are and as they shall be."""
    there = db.rows(f"SELECT photo FROM faces WHERE id {_IN}", ids_json(boxes)) if boxes else []
    return {photo for (photo,) in there} | {row[0] for row in boxes.values() if row is not None}
