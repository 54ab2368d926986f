"""Files copied so that a name stands either for all of a photo or for nothing."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from photoclust.media.errors import os_reason

_CHUNK = 1 << 20


class SourceProblem(Exception):  # noqa: N818 - it never leaves the export
    """A photo that cannot be read; the message is a sentence."""


@contextmanager
def read_problem() -> Iterator[None]:
    """Make a `SourceProblem` of the system's trouble with a source, to tell it from trouble with the target."""
    try:
        yield
    except OSError as problem:
        raise SourceProblem(os_reason(problem)) from problem


def copy_new(source: Path, target: Path, checkpoint: Callable[[], None]) -> tuple[str, int]:
    """Copy a file with its time; sha256 and size in bytes.

    FileExistsError if the target is there by then, OSError if it cannot be written, SourceProblem. The bytes go
    into a hidden file beside the target, reach the disk, and get the target's name last. A killed copy leaves only the hidden
    file, which the next copy to the same target replaces.
    """
    part = target.with_name(f".{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]}.photoclust-part")
    digest = hashlib.sha256()
    size = 0
    with read_problem():
        file = source.open("rb")
    with file:
        try:
            part.unlink(missing_ok=True)
            with part.open("xb") as copy:
                while chunk := _read(file):
                    checkpoint()
                    copy.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
                copy.flush()
                os.fsync(copy.fileno())
            with read_problem():
                times = os.fstat(file.fileno())
            os.utime(part, ns=(times.st_atime_ns, times.st_mtime_ns))
            _name(part, target)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return digest.hexdigest(), size


def hash_if_same(source: Path, target: Path, checkpoint: Callable[[], None]) -> str | None:
    """The sha256 of a source whose bytes are those of what stands at the target; None if they are not."""
    with read_problem():
        file = source.open("rb")
    with file:
        try:
            other = target.open("rb")
        except OSError:  # a folder, a broken link, not ours to read: something else in any case
            return None
        with other:
            if os.fstat(file.fileno()).st_size != os.fstat(other.fileno()).st_size:
                return None
            digest = hashlib.sha256()
            while chunk := _read(file):
                checkpoint()
                if other.read(len(chunk)) != chunk:
                    return None
                digest.update(chunk)
            return digest.hexdigest()


def is_same_file(a: Path, b: Path) -> bool:
    """Whether both are one file or folder, be it by links or under names that differ by case."""
    try:
        return a.samefile(b)
    except OSError:
        return False


def _read(file: BinaryIO) -> bytes:
    with read_problem():
        return file.read(_CHUNK)


def _name(part: Path, target: Path) -> None:
    """Give a finished file its name without ever replacing another."""
    if sys.platform == "win32":
        part.rename(target)  # refuses by itself
        return
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        if os.path.lexists(target):  # FAT knows no hard links: look, then rename
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        part.rename(target)
