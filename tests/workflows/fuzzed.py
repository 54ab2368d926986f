"""Damaged photos: small files of every format, with bits flipped, ends cut off, numbers that lie, pieces spliced."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from camera_raw import dng
from PIL import Image

_LIES = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\xff\xff", b"\x80\0\0\0", b"\0\1\0\0")


def samples() -> dict[str, bytes]:
    """Whole files, by name."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    rng = np.random.default_rng(4)
    coarse = Image.fromarray(rng.integers(0, 255, (6, 8, 3), np.uint8))
    picture = coarse.resize((120, 90), Image.Resampling.BICUBIC)
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    exif.get_ifd(0x8769)[0x9003] = "2020:07:01 12:00:00"
    told = exif.tobytes()
    frames = {"frames": [picture.rotate(90), picture.rotate(180)]}
    deep = Image.fromarray(rng.integers(0, 65535, (90, 120), np.uint16))
    made = {
        "plain.jpg": _saved(picture, "JPEG", exif=told),
        "progressive.jpg": _saved(picture, "JPEG", exif=told, progressive=True),
        "print.jpg": _saved(picture.convert("CMYK"), "JPEG"),
        "views.mpo": _saved(picture, "MPO", exif=told, **frames),
        "plain.png": _saved(picture, "PNG", exif=told),
        "alpha.png": _saved(picture.convert("RGBA"), "PNG"),
        "palette.png": _saved(picture.quantize(64), "PNG", transparency=3),
        "deep.png": _saved(deep, "PNG"),
        "moving.apng": _saved(picture, "PNG", **frames),
        "plain.bmp": _saved(picture, "BMP"),
        "palette.bmp": _saved(picture.quantize(16), "BMP"),
        "moving.gif": _saved(picture, "GIF", **frames),
        "plain.webp": _saved(picture, "WEBP", exif=told),
        "moving.webp": _saved(picture.convert("RGBA"), "WEBP", **frames),
        "plain.tif": _saved(picture, "TIFF"),
        "packed.tif": _saved(picture, "TIFF", compression="tiff_lzw", tiffinfo={0x0112: 6}),
        "jpeg.tif": _saved(picture, "TIFF", compression="jpeg"),
        "fax.tif": _saved(picture.convert("1"), "TIFF", compression="group4"),
        "deep.tif": _saved(deep, "TIFF", compression="tiff_deflate"),
        "pages.tif": _saved(picture, "TIFF", **frames),
        "plain.heic": _saved(picture, "HEIF", exif=told, quality=70),
        "plain.avif": _saved(picture, "AVIF", exif=told, quality=70, speed=10),
    }
    try:
        import imagecodecs
    except ImportError:
        pass
    else:
        made["plain.jxl"] = imagecodecs.jpegxl_encode(np.asarray(picture), usecontainer=True)
        made["bare.jxl"] = imagecodecs.jpegxl_encode(np.asarray(picture), lossless=True)
    made["developed.dng"] = dng()
    made["preview.dng"] = dng(6, _saved(picture, "JPEG"), width=160, height=100)
    return made


def fuzz(folder: Path, count: int, seed: int) -> dict[str, bytes]:
    """Write so many damaged files of every format in turn, the same ones for the same seed; what was written, by path."""
    rng = random.Random(seed)
    whole = samples()
    written = {}
    for i in range(count):
        name = list(whole)[i % len(whole)]
        data = bytearray(whole[name])
        for _ in range(rng.choice((1, 1, 2, 5))):
            rng.choice(_DAMAGES)(data, rng, whole)
        relpath = f"{name.split('.')[1]}/{i:05}-{name}"
        path = folder / relpath
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written[relpath] = bytes(data)
    return written


def _saved(picture: Image.Image, format: str, frames: Sequence[Image.Image] = (), **options: object) -> bytes:
    """Of copies, as PIL leaves the settings of one format in the picture."""
    buffer = io.BytesIO()
    if frames:
        options |= {"save_all": True, "append_images": [frame.copy() for frame in frames]}
    picture.copy().save(buffer, format, **options)
    return buffer.getvalue()


def _flip(data: bytearray, rng: random.Random, whole: dict[str, bytes]) -> None:
    for _ in range(rng.choice((1, 4, 30))):
        if data:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _flip_in_header(data: bytearray, rng: random.Random, whole: dict[str, bytes]) -> None:
    for _ in range(rng.choice((1, 4))):
        if data:
            data[rng.randrange(min(len(data), 200))] = rng.randrange(256)


def _cut(data: bytearray, rng: random.Random, whole: dict[str, bytes]) -> None:
    del data[rng.randrange(len(data) + 1) :]


def _lie(data: bytearray, rng: random.Random, whole: dict[str, bytes]) -> None:
    """Set a number somewhere near the beginning or anywhere to an extreme."""
    if data:
        at, lie = rng.randrange(rng.choice((min(len(data), 300), len(data)))), rng.choice(_LIES)[: rng.choice((2, 4))]
        data[at : at + len(lie)] = lie


def _drop(data: bytearray, rng: random.Random, whole: dict[str, bytes]) -> None:
    at = rng.randrange(len(data) + 1)
    del data[at : at + rng.choice((1, 16, 500))]


def _repeat(data: bytearray, rng: random.Random, whole: dict[str, bytes]) -> None:
    at, size = rng.randrange(len(data) + 1), rng.choice((4, 64, 2000))
    data[at:at] = data[at : at + size] * rng.choice((1, 3, 50))


def _splice(data: bytearray, rng: random.Random, whole: dict[str, bytes]) -> None:
    other = rng.choice(list(whole.values()))
    start, at = rng.randrange(len(other)), rng.randrange(len(data) + 1)
    data[at : at + rng.choice((0, 200))] = other[start : start + rng.choice((8, 200, 4000))]


def _zero(data: bytearray, rng: random.Random, whole: dict[str, bytes]) -> None:
    at = rng.randrange(len(data) + 1)
    size = len(data[at : at + rng.choice((4, 64, 2000))])
    data[at : at + size] = bytes(size)


_DAMAGES = (_flip, _flip, _flip_in_header, _flip_in_header, _cut, _lie, _lie, _drop, _repeat, _splice, _zero)
