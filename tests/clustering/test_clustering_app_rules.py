"""The rules of other apps, each on faces for which its description says what must come out."""

from __future__ import annotations

import numpy as np

from photoclust.clustering.app_rules import Ente, FaceRecognition, Immich, LibrePhotos, PhotoPrism
from photoclust.clustering.engine import Embeddings, Hints


def on_circle(*degrees: float) -> Embeddings:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def cosine(degrees: float) -> float:
    return float(np.cos(np.radians(degrees)))


REACH = cosine(10.5)


def test_immich_founds_a_person_only_where_three_faces_are_in_reach() -> None:
    faces = on_circle(0, 10, 20, 90, 100, 200)
    labels = Immich(similarity=REACH).fit_predict(faces).labels
    assert labels.tolist() == [0, 0, 0, 1, 2, 3], "the two at 90° and 100° are no person, nor is the one at 200°"


def test_in_immich_a_face_that_had_to_wait_joins_its_nearest_person() -> None:
    faces = on_circle(30, 0, 10, 20)  # the first is on the edge of a person who is founded later
    assert Immich(similarity=REACH).fit_predict(faces).labels.tolist() == [0, 0, 0, 0]


def test_in_immich_the_order_decides_who_a_face_between_two_persons_belongs_to() -> None:
    between = [0, 1, 2, 20, 21, 22, 11.3]
    labels = Immich(similarity=cosine(9.5)).fit_predict(on_circle(*between)).labels
    assert labels.tolist() == [0, 0, 0, 1, 1, 1, 1], "asked last, it joins the nearer one and the persons stay two"
    first = Immich(similarity=cosine(11.5)).fit_predict(on_circle(11.3, *between[:-1])).labels
    assert len(set(first.tolist())) == 1, "asked first, it founds the person whom both sides then join"


def test_photoprism_groups_nobody_before_there_are_eight_faces() -> None:
    alike = on_circle(*np.linspace(0, 6, 7))
    assert PhotoPrism().fit_predict(alike).labels.max() == 6
    assert PhotoPrism().fit_predict(on_circle(*np.linspace(0, 7, 8))).labels.max() == 0


def test_photoprism_matches_other_faces_within_the_radius_and_the_offset_of_a_core() -> None:
    core = np.linspace(0, 4, 9)  # the middle is at 2°, the radius hardly 2°, the offset of 0.35 about 20°
    labels = PhotoPrism(reach=0.05).fit_predict(on_circle(*core, 22, 30)).labels
    assert labels.tolist() == [0] * 9 + [0, 1]


def test_photoprism_leaves_a_face_between_two_cores_to_nobody() -> None:
    cores = [*np.linspace(0, 4, 9), *np.linspace(30, 34, 9)]
    labels = PhotoPrism(reach=0.05).fit_predict(on_circle(*cores, 17, 15)).labels
    assert labels.tolist() == [0] * 9 + [1] * 9 + [2, 0]


def test_photoprism_groups_a_core_that_is_too_wide_again_with_less_reach() -> None:
    left, right = np.linspace(0, 20, 41), np.linspace(100, 120, 41)
    bridge = np.arange(20.64, 100, 0.64)  # a chain just dense enough for the full reach
    faces = on_circle(*left, *bridge, *right)
    labels = PhotoPrism(reach=float(np.radians(1.33))).fit_predict(faces).labels
    assert labels[0] != labels[-1]
    assert len(set(labels[:41].tolist())) == 1


def test_librephotos_asks_for_larger_groups_in_larger_libraries() -> None:
    generator = np.random.default_rng(0)
    strangers = generator.normal(size=(1_100, 32))
    faces = np.concatenate([np.repeat(strangers[:100], 3, axis=0), np.repeat(strangers[100:110], 9, axis=0), strangers[110:]])
    faces = (faces + 0.01 * generator.normal(size=faces.shape)).astype(np.float32)
    faces /= np.linalg.norm(faces, axis=1, keepdims=True)
    few, many = faces[:390], faces
    assert np.bincount(LibrePhotos().fit_predict(few).labels)[:100].tolist() == [3] * 100
    sizes = np.bincount(LibrePhotos().fit_predict(many).labels)
    assert not ((sizes == 2) | (sizes == 3)).any(), "above a thousand faces a group has at least four"


def test_in_ente_a_face_joins_its_nearest_among_the_newer_ones() -> None:
    faces = on_circle(0, 30, 16, 44)
    engine = Ente(similarity=cosine(17), enough=1.0)
    assert engine.fit_predict(faces).labels.tolist() == [0, 1, 1, 1], "16° is nearer to 30° than to 0°; 44° follows"


def test_in_ente_time_runs_from_the_newest_face_to_the_oldest() -> None:
    faces = on_circle(0, 20, 10)
    engine = Ente(similarity=cosine(11), enough=1.0)
    assert engine.fit_predict(faces).labels.tolist() == [0, 1, 1]
    oldest_between = Hints(taken_at=np.array([3.0, 2.0, 1.0]))
    newest_between = Hints(taken_at=np.array([2.0, 1.0, 3.0]))
    unknown_between = Hints(taken_at=np.array([3.0, 2.0, np.nan]))
    assert engine.fit_predict(faces, hints=oldest_between).labels.max() == 1
    assert engine.fit_predict(faces, hints=newest_between).labels.max() == 0, "both others find it"
    assert engine.fit_predict(faces, hints=unknown_between).labels.max() == 1, "no time counts as oldest"


def test_in_ente_a_bad_neighbour_must_be_more_alike() -> None:
    faces = on_circle(0, 40)
    engine = Ente(similarity=cosine(41))
    assert engine.fit_predict(faces).labels.tolist() == [0, 0]
    assert engine.fit_predict(faces, hints=Hints(quality=np.array([0.1, 0.9], np.float32))).labels.tolist() == [0, 1]
    assert engine.fit_predict(faces, hints=Hints(quality=np.array([0.9, 0.1], np.float32))).labels.tolist() == [0, 0]


def test_in_ente_the_first_neighbour_that_is_alike_enough_ends_the_search() -> None:
    faces = on_circle(5, 25, 12)  # 12° is nearer to 5°, but 25° comes first on the way back
    near = Ente(similarity=cosine(15), enough=1.0).fit_predict(faces).labels
    early = Ente(similarity=cosine(15), enough=cosine(14)).fit_predict(faces).labels
    assert near.tolist() == [0, 1, 0]
    assert early.tolist() == [0, 1, 1]


def test_ente_links_batches_through_the_faces_that_they_share() -> None:
    faces = np.tile(on_circle(0, 90), (10, 1))
    batched = Ente(batch=8, advance=6).fit_predict(faces).labels
    np.testing.assert_array_equal(batched, Ente().fit_predict(faces).labels)
    assert batched.max() == 1
    apart = Ente(batch=6, advance=6).fit_predict(faces).labels
    assert apart.max() > 1, "without an overlap every batch begins anew"


def test_facerecognition_hears_every_link_equally_loud() -> None:
    faces = on_circle(0, 12, 14, 26)
    labels = FaceRecognition(similarity=cosine(15)).fit_predict(faces).labels
    assert labels.max() == 0
    assert FaceRecognition(similarity=cosine(11)).fit_predict(faces).labels.tolist() == [0, 1, 1, 2]
