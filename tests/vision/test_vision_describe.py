"""A face that somebody drew: described by a close look, whatever the detector thinks of it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from photoclust.core.types import Box, usual_landmarks
from photoclust.vision.session import FaceSession

Photos = list[NDArray[np.uint8]]


def grown(box: Box, by: float) -> Box:
    """A box that is larger by a share of its sides."""
    return Box(box.x - by * box.w / 2, box.y - by * box.h / 2, (1 + by) * box.w, (1 + by) * box.h)


@pytest.mark.parametrize("by", [0.0, -0.2, 0.4])
def test_a_box_around_a_face_that_the_detector_sees_gives_the_vector_of_that_face(
    by, photos: Photos, session: FaceSession
) -> None:
    for found in session.analyse(photos[:1])[0]:
        box = grown(found.box, by)
        drawn = session.describe(photos[0], box, usual_landmarks(box))
        assert float(drawn.vector @ found.vector) > 0.8
        assert drawn.score > 0.5
        assert drawn.quality > 0.5 * found.quality
        assert drawn.box.iou(box) > 0.99, "the box is the user's"
        off = np.abs(np.array(drawn.landmarks) - np.array(found.landmarks)).max()
        assert off < 0.12 * found.box.w


def test_a_box_in_which_the_detector_sees_nobody_is_described_by_its_proportions_and_worth_little(
    photos: Photos, session: FaceSession
) -> None:
    grey = np.full((300, 400, 3), 120, np.uint8)
    box = Box(100, 80, 90, 110)
    drawn = session.describe(grey, box, usual_landmarks(box))
    assert drawn.score == 0
    assert drawn.quality < 0.051
    np.testing.assert_allclose(np.array(drawn.landmarks), np.array(usual_landmarks(box)), atol=1e-3)
    assert np.linalg.norm(drawn.vector) == pytest.approx(1, abs=1e-5)


def test_a_box_beside_a_face_is_not_taken_for_that_face(photos: Photos, session: FaceSession) -> None:
    found = max(session.analyse(photos[:1])[0], key=lambda f: f.box.area)
    aside = Box(found.box.x + (1 if found.box.x < 400 else -1) * found.box.w, found.box.y, found.box.w, found.box.h)
    drawn = session.describe(photos[0], aside, usual_landmarks(aside))
    assert np.abs(np.array(drawn.landmarks).mean(0) - np.array(found.landmarks).mean(0)).max() > 0.5 * found.box.w


@pytest.mark.parametrize("box", [Box(-20, -20, 60, 60), Box(780, 580, 20, 20), Box(10.2, 10.7, 1.5, 1.5), Box(0, 0, 800, 600)])
def test_boxes_at_the_edges_and_tiny_ones_are_described(box: Box, photos: Photos, session: FaceSession) -> None:
    drawn = session.describe(photos[0], box, usual_landmarks(box))
    assert np.isfinite(drawn.vector).all()
    assert 0 <= drawn.quality <= 1
