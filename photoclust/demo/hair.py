"""Hair: where it grows on the head, how far it stands off, and its strands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photoclust.demo.person import Look

Array = NDArray[Any]
"""(n,) float32 values of points; numpy's types widen every mixed expression, so the element type is not spelled."""
Ellipsoid = tuple[tuple[float, float, float], tuple[float, float, float]]
"""Centre and radii in head units, head frame (x right, y up, z to the face)."""


@dataclass(frozen=True, slots=True)
class Style:
    """A haircut: a volume around the skull, cut off by a hairline."""

    add: tuple[float, float, float]
    """How much larger than the skull the volume is along x, y, z."""
    shift: tuple[float, float, float] = (0.0, 0.0, 0.0)
    front: float = 39.0
    """Elevation of the hairline above the middle of the forehead, degrees."""
    parting: float = 0.0
    """Degrees by which the hairline rises at the parting."""
    part_at: float = 0.0
    """Azimuth of the parting, degrees."""
    temples: tuple[float, float] = (58.0, 74.0)
    """Azimuths between which the hairline falls from the forehead to the side."""
    side: float = -6.0
    """Lowest elevation of the hair before the ear."""
    nape: float = -52.0
    jagged: float = 0.0
    lumps: float = 0.0
    pieces: tuple[Ellipsoid, ...] = ()
    """Extra volumes in front of the body: a bun, locks."""
    behind: tuple[Ellipsoid, ...] = ()
    """Volumes behind the body."""


_LOCKS: tuple[Ellipsoid, ...] = (((-0.72, -0.80, -0.06), (0.24, 0.98, 0.27)), ((0.72, -0.80, -0.06), (0.24, 0.98, 0.27)))
_BACK: tuple[Ellipsoid, ...] = (((0.0, -0.62, -0.35), (0.98, 1.25, 0.5)),)
STYLES: dict[str, Style] = {
    "buzz": Style((0.015, 0.03, 0.02), front=41, parting=-4),
    "short": Style((0.05, 0.13, 0.06), front=38, jagged=2.0),
    "parted": Style((0.07, 0.19, 0.09), (0.03, 0.0, 0.03), front=31, parting=13, part_at=-30, jagged=1.0),
    "quiff": Style((0.035, 0.27, 0.10), (0.0, 0.02, 0.09), front=37, jagged=2.5),
    "curly": Style((0.11, 0.24, 0.13), front=33, jagged=3.0, lumps=0.05),
    "bald": Style((0.0, 0.0, 0.0), front=200, side=200, nape=200),
    "receding": Style((0.05, -0.02, 0.04), front=140, temples=(64, 84), side=6),
    "afro": Style((0.33, 0.38, 0.28), (0.0, 0.06, -0.05), front=35, side=0, lumps=0.035),
    "mop": Style((0.14, 0.18, 0.15), front=20, temples=(56, 68), side=-14, jagged=3.5),
    "tousled": Style((0.08, 0.22, 0.12), front=29, jagged=5.0, lumps=0.03),
    "long": Style((0.17, 0.15, 0.10), (0.0, -0.08, 0.0), front=24, parting=24, temples=(50, 62), side=-50, nape=-60,
                  pieces=_LOCKS, behind=_BACK),
    "bob": Style((0.22, 0.15, 0.12), (0.0, -0.10, 0.0), front=26, parting=18, temples=(50, 62), side=-52, nape=-60),
    "bun": Style((0.04, 0.08, 0.05), front=40, parting=4, temples=(60, 78), side=-2,
                 pieces=(((0.0, 1.12, -0.25), (0.36, 0.30, 0.34)),)),
    "curly-long": Style((0.28, 0.22, 0.18), (0.0, -0.04, -0.04), front=30, parting=8, temples=(50, 62), side=-50,
                        nape=-60, lumps=0.06, jagged=3, pieces=_LOCKS, behind=(((0.0, -0.50, -0.35), (1.18, 1.15, 0.5)),)),
    "fringe-long": Style((0.17, 0.14, 0.13), (0.0, -0.08, 0.0), front=21, temples=(52, 60), side=-50, nape=-60, jagged=1.5,
                         pieces=_LOCKS, behind=_BACK),
    "pixie": Style((0.07, 0.16, 0.09), front=25, parting=14, part_at=32, side=-12, jagged=3.0),
    "ponytail": Style((0.05, 0.09, 0.06), front=40, parting=3, temples=(60, 78), side=-4,
                      behind=(((0.62, -0.35, -0.75), (0.34, 0.95, 0.3)),)),
    "fringe-bob": Style((0.22, 0.14, 0.14), (0.0, -0.12, 0.0), front=20, temples=(52, 60), side=-50, nape=-58, jagged=1.2),
    "side-long": Style((0.18, 0.18, 0.10), (0.03, -0.08, 0.0), front=24, parting=20, part_at=-34, temples=(50, 62), side=-50,
                       nape=-60, pieces=_LOCKS, behind=_BACK),
}  # fmt: skip


