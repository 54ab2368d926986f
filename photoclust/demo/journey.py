"""The whole journey on an album that never existed: render, scan, group, measure against the truth, take a picture."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from photoclust.core.progress import Progress, Silent
from photoclust.library.library import Library
from photoclust.workflows.group_faces import group_faces
from photoclust.workflows.import_photos import import_photos


@dataclass(frozen=True, slots=True)
class Journey:
    """Where the demo lies and how well it went."""

    album: Path
    library: Path
    summary: dict[str, Any]


def make_demo(out: Path, *, photos: int = 80, persons: int = 12, seed: int = 0, progress: Progress | None = None) -> Journey:
    """Render an album into `out/album`, scan and group it into `out/demo.photoclust`, and score it with its truth."""
    from photoclust.demo.album import render_album

    progress = progress or Silent()
    clock = _Clock()
    album = out / "album"
    render_album(album, photos=photos, persons=persons, seed=seed, progress=progress)
    clock.lap("render")
    path = out / "demo.photoclust"
    with Library.open(path) as library:
        for _ in import_photos(library, album, progress=progress):
            pass
        clock.lap("scan")
        group_faces(library, seed=seed, progress=progress)
        clock.lap("group")
        summary = measure(library, album)
    summary["seconds"] = round(clock.total(), 2)
    summary["phases"] = clock.laps
    return Journey(album, path, summary)


def measure(library: Library, album: Path) -> dict[str, Any]:
    """Compare a library with the truth of the album it was scanned from; a truth face that was missed is a group of its own."""
    from photoclust.clustering import measures
    from photoclust.demo.truth import load_truth, match_faces

    found: dict[str, list[tuple[tuple[float, float, float, float], int | None]]] = {}
    relpaths = {p.id: p.relpath for p in library.photos()}
    faces = [f for f in library.faces() if f.state == "face"]
    for f in faces:
        found.setdefault(relpaths[f.photo_id], []).append(((f.box.x, f.box.y, f.box.w, f.box.h), f.person_id))
    matched = match_faces(load_truth(album), found)
    scores = measures.measure(matched.truth, matched.groups)
    counts = library.counts()
    return {
        "photos": counts.photos, "faces": len(faces), "persons": counts.persons, "errors": counts.errors,
        "missed": matched.missed, "extra": matched.extra,
        "bcubed_f": round(scores.bcubed_f, 4), "pairwise_f": round(scores.pairwise_f, 4), "nmi": round(scores.nmi, 4),
        "actions": scores.actions,
    }  # fmt: skip


class _Clock:
    """Seconds a phase."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self._now = now
        self._start = self._last = now()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = self._now()
        self.laps[name] = round(now - self._last, 2)
        self._last = now

    def total(self) -> float:
        return self._now() - self._start
