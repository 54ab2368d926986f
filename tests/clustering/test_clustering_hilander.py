"""Hi-LANDER: its formulas by hand, its hierarchy, and that it learns."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Generator

from photoclust.clustering.engine import Constraints, Embeddings, Ints
from photoclust.clustering.graph import nearest_neighbours
from photoclust.clustering.hierarchy import (
    Hierarchy,
    LevelGraph,
    aggregate,
    choose_edges,
    density,
    grow,
    node_features,
)
from photoclust.clustering.hilander import HiLander, divide, examples, turned
from photoclust.clustering.hilander_network import GraphAttention, Lander, Shape, loss, true_density
from photoclust.clustering.learning import Labelled, Learner
from photoclust.clustering.measures import measure
from photoclust.clustering.weights_file import Weights
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent, Status

SMALL = HiLander(k=6, heads=2, head_width=8, hidden=16, parts=1, epochs=12)


def unit(vectors: np.ndarray) -> Embeddings:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def planted(persons: int, seed: int, *, faces: int = 12, spread: float = 0.7, d: int = 16) -> Labelled:
    """Persons whose faces are `spread` away from their middle."""
    generator = np.random.default_rng(seed)
    middles = unit(generator.normal(size=(persons, d)))
    truth = np.repeat(np.arange(persons), faces)
    noise = generator.normal(size=(len(truth), d)) * spread / math.sqrt(d)
    return Labelled(f"planted {seed}", unit(middles[truth] + noise), truth)


def on_a_circle(*degrees: float) -> Embeddings:
    angle = np.radians(degrees)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)


def alike_is_probable(graph: LevelGraph) -> np.ndarray:
    """p = (1 + cosine) / 2, so that levels can be followed by hand."""
    return ((1 + graph.neighbours.similarities) / 2).astype(np.float32)


def test_density_is_the_mean_of_similarities_signed_by_how_probable_the_links_are() -> None:
    p = np.array([[1.0, 0.0], [0.75, 0.5]], np.float32)
    similarities = np.array([[0.8, 0.5], [0.6, 0.4]], np.float32)
    # node 0: (1·0.8 − 1·0.5) / 2; node 1: (0.5·0.6 + 0·0.4) / 2
    np.testing.assert_allclose(density(p, similarities), [0.15, 0.15], atol=1e-6)
    same = torch.tensor([[1.0, 0.0], [1.0, 1.0]])
    torch.testing.assert_close(true_density(same, torch.from_numpy(similarities)), torch.tensor([0.15, 0.5]))


def test_a_node_joins_the_most_probable_neighbour_that_is_at_least_as_dense() -> None:
    neighbours = np.array([[1, 2], [0, 2], [0, 1], [0, 1]])
    dense = np.array([0.2, 0.5, 0.3, 0.1], np.float32)
    p = np.array([[0.85, 0.9], [0.99, 0.99], [0.95, 0.7], [0.9, 0.9]], np.float32)
    edges, probable = choose_edges(p, dense, neighbours, 0.8)
    # 0: both are denser, 2 is more probable; 1 is the densest: a peak; 2: the dense 1 is too improbable, 0 not dense enough;
    # 3: of equals the first, which is the most similar
    assert edges.tolist() == [[0, 2], [3, 0]]
    np.testing.assert_allclose(probable, [0.9, 0.9])
    assert choose_edges(p, dense, neighbours, 0.7)[0].tolist() == [[0, 2], [2, 1], [3, 0]]


def test_a_super_node_has_the_feature_of_its_densest_node_and_the_mean_of_all() -> None:
    own = on_a_circle(0, 90, 45)
    peaks, peak, mean = aggregate(np.array([7, 8, 9]), own, np.array([0.1, 0.3, 0.2], np.float32), np.array([0, 0, 1]))
    assert peaks.tolist() == [8, 9]
    np.testing.assert_allclose(peak, on_a_circle(90, 45), atol=1e-6)
    np.testing.assert_allclose(mean, on_a_circle(45, 45), atol=1e-6)


def test_both_features_side_by_side_are_as_alike_as_they_are_on_average() -> None:
    peak, mean = on_a_circle(0, 60), on_a_circle(0, 90)
    both = node_features("both", peak, mean)
    assert both[0] @ both[1] == pytest.approx((0.5 + 0.0) / 2, abs=1e-6)
    assert np.linalg.norm(both, axis=1) == pytest.approx(1.0)


def test_attention_is_the_softmax_over_a_node_and_its_neighbours() -> None:
    layer = GraphAttention(2, Shape(heads=1, width=2), Generator().manual_seed(0))
    H = torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])
    found = layer(H, torch.tensor([[1], [2], [1]]))[0]
    V = math.sqrt(2) * H @ layer.weight
    of_i, of_j = layer.score[0, 0], layer.score[1, 0]
    e = [torch.nn.functional.leaky_relu(V[0] @ of_i + V[j] @ of_j, 0.2) for j in (0, 1)]
    alpha = torch.stack(e).softmax(0)
    torch.testing.assert_close(found, torch.nn.functional.elu(alpha[0] * V[0] + alpha[1] * V[1]))


def test_the_paper_s_edge_is_both_ends_side_by_side_in_a_perceptron_of_two_layers() -> None:
    network = Lander(2, Shape(heads=1, width=3, hidden=4, pairing="concat"), Generator().manual_seed(1))
    H, neighbours = torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]]), torch.tensor([[1, 2], [2, 0], [1, 0]])
    encoded = network.encoder(H, neighbours)
    pair = torch.cat([encoded[1], encoded[0]])  # node 1 and its second neighbour
    hidden = torch.nn.functional.prelu(pair @ network.ends.flatten(0, 1) + network.bias, network.slope.view(1))
    found = network(H, neighbours, torch.zeros(3, 2))
    torch.testing.assert_close(found[1, 1], hidden @ network.out + network.out_bias)


def test_products_settle_at_mean_0_and_spread_1_over_the_edges_learned_from() -> None:
    (level, *_) = examples(planted(6, 0), 4, "mean")
    network = Lander(16, Shape(2, 8, 16), Generator().manual_seed(1))
    graph = (level.features, level.neighbours, level.similarities)
    network.settle([graph])
    told = network._products(network.encoder(level.features, level.neighbours), *graph[1:], torch.arange(len(level.features)))
    settled = ((told - network.middle) / network.spread).flatten(0, 1)
    torch.testing.assert_close(settled.mean(0), torch.zeros(13), atol=1e-4, rtol=0)
    torch.testing.assert_close(settled.square().mean(0), torch.ones(13), atol=1e-3, rtol=0)


def test_turning_keeps_all_products_of_either_feature() -> None:
    faces = torch.from_numpy(planted(3, 0).embeddings)
    both = torch.cat([faces, faces.flip(0)], dim=1)
    found = turned(both, 16, Generator().manual_seed(0))
    torch.testing.assert_close(found[:, :16] @ found[:, 16:].T, faces @ faces.flip(0).T)
    assert not torch.allclose(found, both, atol=0.1)


def test_small_libraries_have_whole_persons_and_all_of_them() -> None:
    album = planted(20, 0)
    parts = divide(album, 4, 0)
    assert [len(np.unique(part.persons)) for part in parts] == [10, 10]
    assert sorted(np.concatenate([part.persons for part in parts]).tolist()) == album.persons.tolist()
    assert divide(planted(15, 0), 4, 0) == []


def test_many_nodes_give_what_they_give_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    faces = planted(5, 0).embeddings
    found = nearest_neighbours(faces, 4)
    told = [torch.from_numpy(array) for array in (faces, found.indices, found.similarities)]
    network = Lander(16, Shape(2, 8, 16), Generator().manual_seed(1))
    whole = network(*told)
    monkeypatch.setattr("photoclust.clustering.hilander_network._ROWS", 7)
    torch.testing.assert_close(network(*told), whole)


def test_the_loss_counts_edges_to_denser_nodes_and_the_squared_error_of_density() -> None:
    same = torch.tensor([[1.0], [0.0]])
    similarities = torch.tensor([[0.6], [0.6]])
    neighbours = torch.tensor([[1], [0]])
    # d = 0.6 and −0.6: only the edge 1 → 0 leads upward; p = ½ everywhere, so d̂ = 0
    expected = math.log(2) / 2 + 0.6**2
    assert float(loss(torch.zeros(2, 1, 2), same, similarities, neighbours)) == pytest.approx(expected)


def test_levels_are_joined_until_no_link_is_added() -> None:
    # two close pairs, whose middles are 30° apart: p = 0.93; and one far away
    faces = on_a_circle(0, 10, 30, 41, 180)
    found = grow(faces, alike_is_probable, k=1, thresholds=(0.92,), feature="mean")
    assert [level.labels.tolist() for level in found.levels] == [[0, 0, 1, 1, 2], [0, 0, 0, 0, 1]]
    assert found.cut().tolist() == [0, 0, 0, 0, 1]
    assert found.cut(0).tolist() == [0, 1, 2, 3, 4]
    assert found.cut(1).tolist() == [0, 0, 1, 1, 2]
    assert len(found.levels[0].peaks) == 3
    assert found.levels[0].peaks[2] == 4
    assert len(found.levels[1].edges) in {1, 2}


def test_the_peak_of_every_group_is_one_of_its_faces() -> None:
    found = grow(planted(6, 3).embeddings, alike_is_probable, k=3, thresholds=(0.8, 0.6))
    assert len(found.levels) > 2
    for level in found.levels:
        assert level.labels[level.peaks].tolist() == list(range(len(level.peaks)))
        assert (level.p >= level.threshold).all()


def coarser(fine: Ints, coarse: Ints) -> bool:
    """Whether every group of one is within a group of the other."""
    return all(len(set(coarse[fine == group].tolist())) == 1 for group in set(fine.tolist()))


def test_a_hierarchy_can_be_cut_anywhere_and_finer_cuts_are_parts_of_coarser_ones() -> None:
    found = grow(planted(6, 4).embeddings, alike_is_probable, k=3, thresholds=(0.8, 0.7, 0.6, 0.5))
    cuts = [found.cut(threshold=threshold) for threshold in (1.1, 0.9, 0.8, 0.7, 0.6, 0.5)]
    assert len(set(cuts[0].tolist())) == found.faces
    assert all(coarser(fine, coarse) for fine, coarse in itertools.pairwise(cuts))
    assert len({len(set(cut.tolist())) for cut in cuts}) > 3
    own = max(number for number, level in enumerate(found.levels, start=1) if level.threshold == 0.8)
    np.testing.assert_array_equal(found.cut(own), found.cut())
    np.testing.assert_array_equal(found.cut(len(found.levels)), found.cut(threshold=0.5))


def test_a_cut_that_there_is_not_is_refused() -> None:
    found = Hierarchy(3, 0.8, ())
    assert found.cut().tolist() == [0, 1, 2]
    with pytest.raises(UserError, match="no level 1"):
        found.cut(1)
    with pytest.raises(UserError, match="not at both"):
        found.cut(0, threshold=0.5)


def test_stopping_early_leaves_out_late_levels_only() -> None:
    def nearest_alone(graph: LevelGraph) -> np.ndarray:
        return np.tile(np.array([1, 0, 0], np.float32), (len(graph.features), 1))[:, : graph.neighbours.k]

    faces = planted(20, 4).embeddings
    whole = grow(faces, nearest_alone, k=3, thresholds=(0.7,))
    early = grow(faces, nearest_alone, k=3, thresholds=(0.7,), early_stop=True)
    assert 2 <= len(early.levels) < len(whole.levels)
    for one, other in zip(early.levels, whole.levels, strict=False):
        np.testing.assert_array_equal(one.labels, other.labels)
    assert len(early.levels[-1].p) > len(early.levels[-2].p) / 3


def test_the_levels_to_learn_from_are_what_the_truth_joins() -> None:
    album = planted(6, 5)
    levels = examples(album, 5, "peak")
    assert len(levels[0].features) == 72
    assert len(levels) > 1
    sizes = [len(level.features) for level in levels]
    assert sizes == sorted(sizes, reverse=True)
    first = nearest_neighbours(album.embeddings, 5).indices
    expected = album.persons[:, None] == album.persons[first]
    np.testing.assert_array_equal(levels[0].same.numpy() == 1, expected)


def learn(engine: HiLander, albums: list[Labelled], validation: list[Labelled], epochs: int, seed: int = 0) -> Weights:
    course = engine.begin(albums, seed)
    for number in range(epochs):
        course.epoch(Generator().manual_seed(1000 * seed + number), Silent())
    return course.weights(validation)


def test_learning_learns() -> None:
    engine = SMALL
    albums, validation, unseen = [planted(20, seed) for seed in (0, 1, 2)], [planted(10, 9)], planted(20, 77)
    scores = []
    for epochs in (0, 12):
        learned = engine.with_weights(learn(engine, albums, validation, epochs))
        scores.append(measure(unseen.persons, learned.fit_predict(unseen.embeddings).labels).bcubed_f)
    chance = measure(unseen.persons, np.random.default_rng(0).permutation(unseen.persons)).bcubed_f
    assert scores[1] > 0.7 > chance
    assert scores[1] > scores[0] + 0.1


def test_a_resumed_training_ends_where_an_uninterrupted_one_does() -> None:
    engine, albums = replace(SMALL, k=4), [planted(5, 0), planted(4, 1)]
    straight = engine.begin(albums, 3)
    stopped = engine.begin(albums, 3)
    for number in range(3):
        straight.epoch(Generator().manual_seed(number), Silent())
        stopped.epoch(Generator().manual_seed(number), Silent())
    resumed = engine.begin(albums, 8)
    resumed.network.load_state_dict(stopped.network.state_dict())
    resumed.optimiser.load_state_dict(stopped.optimiser.state_dict())
    resumed.schedule.load_state_dict(stopped.schedule.state_dict())
    for course in (straight, resumed):
        for number in (3, 4):
            course.epoch(Generator().manual_seed(number), Silent())
    one, other = straight.weights(albums), resumed.weights(albums)
    assert one.card == other.card
    for name, tensor in one.tensors.items():
        assert torch.equal(tensor, other.tensors[name]), name


def test_of_nearly_equal_thresholds_the_largest_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = {0.2: 0.7, 0.3: 0.8, 0.4: 0.905, 0.5: 0.9, 0.6: 0.896, 0.7: 0.894, 0.8: 0.6, 0.9: 0.1}
    monkeypatch.setattr("photoclust.clustering.hilander._score", lambda _engine, _linked, _album, threshold: scores[threshold])
    albums = [planted(4, 0), planted(4, 1)]
    assert SMALL.begin(albums, 0).weights(albums).options["threshold"] == 0.6


def test_what_is_learned_is_a_copy_that_training_on_does_not_change() -> None:
    engine, albums = replace(SMALL, k=4), [planted(4, 0)]
    course = engine.begin(albums, 0)
    weights = course.weights(albums)
    before = {name: tensor.clone() for name, tensor in weights.tensors.items()}
    course.epoch(Generator().manual_seed(0), Silent())
    assert all(torch.equal(before[name], tensor) for name, tensor in weights.tensors.items())
    assert any(not torch.equal(before[name], tensor) for name, tensor in course.weights(albums).tensors.items())


@pytest.fixture(scope="module")
def learned() -> HiLander:
    engine = SMALL
    return engine.with_weights(learn(engine, [planted(20, 0), planted(20, 1)], [planted(10, 9)], 4))


def test_the_hierarchy_of_an_engine_holds_its_answer_and_coarser_ones(learned: HiLander) -> None:
    strict = replace(learned, threshold=0.97)
    faces = planted(12, 5).embeddings
    found = strict.hierarchy(faces)
    np.testing.assert_array_equal(found.cut(), strict.fit_predict(faces).labels)
    groups = [len(set(found.cut(threshold=threshold).tolist())) for threshold in (0.99, 0.97, 0.1)]
    assert groups[0] > groups[1] > groups[2]
    assert found.levels[-1].threshold < 0.97


def test_the_hierarchy_of_few_faces_is_what_there_is(learned: HiLander) -> None:
    for n in (0, 1, 2):
        found = learned.hierarchy(planted(2, 0).embeddings[:n])
        assert found.cut().shape == (n,)


def test_vectors_of_another_width_are_refused(learned: HiLander) -> None:
    with pytest.raises(UserError, match="vectors of 16 numbers, not 3"):
        learned.fit_predict(unit(np.ones((5, 3))))
    assert learned.fit_predict(np.ones((1, 3), np.float32)).labels.tolist() == [0]


def test_decisions_are_law(learned: HiLander) -> None:
    faces = np.tile(planted(1, 0).embeddings[:1], (6, 1))
    labels = learned.fit_predict(faces, constraints=Constraints(cannot=np.array([[0, 1]]))).labels
    assert labels[0] != labels[1]


def test_sets_that_cannot_be_learned_from_are_refused() -> None:
    with pytest.raises(UserError, match="equally long"):
        HiLander().begin([planted(3, 0), planted(3, 0, d=8)], 0)
    with pytest.raises(UserError, match="needed"):
        HiLander().begin([], 0)
    with pytest.raises(UserError, match="two faces"):
        HiLander().begin([planted(1, 0, faces=1)], 0)


def test_a_training_can_be_stopped_within_an_epoch() -> None:
    class Stop(Silent):
        def checkpoint(self) -> None:
            raise Cancelled

    course = SMALL.begin([planted(3, 0)], 0)
    with pytest.raises(Cancelled):
        course.epoch(Generator(), Stop())


def test_progress_is_told_while_learning() -> None:
    told: list[Status] = []

    class Listening(Silent):
        def report(self, status: Status) -> None:
            told.append(status)

    course = SMALL.begin([planted(3, 0)], 0)
    course.epoch(Generator(), Listening())
    assert told[-1].done == told[-1].total - 1
    assert isinstance(HiLander(), Learner)
