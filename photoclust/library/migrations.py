"""The shape of a library file, one step after another; a step that was released is never changed.

`database.SCHEMA_VERSION` counts the steps.
"""

from __future__ import annotations

from typing import Any

from sqlite_utils import Migrations

MIGRATIONS = Migrations("photoclust")

_TABLES = """
CREATE TABLE roots (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    volume TEXT NOT NULL DEFAULT ''
);
CREATE TABLE photos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    root INTEGER NOT NULL REFERENCES roots(id),
    relpath TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    hash TEXT,
    taken_at REAL,
    width INTEGER NOT NULL DEFAULT 0,
    height INTEGER NOT NULL DEFAULT 0,
    orientation INTEGER NOT NULL DEFAULT 1,
    scanned_by TEXT,
    error TEXT,
    UNIQUE (root, relpath)
);
CREATE INDEX photos_hash ON photos(hash);
CREATE INDEX photos_error ON photos(error) WHERE error IS NOT NULL;
CREATE TABLE persons (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '',
    cover_face INTEGER REFERENCES faces(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX persons_cover ON persons(cover_face) WHERE cover_face IS NOT NULL;
CREATE TABLE faces (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    photo INTEGER NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
    x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL, h REAL NOT NULL,
    landmarks TEXT NOT NULL,
    score REAL NOT NULL,
    quality REAL NOT NULL,
    person INTEGER REFERENCES persons(id) DEFERRABLE INITIALLY DEFERRED,
    by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1) AND (by_hand = 0 OR person IS NOT NULL)),
    state TEXT NOT NULL DEFAULT 'face' CHECK (state IN ('face', 'ignored', 'not-a-face')),
    confidence REAL,
    CHECK (person IS NULL OR state = 'face')
);
CREATE INDEX faces_photo ON faces(photo);
CREATE INDEX faces_person ON faces(person, state, quality DESC, id, photo);
CREATE INDEX faces_by_hand ON faces(person) WHERE by_hand = 1;
CREATE TABLE embeddings (
    face INTEGER NOT NULL REFERENCES faces(id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (face, model)
) WITHOUT ROWID;
CREATE TABLE links (
    face_a INTEGER NOT NULL REFERENCES faces(id) ON DELETE CASCADE,
    face_b INTEGER NOT NULL REFERENCES faces(id) ON DELETE CASCADE,
    must INTEGER NOT NULL CHECK (must IN (0, 1)),
    why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (face_a, face_b),
    CHECK (face_a < face_b)
) WITHOUT ROWID;
CREATE INDEX links_b ON links(face_b);
CREATE TABLE edits (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    edit TEXT NOT NULL,
    inverse TEXT NOT NULL,
    redo TEXT,
    text TEXT NOT NULL,
    at REAL NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX edits_undone ON edits(undone, id);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    engine TEXT NOT NULL,
    options TEXT NOT NULL,
    seed INTEGER NOT NULL,
    measures TEXT NOT NULL,
    at REAL NOT NULL
)
"""

_MISSING = """
ALTER TABLE photos ADD COLUMN missing INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1));
UPDATE photos SET missing = 1, error = NULL WHERE error = 'The file is gone.';
CREATE INDEX photos_missing ON photos(id) WHERE missing = 1;
ALTER TABLE roots ADD COLUMN watched INTEGER NOT NULL DEFAULT 1 CHECK (watched IN (0, 1));
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID
"""


_STRANGERS = """
ALTER TABLE faces ADD COLUMN prominence REAL;
CREATE INDEX faces_background ON faces(person, state, photo) WHERE prominence < 0.7;
CREATE TABLE strangers (
    face INTEGER PRIMARY KEY REFERENCES faces(id) ON DELETE CASCADE,
    stranger INTEGER NOT NULL CHECK (stranger IN (0, 1))
)
"""

_DRAWN = """
ALTER TABLE faces ADD COLUMN drawn INTEGER NOT NULL DEFAULT 0 CHECK (drawn IN (0, 1));
CREATE INDEX faces_drawn ON faces(id) WHERE drawn = 1
"""


@MIGRATIONS()  # type: ignore[untyped-decorator]
def first_tables(db: Any) -> None:
    """Everything a library of the first release knows."""
    for statement in _TABLES.split(";\n"):
        db.execute(statement)


@MIGRATIONS()  # type: ignore[untyped-decorator]
def missing_photos_and_watched_folders(db: Any) -> None:
    """A photo whose file is gone is missing, which is no error; a folder can be watched; the library has settings."""
    for statement in _MISSING.split(";\n"):
        db.execute(statement)


@MIGRATIONS()  # type: ignore[untyped-decorator]
def strangers(db: Any) -> None:
    """Faces know how prominent they are in their photo, and the user can say that they are, or are not, a stranger's."""
    from photoclust.library.prominence import SET_PROMINENCE, SIZED_FACES, relative_prominences

    for statement in _STRANGERS.split(";\n"):
        db.execute(statement)
    db.conn.executemany(SET_PROMINENCE, relative_prominences(db.execute(SIZED_FACES.format(some="")).fetchall()))


@MIGRATIONS()  # type: ignore[untyped-decorator]
def drawn_faces(db: Any) -> None:
    """A face may have been drawn by hand, or its box changed, which no scan takes back."""
    for statement in _DRAWN.split(";\n"):
        db.execute(statement)


@MIGRATIONS()  # type: ignore[untyped-decorator]
def texts_that_can_be_translated(db: Any) -> None:
    """The text of an edit also as what it was made of (`Said.to_json`); none of those of earlier edits is known."""
    db.execute("ALTER TABLE edits ADD COLUMN said TEXT")


@MIGRATIONS()  # type: ignore[untyped-decorator]
def what_history_tells(db: Any) -> None:
    """What is told of edits can be read without the edits themselves, which may be very long."""
    db.execute("DROP INDEX edits_undone")
    db.execute("CREATE INDEX edits_told ON edits(undone, id, text, said, at)")
