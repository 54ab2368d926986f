"""Neck, shoulders, arms and clothes: a soft flat figure with the shading of a round one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.demo.hair import Array, smoothstep
from photoclust.demo.head import Light, Rgb
from photoclust.demo.paint import linear
from photoclust.demo.person import Colour, Look

GARMENTS = ("crew", "vee", "shirt", "hoodie", "striped", "turtleneck", "dotted", "yoke")


@dataclass(frozen=True, slots=True)
class Outfit:
    """What somebody wears in one photo."""

    garment: str
    colour: Colour
    second: Colour
    trousers: Colour


def draw_outfit(look: Look, rng: np.random.Generator) -> Outfit:
    """Something out of the person's wardrobe."""
    first, second = rng.choice(len(look.wardrobe), 2, replace=False)
    trousers = ((0.18, 0.22, 0.33), (0.24, 0.22, 0.21), (0.55, 0.48, 0.38), (0.30, 0.36, 0.45))[int(rng.integers(4))]
    return Outfit(str(rng.choice(GARMENTS)), look.wardrobe[first], look.wardrobe[second], trousers)


class Body:
    """One person's body, looked at through points of the body frame (head units; the neck's joint as in a level head)."""

    def __init__(self, look: Look, outfit: Outfit, light: Light, scale: float) -> None:
        self._look, self._outfit, self._light, self._pixel = look, outfit, light, 1 / scale
        build = {"child": 0.70, "adult": 1.0, "senior": 0.97}[look.age] * (0.87 if look.feminine else 1.0)
        neck = (0.31 if look.feminine else 0.39) * (0.85 if look.age == "child" else 1.0)
        slim = 0.93 if look.feminine else 1.0
        self._build, self._neck = build, neck
        self.reach = 1.58 * build + 0.05
        heights = [-0.3, -1.02, -1.16, -1.28, -1.40, -1.54, -1.72, -1.95, -2.4, -3.2, -4.0, -4.7]
        widths = [neck, neck, neck + 0.05, neck + 0.19, 0.78 * build + 0.05, 1.06 * build, 1.20 * build, 1.19 * build,
                  1.03 * build * slim, 0.88 * build * slim, 0.95 * build, 0.93 * build]  # fmt: skip
        fine = np.linspace(-4.7, -0.3, 260)
        rough = np.interp(fine, heights[::-1], widths[::-1])
        kernel = np.hanning(11) / np.hanning(11).sum()
        self._rows = fine
        self._widths = np.convolve(np.pad(rough, 5, mode="edge"), kernel, mode="valid").astype(np.float32)
        self._steps = np.diff(self._widths)
        self._slopes = np.gradient(self._widths, fine).astype(np.float32)
        self._arms = [((s * 0.98 * build, -1.82), (s * 1.24 * build, -2.9), (s * 1.16 * build, -4.1)) for s in (-1, 1)]

    def look_at(self, x: Array, y: Array) -> tuple[Rgb, Array]:
        """Colours (3, n) and cover (n,) at picture points."""
        colour = np.zeros((3, len(x)), np.float32)
        cover = np.zeros(len(x), np.float32)
        low = y < -4.2
        if low.any():
            for s in (-1, 1):
                self._limb(colour, cover, x, y, (s * 0.46 * self._build, -4.5), (s * 0.50 * self._build, -8.3), 0.43, 0.28,
                           self._outfit.trousers)  # fmt: skip
        tone = self._outfit.second if self._outfit.garment == "yoke" else self._outfit.colour
        for shoulder, elbow, wrist in self._arms:
            self._limb(colour, cover, x, y, (wrist[0], wrist[1] - 0.05), (wrist[0], wrist[1] - 0.22), 0.19, 0.17, self._look.skin)
            self._limb(colour, cover, x, y, elbow, wrist, 0.27, 0.23, tone)
            self._limb(colour, cover, x, y, shoulder, elbow, 0.35, 0.27, tone)
        self._torso(colour, cover, x, y)
        return colour, cover

    def _torso(self, colour: Rgb, cover: Array, x: Array, y: Array) -> None:
        row = np.clip((y - self._rows[0]) / (self._rows[1] - self._rows[0]), 0, len(self._rows) - 2).astype(np.float32)
        above = row.astype(np.int16)
        half = self._widths.take(above) + (row - above) * self._steps.take(above)
        slope = self._slopes.take(above) + (row - above) * (self._slopes.take(above + 1) - self._slopes.take(above))
        edge = (half - np.abs(x)) / np.sqrt(1 + slope * slope)
        inside = np.clip(edge / np.float32(self._pixel) + 0.5, 0, 1) * np.clip((y + 4.75) / np.float32(self._pixel), 0, 1)
        at = np.flatnonzero(inside > 0)
        if not len(at):
            return
        x, y, half, slope = x[at], y[at], half[at], np.clip(slope[at], -3, 3)
        t = np.clip(x / half, -1, 1)
        round_ = np.abs(t) ** 1.5
        depth = np.sqrt(np.maximum(1 - round_ * round_, 0.02))
        nx, ny = np.sign(t) * round_ * 0.9, -slope * 0.22 * np.abs(t) + 0.26 * smoothstep(-2.3, -1.5, y)
        nz = np.maximum(depth, 0.15)
        norm = np.sqrt(nx * nx + ny * ny + nz * nz)
        nx, ny, nz = nx / norm, ny / norm, nz / norm
        skin = self._skin(x, y)
        albedo, folds = self._cloth(x, y)
        flesh = linear(self._look.skin)[:, None]
        throat = 1 - 0.10 * np.exp(-(((np.abs(x) - 0.10 - 0.35 * (-1.0 - y)) / 0.05) ** 2)) * (y < -0.9)
        albedo = albedo + (flesh * throat - albedo) * skin
        gloss = 0.03 + 0.09 * skin
        lit = self._light.shade(albedo.astype(np.float32), gloss.astype(np.float32), nx, ny, nz, skin)
        hidden = 1 - 0.62 * smoothstep(-1.32, -0.86, y - 0.5 * np.abs(x) * (np.abs(x) < 1)) * smoothstep(1.0, 0.3, np.abs(x))
        arm = np.abs(x) - 0.86 * self._build
        crease = 1 - 0.30 * np.exp(-((arm / 0.07) ** 2)) * smoothstep(-1.95, -2.3, y)
        _lay(colour, cover, at, lit * (hidden * crease * folds), inside[at])

    def _skin(self, x: Array, y: Array) -> Array:
        """Where the throat shows."""
        soft = max(0.012, self._pixel)
        m = np.abs(x)
        kind = self._outfit.garment
        if kind == "turtleneck":
            return smoothstep(-soft, soft, y + 0.98 + 0.15 * x * x)
        if kind in ("vee", "shirt"):
            deep = 1.62 if kind == "vee" else 1.50
            return smoothstep(-soft, soft, y + deep - (deep - 1.16) * m / (self._neck + 0.02)) * (m < self._neck + 0.15)
        wide = self._neck + (0.10 if kind == "hoodie" else 0.16)
        return np.maximum(smoothstep(-soft, soft, 1 - np.hypot(x / wide, (y + 1.06) / 0.34)), y > -1.06)

    def _cloth(self, x: Array, y: Array) -> tuple[Rgb, Array]:
        """Albedo (3, n) of the garment and its small folds (n,)."""
        o = self._outfit
        soft = max(0.012, self._pixel)
        m = np.abs(x)
        first, second = linear(o.colour)[:, None], linear(o.second)[:, None]
        mask = np.zeros(len(x), np.float32)
        folds = 1 + 0.05 * np.sin(6 * x + 3.2 * y) * np.sin(2.2 * y + x)
        edge = np.full(len(x), 9.0, np.float32)
        bend = y + 0.06 * x * x
        if o.garment == "striped":
            wave = np.sin(bend * 21)
            mask = smoothstep(-12 * soft - 0.15, 12 * soft + 0.15, wave)
        elif o.garment == "dotted":
            u, v = x / 0.22, bend / 0.22
            u = u + 0.5 * (np.floor(v) % 2)
            mask = smoothstep(0.26 + soft, 0.26 - soft, np.hypot(u - np.floor(u) - 0.5, v - np.floor(v) - 0.5))
        elif o.garment == "yoke":
            mask = smoothstep(-soft, soft, bend + 1.86)
        elif o.garment == "turtleneck":
            folds = folds * (1 - 0.10 * (np.sin(x * 60) > 0.2) * (y > -1.3) * (self._pixel < 0.02))
            edge = np.abs(y + 1.26 + 0.25 * x * x)
        elif o.garment == "hoodie":
            edge = np.abs(np.hypot(x / (self._neck + 0.30), (y + 1.06) / 0.52) - 1) * 0.4
            cord = np.abs(m - 0.16 - 0.05 * (y + 1.5)) * 1.0
            mask = smoothstep(0.028 + soft, 0.028 - soft, cord) * (y < -1.42) * (y > -2.05)
        elif o.garment == "shirt":
            collar = (m < self._neck + 0.20) & (y > -1.66) & (m > (y + 1.66) * 0.45)
            mask = collar * 0.30
            rim = (m < self._neck + 0.24) & (y > -1.69) & ~collar
            edge = np.minimum(np.where(rim, 0.02, 9), np.abs(x - 0.03) * 2 + 0.008)
            button = np.hypot(x, (y / 0.42 - np.floor(y / 0.42) - 0.5) * 0.42)
            second = np.maximum(second, 0.55)
            mask = np.maximum(mask, smoothstep(0.034 + soft, 0.034 - soft, button) * (y < -1.6))
        elif o.garment == "vee":
            edge = np.abs(y + 1.72 - 0.56 * m / (self._neck + 0.02)) * 0.7 + 9 * (m > self._neck + 0.2)
        else:
            edge = np.abs(np.hypot(x / (self._neck + 0.23), (y + 1.06) / 0.42) - 1) * 0.4
        seam = 1 - 0.22 * smoothstep(0.022 + soft, 0.008, edge)
        return first + (second - first) * mask, folds * seam

    def _limb(self, colour: Rgb, cover: Array, x: Array, y: Array, a: tuple[float, float], b: tuple[float, float],
              ra: float, rb: float, tone: Colour) -> None:  # fmt: skip
        ra, rb = ra * self._build, rb * self._build
        far = max(ra, rb) + 0.05
        near = np.flatnonzero((x > min(a[0], b[0]) - far) & (x < max(a[0], b[0]) + far) & (y > min(a[1], b[1]) - far)
                              & (y < max(a[1], b[1]) + far))  # fmt: skip
        if not len(near):
            return
        x, y = x[near], y[near]
        dx, dy = b[0] - a[0], b[1] - a[1]
        t = np.clip(((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy), 0, 1)
        px, py = x - a[0] - t * dx, y - a[1] - t * dy
        round_x, round_y = _across(x - a[0], y - a[1], dx, dy)
        radius = ra + (rb - ra) * t
        off = np.hypot(px, py)
        inside = np.clip((radius - off) / self._pixel + 0.5, 0, 1).astype(np.float32)
        won = inside > 0
        nx, ny = round_x[won] / radius[won], round_y[won] / radius[won]  # no shade at the ends: joints stay smooth
        nz = np.sqrt(np.maximum(1 - nx * nx - ny * ny, 0.03))
        albedo = np.repeat(linear(tone)[:, None], int(won.sum()), axis=1)
        lit = self._light.shade(albedo, np.full(int(won.sum()), 0.03, np.float32), nx, ny, nz)
        _lay(colour, cover, near[won], lit, inside[won])


def _across(x: Array, y: Array, dx: float, dy: float) -> tuple[Array, Array]:
    """The part of (x, y) at a right angle to the direction (dx, dy)."""
    along = (x * dx + y * dy) / (dx * dx + dy * dy)
    return x - along * dx, y - along * dy


def _lay(colour: Rgb, cover: Array, at: NDArray[np.intp], lit: Rgb, inside: Array) -> None:
    """Lay matter of partial cover over what is there (colours stay unmultiplied)."""
    before = cover[at] * (1 - inside)
    total = inside + before
    colour[:, at] = (colour[:, at] * before + lit * inside) / np.maximum(total, 1e-6)
    cover[at] = total
