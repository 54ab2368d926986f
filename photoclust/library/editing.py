"""Applying, undoing and redoing edits; every one a single transaction, and all of them survive a restart."""

from __future__ import annotations

import time
from dataclasses import dataclass

from photoclust.core.changes import Changes
from photoclust.core.edits import Edit, Restore, Together, from_json, to_json
from photoclust.core.errors import UserError
from photoclust.core.said import Said
from photoclust.library.database import Database, ids_json
from photoclust.library.plans import Plan, plan
from photoclust.library.rows import Rows, read, read_faces, read_persons, write


@dataclass(frozen=True, slots=True)
class Applied:
    """What an edit did: its inverse, the ids it touched, its text for menus, and the ids of the persons it made."""

    edit: Edit
    inverse: Restore
    changes: Changes
    text: str
    new_persons: tuple[int, ...] = ()


def apply(db: Database, edit: Edit) -> Applied:
    """Apply an edit and remember it for undo; what was undone before can no longer be redone.

    An edit that changes nothing is not remembered. UserError when it names what is gone; then nothing is changed.
    """
    with db.transaction():
        return apply_within(db, edit)


def apply_within(db: Database, edit: Edit) -> Applied:
    """What `apply` does, within a transaction that is open."""
    applied = _together(db, edit) if isinstance(edit, Together) else _carry_out(db, edit, plan(db, edit))
    if applied.inverse != Restore():
        db.rows("DELETE FROM edits WHERE undone = 1")
        db.insert(
            "INSERT INTO edits (edit, inverse, text, said, at) VALUES (?, ?, ?, ?, ?)",
            to_json(edit), to_json(applied.inverse), applied.text,
            applied.text.to_json() if isinstance(applied.text, Said) else None, time.time(),
        )  # fmt: skip
    return applied


def undo(db: Database) -> Applied | None:
    """Take back the last edit; None when there is none."""
    with db.transaction():
        return undo_within(db)


def redo(db: Database) -> Applied | None:
    """Do again what was undone last; None when there is nothing."""
    with db.transaction():
        return redo_within(db)


def undo_within(db: Database) -> Applied | None:
    """What `undo` does, within a transaction that is open."""
    found = db.rows("SELECT id, inverse, text, said FROM edits WHERE undone = 0 ORDER BY id DESC LIMIT 1")
    return _step(db, *found[0], undone=True) if found else None


def redo_within(db: Database) -> Applied | None:
    """What `redo` does, within a transaction that is open."""
    found = db.rows("SELECT id, redo, text, said FROM edits WHERE undone = 1 ORDER BY id LIMIT 1")
    return _step(db, *found[0], undone=False) if found else None


def undo_text(db: Database) -> str | None:
    """What `undo` would take back."""
    found = db.rows("SELECT text, said FROM edits WHERE undone = 0 ORDER BY id DESC LIMIT 1")
    return as_said(*found[0]) if found else None


def redo_text(db: Database) -> str | None:
    """What `redo` would do again."""
    found = db.rows("SELECT text, said FROM edits WHERE undone = 1 ORDER BY id LIMIT 1")
    return as_said(*found[0]) if found else None


def as_said(text: str, said: str | None) -> str:
    """The text of a row of edits: where it is known what it was made of, a window can translate it."""
    try:
        return Said.from_json(said) if said else text
    except ValueError:
        return text


def _step(db: Database, edit_id: int, restore: str, text: str, said: str | None, *, undone: bool) -> Applied:
    try:
        edit = from_json(restore)
        planned = plan(db, edit)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise UserError("What is noted of this edit cannot be read. `photoclust check` tells more.") from error
    applied = _carry_out(db, edit, Plan(planned.rows, as_said(text, said)))
    column = "redo" if undone else "inverse"
    sql = f"UPDATE edits SET undone = ?, {column} = ? WHERE id = ?"
    db.rows(sql, int(undone), to_json(applied.inverse), edit_id)
    return applied


def _together(db: Database, edit: Together) -> Applied:
    """Carry out several edits; of what two of them touch, the inverse knows how it was before the first."""
    before, changes = Rows(), Changes()
    new: tuple[int, ...] = ()
    for part in edit.edits:
        applied = _carry_out(db, part, plan(db, part))
        before = before.joined(Rows.of_restore(applied.inverse))
        changes |= applied.changes
        new += applied.new_persons
    there = read_persons(db, new)
    return Applied(edit, before.to_restore(), changes, edit.text, tuple(p for p in new if p in there))


def _carry_out(db: Database, edit: Edit, planned: Plan) -> Applied:
    """Write what a plan wants and tidy up after it; the rows as they were are the inverse."""
    before = read(db, planned.rows)
    after = planned.rows.changed_from(before)
    before = before.only(after)
    write(db, after)
    tidy = _tidy(db, before, after, keep_named=isinstance(edit, Restore))
    before_tidy = read(db, tidy)
    write(db, tidy)
    for person, row in before_tidy.persons.items():
        before.persons.setdefault(person, row)
    persons = before.persons.keys() | {row[0] for rows in (before, after) for row in rows.faces.values()}
    persons |= {row[0] for row in read_faces(db, after.strangers.keys() | after.boxes.keys()).values()}
    changes = Changes(
        faces=frozenset({*after.faces, *after.strangers, *after.boxes}),
        persons=frozenset(person for person in persons if person is not None),
        boxes=frozenset(after.boxes),
    )
    made = tuple(p for p, row in after.persons.items() if row is not None and before.persons[p] is None)
    return Applied(edit, before.to_restore(), changes, planned.text, made)


def _tidy(db: Database, before: Rows, after: Rows, *, keep_named: bool) -> Rows:
    """Persons whose last face has left go, and so does a cover that has left its person."""
    left = {row[0] for row in before.faces.values() if row[0] is not None}
    touched = read_persons(db, left | after.persons.keys())
    inhabited = {
        i for (i,) in db.rows(
            "SELECT id FROM persons WHERE id IN (SELECT value FROM json_each(?)) "
            "AND EXISTS (SELECT 1 FROM faces WHERE person = persons.id)",
            ids_json(touched),
        )
    }  # fmt: skip
    rows = Rows()
    for person, (name, _) in touched.items():
        if person not in inhabited and not (name and (keep_named or person not in left)):
            rows.persons[person] = None
    strays = db.rows(
        "SELECT p.id, p.name FROM persons p JOIN faces f ON f.id = p.cover_face "
        "WHERE p.id IN (SELECT value FROM json_each(?)) AND f.person IS NOT p.id",
        ids_json(inhabited),
    )
    rows.persons |= {person: (name, None) for person, name in strays}
    return rows
