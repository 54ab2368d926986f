"""Where the detector looks: what it is shown of a photo, and how that becomes the faces of the photo.

An overview at a moderate size names candidates. What is doubtful or small is looked at once more, closer: cut out of the pixels
at hand, turned upright by its own landmarks, at a size that the detector sees well. The closer look decides. So small faces
cost a small picture each instead of a large one of the whole photo, and tilted ones, of which the detector is unsure, are found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

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

Matrix = NDArray[np.float64]
_Doubt = tuple["_Shot", Detections]
"""A candidate that closer looks decide about."""

CANDIDATE = 0.2
"""A detection of this score is worth a closer look."""
_LEAST = 8.0  # pixels of a photo that no face is smaller than
_MAX_ENLARGEMENT = 4.0  # beyond it nothing new is found in a small photo
_COARSE_SIDE, _COARSE_BORDER = 320, 0.25
_SMALL = 20.0  # a face of fewer pixels in a look may be anything
_TILE, _FACE = 128, 60.0  # a closer look and the face in it, in pixels
_GLANCE, _GLANCED = 64, 30.0  # a small picture that tells how a face is turned, and the face in it
_CLEARLY = 0.05  # by how much a face must look better in another turn
_WITNESSES = 4  # faces that tell how a scan lies
_TILES = 8  # closer looks that are shown together, for each picture of an overview
_AGREED = 0.86  # of the threshold: the mean of two looks is seldom as high as the better one
_TILTS = (30.0, 60.0)  # degrees; with their quarters, and those of 0, all the turns a face is looked at in
_ASKED = 1.2  # of the threshold: what a face in one of these turns has to score, as more chances call for more
_TURNED = 0.92  # the threshold for a face that would have a photo turned
_TOLD = 150.0  # pixels in a look from which on the detector tells a face's tilt
_FINE, _FINE_FACE, _FINE_ENLARGEMENT = 224, 180.0, 9.0  # a look for landmarks, the face in it, and how much larger at most
_FINE_TILES = 4
_TILTED_BY = 0.2  # the tangent of the tilt that is worth another look for the rest


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

    Where nobody was seen, a coarse look with a wide black border sees faces that fill the frame. `untold` says of which photos
    nobody knows how they were held: those are then looked at in all turns. A photo whose faces are turned is looked at that way.
    """
    shots = [_Shot(photo) for photo in photos]
    whole = [shot for shot in shots if shot.photo.size]
    _overview([(shot, 0) for shot in whole], look, settings.detect_side, 0.0, step)
    _closer(whole, look, settings, step)
    empty = [shot for shot in whole if not len(shot.found)]
    _overview([(shot, 0) for shot in empty], look, _COARSE_SIDE, _COARSE_BORDER, step)
    _closer(empty, look, settings, step)
    free = [shot for shot, is_free in zip(shots, untold, strict=False) if is_free and shot.photo.size]
    empty = [shot for shot in free if not len(shot.found)]
    _overview([(shot, turn) for shot in empty for turn in (1, 2, 3)], look, _COARSE_SIDE, _COARSE_BORDER, step)
    _closer(empty, look, replace(settings, score_threshold=_TURNED), step)  # three looks more at what seems to show nobody
    turned = [(shot, turn) for shot in free if len(shot.found) and (turn := _turn(shot, look))]
    for shot, _ in turned:
        shot.found = together([])
    _overview(turned, look, settings.detect_side, 0.0, step)
    _closer([shot for shot, _ in turned], look, settings, step)
    _refine(whole, look, settings, step)
    return [shot.found for shot in shots]


def _sure(settings: VisionSettings) -> float:
    """The score at which one look is enough."""
    return (1 + settings.score_threshold) / 2


