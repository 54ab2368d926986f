"""DenseNet-121 with 256 outputs, the feature extractor of the thesis (its section 4.2.2), for weights that somebody trained.

Input: faces (n, 3, 112, 112) in RGB, 0 to 255, aligned as `align` does. Output: (n, 256), not yet of unit length. There are no
weights that ship; `photoclust train densenet121` writes some. Their file names the shape of the network beside the tensors.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torchvision.models import DenseNet

from photoclust.core.errors import UserError

NAME = "densenet121"
_CARD = "photoclust"  # the entry of a safetensors header, as in every weights file of this program


@dataclass(frozen=True)
class Shape:
    """How large the network is; the defaults are DenseNet-121 (Huang et al. 2017, table 1) with the thesis's output."""

    side: int = 112
    """Faces are made so small before they are looked at, in pixels; less is faster."""
    dimensions: int = 256
    growth: int = 32
    blocks: tuple[int, int, int, int] = (6, 12, 24, 16)
    first: int = 64


class FaceDenseNet(nn.Module):
    """torchvision's DenseNet with a linear layer in the place of its classifier; initial weights are drawn from `seed`."""

    def __init__(self, shape: Shape | None = None, seed: int = 0) -> None:
        super().__init__()
        self.shape = shape or Shape()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.network = DenseNet(
                self.shape.growth, tuple(self.shape.blocks), self.shape.first, num_classes=self.shape.dimensions
            )

    def forward(self, faces: Tensor) -> Tensor:
        """(n, 3, 112, 112) RGB 0..255 -> (n, dimensions)."""
        small = F.adaptive_avg_pool2d((faces - 127.5) / 128, self.shape.side)
        vectors: Tensor = self.network(small)
        return vectors


@dataclass(frozen=True, eq=False)
class DenseNetFile:
    """A weights file that was read: the network's shape, its tensors, and the id that goes beside its vectors."""

    id: str
    """densenet121-<the first 8 digits of the file's sha256>: other weights, other vectors."""
    shape: Shape
    tensors: Mapping[str, Tensor]

    def network(self) -> FaceDenseNet:
        """The network with these weights, for inference, float32."""
        network = FaceDenseNet(self.shape)
        network.load_state_dict({name: _full(tensor) for name, tensor in self.tensors.items()})
        return network.eval().requires_grad_(False)


def read(path: Path) -> DenseNetFile:
    """Read and check a safetensors file; UserError where it is missing or holds no weights of this network."""
    from safetensors import SafetensorError, safe_open
    from safetensors.torch import load

    try:
        data = path.read_bytes()
        with safe_open(path, framework="pt") as file:
            card = json.loads((file.metadata() or {})[_CARD])
        tensors = load(data)
        told, options = str(card["engine"]), dict(card["options"])
        shape = Shape(**options | {"blocks": tuple(options["blocks"])})
    except (OSError, SafetensorError, KeyError, ValueError, TypeError) as error:
        raise UserError(f"“{path}” cannot be read as weights of {NAME}: {error}.") from error
    if told != NAME:
        raise UserError(f"“{path}” holds the weights of “{told}”, not of “{NAME}”.")
    found = DenseNetFile(f"{NAME}-{hashlib.sha256(data).hexdigest()[:8]}", shape, tensors)
    try:
        found.network()
    except (RuntimeError, ValueError, TypeError) as error:
        raise UserError(f"The tensors in “{path}” are not those of {NAME}.") from error
    return found


def tensors_of(network: FaceDenseNet) -> dict[str, Tensor]:
    """A copy of what the network has learned, weights as float16 (half the file; the rest, small, stays float32)."""
    return {name: _half(tensor.detach().cpu()) for name, tensor in network.state_dict().items()}


def options_of(shape: Shape) -> dict[str, Any]:
    """The shape as a card tells it."""
    return asdict(shape) | {"blocks": list(shape.blocks)}


def _half(tensor: Tensor) -> Tensor:
    return tensor.half() if tensor.ndim > 1 else tensor.clone()


def _full(tensor: Tensor) -> Tensor:
    return tensor.float() if tensor.is_floating_point() else tensor
