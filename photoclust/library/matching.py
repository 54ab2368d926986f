"""From an engine's group numbers to persons, so that ids, names and covers stay from one grouping to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from photoclust.core.edits import Regroup
from photoclust.library.questions import Questions

Ints = NDArray[np.int64]


def plan_regroup(
    library: Questions,
    face_ids: Sequence[int] | Ints,
    labels: Ints,
    confidence: NDArray[np.float32],
    engine: str,
    seed: int,
) -> Regroup:
    """The edit that makes persons of an engine's result; `labels` and `confidence` (n,) are parallel to `face_ids`.

    A group that holds pinned faces joins the person who has most of them. Of the others, the group that overlaps most with an
    unnamed person keeps that person; each person is kept once. What is left becomes new. Groups of one face are left out;
    faces that have a person but are not among `face_ids` stay with it.
    """
    faces = [int(face) for face in face_ids]
    groups = _members(np.asarray(labels))
    pinned = library.pinned_faces()
    held = set(pinned.values())
    persons: list[int | None] = [None] * len(groups)
    overlaps: list[tuple[int, int, int]] = []  # (−shared faces, group, person): sorted, the largest comes first
    person_of = library.persons_of_faces()
    for k, rows in enumerate(groups):
        law = Counter(pinned[faces[i]] for i in rows if faces[i] in pinned)
        if law:
            persons[k] = min(law, key=lambda person: (-law[person], person))
            continue
        shared = Counter(person_of[faces[i]] for i in rows if faces[i] in person_of)
        overlaps += [(-count, k, person) for person, count in shared.items() if person not in held]
    taken: set[int] = set()
    for _, k, person in sorted(overlaps):
        if persons[k] is None and person not in taken:
            persons[k] = person
            taken.add(person)
    return Regroup(
        groups=tuple(tuple(faces[i] for i in rows) for rows in groups),
        persons=tuple(persons),
        confidence=tuple(tuple(round(float(confidence[i]), 4) for i in rows) for rows in groups),
        engine=engine,
        seed=seed,
        unseen=tuple(sorted(person_of.keys() - set(faces))),
    )


def plan_additions(
    face_ids: Sequence[int] | Ints,
    persons: Ints,
    labels: Ints,
    confidence: NDArray[np.float32],
    engine: str,
    seed: int,
) -> Regroup:
    """The edit that gives nobody's faces to the persons in their groups and makes new persons of the other groups.

    `persons` (n,) is −1 for nobody's face. A group with faces of several persons is a bug of the engine, for these are law.
    """
    groups: list[tuple[tuple[int, ...], tuple[float, ...], int | None]] = []
    for rows in _members(np.asarray(labels)):
        held = {int(persons[i]) for i in rows} - {-1}
        if len(held) > 1:
            raise ValueError(f"the persons {sorted(held)} are in one group")
        free = [i for i in rows if persons[i] < 0]
        if free:
            sure = tuple(round(float(confidence[i]), 4) for i in free)
            groups.append((tuple(int(face_ids[i]) for i in free), sure, min(held, default=None)))
    return Regroup(
        groups=tuple(faces for faces, _, _ in groups),
        persons=tuple(person for *_, person in groups),
        confidence=tuple(sure for _, sure, _ in groups),
        engine=engine,
        seed=seed,
        adds=True,
    )


def _members(labels: Ints) -> list[list[int]]:
    """The rows of each group of at least two faces; a negative label is no group."""
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=labels[order[:1]] - 1))
    groups = np.split(order, starts[1:]) if len(order) else []
    return [rows.tolist() for rows in groups if len(rows) > 1 and labels[rows[0]] >= 0]
