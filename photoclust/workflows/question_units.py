"""What questions are about: persons and faces alone, each by its middle, with those that are most like it.

Everything is kept by group, so that after an edit only the groups it touched are worked out anew.
"""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import NDArray

from photoclust.core.changes import Changes
from photoclust.core.progress import Progress, Silent, Status
from photoclust.library.library import Library

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

NEAR = 12
"""With so many others each unit is compared closely."""
_LEAN = 6.0
"""How the faces of a small unit agree leans on the album as if so many pairs of it were typical."""
_LEAST_AGREEMENT = 0.02
_MANY = 300
"""More units than this are not worked out one by one."""


class Units:
    """The faces of a library (n of them, by id) and its units: slots 0 … u−1, some of them empty."""

    def __init__(self, library: Library, progress: Progress | None = None) -> None:
        """Look at a library; takes seconds in a large one."""
        progress = progress or Silent()
        progress.report(Status("Looking for questions"))
        self.faces, vectors = library.embeddings()
        self.size: Ints
        self.placed: Ints
        self.version: Ints
        self.near: Ints
        """(u, NEAR) the units most like each, −1 where there is none."""
        self.alike: Floats
        """(u, NEAR) how much, −∞ where there is none."""
        self._root: Floats
        """(u,) one over the square root of how a unit's faces agree."""
        self._middles: Floats
        """(u, d) their middles, times that."""
        self._vectors = vectors.astype(np.float16)
        rows = library.grouped_faces()
        self._bare = frozenset(np.setdiff1d(rows[:, 0], self.faces).tolist())
        """Faces that nothing is known of."""
        rows = rows[np.isin(rows[:, 0], self.faces)]
        at = np.searchsorted(self.faces, rows[:, 0])
        n = len(self.faces)
        self.photo, self.person = -1 - np.arange(n), np.zeros(n, np.int64)
        self.by_hand, self.unit = np.zeros(n, np.bool_), np.full(n, -1, np.int64)
        self.photo[at], self.person[at], self.by_hand[at] = rows[:, 1], rows[:, 2], rows[:, 3] > 0
        self.doubt = np.zeros(n)
        """(n,) how likely the last grouping thought it that a face is with the wrong person."""
        self.doubt[at] = _doubt(rows)
        who, unit = np.unique(np.where(rows[:, 2] > 0, rows[:, 2], -rows[:, 0]), return_inverse=True)
        self.unit[at] = unit
        self.who = who
        """(u,) the person's id, minus the face's for a face alone, 0 for an empty slot."""
        self._slot = {int(w): u for u, w in enumerate(who)}
        self._names: dict[int, str] = {person.id: person.name for person in library.persons() if person.name}
        self._apart = self._told_apart(library)
        self._keys: Ints | None = None
        self._strangers = library.strangers().persons
        self._strangers_alone = library.strangers_alone()
        self._describe(vectors, progress)

    @classmethod
    def of(cls, library: Library, progress: Progress | None = None) -> Self:
        """Look at a library."""
        return cls(library, progress)

    @property
    def count(self) -> int:
        """How many slots there are."""
        return len(self.who)

    def name(self, unit: int) -> str:
        """The name of a unit's person; empty where there is none."""
        return self._names.get(int(self.who[unit]), "")

    def names(self) -> Ints:
        """(u,) a number for the name of each unit, 0 where there is none; nobody of different names is the same person."""
        number = {name.casefold(): k for k, name in enumerate(sorted(self._names.values()), start=1)}
        names = np.zeros(self.count, np.int64)
        for person, name in self._names.items():
            if (unit := self._slot.get(person)) is not None:
                names[unit] = number[name.casefold()]
        return names

    def in_view(self) -> NDArray[np.bool_]:
        """(u,) whether a unit may be asked about: nobody is asked about strangers."""
        away = np.array([*self._strangers, *(-face for face in self._strangers_alone)], np.int64)
        in_view: NDArray[np.bool_] = (self.who != 0) & ~np.isin(self.who, away)
        return in_view

    def rows(self, unit: int) -> Ints:
        """The faces of a unit, as places among all."""
        return np.flatnonzero(self.unit == unit)

    def vectors(self, rows: Ints) -> Floats:
        """(m, d) of some faces."""
        vectors: Floats = self._vectors[rows].astype(np.float32)
        return vectors

    def slot(self, who: int) -> int | None:
        """Where a person (or, negative, a face alone) is."""
        return self._slot.get(who)

    def agreement_of(self, vectors: Floats) -> float:
        """How faces (m, d) agree, above strangers: leaning on what is typical here."""
        n = len(vectors)
        total = vectors.sum(0)
        pairs = n * (n - 1) / 2
        found = (float(total @ total) - n) / 2 - self.mean * pairs
        return max((found + _LEAN * self.typical) / (pairs + _LEAN), _LEAST_AGREEMENT)

    def likeness(self, middles: Floats, agreement: Floats) -> Floats:
        """(m, u) how alike sets of faces (their middles (m, d) and how each agrees) are to every unit; −∞ to empty slots.

        The noise-free cosine of the middles, relative to how the faces of each agree, and to strangers: 1 for one person.
        """
        root = 1 / np.sqrt(agreement)
        alike = (middles * root[:, None]) @ self._middles.T - self.mean * root[:, None] * self._root
        alike[:, self.who == 0] = -np.inf
        return alike.astype(np.float32)

    def apart_keys(self) -> Ints:
        """The pairs of units that are known to be two persons, as keys (`pair_keys`), rising: told apart, or seen together."""
        if self._keys is not None:
            return self._keys
        told = self.unit[self._apart]
        told = told[(told >= 0).all(1)]
        both = self.unit[self._together]
        both = both[(both >= 0).all(1) & (both[:, 0] != both[:, 1])]
        keys, times = np.unique(self.pair_keys(both[:, 0], both[:, 1]), return_counts=True)
        smaller = np.minimum(self.size[keys // self.count], self.size[keys % self.count])
        rivals = keys[times > _TOGETHER * smaller]
        self._keys = np.union1d(rivals, self.pair_keys(told[:, 0], told[:, 1]))
        return self._keys

    def pair_keys(self, one: Ints, other: Ints) -> Ints:
        """(m,) a number for each pair of units, whichever comes first."""
        keys: Ints = np.minimum(one, other) * self.count + np.maximum(one, other)
        return keys

    def follow(self, library: Library, changes: Changes) -> Ints | None:
        """Take in what an edit changed; the units that are different now, or None where all must be looked at anew."""
        if changes.photos:
            return None
        found = library.grouped_faces(changes.persons, changes.faces)
        drawn = np.array(sorted(changes.boxes), np.int64)
        self._bare |= frozenset(drawn[~np.isin(drawn, self.faces)].tolist())
        known = np.isin(found[:, 0], self.faces)
        if not self._bare.issuperset(found[~known, 0].tolist()):
            return None
        found = found[known]
        at = np.searchsorted(self.faces, found[:, 0])
        touched = np.isin(self.person, list(changes.persons)) | np.isin(self.faces, list(changes.faces))
        touched[at] = True
        before = self.unit[touched]
        whose = np.where(found[:, 2] > 0, found[:, 2], -found[:, 0])
        if len(np.unique(before)) + len(np.unique(whose)) > _MANY:
            return None
        self.unit[touched] = -1
        self.person[touched], self.by_hand[touched] = 0, False
        self.photo[at], self.person[at], self.by_hand[at] = found[:, 1], found[:, 2], found[:, 3] > 0
        self.doubt[touched] = 0
        self.doubt[at] = _doubt(found)
        self.unit[at] = [self._slot_for(int(w)) for w in whose]
        for person in changes.persons:
            known_person = library.person(person)
            self._names.pop(person, None)
            if known_person is not None and known_person.name:
                self._names[person] = known_person.name
        self._keys = None
        self._strangers = self._strangers - changes.persons | library.strangers(changes.persons).persons
        self._strangers_alone = library.strangers_alone()
        linked = self._follow_links(library)
        different: Ints = np.unique(np.concatenate([before, self.unit[at], self.unit[linked]]))
        different = different[different >= 0]
        if len(different) > _MANY:
            return None
        for unit in different.tolist():
            self._describe_one(unit)
        self._compare(different)
        self.version[different] += 1
        return different

    def _told_apart(self, library: Library) -> Ints:
        """(m, 2) the faces told apart, as places among all."""
        pairs = library.told_apart()
        places = np.minimum(np.searchsorted(self.faces, pairs), max(len(self.faces) - 1, 0))
        return places[(self.faces[places] == pairs).all(1)] if len(self.faces) else np.empty((0, 2), np.int64)

    def _follow_links(self, library: Library) -> Ints:
        """The faces about which something else is said now."""
        n = len(self.faces)
        before, self._apart = self._apart, self._told_apart(library)
        news = np.setxor1d(before[:, 0] * n + before[:, 1], self._apart[:, 0] * n + self._apart[:, 1])
        return np.concatenate([news // max(n, 1), news % max(n, 1)])

    def _slot_for(self, who: int) -> int:
        slot = self._slot.get(who)
        if slot is None:
            slot = self._slot[who] = self.count
            self.who = np.append(self.who, who)
            self.size, self.placed = np.append(self.size, 0), np.append(self.placed, 0)
            self.version = np.append(self.version, 0)
            self._root = np.append(self._root, np.float32(1))
            self._middles = np.concatenate([self._middles, np.zeros((1, self._middles.shape[1]), np.float32)])
            self.near = np.concatenate([self.near, np.full((1, NEAR), -1)])
            self.alike = np.concatenate([self.alike, np.full((1, NEAR), -np.inf, np.float32)])
        return slot

    def _describe(self, vectors: Floats, progress: Progress) -> None:
        """All units, and for each those most like it."""
        from photoclust.clustering.impostors import estimate_impostors
        from photoclust.clustering.pieces import describe
        from photoclust.clustering.whispers import pairs_within

        self._together = pairs_within(self.photo)
        here = np.flatnonzero(self.unit >= 0)
        strangers = estimate_impostors(vectors[here])
        self.mean = strangers.mean
        u = self.count
        groups = describe(vectors[here], self.unit[here], strangers) if u else None
        self.size = np.bincount(self.unit[here], minlength=u)
        self.placed = np.bincount(self.unit[here], self.by_hand[here], minlength=u).astype(np.int64)
        self.version = np.zeros(u, np.int64)
        self.near, self.alike = np.full((u, NEAR), -1), np.full((u, NEAR), -np.inf, np.float32)
        self.typical, self._middles, self._root = 1.0, np.zeros((u, vectors.shape[1]), np.float32), np.ones(u, np.float32)
        if groups is None:
            return
        several = self.size > 2
        if several.any():
            self.typical = float(np.average(groups.agreement[several], weights=self.size[several]))
        else:
            self.typical = _AGREEMENT
        pairs = self.size * (self.size - 1) / 2
        agreement = np.maximum((groups.agreement * pairs + self.typical * _LEAN) / (pairs + _LEAN), _LEAST_AGREEMENT)
        self._root = (1 / np.sqrt(agreement)).astype(np.float32)
        self._middles = (groups.sums / self.size[:, None] * self._root[:, None]).astype(np.float32)
        self._search(progress)

    def _search(self, progress: Progress) -> None:
        from photoclust.clustering.search import most_alike

        # the likeness is a product of (middle, −mean · root) and (middle, root)
        ours, theirs = (
            np.ascontiguousarray(np.column_stack([self._middles, end * self._root]), np.float32) for end in (-self.mean, 1.0)
        )
        k = min(NEAR + 1, self.count)
        for where, found, alike in most_alike(ours, theirs, k, progress, phase="Looking for questions"):
            alike[found == where[:, None]] = -np.inf
            order = np.argsort(-alike, axis=1, kind="stable")[:, :NEAR]
            self.near[where, : order.shape[1]] = np.take_along_axis(found, order, 1)
            self.alike[where, : order.shape[1]] = np.take_along_axis(alike, order, 1)
        self.near[~np.isfinite(self.alike)] = -1

    def _describe_one(self, unit: int) -> None:
        rows = self.rows(unit)
        self.size[unit], self.placed[unit] = len(rows), int(self.by_hand[rows].sum())
        if not len(rows):
            self._slot.pop(int(self.who[unit]), None)
            self.who[unit] = 0
            return
        vectors = self.vectors(rows)
        self._root[unit] = 1 / np.sqrt(self.agreement_of(vectors))
        self._middles[unit] = vectors.mean(0) * self._root[unit]

    def _compare(self, units: Ints) -> None:
        """Find anew who is most like some units and those that had them in their lists, and put them into the lists of others."""
        gone = np.isin(self.near, units)
        self.near[gone], self.alike[gone] = -1, -np.inf
        self.near[units], self.alike[units] = -1, -np.inf
        living = units[self.who[units] != 0]
        short = np.flatnonzero(gone.any(1) & (self.who != 0))
        self._fill(np.setdiff1d(short, units)[:_MANY])
        for unit, row in zip(living.tolist(), self._fill(living), strict=True):
            least = self.alike.argmin(1)
            better = (row > self.alike[np.arange(len(least)), least]) & ~(self.near == unit).any(1)
            others = np.flatnonzero(better)
            self.near[others, least[others]], self.alike[others, least[others]] = unit, row[others]

    def _fill(self, units: Ints) -> Floats:
        """The lists of some units; their likeness (m, u) to all others."""
        alike = self._middles[units] @ self._middles.T - self.mean * self._root[units, None] * self._root
        alike[:, self.who == 0] = -np.inf
        alike[np.arange(len(units)), units] = -np.inf
        k = min(NEAR, self.count)
        best = np.argpartition(-alike, k - 1, axis=1)[:, :k] if len(units) else np.empty((0, k), np.int64)
        found = np.take_along_axis(alike, best, 1)
        self.near[units, :k], self.alike[units, :k] = np.where(np.isfinite(found), best, -1), found
        return alike


_TOGETHER = 0.05
"""The share of the smaller unit that may be in one photo with somebody of the other: mirrors and collages exist."""
_AGREEMENT = 0.35
"""Of two faces of one person, above strangers, where the album is too small to tell."""


def _doubt(rows: Ints) -> NDArray[np.float64]:
    """(m,) from what a library tells of faces; 0 where nothing was guessed."""
    doubt: NDArray[np.float64] = np.where(rows[:, 4] < 0, 0.0, 1 - rows[:, 4] / 1000)
    return doubt
