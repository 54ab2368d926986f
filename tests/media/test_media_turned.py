"""Every photo comes upright, once, whatever its format and the part that is asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from media_corners import assert_four_corners, four_corners, save_turned
from PIL import Image

from photoclust.core.types import Box
from photoclust.media.image import face_square, open_face, open_for_display, open_upright


@pytest.fixture(scope="module", autouse=True)
def _heif() -> None:
    pillow_heif.register_heif_opener()  # for saving; opening must not need it


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_of_every_format_comes_upright(tmp_path: Path, suffix: str, orientation: int) -> None:
    path = tmp_path / f"photo{suffix}"
    save_turned(path, four_corners(), orientation)
    upright = open_upright(path)
    assert upright.pixels.shape == (64, 96, 3)
    assert upright.pixels.dtype == np.uint8
    assert upright.orientation == orientation
    assert_four_corners(upright.pixels)
    shown = open_for_display(path, 48)
    assert shown.size == (48, 32)
    assert_four_corners(np.asarray(shown))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_heic_is_turned_once_and_only_once(tmp_path: Path, orientation: int) -> None:
    path = tmp_path / "photo.heic"
    save_turned(path, four_corners(), orientation, quality=90)
    upright = open_upright(path)
    assert upright.pixels.shape == (64, 96, 3)
    assert upright.orientation == orientation
    assert_four_corners(upright.pixels)
    assert_four_corners(np.asarray(open_for_display(path, 48)))


@pytest.mark.parametrize("orientation", [1, 3, 6, 7])
def test_the_small_picture_inside_a_heic_shows_the_same(tmp_path: Path, orientation: int) -> None:
    path = tmp_path / "photo.heic"
    save_turned(path, four_corners(480, 320), orientation, thumbnails=[240])
    assert_four_corners(np.asarray(open_for_display(path, 120)))
    assert_four_corners(np.asarray(open_face(path, Box(190, 110, 100, 100), 48)))


@pytest.mark.parametrize("suffix", [".jpg", ".tif", ".heic"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_part_of_a_turned_photo_is_the_part_of_the_upright_one(tmp_path: Path, suffix: str, orientation: int) -> None:
    ramp_x, ramp_y = np.meshgrid(np.linspace(0, 255, 480), np.linspace(0, 255, 320))
    picture = Image.fromarray(np.stack([ramp_x, ramp_y, 255 - ramp_x], axis=2).astype(np.uint8))
    path = tmp_path / f"photo{suffix}"
    save_turned(path, picture, orientation, quality=95)
    for face in (Box(0, 0, 60, 50), Box(400, 40, 70, 90), Box(111.5, 75.25, 20, 20.5)):
        part = np.asarray(open_face(path, face, 32), dtype=float)
        square = face_square(face, picture.size)
        area = (square.x, square.y, square.x + square.w, square.y + square.h)
        meant = np.asarray(picture.resize((32, 32), Image.Resampling.LANCZOS, box=area), dtype=float)
        assert np.abs(part - meant).mean() < 3
