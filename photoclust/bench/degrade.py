"""Worse copies of a labelled folder: how much of a way of grouping survives bad photos."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from photoclust.bench.datasets import name_of
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status
from photoclust.media.image import UnreadablePhoto, open_upright
from photoclust.media.scan import walk_photos

Pixels = NDArray[np.uint8]
"""(h, w, 3)"""
Draw = np.random.Generator


def blur(pixels: Pixels, draw: Draw) -> Pixels:
    """Out of focus: a Gaussian of 0.8 to 1.6 % of the shorter side."""
    radius = draw.uniform(0.008, 0.016) * min(pixels.shape[:2])
    return np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(radius)))


def noise(pixels: Pixels, draw: Draw) -> Pixels:
    """A high ISO: Gaussian noise of 20 to 45 levels in each channel."""
    return _levels(pixels + draw.uniform(20, 45) * draw.standard_normal(pixels.shape, np.float32))


def dark(pixels: Pixels, draw: Draw) -> Pixels:
    """Hardly lit: 6 to 20 % of the light, with the noise that this brings."""
    return _levels(pixels * np.float32(draw.uniform(0.06, 0.2)) + 2 * draw.standard_normal(pixels.shape, np.float32))


def occlusion(pixels: Pixels, draw: Draw) -> Pixels:
    """Things in the way: twelve patches of one colour each, together over a fifth to a quarter of the photo."""
    covered = pixels.copy()
    height, width = pixels.shape[:2]
    for _ in range(12):
        h, w = (max(1, round(draw.uniform(0.1, 0.2) * side)) for side in (height, width))
        y, x = draw.integers(0, height - h + 1), draw.integers(0, width - w + 1)
        covered[y : y + h, x : x + w] = draw.integers(0, 256, 3)
    return covered


def jpeg(pixels: Pixels, draw: Draw) -> Pixels:
    """Sent through a messenger too often: JPEG of quality 4 to 10."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=int(draw.integers(4, 11)))
    with Image.open(file) as worse:
        return np.asarray(worse)


KINDS: dict[str, Callable[[Pixels, Draw], Pixels]] = {
    "blur": blur, "noise": noise, "dark": dark, "occlusion": occlusion, "jpeg": jpeg,
}  # fmt: skip
MIXED = "mixed"
"""Each photo in one of the ways, drawn by chance."""


@contextmanager
def with_copies(
    paths: Sequence[Path], kinds: Sequence[str], out: Path | None, seed: int = 0, progress: Progress | None = None
) -> Iterator[list[Path]]:
    """Every path, and after it a copy of each kind, which stays in `out`; without one it goes at the end."""
    with TemporaryDirectory(prefix="photoclust-bench-") as passing:
        place = out or Path(passing)
        yield [found for path in paths for found in (path, *(degraded_copy(path, place, kind, seed, progress) for kind in kinds))]


def degraded_copy(folder: Path, out: Path, kind: str, seed: int = 0, progress: Progress | None = None) -> Path:
    """Write a worse copy of a folder of persons as `out/NAME-KIND` and return it; the photos themselves are only read.

    The same seed gives the same photos. A photo that cannot be opened is copied as it is. UserError where the copy would
    lie in the folder, or is there already, or cannot be written.
    """
    progress = progress or Silent()
    if not folder.is_dir():
        raise UserError(f"“{folder}” is no folder of photos; only photos can be degraded.")
    target = out / f"{name_of(folder)}-{kind}"
    if target.resolve().is_relative_to(folder.resolve()):
        raise UserError(f"“{target}” lies in the folder that is to be copied; name another one.")
    photos = [found.relpath for found in walk_photos(folder) if "/" in found.relpath]
    if not photos:
        raise UserError(f"“{folder}” has no folders with photos; a labelled folder has one folder a person.")
    if target.exists():
        raise UserError(f"“{target}” is there already; remove it or name another folder.")
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".degrading-", dir=out) as unfinished:
            for number, relpath in enumerate(photos):
                progress.checkpoint()
                progress.report(Status(f"Copying photos ({kind})", number, len(photos)))
                _copy(folder / relpath, Path(unfinished, "copy", f"{relpath}.jpg"), kind, _draw(relpath, kind, seed))
            Path(unfinished, "copy").replace(target)
    except OSError as error:
        raise UserError(f"“{target}” cannot be written: {error}.") from error
    return target


def _copy(source: Path, target: Path, kind: str, draw: Draw) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        pixels = open_upright(source).pixels
    except UnreadablePhoto:
        shutil.copyfile(source, target)
        return
    way = KINDS[kind if kind in KINDS else list(KINDS)[draw.integers(len(KINDS))]]
    Image.fromarray(way(pixels, draw)).save(target, "JPEG", quality=95)


def _draw(relpath: str, kind: str, seed: int) -> Draw:
    """Chance that belongs to the photo: it does not change when photos beside it come or go."""
    words = f"{seed} {kind} {relpath}".encode("utf-8", "surrogateescape")
    return np.random.default_rng(int.from_bytes(hashlib.sha256(words).digest()[:16]))


def _levels(pixels: NDArray[np.floating]) -> Pixels:
    levels: Pixels = np.clip(np.rint(pixels), 0, 255).astype(np.uint8)
    return levels
