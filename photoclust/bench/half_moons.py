"""The experiment of DGG's section 4.1 as a picture: what the graph does for a mixture of Gaussians on two half-moons.

`python -m photoclust.bench.half_moons --out docs/dgg-half-moons.png` draws it again.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from photoclust.clustering.engine import Ints
from photoclust.core.errors import UserError

if TYPE_CHECKING:
    from photoclust.clustering.dgg_training import DGGTraining

Points = NDArray[np.float32]

_SIDE, _MARGIN, _TOP, _FINER = 300, 44, 96, 3
_INK, _GREY, _GRID = "#222222", "#666666", "#e3e3e3"
_COLOURS = ("#0072b2", "#d55e00")  # apart for the colour-blind


@dataclass(frozen=True)
class Moons:
    """How the points lie, and how many neighbours of each are in the graph."""

    each: int = 500
    """Points of a half-moon."""
    gap: float = 0.5
    """How far the lower one's tips reach up into the upper one, in radii."""
    thickness: float = 0.05
    neighbours: int = 20

    def points(self, seed: int) -> tuple[Points, Ints]:
        """(n, 2) points and the (n,) half-moon of each."""
        generator = np.random.default_rng(seed)
        upper, lower = generator.uniform(0, np.pi, (2, self.each))
        arcs = [np.cos(upper), np.sin(upper)], [1 - np.cos(lower), self.gap - np.sin(lower)]
        points = np.concatenate([np.stack(arc, axis=1) for arc in arcs])
        points += self.thickness * generator.normal(size=points.shape)
        return points.astype(np.float32), np.repeat(np.arange(2), self.each)


@dataclass(frozen=True, eq=False)
class Parted:
    """What a network made of the points."""

    groups: Ints
    """(n,)"""
    latents: Points
    """(n, 2)"""
    accuracy: float


def paper_training() -> DGGTraining:
    """Section 4.1: 2-20-20-2 and back, classifier 2-2, learning rate 0.02 falling by 0.9 every 10 epochs."""
    from photoclust.clustering.dgg_training import DGGTraining

    return DGGTraining(
        widths=(20, 20, 2), begin="latents", variance=0.15, learning_rate=0.02, layer_steps=200, epochs=150, batch=128
    )


def part(points: Points, truth: Ints, neighbours: int, training: DGGTraining, seed: int) -> Parted:
    """Train one network on (n, 2) points and group them in two."""
    import torch
    from sklearn.neighbors import NearestNeighbors

    from photoclust.clustering.affinity import gaussian
    from photoclust.clustering.dgg_training import fit

    scaled = ((points - points.mean(0)) / points.std()).astype(np.float32)
    distances, indices = NearestNeighbors(n_neighbors=neighbours).fit(scaled).kneighbors()
    affinity = gaussian(indices.astype(np.int64), (distances**2).astype(np.float32))
    found = fit(scaled, affinity, 2, training, torch.Generator().manual_seed(seed))
    return Parted(found.groups, found.latents, accuracy(truth, found.groups))


def accuracy(truth: Ints, groups: Ints) -> float:
    """The share of points in the right group under the best one-to-one naming of the groups, eq. 33."""
    from scipy.optimize import linear_sum_assignment

    counts = np.zeros((int(truth.max()) + 1, int(groups.max()) + 1))
    np.add.at(counts, (truth, groups), 1)
    return float(counts[linear_sum_assignment(-counts)].sum() / len(truth))


def both(moons: Moons, seed: int, training: DGGTraining | None = None) -> tuple[Points, Ints, Parted, Parted]:
    """The points, the truth, what the mixture alone and what DGG makes of them: same network and seed, graph weight 0 or not."""
    training = training or paper_training()
    points, truth = moons.points(seed)
    alone, dgg = (part(points, truth, moons.neighbours, t, seed) for t in (replace(training, graph=0.0), training))
    return points, truth, alone, dgg


