"""Pictures whose side up can be told, and files that are turned."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

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


def written_png(width: int, height: int, *, depth: int, color: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
