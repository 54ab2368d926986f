"""The shape of a head: its radius in every direction, kept in one table that a ray can be marched against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.demo.hair import STYLES, Array, growth, lumps, smoothstep
from photoclust.demo.person import Look

_WARP = np.float32(1.5)
_REACH = np.float32(0.758)


@dataclass(frozen=True, slots=True)
class Pose:
    """How a person looks into this photo: degrees of turn, and 0 to 1 for the mood."""

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    smile: float = 0.3
    mouth_open: float = 0.0
    squint: float = 0.0

    def rotation(self) -> NDArray[np.float32]:
        """(3, 3) head frame to view frame."""
        a, b, c = np.radians([self.yaw, self.pitch, self.roll])
        yaw = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
        pitch = np.array([[1, 0, 0], [0, np.cos(b), np.sin(b)], [0, -np.sin(b), np.cos(b)]])
        roll = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
        return (roll @ pitch @ yaw).astype(np.float32)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class HeadShape:
    """`table` (n, n, 5): radius, outward normal (3), hollowness, over directions; the back of the head is left out."""

    table: NDArray[np.float32]
    _radii: Array
    largest: float

    def radius(self, x: Array, y: Array, z: Array, r: Array) -> Array:
        """Radius towards points at distance `r` from the centre (bilinear)."""
        n = self.table.shape[0]
        u, v = self._where(x, y, z, r)
        i, j = v.astype(np.int32), u.astype(np.int32)
        a, b = v - i, u - j
        at = i * n + j
        low, high = self._radii.take(at), self._radii.take(at + n)
        low += (self._radii.take(at + 1) - low) * b
        high += (self._radii.take(at + n + 1) - high) * b
        return low + (high - low) * a  # type: ignore[no-any-return]

    def surface(self, x: Array, y: Array, z: Array, r: Array) -> NDArray[np.float32]:
        """(5, n) table rows towards points at distance `r`, bilinear."""
        n = self.table.shape[0]
        u, v = self._where(x, y, z, r)
        i, j = v.astype(np.int32), u.astype(np.int32)
        a, b = v - i, u - j
        at = i * n + j
        rows = self.table.reshape(-1, 5)
        out = rows.take(at, axis=0) * ((1 - a) * (1 - b))[:, None]
        out += rows.take(at + 1, axis=0) * ((1 - a) * b)[:, None]
        out += rows.take(at + n, axis=0) * (a * (1 - b))[:, None]
        out += rows.take(at + n + 1, axis=0) * (a * b)[:, None]
        return np.ascontiguousarray(out.T, np.float32)

    def _where(self, x: Array, y: Array, z: Array, r: Array) -> tuple[Array, Array]:
        n = self.table.shape[0]
        front = r + z
        middle = np.float32(0.5 * (n - 1))
        k = (middle / _REACH) / np.sqrt(front * (front + _WARP * (r - z)) + np.float32(1e-6))
        top = np.float32(n - 1.01)
        return np.clip(x * k + middle, 0, top), np.clip(y * k + middle, 0, top)


def build_shape(look: Look, pose: Pose, side: int) -> HeadShape:
    """Tabulate the head of a person with this expression, hair included, at `side` × `side` directions."""
    x, y, z = _directions(side)
    r = _skull(look, x, y, z)
    r = r + _features(look, pose, r * x, r * y, z)
    style = STYLES[look.style]
    if style.front < 200:
        grown = growth(look, x, y, z)
        inside = smoothstep(0.6, 7.0, grown)
        radii = (look.width + style.add[0], 0.86 + 0.5 * look.forehead + style.add[1], 0.88 + style.add[2])
        hair = _exit(x, y, z, (style.shift[0], 0.08 + style.shift[1], -0.06 + style.shift[2]), radii)
        hair = np.maximum(hair, r + 0.018)
        if style.lumps:
            hair = hair + np.float32(style.lumps) * lumps(look, x * 1.3, y * 1.3, z * 1.3)
        rise = smoothstep(0.0, 11.0 if style.side < -40 else 24.0, grown)
        r = r + (hair - r) * inside * (0.30 + 0.70 * np.sqrt(rise))
    r = r.astype(np.float32)
    return HeadShape(_with_normals(r, x, y, z), np.ascontiguousarray(r), float(r.max()))


def _directions(side: int) -> tuple[Array, Array, Array]:
    grid = np.linspace(-_REACH, _REACH, side, dtype=np.float32)
    across, up = np.meshgrid(grid, grid)
    far = across * across + up * up
    wide = np.minimum(far, np.float32(0.6))
    k = 1 / np.sqrt(1 - _WARP * wide)
    k = k * np.sqrt(wide / np.maximum(far, np.float32(1e-9)))
    u, v = across * k, up * k
    q = u * u + v * v
    return 2 * u / (1 + q), 2 * v / (1 + q), (1 - q) / (1 + q)


def _exit(x: Array, y: Array, z: Array, centre: tuple[float, float, float], radii: tuple[float, float, float]) -> Array:
    """Distance from the origin, which lies inside, to where a direction leaves an ellipsoid."""
    a, b, c = (np.float32(1 / r) for r in radii)
    dx, dy, dz = x * a, y * b, z * c
    ox, oy, oz = -centre[0] * a, -centre[1] * b, -centre[2] * c
    dd = dx * dx + dy * dy + dz * dz
    od = dx * ox + dy * oy + dz * oz
    oo = np.float32(ox * ox + oy * oy + oz * oz - 1)
    return (np.sqrt(np.maximum(od * od - dd * oo, 0)) - od) / dd  # type: ignore[no-any-return]


def _skull(look: Look, x: Array, y: Array, z: Array) -> Array:
    skull = _exit(x, y, z, (0, 0.10 + 0.4 * look.forehead, -0.08), (look.width, 0.85 + 0.6 * look.forehead, 0.84))
    jaw = _exit(x, y, z, (0, -0.34, 0.10), (look.jaw + 0.05, 0.60 + look.jaw_drop, 0.58))
    k = np.float32(0.05)  # smooth maximum
    return np.maximum(skull, jaw) + k * np.log1p(np.exp(-np.abs(skull - jaw) / k)) * np.float32(0.8)  # type: ignore[no-any-return]


def _bump(x: Array, y: Array, cx: float, cy: float, sx: float, sy: float) -> Array:
    a, b = (x - np.float32(cx)) / np.float32(sx), (y - np.float32(cy)) / np.float32(sy)
    return np.exp(-(a * a + b * b))  # type: ignore[no-any-return]


def _features(look: Look, pose: Pose, x: Array, y: Array, dz: Array) -> Array:
    """What stands out of the smooth skull: brow ridge, sockets, nose, cheeks, mouth, chin."""
    m = np.abs(x)
    smile = pose.smile
    out = look.brow_ridge * _bump(m, y, look.eye_gap * 0.9, look.brow_y - 0.02, 0.20, 0.07)
    out -= 0.075 * _bump(m, y, look.eye_gap, look.eye_y + 0.015, 0.17, 0.115)
    out += 0.040 * _bump(m, y, look.eye_gap, look.eye_y - 0.01, 0.105, 0.075)
    out -= 0.03 * _bump(m, y, look.eye_gap - 0.17, look.eye_y + 0.02, 0.06, 0.10)
    # nose: a bridge that rises towards the tip, the tip, the wings
    top, tip = look.eye_y + 0.09, look.nose_y + 0.035
    along = np.clip((top - y) / np.float32(top - tip), 0, 1.25)
    under = smoothstep(tip - 0.135, tip - 0.005, y)
    wide = look.nose_bridge + 0.035 * along
    ridge = np.exp(-((x / wide) ** 2)) * (0.22 + 0.78 * along**1.5) * (y < top + 0.3) * under
    out += 0.80 * look.nose_out * ridge * smoothstep(top + 0.10, top - 0.06, y)
    out += 0.34 * look.nose_out * _bump(x, y, 0, tip, look.nose_tip * 1.25, look.nose_tip) * under
    out += 0.085 * _bump(m, y, look.nose_wide * 0.93, look.nose_y + 0.01, 0.064, 0.060)
    # cheeks, mouth, chin
    out += (look.cheek + 0.055 * smile) * _bump(m, y, 0.40, -0.26 + 0.03 * smile, 0.17, 0.15)
    out += 0.045 * _bump(x, y, 0, look.mouth_y + 0.01, 0.26, 0.17)
    wide_mouth = look.mouth_wide * (1 + 0.16 * smile)
    in_mouth = smoothstep(wide_mouth * 1.05, wide_mouth * 0.55, m)
    line = mouth_line(look, pose, x)
    gap = 0.045 * pose.mouth_open
    out += 0.62 * look.lip_top * in_mouth * _bump(x * 0, y - line, 0, 0.5 * look.lip_top + gap, 1, look.lip_top * 0.8 + 0.008)
    out += 0.62 * look.lip_low * in_mouth * _bump(x * 0, y - line, 0, -0.55 * look.lip_low - gap, 1, look.lip_low * 0.75 + 0.01)
    out -= 0.028 * in_mouth * _bump(x * 0, y - line, 0, 0, 1, 0.014)
    out -= 0.026 * _bump(x, y, 0, look.mouth_y - 0.145, 0.17, 0.035)
    out -= 0.020 * _bump(x, y, 0, look.mouth_y + 0.13, 0.022, 0.05)
    out += look.chin * _bump(x, y, 0, -0.86 - look.jaw_drop * 0.7, look.chin_point, 0.12)
    fold = 0.20 + 0.55 * (look.nose_y + 0.04 - y)
    deep = (0.012 + 0.026 * smile + 0.010 * (look.age == "senior")) * (0.35 if look.age == "child" else 1.0)
    beside = smoothstep(look.mouth_y - 0.05, look.mouth_y + 0.06, y) * smoothstep(look.nose_y + 0.10, look.nose_y, y)
    out -= deep * np.exp(-(((m - fold) / 0.035) ** 2)) * beside
    if look.beard == "full":
        out += 0.035 * smoothstep(look.mouth_y + 0.16, look.mouth_y - 0.06, y) * smoothstep(0.10, 0.30, m - 0.1 * (y > -0.7))
        out += 0.045 * _bump(x, y, 0, -0.86, 0.26, 0.16)
    if look.beard in ("full", "moustache", "goatee"):
        out += 0.028 * _bump(m, y, 0.10, look.mouth_y + 0.085, 0.13, 0.035)
    return (out * smoothstep(0.05, 0.45, dz)).astype(np.float32)


def mouth_line(look: Look, pose: Pose, x: Array) -> Array:
    """Height of the line between the lips; a smile draws its corners up."""
    wide = look.mouth_wide * (1 + 0.16 * pose.smile)
    t = np.abs(x) / np.float32(wide)
    return (look.mouth_y + (0.095 * pose.smile - 0.004) * t * t - 0.028 * pose.smile).astype(np.float32)


def _with_normals(r: Array, x: Array, y: Array, z: Array) -> NDArray[np.float32]:
    point = np.stack([r * x, r * y, r * z], axis=-1)
    du = np.gradient(point, axis=1)
    dv = np.gradient(point, axis=0)
    normal = np.cross(du, dv)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True) + 1e-9
    reach = max(2, r.shape[0] // 28)
    hollow = r - _blur(r, reach)
    return np.concatenate([r[..., None], normal, hollow[..., None]], axis=-1).astype(np.float32)


def _blur(r: Array, reach: int) -> Array:
    for axis in (0, 1):
        for _ in range(2):
            padded = np.pad(r, [(reach + 1, reach) if a == axis else (0, 0) for a in (0, 1)], mode="edge")
            total = np.cumsum(padded, axis=axis, dtype=np.float64)
            high = np.take(total, range(2 * reach + 1, total.shape[axis]), axis=axis)
            low = np.take(total, range(total.shape[axis] - 2 * reach - 1), axis=axis)
            r = ((high - low) / (2 * reach + 1)).astype(np.float32)
    return r
