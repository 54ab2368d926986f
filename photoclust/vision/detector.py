"""YuNet: a small network that finds faces and their five landmarks (Wu, Peng, Yu: "YuNet", 2023).

Input: photos (b, 3, h, w) in RGB, 0 to 255, h and w multiples of 32. Output: one map a stride (8, 16, 32) with 16
channels a cell: class, objectness, box (4), landmarks (10).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torchvision.ops import nms

STRIDES = (8, 16, 32)
_HEADS = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}


@dataclass(frozen=True, slots=True)
class Detections:
    """n faces of one photo: corner boxes (n, 4) as x0 y0 x1 y1, landmarks (n, 5, 2), scores (n,); on the CPU, float32."""

    boxes: Tensor
    landmarks: Tensor
    scores: Tensor

    def __len__(self) -> int:
        """How many faces."""
        return len(self.scores)

    def moved(self, scale_x: float, scale_y: float, dx: float = 0.0, dy: float = 0.0) -> Detections:
        """The same faces at (x · scale_x + dx, y · scale_y + dy)."""
        scale, shift = torch.tensor([scale_x, scale_y]), torch.tensor([dx, dy])
        return Detections(self.boxes * scale.repeat(2) + shift.repeat(2), self.landmarks * scale + shift, self.scores)

    def taken(self, index: Tensor) -> Detections:
        """The faces at these positions (or under this mask)."""
        return Detections(self.boxes[index], self.landmarks[index], self.scores[index])


class Unit(nn.Module):
    """Pointwise then depthwise 3×3 convolution; no nonlinearity between."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        # Dilation means nothing to a 1×1 kernel, but with it torch takes oneDNN on one thread too: twice as fast.
        self.conv1 = nn.Conv2d(inputs, outputs, 1, dilation=2)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, groups=outputs)

    def forward(self, x: Tensor) -> Tensor:
        """(b, inputs, h, w) -> (b, outputs, h, w)."""
        return self.conv2(self.conv1(x))  # type: ignore[no-any-return]


class YuNet(nn.Module):
    """Backbone of six stages, a top-down neck, and one head a stride; BatchNorm is folded into the convolutions."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 3, stride=2, padding=1)
        self.stage0 = nn.ModuleList([Unit(16, 16)])  # stride 2
        self.stage1 = nn.ModuleList([Unit(16, 16), Unit(16, 32)])  # stride 4
        self.stage2 = nn.ModuleList([Unit(32, 32), Unit(32, 64)])  # stride 4
        self.stage3 = nn.ModuleList([Unit(64, 64), Unit(64, 64)])  # stride 8
        self.stage4 = nn.ModuleList([Unit(64, 64), Unit(64, 64)])  # stride 16
        self.stage5 = nn.ModuleList([Unit(64, 64), Unit(64, 64)])  # stride 32
        self.laterals = nn.ModuleList(Unit(64, 64) for _ in STRIDES)
        # The four heads of a stride are separate in the paper; side by side in one unit they are the same sums in one go.
        self.heads = nn.ModuleList(Unit(64, sum(_HEADS.values())) for _ in STRIDES)

    def forward(self, x: Tensor) -> list[Tensor]:
        """(b, 3, h, w) RGB 0..255 -> three maps (b, 16, h / stride, w / stride), raw."""
        x = F.relu_(self.stem(x))
        x = _pooled(self.stage0, x)
        x = _pooled(self.stage2, _stage(self.stage1, x))
        fine = _stage(self.stage3, x)
        middle = _stage(self.stage4, F.max_pool2d(fine, 2))
        coarse = _stage(self.stage5, F.max_pool2d(middle, 2))
        coarse = F.relu_(self.laterals[2](coarse))
        middle = F.relu_(self.laterals[1](middle + F.interpolate(coarse, scale_factor=2.0)))
        fine = F.relu_(self.laterals[0](fine + F.interpolate(middle, scale_factor=2.0)))
        return [head(level) for head, level in zip(self.heads, (fine, middle, coarse), strict=True)]

    @classmethod
    def from_onnx(cls, tensors: dict[str, Tensor]) -> YuNet:
        """Build the network from the tensors of the OpenCV Zoo's file; KeyError where they are not its tensors."""
        net = cls()
        state = {"stem.weight": tensors["420"].flip(1), "stem.bias": tensors["421"]}  # it was trained on BGR
        # The export folded BatchNorm into the depthwise convolutions and numbered their tensors in the order of the graph.
        numbers = iter(range(423, 464, 3))
        units = [("stage0.0", "backbone.model0.conv2")]
        units += [(f"stage{s}.{i}", f"backbone.model{s}.conv{i + 1}") for s in range(1, 6) for i in (0, 1)]
        units += [(f"laterals.{level}", f"neck.lateral_convs.{level}") for level in (2, 1, 0)]
        for ours, theirs in units:
            number = next(numbers)
            state[f"{ours}.conv1.weight"] = tensors[f"{theirs}.conv1.weight"]
            state[f"{ours}.conv1.bias"] = tensors[f"{theirs}.conv1.bias"]
            state[f"{ours}.conv2.weight"] = tensors[f"{number}"]
            state[f"{ours}.conv2.bias"] = tensors[f"{number + 1}"]
        for level in range(len(STRIDES)):
            for part in ("conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias"):
                theirs_all = [tensors[f"bbox_head.multi_level_{head}.{level}.{part}"] for head in _HEADS]
                state[f"heads.{level}.{part}"] = torch.cat(theirs_all)
        net.load_state_dict(state)
        return net.eval().requires_grad_(False)


