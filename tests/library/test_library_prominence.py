"""Who was meant comes before who passed by."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from photoclust.core.types import Box, Face, FaceState, Photo
from photoclust.library.prominence import prominence

PHOTO = Photo(1, Path("/"), "a.jpg", 1, 1, None, None, 4000, 3000, 1, None, None)
SITTER = Face(1, 1, Box(1600, 1100, 600, 700), (), 0.9, 0.8, None, False, FaceState.FACE)


def test_a_face_on_a_far_poster_is_low_and_the_sitter_high() -> None:
    poster = replace(SITTER, box=Box(3700, 100, 80, 90), quality=0.3)
    assert prominence(SITTER, PHOTO) > 0.8
    assert 0 < prominence(poster, PHOTO) < 0.4


def test_larger_sharper_and_more_central_each_stand_out_more() -> None:
    plain = prominence(SITTER, PHOTO)
    assert prominence(replace(SITTER, box=Box(1800, 1400, 200, 230)), PHOTO) < plain
    assert prominence(replace(SITTER, quality=0.3), PHOTO) < plain
    assert prominence(replace(SITTER, box=Box(0, 0, 600, 700)), PHOTO) < plain


def test_a_photo_of_another_resolution_changes_nothing() -> None:
    small = replace(PHOTO, width=400, height=300)
    assert abs(prominence(replace(SITTER, box=Box(160, 110, 60, 70)), small) - prominence(SITTER, PHOTO)) < 1e-9


def test_where_the_photos_size_is_not_known_quality_decides() -> None:
    assert prominence(SITTER, replace(PHOTO, width=0, height=0)) == SITTER.quality


@given(st.floats(-500, 5000), st.floats(-500, 5000), st.floats(0, 9000), st.floats(0, 9000), st.floats(0, 1))
def test_it_is_a_number_from_0_to_1(x: float, y: float, w: float, h: float, quality: float) -> None:
    assert 0 <= prominence(replace(SITTER, box=Box(x, y, w, h), quality=quality), PHOTO) <= 1
