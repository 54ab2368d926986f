"""The user's decisions as law: whatever an engine found, its answer keeps anchors, must-links and cannot-links exactly.

The law comes after the grouping and changes only the groups that break it. Links that speak louder than faces *inside* a
grouping were worse than none: two faces shouting at each other hear nobody else (Gaussian clouds: 0.882 → 0.831 with 50
right must-links), and every other group shifts a little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.engine import Constraints, Embeddings, Ints
from photoclust.clustering.impostors import Impostors, estimate_impostors
from photoclust.clustering.pieces import LEAST_AGREEMENT

_ALIKE, _TYPICAL = 0.4, 0.7
"""Two groups that a must-link ties are joined whole if they are as alike (see `pieces.py`) and the tied faces speak for them,
fitting at least this share as well as any two members; else only the tied faces move."""
_CLEAR = 3.0
"""Who leaves a group takes along the faces that are nearer by so many spreads of what so few faces tell."""


@dataclass(frozen=True)
class Refused:
    """A link that cannot be kept, for later decisions (or anchors) say the opposite, perhaps through other faces."""

    one: int
    other: int
    must: bool


@dataclass(frozen=True)
class Law:
    """Constraints with their consequences drawn: faces bound together are one atom, atoms may be enemies."""

    atoms: Ints
    """(n,) atom of each face; −1 for a face that nothing is said about."""
    anchors: dict[int, int]
    """Atom -> anchor, where it has one; atoms of different anchors are enemies."""
    enemies: dict[int, frozenset[int]]
    """Atom -> atoms that a cannot-link keeps from it."""
    refused: tuple[Refused, ...] = ()
    """Links that contradict what was decided after them."""

    def conflict(self, one: int, other: int) -> bool:
        """Whether two atoms may not be in one group."""
        if one == other:
            return False
        mine, theirs = self.anchors.get(one), self.anchors.get(other)
        return (mine is not None and theirs is not None and mine != theirs) or other in self.enemies.get(one, ())

    def quarrel(self, atoms: set[int], others: set[int]) -> bool:
        """Whether some atom of one set may not be with some atom of the other."""
        mine = {self.anchors[a] for a in atoms if a in self.anchors}
        theirs = {self.anchors[a] for a in others if a in self.anchors}
        if mine and theirs and len(mine | theirs) > 1:
            return True
        few, many = sorted((atoms, others), key=len)
        return any(not many.isdisjoint(self.enemies.get(a, ())) for a in few)


def draw_law(n: int, constraints: Constraints) -> Law:
    """Close the constraints over n faces transitively.

    Anchors win over links, and later links over earlier ones (`Constraints.when`): links are heard from the last to the first,
    and one that contradicts what was heard before is refused. Where no time is known, cannot-links count as later than
    must-links, and must-links in the order given.
    """
    parent = list(range(n))

    def root(face: int) -> int:
        while parent[face] != face:
            parent[face] = parent[parent[face]]
            face = parent[face]
        return face

    anchor_of: dict[int, int] = {}
    first_of: dict[int, int] = {}
    for face, anchor in enumerate(constraints.anchors.tolist()):
        if anchor >= 0:
            parent[face] = first_of.setdefault(anchor, face)
            anchor_of[first_of[anchor]] = anchor
    enemies: dict[int, set[int]] = defaultdict(set)
    refused: list[Refused] = []
    for a, b, must in _last_first(constraints):
        one, other = root(a), root(b)
        if one == other:
            if not must:
                refused.append(Refused(a, b, must))
            continue
        anchored = one in anchor_of and other in anchor_of
        if not must:
            enemies[one].add(other)
            enemies[other].add(one)
        elif anchored or other in enemies[one]:
            refused.append(Refused(a, b, must))
        else:
            if len(enemies[other]) > len(enemies[one]):
                one, other = other, one
            parent[other] = one
            if other in anchor_of:
                anchor_of[one] = anchor_of.pop(other)
            for enemy in enemies.pop(other, ()):
                enemies[enemy].discard(other)
                enemies[enemy].add(one)
                enemies[one].add(enemy)
    spoken = {*anchor_of, *(atom for atom, them in enemies.items() if them)}
    spoken.update(root(face) for pair in constraints.must.tolist() for face in pair)
    atoms = np.array([r if (r := root(face)) in spoken else -1 for face in range(n)], np.int64)
    return Law(atoms, anchor_of, {atom: frozenset(them) for atom, them in enemies.items() if them}, tuple(refused))


def _last_first(constraints: Constraints) -> Iterator[tuple[int, int, bool]]:
    """The links as (one, other, must), the latest first; a face is never linked to itself."""
    must, cannot = constraints.must.reshape(-1, 2), constraints.cannot.reshape(-1, 2)
    pairs = np.concatenate([cannot, must])
    order = np.arange(len(pairs))
    if len(constraints.when):
        if len(constraints.when) != len(pairs):
            raise ValueError(f"{len(constraints.when)} times for {len(pairs)} links")
        when = np.concatenate([constraints.when[len(must) :], constraints.when[: len(must)]])
        order = np.argsort(-when, kind="stable")
    for k in order.tolist():
        one, other = pairs[k].tolist()
        if one != other:
            yield one, other, k >= len(cannot)


def enforce(labels: Ints, constraints: Constraints, embeddings: Embeddings) -> Ints:
    """Change (n,) labels as little as the law asks, numbered by the first face of each group.

    In a group that holds enemies, those who fit it best stay, the others leave, and with them goes who is clearly nearer to
    them. Groups that hold faces bound together are joined whole where they are alike and hold no enemies; otherwise only the
    bound faces move, to where all of them together fit best.
    """
    labels = number_by_first_face(labels)
    if not constraints:
        return labels
    law = draw_law(len(labels), constraints)
    held = _held(labels, law)
    torn = [group for group, atoms in held.items() if len(atoms) > 1 and law.quarrel(atoms, atoms)]
    spread = {atom for atom, groups in _homes(held).items() if len(groups) > 1}
    if not torn and not spread:
        return labels
    strangers = estimate_impostors(embeddings)
    labels = _split_enemies(labels, torn, law, embeddings, strangers)
    return number_by_first_face(_join_bound(labels, law, embeddings, strangers))


def number_by_first_face(labels: Ints) -> Ints:
    """The same groups numbered 0 … g−1 in the order of their first faces, as int64."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    numbered: Ints = rank[inverse.reshape(-1)]
    return numbered


