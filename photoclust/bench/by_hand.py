"""What hands do to albums: groups dragged until they are right, and digiKam's way, where a face is named before any is grouped.

Actions are counted as `../shared/tools/score.py` counts them. Giving a person a first name is no action: everybody has to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.bench.datasets import Dataset
from photoclust.core.progress import Progress

_DIGIKAM = 0.5
"""The cosine of SFace, which is digiKam's own embedder, above which it suggests who a face is (its cosine distance of 0.5)."""


@dataclass(frozen=True)
class Step:
    """How the album stands after so many actions."""

    actions: int
    left: int
    """Actions that the rest takes by hand."""
    bcubed_f: float
    right: float
    """The share of the faces that are where most of their person are, in a group that is mostly that person's."""


def step(dataset: Dataset, labels: NDArray[np.int64], actions: int, left: int | None = None) -> Step:
    """How groups (n,) stand; what is left is counted unless it is told."""
    found = dataset.measure(labels)
    return Step(actions, found.actions if left is None else left, found.bcubed_f, share_right(dataset.persons, labels))


def share_right(persons: NDArray[np.int64], labels: NDArray[np.int64]) -> float:
    """The share of the faces that nobody has to move."""
    cells, _, home = _cells(persons, labels)
    return sum(count for (person, group), count in cells.items() if home.get(person) == group) / max(len(persons), 1)


def drags(persons: NDArray[np.int64], labels: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], int]]:
    """Groups (n,) as they become the persons (n,), each time with the actions it took, as `score.py` counts them.

    A group that is mostly one person is merged into that person's largest such group; the others in it are picked and dragged.
    """
    labels = labels.copy()
    cells, owner, home = _cells(persons, labels)
    spare = int(labels.max(initial=0)) + 1
    for (person, group), count in sorted(cells.items(), key=lambda cell: -cell[1]):
        if home.get(person) == group:
            continue
        if person not in home:
            home[person], spare = spare, spare + 1
        labels[(persons == person) & (labels == group)] = home[person]
        yield labels, 1 if owner[group] == person else count + 1


def dragged(dataset: Dataset, labels: NDArray[np.int64], progress: Progress, before: int = 0) -> list[Step]:
    """Groups (n,), and how they stand after each drag until all is right; `before` are actions that were needed for them."""
    total, actions = dataset.measure(labels).actions, 0
    steps = [step(dataset, labels, before, total)]
    for after, cost in drags(dataset.persons, labels):
        actions += cost
        progress.checkpoint()
        steps.append(step(dataset, after, before + actions, total - actions))
    return steps


def digikam(dataset: Dataset, progress: Progress) -> list[Step]:
    """One face of everybody gets a name; then what is suggested is confirmed, and one more face named where nothing is.

    A face is suggested to be who its nearest named face is, if that is near enough (digiKam asks a support vector machine as
    well, and takes the nearest where the two differ). All right suggestions of a person are confirmed by one action, each wrong
    one is rejected by one, and never made again; naming one more face of a person is one. Faces of persons who are seen once
    are left unknown, which is right.
    """
    persons, n = dataset.persons, len(dataset.persons)
    alike = dataset.embeddings @ dataset.embeddings.T
    _, who, sizes = np.unique(persons, return_inverse=True, return_counts=True)
    named = np.full(n, -1, np.int64)
    best = np.argsort(-sizes[who], kind="stable")
    firsts = best[np.unique(who[best], return_index=True)[1]]
    named[firsts[sizes > 1]] = np.flatnonzero(sizes > 1)
    rejected = np.zeros((n, len(sizes)), bool)
    actions = 0
    steps = [step(dataset, _unknown_alone(named), 0)]
    while (named < 0).any() and (sizes[who[named < 0]] > 1).any():
        progress.checkpoint()
        suggested = _suggested(alike, named, rejected)
        right = (suggested >= 0) & (suggested == who)
        wrong = np.flatnonzero((suggested >= 0) & ~right)
        actions += len(np.unique(suggested[right])) + len(wrong)
        rejected[wrong, suggested[wrong]] = True
        named[right] = suggested[right]
        if not right.any() and not len(wrong):
            waiting = np.flatnonzero((named < 0) & (sizes[who] > 1))
            more = waiting[np.unique(who[waiting], return_index=True)[1]]
            named[more] = who[more]
            actions += len(more)
        steps.append(step(dataset, _unknown_alone(named), actions))
    return steps


def _suggested(alike: NDArray[np.float32], named: NDArray[np.int64], rejected: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(n,) who is suggested for each face without a name, −1 where nobody is."""
    found = np.full(len(named), -1, np.int64)
    known = np.flatnonzero(named >= 0)
    for face in np.flatnonzero(named < 0).tolist():
        fits = known[~rejected[face, named[known]]]
        if len(fits):
            nearest = fits[alike[face, fits].argmax()]
            if alike[face, nearest] > _DIGIKAM:
                found[face] = named[nearest]
    return found


def _unknown_alone(named: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n,) groups: those without a name stand each by itself."""
    groups: NDArray[np.int64] = np.where(named >= 0, named, len(named) + np.arange(len(named)))
    return groups


def _cells(
    persons: NDArray[np.int64], labels: NDArray[np.int64]
) -> tuple[Counter[tuple[int, int]], dict[int, int], dict[int, int]]:
    """How many faces of each person are in each group, whose each group mostly is, and each person's largest own group."""
    cells = Counter(zip(persons.tolist(), labels.tolist(), strict=True))
    owner: dict[int, int] = {}
    for (person, group), count in cells.items():
        if group not in owner or count > cells[owner[group], group]:
            owner[group] = person
    home: dict[int, int] = {}
    for group, person in owner.items():
        if person not in home or cells[person, group] > cells[person, home[person]]:
            home[person] = group
    return cells, owner, home
