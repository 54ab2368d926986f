"""Boxes overlap as rectangles do, and changes join."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoclust.core import settings
from photoclust.core.changes import Changes
from photoclust.core.types import Box

_boxes = st.builds(Box, *[st.floats(-100, 100)] * 2, *[st.floats(0.5, 100)] * 2)


def test_boxes_that_overlap_by_half_have_an_iou_of_a_third() -> None:
    assert Box(0, 0, 10, 10).iou(Box(5, 0, 10, 10)) == pytest.approx(1 / 3)


def test_boxes_that_only_touch_do_not_overlap() -> None:
    assert Box(0, 0, 10, 10).iou(Box(10, 0, 10, 10)) == 0


@given(_boxes, _boxes)
def test_the_overlap_of_two_boxes_is_symmetrical_and_at_most_one(a: Box, b: Box) -> None:
    assert a.iou(b) == pytest.approx(b.iou(a))
    assert 0 <= a.iou(b) <= 1 + 1e-9
    assert a.iou(a) == pytest.approx(1)


def test_changes_join_to_everything_that_was_touched() -> None:
    joined = Changes(photos=frozenset({1})) | Changes(photos=frozenset({2}), persons=frozenset({3}))
    assert joined == Changes(frozenset({1, 2}), frozenset(), frozenset({3}))
    assert joined
    assert not Changes()


def test_one_folder_may_hold_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path))
    places = {settings.data_dir(), settings.cache_dir(), settings.log_dir()}
    assert len(places) == 3
    assert all(place.is_relative_to(tmp_path) for place in places)
    assert settings.default_library().parent == settings.data_dir()
