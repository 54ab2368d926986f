"""The thesis engine's own parts: training, similarity density, pruning, links, threshold."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from photoclust.clustering.avgae import AVGAE, TrainedAVGAE
from photoclust.clustering.density import denser, prune, similarity_density
from photoclust.clustering.estimator import Estimator, Training, gather, star_similarities, train
from photoclust.clustering.graph import SubGraphs, nearest_neighbours, side_by_side, sub_graphs
from photoclust.clustering.linkage import choose_threshold, links, merge_links, modularity
from photoclust.clustering.networks import MODELS
from photoclust.clustering.weights_file import Weights, read, save
from photoclust.core.errors import UserError
from photoclust.core.progress import Silent, Status


@pytest.fixture
def faces() -> np.ndarray:
    generator = np.random.default_rng(0)
    centres = generator.normal(size=(4, 24))
    vectors = np.repeat(centres, 10, axis=0) + 0.6 * generator.normal(size=(40, 24))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def graphs(faces: np.ndarray) -> SubGraphs:
    return sub_graphs(nearest_neighbours(faces, 20), 6, 5, 5)


def learned(
    faces: np.ndarray, graphs: SubGraphs, seed: int = 0, model: str = "avgae", centred: bool = False, **options: object
) -> Estimator:
    training = Training(**{"epochs": 1, "least_steps": 15, "batch": 16, **options})  # type: ignore[arg-type]
    noise = torch.Generator().manual_seed(seed)
    return train(faces, graphs, model=MODELS[model], centred=centred, training=training, noise=noise, progress=Silent(), phase="")


def stars(faces: np.ndarray, graphs: SubGraphs, **options: object) -> np.ndarray:
    estimator = learned(faces, graphs, **options)  # type: ignore[arg-type]
    return star_similarities(estimator, faces, graphs, batch=7, progress=Silent(), phase="")


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


@pytest.mark.parametrize(("model", "reconstruction"), [*((model, "mse") for model in MODELS), ("avgae", "bce")])
def test_the_latent_tells_links_within_a_person_from_links_between_persons(model: str, reconstruction: str) -> None:
    generator = np.random.default_rng(0)
    person = np.repeat(np.arange(12), 5)
    vectors = generator.normal(size=(12, 24))[person] + 0.5 * generator.normal(size=(60, 24))
    faces = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    neighbours = nearest_neighbours(faces, 20)
    star = stars(faces, sub_graphs(neighbours, 8, 3, 3), least_steps=60, model=model, reconstruction=reconstruction)
    same = person[neighbours.indices[:, :8]] == person[:, None]
    higher = star[same][:, None] > star[~same][None, :]
    assert higher.mean() > 0.75


@pytest.mark.parametrize("model", list(MODELS)[1:])
def test_every_model_learns_something_else(model: str, faces: np.ndarray, graphs: SubGraphs) -> None:
    assert not np.allclose(stars(faces, graphs, model="gae"), stars(faces, graphs, model=model), atol=1e-3)


def test_the_reconstruction_asked_for_is_learned(faces: np.ndarray, graphs: SubGraphs) -> None:
    squares, logs = (stars(faces, graphs, reconstruction=loss) for loss in ("mse", "bce"))
    assert not np.allclose(squares, logs, atol=1e-3)


def test_the_batch_of_inference_does_not_matter(faces: np.ndarray, graphs: SubGraphs) -> None:
    estimator = learned(faces, graphs, centred=True, least_steps=5)
    one, other = (star_similarities(estimator, faces, graphs, batch=size, progress=Silent(), phase="") for size in (40, 3))
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


SHORT = Training(epochs=1, least_steps=10, batch=16)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("prune", [True, False])
def test_what_was_learned_groups_as_the_engine_that_learned_it(model: str, prune: bool, faces: np.ndarray) -> None:
    engine = AVGAE(model=MODELS[model], prune=prune, training=SHORT)
    straight, trained = engine.fit_predict(faces, seed=3), engine.fit(faces, seed=3)
    np.testing.assert_array_equal(trained.fit_predict(faces).labels, straight.labels)
    assert (trained.density is not None) == prune


def test_without_pruning_there_is_one_estimator(faces: np.ndarray) -> None:
    told: set[str] = set()

    class Listening(Silent):
        def report(self, status: Status) -> None:
            told.add(status.phase)

    AVGAE(prune=False, training=SHORT).fit_predict(faces, progress=Listening())
    assert told == {"Comparing faces", "Linking faces"}
    AVGAE(training=SHORT).fit_predict(faces, progress=Listening())
    assert told == {"Comparing faces", "Linking faces", "Looking for similar faces"}


def test_what_was_learned_applies_to_other_faces_and_does_not_change(faces: np.ndarray) -> None:
    trained = AVGAE(training=SHORT).fit(faces[:24])
    before = {name: array.copy() for name, array in trained.linking.arrays.items()}
    one, other = (trained.fit_predict(faces[24:], seed=seed) for seed in (0, 1))
    np.testing.assert_array_equal(one.labels, other.labels)
    assert one.labels.shape == (16,)
    for name, array in trained.linking.arrays.items():
        np.testing.assert_array_equal(array, before[name])


def test_few_faces_are_grouped_by_what_was_learned_and_too_few_teach_nothing(faces: np.ndarray) -> None:
    trained = AVGAE(training=SHORT).fit(faces)
    for n in (0, 1, 2, 3):
        assert len(trained.fit_predict(faces[:n]).labels) == n
    with pytest.raises(UserError, match="two faces"):
        AVGAE().fit(faces[:1])


def test_vectors_of_another_length_are_refused(faces: np.ndarray) -> None:
    with pytest.raises(UserError, match="24 numbers, not 20"):
        AVGAE(training=SHORT).fit(faces).fit_predict(faces[:, :20])


@pytest.mark.parametrize("prune", [True, False])
def test_weights_come_back_from_their_file(prune: bool, faces: np.ndarray, tmp_path: Path) -> None:
    trained = AVGAE(h1=4, prune=prune, model=MODELS["vgae-simple"], training=SHORT).fit(faces)
    save(trained.weights(), tmp_path / "weights")
    weights = read(tmp_path / "weights", "avgae")
    again = TrainedAVGAE.of(weights)
    assert again.options == trained.options
    np.testing.assert_array_equal(again.links(faces).scores, trained.links(faces).scores)
    grouped = AVGAE(weights=weights).fit_predict(faces)
    np.testing.assert_array_equal(grouped.labels, trained.fit_predict(faces).labels)
    assert len(set(AVGAE(weights=weights, threshold=np.inf).fit_predict(faces).labels.tolist())) == len(faces)


def test_tensors_that_are_not_those_of_the_engine_are_refused(faces: np.ndarray) -> None:
    weights = AVGAE(training=SHORT).fit(faces).weights()
    without = {name: tensor for name, tensor in weights.tensors.items() if name != "linking/second.bias"}
    foreign = dict(weights.tensors) | {"layer": torch.zeros(3)}
    tensors = weights.tensors
    for wrong in (Weights(without, weights.card), Weights(foreign, weights.card), Weights(tensors, {"options": {"k": 3}})):
        with pytest.raises(UserError, match="not those of an AVGAE"):
            AVGAE(weights=wrong).fit_predict(faces)


def test_several_sets_are_learned_from_without_an_edge_between_them(faces: np.ndarray) -> None:
    parts = [(near := nearest_neighbours(part, 20), sub_graphs(near, 6, 5, 5)) for part in (faces[:24], faces[24:])]
    neighbours, graphs = side_by_side(parts)
    assert neighbours.indices.shape == (40, 15)
    assert (neighbours.indices[:24] < 24).all()
    assert (neighbours.indices[24:] >= 24).all()
    assert ((graphs.nodes[:24] < 24) & (graphs.nodes[24:].min() >= -1)).all()
    assert ((graphs.nodes[24:] >= 24) | (graphs.nodes[24:] == -1)).all()
    rows = np.arange(16)
    own = parts[1][1].adjacency(rows)
    np.testing.assert_array_equal(graphs.adjacency(rows + 24)[:, : own.shape[1], : own.shape[1]], own)
    alone, again = (AVGAE(training=SHORT).fit_sets([faces]), AVGAE(training=SHORT).fit(faces))
    np.testing.assert_array_equal(alone.links(faces).scores, again.links(faces).scores)
    assert AVGAE(training=SHORT).fit_sets([faces[:24], faces[24:]]).linking.width == 24
    with pytest.raises(UserError, match="more than 6 faces"):
        AVGAE(training=SHORT).fit_sets([faces, faces[:6]])
