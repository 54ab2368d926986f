"""Made-up albums of real faces: labelled sets cut, mixed and bent into what libraries of users look like.

The mix of the albums *is* the threshold: who learns from large families only joins strangers in a small library.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.learning import Labelled

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Album = tuple[Floats, Ints]
"""(n, d) unit vectors and (n,) persons."""

KINDS = ("plain", "alike", "grown", "tight", "strangers", "changed", "crowd", "hub")
"""plain: 3–120 persons with several faces, and strangers seen once or twice.
alike: the persons most like one of them, as in a family.
grown: 3–15 persons with 30–180 faces each, new ones mixed from the residuals of real ones.
tight: persons nearer together and each of them tighter, with duplicates, as in rendered or retouched photos.
strangers: 20–400 faces, 60–90 % of the persons seen once.
changed: persons of another set whose faces differ as those of this set do: of its ages, or of its poor photos.
crowd: a third to all of the persons, with all their faces.
hub: the same, one of whom is met 150–1,500 times: more often than any list of neighbours is long.
"""

PERSONS, FACES = 3, 8
"""A set needs so many persons with so many faces each to make albums of."""
_SEVERAL = {"grown": FACES}  # faces of a person who is met again, in the other kinds 5
_CROWD = 20  # a set of fewer persons borrows strangers from another; others never do, for they may share persons


def make_album(sets: Sequence[Labelled], number: int, kind: str, generator: np.random.Generator) -> Album:
    """One album of that kind from the set of that number."""
    X, y = sets[number].embeddings, sets[number].persons
    others = [other for place, other in enumerate(sets) if place != number]
    large = [other for other in others if len(np.unique(other.persons)) >= _CROWD] or [sets[number]]
    another = large[generator.integers(len(large))]
    if kind == "changed":
        faces, persons = another.embeddings, another.persons
        base = _strangers if generator.random() < 0.5 else _plain
        return _changed(base((faces, persons), None, generator), (X, y), generator)
    guests = (another.embeddings, another.persons) if len(np.unique(y)) < _CROWD and others else None
    if kind == "strangers":
        return _strangers((X, y), guests, generator)
    if kind in ("crowd", "hub"):
        crowd = _crowd((X, y), generator)
        return _joined(_with_hub(crowd, generator) if kind == "hub" else crowd, guests and _crowd(guests, generator))
    return _plain((X, y), None, generator, kind)


def _plain(source: Album, guests: Album | None, generator: np.random.Generator, kind: str = "plain") -> Album:
    X, y = source
    ids, counts = np.unique(y, return_counts=True)
    many, few = ids[counts >= _SEVERAL.get(kind, 5)], ids[counts < 5]
    most = min(len(many), 15 if kind == "grown" else 120)
    size = min(len(many), max(PERSONS, int(_between(3, max(most, 4), generator))))
    chosen = generator.choice(many, size, replace=False)
    if kind != "plain" and generator.random() < (1.0 if kind == "alike" else 0.6):
        middles = unit(np.stack([X[y == person].mean(0) for person in many]))
        chosen = many[np.argsort(-(middles @ middles[generator.integers(len(many))]))[:size]]
    strangers = min(int(generator.uniform(0, 2.5) * size), len(few)) if generator.random() < 0.7 else 0
    faces, names = [], []
    for person in [*chosen, *generator.choice(few, strangers, replace=False)]:
        own = X[y == person]
        if kind == "grown" and len(own) >= FACES:
            own = _grow(own, int(_between(30, 180, generator)), generator)
        else:
            own = own[generator.permutation(len(own))[: int(_between(4, 110, generator))]]
        faces.append(own)
        names.append(np.full(len(own), person))
    album = np.concatenate(faces), np.concatenate(names)
    return _tighten(album, generator) if kind == "tight" else album


def _grow(own: Floats, size: int, generator: np.random.Generator) -> Floats:
    """More faces of a person: two residuals mixed so that their length stays."""
    middle = own.mean(0)
    return np.concatenate([own, unit(middle + _mixed(own - middle, size, generator))])[: max(size, len(own))]


def _mixed(residuals: Floats, size: int, generator: np.random.Generator) -> Floats:
    """(size, d) new residuals, each of two others, as long as these are."""
    a = generator.integers(0, len(residuals), size)
    b = (a + generator.integers(1, len(residuals), size)) % len(residuals)
    angle = generator.uniform(0, np.pi / 2, (size, 1))
    return np.asarray(np.cos(angle) * residuals[a] + np.sin(angle) * residuals[b], np.float32)


def _tighten(album: Album, generator: np.random.Generator) -> Album:
    """All persons nearer to the album's middle, each less spread, and one face in 25 nearly repeated."""
    faces, truth = album
    spread, pull = generator.uniform(0.25, 0.85), generator.uniform(0, 0.6)
    middle = unit(faces.mean(0, keepdims=True))
    tight = np.empty_like(faces)
    for person in np.unique(truth):
        own = truth == person
        centre = faces[own].mean(0) * (generator.uniform(0.7, 0.9) if own.sum() == 1 else 1.0)
        tight[own] = centre + spread * (faces[own] - centre if own.sum() > 1 else 0) + pull * middle
    again = np.flatnonzero(generator.random(len(tight)) < 0.04)
    copies = tight[again] + 0.002 * generator.normal(size=(len(again), tight.shape[1]))
    return unit(np.concatenate([tight, copies])), np.concatenate([truth, truth[again]])


