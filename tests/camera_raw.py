"""A picture of four colours, and a camera's RAW file of it."""

from __future__ import annotations

import io
import struct

import numpy as np
from PIL import Image

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (255, 255, 255)
WIDTH, HEIGHT = 96, 64


def four_corners(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """Red, green / blue, white quarters: no turn or flip leaves it as it is."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = RED
    pixels[: height // 2, width // 2 :] = GREEN
    pixels[height // 2 :, : width // 2] = BLUE
    pixels[height // 2 :, width // 2 :] = WHITE
    return Image.fromarray(pixels)


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
