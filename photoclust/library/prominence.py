"""How much a face stands out in its photo: who was meant, and who only passed, hangs on a wall or shows on a screen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from photoclust.core.types import Face, Photo
from photoclust.library.database import Database, ids_json

_LARGE = 0.30  # of the photo's shorter side: a face of this size is a portrait
_TINY = 0.02
SIZED_FACES = """
    SELECT f.id, f.photo, f.x, f.y, f.w, f.h, f.quality, p.width, p.height
    FROM faces f JOIN photos p ON p.id = f.photo {some} ORDER BY f.photo
"""
SET_PROMINENCE = "UPDATE faces SET prominence = ? WHERE id = ?"


def prominence(face: Face, photo: Photo) -> float:
    """0 (in passing) to 1 (a portrait) for one face; see `prominences`."""
    box = face.box
    return float(prominences([(box.x, box.y, box.w, box.h, face.quality, photo.width, photo.height)])[0])


def prominences(rows: ArrayLike) -> NDArray[np.float64]:
    """(n,) from rows (n, 7) of x, y, w, h, quality, and the photo's width and height.

    How large a face is in its photo, how good, and how near the middle. Size counts on a logarithmic scale and twice; a
    strength does not make up for a weakness. Where a photo's size is not known, the face's quality alone decides.
    """
    x, y, w, h, quality, width, height = np.asarray(rows, np.float64).reshape(-1, 7).T
    shorter = np.minimum(width, height)
    known = shorter > 0
    width, height, shorter = (np.where(known, side, 1.0) for side in (width, height, shorter))
    share = np.sqrt(np.maximum(w * h, 0)) / shorter
    size = np.log(np.maximum(share, 1e-6) / _TINY) / np.log(_LARGE / _TINY)
    central = 1 - np.hypot((x + w / 2) / width - 0.5, (y + h / 2) / height - 0.5)  # 0.3 in a corner
    size, quality, central = (np.clip(part, 0, 1) for part in (size, quality, central))
    stands_out: NDArray[np.float64] = np.where(known, (size**2 * quality * central) ** 0.25, quality)
    return stands_out


def relative_prominences(rows: Sequence[tuple[float, ...]]) -> list[tuple[float, int]]:
    """(prominence, face id) of `SIZED_FACES`, relative to the most prominent face of the same photo."""
    values = np.array(rows, np.float64).reshape(-1, 9)
    stands_out = prominences(values[:, 2:])
    starts = np.flatnonzero(np.diff(values[:, 1], prepend=-1))
    best = np.repeat(np.maximum.reduceat(stands_out, starts), np.diff(np.append(starts, len(values)))) if rows else stands_out
    relative = np.divide(stands_out, best, out=np.ones_like(best), where=best > 0).round(3)
    return list(zip(relative.tolist(), (int(row[0]) for row in rows), strict=True))


def note_prominence(db: Database, photo_ids: Collection[int]) -> None:
    """Write down how prominent the faces of some photos are."""
    some = "WHERE p.id IN (SELECT value FROM json_each(?))"
    db.run_many(SET_PROMINENCE, relative_prominences(db.rows(SIZED_FACES.format(some=some), ids_json(photo_ids))))
