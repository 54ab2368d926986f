"""From a folder of photos to faces in the library.

What is done is what the library says is done, so a killed import goes on where it stopped. Reading files overlaps with looking
for faces; one bad photo is one row with an error, never the end of the run.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from photoclust.core.changes import Changes
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.settings import FACE_THUMBNAIL
from photoclust.core.types import Box, Landmarks, Photo
from photoclust.library.library import Library, ScannedFace, ScannedPhoto
from photoclust.media.image import UnreadablePhoto, Upright, open_upright
from photoclust.media.scan import FoundFile, content_hash, walk_photos
from photoclust.media.thumbnail import ThumbnailCache

if TYPE_CHECKING:
    from numpy.typing import NDArray

READ_AHEAD = 6
"""Photos read while the networks look at earlier ones; 12 megapixels are 36 MB each."""
BATCH = 4
"""Photos that the networks see together; then they are committed."""


class FaceFinder(Protocol):
    """What an import needs of `vision.session.FaceSession`."""

    @property
    def model_id(self) -> str:
        """Which detector and embedder looked."""

    @property
    def embedding_id(self) -> str:
        """Which embedder the vectors are of."""

    @property
    def device(self) -> str:
        """Where they run, in words."""

    def analyse(self, photos: Sequence[NDArray[Any]]) -> Sequence[Sequence[FoundFaceLike]]:
        """Find and describe the faces of upright RGB photos (h, w, 3) uint8."""


class FoundFaceLike(Protocol):
    """A face as the networks give it."""

    @property
    def box(self) -> Box:
        """In upright pixels."""

    @property
    def landmarks(self) -> Landmarks:
        """Five points in upright pixels."""

    @property
    def score(self) -> float:
        """0 to 1."""

    @property
    def quality(self) -> float:
        """0 to 1."""

    @property
    def vector(self) -> NDArray[Any]:
        """(d,) float32 of length 1."""


def _log_problem(path: str, reason: str) -> None:
    logging.getLogger(__name__).warning("%s: %s", path, reason)


@dataclass(frozen=True, slots=True)
class _Read:
    """One file after reading: pixels to look at, or why it could not be read; neither where its content is known already."""

    file: FoundFile
    hash: str | None = None
    upright: Upright | None = None
    error: str | None = None


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

    Raises `UserError` where the folder cannot be read, `Cancelled` when the progress says stop; what was committed stays.
    """
    progress = progress or Silent()
    folder = Path(folder).expanduser()
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder that can be opened.")
    root, inside = _root_of(library, folder.resolve())
    root_id = library.add_root(root)
    progress.report(Status("Looking for photos"))
    files, closed = _found(root, inside, set(library.roots()) - {root}, progress, on_problem)
    known = library.root_photos(root_id)
    present = {f.relpath for f in files}
    gone = {
        path: photo
        for path, photo in known.items()
        if path not in present and _under(path, inside) and not any(path == c or _under(path, c) for c in closed)
    }

    finder = session or _default_session()
    todo = [f for f in files if _needs_scan(f, known.get(f.relpath), finder.model_id)]
    todo, changes = _follow_moved(library, root_id, root, todo, gone, finder.model_id)
    if gone:
        changes |= library.remove_missing(root_id, sorted(gone))
    if changes:
        yield changes
    yield from _scan(library, root_id, root, todo, len(files), finder, progress, thumbnails)


def _scan(
    library: Library,
    root_id: int,
    root: Path,
    todo: list[FoundFile],
    total: int,
    finder: FaceFinder,
    progress: Progress,
    thumbnails: ThumbnailCache | None,
) -> Iterator[Changes]:
    """Read, look, commit, batch by batch."""
    known = {p.hash for p in library.photos() if _was_seen(p, finder)}
    done, faces, errors = total - len(todo), 0, 0
    for batch in _batches(_read_ahead(root, todo, known), BATCH):
        progress.checkpoint()
        scanned = _look(library, root, batch, finder)
        changes = library.save_scanned(root_id, scanned)
        if thumbnails is not None:
            _keep_thumbnails(thumbnails, root, batch, scanned)
        known.update(p.hash for p in scanned if p.hash and not p.error)
        done += len(scanned)
        faces += sum(len(p.faces) for p in scanned)
        errors += sum(p.error is not None for p in scanned)
        progress.report(Status("Looking for faces", done, total, faces, errors, finder.device))
        yield changes


def _look(library: Library, root: Path, batch: Sequence[_Read], finder: FaceFinder) -> list[ScannedPhoto]:
    """Run the networks on what was read; twins of known photos get the same faces for nothing."""
    twins = [_twin(library, read, finder) for read in batch]
    batch = [read if twin else _with_pixels(root, read) for read, twin in zip(batch, twins, strict=True)]
    found = iter(finder.analyse([r.upright.pixels for r in batch if r.upright is not None]))
    result: list[ScannedPhoto] = []
    for r, twin in zip(batch, twins, strict=True):
        faces: tuple[ScannedFace, ...] = ()
        width = height = 0
        orientation, taken_at = 1, None
        if r.upright is not None:
            faces = tuple(ScannedFace(f.box, f.landmarks, f.score, f.quality, f.vector) for f in next(found))
            height, width = r.upright.pixels.shape[:2]
            orientation, taken_at = r.upright.orientation, r.upright.taken_at
        elif twin:
            faces = library.copy_faces(twin.id, finder.embedding_id)
            width, height = twin.width, twin.height
            orientation, taken_at = twin.orientation, twin.taken_at
        if taken_at is None and r.error is None:
            taken_at = r.file.mtime_ns / 1e9
        result.append(
            ScannedPhoto(
                relpath=r.file.relpath, size=r.file.size, mtime_ns=r.file.mtime_ns, hash=r.hash, taken_at=taken_at,
                width=width, height=height, orientation=orientation, scanned_by=finder.model_id, error=r.error,
                faces=faces, embedding_id=finder.embedding_id,
            )
        )
    return result


