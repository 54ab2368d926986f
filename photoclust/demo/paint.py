"""What is painted on a head: skin, eyes, brows, lips, beard, freckles. All functions of the place on the face."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.demo.hair import Array, smoothstep
from photoclust.demo.person import Colour, Look
from photoclust.demo.shape import Pose, mouth_line


def linear(colour: Colour) -> NDArray[np.float32]:
    """sRGB to linear light."""
    return (np.asarray(colour, dtype=np.float32) ** 2.2).astype(np.float32)


@dataclass(slots=True)
class Paint:
    """Albedo (3, n) in linear light and gloss (n,) of points, painted over in place."""

    albedo: NDArray[np.float32]
    gloss: Array

    def over(self, colour: NDArray[np.float32], cover: Array, gloss: float | None = None) -> None:
        """Lay a colour (3,) or (3, n) over the points, by `cover` (n,) from 0 to 1."""
        self.albedo += (colour.reshape(3, -1) - self.albedo) * cover
        if gloss is not None:
            self.gloss += (np.float32(gloss) - self.gloss) * cover

    def darken(self, amount: Array, tint: Colour = (0.55, 0.85, 1.0)) -> None:
        """Darken as thin skin does, towards red: `tint` says how strongly r, g, b go."""
        self.albedo *= 1 - np.asarray(tint, dtype=np.float32)[:, None] * amount


def paint_face(look: Look, pose: Pose, x: Array, y: Array, z: Array, grown: Array, pixel: float) -> Paint:
    """Paint points of the head's surface (head frame); `grown` is `hair.growth` there, `pixel` a pixel's size in head units."""
    n = len(x)
    skin = linear(look.skin)
    paint = Paint(np.repeat(skin[:, None], n, axis=1), np.full(n, 0.16 if look.age != "senior" else 0.11, np.float32))
    front = np.flatnonzero((z > 0.12) & (grown < 14))
    fx, fy = x[front], y[front]
    face = Paint(paint.albedo[:, front], paint.gloss[front])
    _complexion(face, look, fx, fy)
    regions = (
        (_beard, fy < look.mouth_y + 0.55) if look.beard != "none" else None,
        (_mouth, (np.abs(fy - look.mouth_y) < 0.20) & (np.abs(fx) < 0.5)),
        (_nose, (np.abs(fy - look.nose_y) < 0.22) & (np.abs(fx) < 0.4)),
        (_brows, np.abs(fy - look.eye_y - look.brow_y) < 0.20),
        (_eyes, (np.abs(fy - look.eye_y) < 0.21) & (np.abs(np.abs(fx) - look.eye_gap) < 1.7 * look.eye_width)),
    )
    for paint_region, inside in filter(None, regions):
        at = np.flatnonzero(inside)
        if len(at):
            part = Paint(face.albedo[:, at], face.gloss[at])
            paint_region(part, look, pose, fx[at], fy[at], pixel)
            face.albedo[:, at], face.gloss[at] = part.albedo, part.gloss
    paint.albedo[:, front], paint.gloss[front] = face.albedo, face.gloss
    roots = smoothstep(-13, 0, grown) * 0.30  # the shade of the hair on the skin beneath
    paint.darken(roots)
    return paint


def _gauss(a: Array, b: Array, sa: float, sb: float) -> Array:
    a, b = a / np.float32(sa), b / np.float32(sb)
    return np.exp(-(a * a + b * b))


def _complexion(paint: Paint, look: Look, x: Array, y: Array) -> None:
    m = np.abs(x)
    rosy = look.blush * (0.55 * _gauss(m - 0.40, y + 0.27, 0.20, 0.15) + 0.35 * _gauss(x, y - look.nose_y, 0.12, 0.10))
    paint.darken((0.42 * rosy).astype(np.float32), (0.05, 0.75, 0.62))
    paint.darken(0.20 * _gauss(m - look.eye_gap, y - look.eye_y, 0.20, 0.13), (0.5, 0.9, 0.8))
    bags = 0.10 + 0.22 * (look.age == "senior")
    paint.darken(bags * _gauss(m - look.eye_gap, y - look.eye_y + 0.125 + 0.2 * (m - look.eye_gap) ** 2, 0.13, 0.022))
    if look.age == "senior":
        for height in (0.36, 0.44, 0.51):
            bend = 0.02 * np.sin(5 * x + look.phase)
            paint.darken(0.16 * _gauss(m, y - height - bend, 0.34, 0.009))
        for slope in (-0.5, -0.05, 0.4):
            corner = m - look.eye_gap - look.eye_width
            paint.darken(0.18 * _gauss(corner - 0.075, y - look.eye_y - slope * corner, 0.045, 0.007))
        fold = m - 0.22 - 0.5 * (look.nose_y + 0.03 - y)
        paint.darken(0.24 * np.exp(-((fold / 0.016) ** 2)) * smoothstep(look.mouth_y - 0.05, look.mouth_y + 0.08, y)
                     * smoothstep(look.nose_y + 0.06, look.nose_y, y))  # fmt: skip
    if look.freckles:
        cell = 0.058
        i, j = np.floor(x / cell), np.floor(y / cell)
        mixes = ((1.27, 3.11), (2.69, 1.83), (4.2, 0.9))
        a, b, c = (np.modf(np.abs(np.sin(i * p + j * q + look.phase)) * 437.585)[0] for p, q in mixes)
        dx, dy = x / cell - i - 0.2 - 0.6 * a, y / cell - j - 0.2 - 0.6 * b
        dots = smoothstep(0.26, 0.06, np.sqrt(dx * dx + dy * dy)) * (c > 0.45) * (0.5 + 0.5 * a)
        where = smoothstep(0.62, 0.30, m) * smoothstep(-0.52, -0.38, y) * smoothstep(0.02, -0.10, y)
        paint.darken((0.42 * look.freckles * dots * where).astype(np.float32), (0.5, 0.9, 1.0))
    if look.mole:
        paint.darken(0.75 * smoothstep(0.026, 0.014, np.hypot(x - look.mole[0], y - look.mole[1])))


def _nose(paint: Paint, look: Look, pose: Pose, x: Array, y: Array, pixel: float) -> None:
    m = np.abs(x)
    low = look.nose_y - 0.055
    paint.darken(0.78 * _gauss(m - 0.52 * look.nose_wide, y - low - 0.005 + 0.25 * (m - 0.06), 0.028, 0.016))
    paint.darken(0.26 * _gauss(m - look.nose_wide - 0.045, y - look.nose_y, 0.016, 0.045))
    paint.darken(0.14 * _gauss(x, y - low + 0.03, look.nose_wide * 0.9, 0.030))


def _mouth(paint: Paint, look: Look, pose: Pose, x: Array, y: Array, pixel: float) -> None:
    wide = look.mouth_wide * (1 + 0.16 * pose.smile)
    t = np.clip(np.abs(x) / np.float32(wide), 0, 1.2)
    line = mouth_line(look, pose, x)
    bow = (1 - t**2.2) * (1 - 0.30 * np.exp(-((t / 0.13) ** 2)) + 0.10 * np.exp(-(((t - 0.24) / 0.16) ** 2)))
    gap = pose.mouth_open * 0.062 * np.maximum(1 - t**2, 0)
    upper, lower = line + 0.35 * gap, line - gap
    top = upper + (0.010 + look.lip_top * (1 - 0.25 * pose.smile)) * bow
    low = lower - (0.012 + look.lip_low * (1 - 0.20 * pose.smile)) * np.maximum(1 - t**2.6, 0)
    soft = max(0.014, 0.8 * pixel)
    ends = smoothstep(1.04, 0.94, t)
    lips = smoothstep(-soft, soft, top - y) * smoothstep(-soft, soft, y - low) * ends
    natural = np.asarray(look.skin, np.float32) * np.asarray((0.86, 0.60, 0.60), np.float32)
    stick = np.asarray((0.72, 0.12 + 0.10 * np.sin(look.phase), 0.20), np.float32)
    colour = natural + (stick - natural) * np.float32(0.8 * look.lipstick)
    paint.over(linear(tuple(colour)), lips * 0.88, 0.34)
    paint.darken(lips * 0.22 * smoothstep(0.0, 0.03, y - line))
    crease = np.exp(-(((y - line) / np.float32(max(0.011, pixel))) ** 2)) * smoothstep(1.10, 0.9, t)
    if pose.mouth_open > 0.05:
        edge = max(0.007, 0.7 * pixel)
        inside = smoothstep(-edge, edge, upper - y) * smoothstep(-edge, edge, y - lower) * smoothstep(1.0, 0.93, t)
        paint.over(linear((0.30, 0.08, 0.09)), inside, 0.05)
        depth = upper - y
        bright = 0.93 - 0.30 * t * t - 0.05 * np.exp(-((depth / 0.012) ** 2))
        if pixel < 0.012:
            tooth = np.abs((x / 0.062) % 1 - 0.5)
            bright = bright - 0.07 * smoothstep(0.42, 0.5, tooth)
        teeth = inside * smoothstep(0.95, 0.80, t) * smoothstep(0.066, 0.050, depth)
        paint.over((np.asarray([[0.96], [0.94], [0.90]]) * bright).astype(np.float32) ** 2.2, teeth, 0.3)
        crease = crease * 0.3
    paint.darken(0.62 * crease)
    corner = _gauss(np.abs(x) - wide, y - line - 0.004, 0.028, 0.022)
    paint.darken(0.42 * corner)


def _brows(paint: Paint, look: Look, pose: Pose, x: Array, y: Array, pixel: float) -> None:
    m = np.abs(x)
    t = (m - look.eye_gap - 0.01) / np.float32(look.brow_long)
    bend = look.brow_arch * (0.25 - (t - 0.25) ** 2) - 0.045 * np.maximum(t - 0.3, 0)
    height = look.eye_y + look.brow_y + bend + look.brow_tilt * t
    thick = look.brow_thick * (1.0 - 0.55 * smoothstep(0.0, 1.0, t)) * (0.82 + 0.18 * smoothstep(-1.0, -0.6, t))
    hairs = 0.0035 * np.sin(150 * (m - 1.2 * (y - height)) + look.phase) * (pixel < 0.008)
    off = np.abs(y - height) - thick
    soft = max(0.018, pixel)
    cover = smoothstep(soft, -soft * 0.6, off + hairs) * smoothstep(-1.12, -0.90, t) * smoothstep(1.08, 0.86, t)
    shade = np.asarray(look.hair, np.float32)
    if look.age != "senior":
        shade = shade * 0.72
    paint.over(linear(tuple(np.clip(shade, 0.05, 0.75))), cover * (0.88 if not look.feminine else 0.80), 0.05)


def _beard(paint: Paint, look: Look, pose: Pose, x: Array, y: Array, pixel: float) -> None:
    m = np.abs(x)
    my = look.mouth_y
    smooth = 0.055
    cheek_line = my + 0.13 + 2.3 * np.maximum(m - 0.30, 0) ** 1.7
    jaw = smoothstep(smooth, -smooth, y - cheek_line) * smoothstep(0.10, 0.22, m + 0.6 * np.maximum(my - 0.02 - y, 0))
    chin = smoothstep(0.26, 0.20, m) * smoothstep(my - 0.10, my - 0.15, y)
    lip = _gauss(m - 0.12, y - my - 0.085 + 0.22 * np.maximum(m - 0.1, 0), 0.20, 0.055)
    lip = smoothstep(0.30, 0.62, lip)
    cover = {
        "stubble": 0.42 * np.maximum(np.maximum(jaw, chin), lip),
        "full": np.maximum(np.maximum(jaw, chin), lip) * 0.95,
        "moustache": lip * 0.95,
        "goatee": 0.95 * np.maximum(np.maximum(chin, lip), smoothstep(0.06, 0.03, np.abs(m - look.mouth_wide - 0.03))
                                    * smoothstep(my + 0.06, my, y) * smoothstep(my - 0.25, my - 0.2, y)),
    }[look.beard]  # fmt: skip
    grain = 1.0
    if pixel < 0.02:
        grain = 1 + 0.22 * np.sin(70 * x + 9 * np.sin(23 * y)) * np.sin(62 * y + 7 * np.sin(19 * x))
    shade = linear(look.hair)[:, None] * 0.8 * grain
    if look.beard == "stubble":
        shade = np.asarray(linear(tuple(0.45 * np.asarray(look.skin) + 0.25 * np.asarray(look.hair))))[:, None] * grain
    paint.over(np.broadcast_to(shade, (3, len(x))).astype(np.float32), cover.astype(np.float32), 0.06)


def _eyes(paint: Paint, look: Look, pose: Pose, x: Array, y: Array, pixel: float) -> None:
    w = look.eye_width
    m = np.abs(x)
    side = np.sign(x)
    t = (m - look.eye_gap) / np.float32(w)
    h = look.eye_open * (1 - 0.42 * pose.squint - 0.12 * pose.smile)
    b = np.clip(np.abs(t), 0, 1.5)
    tilt = look.eye_y + look.eye_tilt * t
    top = tilt + h * (1 - b**2.1) + 0.012 * np.sign(-t) * b * (1 - np.minimum(b, 1))
    low = tilt - h * (0.62 - 0.24 * pose.smile) * (1 - b**2.0)
    soft = max(0.006, 0.75 * pixel)
    open_ = smoothstep(-soft, soft, top - y) * smoothstep(-soft, soft, y - low) * smoothstep(1.06, 0.99, b)
    # the lid above: a fold, and shade or colour on it
    crease = top + 0.030 + 0.028 * look.lid
    paint.darken(0.42 * np.exp(-(((y - crease) / 0.011) ** 2)) * smoothstep(1.25, 0.8, b))
    # eyeball
    gx, gy = -0.085 * np.sin(np.radians(pose.yaw)), -0.07 * np.sin(np.radians(pose.pitch))
    ix, iy = x - side * look.eye_gap - gx, y - (look.eye_y + 0.16 * h + gy)
    shade = 0.89 - 0.42 * smoothstep(0.055, -0.01, top - y) - 0.14 * b * b
    white = np.asarray([[0.97], [0.95], [0.94]], np.float32) * shade
    paint.over(white.astype(np.float32) ** 2.2, open_, 0.08)
    r = np.sqrt(ix * ix + iy * iy)
    iris = min(0.080, 0.52 * w)
    inside = smoothstep(iris + soft, iris - soft, r) * open_
    glow = (0.72 + 0.75 * np.clip(-iy / iris, -0.4, 1) * 0.6 + 0.25 * smoothstep(iris * 0.35, iris * 0.85, r)) * (
        1 - 0.62 * smoothstep(iris * 0.80, iris, r)) * (1 - 0.35 * smoothstep(0.06, 0.0, top - y))  # fmt: skip
    paint.over((linear(look.iris)[:, None] * (1.15 * glow**1.5)).astype(np.float32), inside, 0.10)
    paint.over(linear((0.02, 0.02, 0.025)), smoothstep(0.46 * iris + soft, 0.46 * iris - soft, r) * open_)
    spark = smoothstep(0.020 + soft, 0.020 - soft, np.hypot(ix + 0.026, iy - 0.028)) * open_
    small = smoothstep(0.009 + soft, 0.009 - soft, np.hypot(ix - 0.028, iy + 0.026)) * open_ * 0.6
    paint.over(np.full(3, 1.25, np.float32), np.maximum(spark, small))
    # lashes: a dark line along the upper lid, longer outside; a thin one below
    thick = np.float32(0.007 + 0.012 * look.lashes) * (0.55 + 0.55 * smoothstep(-1, 1, t))
    wing = smoothstep(1.20 + 0.10 * look.lashes, 0.95, t) * smoothstep(-1.1, -0.9, t)
    lash_y = np.where(b < 1, top, tilt + 0.35 * look.lashes * (t - 1) * w)
    lash = smoothstep(soft, -soft, np.abs(y - lash_y - 0.3 * thick) - thick) * wing
    paint.over(linear((0.07, 0.05, 0.05)), lash * (0.62 + 0.36 * look.lashes), 0.05)
    below = np.exp(-(((y - low) / max(0.007, pixel)) ** 2)) * smoothstep(1.05, 0.85, b)
    paint.darken((0.30 + 0.25 * look.lashes) * below)
    if look.lipstick > 0.3:
        shadow = smoothstep(0.0, 0.02, y - top) * smoothstep(0.075, 0.02, y - top) * smoothstep(1.2, 0.7, b)
        paint.darken(0.5 * shadow * look.lipstick, (0.55, 0.8, 0.45))
