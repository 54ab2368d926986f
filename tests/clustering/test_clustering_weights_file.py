"""Weights of an engine in a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from photoclust.clustering.weights_file import Weights, read, save
from photoclust.core.errors import UserError

LEARNED = Weights({"layer.weight": torch.arange(6.0).reshape(2, 3)}, {"engine": "hilander", "options": {"threshold": 0.8}})


def test_weights_come_back_as_they_were_with_their_card(tmp_path: Path) -> None:
    save(LEARNED, tmp_path / "a.safetensors")
    found = read(tmp_path / "a.safetensors", "hilander")
    torch.testing.assert_close(found.tensors["layer.weight"], LEARNED.tensors["layer.weight"])
    assert found.options == {"threshold": 0.8}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.safetensors"]


def test_weights_of_another_engine_are_refused(tmp_path: Path) -> None:
    save(LEARNED, tmp_path / "a.safetensors")
    with pytest.raises(UserError, match=r"weights of “hilander”, not of “rgcn”"):
        read(tmp_path / "a.safetensors", "rgcn")


def test_what_is_no_weights_file_is_refused_with_its_name(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.safetensors"
    from safetensors.numpy import save_file

    save_file({"a": np.zeros(3, np.float32)}, foreign)
    save(LEARNED, tmp_path / "cut.safetensors")
    cut = tmp_path / "cut.safetensors"
    cut.write_bytes(cut.read_bytes()[:-5])
    empty = tmp_path / "empty.safetensors"
    empty.write_bytes(b"")
    for path in (foreign, cut, empty, tmp_path / "gone.safetensors", tmp_path):
        with pytest.raises(UserError, match=path.name):
            read(path)
