"""A JPEG is decoded at a fraction where that is enough, and still tells its whole size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoclust.core.types import Box
from photoclust.media.image import open_upright
from photoclust.media.thumbnail import ThumbnailCache


def gradient(width: int, height: int) -> Image.Image:
    x, y = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    return Image.fromarray(np.stack([x, y, 255 - x], -1).astype(np.uint8))


@pytest.mark.parametrize(("enough", "shape"), [(None, (301, 401)), (40_000, (301, 401)), (20_000, (151, 201)), (1_000, (38, 51))])
def test_the_smallest_fraction_with_enough_pixels_is_decoded(tmp_path: Path, enough: int | None, shape: tuple[int, int]) -> None:
    gradient(401, 301).save(tmp_path / "a.jpg")
    photo = open_upright(tmp_path / "a.jpg", enough=enough)
    assert photo.pixels.shape[:2] == shape
    assert photo.size == (401, 301)
    assert photo.reduced == (shape != (301, 401))


def test_the_size_is_upright_for_a_photo_on_its_side(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    gradient(400, 300).save(tmp_path / "a.jpg", exif=exif)
    photo = open_upright(tmp_path / "a.jpg", enough=20_000)
    assert photo.size == (300, 400)
    assert photo.pixels.shape == (200, 150, 3)


def test_other_formats_are_decoded_whole(tmp_path: Path) -> None:
    gradient(400, 300).save(tmp_path / "a.png")
    photo = open_upright(tmp_path / "a.png", enough=100)
    assert photo.pixels.shape == (300, 400, 3)
    assert not photo.reduced


def test_a_face_cut_from_a_reduced_photo_looks_as_cut_from_the_whole(tmp_path: Path) -> None:
    import io

    gradient(801, 601).save(tmp_path / "a.jpg", quality=95)
    path, box = tmp_path / "a.jpg", Box(600, 400, 150, 180)
    pictures = []
    for name, enough in (("whole", None), ("half", 100_000)):
        photo = open_upright(path, enough=enough)
        cache = ThumbnailCache(tmp_path / f"{name}.sqlite")
        cache.remember_face(path, 1, box, photo.pixels, 64, photo.size)
        path_gone = tmp_path / "a.jpg"
        pictures.append(np.asarray(Image.open(io.BytesIO(cache.face(path_gone, 1, box, 64)))).astype(int))
        cache.close()
    assert np.abs(pictures[0] - pictures[1]).mean() < 2
