"""Labelled folders of persons who do not exist."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent
from photoclust.demo.studio import draw_persons


def pixels(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): Image.open(path).tobytes() for path in sorted(folder.rglob("*.jpg"))}


def test_each_person_has_a_folder_of_different_photos_and_the_seed_tells_them_all(tmp_path: Path) -> None:
    for name, seed in (("one", 0), ("same", 0), ("other", 1)):
        draw_persons(tmp_path / name, 2, 2, seed, largest=50)
    one = pixels(tmp_path / "one")
    assert list(one) == ["p0001/001.jpg", "p0001/002.jpg", "p0002/001.jpg", "p0002/002.jpg"]
    assert len(set(one.values())) == 4
    assert pixels(tmp_path / "same") == one
    assert not set(pixels(tmp_path / "other").values()) & set(one.values())


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UserError, match="holds files already"):
        draw_persons(tmp_path, 1, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_what_was_drawn_before_a_cancel_is_kept(tmp_path: Path) -> None:
    class StopThird(Silent):
        left = 3

        def checkpoint(self) -> None:
            self.left -= 1
            if not self.left:
                raise Cancelled

    with pytest.raises(Cancelled):
        draw_persons(tmp_path / "out", 2, 2, progress=StopThird(), largest=50)
    assert len(pixels(tmp_path / "out")) == 2
