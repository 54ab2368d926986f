"""Files read and decoded ahead of the networks, in order, a bounded number at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from photoclust.media.errors import os_reason
from photoclust.media.guard import Opener
from photoclust.media.image import UnreadablePhoto, Upright
from photoclust.media.scan import FoundFile, content_hash
from photoclust.workflows.folders import is_gone

THREADS = 2
PATIENCE = 0.5
"""Seconds that nothing is heard of a file before it is asked whether to go on."""

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
    enough: int | None = None, checkpoint: Callable[[], None] = lambda: None,
) -> Iterator[Read]:  # fmt: skip
    """Read files in order on two threads, `enough` as `open_upright`; content whose hash is `known` is not decoded.

    A drive or a network may not answer for as long as it likes: meanwhile `checkpoint` is asked now and then, and may raise.
    A thread that hangs in the system then is left to itself, and does not keep the program from ending.
    """
    tasks: SimpleQueue[tuple[Future[Read], FoundFile] | None] = SimpleQueue()
    waiting: deque[Future[Read]] = deque()

    def work() -> None:
        while task := tasks.get():
            future, file = task
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(_read(root, file, known, digests.get(file.relpath), opener, enough))
                except BaseException as problem:  # raised where the result is asked for
                    future.set_exception(problem)

    threads = [Thread(target=work, name=f"read_{i}", daemon=True) for i in range(THREADS)]
    for thread in threads:
        thread.start()
    try:
        for file in files:
            waiting.append(Future())
            tasks.put((waiting[-1], file))
            if len(waiting) >= READ_AHEAD:
                yield _answer(waiting.popleft(), checkpoint)
        while waiting:
            yield _answer(waiting.popleft(), checkpoint)
    finally:
        for future in waiting:
            future.cancel()
        for _ in threads:
            tasks.put(None)
        for thread in threads:
            thread.join(PATIENCE)


def _answer(future: Future[Read], checkpoint: Callable[[], None]) -> Read:
    while True:
        try:
            return future.result(PATIENCE)
        except TimeoutError:
            if future.done():
                raise
            checkpoint()


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
