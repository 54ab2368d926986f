"""Quality tells the good faces from the poor ones."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from photoclust.core.quality import frontality
from photoclust.vision.align import TEMPLATE
from photoclust.vision.detector import Detections
from photoclust.vision.quality import quality, sharpness

FRONTAL = torch.tensor(TEMPLATE, dtype=torch.float32)
NOISE = torch.rand(1, 3, 112, 112, generator=torch.Generator().manual_seed(0)) * 60 + 100


def worth(side: float = 150, score: float = 0.95, crops: torch.Tensor = NOISE, landmarks: torch.Tensor = FRONTAL) -> float:
    found = Detections(torch.tensor([[10.0, 10, 10 + side, 10 + side]]), landmarks[None], torch.tensor([score]))
    return quality(found, crops).item()


def test_a_large_sharp_frontal_sure_face_is_worth_nearly_one() -> None:
    assert worth() > 0.95


@pytest.mark.parametrize("change", [{"side": 20}, {"score": 0.65}, {"crops": torch.full((1, 3, 112, 112), 90.0)}])
def test_each_weakness_alone_lowers_it(change: dict[str, float]) -> None:
    assert 0 < worth(**change) < 0.7 * worth()  # type: ignore[arg-type]


def test_a_profile_is_worth_less_than_a_frontal_face_and_rolling_the_head_changes_nothing() -> None:
    profile = FRONTAL.clone()
    profile[2, 0] += 25
    assert worth(landmarks=profile) < 0.7 * worth()
    a = np.deg2rad(50)
    rolled = FRONTAL @ torch.tensor([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]], dtype=torch.float32)
    assert frontality(rolled[None].numpy())[0] == pytest.approx(frontality(FRONTAL[None].numpy())[0], abs=1e-4)


def test_blur_lowers_sharpness() -> None:
    blurred = torch.nn.functional.avg_pool2d(NOISE, 5, 1, 2)
    assert sharpness(blurred).item() < 0.2 * sharpness(NOISE).item()


def test_landmarks_in_one_point_are_worth_little_and_no_error() -> None:
    assert 0 < worth(landmarks=torch.zeros(5, 2)) < worth()


def test_no_faces_have_no_quality() -> None:
    none = Detections(torch.zeros(0, 4), torch.zeros(0, 5, 2), torch.zeros(0))
    assert quality(none, torch.zeros(0, 3, 112, 112)).shape == (0,)


def test_what_the_embedder_hardly_recognises_is_worth_less() -> None:
    landmarks = torch.tensor([[[38.0, 52], [74, 52], [56, 72], [42, 92], [71, 92]]]).repeat(2, 1, 1)
    found = Detections(torch.tensor([[0.0, 0, 112, 112]]).repeat(2, 1), landmarks, torch.full((2,), 0.9))
    crops = torch.rand(1, 3, 112, 112, generator=torch.Generator().manual_seed(0)).repeat(2, 1, 1, 1) * 255
    poor, good = quality(found, crops, torch.tensor([8.0, 13.0])).tolist()
    assert 0 < poor < good - 0.3 <= 0.7
