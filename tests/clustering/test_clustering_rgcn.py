"""RGCN and L-GCN: sub-graphs, layers and shortcuts by hand, propagation with a rising threshold, and that a course learns."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal
from torch import Generator

from photoclust.clustering import weights_file
from photoclust.clustering.engine import Embeddings
from photoclust.clustering.graph import Neighbours, nearest_neighbours
from photoclust.clustering.learning import Labelled, Learner
from photoclust.clustering.measures import measure
from photoclust.clustering.pseudo_labels import Links, mean_links, propagate
from photoclust.clustering.rgcn import LGCN, RGCN, LinkCourse, predict_links, restore
from photoclust.clustering.rgcn_network import Block, GraphLayer, LinkNetwork, Mean, Shape, Size, gather
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent

D = 16
TINY = {
    "k1": 8,
    "k2": 3,
    "u": 3,
    "learn_k1": 8,
    "learn_k2": 3,
    "learn_u": 3,
    "epochs": 8,
    "centres": 300,
    "batch": 4,
    "learning_rate": 5e-3,
}


def unit(vectors: np.ndarray) -> Embeddings:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def planted(seed: int, persons: int = 30, faces: int = 6) -> Labelled:
    """Persons who differ in half of the dimensions only; in the other half each face goes its own way, and farther."""
    generator = np.random.default_rng(seed)
    truth = np.repeat(np.arange(persons), faces)
    own = generator.normal(size=(persons, D // 2))[truth] + 0.25 * generator.normal(size=(len(truth), D // 2))
    noise = 1.5 * generator.normal(size=(len(truth), D // 2))
    return Labelled(f"planted {seed}", unit(np.concatenate([own, noise], axis=1)), truth)


def rgcn() -> RGCN:
    return RGCN(layers=8, width=16, **TINY)


def lgcn() -> LGCN:
    return LGCN(width=32, **TINY)


def taught(engine: RGCN, epochs: int, seed: int = 0) -> LinkCourse:
    course = engine.begin([planted(1), planted(2)], seed)
    for epoch in range(epochs):
        course.epoch(Generator().manual_seed(1000 * seed + epoch), Silent())
    return course


def line(count: int, k: int) -> Neighbours:
    """Faces on a line at 0, 1, 3, 6, 10, …: everybody's nearest are known by heart."""
    at = np.cumsum(np.arange(count))
    apart = np.abs(at[:, None] - at[None]).astype(np.float32)
    np.fill_diagonal(apart, np.inf)
    nearest = np.argsort(apart, axis=1, kind="stable")[:, :k]
    return Neighbours(nearest.astype(np.int64), -np.take_along_axis(apart, nearest, axis=1))


def test_a_sub_graph_holds_a_face_its_nearest_and_the_nearest_of_each_less_the_face_itself() -> None:
    X = torch.arange(12.0).reshape(6, 2) ** 2
    # nearest two of the faces at 0, 1, 3, 6, 10, 15: 0: 1 2; 1: 0 2; 2: 1 0 (a tie with 3, first wins); 3: 2 4; 4: 3 5; 5: 4 3
    batch = gather(X, line(6, 3), np.array([3]), Size(2, 1, 1))
    # face 3, its nearest 2 and 4, their nearest 1 (of 2) and 3 (of 4, there already)
    assert_array_equal(batch.X[:, :2], X[[3, 2, 4, 1]] - X[3])
    assert_array_equal(batch.X[:, 2], X[[3, 2, 4, 1]] @ X[3])
    assert_array_equal(batch.links, [[3, 2], [3, 4]])
    assert_array_equal(batch.first, [1, 2])