def draw(path: Path, points: Points, truth: Ints, alone: Parted, dgg: Parted) -> None:
    """Write a PNG: above the points by truth, by the mixture alone and by DGG; below both latents, coloured by truth."""
    width, height = 3 * (_SIDE + _MARGIN) + _MARGIN, 2 * (_SIDE + _TOP) + 24
    image = Image.new("RGB", (width * _FINER, height * _FINER), "white")
    sheet = ImageDraw.Draw(image)
    _panel(sheet, 0, 0, "Two half-moons", f"{len(points):,} points, coloured by truth", points, truth)
    for column, name, whose, found in ((1, "The mixture alone", "Its", alone), (2, "DGG: with the graph", "DGG’s", dgg)):
        told = f"{100 * found.accuracy:.1f} % right, coloured by group"
        _panel(sheet, column, 0, name, told, points, _as_truth(truth, found.groups))
        _panel(sheet, column, 1, f"{whose} latent", "mean of q(z | x), coloured by truth", found.latents, truth)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        image.resize((width, height), Image.Resampling.LANCZOS).save(path, "PNG", optimize=True)
    except OSError as error:
        raise UserError(f"The picture “{path}” cannot be written: {error}.") from error


def _as_truth(truth: Ints, groups: Ints) -> Ints:
    return groups if (truth == groups).mean() >= 0.5 else 1 - groups


def _panel(sheet: ImageDraw.ImageDraw, column: int, row: int, title: str, told: str, points: Points, colours: Ints) -> None:
    """One square of points with both axes in the same measure and whole or half numbers on them."""
    left, top = _MARGIN + column * (_SIDE + _MARGIN), _TOP - 24 + row * (_SIDE + _TOP)
    middle = (points.max(0) + points.min(0)) / 2
    reach = 1.08 * float(np.ptp(points, axis=0).max()) / 2

    def at(values: NDArray[np.floating]) -> NDArray[np.floating]:
        inside = (values - middle) / reach * (_SIDE / 2)
        placed: NDArray[np.floating] = (inside * [1, -1] + [left + _SIDE / 2, top + _SIDE / 2]) * _FINER
        return placed

    def text(x: float, y: float, words: str, size: int, colour: str, anchor: str) -> None:
        sheet.text((x * _FINER, y * _FINER), words, colour, ImageFont.load_default(size * _FINER), anchor)

    step = next(s for s in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000) if 2 * reach / s <= 6)
    for axis in (0, 1):
        first = int(np.ceil((middle[axis] - reach) / step))
        for tick in range(first, int(np.floor((middle[axis] + reach) / step)) + 1):
            x, y = at(np.where(np.arange(2) == axis, tick * step, middle)) / _FINER
            line = [(x, top), (x, top + _SIDE)] if axis == 0 else [(left, y), (left + _SIDE, y)]
            sheet.line([(a * _FINER, b * _FINER) for a, b in line], _GRID, _FINER)
            place = (x, top + _SIDE + 6, f"{tick * step:g}", 12, _GREY, "ma")
            text(*(place if axis == 0 else (left - 6, y, f"{tick * step:g}", 12, _GREY, "rm")))
    text(left, top - 44, title, 17, _INK, "la")
    text(left, top - 20, told, 13, _GREY, "la")
    for (x, y), colour in zip(at(points).tolist(), colours.tolist(), strict=True):
        sheet.circle((x, y), 1.6 * _FINER, _COLOURS[colour])
    sheet.rectangle((left * _FINER, top * _FINER, (left + _SIDE) * _FINER, (top + _SIDE) * _FINER), None, _GREY, _FINER)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the picture and print both accuracies."""
    parser = argparse.ArgumentParser(prog="photoclust.bench.half_moons", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=Path("docs/dgg-half-moons.png"), help="where the PNG goes")
    parser.add_argument("--seed", type=int, default=0, help="draws the points and the networks")
    parser.add_argument("--points", type=int, default=Moons.each, help="of each half-moon")
    parser.add_argument("--gap", type=float, default=Moons.gap, help="how far they reach into each other, in radii")
    asked = parser.parse_args(arguments)
    points, truth, alone, dgg = both(Moons(each=asked.points, gap=asked.gap), asked.seed)
    draw(asked.out, points, truth, alone, dgg)
    print(f"right: the mixture alone {100 * alone.accuracy:.1f} %, DGG {100 * dgg.accuracy:.1f} %; {asked.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
