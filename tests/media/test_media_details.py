"""How and where a photo was taken: what is told, what is nonsense, and files that were made to break a reader."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from photoclust.media.details import Details, details_of
from photoclust.media.guard import Opener
from photoclust.media.image import UnreadablePhoto

TAKEN, GPS = 0x8769, 0x8825


def exif_of(main: dict[int, object] | None = None, taken: dict[int, object] | None = None, gps: dict[int, object] | None = None):
    exif = Image.Exif()
    for tag, value in (main or {}).items():
        exif[tag] = value
    exif.get_ifd(TAKEN).update(taken or {})
    exif.get_ifd(GPS).update(gps or {})
    return exif


def whole() -> Image.Exif:
    return exif_of(
        {0x010F: "NIKON CORPORATION", 0x0110: "NIKON D750"},
        {
            0xA434: "50.0 mm f/1.8", 0x829A: IFDRational(1, 250), 0x829D: IFDRational(28, 10), 0x8827: 400,
            0x920A: IFDRational(50, 1), 0xA405: 50,
        },
        {1: "N", 2: (48.0, 8.0, 14.76), 3: "W", 4: (11.0, 34.0, 31.8)},
    )  # fmt: skip


def test_camera_lens_exposure_and_place_are_read_from_a_file(tmp_path: Path) -> None:
    Image.new("RGB", (30, 20)).save(tmp_path / "a.jpg", exif=whole())
    with Opener() as opener:
        found = opener.details(tmp_path / "a.jpg")
    assert (found.camera, found.lens, found.iso) == ("NIKON D750", "50.0 mm f/1.8", 400)
    assert found.exposure == pytest.approx(1 / 250)
    assert (found.aperture, found.focal_length, found.focal_length_35) == (2.8, 50, 50)
    assert found.latitude == pytest.approx(48.13743, abs=1e-5)
    assert found.longitude == pytest.approx(-11.57550, abs=1e-5)


def test_a_photo_that_is_opened_in_another_process_tells_the_same(tmp_path: Path) -> None:
    Image.new("RGB", (30, 20)).save(tmp_path / "a.webp", exif=whole())
    with Opener() as opener:
        found = opener.details(tmp_path / "a.webp")
    assert (found.camera, found.iso) == ("NIKON D750", 400)


def test_a_photo_without_metadata_tells_nothing(tmp_path: Path) -> None:
    Image.new("RGB", (30, 20)).save(tmp_path / "a.jpg")
    with Opener() as opener:
        assert opener.details(tmp_path / "a.jpg") == Details()


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("Google", "Pixel 7", "Google Pixel 7"),
        ("", "X100", "X100"),
        ("Leica", "", "Leica"),
    ],
)
def test_a_maker_is_not_said_twice(make: str, model: str, camera: str) -> None:
    assert details_of(exif_of({0x010F: make, 0x0110: model})).camera == camera


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (11.0, 0.0, 0.0)},
        {1: "N", 2: (48.0, 0.0, 0.0)},
        {1: "N", 2: ("what", 0.0, 0.0), 3: "E", 4: (11.0, 0.0, 0.0)},
        {1: "N", 2: (float("nan"), 0.0, 0.0), 3: "E", 4: (11.0, 0.0, 0.0)},
        {1: "N", 2: 48.0, 3: "E", 4: ()},
    ],
)
def test_a_place_that_cannot_be_is_none(gps: dict[int, object]) -> None:
    found = details_of(exif_of(gps=gps))
    assert (found.latitude, found.longitude) == (None, None)


def test_odd_values_are_passed_over_and_long_ones_cut() -> None:
    odd = {0xA434: "lens\x07\n of   glass\0rest", 0x829A: IFDRational(1, 0), 0x829D: "f", 0x8827: (), 0x920A: -3.0, 0xA405: 1e300}
    found = details_of(exif_of({0x010F: 17, 0x0110: "x" * 5_000_000}, odd))
    assert found == Details(camera="x" * 120, lens="lens of glass")


def test_files_with_broken_metadata_never_raise_anything_but_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.fromarray(np.zeros((20, 30, 3), np.uint8)).save(path, exif=whole())
    data = path.read_bytes()
    end = data.index(b"NIKON D750") + 400
    rng = random.Random(5)
    told = 0
    with Opener() as opener:
        for _ in range(60):
            broken = bytearray(data)
            for _ in range(rng.randint(1, 12)):
                broken[rng.randrange(20, end)] = rng.randrange(256)
            path.write_bytes(broken)
            try:
                told += opener.details(path) != Details()
            except UnreadablePhoto:
                continue
    assert told > 5, "some were read"
