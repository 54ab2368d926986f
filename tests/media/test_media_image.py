"""Photos are opened as they are, or a sentence says why not."""

from __future__ import annotations

import struct
import warnings
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from media_corners import BLUE, GREEN, RED, TURN_BACK, assert_four_corners, four_corners, save_turned, written_png
from PIL import Image

from photoclust.media import image
from photoclust.media.image import UnreadablePhoto, open_for_display, open_upright


@pytest.fixture(scope="module", autouse=True)
def _heif() -> None:
    pillow_heif.register_heif_opener()  # for saving; opening must not need it


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".heic", ".heif"])
def test_every_format_that_a_scan_looks_at_opens(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"photo{suffix}"
    four_corners().save(path)
    assert_four_corners(open_upright(path).pixels)


def test_of_an_animation_the_first_frame_is_shown(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (20, 20), color) for color in (RED, GREEN, BLUE)]
    for suffix in (".gif", ".png", ".webp", ".tif"):
        path = tmp_path / f"moving{suffix}"
        frames[0].save(path, save_all=True, append_images=frames[1:])
        assert np.abs(open_upright(path).pixels[10, 10].astype(int) - RED).max() <= 12


@pytest.mark.parametrize(("format", "suffix"), [("PNG", ".jpg"), ("JPEG", ".png"), ("HEIF", ".jpg"), ("JPEG", ".heic")])
def test_a_file_with_the_wrong_suffix_opens(tmp_path: Path, format: str, suffix: str) -> None:
    path = tmp_path / f"photo{suffix}"
    four_corners().save(path, format)
    assert_four_corners(open_upright(path).pixels)


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_large_jpeg_is_decoded_at_a_fraction_for_display(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orientation: int
) -> None:
    path = tmp_path / "large.jpg"
    save_turned(path, four_corners(1200, 900), orientation)
    decoded: list[tuple[int, int]] = []
    monkeypatch.setattr(image, "read_exif", lambda photo: decoded.append(photo.size) or photo.getexif())
    shown = open_for_display(path, 300)
    assert shown.size == (300, 225)
    assert decoded == [(300, 225) if orientation == 1 else (225, 300)]
    assert_four_corners(np.asarray(shown))


def test_a_photo_smaller_than_asked_is_not_enlarged(tmp_path: Path) -> None:
    path = tmp_path / "small.jpg"
    four_corners().save(path)
    assert open_for_display(path, 500).size == (96, 64)


def test_a_very_thin_photo_still_has_a_pixel(tmp_path: Path) -> None:
    path = tmp_path / "thin.png"
    Image.new("RGB", (4000, 1), RED).save(path)
    assert open_for_display(path, 100).size == (100, 1)


def test_a_header_that_claims_too_many_pixels_is_refused_before_decoding(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(written_png(65000, 65000, depth=8, color=2, rows=b"\0"))
    with pytest.raises(UnreadablePhoto, match="65,000 × 65,000 pixels, more than the 200 million"):
        open_upright(bomb)
    with pytest.raises(UnreadablePhoto, match="more than"):
        open_for_display(bomb, 100)


@pytest.mark.parametrize("width", [10_000, 19_000])  # where PIL would warn, and where it would refuse
def test_the_limit_of_pixels_is_ours_and_not_that_of_pil(tmp_path: Path, width: int) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(written_png(width, 10_000, depth=1, color=0, rows=b"\0" * 100))
    with pytest.raises(UnreadablePhoto, match="cut off"):  # it came as far as the missing pixels
        open_for_display(path, 19)


def test_exactly_as_many_pixels_as_allowed_open_and_one_more_do_not(tmp_path: Path) -> None:
    path = tmp_path / "small.png"
    four_corners(100, 100).save(path)
    assert open_upright(path, max_pixels=10_000).pixels.shape == (100, 100, 3)
    with pytest.raises(UnreadablePhoto, match="more than"):
        open_upright(path, max_pixels=9_999)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif", ".bmp", ".gif", ".heic"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
def test_a_photo_that_is_cut_off_says_so(tmp_path: Path, suffix: str, share: float) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (120, 160, 3), np.uint8)
    path = tmp_path / f"photo{suffix}"
    Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[: max(12, int(path.stat().st_size * share))])
    with pytest.raises(UnreadablePhoto, match=r"cut off|damaged") as caught:
        open_upright(path)
    assert str(caught.value).endswith(".")
    with pytest.raises(UnreadablePhoto, match=r"cut off|damaged"):
        open_for_display(path, 160)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".heic", ".tif"])
