"""From a folder of photos to faces in the library.

What is done is what the library says is done, so a killed import goes on where it stopped. Reading files overlaps with looking
for faces; one bad photo is one row with an error, never the end of the run. Nothing that is known is lost because a file
or a drive is not there.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photoclust.core.changes import Changes
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.said import Said
from photoclust.core.settings import FACE_THUMBNAIL
from photoclust.core.types import Photo, Root
from photoclust.library.library import Library, ScannedFace, ScannedPhoto
from photoclust.media.guard import Opener
from photoclust.media.image import UnreadablePhoto
from photoclust.media.scan import FoundFile, printable, walk_photos
from photoclust.media.thumbnail import ThumbnailCache
from photoclust.workflows.comparing import Comparison, compare, under
from photoclust.workflows.drawn_faces import describe_drawn
from photoclust.workflows.folders import is_away, is_there
from photoclust.workflows.memory import memory_kept
from photoclust.workflows.networks import FaceFinder, FoundFaceLike, Networks
from photoclust.workflows.reading import Read, read_ahead, with_pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray

BATCH = 4
"""Photos that the networks see together; then they are committed."""

AHEAD = 2
"""Batches that are looked at at once: what one cannot share out evenly among the cores, the other fills."""

ENOUGH = 1600 * 1200
"""A JPEG is decoded at a fraction of its size as long as it has so many pixels: small faces are looked at in them."""


def _log_problem(path: str, reason: str) -> None:
    logging.getLogger(__name__).warning("%s: %s", path, reason)


def import_photos(
    library: Library,
    folder: Path,
    *,
    session: FaceFinder | None = None,
    progress: Progress | None = None,
    thumbnails: ThumbnailCache | None = None,
    on_problem: Callable[[str, str], None] = _log_problem,
) -> Iterator[Changes]:
    """Add or update the photos of a folder, yielding `Changes` after every committed batch.

    With `thumbnails`, the small pictures of faces are made while the photo is decoded anyway. `on_problem` hears of folders
    that cannot be looked into: (path, reason); what was known of their photos stays.

    Raises `UserError` where the folder cannot be read or is no longer there, `Cancelled` when the progress says stop; what was
    committed stays, and so does all that was known.
    """
    progress = progress or Silent()
    finder = session or Networks()
    folder = Path(folder).expanduser()
    root, inside = _root_of(library, folder)
    progress.report(Status("Looking for photos"))
    files, closed = _found(library, root, inside, progress, on_problem)
    comparison = compare(library, root, inside, files, closed, finder.model_id)
    changes = _note(library, root, comparison)
    if changes:
        yield changes
    yield from scan(library, root, comparison, len(files), finder, progress, thumbnails)
    yield from describe_drawn(library, session=finder, progress=progress)
    away = [r.id for r in library.root_rows() if not is_there(r)]
    library.settle_model(finder.model_id, finder.embedding_id, away)


def _note(library: Library, root: Root, comparison: Comparison) -> Changes:
    """Write down what happened to the files, apart from what is to be looked at."""
    changes = Changes()
    if comparison.moves:
        changes |= library.move_photos(root.id, comparison.moves)
    if comparison.missing:
        changes |= library.mark_missing(comparison.missing)
    if comparison.back:
        changes |= library.mark_found(comparison.back)
    return changes


def scan(
    library: Library,
    root: Root,
    comparison: Comparison,
    total: int,
    finder: FaceFinder,
    progress: Progress,
    thumbnails: ThumbnailCache | None,
) -> Iterator[Changes]:
    """Read what is to be looked at, look, commit, batch by batch; `total` files are spoken of."""
    todo = comparison.todo
    known = library.seen_hashes(finder.model_id) if todo else set()
    done, faces, errors = total - len(todo), 0, 0
    if todo:
        progress.report(Status("Getting ready to look for faces"))
    with memory_kept(), Opener() as opener, ThreadPoolExecutor(AHEAD, "look") as looker:
        reads = _batches(read_ahead(root.path, todo, known, comparison.digests, opener, ENOUGH, progress.checkpoint), BATCH)
        for batch in _ahead(_begin(library, root.path, batch, finder, opener, looker) for batch in reads):
            progress.checkpoint()
            scanned = batch.scanned(finder)
            if not all(photo.error is None for photo in scanned) or len(scanned) < batch.size:
                _check_still_there(root)
            changes = Changes()
            for photo in scanned:  # a transaction each, so that other writers wait for a moment only
                changes |= library.save_scanned(root.id, [photo])
            if thumbnails is not None:
                for shot, photo in zip(batch.shots, scanned, strict=True):
                    shot.keep_thumbnails(thumbnails, photo)
            known.update(p.hash for p in scanned if p.hash and not p.error)
            done += batch.size
            faces += sum(len(p.faces) for p in scanned)
            errors += sum(p.error is not None for p in scanned)
            progress.report(Status("Looking for faces", done, total, faces, errors, finder.device))
            if changes:
                yield changes


@dataclass(slots=True)
class _Shot:
    """One file on its way into the library."""

    path: Path
    read: Read
    twin: Photo | None
    twin_faces: tuple[ScannedFace, ...]
    opener: Opener
    whole: NDArray[Any] | None = None

    def decode_whole(self) -> NDArray[Any] | None:
        """All pixels of a photo that was read at a fraction; None where it cannot be read any more."""
        try:
            self.whole = self.opener.upright(self.path).pixels
        except UnreadablePhoto:
            return None
        return self.whole

    def scanned(self, finder: FaceFinder, found: Iterable[FoundFaceLike]) -> ScannedPhoto:
        """What the library keeps of it."""
        r, twin, upright = self.read, self.twin, self.read.upright
        faces: tuple[ScannedFace, ...] = ()
        (width, height), orientation, taken_at = (0, 0), 1, None
        if upright is not None:
            faces = tuple(ScannedFace(f.box, f.landmarks, f.score, f.quality, f.vector) for f in found)
            (width, height), orientation, taken_at = upright.size, upright.orientation, upright.taken_at
        elif twin:
            faces, orientation, taken_at = self.twin_faces, twin.orientation, twin.taken_at
            width, height = twin.width, twin.height
        if taken_at is None and r.error is None:
            taken_at = r.file.mtime_ns / 1e9
        return ScannedPhoto(
            relpath=r.file.relpath, size=r.file.size, mtime_ns=r.file.mtime_ns, hash=r.hash, taken_at=taken_at,
            width=width, height=height, orientation=orientation, scanned_by=finder.model_id, error=r.error,
            faces=faces, embedding_id=finder.embedding_id,
        )  # fmt: skip

    def keep_thumbnails(self, cache: ThumbnailCache, photo: ScannedPhoto) -> None:
        """Cut the faces out while pixels are at hand: a second decoding would cost 50 to 800 ms a face."""
        if self.read.upright is not None:
            pixels = self.read.upright.pixels if self.whole is None else self.whole
            for face in photo.faces:
                cache.remember_face(self.path, photo.mtime_ns, face.box, pixels, FACE_THUMBNAIL, self.read.upright.size)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Photos that are being looked at; those that vanished are of its size, and not among its shots."""

    size: int
    shots: Sequence[_Shot]
    found: Future[Sequence[Sequence[FoundFaceLike]]] | None

    def scanned(self, finder: FaceFinder) -> list[ScannedPhoto]:
        """Wait for the networks."""
        found = iter(self.found.result() if self.found else ())
        return [shot.scanned(finder, next(found) if shot.read.upright else ()) for shot in self.shots]