def _strangers(source: Album, guests: Album | None, generator: np.random.Generator) -> Album:
    X, y = source
    ids, counts = np.unique(y, return_counts=True)
    size, share = int(_between(20, 400, generator)), generator.uniform(0.6, 0.9)
    several = generator.permutation(ids[counts > 1])
    rows: list[Ints] = []
    for person in several:
        own = np.flatnonzero(y == person)
        own = generator.permutation(own)[: max(2, int(_between(2, 40, generator)))]
        if rows and sum(map(len, rows)) + len(own) + _once(len(rows) + 1, share) > size:
            break
        rows.append(own)
    once = generator.permutation(np.setdiff1d(ids, several[: len(rows)]))[: _once(len(rows), share)]
    rows += [generator.choice(np.flatnonzero(y == person), 1) for person in once]
    kept = np.concatenate(rows)
    missing = _once(len(rows) - len(once), share) - len(once)
    return _joined((X[kept], y[kept]), _each_once(guests, missing, generator))


def _once(again: int, share: float) -> int:
    """How many persons are seen once beside those seen again."""
    return round(again * share / (1 - share))


def _each_once(source: Album | None, size: int, generator: np.random.Generator) -> Album | None:
    if source is None or size <= 0:
        return None
    X, y = source
    persons = generator.permutation(np.unique(y))[:size]
    rows = [int(generator.choice(np.flatnonzero(y == person))) for person in persons]
    return X[rows], y[rows]


def _crowd(source: Album, generator: np.random.Generator) -> Album:
    X, y = source
    ids = np.unique(y)
    rows = np.isin(y, generator.permutation(ids)[: max(PERSONS, int(generator.uniform(0.33, 1) * len(ids)))])
    return X[rows], y[rows]


def _with_hub(crowd: Album, generator: np.random.Generator) -> Album:
    X, y = crowd
    ids, counts = np.unique(y, return_counts=True)
    many = generator.permutation(ids[counts >= FACES])[:1]
    grown = [_grow(X[y == person], int(_between(150, 1500, generator)), generator) for person in many]
    rest = ~np.isin(y, many)
    names = [np.full(len(faces), person) for person, faces in zip(many, grown, strict=True)]
    return np.concatenate([X[rest], *grown]), np.concatenate([y[rest], *names])


def _joined(album: Album, guests: Album | None) -> Album:
    """Both, with persons of their own."""
    if guests is None:
        return album
    return np.concatenate([album[0], guests[0]]), np.concatenate([album[1], guests[1] + album[1].max() + 1])


def _changed(album: Album, donors: Album, generator: np.random.Generator) -> Album:
    """The persons of the album, each with the residuals of a donor; whose turn comes again lends them turned at random."""
    faces, truth = album
    ids, counts = np.unique(donors[1], return_counts=True)
    order = generator.permutation(ids[counts >= PERSONS])
    result = np.empty_like(faces)
    for turn, person in enumerate(generator.permutation(np.unique(truth))):
        own, lent = truth == person, donors[0][donors[1] == order[turn % len(order)]]
        middle = lent.mean(0)
        residuals = (lent - middle) * np.float32(np.sqrt(len(lent) / (len(lent) - 1)))
        if turn >= len(order):
            residuals = residuals @ np.linalg.qr(generator.normal(size=(faces.shape[1],) * 2))[0].astype(np.float32)
        several = np.concatenate([generator.permutation(residuals), _mixed(residuals, int(own.sum()), generator)])
        centre = unit(faces[own].mean(0, keepdims=True))
        result[own] = np.linalg.norm(middle) * centre + several[: own.sum()]
    return unit(result), truth


def _between(low: float, high: float, generator: np.random.Generator) -> float:
    """A number whose logarithm is uniform."""
    return float(np.exp(generator.uniform(np.log(low), np.log(high))))


def unit(vectors: NDArray[np.floating]) -> Floats:
    """The rows at length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
