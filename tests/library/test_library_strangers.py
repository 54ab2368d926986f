"""A library from a stranger does nothing: what could run in it keeps it from being opened, and its paths stay paths."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from library_scenes import fill, group

from photoclust.core.edits import RenamePerson
from photoclust.core.errors import UserError
from photoclust.library.library import Library


@pytest.fixture
def grouped(path: Path, tmp_path: Path) -> Path:
    with Library.open(path) as library:
        group(library, fill(library, tmp_path, photos=4, faces=3)[:2])
    return path


def prepare(path: Path, sql: str) -> None:
    """What a stranger does to a library."""
    db = sqlite3.connect(path)
    db.executescript(sql)
    db.close()


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("CREATE TRIGGER evil AFTER UPDATE ON persons BEGIN DELETE FROM faces; END", "trigger “evil”"),
        ("DROP TABLE runs; CREATE VIEW runs AS SELECT 1 AS id", "view “runs”"),
        ("CREATE VIRTUAL TABLE evil USING fts5(x)", "table “evil”"),
        ("ALTER TABLE persons ADD COLUMN born TEXT AS (upper(name)) VIRTUAL", "computed column “born”"),
        ("CREATE INDEX evil ON persons(upper(name))", "computed index “evil”"),
    ],
)
@pytest.mark.parametrize("reading", [False, True])
def test_a_library_that_would_run_something_is_refused_and_left_alone(grouped: Path, sql: str, told: str, reading: bool) -> None:
    prepare(grouped, sql)
    before = grouped.read_bytes()
    with pytest.raises(UserError, match=f"contains a {told}"):
        Library.open(grouped, reading=reading)
    assert grouped.read_bytes() == before


def test_an_old_library_that_would_run_something_is_not_brought_up_to_date(path: Path) -> None:
    old = (Path(__file__).parent / "schema_1.sql").read_text()
    prepare(path, f"{old};CREATE TRIGGER evil AFTER UPDATE ON photos BEGIN DELETE FROM faces; END")
    before = path.read_bytes()
    with pytest.raises(UserError, match="trigger “evil”"):
        Library.open(path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*before-update*"))


def test_functions_in_a_strangers_schema_cannot_reach_outside_the_file(grouped: Path) -> None:
    prepare(
        grouped,
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'name TEXT NOT NULL DEFAULT ''''',"
        " 'name TEXT NOT NULL DEFAULT '''' CHECK (load_extension(''/tmp/evil'') IS NULL)') WHERE name = 'persons'",
    )
    with Library.open(grouped) as library:
        assert "load_extension" in library._db.value("SELECT sql FROM sqlite_schema WHERE name = 'persons'")
        with pytest.raises(sqlite3.OperationalError, match=r"not authorized|unsafe use"):
            library.apply(RenamePerson(1, "Anna"))
