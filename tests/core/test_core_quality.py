"""A face's quality in words: the reason that can be seen is the reason that is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from photoclust.core.quality import quality_in_words, weaknesses
from photoclust.core.types import Box, Face, FaceState

MARKS = ((38.3, 51.7), (73.5, 51.5), (56.0, 71.7), (41.5, 92.4), (70.7, 92.2))
GOOD = Face(1, 1, Box(0, 0, 112, 112), MARKS, 0.9, 0.8, None, False, FaceState.FACE)


def picture(side: int = 160) -> NDArray[np.uint8]:
    """Levels as of a face in daylight: patches, with fine edges in them."""
    draw = np.random.default_rng(0)
    patches = draw.integers(60, 200, (side // 16, side // 16, 1)).repeat(16, 0).repeat(16, 1)
    return (patches + draw.normal(0, 9, (side, side, 1))).clip(0, 255).astype(np.uint8).repeat(3, 2)


def blurred(pixels: NDArray[np.uint8], by: int = 11) -> NDArray[np.uint8]:
    kernel = np.ones(by) / by
    rows = np.apply_along_axis(np.convolve, 0, pixels.astype(float), kernel, mode="same")
    return np.apply_along_axis(np.convolve, 1, rows, kernel, mode="same").clip(0, 255).astype(np.uint8)


def test_a_good_face_has_nothing_against_it() -> None:
    assert quality_in_words(GOOD) == "Good"
    assert quality_in_words(GOOD, picture()) == "Good"


def test_grades_follow_the_number() -> None:
    words = [str(quality_in_words(replace(GOOD, quality=quality))) for quality in (0.6, 0.59, 0.4, 0.39, 0.2, 0.19, 0.0)]
    assert [word.split(" ")[0] for word in words] == ["Good", "Fair", "Fair", "Poor", "Poor", "Very", "Very"]


def test_a_small_face_that_looks_away_is_told_as_such() -> None:
    marks = (*MARKS[:2], (72.0, 71.7), *MARKS[3:])
    away = replace(GOOD, box=Box(0, 0, 30, 38), landmarks=marks, quality=0.3)
    assert quality_in_words(away) == "Poor – small, turned away"


@pytest.mark.parametrize(
    ("pixels", "reason"),
    [
        ((picture() * 0.12).astype(np.uint8), "dark"),
        ((picture() * 2.4).clip(0, 255).astype(np.uint8), "overexposed"),
        (blurred(picture()), "blurred"),
        ((np.random.default_rng(0).normal(120, 60, (112, 112, 3))).clip(0, 255).astype(np.uint8), "noisy"),
    ],
)
def test_what_pixels_show_is_told_alone(pixels: NDArray[np.uint8], reason: str) -> None:
    assert weaknesses(replace(GOOD, quality=0.3), pixels) == [reason]


def test_a_poor_face_with_nothing_to_see_may_be_covered_and_a_fair_one_is_left_alone() -> None:
    assert weaknesses(replace(GOOD, quality=0.3), picture()) == ["perhaps covered"]
    assert weaknesses(replace(GOOD, quality=0.5), picture()) == []
    assert weaknesses(replace(GOOD, quality=0.3)) == []


@pytest.mark.parametrize("shape", [(0, 0, 3), (1, 1, 3), (3, 400, 3), (113, 227, 3)])
def test_pixels_of_any_shape_are_no_error(shape: tuple[int, ...]) -> None:
    assert isinstance(weaknesses(GOOD, np.zeros(shape, np.uint8)), list)
