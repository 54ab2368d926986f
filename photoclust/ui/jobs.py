"""What the background does: the jobs, where one stands, how it ended. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photoclust.core.changes import Changes
from photoclust.core.preferences import PreferencesFile
from photoclust.core.progress import Progress, Status
from photoclust.core.settings import cache_dir, thumbnail_cache
from photoclust.library.library import Applied, Library

if TYPE_CHECKING:
    from photoclust.media.thumbnail import ThumbnailCache
    from photoclust.workflows.networks import FaceFinder
    from photoclust.workflows.questions import Review
    from photoclust.workflows.regroup_preview import Preview


def _import_photos(library: Library, folder: Path, progress: Progress) -> Iterator[Changes]:
    from photoclust.workflows.import_photos import import_photos

    with _cache() as thumbnails:
        yield from import_photos(library, folder, session=_networks(), progress=progress, thumbnails=thumbnails)


def _look_again(library: Library, photo_ids: Collection[int], progress: Progress) -> Iterator[Changes]:
    from photoclust.workflows.look_again import look_again

    with _cache() as thumbnails:
        yield from look_again(library, photo_ids, session=_networks(), progress=progress, thumbnails=thumbnails)


def _networks() -> FaceFinder:
    """On the device that the user has chosen."""
    from photoclust.workflows.networks import Networks

    device = PreferencesFile().read().preferences.device
    return Networks(device=None if device == "automatic" else device, beside_window=True)


def _cache() -> AbstractContextManager[ThumbnailCache]:
    """Of the size that the user has chosen."""
    from photoclust.media.thumbnail import ThumbnailCache

    megabytes = PreferencesFile().read().preferences.thumbnails_mb
    return closing(ThumbnailCache(thumbnail_cache(), max_bytes=megabytes << 20))


def _group_faces(library: Library, progress: Progress) -> Any:
    from photoclust.workflows.group_faces import group_faces

    return group_faces(library, progress=progress, mode="auto")


def _preview(library: Library, progress: Progress) -> Preview:
    from photoclust.workflows.regroup_preview import preview_regrouping

    return preview_regrouping(library, progress)


def _apply_preview(library: Library, preview: Preview, named: bool) -> Applied | None:
    from photoclust.workflows.regroup_preview import apply_preview

    return apply_preview(library, preview, named)


def _review(library: Library, progress: Progress) -> Review:
    from photoclust.workflows.questions import Review  # which needs no torch: its import would hold up the window

    return Review(library, progress)


def _describe_drawn(library: Library, progress: Progress) -> Iterator[Changes]:
    from photoclust.workflows.drawn_faces import describe_drawn

    return describe_drawn(library, session=_networks(), progress=progress)


def _render_demo(progress: Progress) -> Path:
    from photoclust.demo.album import render_album

    return render_album(demo_library().parent / "album", progress=progress).folder


def demo_library() -> Path:
    """The library of the demo album; that of `photoclust demo`."""
    return cache_dir() / "demo-80-12-0" / "demo.photoclust"


def _move(library: Path, target: Path, progress: Progress) -> Path:
    from photoclust.library.moving import copy_verified

    return copy_verified(library, target, progress)


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
    look_again: Callable[[Library, Collection[int], Progress], Iterator[Changes]] = _look_again
    """At photos by id."""
    describe_drawn: Callable[[Library, Progress], Iterator[Changes]] = _describe_drawn
    """Looks into the boxes that the user has drawn."""
    render_demo: Callable[[Progress], Path] = _render_demo
    """Draws the demo album; its folder."""
    move: Callable[[Path, Path, Progress], Path] = _move
    """Copies a library to a place and verifies the copy, which is returned."""


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
    retry: tuple[int, ...] = ()
    """Instead, look at these photos again, and then group."""
    describe: bool = False
    """Instead, look into the boxes that the user has drawn."""
    demo: bool = False
    """Instead, draw the demo album."""
    move_to: Path | None = None
    """Instead, copy the library to this place."""

    @property
    def brings_photos(self) -> bool:
        """Whether photos come of it."""
        return self.folder is not None or self.demo

    @property
    def matters(self) -> bool:
        """Whether stopping it takes something away that the user asked for; all others begin again by themselves."""
        return not (self.quiet or self.preview or self.review)


class JobPhase(StrEnum):
    """Whether a job runs, from the user's point of view."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSING = "pausing"
    """It is to pause, and goes on to where it can."""
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
    path: Path | None = None
    """What was made: the folder of the demo album, the copy of the library."""


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job that ended, for the list of them."""

    end: JobEnd
    at: float
    """When, in seconds since 1970."""
    seconds: float
    looked: Status | None
    """The last that was said of looking for faces."""
