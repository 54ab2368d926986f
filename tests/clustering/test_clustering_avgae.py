"""The thesis engine's own parts: training, similarity density, pruning, links, threshold."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from photoclust.clustering.avgae import AVGAE
from photoclust.clustering.density import denser, prune, similarity_density
from photoclust.clustering.estimator import Training, gather, star_similarities, train
from photoclust.clustering.graph import SubGraphs, nearest_neighbours, sub_graphs
from photoclust.clustering.linkage import choose_threshold, links, merge_links, modularity
from photoclust.core.progress import Silent


@pytest.fixture
def faces() -> np.ndarray:
    generator = np.random.default_rng(0)
    centres = generator.normal(size=(4, 24))
    vectors = np.repeat(centres, 10, axis=0) + 0.6 * generator.normal(size=(40, 24))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def graphs(faces: np.ndarray) -> SubGraphs:
    return sub_graphs(nearest_neighbours(faces, 20), 6, 5, 5)


def stars(faces: np.ndarray, graphs: SubGraphs, seed: int = 0, **options: float) -> np.ndarray:
    training = Training(**{"epochs": 1, "least_steps": 15, "batch": 16, **options})  # type: ignore[arg-type]
    noise = torch.Generator().manual_seed(seed)
    encoder = train(faces, graphs, centred=False, training=training, noise=noise, progress=Silent(), phase="")
    return star_similarities(encoder, faces, graphs, centred=False, batch=7, progress=Silent(), phase="")


def test_features_keep_their_place_and_the_centre_is_taken_off_only_when_asked(faces: np.ndarray, graphs: SubGraphs) -> None:
    X, rows = torch.from_numpy(faces), np.array([3, 17])
    plain, centred = (gather(X, graphs, rows, centred=centred) for centred in (False, True))
    nodes = graphs.nodes[rows][:, : plain.A.shape[1]]
    torch.testing.assert_close(plain.X, X[nodes[nodes >= 0]])
    assert (centred.X[0] == 0).all()
    torch.testing.assert_close(centred.X[1], X[nodes[0, 1]] - X[3])
    assert plain.real.sum() == len(plain.X) == len(plain.place)


def test_the_global_state_of_torch_neither_counts_nor_changes(faces: np.ndarray, graphs: SubGraphs) -> None:
    torch.manual_seed(1)
    state = torch.get_rng_state()
    first = stars(faces, graphs)
    torch.testing.assert_close(torch.get_rng_state(), state)
    torch.manual_seed(2)
    np.testing.assert_array_equal(first, stars(faces, graphs))
    assert not np.array_equal(first, stars(faces, graphs, seed=1))


def test_the_latent_tells_links_within_a_person_from_links_between_persons() -> None:
    generator = np.random.default_rng(0)
    person = np.repeat(np.arange(12), 5)
    vectors = generator.normal(size=(12, 24))[person] + 0.5 * generator.normal(size=(60, 24))
    faces = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    neighbours = nearest_neighbours(faces, 20)
    star = stars(faces, sub_graphs(neighbours, 8, 3, 3), least_steps=60)
    same = person[neighbours.indices[:, :8]] == person[:, None]
    higher = star[same][:, None] > star[~same][None, :]
    assert higher.mean() > 0.75


def test_the_adversarial_term_changes_what_is_learned(faces: np.ndarray, graphs: SubGraphs) -> None:
    with_critic, without = stars(faces, graphs), stars(faces, graphs, adversarial=False)
    assert not np.allclose(with_critic, without, atol=1e-3)


def test_the_batch_of_inference_does_not_matter(faces: np.ndarray, graphs: SubGraphs) -> None:
    noise = torch.Generator().manual_seed(0)
    encoder = train(faces, graphs, centred=True, training=Training(1, 5, 16), noise=noise, progress=Silent(), phase="")
    one, other = (
        star_similarities(encoder, faces, graphs, centred=True, batch=size, progress=Silent(), phase="") for size in (40, 3)
    )
    np.testing.assert_allclose(one, other, atol=1e-5)


def test_density_is_the_mean_product_and_only_denser_neighbours_stay() -> None:
    density = similarity_density(np.array([[1.0, 3.0], [4.0, 4.0], [0.0, 2.0]], np.float32))
    assert density.tolist() == [2, 4, 1]
    assert denser(density, np.array([[1, 2], [0, 2], [0, 1]])).tolist() == [[True, False], [False, False], [True, True]]


def test_pruning_takes_edges_of_the_centre_both_ways_and_no_others(faces: np.ndarray, graphs: SubGraphs) -> None:
    kept = np.ones((40, 6), bool)
    kept[:, [0, 2]] = False
    before, after = graphs.adjacency(np.arange(40)), prune(graphs, kept).adjacency(np.arange(40))
    for place in range(before.shape[1]):
        if place in (1, 3):
            assert before[:, 0, place].any()
            assert not after[:, 0, place].any()
            assert not after[:, place, 0].any()
        else:
            np.testing.assert_array_equal(after[:, 0, place], before[:, 0, place])
    np.testing.assert_array_equal(after[:, 1:, 1:], before[:, 1:, 1:])


def test_links_above_the_threshold_join() -> None:
    pairs = links(np.array([[1, 2], [0, 2], [3, 0], [2, 1]]), np.array([[1, 0], [0, 1], [1, 0], [0, 0]], bool))
    assert pairs.tolist() == [[0, 1], [1, 2], [2, 3]]
    assert merge_links(4, pairs, np.array([0.9, 0.2, 0.7], np.float32), 0.5).tolist() == [0, 0, 1, 1]


def test_modularity_by_hand() -> None:
    # two pairs of faces, joined by a weak edge: 2 · (1/2.5 − (2.5/5)²)
    edges, weights = np.array([[0, 1], [2, 3], [1, 2]]), np.array([1.0, 1.0, 0.5])
    degree = np.array([1.0, 1.5, 1.5, 1.0])
    assert modularity(np.array([0, 0, 1, 1]), edges, weights, degree) == pytest.approx(0.8 - 0.5)
    assert modularity(np.zeros(4, np.int64), edges, weights, degree) == pytest.approx(0.0)


def test_the_threshold_is_chosen_between_right_and_wrong_links(faces: np.ndarray) -> None:
    neighbours = nearest_neighbours(faces, 15)
    kept = np.ones((40, 15), bool)
    pairs = links(neighbours.indices, kept)
    person = np.arange(40) // 10
    same = person[pairs[:, 0]] == person[pairs[:, 1]]
    scores = np.where(same, 0.8, 0.3).astype(np.float32)
    threshold = choose_threshold(neighbours, pairs, scores)
    assert 0.3 <= threshold < 0.8


def test_a_given_threshold_is_used() -> None:
    faces = np.eye(12, dtype=np.float32)
    training = Training(epochs=1, least_steps=2)
    joined = AVGAE(prune=False, threshold=-np.inf, training=training).fit_predict(faces).labels
    apart = AVGAE(prune=False, threshold=np.inf, training=training).fit_predict(faces).labels
    assert joined.max() < 11
    assert apart.max() == 11