def test_files_that_are_no_photos_say_why(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"photo{suffix}"
    path.write_bytes(b"")
    with pytest.raises(UnreadablePhoto, match="The file is empty"):
        open_upright(path)
    path.write_text("Dear diary, today I took no photos at all.")
    with pytest.raises(UnreadablePhoto, match="not a photo"):
        open_upright(path)
    path.unlink()
    with pytest.raises(UnreadablePhoto, match="no longer there"):
        open_upright(path)
    path.mkdir()
    with pytest.raises(UnreadablePhoto, match="is a folder"):
        open_upright(path)


def test_a_file_that_is_no_photo_format_of_ours_is_never_handed_to_its_decoder(tmp_path: Path) -> None:
    path = tmp_path / "script.jpg"
    Image.new("RGB", (10, 10)).save(path, "EPS")  # PostScript would run Ghostscript
    with pytest.raises(UnreadablePhoto, match="not a photo"):
        open_upright(path)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif", ".gif", ".bmp", ".heic"])
def test_random_damage_opens_or_is_an_unreadable_photo_and_nothing_else(tmp_path: Path, suffix: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = "2020:01:02 03:04:05"
    good = tmp_path / f"good{suffix}"
    four_corners().save(good, **({} if suffix in (".gif", ".bmp") else {"exif": exif}))
    original = good.read_bytes()
    path = tmp_path / f"bad{suffix}"
    random = np.random.default_rng(7)
    opened = 0
    for _ in range(60):
        data = bytearray(original)
        for _ in range(int(random.integers(1, 6))):
            data[int(random.integers(0, min(len(data), 400)))] = int(random.integers(0, 256))
        path.write_bytes(bytes(data))
        with suppress(UnreadablePhoto):
            open_upright(path, max_pixels=1_000_000)
            opened += 1
    assert opened < 60  # the damage was damage


def test_odd_metadata_neither_warns_nor_stops(tmp_path: Path) -> None:
    path = tmp_path / "odd.jpg"
    bad_exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\xff\xff\xff\x7f\0\0\0\0\x32\x01\x02\0\x14\0\0\0\xff\xff\0\0"
    four_corners().save(path, exif=bad_exif)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        upright = open_upright(path)
    assert_four_corners(upright.pixels)
    assert upright.orientation == 1
    assert [str(w.message) for w in caught] == []


def test_opening_a_photo_changes_nothing_about_it(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    save_turned(path, four_corners(), 6)
    path.chmod(0o444)
    before = path.read_bytes(), path.stat().st_mtime_ns
    open_upright(path)
    open_for_display(path, 32)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_the_capture_time_comes_with_the_pixels(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2020:01:02 03:04:05"
    for suffix in (".jpg", ".png", ".webp", ".tif", ".heic"):
        path = tmp_path / f"dated{suffix}"
        four_corners().save(path, exif=exif.tobytes())
        assert open_upright(path).taken_at == 1577934245.0, suffix
    four_corners().save(tmp_path / "undated.jpg")
    assert open_upright(tmp_path / "undated.jpg").taken_at is None


def test_png_metadata_behind_the_pixels_is_seen(tmp_path: Path) -> None:
    """An eXIf chunk may stand after the image data."""
    path = tmp_path / "late.png"
    exif = Image.Exif()
    exif[0x0112] = 6
    four_corners().transpose(TURN_BACK[6]).save(path)
    plain, chunk = path.read_bytes(), b"eXIf" + exif.tobytes()[6:]
    late = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    path.write_bytes(plain[:-12] + late + plain[-12:])
    upright = open_upright(path)
    assert upright.orientation == 6
    assert_four_corners(upright.pixels)
