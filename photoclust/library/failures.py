"""What can go wrong with a library file, as sentences."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from photoclust.core.errors import UserError
from photoclust.core.said import Said
from photoclust.library.places import backups_of

_NOT_WRITTEN = Said("The library {path} cannot be written to; check the permissions of its folder.")
_SENTENCES = {
    sqlite3.SQLITE_FULL: Said("There is no room left on the disk for the library {path}; nothing was changed."),
    sqlite3.SQLITE_READONLY: _NOT_WRITTEN,
    sqlite3.SQLITE_PERM: _NOT_WRITTEN,
    sqlite3.SQLITE_CANTOPEN: Said("The library {path} cannot be opened; check that its folder exists and may be written to."),
    sqlite3.SQLITE_NOTADB: Said("{path} is not a photoclust library."),
    sqlite3.SQLITE_IOERR: Said("The disk failed while the library {path} was read or written."),
    sqlite3.SQLITE_BUSY: Said("Another program is busy with the library {path}; please try again in a moment."),
}

_LITTLE = 1 << 16
"""Bytes: SQLite needs half as many beside a library to open it."""


class DamagedLibrary(UserError):  # noqa: N818 - a sentence, as its base
    """The file of a library is torn, truncated or overwritten."""

    def __init__(self, path: Path) -> None:
        """Say so, and what can be done."""
        backup = next(iter(backups_of(path)), None)
        way = Said("--restore brings back {name}", name=backup.name) if backup else Said("there is no backup beside it")
        super().__init__(
            Said("The library {path} is damaged. `photoclust check --library FILE` tells how much; {way}.", path=path, way=way)
        )
        self.path = path


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the failures that a user can act on into sentences; all others are bugs and pass."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_CORRUPT or (code == sqlite3.SQLITE_NOTADB and backups_of(path)):
            raise DamagedLibrary(path) from error
        if code not in _SENTENCES:
            raise
        if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and _is_full(path):
            code = sqlite3.SQLITE_FULL  # what SQLite keeps beside a library had no room
        raise UserError(Said(_SENTENCES[code], path=path)) from error


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _LITTLE
    except OSError:
        return False
