"""Everything one can ask a library; nothing here writes."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from types import EllipsisType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photoclust.core.certainty import UNSURE
from photoclust.core.names import name_key
from photoclust.core.types import Box, Face, FaceState, Person, Photo, Root
from photoclust.library.database import Database, ids_json

Ints = NDArray[np.int64]

EMBEDDING_SETTING = "embedding"
"""Names the model whose vectors are grouped; there is none before the first import has ended."""

_PHOTO = """
    SELECT p.id, r.path, p.relpath, p.size, p.mtime_ns, p.hash, p.taken_at, p.width, p.height, p.orientation,
           p.scanned_by, p.error, p.missing
    FROM photos p JOIN roots r ON r.id = p.root
"""
_FACE = "SELECT id, photo, x, y, w, h, landmarks, score, quality, person, by_hand, state, confidence, drawn FROM faces"
# a face with a person is in state FACE: the table has a check for that
_PERSON = """
    SELECT p.id, p.name,
           coalesce((SELECT id FROM faces WHERE id = p.cover_face AND {here}),
                    (SELECT id FROM faces WHERE person = p.id AND state = 'face' AND {here} ORDER BY quality DESC, id LIMIT 1)),
           coalesce(c.faces, 0) AS size, coalesce(c.photos, 0), coalesce(u.faces, 0)
    FROM persons p LEFT JOIN (
        SELECT person, count(*) AS faces, count(DISTINCT photo) AS photos
        FROM faces WHERE {faces} AND {here} GROUP BY person
    ) c ON c.person = p.id LEFT JOIN (
        SELECT person, count(*) AS faces FROM faces {scan}
        WHERE {faces} AND by_hand = 0 AND coalesce(confidence, 0) < {unsure} AND {here} GROUP BY person
    ) u ON u.person = p.id WHERE (p.name <> '' OR c.faces > 0)
