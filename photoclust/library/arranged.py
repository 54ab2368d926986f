"""Faces and photos in the order in which they are looked at: best first, by person, by date, or by how certain they are.

An order is told as keys (section, place in it, id, …): distinct, sorted, and the same for an id asked for alone, so that a
list can follow an edit by looking up what the edit touched.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from types import EllipsisType
from typing import Any, Literal

from photoclust.core.certainty import SURE, UNSURE, Certainty
from photoclust.core.types import FaceState
from photoclust.library.database import ids_json
from photoclust.library.questions import Questions

Order = Literal["quality", "person", "date", "certainty", "prominence"]
Key = tuple[int, Any, int, int]
"""Section, place in the section, id, and 1 for a face that was placed or confirmed by hand."""
LAST = 1 << 40
"""The section of what has no date or no person."""

_MONTH = (
    f"coalesce(12 * cast(strftime('%Y', taken_at, 'unixepoch') AS INTEGER) + strftime('%m', taken_at, 'unixepoch') - 1, {LAST})"
)
_SURE = f"""CASE WHEN f.person IS NULL THEN {Certainty.NOBODY:d} WHEN f.by_hand THEN {Certainty.TOLD:d}
    WHEN coalesce(f.confidence, 0) < {UNSURE} THEN {Certainty.UNSURE:d}
    WHEN f.confidence < {SURE} THEN {Certainty.LIKELY:d} ELSE {Certainty.SURE:d} END"""
_FACES = {
    "quality": "0, -f.quality",
    "person": f"coalesce(f.person, {LAST}), -f.quality",
    "date": f"{_MONTH}, coalesce(p.taken_at, 0)",
    "certainty": f"{_SURE}, coalesce(f.confidence, 0)",
    "prominence": "0, -coalesce(f.prominence, 1)",
}
_HERE = "f.photo NOT IN (SELECT id FROM photos WHERE missing = 1)"


def face_keys(
    library: Questions, order: Order, *, person_id: int | EllipsisType | None = ..., state: FaceState = FaceState.FACE,
    ids: Collection[int] | None = None, ranks: Mapping[int, int] | None = None,
) -> list[Key]:  # fmt: skip
    """The faces in a state on photos that are there: all, a person's or (`person_id` None) nobody's; of `ids` only these.

    A section is 0, a person (its rank, where `ranks` has one), a month counted from the year 0, or a `Certainty`.
    """
    join = "JOIN photos p ON p.id = f.photo " if order == "date" else ""
    sql = f"SELECT {_FACES[order]}, f.id, f.by_hand FROM faces f {join}WHERE f.state = ? AND {_HERE}"
    parameters: list[Any] = [state.value]
    if state is not FaceState.FACE:
        sql += " AND f.person IS NULL"  # always so, and there is an index for it
    if not isinstance(person_id, EllipsisType):
        sql += " AND f.person IS ?"
        parameters.append(person_id)
    if ids is not None:
        sql += (
            " AND +f.id IN (SELECT value FROM json_each(?))"
            if len(ids) > 10_000
            else " AND f.id IN (SELECT value FROM json_each(?))"
        )
        parameters.append(ids_json(ids))
    rows: list[Key] = library._db.rows(sql, *parameters)
    if order == "person" and ranks is not None:
        known = len(ranks)
        rows = [(ranks.get(who, who if who == LAST else known + who), *rest) for who, *rest in rows]
    return sorted(rows)


def photo_keys(
    library: Questions, order: Order, faces: Collection[int] | None = None, ids: Collection[int] | None = None
) -> list[Key]:
    """The photos that could be read and are there, oldest first: all, or those that show any of `faces`; of `ids` only these."""
    section = f"{_MONTH}" if order == "date" else "0"
    sql = f"SELECT {section}, taken_at, relpath, id FROM photos WHERE error IS NULL AND missing = 0"
    parameters = []
    if faces is not None:
        sql += " AND id IN (SELECT photo FROM faces WHERE id IN (SELECT value FROM json_each(?)))"
        parameters.append(ids_json(faces))
    if ids is not None:
        sql += " AND id IN (SELECT value FROM json_each(?))"
        parameters.append(ids_json(ids))
    rows = library._db.rows(sql, *parameters)
    return sorted((k, (math.inf if at is None else at, relpath), i, 0) for k, at, relpath, i in rows)


def newest_photos(library: Questions) -> dict[int, float]:
    """When the newest photo of each person was taken; persons without any date are left out."""
    sql = """SELECT f.person, max(p.taken_at) FROM faces f NOT INDEXED JOIN photos p ON p.id = f.photo
        WHERE f.person IS NOT NULL AND p.missing = 0 AND p.taken_at IS NOT NULL GROUP BY f.person"""
    return dict(library._db.rows(sql))


def count_faces(library: Questions, person_id: int | EllipsisType | None = ..., state: FaceState = FaceState.FACE) -> int:
    """About how many faces there are, those on missing photos too: to know whether asking for them takes long."""
    if isinstance(person_id, EllipsisType):
        return int(library._db.value("SELECT count(*) FROM faces"))
    return int(library._db.value("SELECT count(*) FROM faces WHERE person IS ? AND state = ?", person_id, state.value))


def count_photos(library: Questions) -> int:
    """About how many photos there are, missing ones too."""
    return int(library._db.value("SELECT count(*) FROM photos"))
