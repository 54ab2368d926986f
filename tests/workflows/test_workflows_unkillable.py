"""Killed at any moment, without room, without permission: the library is whole, and the next import goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from painted import PHOTOS, PaintedFaces, paint, scan
from sound import assert_sound, decide

from photoclust.core.errors import UserError
from photoclust.library.library import Library
from photoclust.media.thumbnail import ThumbnailCache

_PROGRAM = Path(__file__).with_name("killed_import.py")


def run(library: Path, folder: Path, how: str, when: float) -> int:
    paths = os.pathsep.join([str(_PROGRAM.parent), *sys.path])
    command = [sys.executable, str(_PROGRAM), str(library), str(folder), how, str(when)]
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, check=False, timeout=120).returncode


def assert_whole(library: Library, decided: dict[int, int] | None = None) -> None:
    assert_sound(library, decided)
    assert all(library.faces_of_photo(p.id) for p in library.photos() if p.scanned_by), "a photo that was looked at has its face"


def found(library: Library) -> dict[str, list[object]]:
    """What is known of the photos that are there, without ids."""
    return {
        p.relpath: [p.hash, p.width, p.error, *((f.box, f.landmarks, f.quality) for f in library.faces_of_photo(p.id))]
        for p in library.photos()
        if not p.missing
    }


def shuffle_files(folder: Path, round_: int, rng: random.Random, new: int) -> None:
    """What a user does meanwhile: a file renamed, two swapped, one deleted, one edited, some new."""
    files = sorted(folder.rglob("*.bmp"))
    a, b, c, d, e = rng.sample(files, 5)
    a.rename(a.with_name(f"renamed-{round_}.bmp"))
    b.rename(b.with_suffix(".tmp"))
    c.rename(b)
    b.with_suffix(".tmp").rename(c)
    os.utime(b, ns=(round_, round_))
    d.unlink()
    paint(e, f"#80{round_ % 250:02x}20")
    os.utime(e, ns=(round_, round_ + 7))
    for i in range(new):
        paint(folder / f"new-{round_}-{i}.bmp", f"#{round_ % 250:02x}{i:02x}c0")


def check_kills(tmp_path: Path, folder: Path, kills: list[tuple[str, float]], new: int = 1) -> int:
    """Kill one import after the other on a library with decisions, while files come, go and move; how many were killed."""
    path = tmp_path / "killed.photoclust"
    rng = random.Random(5)
    for later in ("1", "2"):
        (folder / later).rename(tmp_path / later)
    with Library.open(path) as library:
        scan(library, folder)
        decided = decide(library)
    for later in ("1", "2"):
        (tmp_path / later).rename(folder / later)
    died = 0
    for round_, (how, when) in enumerate(kills):
        died += run(path, folder, how, when) == -signal.SIGKILL
        with Library.open(path, create=False) as library:
            assert_whole(library, decided)
        shuffle_files(folder, round_, rng, new)
    with Library.open(path) as library, Library.open(tmp_path / "fresh.photoclust") as fresh:
        scan(library, folder)
        scan(fresh, folder)
        assert_whole(library, decided)
        assert found(library) == found(fresh), "as if nobody had killed anything"
        assert scan(library, folder).looked == 0
    return died


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_an_import_killed_at_any_statement_loses_nothing_and_goes_on(tmp_path, folder) -> None:
    assert check_kills(tmp_path, folder, [("statement", n) for n in (3, 14, 21, 30, 41, 55)]) == 6


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_an_import_killed_at_fifty_random_moments_loses_nothing_and_goes_on(tmp_path, folder) -> None:
    rng = random.Random(11)
    started = time.monotonic()
    with Library.open(tmp_path / "timed.photoclust") as library:
        scan(library, folder)
    whole = time.monotonic() - started
    kills = [("after", rng.uniform(0, whole)) if i % 2 else ("statement", rng.randrange(1, 200)) for i in range(50)]
    assert check_kills(tmp_path, folder, kills, new=40) >= 25


def test_an_import_without_room_on_the_disk_says_so_and_goes_on_later(library, folder, tmp_path) -> None:
    for i in range(200):
        paint(folder / "many" / f"{i:03}.bmp", f"#{i % 250:02x}0077")
    pages = library._db.value("PRAGMA page_count")
    library._db.rows(f"PRAGMA max_page_count = {pages + 12}")
    with pytest.raises(UserError, match="no room left on the disk"):
        scan(library, folder)
    assert_whole(library)
    partly = library.counts().photos
    assert 0 < partly < PHOTOS + 200
    library._db.rows("PRAGMA max_page_count = 1000000")
    assert scan(library, folder).looked == PHOTOS + 200 - partly
    assert library.counts().photos == PHOTOS + 200


def test_an_import_goes_on_when_there_is_no_room_for_thumbnails(library, folder, tmp_path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails.sqlite")
    cache._database.execute("PRAGMA max_page_count = 6")
    scan(library, folder, thumbnails=cache)
    assert library.counts().faces == PHOTOS
    cache.close()


def test_a_photo_that_may_no_longer_be_read_keeps_its_face_and_is_tried_again(library, folder, monkeypatch) -> None:
    scan(library, folder)
    before = found(library)
    os.utime(folder / "0" / "000.bmp", ns=(1, 1))
    opened = Path.open

    def refuse(path, *arguments, **options):
        if path.name == "000.bmp":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        scan(library, folder)
    assert [(p.relpath, p.error) for p in library.errors()] == [("0/000.bmp", "You are not allowed to read it.")]
    assert library.counts().faces == PHOTOS
    scan(library, folder)
    assert library.errors() == []
    assert found(library) == before


def test_a_file_that_changes_while_it_is_read_is_looked_at_again_the_next_time(library, folder) -> None:
    finder = PaintedFaces()
    analyse = finder.analyse

    def change(photos, *rest):
        paint(folder / "0" / "000.bmp", "#123456", (80, 60))
        return analyse(photos, *rest)

    finder.analyse = change
    scan(library, folder, finder)
    finder = scan(library, folder)
    assert finder.looked <= 1
    photo = library.root_photos(1)["0/000.bmp"]
    assert (photo.width, photo.size) == (80, (folder / "0" / "000.bmp").stat().st_size)
    assert scan(library, folder).looked == 0
