"""Copies of a library are whole, few, made once a day, and brought back only when somebody asks."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from library_scenes import decided, fill, group

from photoclust.core.edits import RenamePerson
from photoclust.core.errors import UserError
from photoclust.library import backups
from photoclust.library.backups import back_up, is_whole, restore
from photoclust.library.failures import DamagedLibrary
from photoclust.library.library import Library
from photoclust.library.places import backups_of

DAY = 24 * 3600


@pytest.fixture
def filled(path: Path, tmp_path: Path) -> Path:
    with Library.open(path) as library:
        group(library, fill(library, tmp_path, photos=30, faces=3)[:2])
    return path


def rename(path: Path, name: str) -> None:
    with Library.open(path) as library:
        library.apply(RenamePerson(1, name))


def test_a_backup_is_made_once_a_day_if_something_has_changed_and_two_stay(filled: Path) -> None:
    now = time.time()
    first = back_up(filled, now)
    assert first is not None
    assert is_whole(first)
    rename(filled, "Anna")
    assert back_up(filled, now + DAY - 60) is None, "not yet a day"
    os.utime(filled, (now - 5, now - 5))
    assert back_up(filled, now + 2 * DAY) is None, "nothing has changed"
    made = [first]
    for day in (2, 4, 6):
        os.utime(filled, (now + day * DAY, now + day * DAY))
        copy = back_up(filled, now + day * DAY)
        assert copy is not None
        made.append(copy)
    assert backups_of(filled) == [made[3], made[2]]


def test_a_backup_is_made_while_the_library_is_open_and_written_to(filled: Path, tmp_path: Path) -> None:
    with Library.open(filled) as library:
        library._db.rows("PRAGMA wal_autocheckpoint = 0")
        library.apply(RenamePerson(1, "Anna"))
        before = decided(library)
        with library._db.transaction():
            library._db.rows("UPDATE persons SET name = 'Half an edit'")
            copy = back_up(filled)
    assert copy is not None
    with Library.open(copy, reading=True) as opened:
        assert decided(opened) == before


def test_a_clock_that_went_backwards_keeps_nobody_from_backups(filled: Path) -> None:
    now = time.time()
    assert back_up(filled, now + 1000 * DAY)
    os.utime(filled, (now - 5, now - 5))  # written to since, by the right clock
    made = back_up(filled, now)
    assert made is not None
    assert back_up(filled, now + 60) is None, "once a day, as always"
    os.utime(filled, (now + 2 * DAY, now + 2 * DAY))
    assert back_up(filled, now + 2 * DAY + 5)
    assert len(backups_of(filled)) == 2


def test_a_damaged_library_pushes_no_backup_out(filled: Path) -> None:
    now = time.time()
    back_up(filled, now)
    good = {p: p.read_bytes() for p in backups_of(filled)}
    content = bytearray(filled.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    filled.write_bytes(content)
    os.utime(filled, (now + 3 * DAY,) * 2)
    with pytest.raises(DamagedLibrary):
        back_up(filled, now + 3 * DAY)
    assert {p: p.read_bytes() for p in backups_of(filled)} == good
    assert not list(filled.parent.glob(".*"))


@pytest.mark.parametrize("left", [0, 1, 60, 4096, 20_000, -4096])
def test_a_truncated_library_says_so_and_comes_back_only_when_asked(filled: Path, left: int) -> None:
    with Library.open(filled) as library:
        before = decided(library)
    assert back_up(filled)
    whole = filled.read_bytes()
    torn = whole[:left]
    filled.write_bytes(torn)
    with pytest.raises(DamagedLibrary, match=r"is damaged.*--restore brings back test\.backup-"):
        Library.open(filled)
    assert filled.read_bytes() == torn, "nothing is done without being asked"
    done = restore(filled)
    with Library.open(filled) as library:
        assert decided(library) == before
    assert done.damaged is not None
    assert done.damaged.read_bytes() == torn
    assert done.backup.exists()


def test_a_log_that_belonged_to_the_damaged_file_is_not_read_into_the_backup(filled: Path) -> None:
    back_up(filled)
    with Library.open(filled) as library:
        library._db.rows("PRAGMA wal_autocheckpoint = 0")
        library.apply(RenamePerson(1, "Later"))
        log = filled.with_name(f"{filled.name}-wal").read_bytes()
    filled.write_bytes(filled.read_bytes()[:5000])
    filled.with_name(f"{filled.name}-wal").write_bytes(log)
    done = restore(filled)
    assert done.damaged is not None
    assert done.damaged.with_name(f"{done.damaged.name}-wal").read_bytes() == log
    with Library.open(filled) as library:
        assert library.person(1).name == ""  # type: ignore[union-attr]


def test_the_newest_backup_that_is_whole_is_brought_back(filled: Path) -> None:
    now = time.time()
    rename(filled, "Older")
    back_up(filled, now - 3 * DAY)
    rename(filled, "Newer")
    newest = back_up(filled, now)
    assert newest is not None
    newest.write_bytes(newest.read_bytes()[:9000])
    filled.write_bytes(b"")
    restore(filled)
    with Library.open(filled) as library:
        assert library.find_persons("Older")


def test_without_a_whole_backup_nothing_is_touched(filled: Path) -> None:
    filled.write_bytes(b"gone")
    with pytest.raises(UserError, match="no whole backup"):
        restore(filled)
    assert filled.read_bytes() == b"gone"


def test_a_restoring_killed_at_any_step_leaves_a_library_or_a_damaged_file_and_the_backup(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(filled)
    torn = filled.read_bytes()[:5000]
    filled.write_bytes(torn)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    for owner, name in ((backups.shutil, "copyfile"), (backups, "_to_disk"), (backups, "_keep"), (Path, "replace")):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, die)
            with pytest.raises(KeyboardInterrupt):
                restore(filled)
        assert filled.read_bytes() == torn
        assert backups.good_backup(filled)
    restore(filled)
    Library.open(filled).close()
