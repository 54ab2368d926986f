"""From faces in the library to persons: run an engine, and make its result one edit."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from photoclust.core.changes import Changes
from photoclust.core.edits import Regroup
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.said import Said
from photoclust.core.settings import DEFAULT_ENGINE
from photoclust.library.differences import Difference, difference
from photoclust.library.library import Library
from photoclust.library.matching import Ints, plan_additions, plan_regroup

if TYPE_CHECKING:
    from photoclust.clustering.engine import Hints

Mode = Literal["all", "new", "auto"]
"""`all`: every face is grouped anew. `new`: faces that are new since the last grouping join the persons there are or make
new ones, and nobody else moves. `auto`: `new`, until the library has grown by a quarter since all was grouped; while it is small,
`all` whenever there are new faces."""

SMALL = 500
"""A library of fewer faces is looked at as a whole, in less than a second: there, persons found among a few faces fewer cost up
to 3.4 points BCubed (`photoclust bench SETS --preset increments`)."""
GROWTH = 0.25
"""With more growth than that, persons found among fewer faces are worth another look (measured: ten increments in random order
end within 0.6 points BCubed of grouping all at once, and up to 15 points below without that look)."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a grouping found, and did unless it was a dry run."""

    edit: Regroup
    changes: Changes
    difference: Difference
    """What applying it changes or has changed."""
    engine: str
    seed: int
    mode: Literal["all", "new"]
    """What was done."""
    faces: int
    """Faces that were grouped: all, or the new ones."""
    persons: int
    """Groups of at least two faces among all faces, or those that new faces joined or made."""
    alone: int
    """Of the faces grouped, those that stay nobody's."""
    seconds: float
    refused: tuple[str, ...] = ()
    """Links that contradict later decisions, each as a sentence."""
    options: dict[str, Any] = field(default_factory=dict)
    """The engine's."""
    newest: int = 0
    """The newest face that could be grouped."""


def group_faces(
    library: Library,
    engine: str | None = None,
    seed: int = 0,
    dry_run: bool = False,
    progress: Progress | None = None,
    mode: Mode = "all",
) -> Grouping:
    """Group faces of the library as one undoable `Regroup`; decisions made by hand are law.

    Raises `UserError` for an unknown engine, `Cancelled` when the progress says stop; then nothing has changed.
    """
    from photoclust.clustering import catalog
    from photoclust.clustering.constraints import draw_law
    from photoclust.clustering.engine import Constraints
    from photoclust.clustering.neighbourhood import neighbourhood

    progress = progress or Silent()
    started = time.perf_counter()
    chosen = catalog.create(engine or DEFAULT_ENGINE)
    ids, vectors = library.embeddings()
    last = library.last_run()
    new = _new_faces(library, ids, last)
    done: Literal["all", "new"] = "new" if mode == "new" or (mode == "auto" and _grew_little(len(ids), len(new), last)) else "all"
    rows, persons = np.arange(len(ids)), np.full(len(ids), -1)
    if done == "new":
        person_of = library.persons_of_faces()
        persons = np.array([person_of.get(face, -1) for face in ids.tolist()], np.int64)
        rows = neighbourhood(vectors, new, persons, seed, progress) if len(new) else np.empty(0, np.int64)
        rows = _with_linked(library, ids, rows)
        persons = persons[rows]
    seen = ids[rows]
    decisions = library.decisions(seen)
    links = (decisions.must, decisions.cannot)
    law = Constraints(np.where(persons >= 0, persons, decisions.anchors), *links)
    progress.report(Status("Grouping faces", 0, 0, len(rows)))
    hints = _hints(library, seen, len(ids) - len(rows))
    clustering = chosen.fit_predict(vectors[rows], hints=hints, constraints=law, seed=seed, progress=progress)
    progress.checkpoint()
    if done == "new":
        edit = plan_additions(seen, persons, clustering.labels, clustering.confidence, chosen.name, seed)
        placed = {face for group in edit.groups for face in group}
        faces, found, alone = len(new), len(edit.groups), len(set(ids[new].tolist()) - placed)
    else:
        edit = plan_regroup(library, seen, clustering.labels, clustering.confidence, chosen.name, seed)
        sizes = np.bincount(clustering.labels, minlength=1)
        faces, found, alone = len(ids), int((sizes > 1).sum()), int((sizes == 1).sum())
    changed = difference(library, edit)
    refused = draw_law(len(seen), Constraints(decisions.anchors, *links)).refused
    told = _sentences(library, [(int(seen[r.one]), int(seen[r.other]), r.must) for r in refused])
    changes = Changes() if dry_run else library.apply(edit).changes
    result = Grouping(
        edit, changes, changed, chosen.name, seed, done, faces, found, alone, time.perf_counter() - started, told,
        _options(chosen), int(ids.max(initial=0)),
    )  # fmt: skip
    if not dry_run:
        record(library, result)
    return result


