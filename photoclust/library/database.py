"""The file under a library: opened, checked, migrated, and failing with a sentence where the user can act."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from photoclust.core.errors import UserError
from photoclust.core.said import Said
from photoclust.library.backups import copy_library
from photoclust.library.failures import DamagedLibrary, explained
from photoclust.library.lock import WriteLock
from photoclust.library.places import backups_of, free_name

APPLICATION_ID = 0x50684F74
"""Marks a SQLite file as a library of ours ("PhOt")."""

SCHEMA_VERSION = 6
"""How many steps `migrations` has; kept in the file as `user_version`, so that an older program refuses a newer file."""

BUSY_SECONDS = 15.0
"""How long a writer waits for another one."""

_STRANGE = (
    "SELECT type || ' “' || name || '”' FROM sqlite_schema WHERE type NOT IN ('table', 'index') OR coalesce(rootpage, 0) = 0",
    "SELECT 'computed column “' || c.name || '”' FROM sqlite_schema s, pragma_table_xinfo(s.name) c "
    "WHERE s.type = 'table' AND c.hidden <> 0",
    "SELECT 'computed index “' || s.name || '”' FROM sqlite_schema s, pragma_index_xinfo(s.name) c "
    "WHERE s.type = 'index' AND c.cid = -2",
)
"""What a file may contain to have something computed or done when it is read or written; no library of ours has any."""


class Database:
    """A connection to one library file; belongs to the thread that opened it."""

    def __init__(self, path: Path, *, create: bool = True, reading: bool = False) -> None:
        """Open (or make) the file and bring it up to date; UserError when it is missing, foreign, newer or unreadable.

        With `reading`, nothing can be changed by it, and others can change the library meanwhile.
        """
        self.path = path
        self.read_only = True
        self.longest = 0.0
        """The longest that a transaction has kept other writers out, in seconds."""
        self._reading = reading
        self._lock = WriteLock(path)
        _check_place(path, create)
        with explained(self.path):
            self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                self._prepare(create)
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Close the file; what is committed stays."""
        self._connection.close()
        self._lock.release()

    def claim(self) -> None:
        """Be the program that may change the library; UserError while another one is."""
        if not self._lock.claim():
            raise UserError(
                Said(
                    "The library {path} is open in another photoclust, and only one can change it at a time. "
                    "Close it there and try again.",
                    path=self.path,
                )
            )
        if self.read_only:
            self._connection.execute("PRAGMA query_only = OFF")
            self.read_only = False

    def rows(self, sql: str, *parameters: Any) -> list[Any]:
        """Run one statement and fetch all its rows as tuples."""
        with explained(self.path):
            return self._connection.execute(sql, parameters).fetchall()

    def value(self, sql: str, *parameters: Any) -> Any:
        """The first column of the first row, None without one."""
        rows = self.rows(sql, *parameters)
        return rows[0][0] if rows else None

    def insert(self, sql: str, *parameters: Any) -> int:
        """Insert one row and return its id."""
        with explained(self.path):
            return self._connection.execute(sql, parameters).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run one statement for many rows of parameters."""
        with explained(self.path):
            self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self, *, lasting: bool = True) -> Iterator[None]:
        """All or nothing: commits at the end, rolls back on any exception; waits for another writer of this program first.

        One that is not `lasting` keeps others out for as long as it computes, not until the disk has it: a power cut may
        take it, though never a part of it, until a lasting one follows. UserError while another program has the library.
        """
        if not self._reading:
            self.claim()
        with explained(self.path):
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if lasting else 'NORMAL'}")
            self._connection.execute("BEGIN IMMEDIATE")
        began = time.perf_counter()
        try:
            yield
            with explained(self.path):
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        finally:
            self.longest = max(self.longest, time.perf_counter() - began)

    def _prepare(self, create: bool) -> None:
        execute = self._connection.execute
        execute("PRAGMA trusted_schema = OFF")  # functions in the file's own schema may do nothing but compute
        execute("BEGIN")  # the answers must be of one moment: another program may just be making the file
        tables = self.value("SELECT count(*) FROM sqlite_schema")
        application_id, version = self.value("PRAGMA application_id"), self.value("PRAGMA user_version")
        ours = application_id == APPLICATION_ID and version <= SCHEMA_VERSION
        strange = next((found for sql in _STRANGE if (found := self.value(sql))), None) if ours else None
        execute("COMMIT")
        if tables == 0 and application_id == 0 and backups_of(self.path):
            raise DamagedLibrary(self.path)  # an empty file, but there was a library
        if application_id != APPLICATION_ID and not (create and tables == 0 and application_id == 0):
            raise UserError(Said("{path} is not a photoclust library.", path=self.path))
        if version > SCHEMA_VERSION:
            raise UserError(
                Said("The library {path} was written by a newer photoclust; please update photoclust to open it.", path=self.path)
            )
        if strange:
            raise UserError(
                Said(
                    "{path} contains a {strange}, which no photoclust library does; it is not opened.",
                    path=self.path,
                    strange=strange,
                )
            )
        execute("PRAGMA foreign_keys = ON")
        if version < SCHEMA_VERSION:
            self.claim()
            self._write_ahead()
            if tables > 0:
                copy_library(self.path, free_name(self.path, f"before-update-{version}", datetime.now()))
            self._migrate()
        self.read_only = self._reading or not self._lock.claim()
        if self._reading:
            self._lock.release()
        if self.read_only:
            execute("PRAGMA query_only = ON")
        else:
            self._write_ahead()

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


def ids_json(ids: Iterable[int]) -> str:
    """Write ids as the one parameter of `IN (SELECT value FROM json_each(?))`, which has no upper limit."""
    return json.dumps([int(i) for i in ids])


def _check_place(path: Path, create: bool) -> None:
    try:
        if path.is_dir():
            raise UserError(Said("{path} is a folder, not a photoclust library.", path=path))
        if not create and not path.exists():
            raise UserError(Said("There is no library at {path}.", path=path))
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            Said("The folder {parent} of the library cannot be used: {reason}.", parent=path.parent, reason=error.strerror)
        ) from error
