"""How well whole groups explain their faces."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from photoclust.clustering import likelihood as module
from photoclust.clustering.likelihood import gains, likelihoods


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def likelihood(faces: np.ndarray, labels: np.ndarray, temper: float) -> float:
    return float(likelihoods(faces, labels, temper).sum())


def joint(faces: np.ndarray, labels: np.ndarray, temper: float) -> float:
    """The same, dimension by dimension, from the covariance of all faces."""
    n, d = faces.shape
    within, between = temper * module._WITHIN / d, module._BETWEEN / d
    covariance = within * np.eye(n) + between * (labels[:, None] == labels)
    return sum(multivariate_normal.logpdf(column, np.full(n, column.mean()), covariance) for column in faces.T.astype(float))


@pytest.mark.parametrize("temper", [1.0, 3.5])
def test_two_groupings_differ_as_the_gaussians_say(temper: float) -> None:
    faces = unit(np.random.default_rng(0).normal(size=(5, 128)))
    one, other = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 1, 1, 1])
    told = likelihood(faces, one, temper) - likelihood(faces, other, temper)
    assert told == pytest.approx(joint(faces, one, temper) - joint(faces, other, temper), rel=1e-3)


@pytest.mark.parametrize("temper", [2.0, 3.5])
def test_three_persons_are_likelier_than_one_and_than_thirty_pieces(temper: float) -> None:
    generator = np.random.default_rng(1)
    truth = np.repeat(np.arange(3), 40)
    middles = unit(generator.normal(size=(3, 128)))
    faces = unit(0.65 * middles[truth] + 0.75 * unit(generator.normal(size=(120, 128))))
    pieces = np.arange(120) // 4
    right = likelihood(faces, truth, temper)
    assert right > likelihood(faces, np.zeros(120, np.int64), temper)
    assert right > likelihood(faces, pieces, temper) > likelihood(faces, np.arange(120), temper)


def test_a_gain_is_the_difference_of_two_groupings_and_told_of_each_whole_against_its_pieces() -> None:
    generator = np.random.default_rng(1)
    truth = np.repeat(np.arange(3), 40)
    middles = unit(generator.normal(size=(3, 128)))
    faces = unit(0.65 * middles[truth] + 0.75 * unit(generator.normal(size=(120, 128))))
    parts = truth * 2 + np.arange(120) % 2
    wholes = np.where(truth == 2, parts, truth)  # the third person stays in two pieces
    total, each = gains(faces, 7 * parts, 90 - wholes, 2.0)
    assert total == pytest.approx(likelihood(faces, wholes, 2.0) - likelihood(faces, parts, 2.0), rel=1e-6)
    assert (each[truth < 2] > 0).all()
    assert (each[truth == 2] == 0).all()
    assert each.sum() == pytest.approx(total, rel=1e-6)


def test_no_faces_gain_nothing() -> None:
    none = np.empty(0, np.int64)
    total, each = gains(np.empty((0, 128), np.float32), none, none, 2.0)
    assert total == 0.0
    assert not len(each)
