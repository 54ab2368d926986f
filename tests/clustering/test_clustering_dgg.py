"""DGG: its bound by hand, its graph, its beginning, and the half-moons that a mixture alone does not part."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from photoclust.clustering import dgg_training
from photoclust.clustering.affinity import Affinity, contrastive, gaussian, of_faces, siamese
from photoclust.clustering.dgg import DGG, standardised
from photoclust.clustering.dgg_network import MixtureVAE, Posterior, group_terms, latent_terms, log_likelihood
from photoclust.clustering.dgg_training import (
    DGGTraining,
    averaged_bound,
    begin_mixture,
    closed_form_pi,
    draw,
    fit,
    group_statistics,
    pretrain,
)
from photoclust.clustering.engine import Embeddings, Ints
from photoclust.clustering.how_many import count_groups, silhouette
from photoclust.clustering.measures import measure
from photoclust.core.errors import UserError

QUICK = DGGTraining(widths=(32, 8), layer_steps=40, epochs=10, least_steps=40)


def blobs(sizes: list[int], spread: float = 0.1, d: int = 24, seed: int = 0) -> tuple[Embeddings, Ints]:
    generator = np.random.default_rng(seed)
    centres = generator.normal(size=(len(sizes), d))
    truth = np.repeat(np.arange(len(sizes)), sizes)
    faces = centres[truth] / np.linalg.norm(centres[truth], axis=1, keepdims=True)
    faces = faces + spread * generator.normal(size=(len(truth), d))
    return (faces / np.linalg.norm(faces, axis=1, keepdims=True)).astype(np.float32), truth


def noise(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_the_terms_in_z_are_those_of_equation_21() -> None:
    generator = np.random.default_rng(0)
    mu, log_variance, gamma = generator.normal(size=(3, 2)), generator.normal(size=(3, 2)), generator.dirichlet([1] * 4, 3)
    means, log_variances = generator.normal(size=(4, 2)), generator.normal(size=(4, 2))
    by_hand = np.zeros(3)
    for i in range(3):
        for k in range(4):
            for m in range(2):
                prior = math.exp(log_variances[k, m])
                square = math.exp(log_variance[i, m]) + (mu[i, m] - means[k, m]) ** 2
                by_hand[i] -= 0.5 * gamma[i, k] * (math.log(prior) + square / prior)
        by_hand[i] += 0.5 * (1 + log_variance[i]).sum()
    found = latent_terms(Posterior(*map(torch.tensor, (mu, log_variance))), *map(torch.tensor, (gamma, means, log_variances)))
    np.testing.assert_allclose(found, by_hand)


def test_a_posterior_that_is_its_own_prior_costs_nothing() -> None:
    q = Posterior(torch.tensor([[1.0, -2.0]]), torch.tensor([[0.3, -0.7]]))
    assert latent_terms(q, torch.ones(1, 1), q.mu, q.log_variance).item() == pytest.approx(0, abs=1e-6)


def test_the_terms_in_c_are_minus_the_divergence_from_pi() -> None:
    gamma, pi = torch.tensor([[0.25, 0.75]]), torch.tensor([[0.5, 0.5]])
    divergence = 0.25 * math.log(0.25 / 0.5) + 0.75 * math.log(0.75 / 0.5)
    assert group_terms(gamma.log(), pi.log()).item() == pytest.approx(-divergence)


def test_the_likelihood_is_a_squared_error_over_twice_the_variance() -> None:
    assert log_likelihood(torch.tensor([[1.0, 3.0]]), torch.tensor([[0.0, 1.0]]), 0.5).item() == pytest.approx(-5.0)


def test_pi_in_closed_form_is_the_best_pi() -> None:
    gamma = torch.rand(1, 3, generator=noise()).softmax(-1)
    near = torch.rand(1, 4, 3, generator=noise(1)).softmax(-1)
    weights = torch.tensor([[0.1, 0.2, 0.3, 0.4]])

    def objective(pi: torch.Tensor) -> float:  # eq. 30
        return float((weights.unsqueeze(-1) * (gamma.unsqueeze(1) + near) * pi.log()).sum())

    best = closed_form_pi(gamma, near, weights, 0.5)
    assert best.sum().item() == pytest.approx(1)
    by_hand = (weights.unsqueeze(-1) * (gamma.unsqueeze(1) + near)).sum(1) / 2  # eq. 31
    torch.testing.assert_close(best, by_hand)
    for seed in range(20):
        other = (best + 0.05 * torch.rand(1, 3, generator=noise(seed))).clamp(min=1e-6)
        assert objective(other / other.sum()) < objective(best)


def planted(k: int = 3) -> tuple[MixtureVAE, torch.Tensor]:
    network = MixtureVAE([5, 7, 2], k, noise())
    with torch.no_grad():
        network.to_log_variance.layers[0].bias.fill_(-11.0)  # type: ignore[operator, union-attr]  # no noise to speak of
        network.means.normal_(generator=noise(1))
    return network, torch.randn(6, 5, generator=noise(2))


def test_a_sample_that_is_its_own_neighbour_has_the_bound_of_itself() -> None:
    network, X = planted()
    rows = torch.arange(6)
    mixed, _ = averaged_bound(network, X, rows, rows[:, None], torch.ones(6, 1), DGGTraining(), torch.zeros(3), noise())
    q = network.encode(X)
    log_gamma = network.assign(q.mu)
    own = latent_terms(q, log_gamma.exp(), network.means, network.log_variances)
    alone = own + log_likelihood(X, network.decode(q.mu), DGGTraining().variance)
    torch.testing.assert_close(mixed, alone, rtol=1e-2, atol=0.5)  # π is γ: nothing to pay in c


def test_a_sample_pays_for_what_its_neighbours_latent_does_not_rebuild() -> None:
    network, X = planted()
    rows, training = torch.tensor([0]), DGGTraining(graph=1.0)
    bound = averaged_bound(network, X, rows, torch.tensor([[3]]), torch.ones(1, 1), training, torch.zeros(3), noise())[0]
    q = network.encode(X[[3]])
    log_gamma = network.assign(q.mu)
    crossed = latent_terms(q, log_gamma.exp(), network.means, network.log_variances)
    crossed = crossed + log_likelihood(X[[0]], network.decode(q.mu), training.variance)
    torch.testing.assert_close(bound, crossed, rtol=1e-2, atol=0.5)


def test_all_parts_are_moved_by_the_bound() -> None:
    network, X = planted()
    rows = torch.arange(6)
    bound, _ = averaged_bound(network, X, rows, rows.flip(0)[:, None], torch.ones(6, 1), DGGTraining(), torch.zeros(3), noise())
    torch.autograd.backward(-bound.mean())
    for name, part in network.named_children():
        assert any(p.grad is not None and p.grad.abs().sum() > 0 for p in part.parameters()), name
    for mixture in (network.means, network.log_variances):
        assert mixture.grad is not None
        assert (mixture.grad != 0).all()


def test_gaussian_weights_by_hand() -> None:
    found = gaussian(np.array([[1, 2]]), np.array([[1.0, 3.0]], np.float32), scale=1.0)  # s² = 2
    one, other = math.exp(-1 / 4), math.exp(-3 / 4)
    np.testing.assert_allclose(found.weights, [[one / (one + other), other / (one + other)]], rtol=1e-5)


def test_duplicates_weigh_alike() -> None:
    np.testing.assert_allclose(gaussian(np.array([[1, 2]]), np.zeros((1, 2), np.float32)).weights, 0.5)


def test_neighbours_are_drawn_from_more_where_that_is_asked() -> None:
    faces, _ = blobs([30, 30])
    nearest, drawn = (of_faces(faces, 5, among, 1.0, noise()) for among in (0, 20))
    twenty = of_faces(faces, 20, 0, 1.0, noise())
    assert nearest.indices.shape == drawn.indices.shape == (60, 5)
    assert (nearest.indices != drawn.indices).any()
    assert all(set(row) <= set(near) for row, near in zip(drawn.indices.tolist(), twenty.indices.tolist(), strict=True))


def test_neighbours_are_drawn_by_their_weights() -> None:
    indices, weights = torch.tensor([[4, 9]]).expand(4000, 2), torch.tensor([[0.2, 0.8]]).expand(4000, 2)
    at, equal = draw(indices, weights, 1, noise())
    assert (at == 9).float().mean().item() == pytest.approx(0.8, abs=0.03)
    assert (equal == 1).all()
    assert draw(indices, weights, 0, noise())[1] is weights


def test_the_contrastive_loss_by_hand() -> None:
    one, other = torch.tensor([[0.0, 0.0]]), torch.tensor([[0.0, 0.6]])
    assert contrastive(one, other, True).item() == pytest.approx(0.18)
    assert contrastive(one, other, False).item() == pytest.approx(0.08)
    assert contrastive(one, 2 * other, False).item() == 0


def test_the_siamese_network_brings_together_who_is_alike() -> None:
    faces, truth = blobs([20] * 5, spread=0.15)
    seen = siamese(faces, noise(), steps=200, batch=64)
    np.testing.assert_allclose(np.linalg.norm(seen, axis=1), 1, rtol=1e-5)
    same = (truth[:, None] == truth) & ~np.eye(100, dtype=bool)

    def apart(vectors: Embeddings) -> float:
        cosines = vectors @ vectors.T
        return float((cosines[same].mean() - cosines[truth[:, None] != truth].mean()) / cosines[truth[:, None] != truth].std())

    assert apart(seen) > apart(faces)


def test_a_group_of_one_has_the_common_variance() -> None:
    Z = np.array([[0.0], [2.0], [10.0]], np.float32)
    middles, variances = group_statistics(Z, np.array([0, 0, 1]), 2)
    np.testing.assert_allclose(middles, [[1], [10]])
    np.testing.assert_allclose(variances, [[2], [2]])  # (1 + 1) / (2 − 1) over all; (2 + 2) / 2 in the pair


def test_pretraining_learns_to_rebuild_and_k_means_begins_the_mixture() -> None:
    faces, _ = blobs([20] * 4)
    X = torch.from_numpy(standardised(faces))
    network = MixtureVAE([24, 32, 8], 4, noise())

    def missed() -> float:
        with torch.no_grad():
            return float(((network.decode(network.encode(X).mu) - X) ** 2).mean())

    before = missed()
    pretrain(network, X, replace(QUICK, layer_steps=100), noise())
    assert missed() < 0.5 * before
    start = begin_mixture(network, X, QUICK, noise())
    with torch.no_grad():
        Z = network.encode(X).mu
        assert (network.assign(Z).argmax(-1).numpy() == start).mean() > 0.95, "the classifier has learned the k-means"
        np.testing.assert_allclose(network.means[0], Z[torch.from_numpy(start == 0)].mean(0), atol=1e-4)


def test_the_graph_brings_the_groups_of_neighbours_together() -> None:
    faces, _ = blobs([25] * 4, spread=0.35)
    affinity = of_faces(faces, 5, 0, 1.0, noise())

    def disagreeing(graph: float) -> float:
        groups = fit(standardised(faces), affinity, 4, replace(QUICK, graph=graph, epochs=60), noise()).groups
        return float((groups[:, None] != groups[affinity.indices]).mean())

    assert disagreeing(0.9) < disagreeing(0.0)


def test_training_raises_the_bound() -> None:
    faces, _ = blobs([20] * 4, spread=0.2)
    X = torch.from_numpy(standardised(faces))
    affinity = of_faces(faces, 5, 0, 1.0, noise())
    network = MixtureVAE([24, 32, 8], 4, noise())
    pretrain(network, X, QUICK, noise())
    begin_mixture(network, X, QUICK, noise())

    def bound() -> float:
        near, weights = torch.from_numpy(affinity.indices), torch.from_numpy(affinity.weights)
        with torch.no_grad():
            return float(averaged_bound(network, X, torch.arange(80), near, weights, QUICK, torch.zeros(4), noise())[0].mean())

    before = bound()
    dgg_training.improve(network, X, affinity, QUICK, noise())
    assert bound() > before


def test_without_neighbours_the_mixture_stands_alone() -> None:
    faces, truth = blobs([15, 15], spread=0.1)
    nobody = Affinity(np.empty((30, 0), np.int64), np.empty((30, 0), np.float32))
    assert measure(truth, fit(standardised(faces), nobody, 2, QUICK, noise()).groups).bcubed_f == pytest.approx(1)


@pytest.mark.parametrize("options", [{}, {"affinity": "siamese"}, {"among": 12, "neighbours": 4}])
def test_persons_are_told_apart_with_their_number_given(options: dict[str, object]) -> None:
    faces, truth = blobs([15, 12, 9])
    engine = DGG(k=3, training=QUICK, **options)  # type: ignore[arg-type]
    assert measure(truth, engine.fit_predict(faces).labels).bcubed_f == pytest.approx(1)


def test_the_number_of_persons_is_found_where_it_is_plain() -> None:
    for sizes in ([15, 12, 9], [30, 30], [20] * 6):
        assert count_groups(blobs(sizes)[0]) == len(sizes)


def test_the_silhouette_is_the_known_one() -> None:
    from sklearn.metrics import silhouette_score

    faces, truth = blobs([9, 5, 1, 4], spread=0.4)
    assert silhouette(faces, truth) == pytest.approx(silhouette_score(faces, truth, metric="cosine"), abs=1e-5)


def test_there_cannot_be_no_persons() -> None:
    with pytest.raises(UserError, match="0 persons"):
        DGG(k=0).fit_predict(blobs([5, 5])[0])
