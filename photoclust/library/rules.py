"""What holds in every whole library, how to find where it does not, and how to mend it without losing a decision unsaid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np

from photoclust.core.edits import Restore, from_json
from photoclust.library.database import Database, ids_json
from photoclust.library.rows import Rows


@dataclass(frozen=True, slots=True)
class Rule:
    """`find` counts what breaks it; `mend` (None: cannot be) makes it hold and returns what was lost, as sentences."""

    noun: str
    phrase: str
    find: Callable[[Database], int]
    mend: Callable[[Database], list[str]] | None

    def words(self, count: int) -> str:
        """What is wrong, as "3 faces without a photo"."""
        return f"{count:,} {self.noun}{'' if count == 1 else 's'} {self.phrase}"


_LOOK_AGAIN = "UPDATE photos SET scanned_by = NULL WHERE id IN (SELECT photo FROM faces WHERE {where})"
_NO_NUMBER = "typeof({0}) NOT IN ('real', 'integer') OR abs({0}) > 1e9"
_BOX = " OR ".join(["w <= 0", "h <= 0", *(_NO_NUMBER.format(c) for c in ("x", "y", "w", "h", "score", "quality"))])
_POINTS = "CASE WHEN json_valid(landmarks) THEN json_array_length(landmarks) <> 5 ELSE 1 END"
_MIDDLE = ", ".join(["json_array(x + w / 2, y + h / 2)"] * 5)
_NO_FACE = "NOT IN (SELECT id FROM faces)"
_LOST_LINK = f"face_a {_NO_FACE} OR face_b {_NO_FACE} OR face_a = face_b OR must NOT IN (0, 1)"


def _rows(noun: str, phrase: str, table: str, where: str, *mends: str, loses: str = "", decided: bool = False) -> Rule:
    """A rule about the rows of one table; `loses` says what mending costs, `decided` that it may cost decisions about faces."""

    def find(db: Database) -> int:
        return int(db.value(f"SELECT count(*) FROM {table} WHERE {where}"))

    def mend(db: Database) -> list[str]:
        lost = [f"{loses[0].upper()}{loses[1:]}: {rule.words(find(db))}."] if loses else []
        if decided:
            lost += decisions_about(db, where)
        for sql in mends:
            db.rows(sql.format(where=where))
        return lost

    rule = Rule(noun, phrase, find, mend)
    return rule


def decisions_about(db: Database, where: str) -> list[str]:
    """What the user has decided about these faces, a sentence each."""
    rows = db.rows(
        "SELECT f.id, p.name, f.by_hand, f.state, coalesce(r.relpath, 'a lost photo') FROM faces f "
        "LEFT JOIN persons p ON p.id = f.person LEFT JOIN photos r ON r.id = f.photo "
        f"WHERE f.id IN (SELECT id FROM faces WHERE {where}) AND (f.by_hand <> 0 OR f.state <> 'face' OR p.name <> '')"
    )
    said = []
    for face, name, by_hand, state, photo in rows:
        what = state.replace("-", " ") if state != "face" else f"{'placed by hand with' if by_hand else 'with'} “{name or '–'}”"
        said.append(f"Face {face} in {photo}: {what}.")
    return said


def _twice(db: Database) -> list[int]:
    """Photos whose place another photo has too; the first that was known keeps it."""
    places = db.rows("SELECT p.id, r.path, p.relpath FROM photos p NOT INDEXED JOIN roots r ON r.id = p.root ORDER BY p.id")
    seen: set[str] = set()
    again = []
    for photo, root, relpath in places:
        place = f"{_text(root).rstrip('/')}/{_text(relpath)}"
        again += [photo] if place in seen else []
        seen.add(place)
    return again


def _set_apart(db: Database) -> list[str]:
    for photo in _twice(db):
        db.rows("UPDATE photos SET relpath = relpath || ' (earlier ' || id || ')', missing = 1 WHERE id = ?", photo)
    return []


def _outside(db: Database) -> int:
    paths = (PurePosixPath(_text(relpath)) for (relpath,) in db.rows("SELECT relpath FROM photos"))
    return sum(path.is_absolute() or ".." in path.parts for path in paths)


def _broken_vectors(db: Database) -> list[tuple[int, str]]:
    """Vectors (face, model) that are not as long as most of their model, or hold what is no number."""
    lengths = "SELECT model, n, max(c) FROM (SELECT model, length(vector) n, count(*) c FROM embeddings GROUP BY 1, 2) GROUP BY 1"
    broken = []
    for model, length, _ in db.rows(lengths):
        for face, vector in db.rows("SELECT face, vector FROM embeddings WHERE model = ?", model):
            whole = isinstance(vector, bytes) and len(vector) == length and length > 0 and length % 2 == 0
            if not whole or not np.isfinite(np.frombuffer(vector, np.float16)).all():
                broken.append((face, model))
    return broken


def _drop_vectors(db: Database) -> list[str]:
    broken = _broken_vectors(db)
    db.run_many("DELETE FROM embeddings WHERE face = ? AND model = ?", broken)
    where = "id IN (SELECT value FROM json_each(?))"
    db.rows(_LOOK_AGAIN.format(where=where), ids_json(face for face, _ in broken))
    return []


def _unreadable_edits(db: Database) -> list[int]:
    rows = db.rows("SELECT id, edit, inverse, redo FROM edits")
    return [i for i, *log in rows if not (_reads(log[0]) and _restores(log[1]) and (log[2] is None or _restores(log[2])))]


def _reads(edit: str) -> bool:
    try:
        from_json(edit)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return False
    return True


def _restores(edit: str) -> bool:
    try:
        restore = from_json(edit)
        return isinstance(restore, Restore) and Rows.of_restore(restore) is not None
    except (ValueError, TypeError, AttributeError, RecursionError):
        return False


def _drop_edits(db: Database) -> list[str]:
    """One cannot step over an edit: with it go those that lie behind it."""
    lost = 0
    for edit in _unreadable_edits(db):
        undone = db.value("SELECT undone FROM edits WHERE id = ?", edit)
        if undone is not None:
            beyond = "id >= ? AND undone <> 0" if undone else "id <= ? AND undone = 0"
            lost += len(db.rows(f"DELETE FROM edits WHERE {beyond} RETURNING id", edit))
    return [f"{lost} edits stay as they are, but can no longer be undone or done again."]


def _text(path: str | bytes) -> str:
    return path if isinstance(path, str) else path.decode("utf-8", "surrogateescape")


RULES = (
    _rows(
        "photo", "in a folder that is not known", "photos", "root NOT IN (SELECT id FROM roots)",
        "INSERT INTO roots (id, path) SELECT DISTINCT root, '/lost folder ' || root FROM photos WHERE {where}",
        loses="where they lie",
    ),
    Rule("photo", "at a place that another photo has too", lambda db: len(_twice(db)), _set_apart),
    Rule("photo", "whose path leads out of its folder", _outside, None),
    _rows(
        "photo", "whose size or time cannot be read", "photos",
        " OR ".join(f"typeof({c}) <> 'integer'" for c in ("size", "mtime_ns", "width", "height", "orientation")),
        "UPDATE photos SET size = 0, mtime_ns = 0, width = 0, height = 0, orientation = 1, scanned_by = NULL WHERE {where}",
    ),
    _rows(
        "face", "without a photo", "faces", "photo NOT IN (SELECT id FROM photos)", "DELETE FROM faces WHERE {where}",
        decided=True,
    ),
    _rows(
        "face", "whose place in the photo cannot be read", "faces", _BOX, _LOOK_AGAIN, "DELETE FROM faces WHERE {where}",
        decided=True,
    ),
    _rows(
        "face", "whose eyes and mouth cannot be read", "faces", _POINTS, _LOOK_AGAIN,
        f"UPDATE faces SET landmarks = json_array({_MIDDLE}) WHERE {{where}}",
    ),
    _rows(
        "face", "of a person who is not known", "faces", "person IS NOT NULL AND person NOT IN (SELECT id FROM persons)",
        "INSERT INTO persons (id) SELECT DISTINCT person FROM faces WHERE {where}",
        loses="the name of their person, if there was one",
    ),
    _rows(
        "face", "neither here nor put aside", "faces", "state NOT IN ('face', 'ignored', 'not-a-face')",
        "UPDATE faces SET state = 'face' WHERE {where}", loses="whether they were put aside",
    ),
    _rows(
        "face", "neither found nor drawn", "faces", "drawn NOT IN (0, 1)", "UPDATE faces SET drawn = 1 WHERE {where}",
    ),
    _rows(
        "face", "confirmed with nobody", "faces", "by_hand NOT IN (0, 1) OR (by_hand = 1 AND person IS NULL)",
        "UPDATE faces SET by_hand = (by_hand <> 0 AND person IS NOT NULL) WHERE {where}", loses="with whom they were confirmed",
    ),
    _rows(
        "face", "both put aside and with a person", "faces", "person IS NOT NULL AND state <> 'face'",
        "UPDATE faces SET person = NULL, by_hand = 0 WHERE {where}", loses="with whom they were",
    ),
    _rows(
        "link", "between faces that are not there", "links", _LOST_LINK, "DELETE FROM links WHERE {where}",
        loses="what was said about pairs of faces",
    ),
    _rows(
        "link", "written the wrong way round", "links", "face_a > face_b",
        "INSERT OR IGNORE INTO links (face_a, face_b, must, why) SELECT face_b, face_a, must, why FROM links WHERE {where}",
        "DELETE FROM links WHERE {where}",
    ),
    _rows(
        "word", "about a stranger whose face is not there", "strangers", f"face {_NO_FACE}",
        "DELETE FROM strangers WHERE {where}",
    ),
    _rows(
        "person", "whose cover is not there", "persons", "cover_face IS NOT NULL AND cover_face NOT IN (SELECT id FROM faces)",
        "UPDATE persons SET cover_face = NULL WHERE {where}", loses="which cover was chosen",
    ),
    _rows(
        "person", "with neither a name nor a face", "persons",
        "name = '' AND NOT EXISTS (SELECT 1 FROM faces WHERE person = persons.id)", "DELETE FROM persons WHERE {where}",
    ),
    _rows(
        "description", "without a face", "embeddings", f"face {_NO_FACE}", "DELETE FROM embeddings WHERE {where}",
    ),
    Rule("face", "whose description cannot be read", lambda db: len(_broken_vectors(db)), _drop_vectors),
    Rule("edit", "that cannot be read", lambda db: len(_unreadable_edits(db)), _drop_edits),
)  # fmt: skip
"""In the order in which they are mended: later ones see what earlier ones have left."""
