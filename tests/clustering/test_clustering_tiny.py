"""Albums of a handful of made-up faces: what the default engine must never answer."""

from __future__ import annotations

import numpy as np
import pytest

from photoclust.bench.scale import Material
from photoclust.bench.tiny import Album, is_absurd
from photoclust.clustering.catalog import create
from photoclust.core.settings import DEFAULT_ENGINE


def tiny(faces: int, persons: int, seed: int) -> Album:
    """Faces of as many made-up persons, about as alike as real ones (cosine 0.56 within, 0.08 across)."""
    generator = np.random.default_rng(seed)
    material = Material.gaussian(seed)
    middles = material.mean + material.persons[generator.choice(len(material.persons), persons, replace=False)]
    truth = generator.permutation(np.arange(faces) % persons)
    noise = generator.normal(size=(faces, middles.shape[1])) * np.sqrt(0.33 / middles.shape[1])
    vectors = middles[truth] + noise
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), truth


KINDS = [(5, 1), (5, 2), (5, 5), (20, 1), (20, 2), (20, 4), (20, 20), (60, 1), (60, 2), (60, 8), (60, 60)]


@pytest.mark.parametrize(("faces", "persons"), KINDS)
def test_no_tiny_album_gets_an_absurd_answer(faces: int, persons: int) -> None:
    for seed in range(3):
        embeddings, truth = tiny(faces, persons, seed)
        assert not is_absurd(truth, create(DEFAULT_ENGINE).fit_predict(embeddings).labels), f"seed {seed}"
