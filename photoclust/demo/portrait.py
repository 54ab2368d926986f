"""A whole figure as a picture with cover: head on body, glasses on the nose, edges smooth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from photoclust.core.types import Box
from photoclust.demo.body import Body, Outfit
from photoclust.demo.hair import Array
from photoclust.demo.head import Head, Light, Rgb
from photoclust.demo.paint import linear
from photoclust.demo.person import Look
from photoclust.demo.shape import Pose

_PIVOT = (0.0, -0.72, -0.15)
"""The joint of head and neck, in the head frame."""
_STEP = 3
"""Pixels between the rays of the first, coarse look."""
_LEFT, _TOP = -1.75, 1.72
"""Corner of the picture of a figure, in head units from the middle of the head."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An RGBA picture, where the middle of the head is in it (x, y), and the face's box."""

    picture: Image.Image
    centre: tuple[float, float]
    box: Box


def render_figure(look: Look, pose: Pose, outfit: Outfit, light: Light, scale: float, below: float) -> Figure:
    """Draw a person `scale` pixels a head unit tall, down to `below` pixels under the middle of the head."""
    w = int(-2 * _LEFT * scale)
    h = max(int(_TOP * scale + below), 8)
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
    x, y = (xs + 0.5) / np.float32(scale) + np.float32(_LEFT), np.float32(_TOP) - (ys + 0.5) / np.float32(scale)
    head, body = Head(look, pose, light, scale), Body(look, outfit, light, scale)
    pivot = head.place(_PIVOT)
    joint = (np.float32(pivot[0] - _PIVOT[0]), np.float32(pivot[1] - _PIVOT[1]))
    picture = Image.new("RGBA", (w, h))
    upper = slice(0, int((_TOP + 2.1) * scale))
    if head.has_behind:
        picture.paste(_develop(*_smooth(head, x[upper], y[upper], behind=True)))
    first = int((_TOP + 0.2) * scale)
    if first < h:
        picture.alpha_composite(_develop(*_clothe(body, x[first:] - joint[0], y[first:] - joint[1])), (0, first))
    rgb, cover = _smooth(head, x[upper], y[upper], behind=False)
    if look.glasses != "none":
        _put_glasses(rgb, cover, look, head, scale)
    picture.alpha_composite(_develop(rgb, cover))
    return Figure(picture, (-_LEFT * scale, _TOP * scale), _face_box(look, head, scale))


def _clothe(body: Body, x: Array, y: Array) -> tuple[Rgb, Array]:
    rgb, cover = np.zeros((3, *x.shape), np.float32), np.zeros(x.shape, np.float32)
    near = np.abs(x) < np.where(y > -1.1, np.float32(0.6), np.float32(body.reach))
    rgb[:, near], cover[near] = body.look_at(x[near], y[near])
    return rgb, cover


def _smooth(head: Head, x: Array, y: Array, *, behind: bool) -> tuple[Rgb, Array]:
    """One ray a pixel and four more along the edges; a coarse look first tells where to look at all, and from how near."""
    shape = x.shape
    rough = head.depth(x[1::_STEP, 1::_STEP].ravel(), y[1::_STEP, 1::_STEP].ravel(), behind=behind)
    near = _nearest(rough.reshape(x[1::_STEP, 1::_STEP].shape))
    start = np.full(shape, -9, np.float32)
    fine = near.repeat(_STEP, axis=0).repeat(_STEP, axis=1)[: shape[0], : shape[1]]
    start[: fine.shape[0], : fine.shape[1]] = fine
    where = start > -9
    rgb, depth = np.zeros((3, *shape), np.float32), np.full(shape, -9, np.float32)
    rgb[:, where], depth[where] = head.look_at(x[where], y[where], start[where], behind=behind)
    cover = (depth > -9).astype(np.float32)
    edge = np.zeros(shape, bool)
    across, along = np.abs(np.diff(depth, axis=1)) > 0.08, np.abs(np.diff(depth, axis=0)) > 0.08
    edge[:, 1:] |= across
    edge[:, :-1] |= across
    edge[1:] |= along
    edge[:-1] |= along
    if edge.any():
        px, py, top = x[edge], y[edge], start[edge]
        pixel = x[0, 1] - x[0, 0]
        total, part = np.zeros((3, len(px)), np.float32), np.zeros(len(px), np.float32)
        for dx, dy in ((-0.125, -0.375), (0.375, -0.125), (0.125, 0.375), (-0.375, 0.125)):
            c, d = head.look_at(px + np.float32(dx) * pixel, py + np.float32(dy) * pixel, top, behind=behind)
            part += d > -9
            total += np.clip(c, 0, 1.2)
        rgb[:, edge] = total / np.maximum(part, 1e-6)
        cover[edge] = part / 4
    return rgb, cover


def _nearest(depth: Array) -> Array:
    """The nearest depth among each entry and its eight neighbours."""
    padded = np.pad(depth, 1, constant_values=-9)
    rows = np.maximum(np.maximum(padded[:-2], padded[1:-1]), padded[2:])
    return np.maximum(np.maximum(rows[:, :-2], rows[:, 1:-1]), rows[:, 2:])  # type: ignore[no-any-return]


