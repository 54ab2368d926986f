"""Turn a face upright into the 112×112 picture that the embedder was trained on.

The transform is the one of OpenCV's `FaceRecognizerSF.alignCrop`: the similarity that brings the five landmarks nearest to the
ArcFace template in the least-squares sense (Umeyama 1991), sampled bilinearly, black outside of the photo.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from photoclust.vision.embedder import SIDE

TEMPLATE = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])
"""Right eye, left eye, nose tip, right and left corner of the mouth, in pixels of the 112×112 picture."""


def similarity(landmarks: NDArray[np.floating], template: NDArray[np.floating] = TEMPLATE) -> NDArray[np.float64]:
    """The 2×3 matrix (rotation, one scale, shift) that brings landmarks (5, 2) nearest to the template (5, 2).

    In the plane the least-squares similarity has a closed form: with the points as complex numbers around their means,
    q ≈ a·p for a = Σ q·p̄ / Σ |p|². It never mirrors, as Umeyama's does not. Landmarks that all coincide give the identity
    at their place.
    """
    p = np.asarray(landmarks, np.float64) @ (1, 1j)
    q = np.asarray(template, np.float64) @ (1, 1j)
    centred = p - p.mean()
    spread = np.vdot(centred, centred).real
    a = np.vdot(centred, q - q.mean()) / spread if spread > 1e-12 else 1.0 + 0j
    b = q.mean() - a * p.mean()
    return np.array([[a.real, -a.imag, b.real], [a.imag, a.real, b.imag]])


def crop(photo: NDArray[np.uint8], matrix: NDArray[np.float64], side: int = SIDE) -> Tensor:
    """The (3, side, side) float picture, 0 to 255, that `matrix` (2×3, photo to picture) cuts out of a photo (h, w, 3).

    A face much larger than the picture is first shrunk by a whole number, each pixel the mean of its square, so that
    nothing is sampled with gaps between.
    """
    inverse = np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))[:2]  # picture -> photo
    shrink = max(1, int(np.hypot(*inverse[:, 0])))
    ends = np.array([[0, 0, 1], [side - 1, 0, 1], [0, side - 1, 1], [side - 1, side - 1, 1]]) @ inverse.T
    height, width = photo.shape[:2]
    low = np.clip(np.floor(ends.min(0)).astype(int) - 2 * shrink, 0, (width, height))
    high = np.clip(np.ceil(ends.max(0)).astype(int) + 2 * shrink, 0, (width, height))
    if (high <= low).any():
        return torch.zeros(3, side, side)
    patch = photo[low[1] : high[1], low[0] : high[0]]
    small = _shrunk(patch, shrink) if shrink > 1 else patch.astype(np.float32)
    grid = torch.from_numpy(_grid(inverse, low, shrink, small.shape[1], small.shape[0], side))
    source = torch.from_numpy(small).permute(2, 0, 1)[None]
    return F.grid_sample(source, grid, mode="bilinear", padding_mode="zeros", align_corners=False)[0]


def _shrunk(patch: NDArray[np.uint8], by: int) -> NDArray[np.float32]:
    """Each pixel the mean of its square of `by` × `by`; those at the far edges are filled up with the last ones."""
    height, width = patch.shape[:2]
    if height % by or width % by:
        patch = np.pad(patch, ((0, -height % by), (0, -width % by), (0, 0)), mode="edge")
    rows = patch[::by].astype(np.uint16)  # slices added up: a quarter of what torch's avg_pool2d takes
    for i in range(1, by):
        rows += patch[i::by]
    columns = rows[:, ::by].astype(np.float32)
    for i in range(1, by):
        columns += rows[:, i::by]
    columns /= by * by
    return columns


def _grid(
    inverse: NDArray[np.float64], low: NDArray[np.int_], shrink: int, width: int, height: int, side: int
) -> NDArray[np.float32]:
    """Where each pixel of the picture lies in the shrunk patch, (1, side, side, 2), −1 to 1 from edge to edge."""
    places = np.empty((1, side, side, 2), np.float32)
    numbers = np.arange(side)
    for axis, extent in enumerate((width, height)):
        along_x, along_y, start = inverse[axis]
        first = start - low[axis] + 0.5  # centres of pixels are whole numbers
        places[0, :, :, axis] = (numbers * along_x + (numbers * along_y + first)[:, None]) * (2 / (shrink * extent)) - 1
    return places
