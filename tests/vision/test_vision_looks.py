"""Faces at any tilt: closer looks tell it, turned scans are turned, and everything is told in the photo as it was given."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from photoclust.core.settings import VisionSettings
from photoclust.vision.detector import Detections
from photoclust.vision.looks import find
from photoclust.vision.session import FaceSession

Photos = list[NDArray[np.uint8]]


def middles(found: Detections) -> NDArray[np.float64]:
    return np.asarray((found.boxes[:, :2] + found.boxes[:, 2:]) / 2, np.float64)


def tilts(found: Detections) -> NDArray[np.float64]:
    """Degrees counter-clockwise, as one sees it."""
    across = (found.landmarks[:, 1] - found.landmarks[:, 0]).double().numpy()
    return np.degrees(np.arctan2(-across[:, 1], across[:, 0]))


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_scan_that_lies_turned_has_the_faces_of_the_upright_photo_where_they_are(
    turns: int, photos: Photos, session: FaceSession
) -> None:
    photo = photos[0]
    turned = np.ascontiguousarray(np.rot90(photo, turns))
    height, width = photo.shape[:2]
    upright = session.analyse([photo])[0]
    found = session.analyse([turned], untold=[True])[0]
    assert len(found) == len(upright) >= 2
    for face in upright:
        x, y = face.box.x + face.box.w / 2, face.box.y + face.box.h / 2
        x, y = [(y, width - x), (width - x, height - y), (height - y, x)][turns - 1]
        same = min(found, key=lambda f: np.hypot(f.box.x + f.box.w / 2 - x, f.box.y + f.box.h / 2 - y))
        assert np.hypot(same.box.x + same.box.w / 2 - x, same.box.y + same.box.h / 2 - y) < 0.1 * face.box.w
        shape = (face.box.h, face.box.w) if turns % 2 else (face.box.w, face.box.h)
        assert (same.box.w, same.box.h) == pytest.approx(shape, rel=0.15)
        assert same.vector @ face.vector > 0.9


def test_a_photo_that_a_camera_told_upright_is_not_looked_at_turned(photos: Photos, session: FaceSession) -> None:
    looks = []

    def look(pictures: torch.Tensor) -> list[Detections]:
        looks.append(tuple(pictures.shape))
        return session._detect_batch(pictures)

    empty = np.full((480, 640, 3), 128, np.uint8)
    find([empty], look, VisionSettings(), [False])
    told = len(looks)
    find([empty], look, VisionSettings(), [True])
    assert (told, len(looks) - told) == (2, 4)


@pytest.mark.parametrize("tilt", [-20, 20])
def test_the_landmarks_of_a_tilted_head_are_tilted(tilt: int, photos: Photos, session: FaceSession) -> None:
    photo = Image.fromarray(photos[0])
    straight = session.detect([np.asarray(photo)])[0]
    height, width = photos[0].shape[:2]
    tilted = session.detect([np.array(photo.rotate(tilt, Image.Resampling.BILINEAR))])[0]
    cosine, sine = np.cos(np.radians(tilt)), np.sin(np.radians(tilt))
    told = []
    for middle, before in zip(middles(straight) - (width / 2, height / 2), tilts(straight), strict=True):
        place = (cosine * middle[0] + sine * middle[1] + width / 2, -sine * middle[0] + cosine * middle[1] + height / 2)
        far = np.hypot(*(middles(tilted) - place).T)
        if far.min() < 20:
            told.append(tilts(tilted)[far.argmin()] - before)
    assert len(told) >= 2
    assert np.median(told) == pytest.approx(tilt, abs=8)


def test_faces_are_found_tilted_by_a_third_of_a_right_angle(photos: Photos, session: FaceSession) -> None:
    upright = len(session.detect(photos[:1])[0])
    tilted = np.array(Image.fromarray(photos[0]).rotate(30, Image.Resampling.BILINEAR, expand=True))
    found = session.detect([tilted])[0]
    assert len(found) >= upright * 2 / 3
    assert np.median(tilts(found)) == pytest.approx(30, abs=12)


@pytest.mark.parametrize("tilt", [45, 90, 120, -90])
def test_a_face_at_any_tilt_is_found_where_the_others_are_upright(tilt: int, photos: Photos, session: FaceSession) -> None:
    found = session.detect(photos[:1])[0]
    x, y = middles(found)[0].round().astype(int)  # the surest
    half = round(0.75 * float((found.boxes[0, 2:] - found.boxes[0, :2]).max()))
    photo = Image.fromarray(photos[0])
    place = (x - half, y - half)
    photo.paste(photo.crop((*place, x + half, y + half)).rotate(tilt, Image.Resampling.BILINEAR), place)
    seen = session.detect([np.array(photo)], [False])[0]
    at = np.hypot(*(middles(seen) - (x, y)).T).argmin()
    assert np.hypot(*(middles(seen)[at] - (x, y))) < half / 3
    assert abs((tilts(seen)[at] - tilts(found)[0] - tilt + 180) % 360 - 180) < 15