@dataclass(slots=True)
class _Shot:
    """A photo and what was seen in it so far."""

    photo: NDArray[np.uint8]
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
    """Settle what is a face: sure and large candidates are, the others if closer looks agree."""
    doubts: list[_Doubt] = []
    for shot in shots:
        kept = nms(shot.candidates.boxes, shot.candidates.scores, settings.nms_iou)
        candidates = shot.candidates.taken(kept)
        doubtful = shot.small[kept] | (candidates.scores < _sure(settings))
        shot.found = together([shot.found, candidates.taken(~doubtful)])
        shot.candidates, shot.small = together([]), shot.small[:0]
        unsure = candidates.taken(doubtful & (_sides(candidates) >= _LEAST))
        doubts += [(shot, unsure.taken(torch.tensor([i]))) for i in range(len(unsure))]
    asked = settings.score_threshold * _ASKED
    scores = _settle(doubts, [(0.0, settings.score_threshold * _AGREED)] * len(doubts), look, step)
    left = [(doubt, score) for doubt, score in zip(doubts, scores, strict=True) if score < asked]
    again = [doubt for doubt, _ in left]
    turns = [
        (tilt, max(asked, score + _CLEARLY)) for tilt, (_, score) in zip(_tilts(again, look, step), left, strict=True)
    ]  # of a face that was noted before, the better stays
    _settle(again, turns, look, step)
    for shot in shots:
        shot.found = _inside(merge([shot.found], settings.nms_iou), shot.photo)


