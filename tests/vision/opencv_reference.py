"""OpenCV's `FaceDetectorYN` and `FaceRecognizerSF` on the same weights: what our networks are held against.

    python tests/vision/opencv_reference.py FOLDER [COUNT]

measures the deviations on up to COUNT (300) photos of a folder.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
from numpy.typing import NDArray

from photoclust.core.types import Box
from photoclust.vision import weights
from photoclust.vision.align import crop, similarity
from photoclust.vision.detector import YuNet, decode, merge
from photoclust.vision.embedder import SFace


class OpenCV:
    """Both of OpenCV's classes; `folder` takes the recogniser's weights in a form that OpenCV 5 can read."""

    def __init__(self, folder: Path) -> None:
        model = onnx.load(weights.locate(weights.SFACE))
        # The file lists its weights among the inputs, as old exporters did; OpenCV 5 then asks for them.
        photo = [i for i in model.graph.input if i.name == "data"]
        del model.graph.input[:]
        model.graph.input.extend(photo)
        onnx.save(model, folder / "sface.onnx")
        self.detector = cv2.FaceDetectorYN.create(str(weights.locate(weights.YUNET)), "", (320, 320))
        self.recogniser = cv2.FaceRecognizerSF.create(str(folder / "sface.onnx"), "")

    def detect(self, photo: NDArray[np.uint8], threshold: float = 0.7) -> NDArray[np.float32]:
        """(n, 15): box x y w h, five landmarks, score; best first, from an RGB photo at its own size."""
        self.detector.setInputSize((photo.shape[1], photo.shape[0]))
        self.detector.setScoreThreshold(threshold)
        self.detector.setNMSThreshold(0.3)
        found = self.detector.detect(cv2.cvtColor(photo, cv2.COLOR_RGB2BGR))[1]
        return np.zeros((0, 15), np.float32) if found is None else found[found[:, 14].argsort()[::-1]]

    def align(self, photo: NDArray[np.uint8], face: NDArray[np.float32]) -> NDArray[np.uint8]:
        """The aligned (112, 112, 3) RGB crop of one row of `detect`."""
        return self.recogniser.alignCrop(photo, face)

    def embed(self, aligned: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The unit vector (128,) of an aligned RGB crop."""
        vector = self.recogniser.feature(cv2.cvtColor(aligned, cv2.COLOR_RGB2BGR))[0]
        return vector / np.linalg.norm(vector)


class Ours:
    """Our networks, fed exactly what OpenCV is fed."""

    def __init__(self) -> None:
        self.detector = YuNet.from_onnx(weights.load(weights.YUNET))
        self.embedder = SFace.from_onnx(weights.load(weights.SFACE))

    def detect(self, photo: NDArray[np.uint8], threshold: float = 0.7) -> NDArray[np.float32]:
        """As `OpenCV.detect`."""
        h, w = photo.shape[:2]
        canvas = np.zeros((-(-h // 32) * 32, -(-w // 32) * 32, 3), np.uint8)
        canvas[:h, :w] = photo
        with torch.inference_mode():
            batch = torch.from_numpy(canvas)[None].permute(0, 3, 1, 2).float()
            found = merge(decode(self.detector(batch), threshold), 0.3)
        sizes = found.boxes[:, 2:] - found.boxes[:, :2]
        return torch.cat([found.boxes[:, :2], sizes, found.landmarks.flatten(1), found.scores[:, None]], 1).numpy()

    def embed(self, aligned: NDArray[np.uint8]) -> NDArray[np.float32]:
        """As `OpenCV.embed`."""
        with torch.inference_mode():
            batch = torch.from_numpy(aligned.copy()).permute(2, 0, 1)[None].float()
            return torch.nn.functional.normalize(self.embedder(batch))[0].numpy()


def best_iou(face: NDArray[np.float32], others: NDArray[np.float32]) -> float:
    """The overlap of a face's box with the best of the others, 0 where there is none."""
    return max((Box(*map(float, face[:4])).iou(Box(*map(float, other[:4]))) for other in others), default=0.0)


def measure(folder: Path, count: int) -> None:
    """Print median and worst deviations over photos of a folder, and how many faces only one side found."""
    photos = sorted(p for p in folder.rglob("*") if p.suffix.lower() in {".jpg", ".jpeg", ".png"})
    photos = sorted(random.Random(0).sample(photos, min(count, len(photos))))
    overlap, score, landmark, cosine, whole, grey = [], [], [], [], [], []
    alone = faces = 0
    with tempfile.TemporaryDirectory() as temporary:
        reference, ours = OpenCV(Path(temporary)), Ours()
        for path in photos:
            photo = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)
            theirs, mine = reference.detect(photo), ours.detect(photo)
            faces += len(theirs)
            alone += abs(len(theirs) - len(mine))
            for face in theirs:
                row = max(mine, key=lambda m, f=face: best_iou(f, m[None]), default=None)
                if row is None or best_iou(face, row[None]) < 0.5:
                    alone += 1
                    continue
                overlap.append(best_iou(face, row[None]))
                score.append(abs(face[14] - row[14]))
                landmark.append(np.abs(face[4:14] - row[4:14]).max())
                aligned = reference.align(photo, face)
                cosine.append(reference.embed(aligned) @ ours.embed(aligned))
                cut = crop(photo, similarity(row[4:14].reshape(5, 2)))
                cut_bytes = cut.round().to(torch.uint8).permute(1, 2, 0).numpy()
                grey.append(np.abs(cut_bytes.astype(int) - aligned).mean())
                whole.append(reference.embed(aligned) @ ours.embed(cut_bytes))
    print(f"{len(photos)} photos, {faces} faces by OpenCV, {alone} found by one side only")
    for name, values, worst in (
        ("IoU of the boxes", overlap, min),
        ("score, difference", score, max),
        ("landmarks, difference in pixels", landmark, max),
        ("cosine on the same crop", cosine, min),
        ("crop, mean grey levels apart", grey, max),
        ("cosine, each with its own crop", whole, min),
    ):
        print(f"{name:34s} median {np.median(values):.7f}  worst {worst(values):.7f}")


if __name__ == "__main__":
    measure(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 300)
