"""Every default in one place, and where things are kept."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_ENGINE = "album"
"""The engine the application groups with; the best-measured one (see `photoclust bench`)."""

PHOTO_SUFFIXES = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".heic", ".heif",
    ".hif", ".avif",
})  # fmt: skip
"""The files that a scan looks at, by lower-case suffix."""

RAW_SUFFIXES = frozenset({
    ".dng", ".nef", ".nrw", ".cr2", ".cr3", ".arw", ".orf", ".rw2", ".raf", ".pef", ".srw",
})  # fmt: skip
"""Files that a scan looks at too where rawpy is installed, unless a photo of the same name lies beside them."""

MAX_PIXELS = 200_000_000
"""A photo of more pixels than this is refused as a decompression bomb."""


FACE_THUMBNAIL = 192
"""Side of the small picture of a face that an import leaves in the thumbnail cache, in pixels."""


@dataclass(frozen=True, slots=True)
class VisionSettings:
    """How faces are found and described."""

    score_threshold: float = 0.7
    nms_iou: float = 0.3
    detect_side: int = 640
    """The detector looks at a photo with as many pixels as a 4:3 photo of this longest side has, then closer."""
    embedder: Path | None = field(default=None, repr=False)
    """A weights file of `photoclust train densenet121`, to describe faces by instead of SFace; its id tells it, not its place."""


def data_dir() -> Path:
    """Where libraries are kept by default (`PHOTOCLUST_HOME` overrides, for tests and portable use)."""
    return _dir("user_data_path", "data")


def cache_dir() -> Path:
    """Where what may be thrown away is kept: thumbnails, prepared weights, the demo album."""
    return _dir("user_cache_path", "cache")


def thumbnail_cache() -> Path:
    """The file that thumbnails are kept in; it may be thrown away."""
    return cache_dir() / "thumbnails.sqlite"


def preferences_file() -> Path:
    """The file of what the user has chosen."""
    return _dir("user_config_path", "config") / "settings.toml"


def log_dir() -> Path:
    """Where the log is written."""
    return _dir("user_log_path", "log")


def default_library() -> Path:
    """The library that the window opens when none is named."""
    return data_dir() / "library.photoclust"


def _dir(function: str, name: str) -> Path:
    home = os.environ.get("PHOTOCLUST_HOME")
    if home:
        return Path(home) / name
    import platformdirs  # the one thing here that is not the standard library

    return Path(getattr(platformdirs, function)("photoclust", appauthor=False))
