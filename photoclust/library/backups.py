"""Copies of a library beside it: made once a day without being asked, brought back only when asked."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from photoclust.core.errors import UserError
from photoclust.core.said import Said
from photoclust.library.failures import DamagedLibrary, explained
from photoclust.library.lock import WriteLock
from photoclust.library.places import LOGS, backups_of, free_name

KEPT = 2
"""How many backups stay."""

_PAGES = 1024
"""So many are written before whoever waits hears of it."""

EVERY_SECONDS = 24 * 3600.0
"""How old the newest backup is before there is another."""


@dataclass(frozen=True, slots=True)
class Restored:
    """The backup that was brought back, and under which name the damaged file is kept (None: there was none)."""

    backup: Path
    damaged: Path | None


def back_up(library: Path, now: float | None = None) -> Path | None:
    """Copy a library that has changed since its newest backup if that is older than a day; None when nothing was due.

    Readers and the writer go on meanwhile; the copy is of one moment. DamagedLibrary when the library is not whole: the
    backups that there are stay then. UserError when there is no room.
    """
    now = time.time() if now is None else now
    earlier = backups_of(library)
    times = [time_ for backup in earlier if (time_ := backup.stat().st_mtime) <= now]  # others are of a clock that went wrong
    if times and (now - times[0] < EVERY_SECONDS or _changed(library) <= times[0]):
        return None
    backup = free_name(library, "backup", datetime.fromtimestamp(now))
    part = backup.with_name(f".{backup.name}-part")
    try:
        copy_library(library, part)
        if not is_whole(part):
            raise DamagedLibrary(library)
        os.utime(part, (now, now))
        part.replace(backup)
    finally:
        part.unlink(missing_ok=True)
    for old in earlier[KEPT - 1 :]:
        with suppress(OSError):
            old.unlink()
    return backup


def copy_library(library: Path, copy: Path, told: Callable[[int, int], None] | None = None) -> None:
    """Write what is committed into another file, on disk when this returns; UserError or DamagedLibrary if that fails.

    `told` hears now and then how many pages of how many are written; what it raises ends the copying, and no copy is left.
    """
    try:
        with explained(library), closing(sqlite3.connect(library)) as source, closing(sqlite3.connect(copy)) as target:
            if told is None:
                source.backup(target)
            else:
                source.backup(target, pages=_PAGES, progress=lambda _, left, total: told(total - left, total))
            target.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        _to_disk(copy)
    except BaseException:
        for end in ("", "-journal"):
            copy.with_name(copy.name + end).unlink(missing_ok=True)
        raise


def is_whole(file: Path) -> bool:
    """Whether every page of a file of ours can be read and fits the others."""
    try:
        with closing(sqlite3.connect(file)) as db:
            db.execute("SELECT 1 FROM photos LIMIT 1")
            return bool(db.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def good_backup(library: Path) -> Path | None:
    """The newest backup that is whole."""
    return next((backup for backup in backups_of(library) if is_whole(backup)), None)


def restore(library: Path) -> Restored:
    """Put the newest whole backup in the place of a library, and keep what was there under another name.

    Killed at any moment, one of the two stands there. UserError when there is no such backup, or a program has the library open.
    """
    lock = WriteLock(library)
    if not lock.claim():
        raise UserError(
            Said("The library {library} is open in another photoclust. Close it there and try again.", library=library)
        )
    part = library.with_name(f".{library.name}-part")
    try:
        backup = good_backup(library)
        if backup is None:
            raise UserError(Said("There is no whole backup beside {library}.", library=library))
        shutil.copyfile(backup, part)
        _to_disk(part)
        damaged = free_name(library, "damaged", datetime.now()) if library.exists() else None
        if damaged is not None:
            _keep(library, damaged)
        part.replace(library)
        return Restored(backup, damaged)
    except OSError as problem:
        raise UserError(
            Said("The backup of {library} cannot be brought back: {reason}.", library=library, reason=problem.strerror)
        ) from problem
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        lock.release()


def _keep(library: Path, damaged: Path) -> None:
    """Give a file a second name; its logs must not stay, or they would be read into what comes in its place."""
    for end in LOGS:
        with suppress(FileNotFoundError):
            library.with_name(library.name + end).rename(damaged.with_name(damaged.name + end))
    try:
        damaged.hardlink_to(library)
    except OSError:
        shutil.copy2(library, damaged)


def _changed(library: Path) -> float:
    """When a library was last written to (seconds)."""
    files = (library, library.with_name(f"{library.name}-wal"))
    return max((f.stat().st_mtime for f in files if f.exists()), default=0.0)


def _to_disk(file: Path) -> None:
    with file.open("r+b") as opened:
        os.fsync(opened.fileno())
