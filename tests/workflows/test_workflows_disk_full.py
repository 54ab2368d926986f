"""A disk that is really full, at every kind of write: nothing is lost, it is said, and it goes on when there is room.

The disk is a small file system in memory; where none can be mounted these tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from painted import PaintedFaces, paint, scan
from sound import assert_sound

from photoclust.core.edits import NewPerson, RenamePerson
from photoclust.core.errors import UserError
from photoclust.core.types import Box
from photoclust.library.backups import back_up
from photoclust.library.health import examine, mend
from photoclust.library.library import Library
from photoclust.library.places import backups_of
from photoclust.media.thumbnail import ThumbnailCache
from photoclust.workflows.export_album import run_export
from photoclust.workflows.export_plan import plan_export

PHOTOS = 40
FULL = "no room left on the disk|disk is full|free on the disk"


def endless(write: Callable[[], object]) -> None:
    """Write until that fails; far more than fits anywhere here."""
    for _ in range(100_000):
        write()


@dataclass
class Disk:
    path: Path

    def fill(self, leave: int = 0) -> None:
        with (self.path / "filler").open("ab", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                with pytest.raises(OSError, match="No space left"):
                    endless(lambda size=size: file.write(bytes(size)))
            os.truncate(self.path / "filler", max(0, file.tell() - leave))

    def empty(self) -> None:
        (self.path / "filler").unlink()


@pytest.fixture
def disk(tmp_path: Path):
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(path)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield Disk(path)
    subprocess.run(["umount", "-l", str(path)], check=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for i in range(PHOTOS):
        paint(tmp_path / "photos" / f"{i:03}.bmp", f"#{i * 6:02x}40{i:02x}")
    return tmp_path / "photos"


@pytest.fixture
def library(disk: Disk, folder: Path):
    with Library.open(disk.path / "library.photoclust") as opened:
        scan(opened, folder)
        for face in opened.face_ids()[:3]:
            opened.apply(NewPerson((face,), f"Person {face}"))
        yield opened


def test_an_import_says_so_and_goes_on_where_it_stopped(disk, library, folder) -> None:
    pinned = library.pinned_faces()
    for i in range(400):
        paint(folder / "more" / f"{i:03}.bmp", f"#{i % 250:02x}{i // 250:02x}77")
    disk.fill(leave=150_000)
    with pytest.raises(UserError, match=FULL):
        scan(library, folder)
    partly = library.counts().photos
    assert PHOTOS < partly < PHOTOS + 400
    assert_sound(library)
    disk.empty()
    assert scan(library, folder).looked == PHOTOS + 400 - partly
    assert (library.counts().photos, library.pinned_faces()) == (PHOTOS + 400, pinned)
    assert_sound(library)


def test_edits_are_whole_or_not_at_all(disk, library) -> None:
    person = library.persons()[0].id
    disk.fill()
    done = 0

    def edit() -> None:
        nonlocal done
        library.apply(RenamePerson(person, f"{done} {'n' * 2000}"))
        done += 1

    with pytest.raises(UserError, match=FULL):
        endless(edit)
    assert library.person(person).name.startswith(f"{done - 1} " if done else "Person")
    disk.empty()
    assert_sound(library)
    library.apply(RenamePerson(person, "Anna"))
    for _ in range(done + 1):
        library.undo()
    assert library.person(person).name.startswith("Person")


def test_a_library_that_cannot_be_opened_for_want_of_room_is_whole_later(disk, folder) -> None:
    path = disk.path / "library.photoclust"
    with Library.open(path) as library:
        scan(library, folder)
    whole = path.read_bytes()
    disk.fill()
    with pytest.raises(UserError, match=FULL):
        Library.open(path)
    disk.empty()
    assert path.read_bytes() == whole
    with Library.open(path) as library:
        assert library.counts().photos == PHOTOS
        assert_sound(library)


def test_a_new_library_is_made_later(disk, folder) -> None:
    disk.fill()
    with pytest.raises(UserError, match=FULL):
        Library.open(disk.path / "new.photoclust")
    disk.empty()
    with Library.open(disk.path / "new.photoclust") as library:
        scan(library, folder)
        assert library.counts().photos == PHOTOS


def test_a_backup_that_finds_no_room_costs_no_earlier_one(disk, library) -> None:
    first = back_up(library.path, now=1e9)
    library.apply(RenamePerson(library.persons()[0].id, "Anna"))
    kept = first.read_bytes()
    disk.fill()
    with pytest.raises(UserError, match=FULL):
        back_up(library.path)
    assert backups_of(library.path) == [first]
    assert first.read_bytes() == kept
    assert not list(disk.path.glob(".*part*"))
    disk.empty()
    assert back_up(library.path) in backups_of(library.path)


def test_mending_leaves_everything_as_it_was(disk, library) -> None:
    face = library.face_ids()[0]
    library._db.rows("PRAGMA foreign_keys = OFF")
    library._db.rows("UPDATE faces SET person = 999 WHERE id = ?", face)
    path = library.path
    library.close()
    wrong = examine(path).wrong
    assert wrong
    disk.fill()
    with pytest.raises(UserError, match=FULL):
        mend(path)
    disk.empty()
    assert examine(path).wrong == wrong
    assert mend(path).ok


def test_thumbnails_are_made_all_the_same(disk, folder) -> None:
    cache = ThumbnailCache(disk.path / "thumbnails.sqlite")
    disk.fill(leave=5000)
    for path in sorted(folder.iterdir()):
        assert cache.photo(path, 1, 64).startswith(b"\xff\xd8")
        assert cache.face(path, 1, Box(5, 5, 20, 20), 32).startswith(b"\xff\xd8")
    disk.empty()
    first = sorted(folder.iterdir())[0]
    kept = cache.photo(first, 2, 48)
    first.unlink()
    assert cache.photo(first, 2, 48) == kept, "and are kept again"
    cache.close()


def test_an_import_goes_on_without_room_for_thumbnails(disk, folder, tmp_path) -> None:
    disk.fill()
    cache = ThumbnailCache(disk.path / "thumbnails.sqlite")
    with Library.open(tmp_path / "library.photoclust") as library:
        scan(library, folder, thumbnails=cache)
        assert library.counts().faces == PHOTOS
    cache.close()


@pytest.mark.parametrize("told_before", [True, False])
def test_an_export_says_what_is_there_and_goes_on(disk, tmp_path, monkeypatch, told_before) -> None:
    for i in range(12):
        paint(tmp_path / "photos" / f"{i:02}.bmp", f"#{i * 20:02x}4080", (200, 150))
    with Library.open(tmp_path / "library.photoclust") as library:
        scan(library, tmp_path / "photos")
        library.apply(NewPerson(tuple(library.face_ids()), "Anna"))
        plan = plan_export(library, disk.path / "out")
    disk.fill(leave=400_000)
    if not told_before:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1 << 40, 0, 1 << 40))
    with pytest.raises(UserError, match="free on the disk" if told_before else r"The disk is full: \d of 12 files"):
        run_export(plan)
    there = sorted((disk.path / "out").rglob("*.bmp"))
    assert len(there) in ((0,) if told_before else (3, 4))
    assert all(p.read_bytes() == (tmp_path / "photos" / p.name).read_bytes() for p in there)
    assert not list((disk.path / "out").rglob("*part*"))
    disk.empty()
    report = run_export(plan)
    assert (report.copied, report.skipped_existing) == (12 - len(there), len(there))


def test_the_command_line_works_without_a_log_and_a_cache(disk, folder, tmp_path) -> None:
    with Library.open(tmp_path / "library.photoclust") as library:
        scan(library, folder)
    (disk.path / "log").mkdir()
    (disk.path / "log" / "photoclust.log").touch()
    disk.fill()
    code = (
        "import sys, logging; from photoclust import cli; code = cli.main(sys.argv[1:]); cli._start_log(); "
        "logging.getLogger('photoclust').error('told'); sys.exit(code)"
    )
    command = [sys.executable, "-c", code, "persons", "--library", str(tmp_path / "library.photoclust"), "--json"]
    environment = os.environ | {"PHOTOCLUST_HOME": str(disk.path), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[]", "")


def test_weights_are_read_without_room_to_prepare_them(disk, monkeypatch) -> None:
    from photoclust.vision import weights

    monkeypatch.setenv("PHOTOCLUST_HOME", str(disk.path))
    disk.fill()
    tensors = weights.load(weights.YUNET)
    assert tensors
    assert not list((disk.path / "cache").rglob("*.part*")) if (disk.path / "cache").exists() else True
    disk.empty()
    assert weights.load(weights.YUNET).keys() == tensors.keys()


def test_a_photo_that_appears_on_the_full_disk_is_imported_elsewhere(disk, tmp_path) -> None:
    """Photos on a full disk are only read."""
    paint(disk.path / "photos" / "a.bmp", "#204060")
    disk.fill()
    with Library.open(tmp_path / "library.photoclust") as library:
        assert scan(library, disk.path / "photos", PaintedFaces()).looked == 1


def test_settings_that_cannot_be_kept_cost_nothing_but_themselves(disk, qapp) -> None:
    from PySide6.QtCore import QSettings

    file = disk.path / "photoclust.ini"
    memory = QSettings(str(file), QSettings.Format.IniFormat)
    memory.setValue("scheme", "dark")
    memory.sync()
    kept = file.read_bytes()
    disk.fill()
    memory.setValue("geometry", "x" * 100_000)
    memory.sync()
    assert memory.status() == QSettings.Status.AccessError
    assert file.read_bytes() == kept, "what was kept stays whole"
    assert memory.value("scheme") == "dark"
    disk.empty()
    memory.setValue("scheme", "light")
    memory.sync()
    assert QSettings(str(file), QSettings.Format.IniFormat).value("scheme") == "light"
