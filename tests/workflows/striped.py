"""A folder of striped photos in which every stripe is a face, and a finder that knows whose."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from painted import PaintedFace
from PIL import Image

from photoclust.core.types import Box

PEOPLE, WIDE, HIGH = 6, 48, 64
BLANK = (255, 255, 255)
Stripe = tuple[int, int, int]


@dataclass
class StripedFaces:
    """Every stripe is a face: its red says who, the rest how he looks; another model sees everybody otherwise."""

    model: int = 1
    device = "nowhere"

    @property
    def model_id(self) -> str:
        return f"striped-{self.model}"

    @property
    def embedding_id(self) -> str:
        return f"stripes-{self.model}"

    def analyse(self, photos: Sequence[np.ndarray], *_: object) -> list[list[PaintedFace]]:
        return [[self._face(photo, k) for k in range(photo.shape[1] // WIDE) if photo[HIGH // 2, k * WIDE + 9].min() < 250]
                for photo in photos]  # fmt: skip

    def describe(self, photo: np.ndarray, box: Box, landmarks: tuple[tuple[float, float], ...]) -> PaintedFace:
        color = photo[int(box.y + box.h / 2), int(box.x + box.w / 2)]
        return PaintedFace(box, landmarks, 0.0, 0.05, self._vector(color))

    def _face(self, photo: np.ndarray, k: int) -> PaintedFace:
        box = Box(k * WIDE + 8.0, 12.0, WIDE - 16.0, HIGH - 24.0)
        marks = tuple(
            (box.x + box.w * x, box.y + box.h * y) for x, y in ((0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.3, 0.8), (0.7, 0.8))
        )
        return PaintedFace(box, marks, 0.9, 0.3 + 0.1 * (k % 5), self._vector(photo[HIGH // 2, k * WIDE + 9]))

    def _vector(self, color: np.ndarray) -> np.ndarray:
        who, looks = int(color[0]) // 40, [self.model, *(int(c) for c in color)]
        vector = np.random.default_rng([self.model, who]).normal(size=128) + np.random.default_rng(looks).normal(size=128)
        return (vector / np.linalg.norm(vector)).astype(np.float32)


def stripe(number: int) -> Stripe:
    """One of many colours."""
    return (40 * (number % PEOPLE), 20 + number // PEOPLE % 12 * 18, 20 + number // 97 % 12 * 18)


def paint_stripes(path: Path, stripes: Sequence[Stripe], tick: int) -> Path:
    """A photo of these stripes, as of moment `tick`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.repeat(np.array([list(stripes)], np.uint8), WIDE, axis=1).repeat(HIGH, axis=0)
    Image.fromarray(pixels).save(path)
    os.utime(path, ns=(tick * 10**9, tick * 10**9))
    return path


def stripes_of(path: Path) -> list[Stripe]:
    """What a photo was painted with."""
    with Image.open(path) as image:
        pixels = np.asarray(image)
    return [tuple(int(c) for c in pixels[0, k]) for k in range(0, pixels.shape[1], WIDE)]  # type: ignore[misc]
