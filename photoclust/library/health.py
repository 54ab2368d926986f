"""Whether a library is whole, in plain words; and mending it, with a copy kept of how it was."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from photoclust.library.backups import copy_library, good_backup
from photoclust.library.database import Database
from photoclust.library.failures import DamagedLibrary
from photoclust.library.places import free_name
from photoclust.library.questions import Counts, Questions
from photoclust.library.rules import RULES, Rule

_SHAPE = {
    "roots": "id path volume watched",
    "photos": "id root relpath size mtime_ns hash taken_at width height orientation scanned_by error missing",
    "persons": "id name cover_face",
    "faces": "id photo x y w h landmarks score quality person by_hand state confidence prominence drawn",
    "embeddings": "face model vector",
    "strangers": "face stranger",
    "links": "face_a face_b must why",
    "edits": "id edit inverse redo text at undone",
    "runs": "id engine options seed measures at",
    "settings": "name value",
}
_INDEX = re.compile(r"(row \d+ missing from index|wrong # of entries in index|non-unique entry in index|rowid \d+ missing)")
_VALUE = re.compile(r"(CHECK constraint failed|NULL value in|NUMERIC value in|TEXT value in|non-unique)")
_ROUNDS = 3
"""Mending may lay bare something else, as a person whose last face was none."""


@dataclass(frozen=True, slots=True)
class Health:
    """What is wrong with a library (after mending: still), what was mended, and which decisions that has cost."""

    path: Path
    wrong: tuple[str, ...] = ()
    mendable: bool = False
    """Whether some of what is wrong can be mended."""
    mended: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    copy: Path | None = None
    """The library as it was before it was mended."""
    backup: Path | None = None
    """The newest whole backup, looked for when something is wrong."""
    counts: Counts | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong (any more)."""
        return not self.wrong


@dataclass(frozen=True, slots=True)
class _State:
    broken: list[tuple[Rule, int]]
    indexes: bool
    """Whether an index tells something else than its table."""
    torn: list[str]
    """What nobody can mend."""

    @property
    def mendable(self) -> list[Rule]:
        return [rule for rule, _ in self.broken if rule.mend]

    def words(self) -> tuple[str, ...]:
        said = [rule.words(count) for rule, count in self.broken]
        return (*self.torn, *(["An index does not fit its table"] if self.indexes else []), *said)


def examine(path: Path) -> Health:
    """Look at everything in a library and change nothing; UserError when it is missing, foreign or newer."""
    try:
        with closing(Database(path.expanduser().absolute(), create=False, reading=True)) as db:
            state = _look(db)
            counts = None if state.torn or state.indexes else Questions(db).counts()
    except DamagedLibrary:
        return Health(path, ("The file is torn, truncated or overwritten",), backup=good_backup(path))
    mendable = not state.torn and (state.indexes or bool(state.mendable))
    return Health(path, state.words(), mendable, counts=counts, backup=good_backup(path) if state.words() else None)


def mend(path: Path) -> Health:
    """Mend what can be mended, all at once or not at all, with a copy kept beside the file; UserError as for `examine`."""
    before = examine(path)
    if not before.mendable:
        return before
    path = path.expanduser().absolute()
    with closing(Database(path, create=False)) as db:
        db.claim()
        copy = free_name(path, "before-repair", datetime.now())
        copy_library(path, copy)
        db.rows("PRAGMA ignore_check_constraints = ON")  # a row with two faults could not be mended one by one
        lost: list[str] = []
        with db.transaction():
            if _look(db).indexes:
                try:
                    db.rows("REINDEX")
                except sqlite3.IntegrityError:  # two rows where there can be one: nobody knows which is right
                    return replace(before, mendable=False, copy=copy)
            for _ in range(_ROUNDS):
                for rule in _look(db).mendable:
                    lost += rule.mend(db) if rule.mend else []
            after = _look(db)
        left = after.words()
        mended = tuple(said for said in before.wrong if said not in left)
        return Health(path, left, bool(after.mendable), mended, tuple(lost), copy, good_backup(path), Questions(db).counts())


def _look(db: Database) -> _State:
    lines = [str(line) for (line,) in db.rows("PRAGMA integrity_check") if line != "ok"]
    torn = [line for line in lines if not _INDEX.match(line) and not _VALUE.match(line)]
    torn += [
        f"The table “{table}” is not as it should be"
        for table, columns in _SHAPE.items()
        if not set(columns.split()) <= {row[1] for row in db.rows(f"PRAGMA table_info({table})")}
    ]
    if torn:
        return _State([], False, torn)
    if any(_INDEX.match(line) for line in lines):
        return _State([], True, [])  # what is asked through it is not to be believed
    broken = [(rule, count) for rule in RULES if (count := rule.find(db))]
    if not any(rule.mend for rule, _ in broken):
        torn += lines
        torn += [f"A row of “{table}” points nowhere" for table, *_ in db.rows("PRAGMA foreign_key_check")[:10]]
    return _State(broken, False, torn)
