"""Where the detector looks: what it is shown of a photo, and how that becomes the faces of the photo.

An overview at a moderate size names candidates. What is doubtful or small is looked at once more, closer: cut out of the pixels
at hand, turned upright by its own landmarks, at a size that the detector sees well. The closer look decides. So small faces
cost a small picture each instead of a large one of the whole photo, and tilted ones, of which the detector is unsure, are found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor
from torchvision.ops import nms

from photoclust.core.settings import VisionSettings
from photoclust.vision.align import crop, similarity
from photoclust.vision.detector import STRIDES, Detections, merge, together

Look = Callable[[Tensor], list[Detections]]
"""The detector: pictures (n, 3, h, w) uint8, h and w multiples of 32, to the candidates in each."""

CANDIDATE = 0.2
"""A detection of this score is worth a closer look."""
_MAX_ENLARGEMENT = 4.0  # beyond it nothing new is found in a small photo
_COARSE_SIDE, _COARSE_BORDER = 320, 0.25
_SMALL = 20.0  # a face of fewer pixels in a look has landmarks that a closer one betters
_TILE, _FACE = 96, 42.0  # a closer look and the face in it, in pixels
_TILES = 16  # closer looks that are shown together, for each picture of an overview


@dataclass(frozen=True, slots=True)
class View:
    """A photo as one look of the detector sees it: `size` (width, height), `border` pixels around, padded to `canvas`."""

    size: tuple[int, int]
    border: int
    canvas: tuple[int, int]


def view(width: int, height: int, side: int, border: float) -> View:
    """How a photo of this size is shown to the detector.

    With its border (a share of the longest side) it gets as many pixels as a 4:3 photo with this longest side, whatever
    its shape, but is never enlarged more than four times.
    """
    margin = border * max(width, height)
    area = (width + 2 * margin) * (height + 2 * margin)
    scale = min(side * (0.75 / area) ** 0.5, _MAX_ENLARGEMENT)
    w, h, b = max(1, round(width * scale)), max(1, round(height * scale)), round(margin * scale)
    step = STRIDES[-1]
    return View((w, h), b, (-(-(w + 2 * b) // step) * step, -(-(h + 2 * b) // step) * step))


def find(
    photos: Sequence[NDArray[np.uint8]], look: Look, settings: VisionSettings, untold: Sequence[bool] = (), step: int = 2
) -> list[Detections]:
    """The faces of each photo (h, w, 3), in its pixels, whatever their tilt; `step` pictures are shown at a time.

    Where nobody was seen, a coarse look with a wide black border sees faces that fill the frame; `untold` says of which photos
    nobody knows how they were held: there it looks at all four turns. A photo whose faces are turned is looked at that way too.
    """
    shots = [_Shot(photo, quarters=range(4 if free else 1)) for photo, free in zip(photos, _or_none(untold, photos), strict=True)]
    whole = [shot for shot in shots if shot.photo.size]
    _overview([(shot, 0) for shot in whole], look, settings.detect_side, 0.0, step)
    _closer(whole, look, settings, step)
    empty = [shot for shot in whole if not len(shot.found)]
    _overview([(shot, turn) for shot in empty for turn in shot.quarters], look, _COARSE_SIDE, _COARSE_BORDER, step)
    _closer(empty, look, settings, step)
    turned = [(shot, turn) for shot in whole if (turn := _turn(shot.found))]
    _overview(turned, look, settings.detect_side, 0.0, step)
    _closer([shot for shot, _ in turned], look, settings, step)
    return [shot.found for shot in shots]


def _or_none(untold: Sequence[bool], photos: Sequence[object]) -> Sequence[bool]:
    return untold or [False] * len(photos)


@dataclass(slots=True)
class _Shot:
    """A photo, what was seen in it so far, and the turns it may have been held at."""

    photo: NDArray[np.uint8]
    quarters: range
    candidates: Detections = field(default_factory=lambda: together([]))
    small: Tensor = field(default_factory=lambda: torch.zeros(0, dtype=torch.bool))
    """Of the candidates: whether they were small where they were seen."""
    found: Detections = field(default_factory=lambda: together([]))

    def note(self, seen: Detections, where: View) -> None:
        """Keep the candidates of a look, in pixels of the photo."""
        x, y = self.photo.shape[1] / where.size[0], self.photo.shape[0] / where.size[1]
        placed = _inside(seen.moved(x, y, -where.border * x, -where.border * y), self.photo)
        self.candidates = together([self.candidates, placed])
        self.small = torch.cat([self.small, _sides(placed) < _SMALL * (x * y) ** 0.5])


def _overview(looks: Sequence[tuple[_Shot, int]], look: Look, side: int, border: float, step: int) -> None:
    """Note the candidates of photos that are each shown whole, turned by so many quarters."""
    batches: dict[tuple[int, ...], list[tuple[_Shot, int, View, Tensor]]] = defaultdict(list)
    for shot, turn in looks:
        where = view(shot.photo.shape[1], shot.photo.shape[0], side, border)
        picture = torch.rot90(_shown(shot.photo, where), turn)
        batches[tuple(picture.shape)].append((shot, turn, where, picture))
    for members in batches.values():
        for start in range(0, len(members), step):
            part = members[start : start + step]
            seen = look(torch.stack([picture for *_, picture in part]).permute(0, 3, 1, 2))
            for (shot, turn, where, _), faces in zip(part, seen, strict=True):
                shot.note(_turned_back(faces, turn, where.canvas), where)


def _closer(shots: Sequence[_Shot], look: Look, settings: VisionSettings, step: int) -> None:
    """Settle what is a face: sure and large candidates are, the others if a closer look agrees."""
    tiles: list[tuple[Tensor, _Shot, NDArray[np.float64]]] = []
    for shot in shots:
        kept = nms(shot.candidates.boxes, shot.candidates.scores, settings.nms_iou)
        candidates = shot.candidates.taken(kept)
        doubtful = shot.small[kept] | (candidates.scores < settings.score_threshold)
        shot.found = together([shot.found, candidates.taken(~doubtful)])
        shot.candidates, shot.small = together([]), shot.small[:0]
        unsure = candidates.taken(doubtful)
        for box, landmarks in zip(unsure.boxes.numpy(), unsure.landmarks.numpy(), strict=True):
            matrix = _upright(box, landmarks)
            tiles.append((crop(shot.photo, matrix, _TILE), shot, matrix))
    for start in range(0, len(tiles), _TILES * step):
        part = tiles[start : start + _TILES * step]
        for (_, shot, matrix), faces in zip(part, look(torch.stack([tile for tile, *_ in part])), strict=True):
            near = ((faces.boxes[:, :2] + faces.boxes[:, 2:]) / 2 - _TILE / 2).abs().amax(1) < _TILE / 4
            agreed = faces.taken(near & (faces.scores >= settings.score_threshold))
            shot.found = together([shot.found, _placed(agreed, matrix)])
    for shot in shots:
        shot.found = _inside(merge([shot.found], settings.nms_iou), shot.photo)


def _turn(found: Detections) -> int:
    """By how many quarters, counter-clockwise, a photo with these faces is turned upright."""
    across = found.landmarks[:, 1] - found.landmarks[:, 0]
    quarters = (torch.atan2(across[:, 1], across[:, 0]) / (np.pi / 2)).round().long() % 4
    return int(torch.bincount(quarters, weights=found.scores, minlength=4).argmax())


def _shown(photo: NDArray[np.uint8], seen: View) -> Tensor:
    """The photo (h, w, 3) resized and set on its black canvas, (height, width, 3) uint8."""
    pixels = torch.from_numpy(photo if photo.flags.writeable and photo.flags.c_contiguous else photo.copy())
    w, h = seen.size
    small = pixels.permute(2, 0, 1)[None]  # channels_last as it lies
    if (h, w) != tuple(photo.shape[:2]):
        small = F.interpolate(small, size=(h, w), mode="bilinear", antialias=True, align_corners=False)
    canvas = torch.zeros(seen.canvas[1], seen.canvas[0], 3, dtype=torch.uint8)
    canvas[seen.border : seen.border + h, seen.border : seen.border + w] = small[0].permute(1, 2, 0)
    return canvas


def _upright(box: NDArray[np.float32], landmarks: NDArray[np.float32]) -> NDArray[np.float64]:
    """The 2×3 matrix from photo to closer look: the box in the middle, `_FACE` pixels large, turned by the landmarks."""
    rotation = similarity(landmarks)[:, :2]
    side = max(1.0, float((box[2] - box[0]) * (box[3] - box[1])) ** 0.5)
    rotation *= min(_FACE / side, _MAX_ENLARGEMENT) / max(float(np.hypot(*rotation[:, 0])), 1e-9)
    middle = np.array([box[0] + box[2], box[1] + box[3]], np.float64) / 2
    return np.column_stack([rotation, _TILE / 2 - rotation @ middle])


def _placed(faces: Detections, matrix: NDArray[np.float64]) -> Detections:
    """Faces of a closer look in pixels of the photo; a box stays upright and keeps its area where the face is tilted."""
    rotation, shift = (torch.from_numpy(part).float() for part in (matrix[:, :2], matrix[:, 2]))
    scale_squared = rotation.det()
    back = rotation.T / scale_squared  # the inverse of a scaled rotation

    def placed(points: Tensor) -> Tensor:
        return (points - shift) @ back.T

    size = faces.boxes[:, 2:] - faces.boxes[:, :2]
    upright = rotation[0, 0] ** 2 / scale_squared  # the square of the tilt's cosine
    half = (size * upright + size.flip(1) * (1 - upright)) / (2 * scale_squared.sqrt())
    middle = placed((faces.boxes[:, :2] + faces.boxes[:, 2:]) / 2)
    return Detections(torch.cat([middle - half, middle + half], 1), placed(faces.landmarks), faces.scores)


def _turned_back(faces: Detections, turn: int, canvas: tuple[int, int]) -> Detections:
    """Faces seen in a picture that was turned counter-clockwise by quarters, where they are in the picture as it was."""
    width, height = canvas

    def back(points: Tensor) -> Tensor:
        x, y = points[..., 0], points[..., 1]
        return torch.stack([(x, y), (width - y, x), (width - x, height - y), (y, height - x)][turn], -1)

    one, other = back(faces.boxes[:, :2]), back(faces.boxes[:, 2:])
    boxes = torch.cat([torch.minimum(one, other), torch.maximum(one, other)], 1)
    return Detections(boxes, back(faces.landmarks), faces.scores)


def _sides(faces: Detections) -> Tensor:
    return (faces.boxes[:, 2:] - faces.boxes[:, :2]).clamp(min=1e-3).prod(1).sqrt()


def _inside(found: Detections, photo: NDArray[np.uint8]) -> Detections:
    """Those whose middle lies in the photo; the border shows what is not there."""
    middle = (found.boxes[:, :2] + found.boxes[:, 2:]) / 2
    limits = torch.tensor([photo.shape[1], photo.shape[0]])
    return found.taken(((middle >= 0) & (middle < limits)).all(1))
