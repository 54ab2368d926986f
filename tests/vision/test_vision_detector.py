"""Decoding, merging, and the shape of YuNet."""

from __future__ import annotations

import pytest
import torch

from photoclust.vision import weights
from photoclust.vision.detector import STRIDES, Detections, YuNet, decode, merge, together


def silent_maps(height: int = 64, width: int = 96, photos: int = 1) -> list[torch.Tensor]:
    """Maps that show nothing: both scores near zero everywhere."""
    maps = [torch.zeros(photos, 16, height // s, width // s) for s in STRIDES]
    for one in maps:
        one[:, :2] = -20
    return maps


def faces(*rows: tuple[float, float, float, float, float]) -> Detections:
    values = torch.tensor(rows)
    return Detections(values[:, :4], torch.zeros(len(rows), 5, 2), values[:, 4])


def test_one_lit_cell_is_one_face_at_its_place() -> None:
    maps = silent_maps()
    cell = maps[1][0, :, 2, 3]  # stride 16, row 2, column 3
    cell[:2] = torch.tensor([20.0, 0.0])  # class 1, objectness ½
    cell[2:6] = torch.tensor([0.5, 0.25, 0.0, torch.log(torch.tensor(2.0))])
    cell[6:] = torch.arange(10) / 10
    (found,) = decode(maps, 0.5)
    assert found.scores.tolist() == pytest.approx([0.5**0.5])
    # centre (3.5, 2.25) · 16, size (1, 2) · 16
    assert found.boxes.tolist() == [pytest.approx([48, 20, 64, 52])]
    assert found.landmarks[0, 0].tolist() == pytest.approx([48, 16 * 2.1])
    assert found.landmarks[0, 4].tolist() == pytest.approx([16 * 3.8, 16 * 2.9])


def test_each_photo_of_a_batch_gets_its_own_faces() -> None:
    maps = silent_maps(photos=3)
    maps[0][2, :2, 1, 1] = 20
    assert [len(found) for found in decode(maps, 0.5)] == [0, 0, 1]


def test_a_face_below_the_threshold_is_no_face() -> None:
    maps = silent_maps()
    maps[2][0, :2, 0, 0] = 0  # ½ · ½ under the root: ½
    assert [len(decode(maps, threshold)[0]) for threshold in (0.49, 0.51)] == [1, 0]


def test_of_two_that_overlap_the_better_stays_and_neighbours_stay_both() -> None:
    weak, strong, beside = (0.0, 0.0, 10.0, 10.0, 0.8), (1.0, 0.0, 11.0, 10.0, 0.9), (8.0, 0.0, 18.0, 10.0, 0.7)
    found = merge([faces(weak), faces(strong, beside)], iou=0.3)
    assert found.scores.tolist() == pytest.approx([0.9, 0.7])


def test_nothing_merges_to_nothing() -> None:
    assert len(merge([], 0.3)) == len(together([])) == 0


def test_moved_faces_are_scaled_then_shifted() -> None:
    found = Detections(torch.tensor([[1.0, 2, 3, 4]]), torch.ones(1, 5, 2), torch.ones(1)).moved(2, 3, 10, -1)
    assert found.boxes.tolist() == [[12, 5, 16, 11]]
    assert found.landmarks[0, 0].tolist() == [12, 2]


def test_a_batch_gives_three_maps_of_sixteen_numbers_a_cell() -> None:
    net = YuNet.from_onnx(weights.load(weights.YUNET))
    maps = net(torch.zeros(2, 3, 64, 96))
    assert [tuple(m.shape) for m in maps] == [(2, 16, 8, 12), (2, 16, 4, 6), (2, 16, 2, 3)]


def test_other_tensors_are_refused() -> None:
    with pytest.raises(KeyError):
        YuNet.from_onnx({"420": torch.zeros(16, 3, 3, 3)})
