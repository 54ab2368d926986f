"""Ada-NETS: its formulas by hand, its networks on tiny graphs, and that it learns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Generator, Tensor

from photoclust.clustering.adanets import AdaNETS
from photoclust.clustering.adanets_course import Course, Recipe, hinge
from photoclust.clustering.adanets_graph import Links, count_neighbours, look_around
from photoclust.clustering.adanets_network import AdaNet, AdaptiveFilter, GraphNetwork, mean_over_edges
from photoclust.clustering.adaptive_filter import best_counts, edges, matches, quality, relative_huber, signal_to_noise
from photoclust.clustering.engine import Embeddings
from photoclust.clustering.learning import Labelled, Learner
from photoclust.clustering.measures import measure
from photoclust.clustering.structure_space import Candidates
from photoclust.clustering.weights_file import Weights
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent

D = 16
SMALL = Recipe(
    filter_width=8,
    filter_epochs=4,
    graph_epochs=4,
    filter_batches=80,
    graph_batches=30,
    filter_batch=64,
    graph_batch=256,
    filter_rate=0.01,
    graph_rate=0.005,
)
ENGINE = AdaNETS(k=16, recipe=SMALL)


def unit(vectors: np.ndarray) -> Embeddings:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def album(sizes: list[int], seed: int) -> Labelled:
    """Persons differ in the first half of the numbers; the other half is a mood that says nothing of who it is."""
    generator = np.random.default_rng(seed)
    persons = np.repeat(np.arange(len(sizes)), sizes)
    who = unit(generator.normal(size=(len(sizes), D // 2)))[persons] + 0.12 * generator.normal(size=(len(persons), D // 2))
    mood = unit(generator.normal(size=(len(persons), D // 2)))
    return Labelled(f"album {seed}", unit(np.concatenate([who, 0.85 * mood], axis=1)), persons)


def candidates(indices: list[list[int]]) -> Candidates:
    values = np.tile(np.linspace(0.9, 0.1, len(indices[0])).astype(np.float32), (len(indices), 1))
    return Candidates(np.array(indices), values, values)


def test_quality_is_the_papers_figure_six() -> None:
    """Six candidates, four of them of the eight: precision 4/6, recall 4/8; at β = 1 their harmonic mean."""
    same = np.array([[True, True, False, True, False, True]])
    found = quality(same, np.array([8]), beta=1.0)
    assert found[0, 5] == pytest.approx(2 * (4 / 6) * (4 / 8) / (4 / 6 + 4 / 8))
    assert quality(same, np.array([8]), beta=0.5)[0, 5] == pytest.approx(1.25 * (4 / 6) * 0.5 / (0.25 * 4 / 6 + 0.5))


def test_the_best_count_is_where_quality_is_highest() -> None:
    same = np.array([[1, 1, 1, 0, 0, 0], [1, 0, 0, 0, 0, 0], [1, 1, 0, 1, 1, 1], [1, 1, 1, 1, 1, 1]], bool)
    sizes = np.array([3, 1, 5, 6])
    np.testing.assert_array_equal(best_counts(same, sizes, 0.5), [3, 1, 6, 6])


def test_a_small_beta_prefers_clean_and_a_large_one_rich() -> None:
    same = np.array([[1, 1, 1, 0, 0, 0, 0, 1, 1, 1]], bool)
    assert best_counts(same, np.array([6]), 0.5)[0] == 3
    assert best_counts(same, np.array([6]), 2.0)[0] == 10


def test_quality_without_a_match_is_zero() -> None:
    np.testing.assert_array_equal(quality(np.zeros((1, 3), bool), np.array([2]), 0.5), [[0, 0, 0]])


def test_the_face_itself_is_the_first_of_its_candidates() -> None:
    found = matches(candidates([[1, 2], [0, 2], [1, 0]]), np.array([7, 7, 8]))
    np.testing.assert_array_equal(found, [[True, True, False], [True, True, False], [True, False, False]])


def test_huber_counts_relative_errors_squared_below_delta_and_straight_above() -> None:
    told, best = torch.tensor([5.0, 40.0]), torch.tensor([4.0, 10.0])
    assert relative_huber(told, best, 1.0).item() == pytest.approx((0.5 * 0.25**2 + (3.0 - 0.5)) / 2)
    assert relative_huber(told, best, 4.0).item() == pytest.approx((0.5 * 0.25**2 + 0.5 * 9.0) / 2)


def test_edges_go_both_ways_up_to_the_count_and_are_kept_once() -> None:
    near = candidates([[1, 2, 3], [0, 3, 2], [3, 1, 0], [2, 0, 1]])
    counts = np.array([3, 1, 2, 1])  # 0 keeps 1 and 2; 2 keeps 3; the others none of their own
    np.testing.assert_array_equal(edges(near, counts), [[0, 1], [0, 2], [2, 3]])
    assert edges(near, np.ones(4)).shape == (0, 2)
    assert len(edges(near, np.full(4, 4))) == 6


def test_signal_to_noise_is_good_edges_a_bad_one() -> None:
    persons = np.array([0, 0, 0, 1])
    assert signal_to_noise(np.array([[0, 1], [1, 2], [0, 2], [0, 3]]), persons) == 3.0
    assert signal_to_noise(np.array([[0, 1]]), persons) == float("inf")
    assert np.isnan(signal_to_noise(np.empty((0, 2), np.int64), persons))


def test_a_graph_layer_is_the_mean_over_a_face_and_its_neighbours() -> None:
    mean = mean_over_edges(3, np.array([[0, 1]])).to_dense()
    torch.testing.assert_close(mean, torch.tensor([[0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]))


def test_the_graph_network_is_eq_8_twice_then_prelu_and_unit_length() -> None:
    network = GraphNetwork(1, Generator().manual_seed(0), smoothing=False)
    with torch.no_grad():
        network.layers[0].copy_(torch.tensor([[1.0, -1.0]]))
        network.layers[1].copy_(torch.tensor([[1.0, 2.0], [1.0, -1.0]]))
        network.weight.copy_(torch.tensor([[1.0], [-4.0]]))
    X = torch.tensor([[4.0], [2.0], [-3.0]])
    # first layer: means 3, 3, −3, times W: (3, −3), (3, −3), (−3, 3), ReLU: (3, 0), (3, 0), (0, 3)
    # second: (3, 6), (3, 6), (3, 0); fully connected: −21, −21, 3, PReLU: −5.25, −5.25, 3
    hidden = torch.relu(mean_over_edges(3, np.array([[0, 1]])) @ (X @ network.layers[0]))
    torch.testing.assert_close(hidden, torch.tensor([[3.0, 0.0], [3.0, 0.0], [0.0, 3.0]]))
    torch.testing.assert_close(network(X, mean_over_edges(3, np.array([[0, 1]]))), torch.tensor([[-1.0], [-1.0], [1.0]]))


def test_before_it_has_learned_the_graph_network_is_the_mean_over_neighbours_twice() -> None:
    X = torch.from_numpy(album([3, 2], 0).embeddings)
    mean = mean_over_edges(5, np.array([[0, 1], [1, 2], [3, 4]]))
    smoothed = mean @ (mean @ X)
    found = GraphNetwork(D, Generator().manual_seed(0))(X, mean)
    torch.testing.assert_close(found, smoothed / smoothed.norm(dim=1, keepdim=True))


def test_the_filter_says_at_least_one_and_at_most_all() -> None:
    network = AdaptiveFilter(3, 4, Generator().manual_seed(0))
    faces = torch.randn(5, 9, 3, generator=Generator().manual_seed(1))
    assert ((network(faces) >= 1) & (network(faces) <= 9)).all()
    with torch.no_grad():
        network.count.bias.fill_(-50.0)
        torch.testing.assert_close(network(faces), torch.ones(5))
        network.count.bias.fill_(50.0)
        torch.testing.assert_close(network(faces), torch.full((5,), 9.0))


def angles(*degrees: float) -> Tensor:
    radians = torch.tensor(degrees).deg2rad()
    return torch.stack([radians.cos(), radians.sin()], dim=1)


def test_hinge_by_hand() -> None:
    features, persons = angles(0, 60, 90, 180), torch.tensor([0, 0, 1, 1])
    # pairs of one person: cos 60° = 0.5, cos 90° = 0; of two: hardest is 60–90: cos 30°
    positive = ((0.9 - 0.5) + 0.9) / 2
    hardest = np.cos(np.deg2rad([90, 30, 30, 120]))
    recipe = Recipe(negatives="batch")
    assert hinge(features, persons, recipe).item() == pytest.approx(1 + hardest[1] + positive)
    assert hinge(features, persons, replace(recipe, balance=3.0)).item() == pytest.approx(1 + hardest[1] + 3 * positive)
    assert hinge(features, persons, Recipe(negatives="face")).item() == pytest.approx(1 + hardest.mean() + positive)


@pytest.mark.parametrize("negatives", ["batch", "face"])
def test_hinge_of_what_is_as_it_should_be_is_zero(negatives: str) -> None:
    recipe = Recipe(negatives=negatives)  # type: ignore[arg-type]
    assert hinge(angles(0, 0, 180, 180), torch.tensor([0, 0, 1, 1]), recipe).item() == pytest.approx(0.0, abs=1e-6)


def test_hinge_without_pairs_of_a_kind_counts_the_other_kind_alone() -> None:
    assert hinge(angles(0, 60), torch.tensor([0, 0]), Recipe()).item() == pytest.approx(0.4)
    assert hinge(angles(0, 60), torch.tensor([0, 1]), Recipe()).item() == pytest.approx(1.5)
    assert hinge(angles(0), torch.tensor([0]), Recipe()).item() == 0.0


def test_links_above_the_threshold_are_merged_through_others() -> None:
    linked = Links(5, np.array([[0, 1], [1, 2], [3, 4]]), np.array([0.9, 0.8, 0.7], np.float32))
    assert linked.merge(0.75).tolist() == [0, 0, 0, 1, 2]
    assert linked.merge(0.85).tolist() == [0, 0, 1, 2, 3]


@pytest.mark.parametrize("told", ["features", "similarities", "both"])
def test_the_filter_sees_what_the_recipe_tells(told: str) -> None:
    faces = album([5, 4], 0).embeddings
    course = replace(ENGINE, recipe=replace(SMALL, told=told)).begin([album([5, 4], 0)], 0)  # type: ignore[arg-type]
    seen = look_around(faces, ENGINE.space)
    sequences = seen.sequences(torch.tensor([3]), course.network.inputs)
    assert sequences.shape == (1, 9, {"features": D, "similarities": 2, "both": D + 2}[told])
    if told != "similarities":
        np.testing.assert_array_equal(sequences[0, 0, :D].numpy(), faces[3])
        np.testing.assert_array_equal(sequences[0, 1:, :D].numpy(), faces[seen.candidates.indices[3]])
    if told != "features":
        assert sequences[0, 0, -2] == 1.0
        np.testing.assert_array_equal(sequences[0, 1:, -2].numpy(), seen.candidates.similarities[3])


def run(course: Course, seed: int = 0) -> list[float]:
    """The rest of a course; each epoch's generator is of its own number."""
    first = course.schedule.last_epoch
    return [course.epoch(Generator().manual_seed(seed + number), Silent()) for number in range(first, course.epochs)]


