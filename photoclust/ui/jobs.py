"""What the background does: the jobs, where one stands, how it ended. No Qt here."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from photoclust.core.changes import Changes
from photoclust.core.errors import Cancelled
from photoclust.core.progress import Progress, Status
from photoclust.library.library import Applied, Library

if TYPE_CHECKING:
    from photoclust.workflows.questions import Review
    from photoclust.workflows.regroup_preview import Preview


def _import_photos(library: Library, folder: Path, progress: Progress) -> Iterator[Changes]:
    from photoclust.core.settings import thumbnail_cache
    from photoclust.media.thumbnail import ThumbnailCache
    from photoclust.workflows.import_photos import import_photos
    from photoclust.workflows.politeness import leave_a_core_free

    leave_a_core_free()
    return import_photos(library, folder, progress=progress, thumbnails=ThumbnailCache(thumbnail_cache()))


def _group_faces(library: Library, progress: Progress) -> Any:
    from photoclust.workflows.group_faces import group_faces
    from photoclust.workflows.politeness import leave_a_core_free

    leave_a_core_free()
    return group_faces(library, progress=progress, mode="auto")


def _preview(library: Library, progress: Progress) -> Preview:
    from photoclust.workflows.politeness import leave_a_core_free
    from photoclust.workflows.regroup_preview import preview_regrouping

    leave_a_core_free()
    return preview_regrouping(library, progress)


def _apply_preview(library: Library, preview: Preview, named: bool) -> Applied | None:
    from photoclust.workflows.regroup_preview import apply_preview

    return apply_preview(library, preview, named)


def _review(library: Library, progress: Progress) -> Review:
    from photoclust.workflows.politeness import leave_a_core_free
    from photoclust.workflows.questions import Review

    leave_a_core_free()
    return Review(library, progress)


def _forget_missing(library: Library) -> Any:
    from photoclust.workflows.folders import forget_missing

    return forget_missing(library)


@dataclass(frozen=True, slots=True)
class Workflows:
    """The long jobs that a session can start; they run in the worker thread, and only there is torch imported."""

    import_photos: Callable[[Library, Path, Progress], Iterator[Changes]] = _import_photos
    group_faces: Callable[[Library, Progress], Any] = _group_faces
    """Groups after an import; returns something with `changes` and, as `refused`, sentences."""
    forget_missing: Callable[[Library], Any] = _forget_missing
    """Returns something with `changes`."""
    preview: Callable[[Library, Progress], Preview] = _preview
    apply_preview: Callable[[Library, Preview, bool], Applied | None] = _apply_preview
    """None when the library stands differently now."""
    review: Callable[[Library, Progress], Review] = _review


@dataclass(frozen=True, slots=True)
class Job:
    """Import a folder and then group, unless that changed nothing."""

    folder: Path | None = None
    quiet: bool = False
    """Nobody asked for it just now: what goes wrong is said, but does not ask for attention."""
    forget: bool = False
    """Instead, forget the missing photos."""
    preview: bool = False
    """Instead, work out what grouping all faces again would change."""
    review: bool = False
    """Instead, look for questions."""
    chosen: tuple[Preview, bool] | None = None
    """Instead, apply this, to named persons too or not; a stale one is worked out again and not applied."""


class JobPhase(StrEnum):
    """Whether a job runs, from the user's point of view."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class JobState:
    """A moment of the background, for the status strip."""

    phase: JobPhase = JobPhase.IDLE
    status: Status = field(default_factory=lambda: Status(""))
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class JobEnd:
    """How a job ended: well, cancelled, or with a sentence about what went wrong."""

    job: Job
    cancelled: bool = False
    error: str | None = None
    preview: Preview | None = None
    review: Review | None = None
    applied: Applied | None = None
    refused: tuple[str, ...] = ()
    """What was decided by hand and contradicts later decisions, each as a sentence."""


class JobControl:
    """The `Progress` of one job: forwards at most ten reports a second, and lets another thread pause or cancel it."""

    def __init__(self, forward: Callable[[Status], None], every: float = 0.1) -> None:
        self._forward = forward
        self._every = every
        self._go = Event()
        self._go.set()
        self._cancelled = Event()
        self._last = -math.inf
        self._phase = ""

    def report(self, status: Status) -> None:
        """Forward a status: the first of a phase and the last always, others at most every `every` seconds."""
        now = time.monotonic()
        complete = 0 < status.total <= status.done
        if status.phase != self._phase or complete or now - self._last >= self._every:
            self._phase, self._last = status.phase, now
            self._forward(status)

    def checkpoint(self) -> None:
        """Block while paused; raise `Cancelled` once cancelled."""
        self._go.wait()
        if self._cancelled.is_set():
            raise Cancelled

    def pause(self) -> None:
        """Let the job block at its next checkpoint."""
        self._go.clear()

    def resume(self) -> None:
        """Let a paused job go on."""
        self._go.set()

    def cancel(self) -> None:
        """Stop the job at its next checkpoint, also when it is paused."""
        self._cancelled.set()
        self._go.set()

    @property
    def paused(self) -> bool:
        """Whether it is to be paused."""
        return not self._go.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether it is to stop."""
        return self._cancelled.is_set()


class Gather:
    """Joins `Changes` so that they leave at most every `every` seconds."""

    def __init__(self, forward: Callable[[Changes], None], every: float = 0.25) -> None:
        self._forward = forward
        self._every = every
        self._last = -math.inf
        self._held = Changes()

    def add(self, changes: Changes) -> None:
        """Hold changes, or forward all that are held when it is time."""
        self._held |= changes
        if time.monotonic() - self._last >= self._every:
            self.flush()

    def flush(self) -> None:
        """Forward what is held."""
        if self._held:
            held, self._held = self._held, Changes()
            self._forward(held)
        self._last = time.monotonic()


@dataclass(slots=True)
class TimeLeft:
    """Estimates the seconds that a phase still takes, from its rate over the last half minute."""

    window: float = 30.0
    _seen: deque[tuple[float, int]] = field(default_factory=deque)
    _phase: str = ""

    def update(self, status: Status, now: float) -> float | None:
        """Seconds left at time `now` (seconds, any origin), or None while it is unknown."""
        if status.phase != self._phase or (self._seen and status.done < self._seen[-1][1]):
            self._seen.clear()
            self._phase = status.phase
        self._seen.append((now, status.done))
        while len(self._seen) > 2 and now - self._seen[0][0] > self.window:
            self._seen.popleft()
        (start, first), (end, last) = self._seen[0], self._seen[-1]
        if last >= status.total or last <= first or end - start < 1.0:
            return None
        return (status.total - last) * (end - start) / (last - first)

    def forget(self) -> None:
        """Start again, after a pause."""
        self._seen.clear()