def _held(labels: Ints, law: Law) -> dict[int, set[int]]:
    """Group -> the atoms in it."""
    held: dict[int, set[int]] = defaultdict(set)
    bound = law.atoms >= 0
    for group, atom in np.unique(np.stack([labels[bound], law.atoms[bound]], axis=1), axis=0).tolist():
        held[group].add(atom)
    return held


def _homes(held: dict[int, set[int]]) -> dict[int, list[int]]:
    """Atom -> the groups it is in."""
    homes: dict[int, list[int]] = defaultdict(list)
    for group, atoms in held.items():
        for atom in sorted(atoms):
            homes[atom].append(group)
    return homes


def _split_enemies(labels: Ints, torn: list[int], law: Law, embeddings: Embeddings, strangers: Impostors) -> Ints:
    """Labels in which no two enemies share a group; atoms may still be spread over several."""
    result = labels.copy()
    order = np.argsort(labels, kind="stable")
    borders = np.searchsorted(labels[order], np.arange(int(labels.max(initial=-1)) + 2))
    spare = len(borders) - 1
    for group in torn:
        members = order[borders[group] : borders[group + 1]]
        sides = _sides(members, law, embeddings)
        decided = np.full(len(members), -1)
        for number, side in enumerate(sides):
            decided[np.isin(law.atoms[members], side)] = number
        goes = _who_leaves(embeddings[members], decided, len(sides), strangers)
        result[members[goes > 0]] = spare + goes[goes > 0] - 1
        spare += len(sides) - 1
    return result


def _sides(members: Ints, law: Law, embeddings: Embeddings) -> list[list[int]]:
    """The quarrelling atoms of one group in parties without enemies; the first has most faces, and fits best of equals."""
    vectors, whole = embeddings[members], embeddings[members].sum(0)
    sums: dict[int, NDArray[np.float32]] = {}
    counts: dict[int, int] = {}
    for atom in np.unique(law.atoms[members]).tolist():
        if atom >= 0:
            rows = law.atoms[members] == atom
            sums[atom], counts[atom] = vectors[rows].sum(0), int(rows.sum())
    present = set(sums)
    quarrel = [a for a in present if law.quarrel({a}, present - {a})]
    quarrel.sort(key=lambda a: (-counts[a], -round(float(sums[a] @ (whole - sums[a])) / counts[a], 6), a))
    sides: list[list[int]] = []
    for atom in quarrel:
        best, at = -np.inf, -1
        for number, side in enumerate(sides):
            if not law.quarrel({atom}, set(side)):
                centre = sum(sums[a] for a in side) / sum(counts[a] for a in side)
                best, at = max((best, at), (float(sums[atom] @ centre), number))
        if at < 0:
            sides.append([atom])
        else:
            sides[at].append(atom)
    return sides


def _who_leaves(vectors: Embeddings, decided: Ints, sides: int, strangers: Impostors) -> Ints:
    """(m,) the side each member goes with; free ones (−1) stay with side 0 unless they are clearly nearer to another."""
    rest = decided <= 0
    goes = np.maximum(decided, 0)
    size = int(rest.sum())
    stay = (vectors @ vectors[rest].sum(0) - rest) / max(size - 1, 1)
    best = np.zeros(len(vectors))
    for side in range(1, sides):
        those = decided == side
        doubt = _CLEAR * strangers.spread * np.sqrt(1 / those.sum() + 1 / size)
        lead = np.where(decided < 0, vectors @ vectors[those].mean(0) - stay - doubt, -1.0)
        goes = np.where(lead > best, side, goes)
        best = np.maximum(best, lead)
    return goes


