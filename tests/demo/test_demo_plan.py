"""What the default album promises to contain, without drawing it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from photoclust.demo.person import cast, name_cast
from photoclust.demo.plan import AlbumPlan, plan_album
from photoclust.demo.shape import Pose


@pytest.fixture(scope="module")
def plan() -> AlbumPlan:
    return plan_album(80, 12, 0, (1600, 1200))


def test_the_same_seed_gives_the_same_plan(plan: AlbumPlan) -> None:
    assert plan_album(80, 12, 0, (1600, 1200)) == plan
    assert plan_album(80, 12, 1, (1600, 1200)) != plan


def test_all_eight_orientations_and_four_formats_are_there(plan: AlbumPlan) -> None:
    assert {p.orientation for p in plan.photos} == set(range(1, 9))
    assert {p.relpath.rsplit(".", 1)[1] for p in plan.photos} == {"jpg", "png", "webp", "heic"}
    assert sum(p.relpath.endswith("jpg") for p in plan.photos) > 60


def test_photos_show_nobody_one_person_or_up_to_six(plan: AlbumPlan) -> None:
    sizes = Counter(sum(not s.stranger for s in p.sitters) for p in plan.photos)
    assert set(sizes) == {0, 1, 2, 3, 4, 5, 6}
    assert any(p.still_life for p in plan.photos)
    assert any(not p.still_life and not p.sitters for p in plan.photos)


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_everybody_appears_often_and_some_much_more_often(seed: int) -> None:
    plan = plan_album(80, 12, seed, (1600, 1200))
    counts = Counter(s.person for p in plan.photos for s in p.sitters if not s.stranger)
    assert len(counts) == 12
    assert min(counts.values()) >= 5
    assert 15 <= max(counts.values()) <= 32
    assert max(counts.values()) >= 1.8 * min(counts.values())


def test_nobody_is_twice_in_a_photo_and_a_stranger_is_seen_once(plan: AlbumPlan) -> None:
    for photo in plan.photos:
        people = [s.person for s in photo.sitters]
        assert len(people) == len(set(people))
    strangers = Counter(s.person for p in plan.photos for s in p.sitters if s.stranger)
    assert len(strangers) >= 8
    assert set(strangers.values()) == {1}


def test_dates_span_years_and_an_event_is_one_day(plan: AlbumPlan) -> None:
    assert len({p.taken_at.year for p in plan.photos}) >= 6
    for folder in {p.relpath.rsplit("/", 1)[0] for p in plan.photos}:
        days = {p.taken_at.date() for p in plan.photos if p.relpath.startswith(folder + "/")}
        assert len(days) == 1


def test_clothes_stay_the_same_through_an_event(plan: AlbumPlan) -> None:
    worn: dict[tuple[str, str], set[int]] = {}
    for photo in plan.photos:
        for s in photo.sitters:
            worn.setdefault((photo.relpath.rsplit("/", 1)[0], s.person), set()).add(s.outfit_seed)
    assert all(len(seeds) == 1 for seeds in worn.values())


def test_the_cast_is_farther_apart_than_random_persons() -> None:
    looks = cast(12, 0)
    assert len({(look.skin, look.hair, look.style) for look in looks}) == 12
    assert len(set(name_cast(looks, 0))) == 12


def test_a_person_keeps_the_face_over_the_years_while_hair_greys() -> None:
    look = next(look for look in cast(20, 0) if look.age == "adult" and sum(look.hair) < 1)
    older = look.aged(13)
    assert (older.eye_gap, older.nose_y, older.mouth_wide, older.skin) == (look.eye_gap, look.nose_y, look.mouth_wide, look.skin)
    assert sum(older.hair) > sum(look.hair)


@pytest.mark.parametrize(("turn", "axis", "sign"), [(Pose(yaw=20), 0, 1), (Pose(yaw=-20), 0, -1), (Pose(pitch=20), 1, 1)])
def test_a_turn_moves_the_nose_where_it_says(turn: Pose, axis: int, sign: int) -> None:
    nose = turn.rotation() @ np.array([0, 0, 1], np.float32)
    assert np.sign(nose[axis]) == sign
    assert nose[2] > 0.9


def test_the_orientations_of_neighbouring_photos_vary(plan: AlbumPlan) -> None:
    assert sum(a.orientation != b.orientation for a, b in pairwise(plan.photos)) > 15