TEACHING = [album([12, 9, 7, 6, 5, 5, 3, 2, 2, 1, 1, 1] * 3, 1), album([20, 16, 10, 4, 4, 1, 1] * 3, 2)]
OTHERS = album([14, 9, 7, 6, 4, 3, 3, 2, 1, 1], 3)


@pytest.fixture(scope="module")
def learned() -> tuple[Course, list[float]]:
    course = ENGINE.begin(TEACHING, 0)
    return course, run(course)


def test_both_networks_learn(learned: tuple[Course, list[float]]) -> None:
    _, losses = learned
    assert losses[SMALL.filter_epochs - 1] < 0.85 * losses[0]
    assert losses[-1] < losses[SMALL.filter_epochs] - 0.05


def q_of(network: AdaNet, faces: Labelled) -> float:
    """Mean Q at the counts that the filter tells, of faces it has not seen."""
    seen = look_around(faces.embeddings, ENGINE.space)
    found = quality(matches(seen.candidates, faces.persons), np.bincount(faces.persons)[faces.persons], 0.5)
    counts = np.round(count_neighbours(network, seen)).astype(int)
    return float(found[np.arange(len(counts)), counts - 1].mean())


def test_the_filter_leaves_better_neighbours_of_other_persons_than_any_fixed_number(learned: tuple[Course, list[float]]) -> None:
    course, _ = learned
    seen = look_around(OTHERS.embeddings, ENGINE.space)
    fixed = quality(matches(seen.candidates, OTHERS.persons), np.bincount(OTHERS.persons)[OTHERS.persons], 0.5).mean(0).max()
    assert q_of(course.network, OTHERS) > fixed + 0.05
    assert q_of(ENGINE.begin(TEACHING, 0).network, OTHERS) < fixed


