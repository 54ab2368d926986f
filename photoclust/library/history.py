"""Everything that was done, as a list to go back and forth in; it is kept with the library, without limit."""

from __future__ import annotations

from dataclasses import dataclass

from photoclust.library.database import Database
from photoclust.library.editing import Applied, as_said, redo_within, undo_within


@dataclass(frozen=True, slots=True)
class Noted:
    """An edit as it is told: its id, its text, when it was made (seconds), and whether it is undone now."""

    id: int
    text: str
    at: float
    undone: bool


def history(db: Database, limit: int, after: Noted | None = None) -> list[Noted]:
    """The newest edits first, so many; or those that come after one in this order."""
    where, parameters = ("", ()) if after is None else ("WHERE (undone, id) < (?, ?)", (int(after.undone), after.id))
    # undone edits are always newer than those that stand; the index has all that is told
    sql = f"SELECT id, text, said, at, undone FROM edits {where} ORDER BY undone DESC, id DESC LIMIT ?"
    return [Noted(i, as_said(text, said), at, bool(undone)) for i, text, said, at, undone in db.rows(sql, *parameters, limit)]


def newest_edit(db: Database) -> int:
    """The id of the newest edit, undone or not; 0 when there is none."""
    return int(db.value("SELECT coalesce(max(id), 0) FROM edits"))


def step_towards(db: Database, edit_id: int, newest: int) -> Applied | None:
    """Undo or redo one edit on the way to the moment after `edit_id` (0: before the first); None once it is reached.

    None too when there has been another edit since `newest` was the newest one: what the user does meanwhile stands.
    """
    with db.transaction():
        there = edit_id == 0 or db.value("SELECT count(*) FROM edits WHERE id = ?", edit_id)
        if not there or newest_edit(db) != newest:
            return None
        if db.value("SELECT count(*) FROM edits WHERE undone = 0 AND id > ?", edit_id):
            return undo_within(db)
        if db.value("SELECT count(*) FROM edits WHERE undone = 1 AND id <= ?", edit_id):
            return redo_within(db)
        return None
