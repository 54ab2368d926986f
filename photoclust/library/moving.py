"""Bringing a library to another folder or drive: copied and verified there before anything changes here."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.said import Said
from photoclust.library.backups import copy_library, is_whole
from photoclust.library.failures import DamagedLibrary
from photoclust.library.places import LOGS, backups_of, free_name


def copy_verified(library: Path, target: Path, progress: Progress | None = None) -> Path:
    """Copy what is committed in a library to a path where no file is, and return that path; the library itself is not touched.

    UserError where there is no room, no permission or a file already, DamagedLibrary when the library is not whole, `Cancelled`
    when the progress says stop: then no copy is left.
    """
    progress = progress or Silent()
    _check_place(library, target)
    part = target.with_name(f".{target.name}-part")

    def told(done: int, total: int) -> None:
        progress.report(Status("Copying the library", done, total))
        progress.checkpoint()

    try:
        progress.checkpoint()
        copy_library(library, part, told)
        progress.report(Status("Reading the copy"))
        progress.checkpoint()
        if not is_whole(part) or _contents(part) != _contents(library):
            raise UserError(Said("The copy at {target} is not as the library is. Nothing was changed.", target=target))
        progress.checkpoint()
        part.rename(target)
    except DamagedLibrary:
        raise
    except UserError as problem:
        if isinstance(problem.__cause__, sqlite3.Error):  # the library was read before: it is the copy's place that fails
            raise UserError(_sentence(target, problem.__cause__)) from problem
        raise
    except (sqlite3.Error, OSError) as problem:
        raise UserError(_sentence(target, problem)) from problem
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def set_aside(library: Path) -> Path:
    """Give a closed library that now lies elsewhere another name, and its backups with it; the name, or the old one where the
    folder does not let us."""
    kept = free_name(library, "moved", datetime.now())
    try:
        library.rename(kept)
        for end in LOGS:
            with suppress(FileNotFoundError):
                library.with_name(library.name + end).rename(kept.with_name(kept.name + end))
        for backup in backups_of(library):  # beside no library they would say that one is lost
            backup.rename(backup.with_name(kept.stem + backup.name.removeprefix(library.stem)))
    except OSError:
        return kept if kept.exists() else library
    return kept


def _check_place(library: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise UserError(Said("There is already a file {target}; nothing was changed.", target=target))
        log = library.with_name(f"{library.name}-wal")
        size = library.stat().st_size + (log.stat().st_size if log.exists() else 0)
        if shutil.disk_usage(target.parent).free < size:
            raise UserError(_no_room(target))
    except OSError as problem:
        raise UserError(_sentence(target, problem)) from problem


def _sentence(target: Path, problem: Exception) -> Said:
    code = getattr(problem, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_FULL or getattr(problem, "errno", 0) == errno.ENOSPC:
        return _no_room(target)
    reason = problem.strerror if isinstance(problem, OSError) else str(problem)
    return Said("The library cannot be copied to {target}: {reason}. It stays where it is.", target=target, reason=reason)


def _no_room(target: Path) -> Said:
    return Said("There is no room for the library in {folder}. It stays where it is.", folder=target.parent)


def _contents(library: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(library)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        return {name: int(db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in tables}
