"""From faces in the library to persons: run an engine, and make its result one edit."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

import numpy as np

from photoclust.core.changes import Changes
from photoclust.core.edits import Regroup
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.settings import DEFAULT_ENGINE
from photoclust.library.library import Library
from photoclust.library.matching import plan_regroup


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a grouping found, and did unless it was a dry run."""

    edit: Regroup
    changes: Changes
    engine: str
    seed: int
    faces: int
    persons: int
    """Groups of at least two faces."""
    alone: int
    """Faces that stay nobody's."""
    seconds: float


def group_faces(
    library: Library,
    engine: str | None = None,
    seed: int = 0,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Grouping:
    """Group every face of the library as one undoable `Regroup`; decisions made by hand are law.

    Raises `UserError` for an unknown engine, `Cancelled` when the progress says stop; then nothing has changed.
    """
    from photoclust.clustering import catalog
    from photoclust.clustering.engine import Constraints, Hints

    progress = progress or Silent()
    started = time.perf_counter()
    chosen = catalog.create(engine or DEFAULT_ENGINE)
    face_ids, vectors = library.embeddings()
    ids: list[int] = face_ids.tolist()
    faces = {f.id: f for f in library.faces(ids)}
    taken_at = {p.id: p.taken_at for p in library.photos()}
    photo_of = [faces[i].photo_id for i in ids]
    hints = Hints(
        photo=np.array(photo_of, np.int64),
        taken_at=np.array([np.nan if (t := taken_at.get(p)) is None else t for p in photo_of], np.float64),
        quality=np.array([faces[i].quality for i in ids], np.float32),
    )
    decisions = library.decisions(ids)
    constraints = Constraints(decisions.anchors, decisions.must, decisions.cannot)
    progress.report(Status("Grouping faces", 0, 0, len(ids)))
    clustering = chosen.fit_predict(vectors, hints=hints, constraints=constraints, seed=seed, progress=progress)
    progress.checkpoint()
    edit = plan_regroup(library, ids, clustering.labels, clustering.confidence, chosen.name, seed)
    changes = Changes()
    if not dry_run:
        changes = library.apply(edit).changes
    seconds = time.perf_counter() - started
    sizes = np.bincount(clustering.labels) if len(ids) else np.zeros(0, np.int64)
    result = Grouping(
        edit, changes, chosen.name, seed, len(ids), int((sizes > 1).sum()), int((sizes == 1).sum()), seconds
    )
    if not dry_run:
        measures = {"faces": result.faces, "persons": result.persons, "alone": result.alone, "seconds": round(seconds, 3)}
        library.record_run(chosen.name, _options(chosen), seed, measures)
    return result


def _options(engine: Any) -> dict[str, Any]:
    return asdict(engine) if is_dataclass(engine) and not isinstance(engine, type) else {}