def record(library: Library, done: Grouping) -> None:
    """Note that a grouping was applied just now, for later ones to know what is new."""
    whole = done.faces if done.mode == "all" else library.last_run().get("whole", 0)
    measures = {"faces": done.faces, "persons": done.persons, "alone": done.alone, "seconds": round(done.seconds, 3),
                "mode": done.mode, "whole": whole, "newest": done.newest,
                "nobody": len(library.face_ids(person_id=None))}  # fmt: skip
    library.record_run(done.engine, done.options, done.seed, measures)


def _new_faces(library: Library, ids: Ints, last: dict[str, Any]) -> Ints:
    """The rows of nobody's faces that the last grouping has not seen.

    All of nobody's are new where more of the seen ones are nobody's than that grouping left: it was undone, or faces were taken
    out or brought back since.
    """
    nobody = np.array(library.face_ids(person_id=None), np.int64)
    newest = int(last.get("newest", 0))
    if np.count_nonzero(nobody <= newest) <= int(last.get("nobody", 0)):
        nobody = nobody[nobody > newest]
    rows: Ints = np.flatnonzero(np.isin(ids, nobody))
    return rows


def _grew_little(faces: int, new: int, last: dict[str, Any]) -> bool:
    whole = int(last.get("whole", 0))
    if faces < SMALL and new:
        return False
    return max(faces - whole, new) <= GROWTH * whole


def _with_linked(library: Library, ids: Ints, rows: Ints) -> Ints:
    """The rows, and all that must-links bind to them in any number of steps."""
    bound = [(a, b) for a, b, must in library.links() if must]
    seen = set(ids[rows].tolist())
    grown = -1
    while bound and grown != len(seen):
        grown = len(seen)
        seen |= {face for pair in bound if not seen.isdisjoint(pair) for face in pair}
    result: Ints = np.flatnonzero(np.isin(ids, list(seen)))
    return result


def _hints(library: Library, ids: Ints, beyond: int) -> Hints:
    from photoclust.clustering.engine import Hints

    faces = library.faces(ids.tolist())
    taken_at = {p.id: p.taken_at for p in library.photos({f.photo_id for f in faces})}
    return Hints(
        photo=np.array([f.photo_id for f in faces], np.int64),
        taken_at=np.array([np.nan if (t := taken_at[f.photo_id]) is None else t for f in faces], np.float64),
        quality=np.array([f.quality for f in faces], np.float32),
        beyond=beyond,
    )


def _sentences(library: Library, refused: Iterable[tuple[int, int, bool]]) -> tuple[str, ...]:
    """What to tell of links (face, face, must) that were refused."""
    links = list(refused)
    faces = {f.id: f for f in library.faces({face for link in links for face in link[:2]})}
    photos = {p.id: p.relpath for p in library.photos({f.photo_id for f in faces.values()})}
    return tuple(
        Said(
            "A face in {one_photo} and one in {other_photo} were said to be one person, but later decisions make them two; "
            "the later decisions stand.",
            one_photo=photos[faces[a].photo_id],
            other_photo=photos[faces[b].photo_id],
        )
        if must
        else Said(
            "A face in {one_photo} and one in {other_photo} were said to be two persons, but later decisions make them one; "
            "the later decisions stand.",
            one_photo=photos[faces[a].photo_id],
            other_photo=photos[faces[b].photo_id],
        )
        for a, b, must in links
    )


def _options(engine: Any) -> dict[str, Any]:
    return asdict(engine) if is_dataclass(engine) and not isinstance(engine, type) else {}
