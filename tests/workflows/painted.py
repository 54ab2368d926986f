"""Folders of painted photos, and a finder of their faces in place of the networks."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from photoclust.core.types import Box
from photoclust.library.library import Library
from photoclust.workflows.import_photos import import_photos

PHOTOS = 24
"""In a `paint_folder`."""


@dataclass(frozen=True)
class PaintedFace:
    box: Box
    landmarks: tuple[tuple[float, float], ...]
    score: float
    quality: float
    vector: np.ndarray


class PaintedFaces:
    """Finds one face in the middle of every photo that is not white; its vector depends on the colour."""

    model_id = "painted-1"
    embedding_id = "painted"
    device = "nowhere"

    def __init__(self) -> None:
        self.looked = 0
        self._counting = threading.Lock()

    def analyse(self, photos: Sequence[np.ndarray], *_: object) -> list[list[PaintedFace]]:
        with self._counting:
            self.looked += len(photos)
        return [self._face(p) for p in photos]

    def describe(self, photo: np.ndarray, box: Box, landmarks: tuple[tuple[float, float], ...]) -> PaintedFace:
        with self._counting:
            self.looked += 1
        color = photo[int(box.y + box.h / 2), int(box.x + box.w / 2)]
        return PaintedFace(box, landmarks, 0.0, 0.05, self._vector(color))

    def _vector(self, color: np.ndarray) -> np.ndarray:
        vector = np.random.default_rng(int(color[0]) * 65536 + int(color[1]) * 256 + int(color[2])).normal(size=128)
        return (vector / np.linalg.norm(vector)).astype(np.float32)

    def _face(self, pixels: np.ndarray) -> list[PaintedFace]:
        h, w = pixels.shape[:2]
        color = pixels[h // 2, w // 2]
        if color.min() > 250:
            return []
        box = Box(w / 4, h / 4, w / 2, h / 2)
        marks = tuple((w * x, h * y) for x, y in ((0.4, 0.4), (0.6, 0.4), (0.5, 0.5), (0.4, 0.6), (0.6, 0.6)))
        return [PaintedFace(box, marks, 0.9, 0.8, self._vector(color))]


def paint(path: Path, color: str, size: tuple[int, int] = (64, 48)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, color).save(path)
    return path


def paint_folder(folder: Path) -> Path:
    """Photos of different colours in three folders."""
    for i in range(PHOTOS):
        paint(folder / f"{i % 3}" / f"{i:03}.bmp", f"#{i * 9:02x}40{i:02x}")
    return folder


def scan(library: Library, folder: Path, finder: PaintedFaces | None = None, **options):
    finder = finder or PaintedFaces()
    for _ in import_photos(library, folder, session=finder, **options):
        pass
    return finder
