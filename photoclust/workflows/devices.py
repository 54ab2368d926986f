"""What faces can be looked for on."""

from __future__ import annotations

import ctypes.util
import sys


def cuda_can_be_used() -> bool:
    """Whether there is a CUDA device that torch can use; imports torch where a driver is, which takes seconds."""
    if ctypes.util.find_library("nvcuda" if sys.platform == "win32" else "cuda") is None:
        return False
    import torch

    return torch.cuda.is_available()
