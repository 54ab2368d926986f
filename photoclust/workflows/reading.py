"""Files read and decoded ahead of the networks, in order, a bounded number at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from photoclust.media.errors import os_reason
from photoclust.media.guard import Opener
from photoclust.media.image import UnreadablePhoto, Upright
from photoclust.media.scan import FoundFile, content_hash
from photoclust.workflows.folders import is_gone

READ_AHEAD = 4
"""Photos read while the networks look at earlier ones; 12 megapixels are 36 MB each."""


@dataclass(frozen=True, slots=True)
class Read:
    """One file after reading: pixels to look at, or why it could not be read; neither where its content is known already."""

    file: FoundFile
    hash: str | None = None
    upright: Upright | None = None
    error: str | None = None
    vanished: bool = False
    """It was there a moment ago: whatever is known of it stays as it is."""


def read_ahead(
    root: Path, files: Iterable[FoundFile], known: Collection[str], digests: Mapping[str, str], opener: Opener,
    enough: int | None = None,
) -> Iterator[Read]:  # fmt: skip
    """Read files in order on two threads, `enough` as `open_upright`; content whose hash is `known` is not decoded."""
    waiting: deque[Future[Read]] = deque()
    with ThreadPoolExecutor(2, "read") as pool:
        try:
            for file in files:
                waiting.append(pool.submit(_read, root, file, known, digests.get(file.relpath), opener, enough))
                if len(waiting) >= READ_AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def with_pixels(root: Path, read: Read, opener: Opener, enough: int | None = None) -> Read:
    """Decode what is not decoded yet; an error stays one."""
    if read.upright is not None or read.error is not None or read.vanished:
        return read
    path = root / read.file.relpath
    try:
        return replace(read, upright=opener.upright(path, enough=enough))
    except UnreadablePhoto as problem:
        digest = None if problem.passing else read.hash  # with its content known it is not tried again
        return replace(read, hash=digest, error=str(problem), vanished=is_gone(path))


def _read(root: Path, file: FoundFile, known: Collection[str], digest: str | None, opener: Opener, enough: int | None) -> Read:
    try:
        digest = digest or content_hash(root / file.relpath)
    except OSError as problem:
        return Read(file, error=os_reason(problem), vanished=is_gone(root / file.relpath))
    return Read(file, digest) if digest in known else with_pixels(root, Read(file, digest), opener, enough)