def _face_box(look: Look, head: Head, scale: float) -> Box:
    """Brow to chin, cheek to cheek: what a detector calls the face, in pixels of the figure."""
    wide = 0.90 * look.width
    points = [(s * wide, y, 0.30) for s in (-1, 1) for y in (-0.1, -0.3)]
    points += [(0.0, 0.63, 0.64), (0.0, -0.92 - 0.9 * look.jaw_drop, 0.42)]
    placed = np.array([head.place(p)[:2] for p in points])
    x = (placed[:, 0] - _LEFT) * scale
    y = (_TOP - placed[:, 1]) * scale
    return Box(float(x.min()), float(y.min()), float(np.ptp(x)), float(np.ptp(y)))


def _put_glasses(rgb: Rgb, cover: Array, look: Look, head: Head, scale: float) -> None:
    """Frames as lines in space, drawn over the finished head, with a soft shadow beneath."""
    h, w = cover.shape
    wide, high, power = {"round": (0.215, 0.205, 2.0), "square": (0.225, 0.165, 4.5), "wide": (0.235, 0.15, 3.0)}[look.glasses]
    gap = max(look.eye_gap, wide + 0.045)
    angle = np.linspace(0, 2 * np.pi, 73)
    ca, sa = np.cos(angle), np.sin(angle)
    rim_x = np.sign(ca) * np.abs(ca) ** (2 / power) * wide
    rim_y = np.sign(sa) * np.abs(sa) ** (2 / power) * high + look.eye_y - 0.02
    front = 0.80
    lines: list[list[tuple[float, float]]] = []
    fine = 2
    for s in (-1, 1):
        ring = [(s * gap + x, y, front - 0.35 * (gap + s * x * s) ** 2 * 0.3) for x, y in zip(rim_x, rim_y, strict=True)]
        lines.append([_pixel(head.place(p), scale * fine) for p in ring])
        hinge = (s * (gap + wide), look.eye_y + 0.05, front - 0.12)
        arm = [tuple(np.array(hinge) * (1 - t) + np.array((s * (look.width + 0.035), look.eye_y + 0.03, -0.05)) * t)
               for t in np.linspace(0, 1, 14)]  # fmt: skip
        placed = np.array([head.place(p) for p in arm], np.float32)
        seen = placed[:, 2] > head.depth(placed[:, 0], placed[:, 1]) - 0.02
        run = [_pixel(tuple(p), scale * fine) for p, ok in zip(placed, seen, strict=True) if ok]
        if len(run) > 1:
            lines.append(run)
    bridge = [(x, look.eye_y + 0.035 + 0.035 * (1 - (x / (gap - wide)) ** 2), front + 0.02) for x in
              np.linspace(-(gap - wide), gap - wide, 9)]  # fmt: skip
    lines.append([_pixel(head.place(p), scale * fine) for p in bridge])
    mask = Image.new("L", (w * fine, h * fine))
    draw = ImageDraw.Draw(mask)
    for line in lines:
        draw.line(line, fill=255, width=max(2, round(0.036 * scale * fine)), joint="curve")
    frame = mask.resize((w, h), Image.Resampling.BOX)
    shade = np.asarray(frame.filter(ImageFilter.GaussianBlur(0.02 * scale)), np.float32) / 255
    drop = max(1, round(0.03 * scale))
    shade = np.roll(shade, drop, axis=0) * 0.30
    rgb *= 1 - shade
    glass = Image.new("L", (w * fine, h * fine))
    for line in lines[0], lines[2] if len(lines[1]) < 20 else lines[1]:
        ImageDraw.Draw(glass).polygon(line, fill=255)
    lens = np.asarray(glass.resize((w, h), Image.Resampling.BOX), np.float32) / 255
    ys, xs = np.mgrid[0:h, 0:w]
    sheen = np.clip(np.sin((xs + 0.8 * ys) / (0.16 * scale)) - 0.86, 0, 1) * 0.10 + 0.012
    rgb += lens * sheen.astype(np.float32)
    ink = np.asarray(frame, np.float32) / 255
    rgb += (linear(look.glasses_colour)[:, None, None] * 1.15 + 0.01 - rgb) * (ink / np.maximum(np.maximum(ink, cover), 1e-6))
    np.maximum(cover, ink, out=cover)


def _pixel(point: tuple[float, ...], scale: float) -> tuple[float, float]:
    return ((point[0] - _LEFT) * scale, (_TOP - point[1]) * scale)


def _develop(rgb: Rgb, cover: Array) -> Image.Image:
    """Linear light to 8 bits, the highlights rolled off."""
    some = np.flatnonzero(cover > 0)
    picture = np.zeros((*cover.shape, 4), np.uint8)
    flat = picture.reshape(-1, 4)
    for c in range(3):
        flat[some, c] = _CURVE[np.clip(rgb[c].reshape(-1)[some] * 2047.5, 0, 4095).astype(np.int16)]
    picture[..., 3] = cover * 255 + 0.5
    return Image.fromarray(picture)


def _curve() -> NDArray[np.uint8]:
    level = np.arange(4096) / 2047.5
    soft = np.where(level < 0.7, level, 0.7 + 0.3 * (1 - np.exp(-(level - 0.7) / 0.3)))
    return (255 * soft ** (1 / 2.2) + 0.5).astype(np.uint8)


_CURVE = _curve()
