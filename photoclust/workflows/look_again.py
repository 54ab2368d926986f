"""Look at some photos once more, whatever the library says of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from photoclust.core.changes import Changes
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent
from photoclust.core.types import Photo
from photoclust.library.library import Library
from photoclust.media.scan import FoundFile
from photoclust.media.thumbnail import ThumbnailCache
from photoclust.workflows.comparing import Comparison
from photoclust.workflows.folders import is_gone, is_there
from photoclust.workflows.import_photos import scan
from photoclust.workflows.networks import FaceFinder, Networks


def look_again(
    library: Library,
    photo_ids: Collection[int],
    *,
    session: FaceFinder | None = None,
    progress: Progress | None = None,
    thumbnails: ThumbnailCache | None = None,
) -> Iterator[Changes]:
    """Read photos anew and look for faces in them, yielding `Changes` after every committed batch.

    Photos whose files are gone are missing then. Raises `UserError` when nothing is left to look at because drives are not
    there, `Cancelled` when the progress says stop; what was committed stays.
    """
    progress = progress or Silent()
    finder = session or Networks()
    of_root: dict[Path, list[Photo]] = defaultdict(list)
    for photo in library.photos(photo_ids):
        of_root[photo.root].append(photo)
    roots = [r for r in library.root_rows() if r.path in of_root]
    away = [r for r in roots if not is_there(r)]
    if roots and len(away) == len(roots):
        raise UserError("The drive of these photos is not there. Connect it and try again; all that is known of them is kept.")
    for root in roots:
        if root in away:
            continue
        gone = {p.id for p in of_root[root.path] if is_gone(p.path)}
        if gone:
            yield library.mark_missing(gone)
        files = [_found(p) for p in of_root[root.path] if p.id not in gone]
        yield from scan(library, root, Comparison(files, [], [], [], {}), len(files), finder, progress, thumbnails)


def _found(photo: Photo) -> FoundFile:
    """As it is now; as it was where it cannot be asked."""
    try:
        now = photo.path.stat()
    except OSError:
        return FoundFile(photo.relpath, photo.size, photo.mtime_ns)
    return FoundFile(photo.relpath, now.st_size, now.st_mtime_ns)