"""
_HERE = "photo NOT IN (SELECT id FROM photos WHERE missing = 1)"
_GROUPED = """model = ? AND face NOT IN (SELECT id FROM faces WHERE person IS NULL AND state <> 'face')
    AND face NOT IN (SELECT f.id FROM photos p JOIN faces f ON f.photo = p.id WHERE p.missing = 1)"""
_IN = " IN (SELECT value FROM json_each(?))"
_PINNED = """
    SELECT f.id, f.person FROM persons p JOIN faces f ON f.person = p.id WHERE p.name <> ''
    UNION SELECT id, person FROM faces WHERE by_hand = 1 AND person IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of everything there is."""

    photos: int
    faces: int
    """Faces that are neither ignored nor "not a face"."""
    persons: int
    nobody: int
    """Faces among `faces` that belong to no person."""
    ignored: int
    not_faces: int
    errors: int
    """Photos that could not be read."""
    missing: int = 0
    """Photos whose files are not there; they, their faces and persons who have no other face are in no other number."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the user has decided, as row numbers into the faces that were asked about; contradictions are settled.

    `anchors` (n,) is a person's id for a face that is law and −1 for a free one; `must` and `cannot` are (m, 2).
    """

    anchors: Ints
    must: Ints
    cannot: Ints


class Questions:
    """What a library knows, in the words of `core.types`."""

    def __init__(self, db: Database) -> None:
        """Ask the given file."""
        self._db = db

    def roots(self) -> list[Path]:
        """The folders that were scanned, in the order they were added."""
        return [Path(os.fsdecode(path)) for (path,) in self._db.rows("SELECT path FROM roots ORDER BY id")]

    def root_rows(self) -> list[Root]:
        """The folders that were scanned with what is known of them, in the order they were added."""
        rows = self._db.rows("SELECT id, path, volume, watched FROM roots ORDER BY id")
        return [Root(i, Path(os.fsdecode(path)), os.fsdecode(volume), bool(watched)) for i, path, volume, watched in rows]

    def photos(self, ids: Collection[int] | None = None) -> list[Photo]:
        """All photos, or those of the ids that exist, by id."""
        if ids is None:
            return _photos(self._db.rows(_PHOTO + "ORDER BY p.id"))
        return _photos(self._db.rows(_PHOTO + f"WHERE p.id{_IN} ORDER BY p.id", ids_json(ids)))

    def photos_per_root(self) -> dict[int, int]:
        """How many photos are there, by root; roots without any are left out."""
        return dict(self._db.rows("SELECT root, count(*) FROM photos WHERE missing = 0 GROUP BY root"))

    def photos_below(self, folder: Path) -> list[Photo]:
        """The photos that are there, in a folder and all folders in it, by id."""
        inside = os.path.join(folder, "")  # noqa: PTH118 - paths are compared as text: there may be very many
        photos = _photos(self._db.rows(_PHOTO + "WHERE p.missing = 0 ORDER BY p.id"))
        roots = {photo.root: os.path.join(photo.root, "") for photo in photos}  # noqa: PTH118
        return [p for p in photos if (roots[p.root] + p.relpath).startswith(inside)]

    def face_count(self, photo_ids: Collection[int]) -> int:
        """How many faces in every state these photos have."""
        return int(self._db.value(f"SELECT count(*) FROM faces WHERE photo{_IN}", ids_json(photo_ids)))

    def photo(self, photo_id: int) -> Photo | None:
        """One photo, None when it is unknown."""
        return next(iter(self.photos([photo_id])), None)

    def photo_ids(self, face_ids: Collection[int] | None = None) -> list[int]:
        """The photos that could be read and are there, oldest first: all, or those that show any of these faces."""
        sql, parameters = "SELECT id FROM photos WHERE error IS NULL AND missing = 0", []
        if face_ids is not None:
            sql += f" AND id IN (SELECT photo FROM faces WHERE id{_IN})"
            parameters.append(ids_json(face_ids))
        return [i for (i,) in self._db.rows(sql + " ORDER BY taken_at, relpath, id", *parameters)]

    def root_photos(self, root_id: int) -> dict[str, Photo]:
        """The photos under one root by relpath, those with errors and missing ones too."""
        rows = self._db.rows(_PHOTO + "WHERE p.root = ? ORDER BY p.relpath", root_id)
        return {photo.relpath: photo for photo in _photos(rows)}

    def photos_with_hash(self, content_hash: str) -> list[Photo]:
        """The photos with exactly this content, by id: duplicates, or one file that has moved."""
        return _photos(self._db.rows(_PHOTO + "WHERE p.hash = ? ORDER BY p.id", content_hash))

    def photos_of_size(self, sizes: Collection[int]) -> list[Photo]:
        """The photos with one of these sizes in bytes and a known content, by id."""
        return _photos(self._db.rows(_PHOTO + f"WHERE p.hash IS NOT NULL AND p.size{_IN} ORDER BY p.id", ids_json(sizes)))

    def seen_hashes(self, model_id: str) -> set[str]:
        """The contents that these models have looked at."""
        sql = "SELECT hash FROM photos WHERE scanned_by = ? AND hash IS NOT NULL AND error IS NULL"
        return {i for (i,) in self._db.rows(sql, model_id)}

    def errors(self) -> list[Photo]:
        """The photos that could not be read, by root and relpath."""
        return _photos(self._db.rows(_PHOTO + "WHERE p.error IS NOT NULL AND p.missing = 0 ORDER BY r.path, p.relpath"))

    def missing(self) -> list[Photo]:
        """The photos whose files are not there, by root and relpath."""
        return _photos(self._db.rows(_PHOTO + "WHERE p.missing = 1 ORDER BY r.path, p.relpath"))

    def faces(self, ids: Collection[int] | None = None) -> list[Face]:
        """All faces in every state, or those of the ids that exist, by id."""
        if ids is None:
            return [_face(row) for row in self._db.rows(_FACE + " ORDER BY id")]
        return [_face(row) for row in self._db.rows(_FACE + f" WHERE id{_IN} ORDER BY id", ids_json(ids))]

    def face(self, face_id: int) -> Face | None:
        """One face, None when it is unknown."""
        return next(iter(self.faces([face_id])), None)

    def faces_of_photo(self, photo_id: int) -> list[Face]:
        """The faces of one photo in every state, from left to right."""
        return [_face(row) for row in self._db.rows(_FACE + " WHERE photo = ? ORDER BY x, id", photo_id)]

    def face_ids(self, *, person_id: int | EllipsisType | None = ..., state: FaceState = FaceState.FACE) -> list[int]:
        """The faces in a state on photos that are there, best quality first: all, a person's, or (`person_id` None) nobody's."""
        sql = f"SELECT id FROM faces WHERE state = ? AND {_HERE}"
        parameters: list[Any] = [state.value]
        if state is not FaceState.FACE:
            sql += " AND person IS NULL"  # always so, and there is an index for it
        if not isinstance(person_id, EllipsisType):
            sql += " AND person IS ?"
            parameters.append(person_id)
        return [i for (i,) in self._db.rows(sql + " ORDER BY quality DESC, id", *parameters)]

    def persons(self) -> list[Person]:
        """Everybody with a name or a face that is there, biggest first, then by name and id."""
        everybody = _PERSON.format(here=_HERE, faces="person IS NOT NULL", scan="NOT INDEXED", unsure=UNSURE)
        return [Person(*row) for row in self._db.rows(everybody + "ORDER BY size DESC, p.name COLLATE NOCASE, p.id")]

    def person(self, person_id: int) -> Person | None:
        """One person, None when it is unknown or has neither a name nor a face that is there."""
        one = _PERSON.format(here=_HERE, faces="person = ?1", scan="", unsure=UNSURE)
        rows = self._db.rows(one + "AND p.id = ?1", person_id)
        return Person(*rows[0]) if rows else None

    def find_persons(self, name: str) -> list[Person]:
        """The persons of this name, whatever its case and spacing, biggest first; none for an empty name."""
        wanted = name_key(name)
        found = self._db.rows("SELECT id, name FROM persons WHERE name <> ''") if wanted else []
        persons = (self.person(i) for i, other in found if name_key(other) == wanted)
        return sorted((p for p in persons if p is not None), key=lambda p: (-p.face_count, p.id))

    def counts(self) -> Counts:
        """How much of everything there is."""
        # all minus the few, for it is asked after every edit: nothing here looks at every face
        away = "(SELECT count(*) FROM photos p CROSS JOIN faces f ON f.photo = p.id WHERE p.missing = 1 AND {})".format
        nobody = "(SELECT count(*) FROM faces WHERE person IS NULL AND state {})".format
        sql = f"""
            SELECT (SELECT count(*) FROM photos) - (SELECT count(*) FROM photos WHERE missing = 1),
                   (SELECT count(*) FROM faces) - {nobody("<> 'face'")} - {away("f.state = 'face'")},
                   (SELECT count(*) FROM persons p
                    WHERE name <> '' OR EXISTS (SELECT 1 FROM faces WHERE person = p.id AND {_HERE})),
                   {nobody("= 'face'")} - {away("f.person IS NULL AND f.state = 'face'")},
                   {nobody("= 'ignored'")} - {away("f.state = 'ignored'")},
                   {nobody("= 'not-a-face'")} - {away("f.state = 'not-a-face'")},
                   (SELECT count(*) FROM photos WHERE error IS NOT NULL AND missing = 0),
                   (SELECT count(*) FROM photos WHERE missing = 1)
        """
        return Counts(*self._db.rows(sql)[0])

    def last_run(self) -> dict[str, Any]:
        """What was measured when the library was last grouped, and the engine's name as `engine`; empty before that."""
        rows = self._db.rows("SELECT engine, measures FROM runs ORDER BY id DESC LIMIT 1")
        return {**json.loads(rows[0][1]), "engine": rows[0][0]} if rows else {}

    def embeddings(self, model: str | None = None, face_ids: Collection[int] | None = None) -> tuple[Ints, NDArray[np.float32]]:
        """Ids (n,) ascending and unit vectors (n, d) of the faces (of all, or of these) in state FACE on photos that are there.

        Unless a model is named, of the one that has looked at everything (`settle_model`), else of the most used.
        """
        some = () if face_ids is None else (ids_json(face_ids),)
        sql = f"SELECT face, vector FROM embeddings WHERE {_GROUPED}{f' AND face{_IN}' if some else ''} ORDER BY face"
        rows = self._db.rows(sql, self._model() if model is None else model, *some)
        return np.array([i for i, _ in rows], np.int64), unit_vectors([v for _, v in rows])

    def is_grouped(self) -> bool:
        """Whether the last grouping saw as many faces as can be grouped now."""
        last = self._db.value("SELECT json_extract(measures, '$.faces') FROM runs ORDER BY id DESC LIMIT 1")
        return bool(last == self._db.value(f"SELECT count(*) FROM embeddings WHERE {_GROUPED}", self._model()))

    def grouped_faces(self, person_ids: Collection[int] | None = None, face_ids: Collection[int] = ()) -> Ints:
        """(n, 5) of faces in state FACE that are there, by id.

        Id, photo, person (0: nobody), 1 if placed by hand, and thousandths of confidence (−1: nobody guessed).

        Of all, or of those of some persons and those among `face_ids`.
        """
        sql = f"""SELECT id, photo, coalesce(person, 0), by_hand, cast(round(1000 * coalesce(confidence, -0.001)) AS INTEGER)
            FROM faces WHERE state = 'face' AND {_HERE}"""
        if person_ids is None:
            rows = self._db.rows(sql + " ORDER BY id")
        else:
            rows = self._db.rows(sql + f" AND (person{_IN} OR id{_IN}) ORDER BY id", ids_json(person_ids), ids_json(face_ids))
        return np.array(rows, np.int64).reshape(-1, 5)

    def told_apart(self) -> Ints:
        """The pairs (m, 2) of faces that are said to be two persons, the lower first, in rising order."""
        rows = self._db.rows("SELECT face_a, face_b FROM links WHERE must = 0 ORDER BY face_a, face_b")
        return np.array(rows, np.int64).reshape(-1, 2)

    def links(self, among: Collection[int] | None = None) -> list[tuple[int, int, bool]]:
        """All facts (lower face, higher face, must) about pairs of faces, or those about pairs of these faces."""
        some = () if among is None else (ids_json(among),) * 2
        within = f"WHERE face_a{_IN} AND face_b{_IN}" if some else ""
        rows = self._db.rows(f"SELECT face_a, face_b, must FROM links {within} ORDER BY face_a, face_b", *some)
        return [(a, b, bool(must)) for a, b, must in rows]

    def pinned_faces(self) -> dict[int, int]:
        """The person of every face that is law: placed or confirmed by hand, or with a named person."""
        return dict(self._db.rows(_PINNED))

    def persons_of_faces(self) -> dict[int, int]:
        """The person of every face that has one."""
        return dict(self._db.rows("SELECT id, person FROM faces WHERE person IS NOT NULL"))

    def decisions(self, face_ids: Collection[int] | Ints) -> Decisions:
        """What the user has decided about these faces; links to other faces are left out."""
        ids = np.asarray(face_ids if isinstance(face_ids, np.ndarray) else list(face_ids), np.int64)
        row = {int(face): k for k, face in enumerate(ids)}
        pinned = self.pinned_faces()
        anchors = np.array([pinned.get(face, -1) for face in row], np.int64)
        must: list[tuple[int, int]] = []
        cannot: list[tuple[int, int]] = []
        for a, b, is_must in self.links():
            if a not in row or b not in row:
                continue
            i, j = row[a], row[b]
            settled = anchors[i] >= 0 and anchors[j] >= 0 and (anchors[i] == anchors[j]) != is_must
            if not settled:
                (must if is_must else cannot).append((i, j))
        return Decisions(anchors, *(np.array(p, np.int64).reshape(-1, 2) for p in (must, cannot)))

    def _model(self) -> str | None:
        """The model whose vectors are grouped."""
        settled: str | None = self._db.value("SELECT value FROM settings WHERE name = ?", EMBEDDING_SETTING)
        most_used = "SELECT model FROM embeddings GROUP BY model ORDER BY count(*) DESC, model LIMIT 1"
        return settled or self._db.value(most_used)


