"""A library file is refused with a sentence, brought up to date with a copy, and whole after a crash."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from library_scenes import decided, fill, group, scanned_photo
from sqlite_utils import Migrations

from photoclust.core.edits import RenamePerson
from photoclust.core.errors import UserError
from photoclust.library import database, migrations
from photoclust.library.database import Database
from photoclust.library.library import Library


def test_a_missing_library_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.photoclust"
    with Library.open(path) as library:
        assert library.path == path
    assert path.is_file()


def test_a_missing_library_is_refused_when_none_shall_be_made(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no library at"):
        Library.open(tmp_path / "none.photoclust", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        Library.open(tmp_path)


def test_a_library_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="cannot be used"):
        Library.open(tmp_path / "file" / "a.photoclust")


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.write_bytes(b"Dear diary, " * 200)
    with pytest.raises(UserError, match="is not a photoclust library"):
        Library.open(path)
    assert path.read_bytes() == b"Dear diary, " * 200


def test_another_programs_database_is_refused_and_left_alone(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE albums (id INTEGER PRIMARY KEY)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(UserError, match="is not a photoclust library"):
        Library.open(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_library_only_when_one_may_be_made(path: Path) -> None:
    path.touch()
    with pytest.raises(UserError, match="is not a photoclust library"):
        Library.open(path, create=False)
    with Library.open(path) as library:
        assert library.counts().photos == 0


def test_a_newer_library_is_refused_and_left_alone(path: Path) -> None:
    Library.open(path).close()
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {database.SCHEMA_VERSION + 1}")
    newer.close()
    before = path.read_bytes()
    with pytest.raises(UserError, match="newer photoclust"):
        Library.open(path)
    assert path.read_bytes() == before


def test_a_damaged_library_is_refused_or_says_that_it_is_damaged(path: Path, tmp_path: Path) -> None:
    with Library.open(path) as library:
        fill(library, tmp_path, photos=30, faces=3)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(UserError, match="damaged"), Library.open(path) as library:
        library.faces()


def test_the_schema_version_counts_the_migrations(path: Path) -> None:
    Library.open(path).close()
    db = sqlite3.connect(path)
    assert db.execute("SELECT count(*) FROM _sqlite_migrations").fetchone() == (database.SCHEMA_VERSION,)
    assert db.execute("PRAGMA user_version").fetchone() == (database.SCHEMA_VERSION,)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


@pytest.fixture
def next_release(monkeypatch: pytest.MonkeyPatch) -> Migrations:
    """A program with one more migration than this one."""
    newer = Migrations("photoclust")
    for step in (migrations.first_tables, migrations.missing_photos_and_watched_folders):
        newer()(step)
    monkeypatch.setattr(migrations, "MIGRATIONS", newer)
    monkeypatch.setattr(database, "SCHEMA_VERSION", database.SCHEMA_VERSION + 1)
    return newer


def test_an_older_library_is_copied_and_brought_up_to_date(
    path: Path, library: Library, faces: list[int], next_release: Migrations
) -> None:
    group(library, faces[:6])
    before = decided(library)
    library.close()

    @next_release()
    def add_a_column(db: object) -> None:
        db.execute("ALTER TABLE persons ADD COLUMN born TEXT")  # type: ignore[attr-defined]

    with Library.open(path) as updated:
        assert decided(updated) == before
    (copy,) = path.parent.glob("*.before-update-*")
    old = sqlite3.connect(copy)
    assert old.execute("SELECT count(*) FROM faces").fetchone() == (12,)
    assert "born" not in [row[1] for row in old.execute("PRAGMA table_info(persons)")]
    old.close()
    Library.open(path).close()
    assert len(list(path.parent.glob("*.before-update-*"))) == 1, "an up-to-date library is not copied again"


def test_a_migration_that_fails_leaves_the_library_as_it_was(
    path: Path, library: Library, faces: list[int], next_release: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.close()

    @next_release()
    def half_a_migration(db: object) -> None:
        db.execute("DELETE FROM faces")  # type: ignore[attr-defined]
        raise RuntimeError("a bug in the migration")

    with pytest.raises(RuntimeError, match="a bug"):
        Library.open(path)
    monkeypatch.undo()
    with Library.open(path) as again:
        assert sorted(again.face_ids()) == faces


def test_a_full_disk_is_a_sentence_and_changes_nothing(library: Library, tmp_path: Path, faces: list[int]) -> None:
    db = library._db
    pages = db.value("PRAGMA page_count")
    db.rows(f"PRAGMA max_page_count = {pages}")
    many = [scanned_photo(f"more {i}.jpg", range(5)) for i in range(200)]
    with pytest.raises(UserError, match="no room left on the disk"):
        library.save_scanned(library.add_root(tmp_path), many)
    db.rows("PRAGMA max_page_count = 1000000")
    assert library.counts().photos == 4
    library.save_scanned(library.add_root(tmp_path), many)
    assert library.counts().photos == 204


def test_a_library_that_may_not_be_written_is_a_sentence(library: Library, faces: list[int]) -> None:
    group(library, faces[:2])
    library._db.rows("PRAGMA query_only = ON")
    with pytest.raises(UserError, match="cannot be written"):
        library.apply(RenamePerson(1, "Anna"))


def test_a_folder_that_cannot_be_opened_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"cannot be (opened|used)"):
        Database(tmp_path / ("x" * 300) / "a.photoclust")
    with pytest.raises(UserError, match=r"cannot be (opened|used)"):
        Database(tmp_path / ("x" * 300))


def test_a_second_writer_waits_for_the_first(path: Path, library: Library, faces: list[int]) -> None:
    group(library, faces[:2], faces[2:4])
    started = threading.Event()
    done: list[str] = []

    def rename() -> None:
        with Library.open(path) as other:
            started.set()
            other.apply(RenamePerson(2, "Bea"))
            done.append("second")

    thread = threading.Thread(target=rename)
    with library._db.transaction():
        thread.start()
        assert started.wait(10)
        library._db.rows("UPDATE persons SET name = 'Anna' WHERE id = 1")
        done.append("first")
    thread.join()
    assert done == ["first", "second"]
    assert {p.id: p.name for p in library.persons()} == {1: "Anna", 2: "Bea"}


def test_a_writer_that_waits_too_long_says_so(path: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    with Library.open(path) as other, library._db.transaction(), pytest.raises(UserError, match="busy"):
        other.add_root(path.parent)


def test_a_reader_sees_the_library_as_it_was_while_another_writes(path: Path, library: Library, tmp_path: Path) -> None:
    root = library.add_root(tmp_path)
    with Library.open(path) as other, library._db.transaction():
        library._db.rows("INSERT INTO photos (root, relpath, size, mtime_ns) VALUES (?, 'a.jpg', 1, 1)", root)
        assert other.counts().photos == 0


def test_two_programs_may_make_the_same_library_at_once(path: Path) -> None:
    problems: list[BaseException] = []
    barrier = threading.Barrier(4)

    def make() -> None:
        barrier.wait()
        try:
            Library.open(path).close()
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_another_thread_must_open_its_own(library: Library) -> None:
    problems: list[BaseException] = []

    def ask() -> None:
        try:
            library.counts()
        except sqlite3.ProgrammingError as error:
            problems.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert len(problems) == 1


_KILLED = """
import os, sys
from pathlib import Path
from photoclust.core.edits import MergePersons
from photoclust.library import editing
from photoclust.library.library import Library