def test_edges_go_only_to_the_u_nearest_of_all_faces() -> None:
    batch = gather(torch.zeros(6, 1), line(6, 3), np.array([3]), Size(2, 1, 1))
    # of the nodes 3 2 4 1 the nearest face of all: 3 → 2, 2 → 1, 4 → 3, 1 → 0 (not here): edges 3–2, 2–1, 4–3
    dense = batch.mean(torch.eye(4))
    half = 2**-0.5
    assert_allclose(dense, [[0, 0.5, half, 0], [0.5, 0, 0, half], [half, 0, 0, 0], [0, half, 0, 0]], atol=1e-6)


def test_sub_graphs_side_by_side_do_not_touch() -> None:
    generator = np.random.default_rng(0)
    X = unit(generator.normal(size=(30, D)))
    near = nearest_neighbours(X, 6)
    network = LinkNetwork(D, Shape(4, 2, 8), Generator().manual_seed(0))
    both = network(gather(torch.from_numpy(X), near, np.array([4, 9]), Size(6, 2, 2)), training=False)
    alone = [network(gather(torch.from_numpy(X), near, np.array([c]), Size(6, 2, 2)), training=False) for c in (4, 9)]
    assert_allclose(both.detach(), torch.cat(alone).detach(), atol=1e-6)


def test_a_set_smaller_than_the_sub_graphs_is_taken_as_it_is() -> None:
    X = unit(np.random.default_rng(0).normal(size=(3, D)))
    batch = gather(torch.from_numpy(X), nearest_neighbours(X, 80), np.arange(3), Size(80, 7, 7))
    assert len(batch.X) == 9
    assert len(batch.links) == 6


def test_a_node_without_edges_hears_nothing() -> None:
    mean = Mean.of(np.array([[0, 2], [2, 0]]), 4)
    assert_array_equal(mean(torch.ones(4, 2)), [[1, 1], [0, 0], [1, 1], [0, 0]])


def test_the_gradient_of_the_mean_is_the_true_one() -> None:
    mean = Mean.of(np.array([[0, 1], [0, 2], [2, 3], [4, 0]]), 5)
    X = torch.randn(5, 3, dtype=torch.float64, generator=Generator().manual_seed(0), requires_grad=True)
    assert torch.autograd.gradcheck(mean, (X,))


def test_a_layer_is_relu_of_own_and_near_features_times_one_matrix() -> None:
    layer = GraphLayer(2, 3, Generator().manual_seed(0))
    edges = np.array([[0, 1], [1, 2]])
    X = torch.tensor([[1.0, -2.0], [0.5, 3.0], [-1.0, 1.0]])
    A = torch.tensor([[0.0, 1, 0], [1, 0, 1], [0, 1, 0]])
    D_ = torch.diag(A.sum(1) ** -0.5)
    by_hand = torch.relu(torch.cat([X, D_ @ A @ D_ @ X], dim=1) @ layer.weight)
    assert_allclose(layer(X, Mean.of(edges, 3)).detach(), by_hand.detach(), atol=1e-6)


def test_a_shortcut_adds_what_went_in() -> None:
    mean = Mean.of(np.array([[0, 1]]), 2)
    G = torch.tensor([[1.0, -2.0], [3.0, 4.0]])
    block = Block(2, 2, 2, Generator().manual_seed(0), shortcut=True)
    plain = Block(2, 2, 2, Generator().manual_seed(0), shortcut=False)
    assert_allclose(block(G, mean).detach(), G + plain(G, mean).detach(), atol=1e-6)
    for parameter in block.parameters():
        parameter.data.zero_()
    assert_array_equal(block(G, mean).detach(), G)


def test_through_shortcuts_the_gradient_reaches_the_first_layer_however_deep() -> None:
    X = planted(0).embeddings
    batch = gather(torch.from_numpy(X), nearest_neighbours(X, 8), np.arange(20), Size(8, 3, 3))

    def slope_at_start(layers: int, block: int) -> float:
        network = LinkNetwork(D, Shape(layers, block, 16), Generator().manual_seed(0))
        torch.autograd.backward(network(batch, training=True).sum())
        gradient = network.blocks[0].layers[0].weight.grad  # type: ignore[union-attr, index]
        return float(torch.linalg.norm(gradient))

    assert slope_at_start(64, 4) > slope_at_start(16, 4)
    assert slope_at_start(64, 0) < 0.1 * slope_at_start(16, 0)


