"""How well whole groups explain their faces."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from photoclust.clustering import likelihood as module
from photoclust.clustering.likelihood import likelihood


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


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


def test_names_of_groups_do_not_matter_and_no_faces_are_certain() -> None:
    faces = unit(np.random.default_rng(2).normal(size=(6, 128)))
    labels = np.array([0, 0, 1, 1, 2, 2])
    assert likelihood(faces, labels, 2.0) == pytest.approx(likelihood(faces, 90 - 7 * labels, 2.0))
    assert likelihood(faces[:0], labels[:0], 2.0) == 0.0
