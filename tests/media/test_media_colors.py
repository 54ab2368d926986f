"""Every depth, palette and profile becomes sRGB."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from media_corners import assert_four_corners, four_corners, written_png
from PIL import Image, ImageCms

from photoclust.core.types import Box
from photoclust.media.image import open_face, open_for_display, open_upright


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_sixteen_bit_grey_keeps_its_shades(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"deep{suffix}"
    Image.fromarray(np.array([[0, 128 * 257, 65535]], np.uint16)).save(path)
    assert open_upright(path).pixels[0].tolist() == [[0] * 3, [128] * 3, [255] * 3]
    assert np.asarray(open_for_display(path, 10))[0].tolist() == [[0] * 3, [128] * 3, [255] * 3]


def test_sixteen_bit_colour_keeps_its_shades(tmp_path: Path) -> None:
    rows = b"\0" + struct.pack(">6H", 65535, 0, 128 * 257, 0, 65535, 0)
    path = tmp_path / "deep.png"
    path.write_bytes(written_png(2, 1, depth=16, color=2, rows=rows))
    assert open_upright(path).pixels[0].tolist() == [[255, 0, 128], [0, 255, 0]]


def test_float_and_32_bit_grey_are_scaled(tmp_path: Path) -> None:
    floats, wide = tmp_path / "float.tif", tmp_path / "wide.tif"
    Image.fromarray(np.array([[0.0, 0.5, 1.0, np.nan]], np.float32)).save(floats)
    Image.fromarray(np.array([[0, 32768, 65535]], np.int32)).save(wide)
    assert open_upright(floats).pixels[0, :, 0].tolist() == [0, 128, 255, 0]
    assert open_upright(wide).pixels[0, :, 0].tolist() == [0, 128, 255]


def test_what_is_transparent_becomes_white(tmp_path: Path) -> None:
    rgba = Image.new("RGBA", (4, 4), (200, 0, 0, 255))
    rgba.putpixel((0, 0), (0, 0, 0, 0))
    rgba.putpixel((1, 0), (0, 0, 0, 128))
    grey = Image.new("LA", (4, 4), (10, 255))
    grey.putpixel((0, 0), (10, 0))
    palette = Image.new("P", (4, 4), 1)
    palette.putpalette([0, 0, 0, 200, 0, 0])
    palette.putpixel((0, 0), 0)
    one = Image.new("RGB", (4, 4), (200, 0, 0))
    one.putpixel((0, 0), (1, 2, 3))
    rgba.save(tmp_path / "rgba.png")
    rgba.save(tmp_path / "rgba.webp", lossless=True, exact=True)
    grey.save(tmp_path / "grey.png")
    palette.save(tmp_path / "palette.png", transparency=0)
    palette.save(tmp_path / "palette.gif", transparency=0)
    palette.save(tmp_path / "bytes.png", transparency=bytes([0, 255]))
    one.save(tmp_path / "key.png", transparency=(1, 2, 3))
    for path in sorted(tmp_path.iterdir()):
        pixels = open_upright(path).pixels
        assert pixels[0, 0].tolist() == [255, 255, 255], path.name
        assert pixels[3, 3, 1] in (0, 10), path.name
        assert np.asarray(open_for_display(path, 4))[0, 0].tolist() == [255, 255, 255], path.name
    assert open_upright(tmp_path / "rgba.png").pixels[0, 1, 0] == 127


def test_one_bit_and_plain_palette_photos_open(tmp_path: Path) -> None:
    bits = Image.new("1", (4, 4), 1)
    bits.putpixel((0, 0), 0)
    bits.save(tmp_path / "bits.png")
    bits.save(tmp_path / "bits.tif")
    four_corners().quantize(4).save(tmp_path / "palette.png")
    for name in ("bits.png", "bits.tif"):
        assert open_upright(tmp_path / name).pixels[0, :2].tolist() == [[0, 0, 0], [255, 255, 255]]
    assert_four_corners(open_upright(tmp_path / "palette.png").pixels)


def test_cmyk_becomes_rgb(tmp_path: Path) -> None:
    path = tmp_path / "print.jpg"
    four_corners().convert("CMYK").save(path, quality=95)
    assert_four_corners(open_upright(path).pixels)
    assert_four_corners(np.asarray(open_for_display(path, 48)))


def test_lab_becomes_rgb(tmp_path: Path) -> None:
    path = tmp_path / "lab.tif"
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    lab = ImageCms.applyTransform(four_corners(), to_lab)
    assert lab is not None
    lab.save(path)
    assert_four_corners(open_upright(path).pixels)


def test_an_embedded_profile_is_applied(tmp_path: Path) -> None:
    """Linear light: the stored 55 stands for about 128 in sRGB."""
    path = tmp_path / "linear.png"
    Image.new("RGB", (8, 8), (55, 55, 55)).save(path, icc_profile=_linear_profile())
    seen = open_upright(path).pixels[4, 4]
    assert np.abs(seen.astype(int) - 128).max() <= 3
    assert np.abs(np.asarray(open_for_display(path, 4))[2, 2].astype(int) - 128).max() <= 3
    assert np.abs(np.asarray(open_face(path, Box(2, 2, 4, 4), 4))[2, 2].astype(int) - 128).max() <= 3


def test_a_profile_that_is_broken_or_of_another_colour_space_is_passed_over(tmp_path: Path) -> None:
    broken, other = tmp_path / "broken.jpg", tmp_path / "other.jpg"
    four_corners().save(broken, icc_profile=b"no profile at all", quality=95)
    four_corners().convert("CMYK").save(other, icc_profile=_linear_profile(), quality=95)
    assert_four_corners(open_upright(broken).pixels)
    assert_four_corners(open_upright(other).pixels)


def _linear_profile() -> bytes:
    """The sRGB profile with its tone curves replaced by straight lines."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for at in range(128 + 4, 128 + 4 + 12 * struct.unpack(">I", data[128:132])[0], 12):
        name, offset, size = struct.unpack(">4sII", data[at : at + 12])
        if name in (b"rTRC", b"gTRC", b"bTRC"):
            data[offset : offset + size] = (b"curv" + bytes(8)).ljust(size, b"\0")
        if name == b"desc":
            data[offset : offset + size] = data[offset : offset + size].replace(b"\0s\0R\0G\0B", b"\0L\0i\0n\0R")
    return bytes(data)


def test_the_linear_profile_of_these_tests_is_one() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(_linear_profile()))
    assert not (profile.profile.profile_description or "").startswith("sRGB")
