"""Which files may be decoded right here: what their headers say bounds the time and memory that decoding can take."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

PIXELS = 64_000_000
"""More are decoded elsewhere; so is a JPEG in several passes from half as many."""
_METADATA = 1 << 20  # bytes, of all kinds together
_PASSES = 64  # a progressive JPEG has about ten; each costs as much as the first, however few bytes it has
_TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8}
_IFDS = (0x8769, 0x8825, 0xA005, 0x014A)


def is_harmless(path: Path) -> bool:
    """Whether a file is a plain JPEG, PNG or BMP of reasonable size; also where it cannot be read, which costs nothing."""
    try:
        with path.open("rb") as file:
            beginning = file.read(34)
            if beginning.startswith(b"\xff\xd8\xff"):
                return _jpeg(file)
            if beginning.startswith(b"\x89PNG\r\n\x1a\n"):
                return _png(file)
            return len(beginning) < 12 or (beginning.startswith(b"BM") and _bmp(beginning, path.stat().st_size))
    except OSError:
        return True
    except (struct.error, IndexError):
        return False  # cut off in its header


def _jpeg(file: BinaryIO) -> bool:
    """Baseline or progressive, 8 bits, in few passes, with metadata that stay within their segment."""
    file.seek(2)
    kind, pixels, components, exifs = 0, 0, 0, 0
    while file.tell() < _METADATA:
        mark, code, length = struct.unpack(">BBH", file.read(4))
        if mark != 0xFF or length < 2:
            return False
        if code == 0xDA:
            passes = 1
            if kind == 0xC2 or file.read(1) != bytes([components]):
                pixels, passes = pixels * 2, file.read().count(b"\xff\xda")
            return 0 < pixels <= PIXELS and passes <= _PASSES
        segment = file.read(length - 2)
        if code in (0xC0, 0xC1, 0xC2) and not kind:
            bits, height, width, components = struct.unpack(">BHHB", segment[:6])
            kind, pixels = code, width * height
            if bits != 8:
                return False
        elif 0xC0 <= code <= 0xCF and code not in (0xC4, 0xC8, 0xCC):
            return False
        elif segment.startswith((b"Exif\0\0", b"MPF\0")):
            exifs += segment.startswith(b"Exif")
            if exifs > 1 or not _sane(segment.removeprefix(b"MPF\0")):
                return False
    return False


def _png(file: BinaryIO) -> bool:
    """Few bytes that are not pixels; decoding stops when all pixels are there, whatever follows."""
    file.seek(8)
    metadata = 0
    for _ in range(100_000):
        header = file.read(8)
        if len(header) < 8:
            return True  # cut off, which the decoder tells
        length, name = struct.unpack(">I4s", header)
        if name == b"IDAT":
            file.seek(length + 4, 1)
            continue
        metadata += length
        if metadata > _METADATA:
            return False
        data = file.read(length + 4)
        if name == b"IHDR":
            width, height = struct.unpack(">II", data[:8])
            if width * height > PIXELS:
                return False
        elif name == b"eXIf" and not _sane(data[:-4]):
            return False
        elif name == b"IEND":
            return True
    return False


def _bmp(beginning: bytes, size: int) -> bool:
    """Pixels as they are, and all of them there."""
    header, width, height, _, bits, compression = struct.unpack("<IiiHHI", beginning[14:34])
    pixels = int(width * abs(height))
    return bool(header >= 40 and compression == 0 and 0 < pixels <= PIXELS and pixels * bits <= size * 8)


def _sane(tiff: bytes) -> bool:
    """Whether the directories of an EXIF claim to hold no more than they can: all may point at the same bytes."""
    for _ in range(2):  # PIL passes over two of them
        tiff = tiff.removeprefix(b"Exif\0\0")
    if tiff[:4] not in (b"II*\0", b"MM\0*"):
        return False
    order = "<" if tiff.startswith(b"II") else ">"
    left, seen = _METADATA, 0
    try:
        waiting = [struct.unpack(order + "I", tiff[4:8])[0]]
        while waiting:
            start, seen = waiting.pop(), seen + 1
            (entries,) = struct.unpack(order + "H", tiff[start : start + 2])
            for k in range(entries):
                at = start + 2 + 12 * k
                tag, kind, count, value = struct.unpack(order + "HHII", tiff[at : at + 12])
                left -= count * _TYPE_BYTES.get(kind, 0)
                if tag in _IFDS:
                    waiting.append(value)
            if left < 0 or seen > 16:
                return False
    except struct.error:
        pass  # the rest cannot be read, by nobody
    return left >= 0
