"""How much a face is worth for recognition and as a cover, 0 to 1: what the embedder saw in it, size, sharpness, score, pose."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from photoclust.core.quality import frontality
from photoclust.vision.detector import Detections

_GREY = (0.299, 0.587, 0.114)
_LAPLACIAN = ((0.0, 1.0, 0.0), (1.0, -4.0, 1.0), (0.0, 1.0, 0.0))
# The two ends of each scale: what counts as useless and what as good.
_SIDE = (16.0, 112.0)  # pixels of the photo
_SHARPNESS = (10.0, 400.0)  # variance of the Laplacian of the aligned 112×112 crop
_SCORE = (0.6, 0.95)
_LENGTH = (7.0, 14.0)  # of SFace's raw vector: the less it recognises, blurred, covered or noisy, the shorter


def quality(faces: Detections, crops: Tensor, lengths: Tensor | None = None) -> Tensor:
    """Quality (n,) of n faces, in pixels of their photos, with their aligned crops (n, 3, 112, 112), 0 to 255.

    The geometric mean of four numbers from 0.05 to 1, so that no strength hides a weakness; with `lengths` (n,) of SFace's raw
    vectors, of that mean and of what they tell, which alone goes with how near a face is to its person's others.
    """
    if not len(faces):
        return torch.zeros(0)
    side = (faces.boxes[:, 2:] - faces.boxes[:, :2]).clamp(min=1).prod(1).sqrt()
    parts = torch.stack(
        [
            _between(side.log(), *(torch.tensor(_SIDE).log())),
            _between(sharpness(crops).clamp(min=1e-3).log(), *(torch.tensor(_SHARPNESS).log())),
            _between(faces.scores, *torch.tensor(_SCORE)),
            torch.from_numpy(frontality(faces.landmarks.numpy())),
        ]
    )
    seen = parts.clamp(0.05, 1).log().mean(0)
    if lengths is not None:
        seen = 0.25 * seen + 0.75 * _between(lengths, *torch.tensor(_LENGTH)).clamp(0.05, 1).log()
    return seen.exp()


def sharpness(crops: Tensor) -> Tensor:
    """Variance of the Laplacian (n,) of the grey crops (n, 3, h, w), away from the edges."""
    grey = (crops * torch.tensor(_GREY, device=crops.device).view(1, 3, 1, 1)).sum(1, keepdim=True)
    kernel = torch.tensor(_LAPLACIAN, device=crops.device).view(1, 1, 3, 3)
    return F.conv2d(grey, kernel).flatten(1).var(1, unbiased=False)


def _between(value: Tensor, low: Tensor, high: Tensor) -> Tensor:
    return (value - low) / (high - low)
