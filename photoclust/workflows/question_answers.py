"""A question, and what an answer to it means as an edit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from photoclust.core.edits import (
    ConfirmFaces,
    Edit,
    MergePersons,
    MoveFaces,
    NewPerson,
    SplitPerson,
    TellApart,
    Together,
)
from photoclust.core.said import Said

SHOWN = 4
"""At most so many faces are shown of one of them."""


class Kind(StrEnum):
    """What is asked."""

    SAME = "same"
    """Whether guests are the same person as the host."""
    STAYS = "stays"
    """Whether faces of a person (the only guest) are the same person as the others of it (the host)."""
    WHO = "who"
    """Who an unnamed person (the host) is; the guests are named persons it may be."""


@dataclass(frozen=True, slots=True)
class Side:
    """A person, a face alone, or a part of a person."""

    who: int
    """The person's id, or minus the face's for a face alone."""
    name: str
    faces: tuple[int, ...]
    """At most `SHOWN` typical ones."""
    count: int
    chance: float = 0.0
    """That it is the same person as the host."""
    all_faces: tuple[int, ...] = ()
    """Of a part of a person: every face in it."""
    doubtful: tuple[int, ...] = ()
    """Faces of it that may be somebody else."""

    @property
    def person(self) -> int | None:
        """The person's id; None for a face alone."""
        return self.who if self.who > 0 else None


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be asked; `settles` is how many faces an answer is expected to move or make sure."""

    kind: Kind
    host: Side
    guests: tuple[Side, ...]
    settles: float

    @property
    def likely(self) -> frozenset[int]:
        """The guests that are marked to begin with: a single one, and those that are likelier than not."""
        if len(self.guests) == 1:
            return frozenset({0})
        return frozenset(k for k, guest in enumerate(self.guests) if guest.chance >= 0.5)


def say_yes(question: Question, marked: Collection[int] | None = None) -> Edit:
    """The edit that says that the marked guests (None: all) are the same person as the host, and the others are not.

    Of a part of a person: that it stays.
    """
    host, guests = question.host, question.guests
    if question.kind is Kind.STAYS:
        return ConfirmFaces((*guests[0].all_faces, *host.faces))
    chosen = [guest for k, guest in enumerate(guests) if marked is None or k in marked]
    if not chosen:
        return say_no(question)
    persons = tuple(guest.who for guest in chosen if guest.who > 0)
    alone = tuple(-guest.who for guest in chosen if guest.who < 0)
    steps: list[Edit] = []
    if host.person is None:
        steps.append(NewPerson((-host.who, *alone)))
    else:
        if persons:
            doubtful = tuple(face for side in (host, *chosen) for face in side.doubtful)
            steps.append(MergePersons((host.who, *persons), host.who, doubtful))
        if alone:
            steps.append(MoveFaces(alone, host.who))
    others = [guest for guest in guests if guest not in chosen]
    if others:
        steps.append(TellApart(_pairs(host, others)))
    faces = sum(guest.count for guest in chosen)
    name = host.name or Said("the same person")
    said = Said("Say that {n} faces are {name}", one="Say that {n} face is {name}", n=faces, name=name)
    return steps[0] if len(steps) == 1 and not persons else Together(tuple(steps), said)


def say_no(question: Question) -> Edit:
    """The edit that says that no guest is the same person as the host; a part of a person leaves it."""
    if question.kind is Kind.STAYS:
        faces = question.guests[0].all_faces
        return MoveFaces(faces, None) if len(faces) == 1 else SplitPerson(question.host.who, faces)
    return TellApart(_pairs(question.host, question.guests))


def _pairs(host: Side, guests: Sequence[Side]) -> tuple[tuple[int, int], ...]:
    """The most typical face of either with all that are shown of the other."""
    pairs = {pair: None for g in guests for pair in (*product(host.faces[:1], g.faces), *product(host.faces, g.faces[:1]))}
    return tuple(pairs)