def _begin(
    library: Library, root: Path, reads: Sequence[Read], finder: FaceFinder, opener: Opener, looker: ThreadPoolExecutor
) -> _Batch:
    """Let the networks look at what was read; twins of known photos get their faces for nothing, the vanished are left out."""
    shots = []
    for read in reads:
        twin = _twin(library, read, finder)
        faces = library.copy_faces(twin.id, finder.embedding_id) if twin else ()
        shot = _Shot(root / read.file.relpath, read if twin else with_pixels(root, read, opener, ENOUGH), twin, faces, opener)
        if not shot.read.vanished:
            shots.append(shot)
    seen = [(shot, shot.read.upright) for shot in shots if shot.read.upright is not None]
    pixels = [upright.pixels for _, upright in seen]
    wholes = [(upright.size, shot.decode_whole) if upright.reduced else None for shot, upright in seen]
    untold = [not upright.told for _, upright in seen]
    return _Batch(len(reads), shots, looker.submit(finder.analyse, pixels, wholes, untold) if pixels else None)


def _ahead(batches: Iterable[_Batch]) -> Iterator[_Batch]:
    """Each batch when the next ones have begun: the networks look while the library writes."""
    begun: deque[_Batch] = deque()
    for batch in batches:
        begun.append(batch)
        if len(begun) > AHEAD:
            yield begun.popleft()
    yield from begun


