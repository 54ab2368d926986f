"""The card of a weights file: whose the weights are and where they come from, for machines and for people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from photoclust import __version__
from photoclust.bench.checkpoint import Standing
from photoclust.bench.datasets import Dataset
from photoclust.clustering.learning import Labelled
from photoclust.core.errors import UserError

LICENCE = "Apache-2.0"
PHOTOS = "none of ours; learned from photos, so the terms of their owners hold"
SFACE_ONLY = "For vectors of SFace only."


def describe_data(path: Path, dataset: Dataset, learned: Labelled, validated: Labelled | None) -> dict[str, Any]:
    """What a training says of one data set: enough to tell whether another file is the same."""
    return {
        "name": dataset.name,
        "sha256": _sha256(path, dataset),
        "faces": len(learned.persons) + (len(validated.persons) if validated else 0),
        "persons_learned": len(np.unique(learned.persons)),
        "persons_validated": len(np.unique(validated.persons)) if validated else 0,
    }


def fill(
    card: Mapping[str, Any], training: Mapping[str, Any], sources: Sequence[Path], command: str, carries_over: str
) -> dict[str, Any]:
    """A card with where the weights come from: `training` (data, seed, …), the command, versions and the licence.

    Weights learned from vectors are ours to give; those learned from the photos of a folder among the sources are not.
    """
    import torch

    versions = {"photoclust": __version__, "torch": str(torch.__version__)}
    licence = PHOTOS if any(source.is_dir() for source in sources) else LICENCE
    return {**card, **training, "command": command, "versions": versions, "licence": licence, "carries_over": carries_over}


def scores(standing: Standing) -> dict[str, Any]:
    """What is told of a training's epochs."""
    return {
        "epochs": len(standing.history),
        "best_epoch": standing.best + 1,
        "losses": [round(epoch.loss, 6) for epoch in standing.history],
        "scores": [round(epoch.score, 6) for epoch in standing.history],
    }


def markdown(card: Mapping[str, Any], title: str) -> str:
    """The card as a page for people; what a card does not tell is left out."""
    lines = [f"# {title}", ""]
    lines += [f"{card.get('carries_over', '')} Licence: {card.get('licence', 'not told')}.".strip(), ""]
    if "command" in card:
        lines += ["```", card["command"], "```", ""]
    if card.get("scores"):
        best = card["best_epoch"]
        told = f"{card.get('measure', 'BCubed F')} {card['scores'][best - 1]:.4f}"
        lines += [f"{told} on the validation persons in epoch {best} of {card['epochs']}.", ""]
    if "score" in card:
        lines += [f"{card['measure']} {card['score']:.4f} on the validation persons; nothing was chosen by it.", ""]
    about = {"engine": card.get("engine"), **card.get("options", {}), "seed": card.get("seed"), **card.get("versions", {})}
    lines += _table(["", ""], [[name, json.dumps(value)] for name, value in about.items() if value is not None])
    data = card.get("data", [])
    if data:
        names = ["name", "faces", "persons_learned", "persons_validated", "sha256"]
        head = [name.replace("_", " ") for name in names]
        lines += ["", *_table(head, [[str(entry.get(name, "–")) for name in names] for entry in data])]
    if card.get("half"):
        lines += ["", "Only half of the persons of each set was used; the other half is for measuring."]
    if card.get("scores"):
        epochs = zip(card["losses"], card["scores"], strict=True)
        rows = [[str(number), f"{loss:.4g}", f"{found:.4f}"] for number, (loss, found) in enumerate(epochs, start=1)]
        lines += ["", *_table(["epoch", "loss", "score"], rows)]
    return "\n".join(lines)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows]]


def _sha256(path: Path, dataset: Dataset) -> str:
    """Of the file if the set is one file, else of its vectors and persons in an order of their own."""
    if path.suffix.lower() == ".npz" and path.is_file():
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise UserError(f"“{path}” cannot be read: {error}.") from error
    X = np.ascontiguousarray(dataset.embeddings, "<f4")
    order = np.lexsort([dataset.persons, *X.T[::-1]])
    return hashlib.sha256(X[order].tobytes() + dataset.persons[order].astype("<i8").tobytes()).hexdigest()