def _settle(doubts: Sequence[_Doubt], turns: Sequence[tuple[float, float]], look: Look, step: int) -> list[float]:
    """The scores of closer looks, two sizes each, as two mistake a hand less often; `turns`: tilt, and the score to be noted."""
    told = []
    for start in range(0, len(doubts), _TILES * step):
        part, turned = doubts[start : start + _TILES * step], turns[start : start + _TILES * step]
        matrices = [
            _upright(face, _TILE, _FACE, _MAX_ENLARGEMENT, tilt) for (_, face), (tilt, _) in zip(part, turned, strict=True)
        ]
        pictures = torch.stack([crop(shot.photo, m, _TILE) for (shot, _), m in zip(part, matrices, strict=True)])
        seen = zip(part, turned, matrices, look(pictures), look(F.avg_pool2d(pictures, 2)), strict=True)
        for (shot, _), (_, asked), matrix, large, small in seen:
            best, second = _middle(large, _TILE), _middle(small, _TILE // 2)
            scores = (best.scores + second.scores.sum()) / 2
            agreed = Detections(best.boxes, best.landmarks, scores).taken(scores >= asked)
            shot.found = together([shot.found, _placed(agreed, matrix)])
            told.append(float(scores.sum()))
    return told


def _tilts(doubts: Sequence[_Doubt], look: Look, step: int) -> list[float]:
    """In which turn, in degrees clockwise and other than 0, each looks most like a face, in small pictures."""
    tilts = []
    turns = [(tilt + 90 * quarter + 180) % 360 - 180 for tilt in (0.0, *_TILTS) for quarter in range(4)][1:]
    for start in range(0, len(doubts), step):
        part = doubts[start : start + step]
        cut = [
            crop(shot.photo, _upright(face, _GLANCE, _GLANCED, _MAX_ENLARGEMENT, tilt), _GLANCE)
            for shot, face in part for tilt in (0.0, *_TILTS)
        ]  # fmt: skip
        quarters = torch.stack([torch.rot90(torch.stack(cut), -quarter, (2, 3)) for quarter in range(4)], 1)
        pictures = quarters.view(len(part), len(turns) + 1, 3, _GLANCE, _GLANCE)[:, 1:]
        seen = [float(_middle(faces, _GLANCE).scores.sum()) for faces in look(pictures.flatten(0, 1))]
        tilts += [turns[i] for i in np.reshape(seen, (len(part), len(turns))).argmax(1)]
    return tilts


def _middle(faces: Detections, side: int) -> Detections:
    """The best face in the middle of a closer look, or none."""
    near = faces.taken(((faces.boxes[:, :2] + faces.boxes[:, 2:]) / 2 - side / 2).abs().amax(1) < side / 4)
    return near.taken(near.scores.argsort(descending=True)[:1])


def _refine(shots: Sequence[_Shot], look: Look, settings: VisionSettings, step: int) -> None:
    """Set the landmarks of faces that were seen small anew: the detector draws these upright, whatever their tilt.

    Its maps of stride 8 and 16 do (a face turned by 15° has landmarks turned by 2°), that of stride 32 tells three quarters of
    the tilt. So each face is shown at a size that is for the last; one that turns out to be tilted, once more, turned by that.
    """
    faces = []
    for shot in shots:
        seen = view(shot.photo.shape[1], shot.photo.shape[0], settings.detect_side, 0.0)
        small = _sides(shot.found) * (seen.size[0] / shot.photo.shape[1]) < _TOLD
        faces += [(shot, i) for i in small.nonzero().flatten().tolist()]
    for _ in range(2):
        tilted = []
        for start in range(0, len(faces), _FINE_TILES * step):
            part = faces[start : start + _FINE_TILES * step]
            matrices = [_upright(s.found.taken(torch.tensor([i])), _FINE, _FINE_FACE, _FINE_ENLARGEMENT) for s, i in part]
            pictures = torch.stack([crop(s.photo, m, _FINE) for (s, _), m in zip(part, matrices, strict=True)])
            for (shot, i), matrix, seen_there in zip(part, matrices, look(pictures), strict=True):
                best = _middle(seen_there, _FINE)
                if len(best):
                    shot.found.landmarks[i] = _placed(best, matrix).landmarks[0]
                    across = best.landmarks[0, 1] - best.landmarks[0, 0]
                    if across[1].abs() > _TILTED_BY * across[0].abs():
                        tilted.append((shot, i))
        faces = tilted


def _turn(shot: _Shot, look: Look) -> int:
    """By how many quarters, counter-clockwise, a photo with these faces is turned upright: its best tell it.

    In small pictures a face that lies or stands on its head scores lower by a quarter, in large ones it hardly does.
    """
    best = shot.found.taken(shot.found.scores.argsort(descending=True)[:_WITNESSES])
    across = best.landmarks[:, 1] - best.landmarks[:, 0]
    shown = (torch.atan2(across[:, 1], across[:, 0]) / (np.pi / 2)).round().long() % 4
    one_by_one = [best.taken(torch.tensor([i])) for i in range(len(best))]
    cut = torch.stack([crop(shot.photo, _upright(face, _GLANCE, _GLANCED, _MAX_ENLARGEMENT), _GLANCE) for face in one_by_one])
    seen = look(torch.cat([torch.rot90(cut, quarter, (2, 3)) for quarter in range(4)]))
    scores = torch.tensor([float(_middle(faces, _GLANCE).scores.sum()) for faces in seen])
    quarters = (shown.repeat(4) + torch.arange(4).repeat_interleave(len(best))) % 4
    return int(torch.bincount(quarters, weights=scores, minlength=4).argmax())


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


def _upright(face: Detections, tile: int, size: float, most: float, tilt: float = 0.0) -> Matrix:
    """The 2×3 matrix from photo to closer look: one face in the middle, `size` pixels large, turned by landmarks and `tilt`°."""
    box = face.boxes[0].double().numpy()
    angle = np.exp(1j * np.radians(tilt)) * (similarity(face.landmarks[0].numpy())[:, 0] @ (1, 1j))
    angle *= min(size / float(_sides(face)[0]), most) / max(abs(angle), 1e-9)
    rotation = np.array([[angle.real, -angle.imag], [angle.imag, angle.real]])
    return np.column_stack([rotation, tile / 2 - rotation @ (box[:2] + box[2:]) / 2])


def _placed(faces: Detections, matrix: Matrix) -> Detections:
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