def _twin(library: Library, read: Read, finder: FaceFinder) -> Photo | None:
    """A photo with this very content, as the library knows it now: its faces need not be found again."""
    if read.hash is None or read.upright is not None or read.error is not None:
        return None
    twins = (p for p in library.photos_with_hash(read.hash) if p.size == read.file.size)
    return next((p for p in twins if p.error is None and p.scanned_by == finder.model_id), None)


def _root_of(library: Library, folder: Path) -> tuple[Root, str]:
    """A folder inside a known root is a part of it: (root, relative path of the part or ""); a new one becomes a root."""
    path = folder.resolve()
    root = next((r for r in library.root_rows() if path.is_relative_to(r.path)), None)
    if not folder.is_dir():
        raise UserError(_not_there(folder) if root else Said("{folder} is not a folder that can be opened.", folder=folder))
    if root is None:
        root_id = library.add_root(path)
        root = next(r for r in library.root_rows() if r.id == root_id)
    inside = path.relative_to(root.path).as_posix()
    return root, "" if inside == "." else inside


def _found(
    library: Library, root: Root, inside: str, progress: Progress, on_problem: Callable[[str, str], None]
) -> tuple[list[FoundFile], list[str]]:
    """Every photo file below, without those that belong to another root of the library; and what cannot be looked into.

    UserError where only the place is there that a drive is mounted to, and not the drive.
    """
    others = [r.relative_to(root.path).as_posix() for r in library.roots() if r != root.path and r.is_relative_to(root.path)]
    prefix = f"{inside}/" if inside else ""
    closed: list[str] = []

    def closed_here(path: str, reason: str) -> None:
        closed.append(prefix + path)
        on_problem(str(root.path / inside / path), reason)

    files: list[FoundFile] = []
    for file in walk_photos(root.path / inside, closed_here):
        progress.checkpoint()
        relpath = prefix + file.relpath
        if not any(under(relpath, other) for other in others):
            files.append(FoundFile(relpath, file.size, file.mtime_ns) if prefix else file)
        if len(files) % 500 == 0:
            progress.report(Status("Looking for photos"))
    if is_away(root):
        if not files:
            raise UserError(_not_there(root.path))
        library.refresh_volume(root)
    return files, closed


def _check_still_there(root: Root) -> None:
    if not is_there(root):
        raise UserError(_not_there(root.path))


def _not_there(folder: Path) -> str:
    return Said(
        "{folder} is not there. If it is on another drive, connect it and try again; all that is known of its photos is kept.",
        folder=printable(str(folder)),
    )


def _batches(reads: Iterable[Read], size: int) -> Iterator[list[Read]]:
    batch: list[Read] = []
    for read in reads:
        batch.append(read)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
