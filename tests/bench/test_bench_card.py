"""What a card tells of the data, and how it reads."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photoclust.bench.card import describe_data, fill, markdown, scores
from photoclust.bench.checkpoint import Epoch, Standing
from photoclust.bench.datasets import Dataset
from photoclust.bench.split import learning_and_validation
from photoclust.clustering.weights_file import Weights


@pytest.fixture
def dataset() -> Dataset:
    X = np.random.default_rng(0).normal(size=(30, 4)).astype(np.float32)
    return Dataset("set", X / np.linalg.norm(X, axis=1, keepdims=True), np.repeat(np.arange(10), 3))


def told(path: Path, dataset: Dataset) -> dict[str, object]:
    return describe_data(path, dataset, *learning_and_validation(dataset, half=False))


def test_a_file_is_known_by_its_own_checksum(dataset: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "set.npz"
    np.savez(path, X=dataset.embeddings, y=dataset.persons)
    assert told(path, dataset) == {
        "name": "set",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "faces": 30,
        "persons_learned": 8,
        "persons_validated": 2,
    }


def test_a_folder_is_known_by_its_faces_and_persons_in_whatever_order(dataset: Dataset, tmp_path: Path) -> None:
    order = np.random.default_rng(1).permutation(30)
    mixed = replace(dataset, embeddings=dataset.embeddings[order], persons=dataset.persons[order])
    others = replace(dataset, persons=np.repeat(np.arange(10)[::-1], 3))
    known = told(tmp_path, dataset)["sha256"]
    assert told(tmp_path, mixed)["sha256"] == known
    assert told(tmp_path, others)["sha256"] != known


def test_the_page_tells_the_best_epoch_of_all(dataset: Dataset, tmp_path: Path) -> None:
    standing = Standing((Epoch(0.9, 0.5), Epoch(0.4, 0.75), Epoch(0.3, 0.7)), 1, Weights({}, {}))
    card = {"engine": "rgcn", "options": {"start": 0.6}, **scores(standing)}
    training = {"seed": 3, "half": True, "data": [told(tmp_path, dataset)]}
    page = markdown(fill(card, training, [], "photoclust train", "Everywhere."), "W")
    assert page.startswith("# W\n\nEverywhere. Licence: Apache-2.0.")
    assert "BCubed F 0.7500 on the validation persons in epoch 2 of 3." in page
    assert "| start | 0.6 |" in page
    assert "| 3 | 0.3 | 0.7000 |" in page
    assert "Only half of the persons" in page


def test_a_card_that_tells_little_is_still_a_page() -> None:
    assert "not told" in markdown({"engine": "rgcn", "options": {}}, "W")
