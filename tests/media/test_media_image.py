from __future__ import annotations

import io
import struct
import warnings
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms

from photoclust.core.types import Box
from photoclust.media import image
from photoclust.media.image import UnreadablePhoto, face_square, open_face, open_for_display, open_upright

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (255, 255, 255)
# What a file must hold so that turning it by the orientation gives the upright picture.
TURN_BACK = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.fixture(scope="module", autouse=True)
def _heif() -> None:
    pillow_heif.register_heif_opener()  # for saving; opening must not need it


def four_corners(width: int = 96, height: int = 64) -> Image.Image:
    """Red, green / blue, white quarters: no turn or flip leaves it as it is."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = RED
    pixels[: height // 2, width // 2 :] = GREEN
    pixels[height // 2 :, : width // 2] = BLUE
    pixels[height // 2 :, width // 2 :] = WHITE
    return Image.fromarray(pixels)


def save_turned(path: Path, picture: Image.Image, orientation: int, **options: object) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    turn = TURN_BACK[orientation]
    stored = picture if turn is None else picture.transpose(turn)
    stored.save(path, exif=exif.tobytes(), **options)  # bytes: pillow-heif turns by nothing else


def corners(pixels: np.ndarray) -> list[tuple[int, ...]]:
    h, w = pixels.shape[:2]
    return [tuple(int(v) for v in pixels[y, x]) for y in (h // 4, 3 * h // 4) for x in (w // 4, 3 * w // 4)]


def assert_four_corners(pixels: np.ndarray, tolerance: int = 40) -> None:
    for seen, meant in zip(corners(pixels), (RED, GREEN, BLUE, WHITE), strict=True):
        assert np.abs(np.subtract(seen, meant)).max() <= tolerance, corners(pixels)


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


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_sixteen_bit_grey_keeps_its_shades(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"deep{suffix}"
    Image.fromarray(np.array([[0, 128 * 257, 65535]], np.uint16)).save(path)
    assert open_upright(path).pixels[0].tolist() == [[0] * 3, [128] * 3, [255] * 3]
    assert np.asarray(open_for_display(path, 10))[0].tolist() == [[0] * 3, [128] * 3, [255] * 3]


def test_sixteen_bit_colour_keeps_its_shades(tmp_path: Path) -> None:
    rows = b"\0" + struct.pack(">6H", 65535, 0, 128 * 257, 0, 65535, 0)
    path = tmp_path / "deep.png"
    path.write_bytes(_png(2, 1, depth=16, color=2, rows=rows))
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
    bomb.write_bytes(_png(65000, 65000, depth=8, color=2, rows=b"\0"))
    with pytest.raises(UnreadablePhoto, match="65,000 × 65,000 pixels, more than the 200 million"):
        open_upright(bomb)
    with pytest.raises(UnreadablePhoto, match="more than"):
        open_for_display(bomb, 100)


@pytest.mark.parametrize("width", [10_000, 19_000])  # where PIL would warn, and where it would refuse
def test_the_limit_of_pixels_is_ours_and_not_that_of_pil(tmp_path: Path, width: int) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(_png(width, 10_000, depth=1, color=0, rows=b"\0" * 100))
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


def _png(width: int, height: int, *, depth: int, color: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


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
