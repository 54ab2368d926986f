"""Find the photos below a folder, in an order that never changes, and tell files apart by their bytes."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from photoclust.core.errors import UserError
from photoclust.core.said import Said
from photoclust.core.settings import PHOTO_SUFFIXES, RAW_SUFFIXES
from photoclust.media import foreign
from photoclust.media.errors import os_reason

SKIPPED_FOLDERS = frozenset({
    "@eadir", "__macosx", "node_modules", "$recycle.bin", "lost+found", "system volume information", "#recycle",
    "@recycle", "#snapshot", "@tmp", "__pycache__", "thumbs.db", "desktop.ini", "cachedimages",
})  # fmt: skip
"""Folders, in lower case, that hold caches and waste rather than photos; names that begin with a dot are skipped too."""

_RAW = tuple(RAW_SUFFIXES)
_SUFFIXES = PHOTO_SUFFIXES | foreign.suffixes()
Problem = Callable[[str, str], None]
"""Told the path (relative to the folder, printable) and a sentence about what could not be read."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that looks like a photo; `relpath` has forward slashes (undecodable bytes as surrogates)."""

    relpath: str
    size: int
    mtime_ns: int


def _ignore(path: str, reason: str) -> None:
    """Say nothing."""


def walk_photos(folder: Path, on_problem: Problem = _ignore) -> Iterator[FoundFile]:
    """Yield the photos below a folder, folder by folder in order of their names.

    Hidden and cache folders are skipped. A link is followed unless what it leads to is found anyway or holds `folder`
    itself, and no folder is entered twice, so loops end. What cannot be read is told to `on_problem`, never raised; only
    a `folder` that is none or cannot be read at all raises UserError.
    """
    try:
        root = os.path.realpath(folder, strict=True)
        os.scandir(root).close()
    except NotADirectoryError:
        raise UserError(Said("“{folder}” is not a folder.", folder=printable(str(folder)))) from None
    except OSError as error:
        raise UserError(
            Said("“{folder}” cannot be opened. {reason}", folder=printable(str(folder)), reason=os_reason(error))
        ) from None
    entered = {_identity(root)}
    stack = [_entries(root, "", on_problem)]
    while stack:
        entry, relpath = next(stack[-1], (None, ""))
        if entry is None:
            stack.pop()
            continue
        try:
            if entry.is_symlink() and _is_found_anyway(os.path.realpath(entry.path, strict=True), root):
                continue
            if entry.is_dir():
                identity = _identity(entry.path)
                if identity not in entered:
                    entered.add(identity)
                    stack.append(_entries(entry.path, relpath + "/", on_problem))
            elif _is_photo_name(entry.name):
                found = entry.stat()
                if stat.S_ISREG(found.st_mode):
                    yield FoundFile(relpath, found.st_size, found.st_mtime_ns)
        except OSError as error:
            on_problem(printable(relpath), os_reason(error))


def is_photo_path(path: str) -> bool:
    """Whether a scan would look at a file of this path, which need not exist; a folder's hidden parents do not matter here."""
    name = os.path.basename(path)  # noqa: PTH119 - as below
    return not _is_skipped(name) and _is_photo_name(name)


def content_hash(path: Path) -> str:
    """BLAKE2b (128 bits, hexadecimal) of a file's bytes; OSError when it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def printable(path: str) -> str:
    """A path as it can be shown and written: bytes that are no text become `�`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _entries(folder: str, prefix: str, on_problem: Problem) -> Iterator[tuple[os.DirEntry[str], str]]:
    """The visible entries of a folder by name, with their path relative to the walk."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        on_problem(printable(prefix.rstrip("/")), os_reason(error))
        return
    developed = _developed([entry.name for entry in entries])
    for entry in entries:
        if not _is_skipped(entry.name) and entry.name not in developed:
            yield entry, prefix + entry.name


def _developed(names: list[str]) -> set[str]:
    """RAW files beside which the same photo lies as the camera or somebody developed it: a face counts once."""
    raws = [name for name in names if name.lower().endswith(_RAW)]
    if not raws:
        return set()
    photos = {stem for stem, suffix in (os.path.splitext(name.lower()) for name in names) if suffix in PHOTO_SUFFIXES}  # noqa: PTH122
    return {name for name in raws if os.path.splitext(name.lower())[0] in photos}  # noqa: PTH122


def _is_skipped(name: str) -> bool:
    return name.startswith(".") or name.lower() in SKIPPED_FOLDERS


def _is_photo_name(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in _SUFFIXES  # noqa: PTH122 - a tenth of the time, for every file


def _is_found_anyway(target: str, root: str) -> bool:
    """Whether the walk meets a link's target without the link, or would meet itself through it."""
    if Path(root).is_relative_to(target):
        return True
    if not Path(target).is_relative_to(root):
        return False
    if any(_is_skipped(part) for part in Path(target).relative_to(root).parts):
        return False
    return Path(target).is_dir() or _is_photo_name(target)


def _identity(folder: str) -> tuple[int, int] | str:
    """What makes a folder the same folder under another name; the real path where the system numbers no files."""
    found = os.stat(folder)  # noqa: PTH116 - a path as text is all that is here
    return (found.st_dev, found.st_ino) if found.st_ino else os.path.realpath(folder)
