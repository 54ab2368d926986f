"""What has happened to the files of a folder since the library last saw them.

Files are told apart by their bytes, so that a photo keeps everything under any name: moved, renamed, numbered anew, or
swapped with another. A file is only read here when one of its size is looked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from photoclust.core.types import Photo, Root
from photoclust.library.library import Library
from photoclust.library.missing import Move
from photoclust.media.scan import FoundFile, content_hash
from photoclust.workflows.folders import is_away, is_gone


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an import has to do; photos by id, files by relpath."""

    todo: list[FoundFile]
    """Files to be looked at: new, changed, looked at by other models, or not read the last time; not those that are broken."""
    moves: list[Move]
    """Photos whose files have other names now."""
    missing: list[int]
    """Photos whose files are not there any more."""
    back: list[int]
    """Photos that were missing and are there as they were."""
    digests: dict[str, str]
    """Content hashes that had to be worked out already."""


def compare(
    library: Library, root: Root, inside: str, files: Sequence[FoundFile], closed: Collection[str], model_id: str
) -> Comparison:
    """Hold the files found under a part of a root ("" is all of it) against the library; `closed` could not be looked into."""
    known = library.root_photos(root.id)
    present = {f.relpath for f in files}
    gone = [
        photo
        for path, photo in known.items()
        if path not in present and under(path, inside) and not any(path == c or under(path, c) for c in closed)
    ]
    fresh = [f for f in files if (p := known.get(f.relpath)) is None or (p.size, p.mtime_ns) != (f.size, f.mtime_ns)]
    moved, digests = _moved(library, root, known, gone, fresh)
    left = {photo.id for photo in moved.values()}
    taken_over = [known[path].id for path in moved if path in known and known[path].id not in left]
    old = {f.relpath for f in fresh}
    todo = []
    for f in files:
        photo = moved.get(f.relpath) or known.get(f.relpath)
        changed = f.relpath in old and f.relpath not in moved
        away = photo is not None and photo.id in left and f.relpath not in moved
        if photo is None or changed or away or photo.scanned_by != model_id or _was_kept_from_us(photo):
            todo.append(f)
    return Comparison(
        todo,
        [(moved[f.relpath].id, f.relpath, f.mtime_ns) for f in fresh if f.relpath in moved],
        sorted({*taken_over, *(p.id for p in gone if not p.missing and p.id not in left)}),
        [known[path].id for path in present - old if known[path].missing],
        digests,
    )


def _was_kept_from_us(photo: Photo) -> bool:
    """Whether not the file was the trouble but the way to it: then its content is unknown."""
    return photo.error is not None and photo.hash is None


def under(relpath: str, folder: str) -> bool:
    """Whether a path lies below a folder; everything lies below ""."""
    return not folder or relpath.startswith(folder + "/")


def _moved(
    library: Library, root: Root, known: Mapping[str, Photo], gone: Sequence[Photo], fresh: Sequence[FoundFile]
) -> tuple[dict[str, Photo], dict[str, str]]:
    """Which photo each new or changed file is, where its bytes are those of a photo that is no longer where it was."""
    changed = [known[f.relpath] for f in fresh if f.relpath in known]
    elsewhere = _elsewhere(library, root, fresh) if fresh else []
    wanted: dict[int, set[str]] = defaultdict(set)
    for photo in (*gone, *changed, *elsewhere):
        if photo.hash:
            wanted[photo.size].add(photo.hash)
    digests = {f.relpath: digest for f in fresh if f.size in wanted and (digest := _digest(root.path / f.relpath))}
    looked_for = set().union(*wanted.values())
    # a changed photo moves only if another photo's bytes have taken its place; with bytes unknown so far it was edited
    replaced = [p for p in changed if (now := digests.get(p.relpath)) != p.hash and now in looked_for]
    homeless: dict[str, list[Photo]] = defaultdict(list)
    for photo in (*gone, *replaced, *elsewhere):
        if photo.hash:
            homeless[photo.hash].append(photo)
    moved: dict[str, Photo] = {}
    for f in fresh:
        digest = digests.get(f.relpath, "")
        own = known.get(f.relpath)
        if own is not None and own.hash == digest:
            continue  # only its time has changed
        while candidates := homeless.get(digest):
            photo = candidates.pop(0)
            if photo.root == root.path or photo.missing or is_gone(photo.path):
                moved[f.relpath] = photo
                break
    return moved, digests


def _elsewhere(library: Library, root: Root, fresh: Sequence[FoundFile]) -> list[Photo]:
    """Photos of other folders that may have moved here; not of drives that are away: there they still are."""
    away = {other.path for other in library.root_rows() if is_away(other)}
    photos = library.photos_of_size({f.size for f in fresh})
    return [p for p in photos if p.root != root.path and p.root not in away]


def _digest(path: Path) -> str | None:
    try:
        return content_hash(path)
    except OSError:
        return None
