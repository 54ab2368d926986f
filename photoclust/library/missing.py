"""Photos whose files lie elsewhere, are not there, or are back: their rows stay until the user says forget."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from photoclust.core.changes import Changes
from photoclust.library.database import Database, ids_json
from photoclust.library.importing import remove_emptied
from photoclust.library.questions import path_value

Move = tuple[int, str, int]
"""A photo's id, its new relpath, and the file's new time (ns)."""


def mark_missing(db: Database, photo_ids: Collection[int], *, missing: bool) -> Changes:
    """Say that photos' files are not there, or are there again; nothing else that is known of them changes.

    A photo that could never be read and has no face is forgotten at once: there is nothing to keep.
    """
    changes = _touched(db, photo_ids)
    ids = ids_json(photo_ids)
    if missing:
        nothing = "error IS NOT NULL AND NOT EXISTS (SELECT 1 FROM faces WHERE photo = photos.id)"
        db.rows(f"DELETE FROM photos WHERE id IN (SELECT value FROM json_each(?)) AND {nothing}", ids)
    db.rows("UPDATE photos SET missing = ? WHERE id IN (SELECT value FROM json_each(?))", int(missing), ids)
    return changes


def forget(db: Database, photo_ids: Collection[int]) -> Changes:
    """Remove photos that are missing, with their faces and what was decided about them; others are passed over.

    A name that was given stays, an unnamed person who has lost the last face does not.
    """
    gone = "SELECT id FROM photos WHERE missing = 1 AND id IN (SELECT value FROM json_each(?))"
    ids = [i for (i,) in db.rows(gone, ids_json(photo_ids))]
    changes = _touched(db, ids)
    db.rows("DELETE FROM photos WHERE id IN (SELECT value FROM json_each(?))", ids_json(ids))
    remove_emptied(db, changes.persons)
    return changes


def move_photos(db: Database, root_id: int, moves: Sequence[Move]) -> Changes:
    """Say that photos' files lie elsewhere now, all at once: they may have swapped names.

    A photo that does not move, but whose name is taken, is called "… (earlier)" from now on: its file is gone.
    """
    ids = [(photo_id,) for photo_id, _, _ in moves]
    db.run_many("UPDATE photos SET relpath = '/' || id WHERE id = ?", ids)  # no file is called so
    touched = {photo_id for photo_id, _, _ in moves}
    for photo_id, relpath, mtime_ns in moves:
        occupant = _at(db, root_id, relpath)
        if occupant is not None:
            db.rows("UPDATE photos SET relpath = ? WHERE id = ?", path_value(_earlier(db, root_id, relpath)), occupant)
            touched.add(occupant)
        db.rows(
            "UPDATE photos SET root = ?, relpath = ?, mtime_ns = ?, missing = 0 WHERE id = ?",
            root_id, path_value(relpath), mtime_ns, photo_id,
        )  # fmt: skip
    return _touched(db, touched)


def _at(db: Database, root_id: int, relpath: str) -> int | None:
    found: int | None = db.value("SELECT id FROM photos WHERE root = ? AND relpath = ?", root_id, path_value(relpath))
    return found


def _earlier(db: Database, root_id: int, relpath: str) -> str:
    name, number = f"{relpath} (earlier)", 1
    while _at(db, root_id, name) is not None:
        number += 1
        name = f"{relpath} (earlier {number})"
    return name


def _touched(db: Database, photo_ids: Collection[int]) -> Changes:
    """The photos with all their faces and the persons on them."""
    rows = db.rows("SELECT id, person FROM faces WHERE photo IN (SELECT value FROM json_each(?))", ids_json(photo_ids))
    return Changes(frozenset(photo_ids), frozenset(i for i, _ in rows), frozenset(p for _, p in rows if p is not None))
