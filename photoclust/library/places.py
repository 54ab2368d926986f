"""The files that stand beside a library, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

LOGS = ("-wal", "-shm")
"""SQLite's own files beside a library; they belong to it and are moved with it."""


def lock_of(library: Path) -> Path:
    """The file by which the one program that may change a library is known."""
    return library.with_name(f"{library.name}-lock")


def backups_of(library: Path) -> list[Path]:
    """The backups of a library, newest first."""
    form = re.compile(re.escape(library.stem) + r"\.backup-\d{8}-\d{6}(-\d+)?" + re.escape(library.suffix))
    try:
        found = [p for p in library.parent.iterdir() if form.fullmatch(p.name)]
        return sorted(found, key=lambda p: (p.stat().st_mtime_ns, p.name), reverse=True)
    except OSError:
        return []


def free_name(library: Path, what: str, now: datetime) -> Path:
    """A name beside a library that says what it is and from when, and that no file has."""
    return next(p for p in _names(library, f"{what}-{now:%Y%m%d-%H%M%S}") if not p.exists())


def _names(library: Path, what: str) -> Iterator[Path]:
    yield library.with_name(f"{library.stem}.{what}{library.suffix}")
    number = 1
    while True:
        number += 1
        yield library.with_name(f"{library.stem}.{what}-{number}{library.suffix}")
