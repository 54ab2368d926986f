"""How heavy work behaves beside a window."""

from __future__ import annotations

import os


def leave_a_core_free() -> None:
    """Let torch use all cores but one in this process, so that the window stays quick; this imports torch."""
    import torch

    torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))
