"""The album engine's parts: strangers, evidence of edges, whispers."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from photoclust.clustering.confidence import confidence
from photoclust.clustering.evidence import FEATURES, LinkEstimator, edge_features, weigh_edges
from photoclust.clustering.graph import nearest_neighbours, undirected
from photoclust.clustering.impostors import estimate_impostors
from photoclust.clustering.whispers import pairs_within, whisper


def persons(sizes: list[int], spread: float, d: int = 64, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    vectors = generator.normal(size=(len(sizes), d))[truth] + spread * generator.normal(size=(len(truth), d))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), truth


def test_strangers_are_measured_on_the_album_itself_whatever_part_of_it_is_one_person() -> None:
    faces, truth = persons([1] * 400 + [40] * 3, 0.3)
    cosines = (faces @ faces.T)[truth[:, None] != truth[None, :]]
    found = estimate_impostors(faces)
    assert found.mean == pytest.approx(float(cosines.mean()), abs=0.02)
    assert found.spread == pytest.approx(float(cosines.std()), abs=0.02)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_without_strangers_their_usual_similarity_is_taken(n: int) -> None:
    found = estimate_impostors(np.ones((n, 1), np.float32))
    assert found.mean == pytest.approx(0.09, abs=0.01)
    assert found.spread == pytest.approx(0.09, abs=0.01)


def test_both_ends_of_an_edge_tell_the_same() -> None:
    faces, _ = persons([6, 5, 4, 1, 1], 0.6)
    neighbours = nearest_neighbours(faces, 10)
    pairs, _ = undirected(neighbours)
    there = edge_features(faces, neighbours, pairs)
    back = edge_features(faces, neighbours, pairs[:, ::-1])
    assert there.shape == (len(pairs), len(FEATURES))
    np.testing.assert_allclose(there, back, rtol=1e-4, atol=1e-4)


def test_jaccard_and_rank_by_hand() -> None:
    angle = np.radians([0, 1, 3, 90, 91.5])
    faces = np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)
    neighbours = nearest_neighbours(faces, 2)
    features = edge_features(faces, neighbours, np.array([[0, 1], [2, 3]]))
    told = {name: features[:, column] for column, name in enumerate(FEATURES)}
    assert told["jac8"].tolist() == pytest.approx([1.0, 1 / 5])  # {0 1 2} and {0 1 2}; {0 1 2} and {2 3 4}
    assert told["rank_lo"][0] == told["rank_hi"][0] == 0.0
    assert np.exp(told["rank_hi"][1]) == pytest.approx(4.0)  # 3 is not among the two of 2
    assert np.exp(told["rank_lo"][1]) == pytest.approx(2.0)


def test_edges_within_a_person_have_higher_odds_than_edges_between() -> None:
    faces, truth = persons([12] * 8 + [1] * 10, 0.7)
    evidence = weigh_edges(faces, nearest_neighbours(faces, 40), LinkEstimator.shipped(), seed=0)
    same = truth[evidence.pairs[:, 0]] == truth[evidence.pairs[:, 1]]
    assert np.quantile(evidence.log_odds[same], 0.05) > np.quantile(evidence.log_odds[~same], 0.95)
    assert np.abs(evidence.log_odds).max() <= 8


def test_the_shipped_weights_fit_the_features_and_are_small() -> None:
    estimator = LinkEstimator.shipped()
    assert estimator.weights[0].shape[0] == len(estimator.mean) == len(estimator.spread) == len(FEATURES)
    assert (files("photoclust.clustering") / "weights" / "links.npz").stat().st_size < 2_000_000  # type: ignore[attr-defined]


def test_the_estimator_is_a_perceptron() -> None:
    weights = (np.array([[1.0], [-1.0]], np.float32), np.array([[2.0]], np.float32))
    biases = (np.array([0.5], np.float32), np.array([-1.0], np.float32))
    estimator = LinkEstimator(np.zeros(2, np.float32), np.ones(2, np.float32), weights, biases)
    assert estimator.log_odds(np.array([[1, 0], [0, 1]], np.float32)).tolist() == [2.0, -1.0]


def test_whispers_join_what_is_linked_and_leave_alone_what_is_not() -> None:
    labels = whisper(6, np.array([[0, 1], [1, 2], [0, 2], [3, 4]]), np.ones(4), rounds=20, seed=0)
    assert labels[0] == labels[1] == labels[2]
    assert labels[3] == labels[4] != labels[0]
    assert labels[5] not in labels[:5]


def test_a_voice_against_keeps_two_faces_apart() -> None:
    pairs, weights = np.array([[0, 1], [0, 2], [1, 2]]), np.array([1.0, 3.0, -9.0])
    labels = whisper(3, pairs, weights, rounds=20, seed=0)
    assert labels[0] == labels[2] != labels[1]


def test_pairs_within_are_all_pairs_of_equal_numbers() -> None:
    found = {tuple(sorted(pair)) for pair in pairs_within(np.array([7, 3, 7, 7, 5])).tolist()}
    assert found == {(0, 2), (0, 3), (2, 3)}
    assert pairs_within(np.empty(0, np.int64)).shape == (0, 2)


def test_confidence_is_high_inside_and_a_half_on_the_border() -> None:
    angle = np.radians([0, 0, 90, 90, 45])
    faces = np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)
    found = confidence(np.array([0, 0, 1, 1, 1]), faces)
    assert found[0] > 0.8
    assert found[4] == pytest.approx(0.5, abs=0.01)


def test_a_face_alone_is_the_surer_the_more_are_alone_and_the_farther_the_next_group_is() -> None:
    faces = np.eye(40, dtype=np.float32)
    pairs = np.arange(40) // 2
    faces[1::2] = 0.8 * faces[::2] + 0.6 * faces[1::2]
    few, many = pairs.copy(), pairs.copy()
    few[0], few[1] = 20, 0
    many[:20] = np.arange(20) + 20
    numbered = [np.unique(labels, return_inverse=True)[1] for labels in (few, many)]
    torn_among_few, torn_among_many = (confidence(labels, faces)[0] for labels in numbered)
    assert torn_among_few < torn_among_many
    far = faces.copy()
    far[0] = -faces.sum(0) / np.linalg.norm(faces.sum(0))
    assert confidence(numbered[0], far)[0] > torn_among_few


def test_nobody_beside_leaves_no_doubt_and_nothing_no_answer() -> None:
    faces = np.eye(3, dtype=np.float32)
    assert (confidence(np.arange(3), faces) > 0.95).all()
    assert confidence(np.zeros(1, np.int64), faces[:1]) > 0.95
    assert confidence(np.empty(0, np.int64), faces[:0]).shape == (0,)


def test_edges_judged_in_small_blocks_are_judged_alike_and_those_of_no_use_left_out() -> None:
    generator = np.random.default_rng(5)
    vectors = generator.normal(size=(20, 64))[np.arange(300) % 20] + generator.normal(size=(300, 64))
    faces = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    neighbours, estimator = nearest_neighbours(faces, 40), LinkEstimator.shipped()
    whole = weigh_edges(faces, neighbours, estimator, 0)
    blocks = weigh_edges(faces, neighbours, estimator, 0, block=97)
    assert (whole.pairs == blocks.pairs).all()
    np.testing.assert_allclose(whole.log_odds, blocks.log_odds, atol=1e-4)
    assert (whole.pairs == undirected(neighbours)[0]).all()
    useful = weigh_edges(faces, neighbours, estimator, 0, least=-1.0)
    assert (useful.pairs == whole.pairs[whole.log_odds >= -1.0]).all()
    assert 0 < len(useful.pairs) < len(whole.pairs)


def test_what_counts_is_how_much_better_a_face_is_than_the_albums_others() -> None:
    faces, _ = persons([6, 5, 4, 1, 1], 0.6)
    neighbours = nearest_neighbours(faces, 10)
    pairs, _ = undirected(neighbours)
    quality = np.linspace(0.2, 0.8, len(faces)).astype(np.float32)

    def told(quality: np.ndarray | None) -> np.ndarray:
        return edge_features(faces, neighbours, pairs, quality=quality)

    better = told(quality)
    low, high = (better[:, FEATURES.index(name)] for name in ("quality_lo", "quality_hi"))
    np.testing.assert_allclose(low, quality[pairs].min(1) - 0.5, atol=1e-6)
    np.testing.assert_allclose(high, quality[pairs].max(1) - 0.5, atol=1e-6)
    np.testing.assert_allclose(told(quality + 0.1), better, atol=1e-6)
    unknown = told(None)
    assert np.isnan(unknown[:, FEATURES.index("quality_lo")]).all()
    assert np.isfinite(LinkEstimator.shipped().log_odds(unknown)).all(), "links can do without it"


def test_how_good_faces_are_moves_the_odds_of_their_links() -> None:
    faces, _ = persons([30] * 10, 0.8)
    neighbours = nearest_neighbours(faces, 40)
    pairs, _ = undirected(neighbours)
    even = np.arange(len(faces)) % 2 == 0
    one, other = (
        LinkEstimator.shipped().log_odds(edge_features(faces, neighbours, pairs, quality=quality))
        for quality in (np.where(even, np.float32(0.8), np.float32(0.3)), np.where(even, np.float32(0.3), np.float32(0.8)))
    )
    within = even[pairs[:, 0]] == even[pairs[:, 1]]
    assert np.abs(one - other)[within].mean() > 0.2