def _join_bound(labels: Ints, law: Law, embeddings: Embeddings, strangers: Impostors) -> Ints:
    """Labels in which every atom is whole."""
    held = _held(labels, law)
    spread = {atom: groups for atom, groups in _homes(held).items() if len(groups) > 1}
    touched = {group for groups in spread.values() for group in groups}
    groups = _Groups(labels, touched, embeddings, strangers)
    order = np.argsort(law.atoms, kind="stable")
    for atom in sorted(spread):
        start, stop = np.searchsorted(law.atoms[order], [atom, atom + 1])
        faces = order[start:stop]
        found = sorted({groups.now(group) for group in spread[atom]}, key=lambda group: (-groups.sizes[group], group))
        home = found[groups.best_home(faces, found)]
        for other in found:
            if other == home:
                continue
            spoken_for = min(groups.typical(faces, home), groups.typical(faces, other)) >= _TYPICAL
            if spoken_for and groups.alike(home, other) >= _ALIKE and not law.quarrel(held[home], held[other]):
                groups.join(home, other)
                held[home] |= held.pop(other)
            else:
                groups.move(faces, other, home)
                held[other].discard(atom)
    return groups.labels()


class _Groups:
    """Groups while the law joins them and moves their faces: sums and sizes, kept up to date."""

    def __init__(self, labels: Ints, touched: set[int], embeddings: Embeddings, strangers: Impostors) -> None:
        self._label, self._embeddings, self._strangers = labels.copy(), embeddings, strangers
        self._into: dict[int, int] = {}
        concerned = np.flatnonzero(np.isin(labels, sorted(touched)))
        parts = concerned[np.argsort(labels[concerned], kind="stable")]
        cuts = np.flatnonzero(np.diff(labels[parts])) + 1
        found = {int(labels[rows[0]]): rows for rows in np.split(parts, cuts) if len(rows)}
        self._sums = {group: embeddings[rows].sum(0) for group, rows in found.items()}
        self.sizes = {group: len(rows) for group, rows in found.items()}

    def now(self, group: int) -> int:
        """The group that a group has become part of."""
        while group in self._into:
            group = self._into[group]
        return group

    def best_home(self, faces: Ints, found: list[int]) -> int:
        """Which of the groups found (at least one of the faces is in each) all these faces together fit best."""
        own = np.array([self.now(group) for group in self._label[faces].tolist()])[:, None] == np.array(found)
        others = np.array([self.sizes[group] for group in found]) - own
        sums = self._embeddings[faces] @ np.stack([self._sums[group] for group in found]).T - own
        fit = np.where(others > 0, sums / np.maximum(others, 1), -1.0)
        return int(np.round(fit.sum(0), 6).argmax())

    def alike(self, one: int, other: int) -> float:
        """The noise-free cosine of the middles of two groups, as in `pieces.py`."""
        across = float(self._sums[one] @ self._sums[other]) / (self.sizes[one] * self.sizes[other])
        return (across - self._strangers.mean) / float(np.sqrt(self._agreement(one) * self._agreement(other)))

    def typical(self, faces: Ints, group: int) -> float:
        """How well those of the faces that are in a group fit it, as a share of how two members do; 1 for a face alone."""
        if self.sizes[group] < 2:
            return 1.0
        there = self._embeddings[self._those(faces, group)]
        fit = (float((there @ self._sums[group]).mean()) - 1) / (self.sizes[group] - 1)
        return (fit - self._strangers.mean) / self._agreement(group)

    def join(self, home: int, other: int) -> None:
        """Make one group of two."""
        self._into[other] = home
        self._sums[home] = self._sums[home] + self._sums.pop(other)
        self.sizes[home] += self.sizes.pop(other)

    def move(self, faces: Ints, other: int, home: int) -> None:
        """Take those of the faces that are in one group to another."""
        moved = self._those(faces, other)
        total = self._embeddings[moved].sum(0)
        self._label[moved] = home
        self._sums[home], self._sums[other] = self._sums[home] + total, self._sums[other] - total
        self.sizes[home] += len(moved)
        self.sizes[other] -= len(moved)

    def labels(self) -> Ints:
        """(n,) as they are now."""
        now = np.arange(int(self._label.max(initial=-1)) + 1)
        for group in self._into:
            now[group] = self.now(group)
        result: Ints = now[self._label]
        return result

    def _those(self, faces: Ints, group: int) -> Ints:
        """The faces that are in a group."""
        those: Ints = faces[[self.now(label) == group for label in self._label[faces].tolist()]]
        return those

    def _agreement(self, group: int) -> float:
        size, total = self.sizes[group], self._sums[group]
        if size < 2:
            return LEAST_AGREEMENT
        return max((float(total @ total) - size) / (size * (size - 1)) - self._strangers.mean, LEAST_AGREEMENT)
