"""One test for each line of docs/formats.md: the file is made here, opened, and its pixels, side up and size compared."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from photoclust.media import foreign
from photoclust.media.guard import Opener
from photoclust.media.image import UnreadablePhoto, open_upright
from photoclust.media.scan import walk_photos

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (255, 255, 255)
WIDTH, HEIGHT = 96, 64
TAKEN = 1_593_604_800.0  # 2020-07-01 12:00:00


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    with Opener() as opened:
        yield opened


def four_corners(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """Red, green / blue, white quarters: no turn or flip leaves it as it is."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = RED
    pixels[: height // 2, width // 2 :] = GREEN
    pixels[height // 2 :, : width // 2] = BLUE
    pixels[height // 2 :, width // 2 :] = WHITE
    return Image.fromarray(pixels)


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


def dng(orientation: int = 1, preview: bytes = b"", width: int = 192, height: int = 128) -> bytes:
    """A camera's RAW file: a Bayer mosaic of the four corners with 14 bits, and a JPEG preview if there is one."""
    rgb = np.asarray(four_corners(width, height)).astype(np.float64) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    mosaic = np.empty((height, width))
    for y, x, channel in ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 2)):
        mosaic[y::2, x::2] = linear[y::2, x::2, channel]
    pixels = (mosaic * 16383).astype("<u2").tobytes()
    xyz = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
    matrix = b"".join(struct.pack("<ii", round(v * 10000), 10000) for v in xyz.ravel())
    white = struct.pack("<IIIIII", *(1, 1) * 3)
    raw: list[tuple[int, int, int, bytes]] = [
        (0x00FE, 4, 1, struct.pack("<I", 0)), (0x0100, 4, 1, struct.pack("<I", width)), (0x0101, 4, 1, struct.pack("<I", height)),
        (0x0102, 3, 1, struct.pack("<H", 16)), (0x0103, 3, 1, struct.pack("<H", 1)), (0x0106, 3, 1, struct.pack("<H", 32803)),
        (0x0111, 4, 1, b"PIXELS"), (0x0115, 3, 1, struct.pack("<H", 1)), (0x0116, 4, 1, struct.pack("<I", height)),
        (0x0117, 4, 1, struct.pack("<I", len(pixels))), (0x828D, 3, 2, struct.pack("<HH", 2, 2)),
        (0x828E, 1, 4, bytes([0, 1, 1, 2])), (0xC61D, 4, 1, struct.pack("<I", 16383)),
    ]  # fmt: skip
    exif = [(0x9003, 2, 20, b"2020:07:01 12:00:00\0")]
    camera = [
        (0x010F, 2, 6, b"Maker\0"), (0x0110, 2, 6, b"Model\0"), (0x0112, 3, 1, struct.pack("<H", orientation)),
        (0x8769, 4, 1, b"EXIF"), (0xC612, 1, 4, bytes([1, 4, 0, 0])), (0xC614, 2, 12, b"Maker Model\0"),
        (0xC621, 10, 9, matrix), (0xC628, 5, 3, white),
        (0xC65A, 3, 1, struct.pack("<H", 21)),
    ]  # fmt: skip
    if preview:
        with Image.open(io.BytesIO(preview)) as small:
            size = small.size
        first = [
            (0x00FE, 4, 1, struct.pack("<I", 1)), (0x0100, 4, 1, struct.pack("<I", size[0])),
            (0x0101, 4, 1, struct.pack("<I", size[1])), (0x0102, 3, 3, struct.pack("<HHH", 8, 8, 8)),
            (0x0103, 3, 1, struct.pack("<H", 7)), (0x0106, 3, 1, struct.pack("<H", 6)), (0x0111, 4, 1, b"PREVIEW"),
            (0x0115, 3, 1, struct.pack("<H", 3)), (0x0116, 4, 1, struct.pack("<I", size[1])),
            (0x0117, 4, 1, struct.pack("<I", len(preview))), (0x014A, 4, 1, b"RAW"), *camera,
        ]  # fmt: skip
        directories = {"FIRST": sorted(first), "RAW": raw, "EXIF": exif}
    else:
        directories = {"FIRST": sorted([*raw, *camera]), "EXIF": exif}
    named, places, at = ("PIXELS", "PREVIEW"), {}, 8
    for name, entries in directories.items():
        places[name] = at
        at += (
            2
            + 12 * len(entries)
            + 4
            + sum(len(d) + len(d) % 2 for *_, d in entries if len(d) > 4 and d.decode("latin-1") not in named)
        )
    places |= {"PIXELS": at, "PREVIEW": at + len(pixels)}
    out = b"II*\0" + struct.pack("<I", 8)
    for name, entries in directories.items():
        extra, behind = b"", places[name] + 2 + 12 * len(entries) + 4
        out += struct.pack("<H", len(entries))
        for tag, kind, count, data in entries:
            if data.decode("latin-1") in places:
                data = struct.pack("<I", places[data.decode()])
            if len(data) > 4:
                out += struct.pack("<HHII", tag, kind, count, behind + len(extra))
                extra += data + b"\0" * (len(data) % 2)
            else:
                out += struct.pack("<HHI", tag, kind, count) + data.ljust(4, b"\0")
        out += bytes(4) + extra
    return out + pixels + preview


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
