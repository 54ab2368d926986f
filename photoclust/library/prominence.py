"""How much a face stands out in its photo: who was meant, and who only passed, hangs on a wall or shows on a screen."""

from __future__ import annotations

import math

from photoclust.core.types import Face, Photo

_LARGE = 0.30  # of the photo's shorter side: a face of this size is a portrait
_TINY = 0.02


def prominence(face: Face, photo: Photo) -> float:
    """0 (in passing) to 1 (a portrait): how large a face is in its photo, how good, and how near the middle.

    Size counts on a logarithmic scale and twice; a strength does not make up for a weakness. Nothing but what is stored is
    looked at. Where a photo's size is not known, the face's quality alone decides.
    """
    shorter = min(photo.width, photo.height)
    if shorter <= 0:
        return _clipped(face.quality)
    share = math.sqrt(max(face.box.area, 0.0)) / shorter
    size = math.log(max(share, 1e-6) / _TINY) / math.log(_LARGE / _TINY)
    x = (face.box.x + face.box.w / 2) / photo.width - 0.5
    y = (face.box.y + face.box.h / 2) / photo.height - 0.5
    central = 1 - math.hypot(x, y)  # 0.3 in a corner
    return float((_clipped(size) ** 2 * _clipped(face.quality) * _clipped(central)) ** 0.25)


def _clipped(value: float) -> float:
    return min(max(value, 0.0), 1.0)
