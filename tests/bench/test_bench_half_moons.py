"""The half-moons of DGG's paper: what the graph does for the mixture, and the picture of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoclust.bench.half_moons import Moons, Parted, accuracy, both, draw, paper_training
from photoclust.core.errors import UserError


def test_accuracy_is_that_of_the_best_naming_of_the_groups() -> None:
    assert accuracy(np.array([0, 0, 0, 1, 1]), np.array([1, 1, 0, 0, 0])) == pytest.approx(0.8)
    assert accuracy(np.array([0, 0, 1, 1]), np.array([0, 0, 0, 0])) == pytest.approx(0.5)


def test_the_points_are_two_half_circles_and_the_gap_brings_them_nearer() -> None:
    near, far = (Moons(each=50, gap=gap, thickness=0.0).points(0) for gap in (0.5, 0.25))
    upper, lower = near[0][near[1] == 0], near[0][near[1] == 1]
    np.testing.assert_allclose(np.linalg.norm(upper, axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(lower - [1, 0.5], axis=1), 1, rtol=1e-5)
    assert lower[:, 1].max() == pytest.approx(0.5, abs=0.1)
    np.testing.assert_allclose(lower[:, 1] - far[0][far[1] == 1][:, 1], 0.25, rtol=1e-4)


def test_the_mixture_alone_loses_a_half_moon_and_the_graph_holds_both() -> None:
    training = replace(paper_training(), learning_rate=0.05, decay=0.95, layer_steps=100, epochs=100, least_steps=0)
    _, _, alone, dgg = both(Moons(each=250, gap=0.4), 1, training)
    assert alone.accuracy < 0.6
    assert dgg.accuracy > 0.85


def test_the_picture_shows_the_points_in_both_colours(tmp_path: Path) -> None:
    points, truth = Moons(each=60).points(0)
    swapped = Parted(1 - truth, points, 1.0)
    draw(tmp_path / "new" / "moons.png", points, truth, swapped, swapped)
    pixels = np.asarray(Image.open(tmp_path / "new" / "moons.png").convert("RGB")).astype(int)
    assert pixels.shape[1] > pixels.shape[0] > 600
    third = pixels.shape[1] // 3
    for column in range(3):  # whatever number a group has, it is drawn in its half-moon's colour
        part = pixels[: pixels.shape[0] // 2, column * third : (column + 1) * third]
        blue = np.argwhere(part[..., 2] > part[..., 0] + 100).mean(0)
        orange = np.argwhere(part[..., 0] > part[..., 2] + 100).mean(0)
        assert blue[0] < orange[0], "the upper one is blue"


def test_a_picture_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    points, truth = Moons(each=20).points(0)
    found = Parted(truth, points, 1.0)
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UserError, match="cannot be written"):
        draw(tmp_path / "file" / "moons.png", points, truth, found, found)
