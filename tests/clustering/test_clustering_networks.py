"""The networks and losses of the thesis against hand-made oracles."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Generator, Tensor, nn

from photoclust.clustering import losses
from photoclust.clustering.networks import (
    MODELS,
    AttentionHeads,
    Discriminator,
    Encoder,
    GraphAttention,
    GraphConv,
    Model,
    aggregate,
    count_parameters,
    decode,
    dropout,
    sample,
    spread,
)


def seeded(seed: int = 0) -> Generator:
    return Generator().manual_seed(seed)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("vgae", 98_624),
        ("vgae-simple", 49_472),
        ("avgae", 131_712),
        ("attention-vgae", 1_549_632),
        ("attention-avgae", 1_582_720),
        ("gae", 90_368),  # not in the thesis
    ],
)
def test_the_counts_of_parameters_for_256_dimensions_are_those_of_table_6_2(name: str, parameters: int) -> None:
    assert count_parameters(MODELS[name], 256) == parameters


def test_a_graph_convolution_is_the_formula() -> None:
    layer = GraphConv(2, 3, seeded()).eval()
    H = torch.tensor([[1.0, 2.0], [3.0, -1.0]])
    A = torch.tensor([[[0.5, 0.5], [0.0, 1.0]]])
    normed = H / math.sqrt(1 + 1e-5)  # fresh running statistics: mean 0, variance 1
    expected = torch.relu(torch.cat([normed, A[0] @ normed], 1) @ layer.weight + layer.bias)
    torch.testing.assert_close(layer(H, A, torch.arange(2), None), expected)


def test_a_simple_convolution_is_the_mean_of_the_neighbours_weighted() -> None:
    layer = GraphConv(2, 3, seeded(), "simple")
    H = torch.tensor([[1.0, 2.0], [3.0, -1.0]])
    A = torch.tensor([[[0.5, 0.5], [0.0, 1.0]]])
    expected = torch.relu(A[0] @ H / math.sqrt(1 + 1e-5) @ layer.weight + layer.bias)
    torch.testing.assert_close(layer(H, A, torch.arange(2), None), expected)


def test_attention_is_the_formula_head_by_head() -> None:
    H = torch.randn(5, 4, generator=seeded(1))  # two sub-graphs of three and two nodes, padded to three
    A = torch.tensor([[[1.0, 1, 0], [1, 1, 1], [0, 0, 1]], [[1.0, 1, 0], [0, 1, 0], [0, 0, 1]]])
    layer = AttentionHeads(4, 3, 2, seeded())
    expected = []
    for graph, members in enumerate([[0, 1, 2], [3, 4]]):
        for i, node in enumerate(members):
            seen = [j for j in range(len(members)) if A[graph, i, j]]
            heads = []
            for head in range(2):
                W, a = layer.weight[:, 3 * head : 3 * head + 3], layer.score[head]
                e = [torch.cat([H[node] @ W, H[members[j]] @ W]) @ a for j in seen]
                alpha = torch.softmax(torch.nn.functional.leaky_relu(torch.stack(e), 0.2), 0)
                mixed = sum((alpha[t] * (H[members[j]] @ W) for t, j in enumerate(seen)), torch.zeros(3))
                heads.append(torch.sigmoid(mixed))
            expected.append(torch.cat(heads))
    torch.testing.assert_close(layer(H, A, torch.arange(5)), torch.stack(expected))


def test_attention_takes_the_place_of_the_mean_in_the_convolution() -> None:
    layer = GraphConv(4, 3, seeded(), "attention")
    attention = layer.attention
    assert isinstance(attention, GraphAttention)
    assert attention.heads.heads == 8
    H, A, place = torch.randn(3, 4, generator=seeded(1)), torch.ones(1, 3, 3) / 3, torch.arange(3)
    normed = H / math.sqrt(1 + 1e-5)
    expected = torch.relu(torch.cat([normed, attention(normed, A, place)], 1) @ layer.weight + layer.bias)
    torch.testing.assert_close(layer(H, A, place, None), expected)


def test_a_plain_autoencoder_has_no_spread() -> None:
    encoder = Encoder(8, seeded(), MODELS["gae"])
    mu, log_sigma = encoder(torch.randn(4, 8), torch.eye(4).unsqueeze(0), torch.arange(4), None)
    assert log_sigma is None
    assert sample(mu, log_sigma, seeded()) is mu


def test_the_last_layers_may_be_negative_and_the_first_may_not() -> None:
    H, A = torch.randn(50, 8, generator=seeded()), torch.eye(50).unsqueeze(0)
    place = torch.arange(50)
    assert GraphConv(8, 8, seeded())(H, A, place, None).min() == 0
    assert GraphConv(8, 8, seeded(), relu=False)(H, A, place, None).min() < 0


def test_normalisation_comes_before_the_convolution_in_training() -> None:
    layer = GraphConv(4, 4, seeded(), drop=0.0)
    H, A, place = torch.randn(30, 4, generator=seeded()), torch.eye(30).unsqueeze(0), torch.arange(30)
    torch.testing.assert_close(layer(H, A, place, seeded()), layer(7 * H + 3, A, place, seeded()), atol=1e-4, rtol=1e-4)


def test_flat_nodes_give_what_padded_sub_graphs_give() -> None:
    H = torch.randn(5, 3, generator=seeded())  # two sub-graphs of three and two nodes, padded to three
    place = torch.tensor([0, 1, 2, 3, 4])
    A = torch.rand(2, 3, 3, generator=seeded())
    padded = spread(H, place, A.shape)
    assert padded.shape == (2, 3, 3)
    assert not padded[1, 2].any()
    torch.testing.assert_close(aggregate(A, H, place)[:3], A[0] @ H[:3])
    torch.testing.assert_close(aggregate(A, H, place)[3:], A[1, :2, :2] @ H[3:])


def test_dropout_is_drawn_from_its_generator_and_keeps_the_mean() -> None:
    ones = torch.ones(200, 200)
    torch.manual_seed(1)
    first = dropout(ones, 0.2, seeded(3))
    torch.manual_seed(2)
    torch.testing.assert_close(first, dropout(ones, 0.2, seeded(3)))
    assert (first == 0).float().mean().item() == pytest.approx(0.2, abs=0.01)
    assert first.mean().item() == pytest.approx(1.0, abs=0.02)
    assert dropout(ones, 0.2, None) is ones


def test_a_sample_has_the_mean_and_spread_asked_for_and_is_the_mean_at_inference() -> None:
    mu, log_sigma = torch.full((20_000, 1), 3.0), torch.full((20_000, 1), math.log(0.5))
    Z = sample(mu, log_sigma, seeded())
    assert Z.mean().item() == pytest.approx(3.0, abs=0.02)
    assert Z.std().item() == pytest.approx(0.5, abs=0.02)
    assert sample(mu, log_sigma, None) is mu


def test_the_decoder_is_the_inner_product() -> None:
    Z = torch.tensor([[[1.0, 0.0], [2.0, 1.0]]])
    torch.testing.assert_close(decode(Z), torch.tensor([[[1.0, 2.0], [2.0, 5.0]]]))


def test_reconstruction_is_the_mean_over_real_pairs_only() -> None:
    A, logits, real = torch.zeros(1, 3, 3), torch.full((1, 3, 3), 9.0), torch.tensor([[1.0, 1.0, 0.0]])
    A[0, 0, 1] = 1.0
    logits[0, :2, :2] = torch.tensor([[0.0, 2.0], [-1.0, 0.5]])
    found = torch.sigmoid(logits[0, :2, :2]).flatten()
    squares = [found[0] ** 2, (1 - found[1]) ** 2, found[2] ** 2, found[3] ** 2]
    logs = [(1 - found[0]).log(), found[1].log(), (1 - found[2]).log(), (1 - found[3]).log()]
    torch.testing.assert_close(losses.squared_error(A, logits, real), torch.stack(squares).mean())
    torch.testing.assert_close(losses.cross_entropy(A, logits, real), -torch.stack(logs).mean())


def test_kl_is_zero_for_the_prior_and_torch_agrees_elsewhere() -> None:
    zeros = torch.zeros(4, 64)
    assert losses.kl_divergence(zeros, zeros).item() == 0
    mu, log_sigma = torch.randn(4, 64, generator=seeded(1)), 0.3 * torch.randn(4, 64, generator=seeded(2))
    known = torch.distributions.kl_divergence(
        torch.distributions.Normal(mu, log_sigma.exp()), torch.distributions.Normal(0.0, 1.0)
    )
    torch.testing.assert_close(losses.kl_divergence(mu, log_sigma), known.sum(1).mean())


def test_adversarial_losses_are_the_halved_log_losses() -> None:
    prior, latent = torch.tensor([[2.0, -1.0]]), torch.tensor([[0.5, 3.0]])
    real, fake = torch.sigmoid(prior), torch.sigmoid(latent)
    expected = -0.5 * real.log().mean() - 0.5 * (1 - fake).log().mean()
    torch.testing.assert_close(losses.discriminator(prior, latent), expected)
    torch.testing.assert_close(losses.adversarial(latent), -0.5 * fake.log().mean())
    assert torch.isfinite(losses.adversarial(torch.tensor([[-1e4]])))


def moved(module: nn.Module) -> set[str]:
    return {name for name, p in module.named_parameters() if p.grad is not None and p.grad.abs().sum() > 0}


def all_names(module: nn.Module) -> set[str]:
    return {name for name, _ in module.named_parameters()}


@pytest.fixture(params=["simple", "concat", "attention"])
def encoded(request: pytest.FixtureRequest) -> tuple[Encoder, Discriminator, Tensor, Tensor, Tensor]:
    encoder, critic = Encoder(16, seeded(1), Model(request.param)), Discriminator(seeded(2))
    X, A = torch.randn(40, 16, generator=seeded(3)), torch.randn(1, 40, 40, generator=seeded(6)).softmax(-1)
    mu, log_sigma = encoder(X, A, torch.arange(40), seeded(4))
    assert log_sigma is not None
    return encoder, critic, mu, log_sigma, sample(mu, log_sigma, seeded(5))


def test_the_discriminator_loss_moves_the_whole_discriminator_and_not_the_encoder(
    encoded: tuple[Encoder, Discriminator, Tensor, Tensor, Tensor],
) -> None:
    encoder, critic, _, _, Z = encoded
    losses.discriminator(critic(torch.randn_like(Z), seeded()), critic(Z.detach(), seeded())).backward()
    assert moved(critic) == all_names(critic)
    assert moved(encoder) == set()


def test_the_adversarial_term_moves_the_whole_encoder(
    encoded: tuple[Encoder, Discriminator, Tensor, Tensor, Tensor],
) -> None:
    encoder, critic, _, _, Z = encoded
    losses.adversarial(critic(Z, seeded())).backward()
    assert moved(encoder) == all_names(encoder)


def test_the_kl_term_moves_both_heads_and_reconstruction_moves_all(
    encoded: tuple[Encoder, Discriminator, Tensor, Tensor, Tensor],
) -> None:
    encoder, critic, mu, log_sigma, Z = encoded
    losses.kl_divergence(mu, log_sigma).backward(retain_graph=True)
    assert moved(encoder) == all_names(encoder)
    encoder.zero_grad()
    losses.squared_error(torch.eye(40).unsqueeze(0), decode(Z.unsqueeze(0)), torch.ones(1, 40)).backward()
    assert moved(encoder) == all_names(encoder)
    assert moved(critic) == set()
