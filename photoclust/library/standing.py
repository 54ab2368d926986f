"""How a library stands, in one word, so that what was worked out for it is never written to another state of it."""

from __future__ import annotations

import hashlib

from photoclust.core.edits import Edit
from photoclust.library import editing
from photoclust.library.editing import Applied
from photoclust.library.questions import Questions

_ASKED = (
    "SELECT id, photo, person, by_hand, state FROM faces ORDER BY id",
    "SELECT id, name FROM persons ORDER BY id",
    "SELECT face_a, face_b, must FROM links ORDER BY face_a, face_b",
    "SELECT id, mtime_ns, missing FROM photos ORDER BY id",
    "SELECT name, value FROM settings ORDER BY name",
)


def standing(library: Questions) -> str:
    """A digest of all that a grouping depends on; it is the same again after an edit and its undo."""
    digest = hashlib.blake2b(digest_size=16)
    for sql in _ASKED:
        for row in library._db.rows(sql):
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
        digest.update(b";")
    return digest.hexdigest()


def apply_if_standing(library: Questions, edit: Edit, stood: str) -> Applied | None:
    """Apply an edit to a library that stands as it stood, in one transaction; None, and nothing done, if it does not."""
    with library._db.transaction():
        return editing.apply_within(library._db, edit) if standing(library) == stood else None