def smoothstep(low: float, high: float, x: Array) -> Array:
    """0 below `low`, 1 above `high`, smooth between."""
    t = np.clip((x - np.float32(low)) / np.float32(high - low), 0, 1)
    return t * t * (3 - 2 * t)  # type: ignore[no-any-return]


def growth(look: Look, x: Array, y: Array, z: Array) -> Array:
    """How far inside the hairline a unit direction lies, in degrees; negative on bare skin."""
    style = STYLES[look.style]
    azimuth = np.degrees(np.arctan2(x, z))
    elevation = np.degrees(np.arcsin(np.clip(y, -1, 1)))
    side = np.abs(azimuth)
    front = style.front - 60 * look.forehead * (style.front > 28)
    line = front + style.parting * np.exp(-(((azimuth - style.part_at) / 26) ** 2)) - 0.0022 * side * side
    if style.jagged:
        p = look.phase
        line = line + style.jagged * (np.sin(azimuth * 0.16 + p) * 0.6 + np.sin(azimuth * 0.33 + 2 * p) * 0.4)
    fall = smoothstep(*style.temples, side)
    line = line + (style.side - line) * fall
    if style.nape < style.side:
        line = line + (style.nape - line) * smoothstep(94, 110, side)
    return (elevation - line).astype(np.float32)  # type: ignore[no-any-return]


def lumps(look: Look, x: Array, y: Array, z: Array) -> Array:
    """Smooth bumps of curls over directions or points, about -1 to 1."""
    p = np.float32(look.phase)
    a = np.sin(9 * x + p) * np.sin(8.3 * y + 2 * p) + np.sin(8.7 * z + 1.3 * p) * np.sin(9.6 * x - 5.1 * y)
    b = np.sin(19 * x - p) * np.sin(17 * y + 4.1 * z) * np.sin(16 * z + 3 * p)
    return (0.55 * a + 0.5 * b).astype(np.float32)  # type: ignore[no-any-return]


def strands(look: Look, x: Array, y: Array, z: Array, scale: float) -> Array:
    """Light and dark of single strands at points of the hair, about -1 to 1; finer where `scale` (pixels a unit) is higher."""
    style = STYLES[look.style]
    p = look.phase
    if style.lumps:
        wave = np.sin(26 * x + 5 * np.sin(7 * y + p)) * np.sin(24 * y + 4 * np.sin(6 * x)) * np.sin(21 * z + p)
        return (0.8 * wave + 0.25 * lumps(look, x, y, z)).astype(np.float32)  # type: ignore[no-any-return]
    at = np.radians(style.part_at)
    turn = np.arctan2(x - 0.55 * np.sin(at), 0.75 - 0.35 * y + 0.35 * z)
    turn = turn + 0.03 * np.sin(5 * y + p)
    out = 0.5 * np.sin(31 * turn + p) + 0.3 * np.sin(17 * turn - p)
    if scale > 60:
        out = out + 0.3 * np.sin(73 * turn + 3 * p + 2 * y)
    if scale > 120:
        out = out + 0.22 * np.sin(171 * turn + 3 * y)
    return out.astype(np.float32)  # type: ignore[no-any-return]
