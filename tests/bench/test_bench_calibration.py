"""Whether what is said of being right is right."""

from __future__ import annotations

import numpy as np
import pytest

from photoclust.bench.calibration import calibration_error, is_right, measure, reliability
from photoclust.bench.contestants import Contestant
from photoclust.bench.presets import Asked
from photoclust.bench.scale import Material
from photoclust.core.progress import Silent
from photoclust.core.settings import DEFAULT_ENGINE


def test_a_face_is_right_in_the_album_of_its_person_and_alone_if_it_has_no_other() -> None:
    persons = np.array([0, 0, 0, 1, 2, 2, 3, 4, 5, 5, 6])
    groups = np.array([0, 0, 1, 0, 1, 1, 2, 3, 4, 5, 3])
    #         album of 0, a stray of it, a guest, album of 2, seen once, first of two owns, torn apart, guest
    expected = [True, True, False, False, True, True, True, True, False, False, False]
    np.testing.assert_array_equal(is_right(persons, groups), expected)


def test_of_two_persons_equally_often_in_a_group_the_first_one_owns_it() -> None:
    np.testing.assert_array_equal(is_right(np.array([9, 2, 9, 2]), np.zeros(4, int)), [True, False, True, False])


def test_the_calibration_error_is_zero_for_honest_and_large_for_boastful() -> None:
    right = np.arange(100) % 10 < 7
    assert calibration_error(np.full(100, 0.7), right) == pytest.approx(0)
    assert calibration_error(np.ones(100), right) == pytest.approx(0.3)
    assert calibration_error(np.where(right, 1.0, 0.0), right) == 0
    assert calibration_error(np.empty(0), np.empty(0, bool)) == 0


def test_the_bins_hold_every_face_once() -> None:
    sure = np.array([0.0, 0.01, 0.5, 0.99, 1.0])
    told = reliability(sure, np.array([False, True, True, True, True]))
    assert [(count, share) for _, count, _, share in told] == [(2, 0.5), (1, 1.0), (2, 1.0)]
    assert told[0][2] == pytest.approx(0.005)


def test_the_default_engine_is_about_as_sure_of_made_up_faces_as_it_is_right() -> None:
    library = Material.gaussian().library(600, seed=1)
    [row] = measure(Asked([library], [Contestant(DEFAULT_ENGINE)], range(1), Silent())).tables["How sure, and how right"]
    assert 0.5 < row.right < 1
    assert row.ece < 0.15
    assert row.bcubed_p_99 >= row.bcubed_p_90 >= row.bcubed_p
    assert row.share_99 <= row.share_90 <= row.share_50