def _stage(units: nn.ModuleList, x: Tensor) -> Tensor:
    for unit in units:
        x = F.relu_(unit(x))
    return x


def _pooled(units: nn.ModuleList, x: Tensor) -> Tensor:
    """A stage, then max pooling; the last ReLU comes after it, on a quarter of the numbers, for the same outcome."""
    for unit in list(units)[:-1]:
        x = F.relu_(unit(x))
    x = units[-1](x)
    rows = torch.maximum(x[:, :, ::2], x[:, :, 1::2])  # far faster than max_pool2d with channels last
    return F.relu_(torch.maximum(rows[..., ::2], rows[..., 1::2]))


def decode(maps: Sequence[Tensor], score_threshold: float) -> list[Detections]:
    """Read the three maps of `YuNet` (b, 16, h, w) as faces, b lists in pixels of the input; nothing is merged yet."""
    photos: list[list[Tensor]] = [[] for _ in range(len(maps[0]))]
    for stride, raw in zip(STRIDES, maps, strict=True):
        cells = raw.permute(0, 2, 3, 1).float()  # (b, rows, cols, 16)
        scores = (cells[..., 0].sigmoid() * cells[..., 1].sigmoid()).sqrt()
        photo, row, col = (scores >= score_threshold).nonzero(as_tuple=True)
        found = cells[photo, row, col]  # (n, 16)
        corner = torch.stack([col, row], 1)  # (n, 2)
        centre = (found[:, 2:4] + corner) * stride
        half = found[:, 4:6].exp() * (stride / 2)
        landmarks = (found[:, 6:].view(-1, 5, 2) + corner[:, None]) * stride
        rows = torch.cat([centre - half, centre + half, landmarks.flatten(1), scores[photo, row, col, None]], 1)
        rows, photo = rows.cpu(), photo.cpu()
        for i, faces in enumerate(photos):
            faces.append(rows[photo == i])
    return [Detections(r[:, :4], r[:, 4:14].reshape(-1, 5, 2), r[:, 14]) for r in map(torch.cat, photos)]


def merge(found: Sequence[Detections], iou: float) -> Detections:
    """One detection a face, best score first: of those that overlap by more than `iou`, the best stays."""
    faces = together(found)
    return faces.taken(nms(faces.boxes, faces.scores, iou))


def together(found: Sequence[Detections]) -> Detections:
    """All these faces in one list, in their order."""
    return Detections(
        torch.cat([torch.empty(0, 4), *(f.boxes for f in found)]),
        torch.cat([torch.empty(0, 5, 2), *(f.landmarks for f in found)]),
        torch.cat([torch.empty(0), *(f.scores for f in found)]),
    )
