"""What a face's quality is made of, in words: how it is held, how it is lit, how sharp it is."""

from __future__ import annotations

from functools import reduce

import numpy as np
from numpy.typing import NDArray

from photoclust.core.said import Said
from photoclust.core.types import Face

_GRADES = (
    (0.6, Said("Good")),
    (0.4, Said("Fair")),
    (0.2, Said("Poor")),
    (0.0, Said("Very poor: it hardly tells who it is")),
)
JUDGED_AT = 112
"""Pixels of a side at which sharpness is judged: so many the networks get."""
_SMALL = 40.0  # pixels of a side
_TURNED = 0.35  # of `frontality`
# Of crops of celeba-wild and lfw worsened in known ways: what nearly all of one way have, and hardly any other (docs/import.md).
_DARK = 45.0  # the mean of 0 to 255
_BURNT = 250.0, 0.15  # from here on nothing can be told, and the share of pixels that is too much
_BLURRED, _NOISY = 0.02, 1.5  # the variance of the Laplacian as a share of that of the levels
_GREY = np.array([0.299, 0.587, 0.114])


def quality_in_words(face: Face, pixels: NDArray[np.uint8] | None = None) -> Said:
    """How good a face is and why it is no better; with its `pixels` (h, w, 3), about its box, also whether they are the reason.

    The number is the import's: it follows how well the embedder recognises the face, which exposure, blur and what covers
    it lower. The words name what can be seen of that.
    """
    grade = next(said for least, said in _GRADES if face.quality >= least)
    found = weaknesses(face, pixels)
    if not found:
        return grade
    return Said(
        "{grade} – {reasons}", grade=grade, reasons=reduce(lambda a, b: Said("{reason}, {other}", reason=a, other=b), found)
    )


def weaknesses(face: Face, pixels: NDArray[np.uint8] | None = None) -> list[Said]:
    """What speaks against a face, in words; of one that is good, nothing but what is plain to see."""
    found = []
    if min(face.box.w, face.box.h) < _SMALL:
        found.append(Said("small"))
    if frontality(np.array(face.landmarks)[None])[0] < _TURNED:
        found.append(Said("turned away"))
    if pixels is not None and pixels.size:
        found += _seen(pixels)
        if not found and face.quality < _GRADES[1][0]:
            found.append(Said("perhaps covered"))
    return found


def _seen(pixels: NDArray[np.uint8]) -> list[Said]:
    """What its pixels have against them."""
    step = max(1, min(pixels.shape[:2]) // JUDGED_AT)
    height, width = (side // step * step for side in pixels.shape[:2])
    grey = (pixels[:height, :width] @ _GREY).reshape(height // step, step, width // step, step).mean((1, 3))
    found = []
    if grey.mean() < _DARK:
        found.append(Said("dark"))
    if (grey >= _BURNT[0]).mean() >= _BURNT[1]:
        found.append(Said("overexposed"))
    if min(grey.shape) >= JUDGED_AT // 2:  # fewer are never sharp
        edges = 4 * grey[1:-1, 1:-1] - grey[:-2, 1:-1] - grey[2:, 1:-1] - grey[1:-1, :-2] - grey[1:-1, 2:]
        share = edges.var() / max(float(grey.var()), 1.0)
        if share < _BLURRED:
            found.append(Said("blurred"))
        elif share > _NOISY and not found:
            found.append(Said("noisy"))
    return found


def frontality(landmarks: NDArray[np.floating]) -> NDArray[np.floating]:
    """1 for a face that looks at the camera, 0 for a profile, (n,) from landmarks (n, 5, 2).

    In a frame along the line between the eyes, a frontal nose lies midway between the eyes and somewhat below the
    middle between eyes and mouth; turning moves it sideways, nodding up or down.
    """
    right, left, nose = landmarks[:, 0], landmarks[:, 1], landmarks[:, 2]
    eyes, mouth = (right + left) / 2, landmarks[:, 3:].mean(1)
    across = left - right
    eye_distance = np.maximum(np.linalg.norm(across, axis=1), 1e-6)
    across = across / eye_distance[:, None]
    down = np.stack([-across[:, 1], across[:, 0]], 1)
    height = np.maximum(((mouth - eyes) * down).sum(1), 1e-6)
    # Where eyes and mouth stand closer together than they can, the other of the two gives the scale.
    scale = np.maximum(eye_distance, 0.7 * height)
    yaw = np.abs(((nose - (eyes + mouth) / 2) * across).sum(1)) / scale
    nod = np.abs(((nose - eyes) * down).sum(1) / height - 0.55)
    return np.asarray((1 - yaw / 0.5).clip(0, 1) * (1 - nod / 0.7).clip(0, 1))
