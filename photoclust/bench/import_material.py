"""Photos to measure imports on: 12 megapixels, about five faces each, of persons who do not exist.

    python -m photoclust.bench.import_material FOLDER [--photos 16] [--seed 0]

draws them at full size (some 6 s a photo), as noisy as a camera's (3.5 MB a file), and writes the truth beside.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from photoclust.bench.command import whole_number
from photoclust.demo.plan import PhotoPlan, plan_album
from photoclust.demo.scene import draw_photo, save_photo, write_whole
from photoclust.demo.truth import TRUTH_FILE, TrueFace, TruePhoto, Truth, to_json

SIZE = (4000, 3000)
_SITTERS = range(5, 8)
_NOISE = 6.0
"""Of a sensor, a pixel's standard deviation: a decoder's work grows with a file's bytes, and drawn photos have too few."""


def plan_material(photos: int, seed: int, size: tuple[int, int] = SIZE) -> list[PhotoPlan]:
    """`photos` plans of upright JPEGs with five to seven persons each, some hidden; the same arguments give the same."""
    album = 8 * photos
    while True:
        plans = [p for p in plan_album(album, 12, seed, size).photos if len(p.sitters) in _SITTERS]
        if len(plans) >= photos:
            return [replace(p, relpath=f"IMG_{i:04d}.jpg", orientation=1) for i, p in enumerate(plans[:photos])]
        album *= 2


def draw_material(folder: Path, photos: int, seed: int, size: tuple[int, int] = SIZE) -> Truth:
    """Draw the photos that are not in the folder yet, and write `truth.json`."""
    truth = []
    folder.mkdir(parents=True, exist_ok=True)
    for plan in plan_material(photos, seed, size):
        picture, shown = draw_photo(plan)
        save_photo(_noisy(picture, plan.seed), plan, folder / plan.relpath)
        truth.append(TruePhoto(plan.relpath, tuple(TrueFace(f.person, f.stranger, f.box, f.visible) for f in shown)))
    whole = Truth(tuple(truth), {}, {"photos": photos, "seed": seed, "size": list(size)}, complete=True)
    write_whole(folder / TRUTH_FILE, to_json(whole).encode())
    return whole


def _noisy(picture: Image.Image, seed: int) -> Image.Image:
    noise = np.random.default_rng(seed).standard_normal((picture.height, picture.width, 1), np.float32) * _NOISE
    return Image.fromarray((np.asarray(picture) + noise).clip(0, 255).astype(np.uint8))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=whole_number, default=16)
    parser.add_argument("--seed", type=int, default=0)
    drawn = draw_material(**{"folder": (given := parser.parse_args()).folder, "photos": given.photos, "seed": given.seed})
    print(f"{len(drawn.photos)} photos, {sum(f.visible for p in drawn.photos for f in p.faces)} faces that can be seen")
