"""What the classical engines find, each where it differs from the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoclust.clustering.baseline import Baseline, Sweep, alone, steps
from photoclust.clustering.baselines import DBSCAN, HAC, HDBSCAN, ChineseWhispers, CompleteHAC, SingleHAC
from photoclust.clustering.centres import AffinityPropagation, KMeans, MeanShift, Spectral
from photoclust.clustering.engine import NO_HINTS, SILENT, Embeddings
from photoclust.clustering.finch import FINCH, partitions
from photoclust.core.errors import UserError


def on_circle(*degrees: float) -> Embeddings:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def blobs(sizes: list[int], seed: int = 0) -> Embeddings:
    generator = np.random.default_rng(seed)
    centres = np.eye(len(sizes), 16)
    faces = np.repeat(centres, sizes, axis=0) + 0.05 * generator.normal(size=(sum(sizes), 16))
    return (faces / np.linalg.norm(faces, axis=1, keepdims=True)).astype(np.float32)


CHAIN = on_circle(0, 20, 40, 60)
NEAR = float(np.cos(np.radians(21)))  # each link of the chain is this alike, its ends are not


def test_a_chain_is_one_group_by_its_nearest_pairs_and_two_by_its_farthest() -> None:
    assert SingleHAC(similarity=NEAR).fit_predict(CHAIN).labels.tolist() == [0, 0, 0, 0]
    assert CompleteHAC(similarity=NEAR).fit_predict(CHAIN).labels.tolist() == [0, 0, 1, 1]


def test_average_linkage_joins_by_the_mean_over_the_pairs() -> None:
    faces = on_circle(0, 0, 50)
    between = float(np.cos(np.radians(50)))
    assert HAC(similarity=between - 0.01).fit_predict(faces).labels.tolist() == [0, 0, 0]
    assert HAC(similarity=between + 0.01).fit_predict(faces).labels.tolist() == [0, 0, 1]


def test_agglomeration_agrees_with_scikit_learn() -> None:
    from sklearn.cluster import AgglomerativeClustering

    generator = np.random.default_rng(4)
    faces = generator.normal(size=(60, 8)).astype(np.float32)
    faces /= np.linalg.norm(faces, axis=1, keepdims=True)
    for engine in (HAC(), SingleHAC(), CompleteHAC()):
        scikit = AgglomerativeClustering(
            n_clusters=None, metric="precomputed", linkage=engine.linkage, distance_threshold=1 - engine.similarity
        ).fit_predict(1 - faces @ faces.T)
        ours = engine.fit_predict(faces).labels
        assert len(set(zip(ours.tolist(), scikit.tolist(), strict=True))) == len(set(ours.tolist())) == len(set(scikit.tolist()))


def test_dbscan_leaves_a_face_without_enough_others_alone() -> None:
    faces = on_circle(0, 5, 10, 90, 95)
    assert DBSCAN(similarity=0.99, core=3).fit_predict(faces).labels.tolist() == [0, 0, 0, 1, 2]
    assert DBSCAN(similarity=0.99, core=2).fit_predict(faces).labels.tolist() == [0, 0, 0, 1, 1]


def test_hdbscan_makes_no_group_smaller_than_asked() -> None:
    faces = np.concatenate([blobs([9, 9, 3])])
    counts = np.bincount(HDBSCAN(smallest=5).fit_predict(faces).labels)
    assert sorted(counts.tolist()) == [1, 1, 1, 9, 9]


def test_whispers_follow_only_links_above_the_threshold() -> None:
    assert ChineseWhispers(similarity=NEAR).fit_predict(CHAIN[[0, 1, 3]]).labels.tolist() == [0, 0, 1]


@pytest.mark.parametrize("engine", [KMeans(persons=3), Spectral(persons=3)])
def test_a_given_number_of_persons_is_found(engine: Baseline[object]) -> None:
    assert engine.fit_predict(blobs([8, 5, 6])).labels.tolist() == [0] * 8 + [1] * 5 + [2] * 6


@pytest.mark.parametrize("engine", [KMeans(), Spectral()])
def test_without_a_number_as_many_persons_are_looked_for_as_finch_finds(engine: Baseline[object]) -> None:
    faces = blobs([8, 5, 6, 7])
    assert engine.fit_predict(faces).labels.max() == FINCH().fit_predict(faces).labels.max() == 3


def test_more_persons_than_faces_are_as_many_as_faces() -> None:
    assert KMeans(persons=50).fit_predict(on_circle(0, 40, 80)).labels.tolist() == [0, 1, 2]


def test_a_negative_number_of_persons_is_refused() -> None:
    with pytest.raises(UserError, match="-2 persons"):
        KMeans(persons=-2).fit_predict(CHAIN)


def test_the_reach_of_mean_shift_decides_what_is_one_peak() -> None:
    faces = blobs([6, 6])
    assert MeanShift(similarity=0.5).fit_predict(faces).labels.max() == 1
    assert MeanShift(similarity=-1.0).fit_predict(faces).labels.max() == 0


def test_the_less_willing_a_face_is_to_stand_for_others_the_fewer_groups_there_are() -> None:
    faces = blobs([10, 10, 10])
    groups = [AffinityPropagation(preference=p).fit_predict(faces).labels.max() + 1 for p in (-20.0, -0.5, 0.999)]
    assert groups[0] < groups[1] == 3 < groups[2]


def test_finch_joins_first_neighbours_level_by_level() -> None:
    faces = on_circle(0, 4, 90, 93, 180, 185)
    first, *_, last = partitions(faces)
    assert first.tolist() == [0, 0, 1, 1, 2, 2]
    assert last.max() == 0
    assert FINCH(level=1).fit_predict(faces).labels.tolist() == [0, 0, 1, 1, 2, 2]
    assert FINCH(level=99).fit_predict(faces).labels.max() == 0


def test_finch_leaves_first_neighbours_apart_that_are_not_alike_enough() -> None:
    faces = on_circle(0, 4, 90, 180, 185)
    assert FINCH(similarity=0.9).fit_predict(faces).labels.tolist() == [0, 0, 1, 2, 2]


ALL: list[Baseline[object]] = [HAC(), CompleteHAC(), Spectral(), MeanShift(), AffinityPropagation()]


@pytest.mark.parametrize("engine", ALL, ids=lambda engine: engine.name)
def test_more_faces_than_an_engine_can_group_are_refused_before_any_work(engine: Baseline[object]) -> None:
    too_many = np.broadcast_to(np.float32(1.0), (engine.most + 1, 1))
    with pytest.raises(UserError, match=f"“{engine.name}” groups at most {engine.most:,} faces.*there are {engine.most + 1:,}"):
        engine.fit_predict(too_many)


def test_noise_gets_groups_of_its_own() -> None:
    assert alone(np.array([-1, 3, -1, 3])).tolist() == [4, 3, 5, 3]
    assert alone(np.array([-1, -1])).tolist() == [1, 2]


def test_shares_of_the_faces_are_swept_as_whole_numbers_each_once() -> None:
    assert Sweep("persons", (0.5, 0.01, 0.02, 0.1), of_faces=True).settings(50) == [2, 5, 25]
    assert Sweep("similarity", steps(0.3, 0.5, 0.1)).settings(50) == [0.3, 0.4, 0.5]


def test_cutting_what_was_prepared_once_is_the_same_as_grouping_anew() -> None:
    faces = blobs([7, 5, 5], seed=2)
    prepared = HAC().prepare(faces, NO_HINTS, 0, SILENT)
    for similarity in (0.2, 0.9, 0.995):
        engine = replace(HAC(), similarity=similarity)
        cut = engine.cut(prepared, SILENT)
        again = engine.fit_predict(faces).labels
        assert len(set(zip(cut.tolist(), again.tolist(), strict=True))) == len(set(again.tolist())) == len(set(cut.tolist()))
