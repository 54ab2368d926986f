"""The user's decisions as law: whatever an engine found, its answer keeps anchors, must-links and cannot-links exactly."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from photoclust.clustering.engine import Constraints, Embeddings, Ints


@dataclass(frozen=True)
class Law:
    """Constraints with their consequences drawn: faces bound together are one atom, atoms may be enemies."""

    atoms: Ints
    """(n,) atom of each face; −1 for a face that nothing is said about."""
    anchors: dict[int, int]
    """Atom -> anchor, where it has one; atoms of different anchors are enemies."""
    enemies: dict[int, frozenset[int]]
    """Atom -> atoms that a cannot-link keeps from it."""

    def conflict(self, one: int, other: int) -> bool:
        """Whether two atoms may not be in one group."""
        if one == other:
            return False
        mine, theirs = self.anchors.get(one), self.anchors.get(other)
        return (mine is not None and theirs is not None and mine != theirs) or other in self.enemies.get(one, ())


def draw_law(n: int, constraints: Constraints) -> Law:
    """Close the constraints over n faces transitively; anchors win over cannot-links, cannot-links over must-links."""
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
    for a, b in constraints.cannot.tolist():
        one, other = root(a), root(b)
        if one != other:
            enemies[one].add(other)
            enemies[other].add(one)
    for a, b in constraints.must.tolist():
        one, other = root(a), root(b)
        anchored = one in anchor_of and other in anchor_of
        if one == other or anchored or other in enemies[one]:
            continue
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
    return Law(atoms, anchor_of, {atom: frozenset(them) for atom, them in enemies.items() if them})


def enforce(labels: Ints, constraints: Constraints, embeddings: Embeddings) -> Ints:
    """Change (n,) labels as little as the law asks, numbered by the first face of each group.

    A group that holds enemies is split: every free face goes with the most similar of them. Groups that hold faces bound
    together are joined whole where that joins no enemies; otherwise only the bound faces move.
    """
    if not constraints:
        return number_by_first_face(labels)
    law = draw_law(len(labels), constraints)
    pieces = _split_enemies(labels, law, embeddings)
    return number_by_first_face(_join_bound(pieces, law))


def number_by_first_face(labels: Ints) -> Ints:
    """The same groups numbered 0 … g−1 in the order of their first faces, as int64."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    numbered: Ints = rank[inverse.reshape(-1)]
    return numbered


def _split_enemies(labels: Ints, law: Law, embeddings: Embeddings) -> Ints:
    """Labels in which no two enemies share a group; atoms may still be spread over several."""
    pieces = number_by_first_face(labels)
    spare = int(pieces.max(initial=-1)) + 1
    for group in np.unique(pieces[law.atoms >= 0]).tolist():
        members = np.flatnonzero(pieces == group)
        atoms, counts = np.unique(law.atoms[members], return_counts=True)
        order = sorted(zip((-counts).tolist(), atoms.tolist(), strict=True))
        sides: list[list[int]] = []
        for atom in (a for _, a in order if a >= 0):
            centre = embeddings[members[law.atoms[members] == atom]].mean(0)
            best, at = -np.inf, -1
            for number, side in enumerate(sides):
                if not any(law.conflict(atom, other) for other in side):
                    alike = float(centre @ embeddings[members[np.isin(law.atoms[members], side)]].mean(0))
                    best, at = max((best, at), (alike, number))
            if at < 0:
                sides.append([atom])
            else:
                sides[at].append(atom)
        if len(sides) < 2:
            continue
        side_of = {atom: number for number, side in enumerate(sides) for atom in side}
        centres = np.stack([embeddings[members[np.isin(law.atoms[members], side)]].mean(0) for side in sides])
        nearest = np.argmax(embeddings[members] @ centres.T, axis=1)
        chosen = np.array([side_of[a] if a >= 0 else near for a, near in zip(law.atoms[members].tolist(), nearest, strict=True)])
        pieces[members[chosen > 0]] = spare + chosen[chosen > 0] - 1
        spare += len(sides) - 1
    return pieces


def _join_bound(pieces: Ints, law: Law) -> Ints:
    """Labels in which every atom is whole."""
    result = pieces.copy()
    parent: dict[int, int] = {}
    held: dict[int, set[int]] = defaultdict(set)

    def root(piece: int) -> int:
        while parent.get(piece, piece) != piece:
            piece = parent[piece]
        return piece

    bound = np.flatnonzero(law.atoms >= 0)
    for piece, atom in {(p, a) for p, a in zip(pieces[bound].tolist(), law.atoms[bound].tolist(), strict=True)}:
        held[piece].add(atom)
    for atom in np.unique(law.atoms[bound]).tolist():
        faces = np.flatnonzero(law.atoms == atom)
        found, counts = np.unique(pieces[faces], return_counts=True)
        home, *others = found[np.argsort(-counts, kind="stable")].tolist()
        for other in others:
            one, two = root(home), root(other)
            if one == two:
                continue
            if any(law.conflict(a, b) for a in held[one] for b in held[two]):
                result[faces] = home
            else:
                parent[two] = one
                held[one] |= held.pop(two)
    roots = np.array([root(p) for p in range(int(result.max(initial=-1)) + 1)], np.int64)
    joined: Ints = roots[result] if len(result) else result
    return joined
