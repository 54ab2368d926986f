"""Where icons and fonts lie, in the source checkout and in the installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def resource(name: str) -> Path:
    """Where `resources/NAME` lies, file or folder; FileNotFoundError when there is none."""
    for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(f"no resource {name!r}")
