"""Rays against a head: points of the picture plane in, lit colours out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photoclust.demo.hair import STYLES, Array, Ellipsoid, growth, lumps, smoothstep, strands
from photoclust.demo.paint import linear, paint_face
from photoclust.demo.person import Colour, Look
from photoclust.demo.shape import HeadShape, Pose, build_shape

Rgb = NDArray[Any]
"""(3, n) or (3, h, w) float32, linear light."""
Material = Callable[[Rgb, Rgb, Rgb], Rgb]
"""Place, normal, place within the piece (each (3, n)) to colour."""


@dataclass(frozen=True, slots=True)
class Light:
    """A soft key light from somewhere before the person, light from the sky and the ground, and a rim from behind."""

    direction: tuple[float, float, float] = (-0.45, 0.55, 0.75)
    key: Colour = (1.0, 0.96, 0.90)
    strength: float = 1.0
    sky: Colour = (0.50, 0.55, 0.64)
    ground: Colour = (0.36, 0.30, 0.27)
    rim: Colour = (0.9, 0.9, 1.0)
    rim_strength: float = 0.25

    def shade(self, albedo: Rgb, gloss: Array, nx: Array, ny: Array, nz: Array, skin: Array | float = 0.0) -> Rgb:
        """Linear colours (3, n) of matter with these normals (view frame); `skin` 0 to 1 lets light bleed red into shadow."""
        d = np.asarray(self.direction, np.float32)
        d = d / np.linalg.norm(d)
        nl = nx * d[0] + ny * d[1] + nz * d[2]
        wrap = np.float32(0.38)
        lit = np.clip((nl + wrap) / (1 + wrap), 0, 1)
        lit *= np.sqrt(np.sqrt(lit))
        red = np.clip((nl + np.float32(0.62)) / np.float32(1.62), 0, 1)
        red *= np.sqrt(red)
        up = 0.5 + 0.5 * ny
        sky, ground = linear(self.sky), linear(self.ground)
        half = d + np.asarray((0, 0, 1), np.float32)
        half = half / np.linalg.norm(half)
        nh = np.clip(nx * half[0] + ny * half[1] + nz * half[2], 0, 1)
        for _ in range(4):
            nh = nh * nh
        broad = nh * np.sqrt(nh)  # the 24th power; the 96th is the narrow highlight
        narrow = broad * broad
        spec = gloss * (np.float32(0.55) * broad + np.float32(0.9) * narrow * narrow)
        edge = np.clip(1 - nz, 0, 1)
        edge = edge * edge * edge * np.clip(0.55 + 0.45 * ny + 0.3 * np.abs(nx), 0, 1) * self.rim_strength
        key, rim = linear(self.key) * np.float32(1.12 * self.strength), linear(self.rim)
        out = np.empty_like(albedo)
        for c in range(3):
            direct = lit + (red - lit) * skin * (0.75, 0.22, 0.10)[c]
            out[c] = albedo[c] * (key[c] * direct + sky[c] * up + ground[c] * (1 - up))
            out[c] += key[c] * spec * 0.8 + rim[c] * edge * (0.25 + 0.75 * albedo[c])
        return out


class Head:
    """One person's head in one pose, ready to be looked at through any set of rays."""

    def __init__(self, look: Look, pose: Pose, light: Light, scale: float) -> None:
        """`scale`: pixels a head unit, which chooses the detail."""
        self._look, self._pose, self._light, self._scale = look, pose, light, scale
        self._turn = pose.rotation()
        self._shape: HeadShape = build_shape(look, pose, int(np.clip(2.6 * scale, 150, 460)))
        style = STYLES[look.style]
        ear = 0.21 * look.ear
        self._ears: tuple[Ellipsoid, ...] = tuple(
            ((s * (look.width + 0.015), look.eye_y - 0.10, -0.10), (0.075, ear, 0.125 * look.ear)) for s in (-1, 1)
        )
        self._pieces, self._behind = style.pieces, style.behind

    def place(self, point: tuple[float, float, float]) -> tuple[float, float, float]:
        """A point of the head frame in the view frame."""
        p = self._turn @ np.asarray(point, np.float32)
        return float(p[0]), float(p[1]), float(p[2])

    @property
    def has_behind(self) -> bool:
        """Whether hair hangs behind the body."""
        return bool(self._behind)

    def depth(self, x: Array, y: Array, *, behind: bool = False) -> Array:
        """View depth (n,) of what stands nearest at picture points; -9 where there is nothing."""
        depth = np.full(len(x), -9, np.float32) if behind else self._march(x, y, None)
        for piece in self._behind if behind else self._ears + self._pieces:
            at, place = self._meet(depth, x, y, piece)
            depth[at] = place[2]
        return depth

    def look_at(self, x: Array, y: Array, start: Array, *, behind: bool = False) -> tuple[Rgb, Array]:
        """Colours (3, n) and depth (n,) at picture points (view frame); depth -9 is nothing.

        `start` (n,) is a depth that is known to be in front of everything but for a hair's breadth. `behind` looks at the hair
        that hangs behind the body instead of the head.
        """
        colour = np.zeros((3, len(x)), np.float32)
        if behind:
            depth = np.full(len(x), -9, np.float32)
        else:
            depth = self._march(x, y, start)
            hit = np.flatnonzero(depth > -9)
            if len(hit):
                colour[:, hit] = self._head_colour(x[hit], y[hit], depth[hit])
        pieces = [(p, self._hair_colour) for p in (self._behind if behind else self._pieces)]
        for piece, material in pieces if behind else [*((e, self._ear_colour) for e in self._ears), *pieces]:
            at, place = self._meet(depth, x, y, piece)
            if len(at):
                depth[at] = place[2]
                centre, radii = np.asarray(piece, np.float32)[:, :, None]
                q = self._turn.T @ place
                local = (q - centre) / radii
                normal = self._turn @ (local / radii)
                colour[:, at] = material(q, normal / np.linalg.norm(normal, axis=0), local) * np.float32(0.72 if behind else 1)
        return colour, depth

    def _march(self, x: Array, y: Array, start: Array | None) -> Array:
        """Walk rays from the viewer (or from `start`) to where |q| = R(q); their depth there (n,), -9 for a miss."""
        flat = x * x + y * y
        far = np.float32(self._shape.largest)
        near = np.flatnonzero(flat < far * far)
        depth = np.full(len(x), -9, np.float32)
        if not len(near):
            return depth
        flat = flat[near]
        ax, ay, az = self._turn.T[:, :2] @ np.stack([x[near], y[near]])  # the foot of each ray in the head frame
        bx, by, bz = self._turn.T[:, 2]
        outside = np.sqrt(far * far - flat)  # every ray is bracketed: last depth outside, first depth inside
        if start is not None:
            outside = np.minimum(outside, start[near] + np.float32(0.05))
        inside = np.full_like(outside, -9)
        z = outside.copy()
        alive = np.arange(len(near))
        for _ in range(48):
            za, fa = z[alive], flat[alive]
            r = np.sqrt(fa + za * za)
            gap = r - self._shape.radius(ax[alive] + za * bx, ay[alive] + za * by, az[alive] + za * bz, r)
            out = gap > 0
            top, low = np.where(out, za, outside[alive]), np.where(out, inside[alive], za)
            outside[alive], inside[alive] = top, low
            met = low > -9
            walk = za - np.maximum(np.float32(0.6) * gap * np.minimum(r / np.maximum(za, np.float32(0.3)), 2), np.float32(0.008))
            za = np.where(met, np.float32(0.5) * (top + low), walk)
            z[alive] = za
            alive = alive[(za > -1.1) & ~(met & (top - low < 0.004))]
            if not len(alive):
                break
        depth[near] = np.where(inside > -9, z, np.float32(-9))
        return depth

    def _head_colour(self, x: Array, y: Array, z: Array) -> Rgb:
        q = self._turn.T @ np.stack([x, y, z])
        r = np.sqrt(x * x + y * y + z * z)
        rows = self._shape.surface(q[0], q[1], q[2], r)
        n = self._turn @ rows[1:4]
        n /= np.linalg.norm(n, axis=0) + np.float32(1e-9)
        d = q / r
        grown = growth(self._look, d[0], d[1], d[2])
        paint = paint_face(self._look, self._pose, q[0], q[1], q[2], grown, 1 / self._scale)
        hollow = np.clip(1 + 2.6 * np.minimum(rows[4], 0) + 0.6 * np.maximum(rows[4], 0), 0.45, 1.12)
        soft = max(0.8, 90 / self._scale)
        hair = smoothstep(-soft, soft, grown)
        bare = self._light.shade(paint.albedo, paint.gloss, n[0], n[1], n[2], 1.0) * hollow
        if hair.max() > 0:
            some = hair > 0
            on = self._strand_colour(q[:, some], n[:, some], smoothstep(-2, 9, grown[some]))
            edge = 0.55 + 0.45 * smoothstep(0.5, 8, grown[some])
            bare[:, some] += (on * edge * np.clip(hollow[some], 0.7, 1.1) - bare[:, some]) * hair[some]
        under = smoothstep(-0.80, -1.02, q[1]) * 0.35  # the underside of the jaw gets little light
        return bare * (1 - under)  # type: ignore[no-any-return]

    def _strand_colour(self, q: Rgb, n: Rgb, contrast: Array | float = 1.0) -> Rgb:
        look = self._look
        s = strands(look, q[0], q[1], q[2], self._scale) * contrast
        base = linear(look.hair)[:, None] * (1 + 0.34 * s)
        up = np.clip(0.35 + 0.65 * n[1], 0, 1)
        band = np.exp(-(((n[1] - 0.62 + 0.05 * s) / 0.16) ** 2)) * 0.5 + np.exp(-(((n[1] - 0.15 + 0.08 * s) / 0.14) ** 2)) * 0.16
        shine = np.asarray(0.05 + 0.75 * np.asarray(look.hair) ** 1.4, np.float32)[:, None]
        gloss = np.full(q.shape[1], 0.05, np.float32)
        bent = n[0] + 0.10 * s
        lit = self._light.shade(base.astype(np.float32), gloss, bent.astype(np.float32), n[1], n[2])
        return (lit * (0.85 + 0.15 * up) + shine * band * (0.6 + 0.4 * np.clip(s + 0.4, 0, 1)) * 0.30).astype(np.float32)  # type: ignore[no-any-return]

    def _meet(self, depth: Array, x: Array, y: Array, piece: Ellipsoid) -> tuple[NDArray[np.intp], Rgb]:
        """Which rays meet an ellipsoid of the head frame before `depth`, and the places (3, m) in the view frame."""
        centre, radii = np.asarray(piece, np.float32)
        middle = self._turn @ centre
        reach = float(radii.max())
        near = np.flatnonzero((np.abs(x - middle[0]) < reach) & (np.abs(y - middle[1]) < reach))
        px, py = x[near], y[near]
        foot = self._turn.T[:, :2] @ np.stack([px, py]) - centre[:, None]
        a, b = foot / radii[:, None], self._turn.T[:, 2] / radii
        bb, ab, aa = np.float32(b @ b), b @ a, (a * a).sum(axis=0) - 1
        inner = ab * ab - bb * aa
        z = (np.sqrt(np.maximum(inner, 0)) - ab) / bb
        won = (inner > 0) & (z > depth[near])
        return near[won], np.stack([px[won], py[won], z[won]])

    def _hair_colour(self, q: Rgb, n: Rgb, local: Rgb) -> Rgb:
        if STYLES[self._look.style].lumps:
            n = n + 0.35 * lumps(self._look, q[0] * 1.6, q[1] * 1.6, q[2] * 1.6)
            n = n / np.linalg.norm(n, axis=0)
        return self._strand_colour(q, n.astype(np.float32)) * (0.86 + 0.14 * np.clip(n[2], 0, 1))  # type: ignore[no-any-return]

    def _ear_colour(self, q: Rgb, n: Rgb, local: Rgb) -> Rgb:
        skin = np.repeat(linear(self._look.skin)[:, None], q.shape[1], axis=1)
        ring = np.hypot(local[1], local[2] * 1.1)
        skin[1:] *= 0.82
        dark = 0.45 * np.exp(-(((ring - 0.55) / 0.2) ** 2)) + 0.25 * np.exp(-((ring / 0.25) ** 2))
        lit = self._light.shade(skin, np.full(q.shape[1], 0.1, np.float32), n[0], n[1], n[2], 1.0)
        return lit * (0.9 - dark)  # type: ignore[no-any-return]
