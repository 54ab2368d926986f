"""Divide one person's faces into two persons by a few faces of each: worked out, shown, and applied as one edit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from photoclust.core.edits import ConfirmFaces, Edit, SplitPerson, TellApart, Together
from photoclust.core.errors import UserError
from photoclust.core.said import Said
from photoclust.library.library import Library

SURE = 0.9
"""Faces that are less likely on their side are shown as unsure: of the others 98 in 100 stand right."""
_TOLD = 8
"""At most so many faces that the user chose of either side are told apart one by one."""


@dataclass(frozen=True, slots=True)
class Halves:
    """A person's faces on two sides: the unsure first, then the chosen; `chance` is how likely each is on its side."""

    person: int
    stay: tuple[int, ...]
    leave: tuple[int, ...]
    chance: dict[int, float]
    chosen: frozenset[int]
    """Faces that the user has put where they are."""

    @property
    def unsure(self) -> frozenset[int]:
        """Faces that somebody should look at."""
        return frozenset(face for face, chance in self.chance.items() if chance < SURE)

    def moved(self, faces: Collection[int]) -> tuple[frozenset[int], frozenset[int]]:
        """The faces chosen to stay and to leave once these have been put on the other side, for `Divider.divide`."""
        stay, leave = (frozenset(self.chosen.intersection(side)) for side in (self.stay, self.leave))
        to_leave, to_stay = (frozenset(side).intersection(faces) for side in (self.stay, self.leave))
        return (stay | to_stay) - to_leave, (leave | to_leave) - to_stay


class Divider:
    """The faces of a person as it stands, to be divided again and again; asks the library only when it is made."""

    def __init__(self, library: Library, person_id: int) -> None:
        self.person = person_id
        self.faces = np.array(library.face_ids(person_id=person_id), np.int64)
        if len(self.faces) < 2:
            raise UserError(Said("There must be at least two faces to divide."))
        row = {int(face): k for k, face in enumerate(self.faces)}
        known, vectors = library.embeddings(face_ids=self.faces.tolist())
        self._seen = np.array([row[int(face)] for face in known], np.int64)
        self._vectors = vectors
        at = {int(face): k for k, face in enumerate(known)}
        links = [(at[a], at[b], must) for a, b, must in library.links(self.faces.tolist()) if a in at and b in at]
        self._must, self._cannot = (
            np.array([(a, b) for a, b, must in links if must is wanted], np.int64).reshape(-1, 2) for wanted in (True, False)
        )
        self._apart = sharing([f.photo_id for f in library.faces(known.tolist())])

    def divide(self, stay: Collection[int], leave: Collection[int]) -> Halves:
        """Who goes with the faces that stay and who with those that leave; at least one must leave, none need be said to stay.

        A face that no network has described stays, and is unsure.
        """
        from photoclust.clustering.seeded import divide

        if not leave:
            raise UserError(Said("Please choose at least one face that is somebody else."))
        seen = self.faces[self._seen]
        odds = np.zeros(len(self.faces))
        first, second = (np.flatnonzero(np.isin(seen, list(side))) for side in (stay, leave))
        if len(second):
            odds[self._seen] = divide(
                self._vectors, first, second, must=self._must, cannot=self._cannot, apart=self._apart
            )  # fmt: skip
        odds[np.isin(self.faces, list(stay))] = np.inf
        odds[np.isin(self.faces, list(leave))] = -np.inf
        chance = 1 / (1 + np.exp(-np.abs(odds)))
        chosen = np.isin(self.faces, [*stay, *leave])
        order = np.lexsort((chance, ~chosen, chance >= SURE))
        sides = [tuple(self.faces[order][side[order]].tolist()) for side in (odds >= 0, odds < 0)]
        return Halves(
            self.person, sides[0], sides[1], dict(zip(self.faces.tolist(), chance.tolist(), strict=True)),
            frozenset(self.faces[chosen].tolist()),
        )  # fmt: skip


def split_edit(halves: Halves, called: str, name: str = "") -> Edit:
    """The edit that leaves one side with the person and makes a new person of the other; `called` is whom they leave.

    Both sides stand as they were shown, whatever is grouped later; who was chosen on one side is told apart from the other's.
    """
    if not halves.stay or not halves.leave:
        raise UserError(Said("Please leave at least one face on either side."))
    stay, leave = ([face for face in side if face in halves.chosen][:_TOLD] or side[-1:] for side in (halves.stay, halves.leave))
    text = Said("Split {n} faces off {name}", one="Split {n} face off {name}", n=len(halves.leave), name=called)
    steps = (
        SplitPerson(halves.person, halves.leave, name),
        ConfirmFaces(halves.stay),
        TellApart(tuple(product(stay, leave))),
    )
    return Together(steps, text)


def sharing(photos: list[int]) -> NDArray[np.int64]:
    """(m, 2) the pairs of rows that share a photo."""
    rows: dict[int, list[int]] = {}
    for row, photo in enumerate(photos):
        rows.setdefault(photo, []).append(row)
    pairs = [(a, b) for group in rows.values() for k, a in enumerate(group) for b in group[k + 1 :]]
    return np.array(pairs, np.int64).reshape(-1, 2)
