"""What files, folders and clocks do to an import: no hang, a row that says why, and nothing decided is lost."""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from painted import PHOTOS, PaintedFaces, paint, paint_folder, scan
from PIL import Image
from sound import assert_sound, decide

from photoclust.core.edits import NewPerson
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent
from photoclust.library.health import examine
from photoclust.library.library import Library
from photoclust.media.guard import Opener
from photoclust.workflows import import_photos, reading


@pytest.fixture
def as_nobody(library, folder):
    """A folder of a user who is not root, and the whole program as that user."""
    scan(library, folder)  # loads what only root may be able to load
    decide(library)
    examine(library.path)
    if os.name == "nt" or os.geteuid() != 0:
        yield Path(tempfile.mkdtemp())
        return
    path = Path(tempfile.mkdtemp(dir="/var/tmp"))  # root's own folder for temporary files may be closed to others
    os.chown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        yield path
    finally:
        os.seteuid(0)
        shutil.rmtree(path)


def test_files_that_hang_a_decoder_or_eat_memory_cost_one_row_each(endless, library, folder, monkeypatch) -> None:
    scan(library, folder)
    decided = decide(library)
    endless(folder / "0" / "endless.jpg")
    Image.new("1", (8000, 8000)).save(folder / "1" / "large.tif", compression="group4")
    Image.fromarray(np.full((30, 40, 3), (10, 200, 10), np.uint8)).save(folder / "1" / "new.tif")
    monkeypatch.setattr(import_photos, "Opener", functools.partial(Opener, seconds=3.0, memory=100 << 20))
    started = time.monotonic()
    assert scan(library, folder).looked == 1
    errors = {p.relpath: p.error for p in library.errors()}
    assert set(errors) == {"0/endless.jpg", "1/large.tif"}
    assert "took more than 3 seconds and was stopped" in errors["0/endless.jpg"]
    assert "memory" in errors["1/large.tif"] or not Path("/proc/self/statm").exists()
    assert library.counts().photos == PHOTOS + 3
    assert_sound(library, decided)
    assert time.monotonic() - started < 60
    monkeypatch.setattr(Opener, "upright", lambda *_, **__: pytest.fail("what hung once is not tried again"))
    scan(library, folder)


@pytest.mark.skipif(os.name == "nt", reason="there are no such permissions")
def test_what_may_not_be_read_keeps_its_faces_and_comes_back(as_nobody) -> None:
    folder = paint_folder(as_nobody / "photos")
    with Library.open(as_nobody / "library.photoclust") as library:
        scan(library, folder)
        decided = decide(library)
        (folder / "1").chmod(0)
        (folder / "0" / "000.bmp").chmod(0)
        (folder / "0" / "003.bmp").chmod(0)
        os.utime(folder / "0" / "003.bmp", ns=(1, 1))
        told: list[tuple[str, str]] = []
        scan(library, folder, on_problem=lambda path, reason: told.append((path, reason)))
        assert told == [(str(folder / "1"), "You are not allowed to read it.")]
        assert {p.relpath: p.error for p in library.errors()} == {"0/003.bmp": "You are not allowed to read it."}
        assert (library.counts().photos, library.counts().missing) == (PHOTOS, 0)
        assert_sound(library, decided)
        for path in (folder / "1", folder / "0" / "000.bmp", folder / "0" / "003.bmp"):
            path.chmod(0o755)
        scan(library, folder)
        assert library.errors() == []
        assert_sound(library, decided)


def _write(path: Path, folder: Path) -> None:
    with Library.open(path) as library:
        scan(library, folder, PaintedFaces())
        library.apply(NewPerson((1,), "Anna"))


