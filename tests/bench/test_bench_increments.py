"""Growing libraries: what is told of them."""

from __future__ import annotations

import pytest

from photoclust.bench.contestants import Contestant
from photoclust.bench.increments import add, grow
from photoclust.bench.scale import Material
from photoclust.core.progress import Silent
from photoclust.workflows import group_faces as workflow

CHEAP = Contestant("chinese-whispers")


def test_a_library_grown_in_steps_ends_near_grouping_at_once_and_moves_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workflow, "SMALL", 0)
    row, steps = grow(Material.gaussian().library(150), CHEAP, 0, Silent())
    assert [step.faces for step in steps] == sorted({step.faces for step in steps})
    assert (len(steps), steps[-1].faces, row.faces) == (10, 150, 150)
    assert row.new == sum(step.mode == "new" for step in steps) > 0
    assert row.moved == 0
    assert row.bcubed_f == steps[-1].bcubed_f
    assert row.points == pytest.approx(100 * (row.bcubed_f - row.at_once), abs=0.01)
    assert row.bcubed_f > 0.5


def test_a_small_library_is_at_the_end_what_grouping_at_once_makes_of_it() -> None:
    row, steps = grow(Material.gaussian().library(120), CHEAP, 1, Silent())
    assert {step.mode for step in steps} == {"all"}
    assert row.points == 0


def test_new_faces_are_added_to_persons_who_stay_as_they_are() -> None:
    row = add(Material.gaussian(), CHEAP, 400, 0, Silent(), added=40)
    assert 397 <= row.standing <= 403  # whole photos
    assert row.standing + row.added == 440
    assert row.moved == 0
    assert row.bcubed_f > 0.9
