"""The thesis' feature extractor beside SFace: its size, its files, its own model id, and vectors through the session."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from photoclust.clustering.weights_file import Weights, save
from photoclust.core.errors import UserError
from photoclust.core.settings import VisionSettings
from photoclust.vision.align import crop, similarity
from photoclust.vision.densenet import FaceDenseNet, Shape, options_of, read, tensors_of
from photoclust.vision.session import FaceSession

TINY = Shape(side=32, dimensions=8, growth=4, blocks=(1, 1, 1, 1), first=8)


def write(path: Path, network: FaceDenseNet, engine: str = "densenet121", shape: Shape | None = None) -> Path:
    save(Weights(tensors_of(network), {"engine": engine, "options": options_of(shape or network.shape)}), path)
    return path


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("weights") / "tiny.safetensors", FaceDenseNet(TINY, seed=1))


def test_the_network_is_densenet_121_with_256_outputs() -> None:
    network = FaceDenseNet()
    of_torchvision = 7_978_856 - (1024 * 1000 + 1000)  # without its classifier of 1,000 classes
    assert sum(p.numel() for p in network.parameters()) == of_torchvision + 1024 * 256 + 256
    assert network.eval()(torch.zeros(1, 3, 112, 112)).shape == (1, 256)


def test_initial_weights_follow_from_the_seed_and_disturb_nobody() -> None:
    torch.manual_seed(5)
    before = torch.get_rng_state()
    one, same, other = (FaceDenseNet(TINY, seed).network.classifier.weight for seed in (1, 1, 2))
    assert torch.equal(one, same)
    assert not torch.equal(one, other)
    assert torch.equal(torch.get_rng_state(), before)


def test_what_is_read_is_what_was_written_to_half_precision_and_named_by_its_bytes(weights: Path) -> None:
    found = read(weights)
    assert found.id == f"densenet121-{hashlib.sha256(weights.read_bytes()).hexdigest()[:8]}"
    assert found.shape == TINY
    faces = 255 * torch.rand(3, 3, 112, 112)
    expected = FaceDenseNet(TINY, seed=1).eval()(faces)
    torch.testing.assert_close(found.network()(faces), expected, rtol=0.01, atol=0.01)


def test_a_session_describes_the_same_faces_by_other_vectors_under_another_id(
    photos: list[NDArray[np.uint8]], session: FaceSession, weights: Path
) -> None:
    ours = FaceSession("cpu", VisionSettings(embedder=weights))
    assert (session.model_id, session.dimensions) == ("yunet-2023mar+looks3+sface-2021dec", 128)
    assert (ours.embedding_id, ours.dimensions) == (read(weights).id, 8)
    assert ours.model_id == f"yunet-2023mar+looks3+{ours.embedding_id}"
    for found, known in zip(ours.analyse(photos), session.analyse(photos), strict=True):
        assert [face.box for face in found] == [face.box for face in known]
        assert {face.vector.shape for face in found} == {(8,)}
        assert np.linalg.norm([face.vector for face in found], axis=1) == pytest.approx(1, abs=1e-5)


def test_vectors_are_those_of_the_aligned_faces(photos: list[NDArray[np.uint8]], weights: Path) -> None:
    face = FaceSession("cpu", VisionSettings(embedder=weights)).analyse(photos[:1])[0][0]
    aligned = crop(photos[0], similarity(np.array(face.landmarks)))[None]
    expected = torch.nn.functional.normalize(read(weights).network()(aligned))[0]
    assert face.vector == pytest.approx(expected.numpy(), abs=1e-4)


def test_no_faces_are_no_vectors_of_the_embedder_in_use(weights: Path) -> None:
    assert FaceSession("cpu", VisionSettings(embedder=weights)).embed(torch.zeros(0, 3, 112, 112)).shape == (0, 8)


def test_what_is_no_weights_file_of_this_network_is_refused(tmp_path: Path) -> None:
    network = FaceDenseNet(TINY)
    (tmp_path / "words").write_text("nothing")
    write(tmp_path / "engine", network, engine="dgg")
    write(tmp_path / "shape", network, shape=replace(TINY, dimensions=9))
    odd = {"engine": "densenet121", "options": {"colour": "red", "blocks": []}}
    save(Weights(tensors_of(network), odd), tmp_path / "options")
    unreadable = dict.fromkeys(["missing", "words", "options"], "cannot be read")
    for name, told in {**unreadable, "engine": "of “dgg”", "shape": "tensors"}.items():
        with pytest.raises(UserError, match=told):
            FaceSession("cpu", VisionSettings(embedder=tmp_path / name))
