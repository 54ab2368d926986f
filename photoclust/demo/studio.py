"""Many faces of persons who do not exist, one a photo: `python -m photoclust.demo.studio OUT --persons N --shots N`."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.types import Box
from photoclust.demo.backdrop import PLACES
from photoclust.demo.body import draw_outfit
from photoclust.demo.person import Look, cast
from photoclust.demo.plan import draw_pose
from photoclust.demo.portrait import render_figure
from photoclust.terminal import TerminalProgress


def draw_portrait(look: Look, rng: np.random.Generator, largest: int = 190) -> tuple[NDArray[np.uint8], Box]:
    """One person before a plain wall (h, w, 3), in any light and year, with a face of 45 to `largest` pixels; and its box."""
    light = list(PLACES.values())[int(rng.integers(len(PLACES)))].light
    scale = float(np.exp(rng.uniform(np.log(30), np.log(largest / 1.58))))
    look = look.aged(float(rng.uniform(0, 14)))
    figure = render_figure(look, draw_pose(rng, alone=True), draw_outfit(look, rng), light, scale, 2.3 * scale)
    wall = tuple(int(v) for v in rng.integers(80, 200, 3))
    picture = Image.new("RGB", figure.picture.size, wall)
    picture.paste(figure.picture, (0, 0), figure.picture)
    return np.asarray(picture), figure.box


def draw_persons(
    out: Path, persons: int, shots: int, seed: int = 0, progress: Progress | None = None, largest: int = 190
) -> None:
    """Write a labelled folder, `shots` photos a person in a folder of theirs; the same arguments give the same pixels.

    UserError for a folder that holds anything already. What was drawn is kept when cancelled.
    """
    progress = progress or Silent()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserError(f"{out} holds files already; choose an empty folder for the persons.")
    for number, look in enumerate(cast(persons, seed)):
        folder = out / f"p{number + 1:04d}"
        folder.mkdir(parents=True)
        rng = np.random.default_rng([seed, 5, number])
        for shot in range(shots):
            progress.checkpoint()
            progress.report(Status("Drawing persons", number * shots + shot, persons * shots))
            Image.fromarray(draw_portrait(look, rng, largest)[0]).save(folder / f"{shot + 1:03d}.jpg", quality=92)


def main() -> None:
    """Draw what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":")[0])
    parser.add_argument("out", type=Path)
    for name, default in (("persons", 100), ("shots", 8), ("seed", 0), ("largest", 190)):
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N")
    arguments = parser.parse_args()
    with TerminalProgress().listening() as progress:
        draw_persons(arguments.out, arguments.persons, arguments.shots, arguments.seed, progress, arguments.largest)


if __name__ == "__main__":
    main()
