"""One test for each line of docs/formats.md: the file is made here, opened, and its pixels, side up and size compared."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from camera_raw import BLUE, GREEN, HEIGHT, RED, WHITE, WIDTH, dng, four_corners
from PIL import Image, ImageCms

from photoclust.media import foreign
from photoclust.media.guard import Opener
from photoclust.media.image import UnreadablePhoto, open_upright
from photoclust.media.scan import walk_photos

TAKEN = 1_593_604_800.0  # 2020-07-01 12:00:00


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    with Opener() as opened:
        yield opened


def lying(orientation: int = 6) -> tuple[Image.Image, bytes]:
    """The picture as a camera held on its side stores it, and the EXIF that says so."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8769)[0x9003] = "2020:07:01 12:00:00"
    return four_corners().transpose(Image.Transpose.ROTATE_90), exif.tobytes()


def assert_opens(opener: Opener, path: Path, tolerance: int = 40, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
    """The walk finds it, and it comes upright, in its colours and its size, for the networks and for the eye."""
    assert path.name in [Path(found.relpath).name for found in walk_photos(path.parent)]
    photo = opener.upright(path)
    assert photo.size == size
    assert (photo.pixels.shape, photo.pixels.dtype) == ((size[1], size[0], 3), np.uint8)
    shown = np.asarray(opener.display(path, size[0] // 2))
    assert shown.shape == (size[1] // 2, size[0] // 2, 3)
    for pixels in (photo.pixels, shown):
        h, w = pixels.shape[:2]
        seen = [pixels[y, x].astype(int) for y in (h // 4, 3 * h // 4) for x in (w // 4, 3 * w // 4)]
        assert np.abs(np.subtract(seen, (RED, GREEN, BLUE, WHITE))).max() <= tolerance, seen


def test_jpeg(tmp_path, opener) -> None:
    stored, exif = lying()
    for suffix in (".jpg", ".jpeg", ".jpe", ".jfif", ".JPG"):
        stored.save(tmp_path / f"a{suffix}", "JPEG", exif=exif, quality=95)
        assert_opens(opener, tmp_path / f"a{suffix}")
    photo = opener.upright(tmp_path / "a.jpg")
    assert (photo.orientation, photo.taken_at) == (6, TAKEN)


def test_jpeg_progressive(tmp_path, opener) -> None:
    stored, exif = lying()
    stored.save(tmp_path / "a.jpg", exif=exif, quality=95, progressive=True)
    assert b"\xff\xc2" in (tmp_path / "a.jpg").read_bytes()
    assert_opens(opener, tmp_path / "a.jpg")


def test_jpeg_of_adobe_in_rgb_and_with_a_profile(tmp_path, opener) -> None:
    stored, exif = lying()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    stored.save(tmp_path / "a.jpg", exif=exif, quality=95, keep_rgb=True, icc_profile=profile)
    assert b"Adobe" in (tmp_path / "a.jpg").read_bytes()
    assert_opens(opener, tmp_path / "a.jpg")


def test_jpeg_for_print_cmyk(tmp_path, opener) -> None:
    stored, exif = lying()
    stored.convert("CMYK").save(tmp_path / "a.jpg", exif=exif, quality=95)
    assert_opens(opener, tmp_path / "a.jpg")


def test_jpeg_grey(tmp_path, opener) -> None:
    four_corners().convert("L").save(tmp_path / "a.jpg", quality=95)
    grey = opener.upright(tmp_path / "a.jpg").pixels
    meant = np.asarray(four_corners().convert("L").convert("RGB")).astype(int)
    assert np.abs(grey - meant).max() <= 30


def test_motion_photo(tmp_path, opener) -> None:
    """A JPEG with a film behind it, as phones save it."""
    stored, exif = lying()
    film = struct.pack(">I4s4sI4s4s", 24, b"ftyp", b"mp42", 0, b"isom", b"mp42") + struct.pack(">I4s", 500_008, b"mdat")
    stored.save(tmp_path / "a.MP.jpg", exif=exif, quality=95)
    with (tmp_path / "a.MP.jpg").open("ab") as file:
        file.write(film + np.random.default_rng(0).bytes(500_000))
    assert_opens(opener, tmp_path / "a.MP.jpg")


def test_mpo(tmp_path, opener) -> None:
    stored, exif = lying()
    stored.save(tmp_path / "a.mpo", "MPO", save_all=True, append_images=[Image.new("RGB", stored.size)], exif=exif, quality=95)
    assert_opens(opener, tmp_path / "a.mpo")


@pytest.mark.parametrize("suffix", [".heic", ".heif", ".hif"])
def test_heic(tmp_path, opener, suffix) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    stored, exif = lying()
    stored.save(tmp_path / f"a{suffix}", "HEIF", exif=exif, quality=95)
    assert_opens(opener, tmp_path / f"a{suffix}")
    photo = opener.upright(tmp_path / f"a{suffix}")
    assert (photo.orientation, photo.taken_at) == (6, TAKEN)


def test_avif(tmp_path, opener) -> None:
    stored, exif = lying()
    stored.save(tmp_path / "a.avif", exif=exif, quality=95)
    assert_opens(opener, tmp_path / "a.avif")
    assert opener.upright(tmp_path / "a.avif").taken_at == TAKEN


@pytest.mark.parametrize("bits", [8, 16])
def test_jpeg_xl(tmp_path, opener, bits) -> None:
    imagecodecs = pytest.importorskip("imagecodecs")
    pixels = np.asarray(four_corners())
    pixels = pixels if bits == 8 else pixels.astype(np.uint16) * 257
    for container in (False, True):
        (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode(pixels, level=95, usecontainer=container))
        assert (tmp_path / "a.jxl").read_bytes().startswith(foreign.JXL[container])
        assert_opens(opener, tmp_path / "a.jxl")


def test_jpeg_xl_with_more_pixels_than_allowed(tmp_path) -> None:
    imagecodecs = pytest.importorskip("imagecodecs")
    for width, height in ((64, 48), (60, 45), (300, 7), (5000, 3), (64, 64), (80, 45)):
        (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode(np.zeros((height, width, 3), np.uint8)))
        with pytest.raises(UnreadablePhoto, match=f"{width:,} × {height:,} pixels, more than"):
            open_upright(tmp_path / "a.jxl", max_pixels=100)


def test_png_with_transparency(tmp_path, opener) -> None:
    picture = four_corners().convert("RGBA")
    alpha = Image.new("L", picture.size, 255)
    alpha.paste(0, (WIDTH // 2, HEIGHT // 2, WIDTH, HEIGHT))
    picture.paste((0, 0, 0), (WIDTH // 2, HEIGHT // 2, WIDTH, HEIGHT))
    picture.putalpha(alpha)
    picture.save(tmp_path / "a.png")
    assert_opens(opener, tmp_path / "a.png", 2)


def test_png_16_bits(tmp_path, opener) -> None:
    imagecodecs = pytest.importorskip("imagecodecs")
    deep = np.asarray(four_corners()).astype(np.uint16) * 257
    (tmp_path / "a.png").write_bytes(imagecodecs.png_encode(deep))
    assert (tmp_path / "a.png").read_bytes()[24] == 16
    assert_opens(opener, tmp_path / "a.png", 2)


def test_png_palette(tmp_path, opener) -> None:
    four_corners().quantize(4).save(tmp_path / "a.png")
    assert_opens(opener, tmp_path / "a.png", 4)


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "tiff_deflate", "jpeg", "packbits"])
def test_tiff(tmp_path, opener, compression) -> None:
    lying()[0].save(tmp_path / "a.tif", tiffinfo={0x0112: 6}, compression=compression)
    assert_opens(opener, tmp_path / "a.tif")
    assert opener.upright(tmp_path / "a.tif").orientation == 6


def test_tiff_of_several_pages_shows_the_first(tmp_path, opener) -> None:
    four_corners().save(tmp_path / "a.tiff", save_all=True, append_images=[Image.new("RGB", (50, 50))] * 2)
    assert_opens(opener, tmp_path / "a.tiff", 2)


@pytest.mark.parametrize("suffix", [".gif", ".png", ".apng", ".webp"])
def test_animations_show_their_first_frame(tmp_path, opener, suffix) -> None:
    others = [Image.new("RGB", (WIDTH, HEIGHT), color) for color in ("black", "red")]
    options = {"quality": 95, "lossless": True} if suffix == ".webp" else {}
    four_corners().save(tmp_path / f"a{suffix}", save_all=True, append_images=others, duration=40, **options)
    with Image.open(tmp_path / f"a{suffix}") as moving:
        assert moving.n_frames == 3
    assert_opens(opener, tmp_path / f"a{suffix}")


def test_webp(tmp_path, opener) -> None:
    stored, exif = lying()
    stored.save(tmp_path / "a.webp", exif=exif, quality=95)
    assert_opens(opener, tmp_path / "a.webp")


def test_bmp(tmp_path, opener) -> None:
    four_corners().save(tmp_path / "a.bmp")
    assert_opens(opener, tmp_path / "a.bmp", 0)
    four_corners().quantize(4).save(tmp_path / "b.bmp")
    assert_opens(opener, tmp_path / "b.bmp", 4)


def jpeg(picture: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=95, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("orientation", [1, 6])
def test_raw_without_a_preview_is_developed(tmp_path, opener, orientation) -> None:
    pytest.importorskip("rawpy")
    (tmp_path / "a.DNG").write_bytes(dng(orientation))
    photo = opener.upright(tmp_path / "a.DNG")
    assert (photo.orientation, photo.taken_at) == (orientation, TAKEN)
    if orientation == 1:
        assert_opens(opener, tmp_path / "a.DNG")  # two by two pixels of the sensor make one
    else:
        assert photo.size == (HEIGHT, WIDTH)


@pytest.mark.parametrize("orientation", [1, 6])
def test_raw_shows_its_preview(tmp_path, opener, orientation) -> None:
    """The camera's own picture, turned as the RAW says."""
    pytest.importorskip("rawpy")
    stored = four_corners() if orientation == 1 else four_corners().transpose(Image.Transpose.ROTATE_90)
    preview = jpeg(stored)
    (tmp_path / "a.dng").write_bytes(dng(orientation, preview, width=160, height=100))
    assert_opens(opener, tmp_path / "a.dng")
    photo = opener.upright(tmp_path / "a.dng")
    assert (photo.orientation, photo.taken_at) == (orientation, TAKEN)
    assert opener.upright(tmp_path / "a.dng", enough=WIDTH * HEIGHT // 4).pixels.shape == (HEIGHT // 2, WIDTH // 2, 3)


def test_raw_with_a_tiny_preview_is_developed(tmp_path, opener) -> None:
    pytest.importorskip("rawpy")
    (tmp_path / "a.dng").write_bytes(dng(1, jpeg(Image.new("RGB", (40, 26), "black"))))
    assert_opens(opener, tmp_path / "a.dng")


def test_raw_beside_a_jpeg_of_the_same_name_is_left_out(tmp_path) -> None:
    pytest.importorskip("rawpy")
    for name in ("IMG_1.DNG", "img_1.jpg", "IMG_2.dng", "IMG_3.NEF", "IMG_3.HEIC", "IMG_4.png"):
        (tmp_path / name).write_bytes(b"x")
    assert [f.relpath for f in walk_photos(tmp_path)] == ["IMG_2.dng", "IMG_3.HEIC", "IMG_4.png", "img_1.jpg"]


@pytest.mark.parametrize(("extra", "name"), [("rawpy", "a.dng"), ("imagecodecs", "a.jxl")])
def test_without_the_extra_its_files_are_not_looked_at_and_say_why(tmp_path, monkeypatch, extra, name) -> None:
    monkeypatch.setattr(foreign, "find_spec", lambda module: None if module == extra else module)
    assert Path(name).suffix not in foreign.suffixes()
    monkeypatch.setitem(__import__("sys").modules, extra, None)
    (tmp_path / name).write_bytes(b"\xff\x0a" + bytes(50) if name.endswith("jxl") else dng())
    with pytest.raises(UnreadablePhoto, match=r"pip install photoclust\["):
        open_upright(tmp_path / name)


@pytest.mark.parametrize("suffix", [".jpg", pytest.param(".tif", marks=pytest.mark.long)])
def test_panorama_of_200_megapixels_comes_at_half_its_sides(tmp_path, opener, suffix) -> None:
    stored = four_corners().convert("L" if suffix == ".jpg" else "1").resize((12240, 16320), Image.Resampling.NEAREST)
    options = {"exif": lying()[1]} if suffix == ".jpg" else {"tiffinfo": {0x0112: 6}, "compression": "group4"}
    stored.save(tmp_path / f"a{suffix}", **options)
    photo = opener.upright(tmp_path / f"a{suffix}")
    assert photo.size == (16320, 12240)
    assert photo.pixels.shape == (6120, 8160, 3)
    assert opener.display(tmp_path / f"a{suffix}", 1000).size == (1000, 750)


SCRIPTS = ("Ελλάδα", "写真 一", "رحلة", "किताब", "👩‍👩‍👧", "e\u0301té", "a\nb'c\"d;$(x)", "bad\udcff", "-rf")


@pytest.mark.parametrize("name", SCRIPTS)
def test_names_in_any_script(tmp_path, opener, name) -> None:
    folder = tmp_path / name
    try:
        folder.mkdir()
        (folder / f"{name}.jpg").write_bytes(jpeg(four_corners()))
    except OSError:
        pytest.skip("this file system has no such names")
    assert_opens(opener, folder / f"{name}.jpg")


def test_paths_of_more_than_260_characters(tmp_path, opener) -> None:
    folder = tmp_path
    for _ in range(5):
        folder = folder / ("long " * 20).strip()
        folder.mkdir()
    (folder / "a.jpg").write_bytes(jpeg(four_corners()))
    four_corners().save(folder / "b.tif")
    assert len(str(folder)) > 500
    assert_opens(opener, folder / "a.jpg")
    assert_opens(opener, folder / "b.tif")


@pytest.mark.skipif(os.name == "nt", reason="folders there have no such permissions")
def test_folder_that_may_only_be_read(tmp_path, opener) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(four_corners()))
    four_corners().save(tmp_path / "b.tif")
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.iterdir()}
    for path in tmp_path.iterdir():
        path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert_opens(opener, tmp_path / "a.jpg")
        assert_opens(opener, tmp_path / "b.tif", 2)
    finally:
        tmp_path.chmod(0o755)
    assert {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.iterdir()} == before
