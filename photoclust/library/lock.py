"""The right to change a library: one program has it at a time, and it ends with the program, however that ends."""

from __future__ import annotations

import errno
import os
import sys
import threading
import uuid
from contextlib import suppress
from pathlib import Path

from photoclust.library.places import lock_of

_PROGRAM = uuid.uuid4().hex
"""Tells this program from others: process numbers repeat, in containers even at the same time."""
_CLAIMING = threading.Lock()
_FAR = 1 << 30
"""Windows locks bytes against reading too; this one is never read."""


class WriteLock:
    """Held by one `Database` of a program for all of them; the system lets go of it when the program ends or is killed."""

    def __init__(self, library: Path) -> None:
        """Of this library; not claimed yet."""
        self._path = lock_of(library)
        self._file: int | None = None

    def claim(self) -> bool:
        """Whether this program may change the library from now on; at once, without waiting.

        Where the file system knows no locks, or none can be made, everybody may: SQLite's own locks still keep writers apart.
        """
        with _CLAIMING:
            while self._file is None:
                try:
                    file = _open(self._path)
                except OSError:
                    return True
                try:
                    _lock(file)
                except OSError as problem:
                    ours = os.read(file, 100).decode("ascii", "replace") == _token()
                    os.close(file)
                    return ours or problem.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
                if _is_at(file, self._path):
                    self._file = file
                    with suppress(OSError):
                        os.ftruncate(file, 0)
                        os.write(file, _token().encode("ascii"))
                else:
                    os.close(file)  # the program before us has just let go of it and removed it
        return True

    def release(self) -> None:
        """Let others have it."""
        with _CLAIMING:
            if self._file is None:
                return
            file, self._file = self._file, None
            if sys.platform == "win32":
                os.close(file)
            with suppress(OSError):
                self._path.unlink()
            if sys.platform != "win32":
                os.close(file)

    def __del__(self) -> None:
        """A library that nobody closed holds nothing either."""
        if self._file is not None:
            os.close(self._file)


def _token() -> str:
    return f"{os.getpid()} {_PROGRAM}"


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        return os.open(path, os.O_RDONLY)  # another user's


def _is_at(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(file, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
