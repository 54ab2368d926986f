"""A folder of damaged files: no crash, no hang, and a photo or an error for each."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from fuzzed import fuzz, samples
from painted import paint, scan

from photoclust.core.types import Box
from photoclust.library.health import examine
from photoclust.library.library import Library
from photoclust.media import scan as walking
from photoclust.media.guard import Opener
from photoclust.media.image import UnreadablePhoto

SECONDS_EACH = 2.0
"""On average, on a machine that may be busy with other things."""


def check(tmp_path: Path, count: int, seed: int) -> None:
    folder = tmp_path / "photos"
    written = fuzz(folder, count, seed)
    paint(folder / "good.bmp", "#204080")
    written = {name: data for name, data in written.items() if Path(name).suffix in walking._SUFFIXES}
    started = time.monotonic()
    with Library.open(tmp_path / "library.photoclust") as library:
        scan(library, folder)
        seconds = time.monotonic() - started
        photos = {p.relpath: p for p in library.photos() + library.errors()}
        opened = sum(p.error is None for p in photos.values()) - 1
        print(f"{count} files, seed {seed}: {opened} opened, {len(library.errors())} errors, {seconds:.0f} s")
        print(*Counter(p.error for p in library.errors()).most_common(), sep="\n")
        assert set(photos) == {*written, "good.bmp"}, "each is a row"
        for photo in photos.values():
            assert photo.width * photo.height > 0 if photo.error is None else photo.error.endswith("."), photo
        assert photos["good.bmp"].error is None
        hung = [p.relpath for p in library.errors() if p.error and ("seconds" in p.error)]
        assert hung == []
        assert seconds < count * SECONDS_EACH
        assert all(path.read_bytes() == written[name] for name in written if (path := folder / name))
    assert examine(tmp_path / "library.photoclust").wrong == ()
    with Opener() as opener:  # what the window asks of those that open
        for photo in photos.values():
            with suppress(UnreadablePhoto):
                opener.display(folder / photo.relpath, 64)
                opener.face(folder / photo.relpath, Box(photo.width / 3, photo.height / 3, 30, 30), 32)


def test_what_is_damaged_was_whole_before(tmp_path) -> None:
    for name, data in samples().items():
        path = tmp_path / "whole" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    with Library.open(tmp_path / "library.photoclust") as library:
        scan(library, tmp_path / "whole")
        assert library.errors() == []
        assert len(library.photos()) >= 22


def test_a_hundred_damaged_files_are_photos_or_errors(tmp_path) -> None:
    check(tmp_path, 100, 1)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", [2, 3])
def test_two_thousand_damaged_files_are_photos_or_errors(tmp_path, seed) -> None:
    check(tmp_path, 2000, seed)
