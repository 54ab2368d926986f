"""A trained AVGAE in a file: its weights, and the options they belong to."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict
from pathlib import Path

import numpy as np

from photoclust.clustering.avgae import AVGAE, TrainedAVGAE
from photoclust.clustering.estimator import Estimator, Training
from photoclust.clustering.networks import Model
from photoclust.core.errors import UserError


def save(trained: TrainedAVGAE, path: Path) -> None:
    """Write an .npz that `load` reads; it holds no code and no faces."""
    parts = {"density": trained.density, "linking": trained.linking}
    arrays = {f"{part}/{name}": array for part, found in parts.items() if found for name, array in found.arrays.items()}
    with path.open("wb") as file:
        np.savez(file, options=np.array(json.dumps(asdict(trained.options))), **arrays)  # type: ignore[arg-type]


def load(path: Path) -> TrainedAVGAE:
    """Read what `save` wrote; UserError for anything else."""
    try:
        with np.load(path, allow_pickle=False) as file:
            told = json.loads(str(file["options"]))
            options = AVGAE(**{**told, "model": Model(**told["model"]), "training": Training(**told["training"])})
            parts: dict[str, dict[str, np.ndarray]] = {"density": {}, "linking": {}}
            for key in file.files:
                part, _, name = key.partition("/")
                if name:
                    parts[part][name] = file[key]
        density = Estimator(options.model, False, parts["density"]) if parts["density"] else None
        linking = Estimator(options.model, True, parts["linking"])
        for estimator in (density, linking):
            if estimator:
                estimator.encoder()
        return TrainedAVGAE(options, density, linking)
    except (OSError, ValueError, TypeError, KeyError, RuntimeError, EOFError, zipfile.BadZipFile) as error:
        raise UserError(f"“{path}” cannot be read as the weights of an AVGAE: {error}.") from error
