"""Photos that PIL knows nothing of, made PIL's where an extra is installed: RAW (rawpy) and JPEG XL (imagecodecs)."""

from __future__ import annotations

import io
import struct
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

from photoclust.core.settings import RAW_SUFFIXES
from photoclust.media.errors import UnreadablePhoto, too_many_pixels

JXL = (b"\xff\x0a", b"\0\0\0\x0cJXL ")
"""How JPEG XL files begin: bare, and in a container."""

_ORIENTATION, _EXIF_IFD = 0x0112, 0x8769
_FLIPS = {3: 3, 5: 8, 6: 6}  # LibRaw's numbers to EXIF's
_GOOD_PREVIEW = 1600  # pixels of its longer side


def suffixes() -> frozenset[str]:
    """What can be opened with the extras that are installed, by lower-case suffix."""
    raw = RAW_SUFFIXES if find_spec("rawpy") else frozenset()
    return raw | (frozenset({".jxl"}) if find_spec("imagecodecs") else frozenset())


def opened(path: Path, file: BinaryIO, beginning: bytes, max_pixels: int) -> Image.Image | None:
    """A photo decoded by an extra; None where PIL is to try. Raises whatever the decoder does, and UnreadablePhoto."""
    if beginning.startswith(JXL):
        return _jxl(file, max_pixels)
    if path.suffix.lower() in RAW_SUFFIXES and not beginning.startswith(b"\xff\xd8\xff"):
        return _raw(file, max_pixels)
    return None


def _raw(file: BinaryIO, max_pixels: int) -> Image.Image:
    """The camera's own picture if it is large enough; otherwise the sensor's, four pixels made one."""
    try:
        import rawpy
    except ImportError:
        raise UnreadablePhoto("RAW photos need an extra: pip install photoclust[raw].") from None
    exif = _tiff_exif(file)
    file.seek(0)
    with rawpy.imread(file) as raw:
        sizes = raw.sizes
        if sizes.raw_width * sizes.raw_height > max_pixels:
            raise too_many_pixels(sizes.raw_width, sizes.raw_height, max_pixels)
        turn = _FLIPS.get(sizes.flip, 1)
        photo = _preview(raw, min(_GOOD_PREVIEW, max(sizes.width, sizes.height) // 2))
        if photo is None:
            photo = Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8))
            photo.info["original_orientation"] = turn  # it has been turned
        elif _ORIENTATION not in photo.getexif():
            photo.getexif()[_ORIENTATION] = turn
    known = photo.getexif().get_ifd(_EXIF_IFD)
    for tag, value in exif.items():
        known.setdefault(tag, value)
    return photo


def _preview(raw: Any, side: int) -> Image.Image | None:
    import rawpy

    try:
        thumb = raw.extract_thumb()
    except rawpy.LibRawError:
        return None
    if thumb.format == rawpy.ThumbFormat.JPEG:
        photo: Image.Image = Image.open(io.BytesIO(thumb.data), formats=["JPEG"])
    else:
        photo = Image.fromarray(thumb.data)
    return photo if max(photo.size) >= side else None


def _tiff_exif(file: BinaryIO) -> dict[int, Any]:
    """When the photo was taken, where the file is a TIFF in disguise, as most RAW files are."""
    exif = Image.Exif()
    with suppress(Exception):  # as in read_exif
        exif.load_from_fp(file)
        return dict(exif.get_ifd(_EXIF_IFD))
    return {}


def _jxl(file: BinaryIO, max_pixels: int) -> Image.Image:
    """The first frame, upright, 8 bits; its colours are taken for sRGB."""
    try:
        import imagecodecs
    except ImportError:
        raise UnreadablePhoto("JPEG XL photos need an extra: pip install photoclust[jxl].") from None
    data = file.read()
    width, height = _jxl_size(_codestream(data))
    if width * height > max_pixels:
        raise too_many_pixels(width, height, max_pixels)
    pixels = np.asarray(imagecodecs.jpegxl_decode(data, index=0))
    if pixels.dtype == np.uint16:
        pixels = (pixels >> 8).astype(np.uint8)
    elif pixels.dtype != np.uint8:
        pixels = (np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8)
    photo = Image.fromarray(pixels[:, :, 0] if pixels.ndim == 3 and pixels.shape[2] == 1 else pixels)
    exif = Image.Exif()
    with suppress(Exception):  # as in read_exif
        exif.load(b"Exif\0\0" + _box(data, b"Exif")[4:])
        said = exif.get(_ORIENTATION)
        photo.info["original_orientation"] = said if isinstance(said, int) else None
        photo.getexif().get_ifd(_EXIF_IFD).update(exif.get_ifd(_EXIF_IFD))
    return photo


def _box(data: bytes, name: bytes) -> bytes:
    """What is in the first box of this name; KeyError without one."""
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        begin = at + 8
        if size == 1:
            (size,) = struct.unpack(">Q", data[begin : begin + 8])
            begin += 8
        end = at + size if size else len(data)
        if kind == name:
            return data[begin:end]
        if end <= at:
            break
        at = end
    raise KeyError(name)


def _codestream(data: bytes) -> bytes:
    if data.startswith(JXL[0]):
        return data
    try:
        return _box(data, b"jxlc")
    except KeyError:
        return _box(data, b"jxlp")[4:]


def _jxl_size(stream: bytes) -> tuple[int, int]:
    """Width and height as the first bits of a codestream say."""
    bits, at = int.from_bytes(stream[2:14], "little"), 0

    def take(count: int) -> int:
        nonlocal at
        at += count
        return bits >> (at - count) & ((1 << count) - 1)

    def side(small: bool) -> int:
        return (take(5) + 1) * 8 if small else take((9, 13, 18, 30)[take(2)]) + 1

    small = bool(take(1))
    height = side(small)
    across, below = ((0, 1), (1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))[take(3)]
    return (height * across // below if across else side(small)), height