def path_value(path: str) -> str | bytes:
    """A path as it is kept: text, or the bytes of a file name that is no text."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def unit_vectors(blobs: list[bytes]) -> NDArray[np.float32]:
    """Vectors (n, d) of length 1 from their float16 bytes."""
    if not blobs:
        return np.empty((0, 0), np.float32)
    X = np.frombuffer(b"".join(blobs), np.float16).reshape(len(blobs), -1).astype(np.float32)
    norms = np.sqrt((X * X).sum(axis=1, keepdims=True))
    X /= np.where(norms > 0, norms, 1)
    return X


def _photos(rows: list[Any]) -> list[Photo]:
    roots = {kept: Path(os.fsdecode(kept)) for kept in {row[1] for row in rows}}
    fields = ([i, roots[root], os.fsdecode(relpath), *known, bool(missing)] for i, root, relpath, *known, missing in rows)
    return [Photo(*values) for values in fields]


def _face(row: tuple[Any, ...]) -> Face:
    i, photo, x, y, w, h, landmarks, score, quality, person, by_hand, state, confidence, drawn = row
    points = tuple((px, py) for px, py in json.loads(landmarks))
    box = Box(x, y, w, h)
    return Face(i, photo, box, points, score, quality, person, bool(by_hand), FaceState(state), confidence, bool(drawn))
