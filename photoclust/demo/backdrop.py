"""Places to be photographed in: painted softly, as a lens sees what lies behind people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from photoclust.demo.head import Light
from photoclust.demo.person import Colour

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of place: how it is painted, its light, and whether strangers walk by."""

    paint: Callable[[Size, np.random.Generator], Image.Image]
    light: Light
    outdoors: bool = True


def paint_backdrop(place: str, size: Size, seed: int, *, blur: float = 1.0) -> Image.Image:
    """Paint the place at half the size; `blur` 0 is sharp (a landscape), 1 is behind people."""
    w, h = size
    rng = np.random.default_rng(seed)
    small = (max(w // 2, 16), max(h // 2, 16))
    picture = PLACES[place].paint(small, rng)
    if blur:
        for part in (150, 220):
            picture = picture.filter(ImageFilter.BoxBlur(blur * max(small) / part))
    y, x = np.linspace(-1, 1, small[1], dtype=np.float32)[:, None], np.linspace(-1, 1, small[0], dtype=np.float32)[None]
    shade = 1 - 0.055 * (x * x + y * y)[..., None]  # a breath of vignette
    return Image.fromarray((np.asarray(picture) * shade).astype(np.uint8)).resize(size, Image.Resampling.BILINEAR)


def _gradient(size: Size, stops: list[tuple[float, Colour]]) -> Image.Image:
    """Colours by height, 0 at the top to 1 at the bottom."""
    w, h = size
    y = np.linspace(0, 1, h)
    rows = np.stack([np.interp(y, [s for s, _ in stops], [c[k] for _, c in stops]) for k in range(3)], axis=1)
    rows = np.repeat((rows * 255)[:, None], w, axis=1)
    return Image.fromarray(rows.astype(np.uint8))


def _rgb(colour: Colour, change: float = 0.0) -> tuple[int, int, int]:
    r, g, b = (int(255 * min(max(c + change, 0), 1)) for c in colour)
    return r, g, b


def _hills(picture: Image.Image, rng: np.random.Generator, base: float, height: float, colour: Colour, rough: int = 4) -> None:
    """A line of hills across the picture; `base` and `height` as parts of its height."""
    w, h = picture.size
    x = np.linspace(0, 1, 120)
    y = sum(np.sin(x * 6.28 * (k + rng.random()) + rng.random() * 6.28) / (k + 1) for k in range(1, rough + 1))
    line = [(float(a * w), float(h * (base - height * b))) for a, b in zip(x, np.asarray(y), strict=True)]
    ImageDraw.Draw(picture).polygon([*line, (w, h), (0, h)], fill=_rgb(colour))


def _discs(picture: Image.Image, rng: np.random.Generator, count: int, band: tuple[float, float], radius: tuple[float, float],
           colours: list[Colour], strength: float = 0.55) -> None:  # fmt: skip
    """Out-of-focus lights and leaves: soft see-through discs in a horizontal band."""
    w, h = picture.size
    for _ in range(count):
        r = rng.uniform(*radius) * h
        x, y = rng.uniform(0, w), rng.uniform(*band) * h
        box = (int(x - r), int(y - r), int(x + r) + 1, int(y + r) + 1)
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        ImageDraw.Draw(mask).ellipse((0, 0, 2 * r, 2 * r), fill=int(255 * strength * rng.uniform(0.4, 1)))
        colour = colours[int(rng.integers(len(colours)))]
        picture.paste(_rgb(colour, rng.uniform(-0.06, 0.06)), box, mask)


def _clouds(picture: Image.Image, rng: np.random.Generator, count: int, band: tuple[float, float], strength: float) -> None:
    w, h = picture.size
    layer = Image.new("L", (w, h))
    draw = ImageDraw.Draw(layer)
    for _ in range(count):
        x, y, s = rng.uniform(0, w), rng.uniform(*band) * h, rng.uniform(0.03, 0.07) * w
        for _ in range(7):
            dx, r = rng.uniform(-2, 2) * s, rng.uniform(0.4, 0.9) * s
            draw.ellipse((x + dx - r, y - 0.6 * r, x + dx + r, y + 0.35 * r), fill=int(255 * strength))
    picture.paste((255, 255, 255), (0, 0), layer.filter(ImageFilter.GaussianBlur(w / 130)))


def _tree(draw: ImageDraw.ImageDraw, rng: np.random.Generator, x: float, foot: float, tall: float, leaf: Colour) -> None:
    draw.rectangle((x - 0.04 * tall, foot - 0.5 * tall, x + 0.04 * tall, foot), fill=_rgb((0.33, 0.24, 0.17)))
    for _ in range(26):
        a, d = rng.uniform(0, 6.28), rng.uniform(0, 0.30) * tall
        cx, cy, r = x + d * np.cos(a), foot - 0.66 * tall + d * np.sin(a), rng.uniform(0.08, 0.16) * tall
        lift = 0.10 * (-(cy - foot) / tall - 0.6) + rng.uniform(-0.03, 0.03)
        draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=_rgb(leaf, lift))


def _meadow(size: Size, rng: np.random.Generator) -> Image.Image:
    w, h = size
    p = _gradient(size, [(0, (0.40, 0.66, 0.93)), (0.52, (0.85, 0.93, 0.97)), (1, (0.85, 0.93, 0.97))])
    _clouds(p, rng, 5, (0.06, 0.32), 0.85)
    _hills(p, rng, 0.52, 0.03, (0.56, 0.71, 0.74))
    _hills(p, rng, 0.57, 0.025, (0.47, 0.66, 0.45))
    draw = ImageDraw.Draw(p)
    for _ in range(7):
        _tree(draw, rng, rng.uniform(0, w), h * rng.uniform(0.57, 0.63), h * rng.uniform(0.14, 0.30), (0.30, 0.52, 0.26))
    grass = _gradient(size, [(0, (0.52, 0.73, 0.36)), (0.6, (0.55, 0.75, 0.36)), (1, (0.36, 0.58, 0.22))])
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).ellipse((-0.4 * w, 0.58 * h, 1.4 * w, 2.2 * h), fill=255)
    p.paste(grass, (0, 0), mask)
    _discs(p, rng, 90, (0.66, 1.0), (0.003, 0.011), [(0.98, 0.96, 0.85), (0.98, 0.82, 0.30), (0.85, 0.45, 0.55)], 0.9)
    return p


