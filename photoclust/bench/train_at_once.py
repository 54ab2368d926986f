"""Trainings that nobody judges on the way: the thesis engine learns without labels, the album engine by a fixed recipe."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from photoclust.bench.card import SFACE_ONLY
from photoclust.bench.link_training import Recipe, examples, fit
from photoclust.bench.link_training import save as save_links
from photoclust.bench.train import score
from photoclust.clustering.avgae import AVGAE
from photoclust.clustering.estimator import Training
from photoclust.clustering.learning import Labelled
from photoclust.clustering.networks import MODELS
from photoclust.clustering.weights_file import Weights, save
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status


@dataclass(frozen=True, eq=False)
class Learned:
    """What was learned, ready to be written."""

    card: Mapping[str, Any]
    carries_over: str
    summary: str
    """How good it is: a sentence."""
    write: Callable[[Path, Mapping[str, Any]], None]
    """To that file, with that card; raises OSError."""


def learn_avgae(
    albums: Sequence[Labelled], validation: Sequence[Labelled], options: Mapping[str, Any], seed: int, progress: Progress
) -> Learned:
    """The thesis engine learns from several sets, without their labels, for use on others.

    `options` are those of `AVGAE` and of its `Training`, `model` is one of `MODELS`; UserError for others. The score on the
    validation persons is told, and nothing is chosen by it.
    """
    told = dict(options)
    training = {field.name: told.pop(field.name) for field in fields(Training) if field.name in told}
    model = told.pop("model", "avgae")
    if model not in MODELS:
        raise UserError(f"There is no model “{model}”; there are {', '.join(MODELS)}.")
    try:
        engine = AVGAE(**told, model=MODELS[model], training=Training(**training))
    except TypeError as error:
        raise UserError(f"“avgae” cannot be trained with these options: {error}.") from error
    trained = engine.fit_sets([album.embeddings for album in albums], seed=seed, progress=progress)
    progress.report(Status("Grouping the validation persons"))
    found = score(trained, validation, progress)
    weights = trained.weights()
    return Learned(
        {**weights.card, "measure": "BCubed F", "score": round(found, 6)},
        SFACE_ONLY,
        f"BCubed F {found:.4f} on the validation persons",
        lambda path, card: save(Weights(weights.tensors, card), path),
    )


def learn_links(albums: Sequence[Labelled], options: Mapping[str, Any], seed: int, progress: Progress) -> Learned:
    """The album engine's network of links; `options` are those of its `Recipe`, UserError for others."""
    told = dict(options)
    if isinstance(told.get("widths"), list):
        told["widths"] = tuple(told["widths"])
    try:
        recipe = Recipe(**told)
    except TypeError as error:
        raise UserError(f"“album” cannot be trained with these options: {error}.") from error
    made = list(examples(albums, recipe, seed, progress))
    estimator = fit(made, recipe, seed, progress)
    right = statistics.fmean(float(((estimator.log_odds(features) > 0) == same).mean()) for features, same in made)
    edges = sum(len(same) for _, same in made)
    return Learned(
        {"engine": "album", "options": asdict(recipe), "albums": len(made), "edges": edges, "links_right": round(right, 6)},
        "Sees similarities only as spreads above an album’s own strangers; measured with vectors of SFace only.",
        f"{right:.1%} of {edges} links in {len(made)} albums are told right, which it has learned from",
        lambda path, card: save_links(estimator, path, card),
    )
