"""The library: what is known of the photos, faces and persons of some folders, kept in one SQLite file."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from photoclust.core.changes import Changes
from photoclust.core.edits import Edit
from photoclust.core.types import Root
from photoclust.library import backups, editing, history, importing, missing, strangers
from photoclust.library.database import Database
from photoclust.library.editing import Applied
from photoclust.library.history import Noted
from photoclust.library.importing import ScannedFace, ScannedPhoto
from photoclust.library.questions import Counts, Decisions, Questions
from photoclust.library.strangers import Strangers

__all__ = ["Applied", "Counts", "Decisions", "Library", "Run", "ScannedFace", "ScannedPhoto", "Strangers"]


@dataclass(frozen=True, slots=True)
class Run:
    """A grouping that was done: when (seconds since 1970), of how many faces, into how many persons, in how many seconds."""

    at: float
    faces: int
    persons: int
    seconds: float


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
    def open(cls, path: Path, *, create: bool = True, reading: bool = False) -> Self:
        """Open a library, made when it is missing and `create`; UserError when it is foreign, newer or unreadable.

        Only one program at a time can change it: in a second one it is `read_only`, and whatever would write raises UserError.
        With `reading` it is never written to, and another program can change it meanwhile.
        """
        return cls(Database(path.expanduser().absolute(), create=create, reading=reading))

    @property
    def read_only(self) -> bool:
        """Whether another program has the right to change it, or it was opened for reading."""
        return self._db.read_only

    @property
    def longest_write(self) -> float:
        """The longest that one of its transactions has kept other writers out, in seconds."""
        return self._db.longest

    def claim(self) -> None:
        """Be the program that may change the library; UserError at once while another one is."""
        self._db.claim()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def back_up(self) -> Path | None:
        """Copy the file beside itself if it has changed and the newest copy is older than a day; the copy, if one was due.

        DamagedLibrary when the file is not whole; the copies that there are stay then. UserError when there is no room.
        """
        return backups.back_up(self.path)

    def strangers(self, person_ids: Collection[int] | None = None) -> Strangers:
        """Who only passed by, among all persons or among these; what the user has said of them comes first."""
        return strangers.find_strangers(self._db, person_ids)

    def strangers_alone(self) -> frozenset[int]:
        """The faces of strangers that belong to nobody."""
        return strangers.strangers_alone(self._db)

    def faces_of_strangers(self) -> list[int]:
        """All faces of strangers, the most prominent first."""
        return strangers.faces_of_strangers(self._db)

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

    def refresh_volume(self, root: Root) -> None:
        """Remember on which drive or mount a folder lies now."""
        with self._db.transaction():
            importing.refresh_volume(self._db, root.id, root.path)

    def watch_root(self, root_id: int, on: bool) -> None:
        """Whether new photos in a folder are to be imported as they appear."""
        with self._db.transaction():
            self._db.rows("UPDATE roots SET watched = ? WHERE id = ?", int(on), root_id)

    def move_root(self, root_id: int, folder: Path) -> None:
        """Say that a whole folder lies elsewhere now."""
        with self._db.transaction():
            importing.move_root(self._db, root_id, folder)

    def save_scanned(self, root_id: int, scanned: Sequence[ScannedPhoto]) -> Changes:
        """Add or update photos with their faces and vectors; a face found again (IoU ≥ 0.5) keeps its id and decisions.

        What a power cut takes of it can be scanned again, so it does not wait for the disk.
        """
        with self._db.transaction(lasting=False):
            return importing.save_scanned(self._db, root_id, scanned)

    def retry_broken(self) -> None:
        """Have the photos that could not be read looked at again by the next import, though their files have not changed."""
        with self._db.transaction():
            self._db.rows("UPDATE photos SET scanned_by = NULL WHERE error IS NOT NULL AND missing = 0")

    def mark_missing(self, photo_ids: Collection[int]) -> Changes:
        """Say that photos' files are not there; all that is known of them is kept, and hidden until they are back."""
        with self._db.transaction():
            return missing.mark_missing(self._db, photo_ids, missing=True)

    def mark_found(self, photo_ids: Collection[int]) -> Changes:
        """Say that missing photos are there again, as they were."""
        with self._db.transaction():
            return missing.mark_missing(self._db, photo_ids, missing=False)

    def forget(self, photo_ids: Collection[int]) -> Changes:
        """Remove photos that are missing, with their faces; others are passed over. This cannot be undone."""
        with self._db.transaction():
            return missing.forget(self._db, photo_ids)

    def move_photos(self, root_id: int, moves: Sequence[missing.Move]) -> Changes:
        """Say that photos' files lie elsewhere now, all at once: (photo, relpath, mtime_ns); all that is known of them stays."""
        with self._db.transaction():
            return missing.move_photos(self._db, root_id, moves)

    def settle_model(self, scanned_by: str, embedding_id: str, away: Collection[int] = ()) -> bool:
        """Group by this model from now on if it has looked at every photo that is there; until then the old groups stay."""
        with self._db.transaction():
            return importing.settle_model(self._db, scanned_by, embedding_id, away)

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

    def error_ids(self) -> list[int]:
        """The photos that could not be read, in the order of `errors`, which brings all that is known of them."""
        sql = "SELECT p.id FROM photos p JOIN roots r ON r.id = p.root WHERE p.error IS NOT NULL AND p.missing = 0"
        return [i for (i,) in self._db.rows(f"{sql} ORDER BY r.path, p.relpath")]

    def runs(self, limit: int) -> list[Run]:
        """The last groupings, the newest first."""
        rows = self._db.rows("SELECT measures, at FROM runs ORDER BY id DESC LIMIT ?", limit)
        known = [(json.loads(measures), at) for measures, at in rows]
        return [Run(at, m.get("faces", 0), m.get("persons", 0), m.get("seconds", 0.0)) for m, at in known]

    def apply(self, edit: Edit) -> Applied:
        """Apply an edit; UserError when it names what is gone or makes no sense, with nothing changed."""
        return editing.apply(self._db, edit)

    def undo(self) -> Applied | None:
        """Take back the last edit, also one of an earlier session; None when there is none."""
        return editing.undo(self._db)

    def redo(self) -> Applied | None:
        """Do again what was undone last; None when there is nothing or another edit came since."""
        return editing.redo(self._db)

    def step_towards(self, edit_id: int, newest: int) -> Applied | None:
        """Undo or redo one edit on the way to the moment after an edit (0: before the first), or None; see `history`."""
        return history.step_towards(self._db, edit_id, newest)

    def history(self, limit: int, after: Noted | None = None) -> list[Noted]:
        """The newest edits first, so many; or those that come after one in this order."""
        return history.history(self._db, limit, after)

    def newest_edit(self) -> int:
        """The id of the newest edit, undone or not; 0 when there is none."""
        return history.newest_edit(self._db)

    def undo_text(self) -> str | None:
        """What `undo` would take back, such as "Move 3 faces to Anna"."""
        return editing.undo_text(self._db)

    def redo_text(self) -> str | None:
        """What `redo` would do again."""
        return editing.redo_text(self._db)
