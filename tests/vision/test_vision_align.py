"""The similarity transform and the crop it cuts."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

from photoclust.vision.align import TEMPLATE, crop, similarity


def moved(points: np.ndarray, scale: float, degrees: float, shift: tuple[float, float]) -> np.ndarray:
    a = np.deg2rad(degrees)
    return scale * points @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]) + shift


@pytest.mark.parametrize(("scale", "degrees"), [(1, 0), (0.2, 30), (7.5, -100), (3, 180)])
def test_landmarks_that_are_a_moved_template_come_back_exactly(scale: float, degrees: float) -> None:
    landmarks = moved(TEMPLATE, scale, degrees, (812.5, -33.25))
    matrix = similarity(landmarks)
    assert np.abs(landmarks @ matrix[:, :2].T + matrix[:, 2] - TEMPLATE).max() < 1e-9


def test_no_other_similarity_fits_noisy_landmarks_better() -> None:
    rng = np.random.default_rng(0)
    landmarks = moved(TEMPLATE, 2, 20, (5, 5)) + rng.normal(0, 4, (5, 2))
    best = similarity(landmarks)
    # the normal equations of least squares, solved by numpy: x' = a·x − b·y + c, y' = b·x + a·y + d
    rows = [r for x, y in landmarks for r in ((x, -y, 1, 0), (y, x, 0, 1))]
    a, b, c, d = np.linalg.lstsq(np.array(rows), TEMPLATE.ravel(), rcond=None)[0]
    assert np.allclose(best, [[a, -b, c], [b, a, d]])


def test_a_mirrored_face_is_never_mirrored_back() -> None:
    assert np.linalg.det(similarity(TEMPLATE * (-1, 1))[:, :2]) > 0


def test_landmarks_in_one_point_give_a_crop_around_it() -> None:
    matrix = similarity(np.full((5, 2), 40.0))
    assert np.isfinite(matrix).all()
    assert crop(np.full((80, 80, 3), 9, np.uint8), matrix).max().item() == pytest.approx(9)


def test_a_whole_pixel_shift_copies_pixels_and_outside_is_black() -> None:
    photo = np.random.default_rng(1).integers(1, 255, (100, 150, 3), np.uint8)
    cut = crop(photo, np.array([[1.0, 0, -100], [0, 1, -20]]))
    assert torch.allclose(cut[:, :80, :50], torch.from_numpy(photo[20:, 100:]).permute(2, 0, 1).float(), atol=1e-2)
    assert not cut[:, 81:].any()
    assert not cut[:, :, 51:].any()


@pytest.mark.parametrize("degrees", [0.0, 17.0, -140.0])
def test_the_crop_is_the_one_of_opencv(degrees: float) -> None:
    noise = np.random.default_rng(2).integers(0, 255, (60, 80, 3), np.uint8)
    photo = cv2.resize(noise, (400, 300), interpolation=cv2.INTER_CUBIC)
    matrix = similarity(moved(TEMPLATE - 56, 1.4, degrees, (230.0, 120.0)))
    theirs = cv2.warpAffine(photo, matrix, (112, 112), flags=cv2.INTER_LINEAR)
    apart = np.abs(crop(photo, matrix).permute(1, 2, 0).numpy() - theirs)
    assert apart.mean() < 0.5
    assert apart.max() < 4


def test_a_large_face_is_averaged_and_not_sampled_with_gaps() -> None:
    photo = np.zeros((1200, 1200, 3), np.uint8)
    photo[::2] = 255  # stripes finer than the crop can show
    cut = crop(photo, np.array([[0.1, 0, 0], [0, 0.1, 0]]))
    assert (cut[:, 2:-2, 2:-2] - 127.5).abs().max() < 1


def test_a_large_face_stays_where_it_is() -> None:
    y, x = np.mgrid[:1200, :1200]
    photo = np.stack([x / 5, y / 5, (x + y) / 10], 2).astype(np.uint8)
    matrix = similarity(moved(TEMPLATE, 8.3, 12, (150, 60)))
    small = crop(photo, matrix)
    inverse = np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))
    middle = (inverse @ [56, 56, 1])[:2]
    assert small[:2, 56, 56].tolist() == pytest.approx((middle / 5).tolist(), abs=1.0)


def test_a_face_outside_of_the_photo_is_black() -> None:
    assert not crop(np.full((50, 50, 3), 200, np.uint8), np.array([[1.0, 0, 5000], [0, 1, 5000]])).any()


def test_a_large_face_is_shrunk_by_means_before_it_is_sampled() -> None:
    photo = np.random.default_rng(3).integers(0, 255, (401, 503, 3), np.uint8)
    cut = crop(photo, np.array([[0.25, 0, -0.375], [0, 0.25, -0.375]]))  # each pixel the middle of four by four
    means = photo[:400, :500].reshape(100, 4, 125, 4, 3).mean((1, 3))
    assert np.abs(cut[:, :100, :112].permute(1, 2, 0).numpy() - means[:, :112]).max() < 1e-2
