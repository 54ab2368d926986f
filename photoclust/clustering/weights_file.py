"""What a learned engine has learned, in a safetensors file with a card: no code, no faces."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photoclust.core.errors import UserError

if TYPE_CHECKING:
    import torch

_CARD = "photoclust"


@dataclass(frozen=True, eq=False)
class Weights:
    """The tensors of a network and the card that says whose they are and where they come from."""

    tensors: Mapping[str, torch.Tensor]
    card: Mapping[str, Any]
    """`engine`: its name; `options`: the options of the engine that were chosen while learning (a threshold, the width of the
    embeddings, …); what `photoclust train` adds: data, command, seed, scores, licence. JSON."""

    @property
    def options(self) -> Mapping[str, Any]:
        """What was chosen while learning."""
        options: Mapping[str, Any] = self.card["options"]
        return options


def save(weights: Weights, path: Path) -> None:
    """Write a safetensors file with the card in its header; a failed write leaves what was there before."""
    from safetensors.torch import save as to_bytes

    tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in weights.tensors.items()}
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(to_bytes(tensors, {_CARD: json.dumps(weights.card)}))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read(path: Path, engine: str | None = None) -> Weights:
    """Read what `save` wrote; UserError for anything else, and for weights of another engine than the one named."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="pt") as file:
            card = json.loads((file.metadata() or {})[_CARD])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 – not a mapping
        found = Weights(tensors, card)
        told, _ = str(card["engine"]), found.options
    except (OSError, SafetensorError, KeyError, ValueError, TypeError) as error:
        raise UserError(f"“{path}” cannot be read as weights of an engine: {error}.") from error
    if engine is not None and told != engine:
        raise UserError(f"“{path}” holds the weights of “{told}”, not of “{engine}”.")
    return found


@cache
def shipped(engine: str) -> Weights:
    """The weights that come with the program for that engine."""
    with as_file(files("photoclust.clustering") / "weights" / f"{engine}.safetensors") as path:
        return read(path, engine)
