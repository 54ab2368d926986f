"""Questions that settle the most faces: who is the same person, who is in the wrong place, who is it.

A `Review` looks at a library once, in seconds, and then follows every edit, in milliseconds. An answer becomes one edit of the
library, so it is undone as any other, and what was denied stands as links between faces: no regrouping asks it again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photoclust.core.changes import Changes
from photoclust.core.progress import Progress, Silent, Status
from photoclust.library.library import Library
from photoclust.workflows.question_answers import SHOWN, Kind, Question, Side, say_no, say_yes
from photoclust.workflows.question_chances import Part, doubtful_parts, likely_pairs
from photoclust.workflows.question_units import Ints, Units

__all__ = ["Kind", "Question", "Review", "Side", "say_no", "say_yes"]

GUESTS = 6
"""At most so many persons and faces are compared with one person at a time."""
LARGE = 5
"""Who an unnamed person of so many faces is, is asked."""
SURE = 0.99
"""An album is sure when this share of its faces is."""
_LIKELY = 0.08
"""The chance a guest must have to be shown."""
_WORTH, _HOPEFUL, _BOLD = 1.0, 0.5, 0.15
"""How many guests are expected to be the host, at least, or else how likely the likeliest must be, for it to be asked; and how
many when even long shots are wanted. With less, a user who knew where to look would be done sooner without the questions."""
_STRAY, _DOUBTFUL = 0.4, 0.15
"""Chances that faces are somebody else: when it is asked, and when long shots are wanted; by the second a merge does not
vouch for them either."""
CHOICES = 4
"""At most so many named persons are offered where it is asked who somebody is."""
_RESEMBLES = 0.25
"""How alike they must be for it."""
_PATIENCE = 4.0
"""How many answers weigh as much as what is known before the first one."""


class Review:
    """The questions of a library, the one that settles most first; belongs to one thread at a time."""

    def __init__(self, library: Library, progress: Progress | None = None, *, bold: bool = False, by_size: bool = False) -> None:
        """Look at a library; `Cancelled` when the progress says stop.

        When `bold`, long shots are asked too. With `by_size` chances do not count for the order.
        """
        progress = progress or Silent()
        self._bold = bold
        self.units = Units(library, progress)
        self._by_size = by_size
        self._parts: dict[int, list[Part]] = {}
        self._quiet: dict[tuple[Kind, int, int], tuple[int, int] | None] = {}
        """(kind, host, guest) that is not asked in this session: at all (None), or as long as both stand as they stood."""
        self._heard = {kind: [0.0, 0.0] for kind in Kind}
        """How many guests were the same person (parts: were not), and how many were expected to be."""
        several = np.flatnonzero((self.units.size > 1) & (self.units.who > 0)).tolist()
        for done, unit in enumerate(several):
            if done % 512 == 0:
                progress.checkpoint()
                progress.report(Status("Looking for doubtful faces", done, len(several)))
            self._doubt(unit)
        self._rank()

    @property
    def question(self) -> Question | None:
        """What to ask now; None when there is nothing left."""
        return next(iter(self.questions(1)), None)

    @property
    def count(self) -> int:
        """How many questions there are."""
        return len(self._order)

    @property
    def long_shots(self) -> int:
        """How many more there would be if it were bold."""
        if self._bold:
            return 0
        self._bold = True
        try:
            return len(self._same()) + len(self._stays()) + len(self._who()) - self.count
        finally:
            self._bold = False

    @property
    def until_sure(self) -> int:
        """How many questions are left until the album is `SURE`, as far as the chances tell."""
        return self._until_sure

    def questions(self, most: int) -> list[Question]:
        """The next questions."""
        return [self._build(entry) for entry in self._order[:most]]

    def again(self, question: Question) -> Question | None:
        """The same question as the library stands now; None where it is none any more."""
        slot = self.units.slot(question.host.who)
        whose = [guest.who for guest in question.guests]
        for entry in self._order:
            if entry.host == slot and entry.kind is question.kind:
                found = self._build(entry)
                if found.kind is not Kind.STAYS or [guest.who for guest in found.guests] == whose:
                    return found
        return None

    def follow(self, library: Library, changes: Changes) -> bool:
        """Take in what was changed by whomever; False when a new review must look at the library."""
        different = self.units.follow(library, changes)
        if different is None:
            return False
        for unit in different.tolist():
            self._doubt(unit)
        self._rank()
        return True

    def heard(self, question: Question, marked: Collection[int]) -> None:
        """Learn from an answer: how often it is yes where it was thought likely. The edit is for the caller to apply."""
        heard = self._heard[question.kind]
        for k, guest in enumerate(question.guests if question.kind is not Kind.WHO else ()):
            chance = guest.chance if question.kind is Kind.SAME else 1 - guest.chance
            heard[0] += (k in marked) == (question.kind is Kind.SAME)
            heard[1] += chance

    def be_bold(self) -> None:
        """Ask long shots too from now on."""
        self._bold = True
        self._rank()

    def put_off(self, question: Question, *, for_good: bool) -> None:
        """Do not ask again in this session: at all ("skip"), or until something changes there ("not sure")."""
        host = question.host.who
        for guest in question.guests or (question.host,):
            self._quiet[question.kind, host, guest.who] = None if for_good else self._stamp(host, guest.who)
        self._rank()

    def _stamp(self, host: int, guest: int) -> tuple[int, int]:
        slots = (self.units.slot(host), self.units.slot(guest))
        one, other = (-1 if slot is None else int(self.units.version[slot]) for slot in slots)
        return one, other

    def _is_quiet(self, kind: Kind, host: int, guest: int) -> bool:
        """Whether this is not asked now."""
        key = (kind, host, guest)
        return key in self._quiet and self._quiet[key] in (None, self._stamp(host, guest))

    def _doubt(self, unit: int) -> None:
        self._parts.pop(unit, None)
        if parts := doubtful_parts(self.units, unit, _odds(_DOUBTFUL)):
            self._parts[unit] = parts

    def _lean(self, kind: Kind) -> float:
        """What the answers so far add to the log-odds."""
        found, expected = self._heard[kind]
        return float(np.log((found + _PATIENCE) / (expected + _PATIENCE)))

    def _rank(self) -> None:
        """Put all questions in order."""
        entries = [*self._same(), *self._stays(), *self._who()]
        entries.sort(key=lambda entry: (-entry.value, entry.kind, entry.host))
        self._order = entries
        unsure = np.array([entry.unsure for entry in entries])
        beyond = float(unsure.sum()) - (1 - SURE) * np.count_nonzero(self.units.unit >= 0)
        self._until_sure = int(np.searchsorted(np.cumsum(unsure), beyond - 1e-9)) + 1 if beyond > 0 else 0

    def _same(self) -> list[_Entry]:
        """Each host with the guests that are most likely it."""
        units, lean = self.units, self._lean(Kind.SAME)
        pairs = likely_pairs(units, _odds(_LIKELY) - lean)
        in_view = units.in_view()
        named, person = units.names() > 0, units.who > 0
        weight = 1e12 * named + 1e11 * (units.placed > 0) + 2.0 * units.size + person
        turn = weight[pairs.one] < weight[pairs.other]
        host, guest = np.where(turn, pairs.other, pairs.one), np.where(turn, pairs.one, pairs.other)
        chance = _chance(pairs.odds + lean)
        loud = [
            in_view[h] and in_view[g] and not self._is_quiet(Kind.SAME, int(units.who[h]), int(units.who[g]))
            for h, g in zip(host, guest, strict=True)
        ]
        host, guest, chance = host[loud], guest[loud], chance[loud]
        gain = chance * units.size[guest]
        order = np.lexsort((-gain, host))
        host, guest, chance, gain = host[order], guest[order], chance[order], gain[order]
        starts = np.flatnonzero(np.diff(host, prepend=-1))
        stops = np.minimum(np.append(starts[1:], len(host)), starts + GUESTS)
        entries = []
        for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
            part = slice(start, stop)
            hopeful = chance[part].sum() >= _WORTH or chance[part].max() >= _HOPEFUL
            if hopeful or (self._bold and chance[part].sum() >= _BOLD):
                expected = float(gain[part].sum())
                value = float(units.size[guest[part]].sum()) if self._by_size else expected
                entries.append(_Entry(value, Kind.SAME, int(host[start]), guest[part], chance[part], expected, expected))
        return entries

    def _stays(self) -> list[_Entry]:
        """Each person with the part of it that is most likely somebody else."""
        lean, entries, in_view = self._lean(Kind.STAYS), [], self.units.in_view()
        for unit, parts in self._parts.items():
            for part in parts if in_view[unit] else ():
                chance = float(_chance(np.float64(part.odds + lean)))
                face = int(self.units.faces[part.rows[0]])
                asked = chance >= (_DOUBTFUL if self._bold else _STRAY)
                if asked and not self._is_quiet(Kind.STAYS, int(self.units.who[unit]), -face):
                    expected = chance * len(part.rows)
                    value = float(len(part.rows)) if self._by_size else expected
                    rows, stays = np.array(part.rows), np.array([1 - chance])
                    entries.append(_Entry(value, Kind.STAYS, unit, rows, stays, expected, expected))
        return entries

    def _who(self) -> list[_Entry]:
        """The large persons without a name."""
        units = self.units
        large = np.flatnonzero((units.size >= LARGE) & units.in_view() & (units.who > 0) & (units.names() == 0))
        nobody = np.empty(0, np.int64)
        return [
            _Entry(float(units.size[unit]), Kind.WHO, unit, nobody, np.empty(0), float(units.size[unit]), 0.0)
            for unit in large.tolist()
            if not self._is_quiet(Kind.WHO, int(units.who[unit]), int(units.who[unit]))
        ]

    def _build(self, entry: _Entry) -> Question:
        units, host = self.units, entry.host
        if entry.kind is Kind.STAYS:
            rows = entry.guests
            rest = np.setdiff1d(units.rows(host), rows)
            name = units.name(host)
            faces = tuple(units.faces[rows].tolist())
            part = Side(-faces[0], name, self._typical(rows), len(faces), float(entry.chances[0]), faces)
            left = Side(int(units.who[host]), name, self._typical(rest), len(rest))
            return Question(Kind.STAYS, left, (part,), entry.settles)
        guests, chances = entry.guests, entry.chances
        if entry.kind is Kind.WHO:
            guests, chances = self._namesakes(host)
        sides = tuple(self._side(unit, float(chance)) for unit, chance in zip(guests.tolist(), chances, strict=True))
        return Question(entry.kind, self._side(host), sides, entry.settles)

    def _namesakes(self, unit: int) -> tuple[Ints, NDArray[np.float64]]:
        """The named persons that a unit is most like, and how alike."""
        rows = self.units.rows(unit)
        vectors = self.units.vectors(rows)
        agreement = np.array([self.units.agreement_of(vectors)], np.float32)
        alike = self.units.likeness(vectors.mean(0)[None], agreement)[0].astype(np.float64)
        alike[self.units.names() == 0] = -np.inf
        best = np.argsort(-alike, kind="stable")[: 4 * CHOICES]
        allowed = ~np.isin(self.units.pair_keys(np.full(len(best), unit), best), self.units.apart_keys())
        best = best[allowed & (alike[best] > _RESEMBLES)][:CHOICES]
        return best, alike[best]

    def _side(self, unit: int, chance: float = 0.0) -> Side:
        units = self.units
        rows, who = units.rows(unit), int(units.who[unit])
        doubtful = {row for part in self._parts.get(unit, ()) for row in part.rows if len(part.rows) == 1}
        faces = tuple(units.faces[sorted(doubtful)].tolist())
        return Side(who, units.name(unit), self._typical(rows), len(rows), chance, doubtful=faces)

    def _typical(self, rows: Ints) -> tuple[int, ...]:
        """The faces that are most like the middle of theirs, each of another photo while there are such."""
        vectors = self.units.vectors(rows)
        order = rows[np.argsort(-(vectors @ vectors.sum(0)), kind="stable")]
        _, first = np.unique(self.units.photo[order], return_index=True)
        order = np.concatenate([order[np.sort(first)], np.delete(order, first)])
        return tuple(self.units.faces[order[:SHOWN]].tolist())


@dataclass(frozen=True, slots=True)
class _Entry:
    """A question in slots of units, not yet put into words."""

    value: float
    """For the order."""
    kind: Kind
    host: int
    guests: Ints
    """Slots; of a part of a person its rows."""
    chances: NDArray[np.float64]
    settles: float
    unsure: float
    """How many faces are expected to be wrong until it is answered."""


def _odds(chance: float) -> float:
    return float(np.log(chance / (1 - chance)))


def _chance(odds: NDArray[np.float64] | np.float64) -> Any:
    return 1 / (1 + np.exp(-odds))
