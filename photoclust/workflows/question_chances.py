"""How likely two sets of faces are one person: logistic models of a few numbers, fitted on persons nobody is measured on."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.workflows.question_units import Floats, Ints, Units

Chances = NDArray[np.float64]

_JOIN = (-0.07, 3.58, 2.99, -1.46, -0.29, -0.63, -0.80)
"""1, likeness, 1/√smaller, 1/√larger, ln(1 + better rank), ln(1 + worse rank), ln(units). Of pairs that a grouping has left
apart; measured on the other half of six sets: as likely as told to a few points, but for sets of one photo a person."""
_STRAY = (-4.01, 0.79, 2.75, -0.34, 2.52, -0.38)
"""1, 1/likeness to the rest, ln(likeness to the nearest other unit / to the rest), 1/√part, 1/√rest, whether either is one face.
Of parts of what a grouping has put together; the same sets."""
_LEAST_ALIKE = 0.1
_RANKS = 6
"""Ranks beyond this are all one."""
_HALVES = 8
"""Rounds of looking for the two halves of a person."""
_FEWEST = 4
"""A person of so many faces may be two of several faces each."""
_WORST = 2
"""So many single faces of a person that fit it least are doubted at a time, and so many that the grouping was least sure of."""
_MOST_DOUBT = 0.95


@dataclass(frozen=True)
class Pairs:
    """Pairs of units that may be one person; each (m,)."""

    one: Ints
    other: Ints
    odds: Chances
    """Natural logarithms."""


@dataclass(frozen=True)
class Part:
    """Some faces of a unit that may be somebody else than the rest."""

    unit: int
    rows: tuple[int, ...]
    odds: float
    """Logarithm of the odds that they are somebody else."""


def likely_pairs(units: Units, least: float) -> Pairs:
    """The pairs among the nearest of every unit that are likelier than `least` odds (a logarithm) to be one person."""
    rank_of = np.argsort(np.argsort(-units.alike, axis=1, kind="stable"), axis=1)
    one, column = np.nonzero(units.near >= 0)
    other = units.near[one, column]
    alike = units.alike[one, column]
    rank: Ints = np.minimum(rank_of[one, column], _RANKS)
    back: Ints = np.minimum((units.alike[other] > alike[:, None] + 1e-6).sum(1), _RANKS)
    small = np.minimum(units.size[one], units.size[other])
    large = np.maximum(units.size[one], units.size[other])
    weights = np.array(_JOIN)
    odds: Chances = weights[0] + weights[1] * alike + weights[2] / np.sqrt(small) + weights[3] / np.sqrt(large)
    odds += weights[4] * np.log(1 + np.minimum(rank, back)) + weights[5] * np.log(1 + np.maximum(rank, back))
    odds += weights[6] * math.log(max(int(np.count_nonzero(units.who)), 1))
    likely = odds >= least
    keys, first = np.unique(units.pair_keys(one[likely], other[likely]), return_index=True)
    allowed = ~np.isin(keys, units.apart_keys())
    names = units.names()
    named, others = names[keys // units.count], names[keys % units.count]
    allowed &= (named == 0) | (others == 0) | (named == others)
    chosen = np.flatnonzero(likely)[first[allowed]]
    return Pairs(one[chosen], other[chosen], odds[chosen])


def doubtful_parts(units: Units, unit: int, least: float) -> list[Part]:
    """Parts of a person, none placed by hand, that are likelier than `least` odds (a logarithm) to be somebody else."""
    if units.who[unit] <= 0 or units.size[unit] < 2 or units.placed[unit] == units.size[unit]:
        return []
    rows = units.rows(unit)
    vectors = units.vectors(rows)
    total, n = vectors.sum(0), len(rows)
    free = ~units.by_hand[rows]
    fit = np.where(free, vectors @ total, np.inf)
    doubt = np.clip(np.where(free, units.doubt[rows], 0), 0, _MOST_DOUBT)
    worst = np.argsort(fit, kind="stable")[:_WORST]
    unsure = np.argsort(-doubt, kind="stable")[:_WORST]
    sides = [np.arange(n) == face for face in dict.fromkeys([*worst.tolist(), *unsure.tolist()][: None if n > 2 else 1])]
    if n >= _FEWEST:
        half = _halves(vectors)
        half = ~half if 2 * half.sum() > n else half
        sides += [half] if half.sum() > 1 else []
    found = []
    for side in sides:
        if free[side].all() and 0 < side.sum() < n:
            odds = _odds_of_part(units, unit, vectors[side], vectors[~side])
            if side.sum() == 1 and (told := float(doubt[side][0])) > 0:
                odds = max(odds, math.log(told / (1 - told)))
            if odds >= least:
                found.append(Part(unit, tuple(rows[side].tolist()), odds))
    return found


def _odds_of_part(units: Units, unit: int, part: Floats, rest: Floats) -> float:
    one, alone, lead, small, large, two = _STRAY
    middle, own = part.mean(0), units.agreement_of(part)
    alike = (float(middle @ rest.mean(0)) - units.mean) / math.sqrt(own * units.agreement_of(rest))
    alike = max(alike, _LEAST_ALIKE)
    odds = one + alone / alike - lead * math.log(alike) + small / math.sqrt(len(part)) + large / math.sqrt(len(rest))
    odds += two * (len(part) == len(rest) == 1)
    if odds < _HOPELESS:
        return -math.inf
    elsewhere = units.likeness(middle[None], np.array([own], np.float32))[0]
    elsewhere[unit] = -np.inf
    return odds + lead * math.log(max(float(elsewhere.max()), _LEAST_ALIKE))


_HOPELESS = -2.5
"""Log-odds that no other unit, wherever it is, would make likely."""


def _halves(vectors: Floats) -> NDArray[np.bool_]:
    """(n,) which of two sides each face is on: two-means, begun along the direction in which the faces spread most."""
    spread = vectors - vectors.mean(0)
    axis = spread[np.einsum("nd,nd->n", spread, spread).argmax()]
    for _ in range(_HALVES):
        axis = spread.T @ (spread @ axis)
        axis /= max(float(np.linalg.norm(axis)), 1e-9)
    side: NDArray[np.bool_] = spread @ axis > 0
    for _ in range(_HALVES):
        if not side.any() or side.all():
            break
        one, other = (s / max(float(np.linalg.norm(s)), 1e-9) for s in (vectors[side].sum(0), vectors[~side].sum(0)))
        again = vectors @ (one - other) > 0
        if (again == side).all():
            break
        side = again
    return side
