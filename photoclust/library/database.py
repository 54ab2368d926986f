"""The file under a library: opened, checked, migrated, and failing with a sentence where the user can act."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from photoclust.core.errors import UserError

APPLICATION_ID = 0x50684F74
"""Marks a SQLite file as a library of ours ("PhOt")."""

SCHEMA_VERSION = 2
"""How many steps `migrations` has; kept in the file as `user_version`, so that an older program refuses a newer file."""

BUSY_SECONDS = 15.0
"""How long a writer waits for another one."""

_SENTENCES = {
    sqlite3.SQLITE_FULL: "There is no room left on the disk for the library {path}; nothing was changed.",
    sqlite3.SQLITE_READONLY: "The library {path} cannot be written to; check the permissions of its folder.",
    sqlite3.SQLITE_PERM: "The library {path} cannot be written to; check the permissions of its folder.",
    sqlite3.SQLITE_CANTOPEN: "The library {path} cannot be opened; check that its folder exists and may be written to.",
    sqlite3.SQLITE_NOTADB: "{path} is not a photoclust library.",
    sqlite3.SQLITE_CORRUPT: "The library {path} is damaged; please bring back a copy from a backup.",
    sqlite3.SQLITE_IOERR: "The disk failed while the library {path} was read or written.",
    sqlite3.SQLITE_BUSY: "Another program is busy with the library {path}; please try again in a moment.",
}


class Database:
    """A connection to one library file; belongs to the thread that opened it."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open (or make) the file and bring it up to date; UserError when it is missing, foreign, newer or unreadable."""
        self.path = path
        _check_place(path, create)
        with self._explained():
            self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                self._prepare(create)
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Close the file; what is committed stays."""
        self._connection.close()

    def rows(self, sql: str, *parameters: Any) -> list[Any]:
        """Run one statement and fetch all its rows as tuples."""
        with self._explained():
            return self._connection.execute(sql, parameters).fetchall()

    def value(self, sql: str, *parameters: Any) -> Any:
        """The first column of the first row, None without one."""
        rows = self.rows(sql, *parameters)
        return rows[0][0] if rows else None

    def insert(self, sql: str, *parameters: Any) -> int:
        """Insert one row and return its id."""
        with self._explained():
            return self._connection.execute(sql, parameters).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run one statement for many rows of parameters."""
        with self._explained():
            self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: commits at the end, rolls back on any exception; waits for another writer first."""
        with self._explained():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._explained():
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _prepare(self, create: bool) -> None:
        execute = self._connection.execute
        execute("BEGIN")  # the three answers must be of one moment: another program may just be making the file
        tables = self.value("SELECT count(*) FROM sqlite_master")
        application_id, version = self.value("PRAGMA application_id"), self.value("PRAGMA user_version")
        execute("COMMIT")
        if application_id != APPLICATION_ID and not (create and tables == 0 and application_id == 0):
            raise UserError(f"{self.path} is not a photoclust library.")
        if version > SCHEMA_VERSION:
            raise UserError(f"The library {self.path} was written by a newer photoclust; please update photoclust to open it.")
        self._write_ahead()
        execute("PRAGMA foreign_keys = ON")
        if version < SCHEMA_VERSION:
            if tables > 0:
                self._copy(version)
            self._migrate()

    def _write_ahead(self) -> None:
        """Let readers and a writer work at once (WAL); SQLite does not wait for others here, so we do."""
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def _migrate(self) -> None:
        import sqlite_utils  # only a file that is not up to date waits for it (0.1 s)

        from photoclust.library.migrations import MIGRATIONS

        db = sqlite_utils.Database(self._connection, recursive_triggers=False, execute_plugins=False)
        with self.transaction():  # the steps nest in it as savepoints, so two programs cannot migrate at once
            if self.value("PRAGMA user_version") < SCHEMA_VERSION:
                MIGRATIONS.apply(db)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _copy(self, version: int) -> None:
        """Keep the file as it was, dated, beside itself."""
        stem = f"{self.path.stem}.before-update-{version}-{date.today().isoformat()}"
        copy = self.path.with_name(stem + self.path.suffix)
        number = 1
        while copy.exists():
            number += 1
            copy = self.path.with_name(f"{stem}-{number}{self.path.suffix}")
        target = sqlite3.connect(copy)
        try:
            self._connection.backup(target)
        except BaseException:
            target.close()
            copy.unlink(missing_ok=True)
            raise
        target.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn the failures that a user can act on into sentences; all others are bugs and pass."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code not in _SENTENCES:
                raise
            raise UserError(_SENTENCES[code].format(path=self.path)) from error


def ids_json(ids: Iterable[int]) -> str:
    """Write ids as the one parameter of `IN (SELECT value FROM json_each(?))`, which has no upper limit."""
    return json.dumps([int(i) for i in ids])


def _check_place(path: Path, create: bool) -> None:
    try:
        if path.is_dir():
            raise UserError(f"{path} is a folder, not a photoclust library.")
        if not create and not path.exists():
            raise UserError(f"There is no library at {path}.")
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The folder {path.parent} of the library cannot be used: {error.strerror}.") from error
