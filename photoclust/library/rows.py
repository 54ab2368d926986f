"""The rows that decisions live in: read as they are, written as they shall be; both ways in the same form.

An edit becomes the rows it wants (`Rows`); the same rows read before it are its inverse. Undo is nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from photoclust.core.edits import Restore
from photoclust.library.boxes import BoxRow, photos_of, read_boxes, remove_faces, write_boxes
from photoclust.library.database import Database, ids_json
from photoclust.library.prominence import note_prominence

FaceRow = tuple[int | None, bool, str, float | None]
"""person, by_hand, state, confidence"""
PersonRow = tuple[str, int | None]
"""name, the cover that was chosen"""
LinkRow = tuple[bool, str]
"""must, why"""
Pair = tuple[int, int]


@dataclass(slots=True)
class Rows:
    """Rows by their keys; None for a person or a link that does not exist."""

    faces: dict[int, FaceRow] = field(default_factory=dict)
    persons: dict[int, PersonRow | None] = field(default_factory=dict)
    links: dict[Pair, LinkRow | None] = field(default_factory=dict)
    strangers: dict[int, bool | None] = field(default_factory=dict)
    """By face: whether it was said to be a stranger's; None where nothing was said."""
    boxes: dict[int, BoxRow | None] = field(default_factory=dict)
    """By face: where it is; None for one that does not exist."""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.faces or self.persons or self.links or self.strangers or self.boxes)

    def changed_from(self, before: Rows) -> Rows:
        """Those of these rows that are different in `before`."""
        return Rows(
            {k: v for k, v in self.faces.items() if (k in before.faces and before.faces[k] != v) or self._makes(k, before)},
            {k: v for k, v in self.persons.items() if before.persons.get(k) != v},
            {k: v for k, v in self.links.items() if before.links.get(k) != v},
            {k: v for k, v in self.strangers.items() if before.strangers.get(k) != v},
            {k: v for k, v in self.boxes.items() if before.boxes.get(k) != v},
        )

    def _makes(self, face: int, before: Rows) -> bool:
        """Whether a face exists after these rows and not before."""
        return self.boxes.get(face) is not None and before.boxes.get(face) is None

    def joined(self, others: Rows) -> Rows:
        """These rows, and of the others those with keys that are not among these."""
        return Rows(
            others.faces | self.faces,
            others.persons | self.persons,
            others.links | self.links,
            others.strangers | self.strangers,
            others.boxes | self.boxes,
        )

    def only(self, keys: Rows) -> Rows:
        """Those of these rows whose keys stand in `keys` too."""
        return Rows(
            {k: self.faces[k] for k in keys.faces if k in self.faces},
            {k: self.persons.get(k) for k in keys.persons},
            {k: self.links.get(k) for k in keys.links},
            {k: self.strangers.get(k) for k in keys.strangers},
            {k: self.boxes.get(k) for k in keys.boxes},
        )

    def to_restore(self) -> Restore:
        """The edit that writes these rows."""
        return Restore(
            faces=tuple((k, *v) for k, v in self.faces.items()),
            persons=tuple((k, *v) for k, v in self.persons.items() if v is not None),
            persons_gone=tuple(k for k, v in self.persons.items() if v is None),
            links=tuple((*k, *v) for k, v in self.links.items() if v is not None),
            links_gone=tuple(k for k, v in self.links.items() if v is None),
            strangers=tuple(self.strangers.items()),
            boxes=tuple((k, *v) for k, v in self.boxes.items() if v is not None),
            faces_gone=tuple(k for k, v in self.boxes.items() if v is None),
        )

    @classmethod
    def of_restore(cls, restore: Restore) -> Rows:
        """The rows that a `Restore` stands for."""
        rows = cls({face: (p, bool(h), s, c) for face, p, h, s, c in restore.faces})
        rows.persons |= dict.fromkeys(restore.persons_gone)
        rows.persons |= {person: (name, cover) for person, name, cover in restore.persons}
        rows.links |= {pair(a, b): None for a, b in restore.links_gone}
        rows.links |= {pair(a, b): (bool(must), why) for a, b, must, why in restore.links}
        rows.strangers = {face: None if said is None else bool(said) for face, said in restore.strangers}
        rows.boxes |= dict.fromkeys(restore.faces_gone)
        rows.boxes |= {face: _box(*row) for face, *row in restore.boxes}
        return rows


