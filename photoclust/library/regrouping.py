"""The law of a regrouping: what the user has placed stays, whatever an engine says."""

from __future__ import annotations

from collections import Counter, defaultdict

from photoclust.core.edits import Regroup
from photoclust.library.database import Database
from photoclust.library.rows import FaceRow, Rows


def plan_rows(db: Database, edit: Regroup, next_person: int) -> Rows:
    """The rows that change; new persons get ids from `next_person` on, in the order of their groups.

    A pinned face (by hand, of a named person, or not seen by the engine; any that has a person where the edit only adds) never
    moves. A free face goes where its group goes,
    unless the user has said that it is not somebody there; it stays nobody's when it would be alone. Faces and persons that
    are gone are passed over.
    """
    _check(edit)
    names = dict(db.rows("SELECT id, name FROM persons"))
    unseen = set(edit.unseen)
    pinned: dict[int, int] = {}
    free: dict[int, FaceRow] = {}
    sql = "SELECT id, person, by_hand, state, confidence FROM faces WHERE state = 'face' ORDER BY id"
    for face, person, by_hand, state, confidence in db.rows(sql):
        if person is not None and (edit.adds or by_hand or names[person] or face in unseen):
            pinned[face] = person
        else:
            free[face] = (person, False, state, confidence)

    placed = _place(edit, free, names)
    for face in _told_apart(db, placed, pinned):
        del placed[face]
    sizes = Counter(placed.values())
    holders = set(pinned.values())
    placed = {face: p for face, p in placed.items() if sizes[p] > 1 or p in holders}
    new = _numbered(placed, next_person)

    sure = _confidence(edit)
    rows = Rows()
    for face, before in free.items():
        person = placed.get(face)
        person = new.get(person, person) if person is not None else None
        after = (person, False, before[2], None if person is None else sure.get(face))
        if after != before:
            rows.faces[face] = after
    rows.persons = dict.fromkeys(new.values(), ("", None))
    return rows


def _check(edit: Regroup) -> None:
    """ValueError for groups that are no groups: that is a bug of the caller."""
    if len(edit.persons) != len(edit.groups):
        raise ValueError(f"{len(edit.groups)} groups but {len(edit.persons)} persons")
    if edit.confidence and [len(c) for c in edit.confidence] != [len(g) for g in edit.groups]:
        raise ValueError("the confidence is not parallel to the groups")
    if len({face for group in edit.groups for face in group}) != sum(map(len, edit.groups)):
        raise ValueError("a face stands in two groups")


def _place(edit: Regroup, free: dict[int, FaceRow], names: dict[int, str]) -> dict[int, int]:
    """The person each free face is given, new persons as −1, −2, …"""
    placed: dict[int, int] = {}
    for number, (group, person) in enumerate(zip(edit.groups, edit.persons, strict=True), start=1):
        target = person if person is not None and person in names else -number
        placed |= {face: target for face in group if face in free}
    return placed


def _told_apart(db: Database, placed: dict[int, int], pinned: dict[int, int]) -> set[int]:
    """Free faces that must leave so that no cannot-link has both its faces with one person; those with most links first."""
    against: dict[int, set[int]] = defaultdict(set)
    for a, b in db.rows("SELECT face_a, face_b FROM links WHERE must = 0"):
        person = placed.get(a, pinned.get(a))
        if person is not None and person == placed.get(b, pinned.get(b)):
            against[a].add(b)
            against[b].add(a)
    out = {face for face in against if face in placed and any(other in pinned for other in against[face])}
    left = {face: others - out for face, others in against.items() if face in placed and face not in out}
    for face in sorted(left, key=lambda face: (-len(left[face]), face)):
        if left[face]:
            out.add(face)
            for other in left[face]:
                left[other].discard(face)
    return out


def _numbered(placed: dict[int, int], next_person: int) -> dict[int, int]:
    """Ids for the new persons, in the order of their groups."""
    new = sorted({person for person in placed.values() if person < 0}, reverse=True)
    return {person: next_person + k for k, person in enumerate(new)}


def _confidence(edit: Regroup) -> dict[int, float]:
    return {
        face: float(sure)
        for group, sures in zip(edit.groups, edit.confidence, strict=False)
        for face, sure in zip(group, sures, strict=True)
    }
