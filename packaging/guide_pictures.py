"""Makes the pictures of the user guide from those of the tour: `python packaging/guide_pictures.py FOLDER/light-1x`.

They are kept small: 256 colours, dithered, are nearly as good as all.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

OUT = Path(__file__).resolve().parents[1] / "docs" / "images"
STATIONS = (
    "first-run",
    "coach",
    "named-all",
    "photo",
    "question",
    "audit",
    "split",
    "regroup",
    "history",
    "search",
    "timeline",
    "export",
)
MOST = 2_000_000
"""Bytes of all of them."""


def main(folder: Path) -> None:
    """Write each picture that the guide shows; fails when one is missing or they are too large."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name in STATIONS:
        (found,) = folder.glob(f"*-{name}.png")
        with Image.open(found) as opened:
            picture = opened.convert("RGB")
            small = picture.quantize(palette=picture.quantize(256), dither=Image.Dither.FLOYDSTEINBERG)
            small.save(OUT / f"{name}.png", optimize=True)
    size = sum(path.stat().st_size for path in OUT.glob("*.png"))
    if size > MOST:
        sys.exit(f"{size:,} bytes are too many")
    print(f"{size:,} bytes in {OUT}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
