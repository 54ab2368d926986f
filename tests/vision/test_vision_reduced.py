"""A photo that was decoded at a fraction gives the same faces, and small ones are described from all of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoclust.vision.session import FaceSession

Photos = list[NDArray[np.uint8]]


def halved(photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.array(Image.fromarray(photo).reduce(2))


def enlarged(photo: NDArray[np.uint8], times: int) -> NDArray[np.uint8]:
    return np.array(Image.fromarray(photo).resize((photo.shape[1] * times, photo.shape[0] * times), Image.Resampling.BICUBIC))


def test_large_faces_of_a_reduced_photo_are_those_of_the_whole_without_decoding_it(photos: Photos, session: FaceSession) -> None:
    def never() -> NDArray[np.uint8]:
        raise AssertionError("no face is small")

    box = max((face.box for face in session.analyse(photos[:1])[0]), key=lambda box: box.area)
    x, y = max(0, int(box.x - box.w)), max(0, int(box.y - box.h))
    whole = enlarged(photos[0][y : int(box.y + 2 * box.h), x : int(box.x + 2 * box.w)], 5)
    found = session.analyse([whole])[0]
    again = session.analyse([halved(whole)], [((whole.shape[1], whole.shape[0]), never)])[0]
    assert len(again) == len(found) >= 1
    for face in found:
        best = max(again, key=lambda other: other.box.iou(face.box))
        assert best.box.iou(face.box) > 0.9
        assert best.vector @ face.vector > 0.95  # landmarks found in other pixels differ by a part of a pixel


def test_small_faces_are_described_from_the_whole_photo(photos: Photos, session: FaceSession) -> None:
    whole, size = photos[0], (photos[0].shape[1], photos[0].shape[0])
    decoded: list[int] = []

    def decode() -> NDArray[np.uint8]:
        decoded.append(1)
        return whole

    sharp = session.analyse([halved(whole)], [(size, decode)])[0]
    assert decoded == [1], "once a photo, not once a face"
    blurred = session.analyse([halved(whole)], [(size, lambda: None)])[0]
    assert len(sharp) == len(blurred) >= 2
    true = session.analyse([whole])[0]

    def likeness(faces: list) -> float:
        return float(np.mean([max(face.vector @ other.vector for other in faces) for face in true]))

    assert likeness(sharp) > likeness(blurred)
