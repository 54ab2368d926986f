"""A library is brought elsewhere as a copy that was read again; whatever goes wrong, it stays where it was."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from photoclust.core.edits import RenamePerson
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Status
from photoclust.library import moving
from photoclust.library.backups import is_whole
from photoclust.library.failures import DamagedLibrary
from photoclust.library.library import Library
from photoclust.library.moving import copy_verified, set_aside
from photoclust.library.places import backups_of


class Told:
    """Hears what is told, and cancels at the n-th checkpoint."""

    def __init__(self, stop_at: int = -1) -> None:
        self.phases: list[str] = []
        self._left = stop_at

    def report(self, status: Status) -> None:
        self.phases.append(status.phase)

    def checkpoint(self) -> None:
        if self._left == 0:
            raise Cancelled
        self._left -= 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed library with many roots and settings, of more than a thousand pages."""
    path = tmp_path / "here" / "family.photoclust"
    with Library.open(path) as library:
        library.add_root(tmp_path)
        with library._db.transaction():
            rows = ((f"name-{i}", "x" * 3000) for i in range(3000))
            library._db.run_many("INSERT INTO settings (name, value) VALUES (?, ?)", rows)
    return path


def rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT count(*) FROM settings").fetchone()[0])


def files(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()} if folder.exists() else set()


def test_the_copy_is_whole_and_has_what_only_the_log_has_so_far(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "there" / "deep" / "family.photoclust"
    told = Told()
    with Library.open(path) as library, Library.open(path) as other:
        with other._db.transaction():
            other._db.rows("INSERT INTO settings (name, value) VALUES ('late', 'x')")
        log = path.with_name(path.name + "-wal")
        assert log.stat().st_size > 0
        assert copy_verified(path, target, told) == target
        assert library.roots() == [tmp_path]
    assert rows(target) == rows(path) == 3001
    assert is_whole(target)
    assert files(target.parent) == {"family.photoclust"}
    assert told.phases.count("Copying the library") > 1
    assert told.phases[-1] == "Reading the copy"
    with Library.open(target, create=False) as moved:
        assert not moved.read_only
        assert moved.roots() == [tmp_path]


@pytest.mark.parametrize("stop_at", range(4))
def test_stopped_anywhere_nothing_is_left_there(path: Path, tmp_path: Path, stop_at: int) -> None:
    before = path.read_bytes()
    with pytest.raises(Cancelled):
        copy_verified(path, tmp_path / "there" / "family.photoclust", Told(stop_at))
    assert files(tmp_path / "there") == set()
    assert path.read_bytes() == before


def test_a_file_that_is_there_is_never_written_over(path: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.photoclust"
    there.write_bytes(b"precious")
    with pytest.raises(UserError, match="already a file"):
        copy_verified(path, there)
    assert there.read_bytes() == b"precious"


def test_a_place_that_is_no_folder_is_a_sentence(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match=r"cannot be copied .* It stays where it is"):
        copy_verified(path, tmp_path / "file" / "family.photoclust")


def test_a_copy_that_is_not_as_the_library_is_is_thrown_away(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = moving.copy_library

    def torn(library: Path, copy: Path, told: object) -> None:
        whole(library, copy, told)  # type: ignore[arg-type]
        with closing(sqlite3.connect(copy)) as db:
            db.execute("DELETE FROM settings WHERE name = 'name-7'")
            db.commit()

    monkeypatch.setattr(moving, "copy_library", torn)
    with pytest.raises(UserError, match="is not as the library is"):
        copy_verified(path, tmp_path / "there" / "family.photoclust")
    assert files(tmp_path / "there") == set()


def test_a_damaged_library_is_not_moved(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:20_000] + bytes(200_000) + whole[220_000:])
    with pytest.raises((DamagedLibrary, UserError)):
        copy_verified(path, tmp_path / "there" / "family.photoclust")
    assert files(tmp_path / "there") == set()


def test_a_full_disk_is_told_and_leaves_nothing_there(path: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        with pytest.raises(UserError, match="no room for the library"):
            copy_verified(path, disk / "family.photoclust")
        assert files(disk) == set()
        assert rows(path) == 3000
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_fills_while_it_is_copied_is_told_too(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    monkeypatch.setattr(moving, "_check_place", lambda library, target: None)  # there seemed to be room
    try:
        with pytest.raises(UserError, match="no room for the library in"):
            copy_verified(path, disk / "family.photoclust")
        assert files(disk) == set()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_what_was_moved_is_kept_under_another_name_with_its_backups(path: Path, tmp_path: Path) -> None:
    with Library.open(path) as library:
        library.back_up()
    (backup,) = backups_of(path)
    copy_verified(path, tmp_path / "there" / "family.photoclust")
    kept = set_aside(path)
    assert kept != path
    assert not path.exists()
    assert rows(kept) == 3000
    assert len(backups_of(kept)) == 1
    assert not backup.exists()
    Library.open(path).close()  # a new one may be made in its place: nothing says that one is lost
    with Library.open(kept, create=False) as again, pytest.raises(UserError):
        again.apply(RenamePerson(1, "Nobody"))
