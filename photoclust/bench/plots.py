"""Measurements as pictures: lines over a grid, drawn with Pillow."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from photoclust.bench.accuracy import Row
from photoclust.bench.datasets import Dataset
from photoclust.bench.oracle import groupings
from photoclust.clustering.baseline import Baseline
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress

_WIDTH, _HEIGHT, _FINER = 960, 600, 3
_LEFT, _TOP, _RIGHT, _BOTTOM = 84, 76, 220, 64
_INK, _GREY, _GRID = "#222222", "#666666", "#e3e3e3"
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555", "#a6761d")  # apart for the colour-blind


@dataclass(frozen=True)
class Curve:
    """A named line through points (x, y); drawn in the order of x."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Axis:
    """What is measured along an axis, from where to where (None: as the points have it), by how much or how many times."""

    words: str
    first: float | None = None
    last: float | None = None
    log: bool = False


def time_against_size(rows: Sequence[Row]) -> tuple[Axis, Axis, list[Curve]]:
    """Seconds of each engine against the faces of the sets it was measured on; a set twice as large is a step to the right."""
    engines = dict.fromkeys(row.engine for row in rows)
    curves = [Curve(name, [(row.faces, max(row.seconds, 1e-3)) for row in rows if row.engine == name]) for name in engines]
    return Axis("faces", log=True), Axis("seconds", log=True), curves


def bcubed_against_threshold(dataset: Dataset, engine: Baseline[Any], seed: int, progress: Progress) -> Curve:
    """BCubed F of an engine at every setting of its sweep."""
    tried = groupings(engine, dataset, seed, progress)
    return Curve(f"{engine.name}, {dataset.name}", [(setting, dataset.measure(labels).bcubed_f) for setting, labels in tried])


def draw(path: Path, title: str, x: Axis, y: Axis, curves: Sequence[Curve]) -> None:
    """Write a PNG with a line a curve and a legend; UserError without points or where it cannot be written.

    On a logarithmic axis every number must be above 0.
    """
    points = [point for curve in curves for point in curve.points]
    if not points:
        raise UserError(f"There is nothing to draw in “{path}”.")
    across = _Scale(x, [px for px, _ in points], _LEFT, _WIDTH - _RIGHT)
    up = _Scale(y, [py for _, py in points], _HEIGHT - _BOTTOM, _TOP)
    sheet = _Sheet()
    for value, words in across.ticks():
        at = across(value)
        sheet.line([(at, _TOP), (at, _HEIGHT - _BOTTOM)], _GRID, 1)
        sheet.text(at, _HEIGHT - _BOTTOM + 8, words, 13, _GREY, "ma")
    for value, words in up.ticks():
        at = up(value)
        sheet.line([(_LEFT, at), (_WIDTH - _RIGHT, at)], _GRID, 1)
        sheet.text(_LEFT - 8, at, words, 13, _GREY, "rm")
    sheet.text(16, 10, title, 18, _INK, "la")
    sheet.text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 18, x.words, 14, _INK, "ms")
    sheet.text(_LEFT - 8, _TOP - 12, y.words, 14, _INK, "rs")
    for number, curve in enumerate(curves):
        colour, hollow = _COLOURS[number % len(_COLOURS)], number // len(_COLOURS) % 2 == 1
        line = [(across(px), up(py)) for px, py in sorted(curve.points)]
        sheet.line(line, colour, 2)
        key = (_WIDTH - _RIGHT + 24, _TOP + 10 + 22 * number)
        sheet.line([(key[0] - 10, key[1]), (key[0] + 10, key[1])], colour, 2)
        for dot in [*(line if len(line) <= 40 else []), key]:
            sheet.dot(*dot, colour, hollow)
        sheet.text(key[0] + 18, key[1], curve.name, 14, _INK, "lm")
    sheet.save(path)


class _Scale:
    """Where a value lies between two edges of the sheet."""

    def __init__(self, axis: Axis, values: Sequence[float], start: float, end: float) -> None:
        self._log, self._start, self._end = axis.log, start, end
        first = min(values) if axis.first is None else axis.first
        last = max(values) if axis.last is None else axis.last
        if axis.log:
            first, last = (first, last) if last > 1.5 * first else (first / 2, last * 2)
        elif last - first < 1e-9:
            first, last = first - 0.5, last + 0.5
        self._first, self._last = first, last

    def __call__(self, value: float) -> float:
        first, last, at = (math.log(v) if self._log else v for v in (self._first, self._last, value))
        return self._start + (self._end - self._start) * min(1.0, max(0.0, (at - first) / (last - first)))

    def ticks(self) -> list[tuple[float, str]]:
        """Round numbers with their words: tenths, halves or fifths of a power of ten, or 1, 2, 5 and powers on a log scale."""
        if self._log:
            low, high = math.floor(math.log10(self._first)), math.ceil(math.log10(self._last))
            steps = (1, 2, 5) if high - low <= 4 else (1,)
            found = [step * 10.0**power for power in range(low, high + 1) for step in steps]
        else:
            rough = (self._last - self._first) / 6
            power = 10.0 ** math.floor(math.log10(rough))
            step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
            found = [step * n for n in range(math.ceil(self._first / step - 1e-9), math.floor(self._last / step + 1e-9) + 1)]
        inside = [v for v in found if self._first * (1 - 1e-9) <= v + 1e-12 and v <= self._last + 1e-9 * abs(self._last) + 1e-12]
        return [(v, f"{v:,.0f}" if v >= 1000 else f"{v:.6g}") for v in inside]


class _Sheet:
    """A white sheet in points, drawn finer than it is kept so that edges are smooth."""

    def __init__(self) -> None:
        self._image = Image.new("RGB", (_WIDTH * _FINER, _HEIGHT * _FINER), "white")
        self._draw = ImageDraw.Draw(self._image)

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: int) -> None:
        self._draw.line([(x * _FINER, y * _FINER) for x, y in points], colour, width * _FINER, "curve")

    def dot(self, x: float, y: float, colour: str, hollow: bool) -> None:
        self._draw.circle((x * _FINER, y * _FINER), 4 * _FINER, "white" if hollow else colour, colour, 2 * _FINER)

    def text(self, x: float, y: float, words: str, size: int, colour: str, anchor: str) -> None:
        self._draw.text((x * _FINER, y * _FINER), words, colour, ImageFont.load_default(size * _FINER), anchor)

    def save(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._image.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS).save(path, "PNG", optimize=True)
        except OSError as error:
            raise UserError(f"The picture “{path}” cannot be written: {error}.") from error