def _beach(size: Size, rng: np.random.Generator) -> Image.Image:
    w, h = size
    p = _gradient(size, [(0, (0.36, 0.67, 0.93)), (0.47, (0.88, 0.95, 0.98)), (0.471, (0.16, 0.52, 0.68)),
                         (0.62, (0.38, 0.76, 0.78)), (0.66, (0.80, 0.92, 0.90)), (0.68, (0.85, 0.76, 0.60)),
                         (0.74, (0.95, 0.86, 0.69)), (1, (0.88, 0.76, 0.57))])  # fmt: skip
    _clouds(p, rng, 4, (0.08, 0.36), 0.8)
    draw = ImageDraw.Draw(p)
    for _ in range(60):
        y = h * rng.uniform(0.485, 0.64)
        x, length = rng.uniform(0, w), w * rng.uniform(0.01, 0.05) * (y / h - 0.40) * 6
        draw.line((x, y, x + length, y), fill=(225, 244, 244), width=max(1, h // 300))
    x, y, r = w * rng.choice((0.12, 0.86)), 0.66 * h, 0.17 * w
    draw.line((x, y - 0.18 * h, x + 0.02 * w, y + 0.14 * h), fill=(240, 235, 225), width=max(2, w // 110))
    for k, tone in enumerate(((0.91, 0.32, 0.29), (0.97, 0.95, 0.90)) * 3):
        a = 180 + 30 * k
        draw.pieslice((x - r, y - 0.30 * h, x + r, y + 0.02 * h), a, a + 30, fill=_rgb(tone))
    return p


def _snow(size: Size, rng: np.random.Generator) -> Image.Image:
    w, h = size
    p = _gradient(size, [(0, (0.55, 0.72, 0.90)), (0.55, (0.91, 0.93, 0.97)), (1, (0.91, 0.93, 0.97))])
    draw = ImageDraw.Draw(p)
    for k in range(6):
        x, top, half = w * (k / 5 + rng.uniform(-0.08, 0.08)), h * rng.uniform(0.16, 0.34), w * rng.uniform(0.16, 0.26)
        draw.polygon([(x - half, 0.6 * h), (x, top), (x + half, 0.6 * h)], fill=_rgb((0.58, 0.67, 0.79)))
        draw.polygon([(x, top), (x + half, 0.6 * h), (x + half * 0.25, 0.6 * h)], fill=_rgb((0.50, 0.59, 0.73)))
        draw.polygon([(x - 0.32 * half, top + 0.32 * (0.6 * h - top)), (x, top), (x + 0.32 * half, top + 0.32 * (0.6 * h - top)),
                      (x + 0.08 * half, top + 0.26 * (0.6 * h - top))], fill=_rgb((0.97, 0.98, 1.0)))  # fmt: skip
    _hills(p, rng, 0.58, 0.02, (0.88, 0.92, 0.97))
    for _ in range(16):
        x, foot, tall = rng.uniform(0, w), h * rng.uniform(0.58, 0.66), h * rng.uniform(0.12, 0.26)
        for k in range(4):
            y, half = foot - tall * (0.10 + 0.22 * k), tall * (0.24 - 0.045 * k)
            draw.polygon([(x - half, y), (x, y - 0.38 * tall), (x + half, y)], fill=_rgb((0.20, 0.36, 0.34), 0.02 * k))
            draw.polygon([(x - half * 0.5, y - 0.19 * tall), (x, y - 0.38 * tall), (x + half * 0.5, y - 0.19 * tall)],
                         fill=_rgb((0.90, 0.94, 0.97)))  # fmt: skip
    _hills(p, rng, 0.66, 0.02, (0.95, 0.97, 1.0), 2)
    _discs(p, rng, 110, (0, 1), (0.002, 0.006), [(1, 1, 1)], 0.95)
    return p


def _room(size: Size, rng: np.random.Generator) -> Image.Image:
    w, h = size
    walls: list[Colour] = [(0.87, 0.80, 0.70), (0.70, 0.78, 0.76), (0.84, 0.73, 0.69), (0.76, 0.79, 0.85), (0.80, 0.83, 0.71)]
    wall = walls[int(rng.integers(len(walls)))]
    light, dark = (tuple(c * k for c in wall) for k in (1.08, 0.86))
    p = _gradient(size, [(0, light), (0.78, dark), (0.781, (0.93, 0.91, 0.87)), (0.81, (0.88, 0.86, 0.82)),  # type: ignore[list-item]
                         (0.811, (0.58, 0.42, 0.29)), (1, (0.48, 0.33, 0.22))])  # fmt: skip
    draw = ImageDraw.Draw(p)
    left = bool(rng.random() < 0.5)
    a, b = (0.05, 0.37) if left else (0.63, 0.95)
    frame = (a * w, 0.08 * h, b * w, 0.60 * h)
    outside = _gradient(
        (int(frame[2] - frame[0]), int(frame[3] - frame[1])),
        [(0, (0.72, 0.87, 0.98)), (0.6, (0.94, 0.97, 0.97)), (0.62, (0.62, 0.78, 0.50)), (1, (0.50, 0.68, 0.38))],
    )
    p.paste(outside, (int(frame[0]), int(frame[1])))
    draw.rectangle(frame, outline=(250, 247, 240), width=max(3, w // 55))
    draw.line(((a + b) / 2 * w, frame[1], (a + b) / 2 * w, frame[3]), fill=(250, 247, 240), width=max(2, w // 90))
    draw.line((frame[0], 0.33 * h, frame[2], 0.33 * h), fill=(250, 247, 240), width=max(2, w // 90))
    for side in (a - 0.035, b - 0.025):
        draw.rectangle((side * w, 0.04 * h, (side + 0.065) * w, 0.70 * h), fill=_rgb((0.90, 0.86, 0.80), rng.uniform(-0.1, 0.05)))
    x = (0.52 if left else 0.10) * w
    for k in range(2):
        x0, tall = x + k * 0.21 * w, rng.uniform(0.20, 0.30) * h
        frame = (x0, 0.14 * h, x0 + 0.16 * w, 0.14 * h + tall)
        draw.rectangle(frame, fill=(246, 241, 232), outline=(92, 70, 54), width=max(2, w // 130))
        for _ in range(4):
            cx, cy, r = x0 + rng.uniform(0.04, 0.12) * w, 0.14 * h + rng.uniform(0.25, 0.75) * tall, rng.uniform(0.01, 0.03) * w
            draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=_rgb(walls[int(rng.integers(5))], rng.uniform(-0.35, 0.0)))
    x = (0.93 if left else 0.05) * w
    for _ in range(16):
        angle, length = rng.uniform(-2.6, -0.5), rng.uniform(0.10, 0.26) * h
        tip = (x + np.cos(angle) * length, 0.66 * h + np.sin(angle) * length)
        draw.line((x, 0.68 * h, *tip), fill=_rgb((0.24, 0.45, 0.27), rng.uniform(-0.08, 0.12)), width=max(3, w // 50))
    draw.polygon([(x - 0.05 * w, 0.66 * h), (x + 0.05 * w, 0.66 * h), (x + 0.035 * w, 0.80 * h), (x - 0.035 * w, 0.80 * h)],
                 fill=(196, 112, 76))  # fmt: skip
    return p


def _garden(size: Size, rng: np.random.Generator) -> Image.Image:
    p = _gradient(size, [(0, (0.62, 0.78, 0.50)), (0.5, (0.40, 0.60, 0.33)), (1, (0.24, 0.42, 0.22))])
    _discs(p, rng, 60, (0, 0.9), (0.04, 0.12), [(0.36, 0.56, 0.30), (0.55, 0.74, 0.40), (0.26, 0.45, 0.26)], 0.5)
    _discs(p, rng, 36, (0, 0.5), (0.015, 0.05), [(0.95, 0.97, 0.75), (0.85, 0.94, 0.62)], 0.55)
    flowers: list[Colour] = [(0.93, 0.45, 0.53), (0.97, 0.78, 0.84), (0.96, 0.93, 0.88), (0.68, 0.45, 0.78)]
    _discs(p, rng, 60, (0.45, 1), (0.012, 0.035), flowers, 0.8)
    return p


def _autumn(size: Size, rng: np.random.Generator) -> Image.Image:
    w, h = size
    p = _gradient(size, [(0, (0.93, 0.86, 0.70)), (0.55, (0.88, 0.70, 0.42)), (1, (0.56, 0.36, 0.20))])
    draw = ImageDraw.Draw(p)
    for _ in range(9):
        x = rng.uniform(0, w)
        trunk = (x, 0, x + w * rng.uniform(0.012, 0.035), 0.72 * h)
        draw.rectangle(trunk, fill=_rgb((0.36, 0.25, 0.19), rng.uniform(-0.03, 0.14)))
    tones: list[Colour] = [(0.90, 0.53, 0.16), (0.95, 0.72, 0.24), (0.78, 0.30, 0.14), (0.72, 0.60, 0.26)]
    _discs(p, rng, 130, (0, 0.45), (0.02, 0.07), tones, 0.6)
    _discs(p, rng, 150, (0.70, 1.0), (0.006, 0.022), tones, 0.8)
    return p


def _evening(size: Size, rng: np.random.Generator) -> Image.Image:
    w, h = size
    dusk: list[tuple[float, Colour]] = [(0, (0.15, 0.18, 0.36)), (0.42, (0.60, 0.38, 0.47)), (0.58, (0.96, 0.66, 0.43))]
    p = _gradient(size, [*dusk, (1, (0.24, 0.19, 0.25))])
    draw = ImageDraw.Draw(p)
    x = 0.0
    while x < w:
        wide, top = w * rng.uniform(0.05, 0.13), h * rng.uniform(0.22, 0.52)
        draw.rectangle((x, top, x + wide, 0.75 * h), fill=_rgb((0.23, 0.21, 0.32), rng.uniform(-0.05, 0.06)))
        x += wide
    lamps: list[Colour] = [(1.0, 0.82, 0.48), (1.0, 0.62, 0.34), (0.62, 0.80, 0.95), (1, 0.93, 0.8)]
    _discs(p, rng, 70, (0.30, 0.80), (0.010, 0.035), lamps, 0.75)
    return p


def _party(size: Size, rng: np.random.Generator) -> Image.Image:
    w, h = size
    p = _gradient(size, [(0, (0.96, 0.87, 0.80)), (0.8, (0.90, 0.76, 0.70)), (1, (0.70, 0.52, 0.47))])
    tones: list[Colour] = [(0.93, 0.42, 0.40), (0.98, 0.76, 0.33), (0.36, 0.66, 0.71), (0.60, 0.76, 0.45), (0.72, 0.52, 0.76)]
    draw = ImageDraw.Draw(p)
    for row in range(2):
        ends = rng.uniform(0.02, 0.12, 2) + 0.09 * row
        for k in range(15):
            t = (k + 0.5) / 15
            y = h * (ends[0] + (ends[1] - ends[0]) * t + 0.13 * 4 * t * (1 - t))
            draw.polygon([((t - 0.026) * w, y), ((t + 0.026) * w, y), (t * w, y + 0.075 * h)], fill=_rgb(tones[(k + row) % 5]))
    for _ in range(9):
        x = rng.choice((rng.uniform(0, 0.2), rng.uniform(0.8, 1))) * w
        y, r = rng.uniform(0.2, 0.62) * h, rng.uniform(0.045, 0.07) * w
        tone = tones[int(rng.integers(5))]
        draw.line((x, y + r, x + 0.02 * w, y + 0.5 * h), fill=(225, 205, 190), width=max(1, w // 300))
        draw.ellipse((x - r, y - 1.15 * r, x + r, y + 1.15 * r), fill=_rgb(tone))
        draw.ellipse((x - 0.55 * r, y - 0.75 * r, x - 0.1 * r, y - 0.2 * r), fill=_rgb(tone, 0.18))
    _discs(p, rng, 45, (0.1, 0.9), (0.004, 0.009), tones, 0.7)
    return p


PLACES: dict[str, Place] = {
    "meadow": Place(_meadow, Light((-0.5, 0.65, 0.62), (1.0, 0.97, 0.90), 1.0)),
    "beach": Place(_beach, Light((0.45, 0.70, 0.60), (1.0, 0.96, 0.88), 1.05, ground=(0.48, 0.42, 0.34))),
    "snow": Place(_snow, Light((-0.4, 0.6, 0.7), (0.98, 0.98, 1.0), 0.92, (0.55, 0.60, 0.70), (0.48, 0.50, 0.56))),
    "room": Place(_room, Light((-0.65, 0.45, 0.65), (1.0, 0.95, 0.87), 0.95, (0.50, 0.50, 0.50)), outdoors=False),
    "garden": Place(_garden, Light((0.5, 0.6, 0.65), (1.0, 0.97, 0.88), 0.98, (0.50, 0.58, 0.52), (0.34, 0.38, 0.27))),
    "autumn": Place(_autumn, Light((-0.55, 0.5, 0.68), (1.0, 0.92, 0.78), 1.0, (0.52, 0.50, 0.46), (0.40, 0.31, 0.23))),
    "evening": Place(_evening, Light((0.6, 0.35, 0.7), (1.0, 0.86, 0.70), 0.92, (0.44, 0.42, 0.54), (0.32, 0.26, 0.28),
                                     (1.0, 0.75, 0.55), 0.55)),
    "party": Place(_party, Light((0.35, 0.55, 0.78), (1.0, 0.94, 0.86), 1.0, (0.52, 0.48, 0.48)), outdoors=False),
}  # fmt: skip