def gap(features: Tensor, persons: Tensor) -> float:
    """How much more alike two faces of one person are than two of two persons, in spreads of the latter."""
    y, same = (features @ features.T).detach(), persons[:, None] == persons
    of_one, of_two = y[same & ~torch.eye(len(y), dtype=torch.bool)], y[~same]
    return float((of_one.mean() - of_two.mean()) / of_two.std())


def test_the_graph_network_learns_to_look_past_what_is_not_the_person() -> None:
    def moody(seed: int) -> tuple[Tensor, Tensor, Tensor]:
        """40 persons of 4; the mood is louder than the person."""
        noise = Generator().manual_seed(seed)
        persons = torch.arange(40).repeat_interleave(4)
        who, mood = torch.randn(40, D // 2, generator=noise)[persons], torch.randn(160, D // 2, generator=noise)
        X = torch.nn.functional.normalize(torch.cat([who, 1.5 * mood], dim=1), dim=1)
        return X, persons, mean_over_edges(160, np.empty((0, 2), np.int64))

    network = GraphNetwork(D, Generator().manual_seed(0))
    improve = torch.optim.Adam(network.parameters(), 0.005)
    X, persons, mean = moody(1)
    others, names, between = moody(2)
    before = gap(network(others, between), names)
    for _ in range(60):
        loss = hinge(network(X, mean), persons, SMALL)
        improve.zero_grad()
        torch.autograd.backward(loss)
        improve.step()
    assert gap(network(others, between), names) > before + 1.0


def test_first_the_filter_learns_then_the_graph_network() -> None:
    course = replace(ENGINE, recipe=replace(SMALL, filter_epochs=1, graph_epochs=1, filter_batches=2, graph_batches=2)).begin(
        TEACHING, 0
    )

    def parts() -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        now = {name: values.clone() for name, values in course.network.state_dict().items()}
        return ({n: v for n, v in now.items() if "filter" in n}, {n: v for n, v in now.items() if "graph" in n})

    def same(one: dict[str, Tensor], two: dict[str, Tensor]) -> bool:
        return all(torch.equal(values, two[name]) for name, values in one.items())

    before = parts()
    course.epoch(Generator().manual_seed(0), Silent())
    between = parts()
    course.epoch(Generator().manual_seed(1), Silent())
    after = parts()
    assert not same(before[0], between[0])
    assert same(before[1], between[1])
    assert same(between[0], after[0])
    assert not same(between[1], after[1])


@pytest.mark.parametrize("stop", [1, 3])
@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
def test_a_resumed_course_learns_what_an_uninterrupted_one_does(stop: int, optimiser: str) -> None:
    recipe = replace(SMALL, filter_epochs=2, graph_epochs=2, filter_batches=3, graph_batches=3, optimiser=optimiser)  # type: ignore[arg-type]
    whole, first, second = (replace(ENGINE, recipe=recipe).begin(TEACHING, 5) for _ in range(3))
    losses = run(whole)
    told = [first.epoch(Generator().manual_seed(number), Silent()) for number in range(stop)]
    assert second.schedule is not None
    second.network.load_state_dict(first.network.state_dict())
    second.optimiser.load_state_dict(first.optimiser.state_dict())
    second.schedule.load_state_dict(first.schedule.state_dict())
    assert told + run(second) == losses
    for name, values in whole.network.state_dict().items():
        assert torch.equal(values, second.network.state_dict()[name])


def test_weights_are_the_engine_again_with_the_threshold_of_the_validation_persons(learned: tuple[Course, list[float]]) -> None:
    course, _ = learned
    weights = course.weights([OTHERS])
    assert weights.card["engine"] == "adanets"
    assert weights.options["width"] == D
    engine = ENGINE.with_weights(weights)
    found = measure(OTHERS.persons, engine.fit_predict(OTHERS.embeddings).labels).bcubed_f
    tried = [
        measure(OTHERS.persons, replace(engine, threshold=theta).fit_predict(OTHERS.embeddings).labels).bcubed_f
        for theta in np.round(np.arange(0.3, 0.995, 0.01), 2).tolist()
    ]
    as_good = [theta for theta, score in zip(np.arange(30, 100), tried, strict=True) if score >= max(tried) - 0.01]
    assert found >= max(tried) - 0.01
    assert weights.options["threshold"] == pytest.approx(max(as_good) / 100)
    run_on = {name: values.clone() for name, values in weights.tensors.items()}
    course.network.graph.bias.data.add_(1.0)
    assert all(torch.equal(values, weights.tensors[name]) for name, values in run_on.items()), "a copy"
    course.network.graph.bias.data.sub_(1.0)


def test_vectors_of_another_width_are_refused_before_any_work() -> None:
    course = ENGINE.begin(TEACHING, 0)
    engine = ENGINE.with_weights(course.weights([]))
    with pytest.raises(UserError, match=f"vectors of {D} numbers, not 5"):
        engine.fit_predict(unit(np.ones((3, 5))))
    assert engine.fit_predict(unit(np.ones((1, 5)))).labels.tolist() == [0]


def test_sets_that_do_not_go_together_or_have_no_two_faces_are_refused() -> None:
    narrow = Labelled("narrow", unit(np.ones((4, 3))), np.arange(4))
    with pytest.raises(UserError, match=f"3, {D}"):
        AdaNETS().begin([narrow, TEACHING[0]], 0)
    with pytest.raises(UserError, match="two faces"):
        AdaNETS().begin([album([1], 0)], 0)
    with pytest.raises(UserError, match="two faces"):
        AdaNETS().begin([], 0)


def test_a_course_can_be_stopped() -> None:
    class Stop(Silent):
        def checkpoint(self) -> None:
            raise Cancelled

    course = ENGINE.begin(TEACHING, 0)
    with pytest.raises(Cancelled):
        course.epoch(Generator().manual_seed(0), Stop())


def test_it_is_a_learner_and_weights_of_another_network_are_no_weights() -> None:
    assert isinstance(AdaNETS(), Learner)
    with pytest.raises(KeyError):
        AdaNet.of(Weights({"w": torch.zeros(1)}, {"engine": "adanets", "options": {}}).tensors)


def test_until_the_graph_network_has_learned_nobody_is_linked() -> None:
    recipe = replace(SMALL, filter_epochs=1, graph_epochs=1, filter_batches=1, graph_batches=1)
    course = replace(ENGINE, recipe=recipe).begin(TEACHING, 0)
    thresholds = [course.weights([OTHERS]).options["threshold"]]
    for number in range(2):
        course.epoch(Generator().manual_seed(number), Silent())
        thresholds.append(course.weights([OTHERS]).options["threshold"])
    assert thresholds[:2] == [1.0, 1.0]
    assert thresholds[2] < 1.0