def _box(*row: Any) -> BoxRow:
    photo, x, y, w, h, landmarks, score, quality, drawn, vectors = row
    return (photo, x, y, w, h, landmarks, score, quality, bool(drawn), tuple((model, vector) for model, vector in vectors))


def pair(a: int, b: int) -> Pair:
    """A link's key: the lower face first."""
    return (a, b) if a < b else (b, a)


def read(db: Database, keys: Rows) -> Rows:
    """The rows with these keys as they are now; faces that do not exist are left out."""
    faces = read_faces(db, keys.faces)
    persons: dict[int, PersonRow | None] = dict.fromkeys(keys.persons)
    persons |= read_persons(db, keys.persons)
    links: dict[Pair, LinkRow | None] = dict.fromkeys(keys.links)
    links |= {k: v for k, v in read_links(db, chain.from_iterable(keys.links)).items() if k in links}
    strangers: dict[int, bool | None] = dict.fromkeys(keys.strangers)
    sql = "SELECT face, stranger FROM strangers WHERE face IN (SELECT value FROM json_each(?))"
    strangers |= {i: bool(said) for i, said in db.rows(sql, ids_json(strangers))}
    boxes: dict[int, BoxRow | None] = dict.fromkeys(keys.boxes)
    boxes |= read_boxes(db, boxes)
    return Rows(faces, persons, links, strangers, boxes)


def read_faces(db: Database, ids: Iterable[int]) -> dict[int, FaceRow]:
    """Faces by id."""
    sql = "SELECT id, person, by_hand, state, confidence FROM faces WHERE id IN (SELECT value FROM json_each(?))"
    return {i: (person, bool(hand), state, sure) for i, person, hand, state, sure in db.rows(sql, ids_json(ids))}


def read_persons(db: Database, ids: Iterable[int]) -> dict[int, PersonRow]:
    """Persons by id."""
    sql = "SELECT id, name, cover_face FROM persons WHERE id IN (SELECT value FROM json_each(?))"
    return {i: (name, cover) for i, name, cover in db.rows(sql, ids_json(ids))}


def read_links(db: Database, faces: Iterable[int]) -> dict[Pair, LinkRow]:
    """All links that touch any of the faces."""
    ids = ids_json(set(faces))
    if ids == "[]":
        return {}
    sql = """
        SELECT face_a, face_b, must, why FROM links WHERE face_a IN (SELECT value FROM json_each(?1))
        UNION SELECT face_a, face_b, must, why FROM links WHERE face_b IN (SELECT value FROM json_each(?1))
    """
    return {(a, b): (bool(must), why) for a, b, must, why in db.rows(sql, ids)}


def write(db: Database, rows: Rows) -> None:
    """Make these rows so; what is not there yet is made, and what shall not be is removed."""
    kept = [(i, *row) for i, row in rows.persons.items() if row is not None]
    db.run_many(
        "INSERT INTO persons (id, name, cover_face) VALUES (?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, cover_face = excluded.cover_face",
        kept,
    )
    photos = photos_of(db, rows.boxes)
    write_boxes(db, rows.boxes)
    db.run_many(
        "UPDATE faces SET person = ?, by_hand = ?, state = ?, confidence = ? WHERE id = ?",
        [(*row, i) for i, row in rows.faces.items()],
    )
    db.run_many("DELETE FROM persons WHERE id = ?", [(i,) for i, row in rows.persons.items() if row is None])
    db.run_many("DELETE FROM links WHERE face_a = ? AND face_b = ?", [k for k, row in rows.links.items() if row is None])
    db.run_many(
        "INSERT OR REPLACE INTO links (face_a, face_b, must, why) VALUES (?, ?, ?, ?)",
        [(*k, *row) for k, row in rows.links.items() if row is not None],
    )
    db.run_many("DELETE FROM strangers WHERE face = ?", [(i,) for i, said in rows.strangers.items() if said is None])
    db.run_many(
        "INSERT OR REPLACE INTO strangers (face, stranger) VALUES (?, ?)",
        [(i, said) for i, said in rows.strangers.items() if said is not None],
    )
    if rows.boxes:
        remove_faces(db, rows.boxes)
        note_prominence(db, photos)
