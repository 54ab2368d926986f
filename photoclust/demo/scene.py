"""From a plan to a finished photo: backdrop, people from back to front, grain, file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

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
        return _grain(paint_still_life(plan.size, plan.seed), plan.seed), []
    scene = paint_backdrop(plan.place, plan.size, plan.seed, blur=1.0 if plan.sitters else 0.12)
    light = PLACES[plan.place].light
    shown: list[tuple[ShownFace, float]] = []
    for sitter in plan.sitters:
        outfit = draw_outfit(sitter.look, np.random.default_rng(sitter.outfit_seed))
        figure = render_figure(sitter.look, sitter.pose, outfit, light, sitter.scale, min(h - sitter.y, 8.9 * sitter.scale))
        left, top = round(sitter.x - figure.centre[0]), round(sitter.y - figure.centre[1])
        shown = [(face, seen * (1 - _hidden(face.box, figure, left, top))) for face, seen in shown]
        _lay(scene, figure, left, top, far=sitter.stranger)
        box = _clip(Box(figure.box.x + left, figure.box.y + top, figure.box.w, figure.box.h), w, h)
        shown.append((ShownFace(sitter.person, sitter.stranger, box, True), box.area / max(figure.box.area, 1)))
    faces = [ShownFace(f.person, f.stranger, f.box, seen >= _HIDDEN_BELOW) for f, seen in shown if f.box.w > 1 and f.box.h > 1]
    return _grain(scene, plan.seed), faces


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
            stored.save(data, "PNG", compress_level=1, exif=exif)
        case ".webp":
            stored.save(data, "WEBP", quality=88, method=2, exif=exif.tobytes())
        case ".heic":
            import pillow_heif

            pillow_heif.from_pillow(stored).save(data, quality=75, exif=exif.tobytes(), enc_params={"preset": "ultrafast"})
        case _:
            stored.save(data, "JPEG", quality=91, exif=exif)
    write_whole(path, data.getvalue())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def _lay(scene: Image.Image, figure: Figure, left: int, top: int, *, far: bool) -> None:
    """Lay a figure over the scene; far figures are a little out of focus."""
    picture = figure.picture
    if far:
        soft = picture.convert("RGBa").filter(ImageFilter.GaussianBlur(0.7)).convert("RGBA")
        scene.paste(soft, (left, top), soft)
    else:
        scene.paste(picture, (left, top), picture)


def _hidden(box: Box, figure: Figure, left: int, top: int) -> float:
    """The part of a box that a figure laid at (left, top) covers."""
    part = figure.picture.getchannel("A").crop((round(box.x - left), round(box.y - top), round(box.x + box.w - left),
                                                round(box.y + box.h - top)))  # fmt: skip
    return float(np.asarray(part, np.float32).mean() / 255) if part.width and part.height else 0.0


def _clip(box: Box, w: int, h: int) -> Box:
    x0, y0 = max(box.x, 0.0), max(box.y, 0.0)
    return Box(x0, y0, max(min(box.x + box.w, w) - x0, 0.0), max(min(box.y + box.h, h) - y0, 0.0))


def _grain(scene: Image.Image, seed: int) -> Image.Image:
    """A breath of film grain."""
    w, h = scene.size
    rng = np.random.default_rng([seed, 7])
    grain = rng.normal(0, 1.5, (256, 256)).round().astype(np.int16)
    picture = np.asarray(scene, np.int16) + np.tile(grain, (-(-h // 256), -(-w // 256)))[:h, :w, None]
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
