"""The library: what is known of the photos, faces and persons of some folders, kept in one SQLite file."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from photoclust.core.changes import Changes
from photoclust.core.edits import Edit
from photoclust.library import editing, importing
from photoclust.library.database import Database
from photoclust.library.editing import Applied
from photoclust.library.importing import ScannedFace, ScannedPhoto
from photoclust.library.questions import Counts, Decisions, Questions

__all__ = ["Applied", "Counts", "Decisions", "Library", "ScannedFace", "ScannedPhoto"]


class Library(Questions):
    """One open library file; belongs to the thread that opened it. Another thread opens its own.

    Asking is in `Questions`. Whatever writes is one transaction, waits for another writer, and raises UserError (disk full,
    no permission, busy for long) with nothing changed.
    """

    def __init__(self, db: Database) -> None:
        """Use `Library.open`."""
        super().__init__(db)
        self.path = db.path

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
        """Open a library, made when it is missing and `create`; UserError when it is foreign, newer or unreadable."""
        return cls(Database(path.expanduser().absolute(), create=create))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        """Use the library in a `with` block, which closes it."""
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Close the file."""
        self.close()

    def add_root(self, folder: Path) -> int:
        """The id of a folder that is (or now becomes) part of the library; the path is resolved."""
        with self._db.transaction():
            return importing.add_root(self._db, folder)

    def move_root(self, root_id: int, folder: Path) -> None:
        """Say that a whole folder lies elsewhere now."""
        with self._db.transaction():
            importing.move_root(self._db, root_id, folder)

    def save_scanned(self, root_id: int, scanned: Sequence[ScannedPhoto]) -> Changes:
        """Add or update photos with their faces and vectors; a face found again (IoU ≥ 0.5) keeps its id and decisions."""
        with self._db.transaction():
            return importing.save_scanned(self._db, root_id, scanned)

    def remove_missing(self, root_id: int, relpaths: Collection[str]) -> Changes:
        """Mark photos as gone; their faces go too, unless one was decided by hand or is a named person's."""
        with self._db.transaction():
            return importing.remove_missing(self._db, root_id, relpaths)

    def move_photo(self, photo_id: int, root_id: int, relpath: str, mtime_ns: int) -> Changes:
        """Say that a photo's file lies elsewhere now; all that is known about it stays."""
        with self._db.transaction():
            return importing.move_photo(self._db, photo_id, root_id, relpath, mtime_ns)

    def copy_faces(self, from_photo_id: int, model: str | None = None) -> tuple[ScannedFace, ...]:
        """The faces of a photo to be saved with its exact duplicate, so that nothing is computed twice."""
        return importing.copy_faces(self._db, from_photo_id, model)

    def record_run(self, engine: str, options: Mapping[str, Any], seed: int, measures: Mapping[str, Any]) -> int:
        """Note that an engine has grouped the library, with what, and how it went; returns the run's id."""
        with self._db.transaction():
            return self._db.insert(
                "INSERT INTO runs (engine, options, seed, measures, at) VALUES (?, ?, ?, ?, ?)",
                engine, json.dumps(dict(options)), seed, json.dumps(dict(measures)), time.time(),
            )  # fmt: skip

    def apply(self, edit: Edit) -> Applied:
        """Apply an edit; UserError when it names what is gone or makes no sense, with nothing changed."""
        return editing.apply(self._db, edit)

    def undo(self) -> Applied | None:
        """Take back the last edit, also one of an earlier session; None when there is none."""
        return editing.undo(self._db)

    def redo(self) -> Applied | None:
        """Do again what was undone last; None when there is nothing or another edit came since."""
        return editing.redo(self._db)

    def undo_text(self) -> str | None:
        """What `undo` would take back, such as "Move 3 faces to Anna"."""
        return editing.undo_text(self._db)

    def redo_text(self) -> str | None:
        """What `redo` would do again."""
        return editing.redo_text(self._db)
