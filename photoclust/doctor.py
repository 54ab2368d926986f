"""What a person who asks for help is asked for first: versions, device, weights, places."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import Any

from photoclust import __version__
from photoclust.core import settings

PACKAGES = (
    "PySide6-Essentials", "torch", "torchvision", "faiss-cpu", "pillow", "pillow-heif", "numpy", "scipy", "sqlite-utils",
    "rawpy", "imagecodecs",
)  # fmt: skip


def diagnose() -> dict[str, Any]:
    """Look at the installation and change nothing; `ok` is False where photoclust could not scan photos."""
    import torch

    from photoclust.vision import weights

    found = weights.describe()
    return {
        "photoclust": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "packages": {name: _version(name) for name in PACKAGES},
        "device": f"CUDA ({torch.cuda.get_device_name(0)})" if torch.cuda.is_available() else "CPU",
        "weights": [
            {"name": w.name, "file": str(w.path) if w.path else None, "sha256": w.sha256, "licence": w.licence, "ok": w.ok}
            for w in found
        ],
        "library": str(settings.default_library()),
        "cache": str(settings.cache_dir()),
        "log": str(settings.log_dir()),
        "ok": all(w.ok for w in found),
    }


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
