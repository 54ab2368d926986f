"""Small pictures of faces and photos, kept in a cache file that may be thrown away."""

from __future__ import annotations

import hashlib
import io
import math
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoclust.core.errors import UserError
from photoclust.core.said import Said
from photoclust.core.types import Box
from photoclust.media.guard import Opener
from photoclust.media.image import face_square

_QUALITY = 85
_APPLICATION_ID = 0x50436C54  # "PClT": so that no other SQLite file is ever taken for the cache
_VERSION = 1
_HOUR = 3600
_SCHEMA = (
    "DROP TABLE IF EXISTS thumbnails",
    "CREATE TABLE thumbnails (key BLOB PRIMARY KEY, used INTEGER NOT NULL, bytes INTEGER NOT NULL, jpeg BLOB NOT NULL)",
    "CREATE INDEX by_use ON thumbnails (used, bytes)",
    f"PRAGMA application_id = {_APPLICATION_ID}",
    f"PRAGMA user_version = {_VERSION}",
)


class ThumbnailCache:
    """JPEGs of faces and photos, made once; safe in threads, and a cache that fails costs only time, never an answer.

    The file holds at most about `max_bytes` of JPEGs; those not asked for longest go first. `clock` gives seconds.
    """

    def __init__(self, path: Path, *, max_bytes: int = 1 << 30, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self.max_bytes = max_bytes
        self._clock = clock
        self._lock = threading.Lock()
        self._bytes = 0
        self._opener = Opener()
        self._database = self._connect()

    def face(self, photo_path: Path, mtime_ns: int, box: Box, side: int = 192) -> bytes:
        """JPEG of `side` × `side` around a face, its margin shifted into the photo; UnreadablePhoto if there is none."""
        key = _key(photo_path, mtime_ns, side, box)
        return self._kept(key, lambda: self._opener.face(photo_path, box, side))

    def photo(self, photo_path: Path, mtime_ns: int, side: int) -> bytes:
        """JPEG of a photo that fits into `side` × `side`; UnreadablePhoto if it cannot be opened."""
        return self._kept(_key(photo_path, mtime_ns, side, None), lambda: self._opener.display(photo_path, side))

    def remember_face(
        self, photo_path: Path, mtime_ns: int, box: Box, pixels: NDArray[np.uint8], side: int = 192,
        size: tuple[int, int] | None = None,
    ) -> None:  # fmt: skip
        """Keep what `face` will be asked for while the photo's upright pixels (h, w, 3) are at hand: no second decoding.

        Where they are fewer than the photo has, `size` is its width and height; `box` is in its pixels always.
        """
        height, width = pixels.shape[:2]
        whole = size or (width, height)
        square = face_square(box, whole)
        x, y = width / whole[0], height / whole[1]
        square = Box(square.x * x, square.y * y, square.w * x, square.h * y)
        left, top = math.floor(square.x), math.floor(square.y)
        part = pixels[top : math.ceil(square.y + square.h), left : math.ceil(square.x + square.w)]
        inside = (square.x - left, square.y - top,
                  min(part.shape[1], square.x - left + square.w), min(part.shape[0], square.y - top + square.h))  # fmt: skip
        face = Image.fromarray(part).resize((side, side), Image.Resampling.HAMMING, box=inside, reducing_gap=2.0)
        self._put(_key(photo_path, mtime_ns, side, box), _jpeg(face))

    def close(self) -> None:
        """Let go of the file; the cache still answers, without keeping anything."""
        self._opener.close()
        with self._lock:
            self._drop()

    def _kept(self, key: bytes, make: Callable[[], Image.Image]) -> bytes:
        found = self._get(key)
        if found is None:
            found = _jpeg(make())
            self._put(key, found)
        return found

    def _get(self, key: bytes) -> bytes | None:
        with self._lock:
            if self._database is None:
                return None
            try:
                row = self._database.execute("SELECT jpeg, used FROM thumbnails WHERE key = ?", (key,)).fetchone()
            except sqlite3.OperationalError:
                return None  # locked, or the disk failed: the next look may succeed
            except sqlite3.Error:
                self._drop()
                return None
            if row is None:
                return None
            hour = int(self._clock()) // _HOUR
            if row[1] != hour:  # one write an hour, not one a look
                with suppress(sqlite3.Error):
                    self._database.execute("UPDATE thumbnails SET used = ? WHERE key = ?", (hour, key))
            return bytes(row[0])

    def _put(self, key: bytes, jpeg: bytes) -> None:
        with self._lock:
            if self._database is None:
                return
            row = (key, int(self._clock()) // _HOUR, len(jpeg), jpeg)
            try:
                self._database.execute("INSERT OR REPLACE INTO thumbnails VALUES (?, ?, ?, ?)", row)
                self._bytes += len(jpeg)
                if self._bytes > self.max_bytes:
                    self._prune()
            except sqlite3.OperationalError:
                pass  # full, locked or not writable: what is there can still be read
            except sqlite3.Error:
                self._drop()

    def _prune(self) -> None:
        """Forget what was not asked for longest, until a tenth of the room is free."""
        assert self._database is not None
        self._bytes = _total(self._database)
        target = self.max_bytes - self.max_bytes // 10
        with self._database:
            oldest = self._database.execute("SELECT rowid, bytes FROM thumbnails ORDER BY used, rowid")
            gone = []
            for rowid, size in oldest:
                if self._bytes <= target:
                    break
                gone.append((rowid,))
                self._bytes -= size
            oldest.close()
            self._database.execute("BEGIN")
            self._database.executemany("DELETE FROM thumbnails WHERE rowid = ?", gone)

    def _connect(self) -> sqlite3.Connection | None:
        """The cache file, made where there is none; a broken one is put aside once; None when nothing helps."""
        for attempt in range(2):
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                return self._open()
            except sqlite3.OperationalError:
                return None
            except (sqlite3.Error, OSError):
                if attempt or not self._put_aside():
                    return None
        return None

    def _open(self) -> sqlite3.Connection | None:
        database = sqlite3.connect(self.path, timeout=5.0, isolation_level=None, check_same_thread=False)
        try:
            if not _prepare(database):
                database.close()
                return None
            with suppress(sqlite3.OperationalError):  # another thread may be at it, or the file may only be read
                database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = OFF")  # what a power cut takes can be made again
            self._bytes = _total(database)
        except BaseException:
            database.close()
            raise
        return database

    def _put_aside(self) -> bool:
        broken = self.path.with_name(self.path.name + ".broken")
        try:
            os.replace(self.path, broken)  # noqa: PTH105 - replaces an older one, on Windows too
            for suffix in ("-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _drop(self) -> None:
        if self._database is not None:
            with suppress(sqlite3.Error), closing(self._database):
                self._database = None


def _jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


def _key(path: Path, mtime_ns: int, side: int, box: Box | None) -> bytes:
    what = "photo" if box is None else f"{box.x:.1f} {box.y:.1f} {box.w:.1f} {box.h:.1f}"
    text = f"{path}\0{mtime_ns}\0{side}\0{what}"
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).digest()


def _prepare(database: sqlite3.Connection) -> bool:
    """Whether the file is a cache of ours; an empty one, or one of another version, is made so."""
    try:
        database.execute("BEGIN IMMEDIATE")  # several threads may open a new file at once
    except sqlite3.OperationalError:
        database.execute("BEGIN")  # a file that may only be read is of use too
    try:
        tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and _pragma(database, "application_id") != _APPLICATION_ID:
            return False  # somebody else's file
        if not tables or _pragma(database, "user_version") != _VERSION:
            for statement in _SCHEMA:
                database.execute(statement)
        return True
    finally:
        database.execute("COMMIT")


def _total(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT coalesce(sum(bytes), 0) FROM thumbnails").fetchone()[0])


def _pragma(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])


def room_taken(path: Path) -> int:
    """How many bytes a cache takes on the disk."""
    files = (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm")))
    return sum(file.stat().st_size for file in files if file.exists())


def clear(path: Path) -> None:
    """Throw away what a cache holds, also while others use it; UserError where that cannot be done now."""
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=5.0, isolation_level=None)) as database:
            if not _prepare(database):
                return
            database.execute("DELETE FROM thumbnails")
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as problem:
        raise UserError(Said("The small pictures cannot be thrown away now: {reason}.", reason=str(problem))) from problem
