"""Whether the folders of a library are there, and what to do about photos that are not."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from photoclust.core.changes import Changes
from photoclust.core.types import Photo, Root
from photoclust.library.library import Library


def is_away(root: Root) -> bool:
    """Whether the drive or network share that a folder lay on is not there: then nothing can be said about its photos."""
    return bool(root.volume) and not (os.path.exists(root.volume) and os.path.ismount(root.volume))  # noqa: PTH110


def is_there(root: Root) -> bool:
    """Whether a folder and its drive are there."""
    return root.path.is_dir() and not is_away(root)


def is_gone(path: Path) -> bool:
    """Whether a file is certainly not there; a file that may not be looked at is not gone."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten, and why something was not."""

    photos: int
    changes: Changes
    found: int
    """Photos that are there again and so were kept."""
    away: int
    """Photos on drives that are not there now: kept, for nobody can say whether they are gone."""


def forget_missing(library: Library, photos: Iterable[Photo] | None = None) -> Forgotten:
    """Forget missing photos (all unless some are given) after a last look whether they are really gone; not undoable."""
    there = {root.path for root in library.root_rows() if is_there(root)}
    missing = [p for p in (library.missing() if photos is None else photos) if p.missing]
    away = [p for p in missing if p.root not in there]
    found = [p for p in missing if p.root in there and not is_gone(p.path)]
    kept = {p.id for p in (*away, *found)}
    gone = [p.id for p in missing if p.id not in kept]
    return Forgotten(len(gone), library.forget(gone), len(found), len(away))
