"""From a plan to a finished photo: backdrop, people from back to front, grain, file."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoclust.core.types import Box
from photoclust.demo.backdrop import PLACES, paint_backdrop
from photoclust.demo.body import draw_outfit
from photoclust.demo.plan import PhotoPlan
from photoclust.demo.portrait import Figure, render_figure
from photoclust.demo.still_life import paint_still_life

_HIDDEN_BELOW = 0.65
_STORED = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
           5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
           8: Image.Transpose.ROTATE_270}  # fmt: skip
"""What turns upright pixels into the stored ones of an EXIF orientation."""


@dataclass(frozen=True, slots=True)
class ShownFace:
    """A face that was drawn: who, where (upright pixels), and whether enough of it can be seen to be found."""

    person: str
    stranger: bool
    box: Box
    visible: bool


def draw_photo(plan: PhotoPlan) -> tuple[Image.Image, list[ShownFace]]:
    """The upright photo and the truth about it."""
    w, h = plan.size
    if plan.still_life:
        return _develop(paint_still_life(plan.size, plan.seed), plan.seed), []
    scene = paint_backdrop(plan.place, plan.size, plan.seed, blur=1.0 if plan.sitters else 0.12)
    light = PLACES[plan.place].light
    shown: list[tuple[ShownFace, float]] = []
    for sitter in plan.sitters:
        outfit = draw_outfit(sitter.look, np.random.default_rng(sitter.outfit_seed))
        figure = render_figure(sitter.look, sitter.pose, outfit, light, sitter.scale, min(h - sitter.y, 8.9 * sitter.scale))
        left, top = round(sitter.x - figure.centre[0]), round(sitter.y - figure.centre[1])
        shown = [(face, seen * (1 - _hidden(face.box, figure, left, top))) for face, seen in shown]
        _lay(scene, figure, left, top, soften=sitter.stranger)
        box = _clip(Box(figure.box.x + left, figure.box.y + top, figure.box.w, figure.box.h), w, h)
        shown.append((ShownFace(sitter.person, sitter.stranger, box, True), box.area / max(figure.box.area, 1)))
    faces = [ShownFace(f.person, f.stranger, f.box, seen >= _HIDDEN_BELOW) for f, seen in shown if f.box.w > 1 and f.box.h > 1]
    return _develop(scene, plan.seed), faces


def save_photo(picture: Image.Image, plan: PhotoPlan, path: Path) -> None:
    """Write the photo with its EXIF date and orientation; the file appears whole or not at all."""
    exif = Image.Exif()
    stamp = f"{plan.taken_at:%Y:%m:%d %H:%M:%S}"
    exif[0x010F], exif[0x0110], exif[0x0112], exif[0x0132] = "photoclust", "demo album", plan.orientation, stamp
    exif.get_ifd(0x8769)[0x9003] = stamp
    stored = picture.transpose(_STORED[plan.orientation]) if plan.orientation > 1 else picture
    data = io.BytesIO()
    match path.suffix:
        case ".png":
            stored.save(data, "PNG", compress_level=3, exif=exif)
        case ".webp":
            stored.save(data, "WEBP", quality=88, method=2, exif=exif.tobytes())
        case ".heic":
            import pillow_heif

            pillow_heif.from_pillow(stored).save(data, quality=80, exif=exif.tobytes())
        case _:
            stored.save(data, "JPEG", quality=91, exif=exif)
    write_whole(path, data.getvalue())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    os.replace(part, path)


def _lay(scene: NDArray[np.float32], figure: Figure, left: int, top: int, *, soften: bool) -> None:
    """Lay a figure over the scene, where it reaches into the picture; far figures are a little out of focus."""
    h, w = figure.cover.shape
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + w, scene.shape[1]), min(top + h, scene.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    cut = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
    cover, colour = figure.cover[cut][..., None], figure.rgb[cut] * figure.cover[cut][..., None]
    if soften:
        cover = _soft(cover[..., 0])[..., None]
        colour = np.stack([_soft(colour[..., k]) for k in range(3)], axis=-1)
    place = scene[y0:y1, x0:x1]
    place *= 1 - cover
    place += colour


def _soft(values: NDArray[np.float32]) -> NDArray[np.float32]:
    v = np.pad(values, 1, mode="edge")
    v = 0.18 * v[:-2] + 0.64 * v[1:-1] + 0.18 * v[2:]
    return np.asarray(0.18 * v[:, :-2] + 0.64 * v[:, 1:-1] + 0.18 * v[:, 2:], np.float32)


def _hidden(box: Box, figure: Figure, left: int, top: int) -> float:
    """The part of a box that a figure laid at (left, top) covers."""
    h, w = figure.cover.shape
    x0, x1 = (int(np.clip(v - left, 0, w)) for v in (box.x, box.x + box.w))
    y0, y1 = (int(np.clip(v - top, 0, h)) for v in (box.y, box.y + box.h))
    return float(figure.cover[y0:y1, x0:x1].sum() / max(box.area, 1))


def _clip(box: Box, w: int, h: int) -> Box:
    x0, y0 = max(box.x, 0.0), max(box.y, 0.0)
    return Box(x0, y0, max(min(box.x + box.w, w) - x0, 0.0), max(min(box.y + box.h, h) - y0, 0.0))


def _develop(scene: NDArray[np.float32], seed: int) -> Image.Image:
    """Linear light to an 8-bit picture: highlights rolled off, a breath of vignette and grain."""
    h, w = scene.shape[:2]
    level = np.arange(4096, dtype=np.float32) / 4095 * 2
    soft = np.where(level < 0.7, level, 0.7 + 0.3 * (1 - np.exp(-(level - 0.7) / 0.3)))
    table = (255 * np.clip(soft, 0, 1) ** (1 / 2.2)).astype(np.float32)
    y, x = np.linspace(-1, 1, h, dtype=np.float32)[:, None], np.linspace(-1, 1, w, dtype=np.float32)[None]
    scene *= (1 - 0.10 * (x * x + y * y) ** 1.3 * 0.8)[..., None]
    picture = table[np.clip(scene * np.float32(4095 / 2), 0, 4095).astype(np.int16)]
    rng = np.random.default_rng([seed, 7])
    grain = rng.standard_normal((256, 256), dtype=np.float32) * np.float32(1.6)
    rows, columns = -(-h // 256), -(-w // 256)
    picture += np.tile(grain, (rows, columns))[:h, :w, None]
    return Image.fromarray(np.clip(picture + 0.5, 0, 255).astype(np.uint8))


