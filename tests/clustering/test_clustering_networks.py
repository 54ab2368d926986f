"""The networks and losses of the thesis against hand-made oracles."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Generator, Tensor, nn

from photoclust.clustering import losses
from photoclust.clustering.networks import (
    ConcatGraphConv,
    Discriminator,
    Encoder,
    aggregate,
    decode,
    dropout,
    sample,
    spread,
)


def seeded(seed: int = 0) -> Generator:
    return Generator().manual_seed(seed)


def count(*modules: nn.Module) -> int:
    return sum(p.numel() for module in modules for p in module.parameters())


def test_the_thesis_counts_of_parameters_for_256_dimensions() -> None:
    assert count(Encoder(256, seeded())) == 98_624
    assert count(Encoder(256, seeded()), Discriminator(seeded())) == 131_712


def test_a_graph_convolution_is_the_formula() -> None:
    layer = ConcatGraphConv(2, 3, seeded()).eval()
    H = torch.tensor([[1.0, 2.0], [3.0, -1.0]])
    A = torch.tensor([[[0.5, 0.5], [0.0, 1.0]]])
    normed = H / math.sqrt(1 + 1e-5)  # fresh running statistics: mean 0, variance 1
    expected = torch.relu(torch.cat([normed, A[0] @ normed], 1) @ layer.weight + layer.bias)
    torch.testing.assert_close(layer(H, A, torch.arange(2), None), expected)


def test_the_last_layers_may_be_negative_and_the_first_may_not() -> None:
    H, A = torch.randn(50, 8, generator=seeded()), torch.eye(50).unsqueeze(0)
    place = torch.arange(50)
    assert ConcatGraphConv(8, 8, seeded())(H, A, place, None).min() == 0
    assert ConcatGraphConv(8, 8, seeded(), relu=False)(H, A, place, None).min() < 0


def test_normalisation_comes_before_the_convolution_in_training() -> None:
    layer = ConcatGraphConv(4, 4, seeded(), drop=0.0)
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


def test_the_decoder_is_the_sigmoid_of_the_inner_product() -> None:
    Z = torch.tensor([[[1.0, 0.0], [2.0, 1.0]]])
    torch.testing.assert_close(decode(Z), torch.sigmoid(torch.tensor([[[1.0, 2.0], [2.0, 5.0]]])))


def test_reconstruction_is_the_mean_square_over_real_pairs_only() -> None:
    A, A_hat = torch.zeros(1, 3, 3), torch.full((1, 3, 3), 9.0)
    A_hat[0, :2, :2] = torch.tensor([[1.0, 2.0], [0.0, 1.0]])
    assert losses.reconstruction(A, A_hat, torch.tensor([[1.0, 1.0, 0.0]])).item() == pytest.approx(6 / 4)


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


@pytest.fixture
def encoded() -> tuple[Encoder, Discriminator, Tensor, Tensor, Tensor]:
    encoder, critic = Encoder(16, seeded(1)), Discriminator(seeded(2))
    X, A = torch.randn(40, 16, generator=seeded(3)), torch.eye(40).unsqueeze(0)
    mu, log_sigma = encoder(X, A, torch.arange(40), seeded(4))
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
    losses.reconstruction(torch.eye(40).unsqueeze(0), decode(Z.unsqueeze(0)), torch.ones(1, 40)).backward()
    assert moved(encoder) == all_names(encoder)
    assert moved(critic) == set()
