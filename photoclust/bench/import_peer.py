"""The straightforward import that ours is measured against: OpenCV's own classes on the same weights, a photo after the other."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from photoclust.core.errors import UserError
from photoclust.core.types import Box
from photoclust.vision import weights

SIDE = 640
"""The longest side of what the detector sees."""
THREADS = 2


class OpenCVPeer:
    """`cv2.imread`, `FaceDetectorYN` at 640, `FaceRecognizerSF` a face; UserError where OpenCV is not installed."""

    name = "opencv"

    def __init__(self, threads: int = THREADS) -> None:
        try:
            import cv2
        except ImportError as error:
            raise UserError("The peer needs OpenCV: “python -m pip install opencv-python-headless”.") from error
        cv2.setNumThreads(threads)
        self._cv2 = cv2
        self._detector = cv2.FaceDetectorYN.create(str(weights.locate(weights.YUNET)), "", (SIDE, SIDE), 0.7, 0.3)
        with TemporaryDirectory() as folder:
            self._recogniser = cv2.FaceRecognizerSF.create(str(_readable(Path(folder))), "")
        self.seconds: defaultdict[str, float] = defaultdict(float)
        """By stage, since it was made."""

    def import_all(self, paths: Iterable[Path]) -> dict[Path, list[Box]]:
        """The faces of every photo, in its pixels; their vectors are computed and dropped."""
        return {path: self._import_one(path) for path in paths}

    def _import_one(self, path: Path) -> list[Box]:
        started = time.perf_counter()
        photo = self._cv2.imread(str(path))
        started = self._took("decode", started)
        if photo is None:
            return []
        scale = min(1.0, SIDE / max(photo.shape[:2]))
        small = self._cv2.resize(photo, None, fx=scale, fy=scale, interpolation=self._cv2.INTER_AREA)
        self._detector.setInputSize((small.shape[1], small.shape[0]))
        rows: NDArray[np.float32] | None = self._detector.detect(small)[1]
        started = self._took("detect", started)
        boxes = []
        for row in np.zeros((0, 15), np.float32) if rows is None else rows:
            row[:14] /= scale
            self._recogniser.feature(self._recogniser.alignCrop(photo, row))
            boxes.append(Box(*map(float, row[:4])))
        self._took("align and embed", started)
        return boxes

    def _took(self, stage: str, started: float) -> float:
        now = time.perf_counter()
        self.seconds[stage] += now - started
        return now


def _readable(folder: Path) -> Path:
    """The recogniser's weights in a form that OpenCV 5 can read: the file lists them among its inputs."""
    import onnx

    model = onnx.load(weights.locate(weights.SFACE))
    photo = [i for i in model.graph.input if i.name == "data"]
    del model.graph.input[:]
    model.graph.input.extend(photo)
    onnx.save(model, folder / "sface.onnx")
    return folder / "sface.onnx"