@pytest.mark.skipif(os.name == "nt", reason="there are no such permissions")
def test_a_library_that_may_not_be_written_to_says_so(as_nobody) -> None:
    paint(as_nobody / "photos" / "a.bmp", "#204060")
    path = as_nobody / "closed" / "library.photoclust"
    path.parent.mkdir()
    with Library.open(path) as library:
        scan(library, as_nobody / "photos")
        decided = decide(library)
    before = path.read_bytes()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    with pytest.raises(UserError, match=r"permissions|may be written to"):
        _write(path, as_nobody / "photos")
    path.parent.chmod(0o755)
    path.chmod(0o644)
    assert path.read_bytes() == before
    with Library.open(path) as library:
        assert_sound(library, decided)


def test_a_drive_that_no_longer_answers_can_be_given_up_and_the_next_import_goes_on(library, folder, monkeypatch) -> None:
    answers, hash_of = threading.Event(), reading.content_hash

    def hanging(path: Path) -> str:
        if path.parent.name != "0":
            assert answers.wait(60)
        return hash_of(path)

    class Impatient(Silent):
        """Who presses Stop when nothing happens any more."""

        def checkpoint(self) -> None:
            if time.monotonic() > stop:
                raise Cancelled

    monkeypatch.setattr(reading, "content_hash", hanging)
    monkeypatch.setattr(reading, "PATIENCE", 0.02)
    stop = time.monotonic() + 1.0
    with pytest.raises(Cancelled):
        scan(library, folder, progress=Impatient())
    assert not answers.is_set(), "nobody waited for the drive"
    assert all(thread.daemon for thread in threading.enumerate() if thread.name.startswith("read_")), "nor will the program's end"
    answers.set()
    assert_sound(library)
    scan(library, folder)
    assert library.counts().photos == PHOTOS
    assert library.errors() == []
    assert_sound(library)


def test_a_file_that_changes_between_two_reads_is_as_it_is_after_the_next_import(library, folder, monkeypatch) -> None:
    """Hashed with one content, decoded with another, cut off while it is decoded: as a program that writes meanwhile does."""
    scan(library, folder)
    decided = decide(library)
    victim, upright, round_ = folder / "0" / "000.bmp", Opener.upright, 0

    def change(self, path, **how):
        nonlocal round_
        round_ += 1
        paint(victim, f"#{round_:02x}8020", (40 + round_, 60))
        if round_ % 2:
            victim.write_bytes(victim.read_bytes()[:70])
        return upright(self, path, **how)

    monkeypatch.setattr(Opener, "upright", change)
    for later in range(4):
        os.utime(victim, ns=(later, later))
        scan(library, folder)
        assert examine(library.path).wrong == ()
        assert library.counts().photos == PHOTOS
    monkeypatch.setattr(Opener, "upright", upright)
    paint(victim, "#103050", (90, 60))
    scan(library, folder)
    assert library.root_photos(1)["0/000.bmp"].width == 90
    assert library.errors() == []
    assert set(library.pinned_faces()) >= {f for f in decided if library.face(f).photo_id != 1}
    assert examine(library.path).wrong == ()


def test_a_clock_that_goes_backwards_hides_no_change_and_loses_nothing(library, folder, monkeypatch) -> None:
    future = int((time.time() + 3e8) * 1e9)
    for path in folder.rglob("*.bmp"):
        os.utime(path, ns=(future, future))
    monkeypatch.setattr(time, "time", lambda: future / 1e9)
    scan(library, folder)
    decided = decide(library)
    monkeypatch.setattr(time, "time", lambda: 1e9)
    changed = paint(folder / "0" / "000.bmp", "#204080", (80, 60))
    os.utime(changed, ns=(10**18, 10**18))
    new = paint(folder / "0" / "new.bmp", "#802040")
    os.utime(new, ns=(-(10**15), -(10**15)))
    assert scan(library, folder).looked == 2
    assert library.root_photos(1)["0/000.bmp"].width == 80
    assert library.back_up() is not None
    library.apply(NewPerson((library.faces_of_photo(library.root_photos(1)["0/new.bmp"].id)[0].id,), "New"))
    assert library.undo_text() is not None
    assert "New" in library.undo().text, "the last edit is the last one made, whatever the clock said"
    assert_sound(library, decided)
    assert scan(library, folder).looked == 0
