"""Our networks are OpenCV's: the same faces and the same vectors from the same weights, on rendered photos."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from opencv_reference import OpenCV, Ours, best_iou

from photoclust.vision.session import FaceSession

Photos = list[NDArray[np.uint8]]


@pytest.fixture(scope="module")
def opencv(tmp_path_factory: pytest.TempPathFactory) -> OpenCV:
    return OpenCV(tmp_path_factory.mktemp("opencv"))


@pytest.fixture(scope="module")
def ours() -> Ours:
    return Ours()


def test_the_detector_finds_the_same_faces_as_opencv(photos: Photos, opencv: OpenCV, ours: Ours) -> None:
    for photo in (*photos, photos[0][:333, :517]):
        theirs, mine = opencv.detect(photo), ours.detect(photo)
        assert len(theirs) == len(mine) >= 1
        assert min(best_iou(face, mine) for face in theirs) >= 0.98
        assert np.abs(np.sort(theirs[:, 14]) - np.sort(mine[:, 14])).max() < 1e-3


def test_the_embedder_gives_the_same_vector_as_opencv(photos: Photos, opencv: OpenCV, ours: Ours) -> None:
    for photo in photos:
        for face in opencv.detect(photo):
            aligned = opencv.align(photo, face)
            assert opencv.embed(aligned) @ ours.embed(aligned) >= 0.999


def test_the_session_finds_what_opencv_finds(photos: Photos, opencv: OpenCV, session: FaceSession) -> None:
    for photo, found in zip(photos, session.detect(photos), strict=True):
        rows = np.concatenate([found.boxes[:, :2], found.boxes[:, 2:] - found.boxes[:, :2]], 1)
        for face in opencv.detect(photo, 0.8):
            assert face[2] < 40 or best_iou(face, rows) > 0.7  # it looks at another size, so not at the same pixels


def test_the_session_describes_a_face_as_opencv_does_from_the_same_landmarks(
    photos: Photos, opencv: OpenCV, session: FaceSession
) -> None:
    for photo, found in zip(photos, session.analyse(photos), strict=True):
        for face in found:
            row = np.array([[0, 0, 0, 0, *np.ravel(face.landmarks), face.score]], np.float32)
            assert face.box.w > 200 or face.vector @ opencv.embed(opencv.align(photo, row)) >= 0.999