@pytest.mark.parametrize(("engine", "layers", "shortcuts"), [(RGCN(), 16, 4), (LGCN(), 4, 0)], ids=["rgcn", "lgcn"])
def test_the_networks_are_as_deep_as_the_papers(engine: RGCN, layers: int, shortcuts: int) -> None:
    network = LinkNetwork(128, engine.shape, Generator())
    assert sum(isinstance(part, GraphLayer) for part in network.modules()) == layers
    assert sum(isinstance(part, Block) and part.shortcut for part in network.modules()) == shortcuts
    assert 4 * sum(p.numel() for p in network.parameters()) < 2_000_000


def test_what_both_ends_say_of_a_link_is_averaged() -> None:
    links = np.array([[0, 1], [2, 1], [1, 0], [1, 3]])
    told = mean_links(4, links, np.array([0.2, 0.9, 0.6, 0.5], np.float32))
    assert_array_equal(told.pairs, [[0, 1], [1, 2], [1, 3]])
    assert_allclose(told.chances, [0.4, 0.9, 0.5], atol=1e-6)


def chain(chances: list[float]) -> Links:
    """Faces in a row, each linked with the next."""
    return Links(len(chances) + 1, np.array(list(pairwise(range(len(chances) + 1)))), np.array(chances))


def test_links_above_the_first_threshold_make_groups() -> None:
    labels = propagate(chain([0.9, 0.5, 0.51]), start=0.5, step=0.1, largest=10)
    assert labels[0] == labels[1] != labels[2] == labels[3]


def test_a_group_too_large_is_cut_where_the_risen_threshold_says_and_others_are_left() -> None:
    # above 0.5: faces 0–4 in one group and 6–7 in another; the next threshold is 0.75, then 0.875
    labels = propagate(chain([0.9, 0.7, 0.85, 0.95, 0.2, 0.3, 0.6]), start=0.5, step=0.5, largest=3)
    assert labels.tolist().count(labels[0]) == 2
    assert labels[0] == labels[1]
    assert labels[2] == labels[3] == labels[4], "three are few enough: its 0.85 is never asked again"
    assert labels[6] == labels[7], "a group that was small enough at 0.5 is not cut at 0.75"
    assert len(set(labels.tolist())) == 5 - 1


def test_the_threshold_goes_on_rising_until_all_groups_are_small_enough() -> None:
    labels = propagate(chain([0.99, 0.8, 0.99, 0.8, 0.99]), start=0.1, step=0.1, largest=2)
    assert labels[0] == labels[1] != labels[2] == labels[3] != labels[4] == labels[5] != labels[0]


def test_hundreds_of_copies_of_a_face_stay_together_however_few_are_allowed() -> None:
    labels = propagate(chain([1.0] * 300), start=0.5, step=0.1, largest=20)
    assert len(set(labels.tolist())) == 1


@pytest.mark.parametrize("engine", [rgcn(), lgcn()], ids=["rgcn", "lgcn"])
def test_a_course_teaches_other_persons_links_beyond_what_the_embeddings_say(engine: RGCN) -> None:
    other, validation = planted(8), planted(9)

    def error(course: LinkCourse) -> float:
        links = predict_links(course.network, other.embeddings, engine.size)
        chances = np.clip(links.chances, 1e-6, 1 - 1e-6)
        return float(-np.where(same_person(other, links), np.log(chances), np.log(1 - chances)).mean())

    course = taught(engine, 8)
    share = same_person(other, predict_links(course.network, other.embeddings, engine.size)).mean()
    guessing = -share * np.log(share) - (1 - share) * np.log(1 - share)
    assert error(taught(engine, 0)) > guessing
    assert error(course) < 0.75 * guessing
    learned = engine.with_weights(course.weights([validation])).fit_predict(other.embeddings).labels
    score = measure(other.persons, learned).bcubed_f
    assert score > best_by_cosine(other) + 0.1