library = Library.open(Path(sys.argv[1]))
library.apply(MergePersons((1, 2), 1))
write = editing.write
def write_and_die(db, rows):
    write(db, rows)
    os._exit(9)
editing.write = write_and_die
library.apply(MergePersons((1, 3), 1))
"""


def test_a_program_killed_within_an_edit_leaves_the_last_whole_state(path: Path, library: Library, faces: list[int]) -> None:
    group(library, faces[:2], faces[2:4], faces[4:6])
    library.close()
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(path)], env=env, check=False, timeout=60)
    assert killed.returncode == 9
    with Library.open(path) as again:
        assert {p.id: p.face_count for p in again.persons()} == {1: 4, 3: 2}
        assert again.undo_text() == "Merge an unnamed person into an unnamed person, 2 faces"
        assert again._db.value("PRAGMA integrity_check") == "ok"
        assert again._db.rows("PRAGMA foreign_key_check") == []
        again.undo()
        assert {p.id: p.face_count for p in again.persons()} == {1: 2, 2: 2, 3: 2}


_LEFT_OPEN = """
import os, sys
from pathlib import Path
from photoclust.core.edits import RenamePerson
from photoclust.library.library import Library

library = Library.open(Path(sys.argv[1]))
library._db.rows("PRAGMA wal_autocheckpoint = 0")
for number in range(12):
    library.apply(RenamePerson(1, f"Name {number}"))
os._exit(9)
"""


def test_a_torn_log_of_the_last_edits_costs_at_most_those_edits(path: Path, library: Library, faces: list[int]) -> None:
    group(library, faces[:2], faces[2:4])
    library.close()
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", _LEFT_OPEN, str(path)], env=env, check=False, timeout=60).returncode == 9
    log = path.with_name(path.name + "-wal")
    whole, base = log.read_bytes(), path.read_bytes()
    assert len(whole) > 12 * 4096
    names = set()
    for part in (0, 17, 32, len(whole) // 3, len(whole) // 2, len(whole) - 5000, len(whole) - 1, len(whole)):
        path.write_bytes(base)
        log.write_bytes(whole[:part])
        path.with_name(path.name + "-shm").unlink(missing_ok=True)
        with Library.open(path, create=False) as again:
            assert again._db.value("PRAGMA integrity_check") == "ok"
            assert again._db.rows("PRAGMA foreign_key_check") == []
            person = again.person(1)
            assert person is not None
            names.add(person.name)
            edits = again._db.value("SELECT count(*) FROM edits WHERE text LIKE 'Name%' OR text LIKE 'Rename%'")
            assert person.name == (f"Name {edits - 1}" if edits else ""), "the name and the edit that gave it go together"
    assert names >= {"", "Name 11"}
    assert len(names) > 2


def test_a_library_tells_how_long_it_kept_other_writers_out_at_most(library: Library) -> None:
    before, began = library.longest_write, time.perf_counter()
    with library._db.transaction():
        while time.perf_counter() - began < 2 * before + 1e-3:
            pass
    longest = library.longest_write
    assert 2 * before < longest + 1e-3 < time.perf_counter() - began + 1e-3
    with library._db.transaction():
        pass
    assert library.longest_write == longest


def test_only_what_can_be_scanned_again_does_not_wait_for_the_disk(library: Library) -> None:
    waits = []
    for lasting in (False, True):
        with library._db.transaction(lasting=lasting):
            waits.append(library._db.value("PRAGMA synchronous"))
    assert waits == [1, 2]
