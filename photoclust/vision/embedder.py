"""SFace: a MobileNet that turns an aligned face into 128 numbers (Zhong, Deng: "SFace", 2021).

Input: faces (n, 3, 112, 112) in RGB, 0 to 255, aligned as `align` does. Output: (n, 128), not yet of unit length.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

DIMENSIONS = 128
SIDE = 112
_CHANNELS = (32, 64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024)
_STRIDED = (3, 5, 7, 13)
"""The blocks (the paper counts from one) that halve the picture: 112 -> 56 -> 28 -> 14 -> 7."""


class Layer(nn.Module):
    """Convolution with folded BatchNorm, then PReLU."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__()
        # Dilation means nothing to a 1×1 kernel, but with it torch takes oneDNN on one thread too: twice as fast.
        dilation = 2 if kernel == 1 else 1
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, dilation, groups)
        self.relu = nn.PReLU(outputs)

    def forward(self, x: Tensor) -> Tensor:
        """(n, inputs, h, w) -> (n, outputs, h / stride, w / stride)."""
        return self.relu(self.conv(x))  # type: ignore[no-any-return]


class SFace(nn.Module):
    """One full convolution, thirteen depthwise-separable blocks, one linear layer over all that is left."""

    def __init__(self) -> None:
        super().__init__()
        layers: dict[str, nn.Module] = {"conv_1": Layer(3, _CHANNELS[0], 3)}
        for block, (inputs, outputs) in enumerate(pairwise(_CHANNELS), start=2):
            stride = 2 if block in _STRIDED else 1
            layers[f"conv_{block}_dw"] = Layer(inputs, inputs, 3, stride, groups=inputs)
            layers[f"conv_{block}"] = Layer(inputs, outputs, 1)
        self.layers = nn.ModuleDict(layers)
        self.linear = nn.Linear(_CHANNELS[-1] * 7 * 7, DIMENSIONS)

    def forward(self, faces: Tensor) -> Tensor:
        """(n, 3, 112, 112) RGB 0..255 -> (n, 128)."""
        x = (faces - 127.5) / 128
        for layer in self.layers.values():
            x = layer(x)
        return self.linear(x.flatten(1))  # type: ignore[no-any-return]

    @classmethod
    def from_onnx(cls, tensors: dict[str, Tensor]) -> SFace:
        """Build the network from the tensors of the OpenCV Zoo's file; KeyError where they are not its tensors."""
        net = cls()
        state = {}
        for name in net.layers:
            scale, shift = _batch_norm(tensors, f"{name}_batchnorm", eps=1e-3)
            state[f"layers.{name}.conv.weight"] = tensors[f"{name}_conv2d_weight"] * scale.view(-1, 1, 1, 1)
            state[f"layers.{name}.conv.bias"] = shift
            state[f"layers.{name}.relu.weight"] = tensors[f"{name}_relu_gamma"].flatten()
        # bn1 stands before the linear layer (a scale and a shift a channel, 49 inputs each), fc1 after it.
        scale, shift = (v.repeat_interleave(49) for v in _batch_norm(tensors, "bn1", eps=2e-5))
        weight, bias = tensors["pre_fc1_weight"], tensors["pre_fc1_bias"]
        bias, weight = bias + weight @ shift, weight * scale
        scale, shift = _batch_norm(tensors, "fc1", eps=2e-5)
        state["linear.weight"], state["linear.bias"] = weight * scale[:, None], bias * scale + shift
        net.load_state_dict(state)
        return net.eval().requires_grad_(False)


def _batch_norm(tensors: dict[str, Tensor], name: str, eps: float) -> tuple[Tensor, Tensor]:
    """Batch normalisation after training as x · scale + shift, both (channels,)."""
    scale = tensors[f"{name}_gamma"] / torch.sqrt(tensors[f"{name}_moving_var"] + eps)
    return scale, tensors[f"{name}_beta"] - tensors[f"{name}_moving_mean"] * scale