def same_person(album: Labelled, links: Links) -> np.ndarray:
    return album.persons[links.pairs[:, 0]] == album.persons[links.pairs[:, 1]]


def best_by_cosine(album: Labelled) -> float:
    """BCubed F of the best threshold on the cosines of the same links, with the labels in hand."""
    near = nearest_neighbours(album.embeddings, 8)
    n = len(album.persons)
    pairs = np.stack([np.arange(n).repeat(8), near.indices.ravel()], axis=1)
    links = mean_links(n, pairs, near.similarities.ravel())
    return max(
        measure(album.persons, propagate(links, start=threshold, step=0.1, largest=n)).bcubed_f
        for threshold in np.linspace(0, 1, 50)
    )


def test_an_interrupted_course_goes_on_as_if_it_had_not_been() -> None:
    through = taught(lgcn(), 3)
    first = taught(lgcn(), 2)
    second = taught(lgcn(), 0)
    second.network.load_state_dict(first.network.state_dict())
    second.optimiser.load_state_dict(first.optimiser.state_dict())
    second.schedule.load_state_dict(first.schedule.state_dict())
    second.epoch(Generator().manual_seed(2), Silent())
    for name, tensor in through.network.state_dict().items():
        assert torch.equal(tensor, second.network.state_dict()[name]), name


def test_an_epoch_that_is_stopped_stops() -> None:
    class Stopping(Silent):
        def checkpoint(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        taught(lgcn(), 0).epoch(Generator(), Stopping())


def test_what_is_learned_travels_in_a_file_with_what_was_chosen(tmp_path: Path) -> None:
    album, path = planted(9), tmp_path / "rgcn.safetensors"
    course = taught(rgcn(), 1)
    weights_file.save(course.weights([album]), path)
    read = weights_file.read(path, "rgcn")
    one = rgcn().with_weights(course.weights([album])).fit_predict(album.embeddings).labels
    assert_array_equal(rgcn().with_weights(read).fit_predict(album.embeddings).labels, one)
    chosen = rgcn().with_weights(read)
    by_hand = replace(chosen, start=read.options["start"], largest=read.options["largest"])
    assert_array_equal(by_hand.fit_predict(album.embeddings).labels, one)
    assert len(set(replace(chosen, start=1.0).fit_predict(album.embeddings).labels.tolist())) == len(one)


def test_weights_that_do_not_fit_their_card_are_refused() -> None:
    right = taught(lgcn(), 0).weights([])
    wrong = weights_file.Weights({**right.tensors, "outer": torch.zeros(3, 1)}, right.card)
    with pytest.raises(UserError, match="do not fit"):
        restore(wrong)


def test_vectors_of_another_width_are_refused_before_any_work() -> None:
    engine = lgcn().with_weights(taught(lgcn(), 0).weights([]))
    with pytest.raises(UserError, match=f"vectors of {D} numbers, not 5"):
        engine.fit_predict(unit(np.ones((4, 5))))
    assert_array_equal(engine.fit_predict(unit(np.ones((1, 5)))).labels, [0])


def test_nothing_is_learned_from_sets_of_different_widths_or_of_one_face() -> None:
    one = Labelled("one", unit(np.ones((1, D))), np.zeros(1, np.int64))
    with pytest.raises(UserError, match="different widths: 5, 16"):
        lgcn().begin([planted(0), Labelled("narrow", unit(np.ones((4, 5))), np.arange(4))], 0)
    with pytest.raises(UserError, match="At least two faces"):
        lgcn().begin([one], 0)


def test_both_engines_learn_by_the_common_contract() -> None:
    assert isinstance(rgcn(), Learner)
    assert isinstance(lgcn(), Learner)