def _keep_thumbnails(cache: ThumbnailCache, root: Path, batch: Sequence[_Read], scanned: Sequence[ScannedPhoto]) -> None:
    """Cut the faces out while the pixels are at hand: a second decoding would cost 50 to 800 ms a face."""
    for read, photo in zip(batch, scanned, strict=True):
        if read.upright is not None:
            for face in photo.faces:
                cache.remember_face(root / photo.relpath, photo.mtime_ns, face.box, read.upright.pixels, FACE_THUMBNAIL)


def _read_ahead(root: Path, files: Iterable[FoundFile], known: Collection[str | None]) -> Iterator[_Read]:
    """Read files in order on two threads, a few ahead."""
    waiting: deque[Future[_Read]] = deque()
    with ThreadPoolExecutor(2, "read") as pool:
        try:
            for file in files:
                waiting.append(pool.submit(_read, root, file, known))
                if len(waiting) >= READ_AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _read(root: Path, file: FoundFile, known: Collection[str | None]) -> _Read:
    try:
        digest = content_hash(root / file.relpath)
    except OSError as problem:
        return _Read(file, error=f"The file cannot be read: {problem.strerror or problem}.")
    return _Read(file, digest) if digest in known else _with_pixels(root, _Read(file, digest))


def _with_pixels(root: Path, read: _Read) -> _Read:
    """Decode what is not decoded yet; an error stays one."""
    if read.upright is not None or read.error is not None:
        return read
    try:
        return replace(read, upright=open_upright(root / read.file.relpath))
    except UnreadablePhoto as problem:
        return _Read(read.file, error=str(problem))
    except OSError as problem:
        return _Read(read.file, error=f"The file cannot be read: {problem.strerror or problem}.")


def _twin(library: Library, read: _Read, finder: FaceFinder) -> Photo | None:
    """A photo with this very content, as the library knows it now: its faces need not be found again."""
    if read.hash is None or read.upright is not None:
        return None
    return next((p for p in library.photos_with_hash(read.hash) if p.size == read.file.size and _was_seen(p, finder)), None)


def _was_seen(photo: Photo, finder: FaceFinder) -> bool:
    return photo.hash is not None and photo.error is None and photo.scanned_by == finder.model_id


def _follow_moved(
    library: Library, root_id: int, root: Path, todo: list[FoundFile], gone: dict[str, Photo], model_id: str
) -> tuple[list[FoundFile], Changes]:
    """Keep the faces of files that were only moved or renamed: the same bytes under a new name, the old name gone."""
    changes = Changes()
    by_size: dict[int, list[Photo]] = {}
    for photo in gone.values():
        if photo.hash and not photo.error and photo.scanned_by == model_id:
            by_size.setdefault(photo.size, []).append(photo)
    left: list[FoundFile] = []
    for file in todo:
        match = None
        if candidates := by_size.get(file.size):
            try:
                digest = content_hash(root / file.relpath)
            except OSError:
                digest = ""
            match = next((p for p in candidates if p.hash == digest), None)
        if match is None:
            left.append(file)
            continue
        by_size[file.size].remove(match)
        del gone[match.relpath]
        changes |= library.move_photo(match.id, root_id, file.relpath, file.mtime_ns)
    return left, changes


def _needs_scan(file: FoundFile, photo: Photo | None, model_id: str) -> bool:
    """New, changed, looked at by other models, or unreadable the last time."""
    return (
        photo is None
        or photo.scanned_by != model_id
        or photo.error is not None
        or (photo.size, photo.mtime_ns) != (file.size, file.mtime_ns)
    )


def _root_of(library: Library, folder: Path) -> tuple[Path, str]:
    """A folder inside a known root is a part of it: (root, relative path of the part or "")."""
    for root in library.roots():
        if folder.is_relative_to(root):
            inside = folder.relative_to(root).as_posix()
            return root, "" if inside == "." else inside
    return folder, ""


def _found(
    root: Path, inside: str, other_roots: set[Path], progress: Progress, on_problem: Callable[[str, str], None]
) -> tuple[list[FoundFile], list[str]]:
    """Every photo file below, without those that belong to another root of the library; and what cannot be looked into."""
    others = [r.relative_to(root).as_posix() for r in other_roots if r.is_relative_to(root)]
    prefix = f"{inside}/" if inside else ""
    closed: list[str] = []

    def closed_here(path: str, reason: str) -> None:
        closed.append(prefix + path)
        on_problem(str(root / inside / path), reason)

    files: list[FoundFile] = []
    for file in walk_photos(root / inside, closed_here):
        progress.checkpoint()
        relpath = prefix + file.relpath
        if not any(_under(relpath, other) for other in others):
            files.append(FoundFile(relpath, file.size, file.mtime_ns))
        if len(files) % 500 == 0:
            progress.report(Status("Looking for photos"))
    return files, closed


def _under(relpath: str, folder: str) -> bool:
    return not folder or relpath.startswith(folder + "/")


def _batches(reads: Iterable[_Read], size: int) -> Iterator[list[_Read]]:
    batch: list[_Read] = []
    for read in reads:
        batch.append(read)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def _default_session() -> FaceFinder:
    from photoclust.vision.session import FaceSession  # brings torch: only when there is something to look at

    return FaceSession()
