"""How the album engine does on a source it has not seen: `photoclust bench SETS --preset leave-one-out`.

Each set is grouped whole with links learned from all others, and compared with the best of the classical methods at the setting
that is best for that very set. Sets whose names begin alike (`lfw`, `lfw-degraded`) may share persons and are left out together.
"""

from __future__ import annotations

from dataclasses import dataclass

from photoclust.bench.datasets import Dataset
from photoclust.bench.link_training import Recipe, examples, fit
from photoclust.bench.oracle import sweep
from photoclust.bench.presets import Asked, Outcome
from photoclust.bench.retrained import group_with
from photoclust.bench.split import all_for_learning
from photoclust.clustering.evidence import LinkEstimator
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status

ORACLES = ("chinese-whispers", "hac", "dbscan", "finch", "facerecognition", "rank-order")
RECIPE = Recipe(albums=4, networks=2, epochs=4)  # a third of the time that it takes to make the weights that ship


@dataclass(frozen=True)
class LeftOutRow:
    """One set, grouped by what was learned from the others."""

    dataset: str
    seed: int
    faces: int
    persons: int
    bcubed_f: float
    actions: int
    oracle: str
    """The method with the highest BCubed F of any setting."""
    oracle_f: float
    points: float
    """How much better than the oracle, in points of BCubed F."""
    fewest_actions: int
    """Of any setting of any of these methods."""


def measure(asked: Asked) -> Outcome:
    """Learn once for each family of sets and seed; UserError where there is nothing else to learn from."""
    rows: list[LeftOutRow] = []
    for seed in asked.seeds:
        learned: dict[str, LinkEstimator] = {}
        for dataset in asked.datasets:
            if family(dataset) not in learned:
                learned[family(dataset)] = _learn_without(family(dataset), asked, seed)
            rows.append(_row(dataset, learned[family(dataset)], seed, asked.progress))
    return Outcome({"": rows}, [f"Learned with {RECIPE}.", f"The best of {', '.join(ORACLES)} at any setting is the oracle."])


def family(dataset: Dataset) -> str:
    """What sets that may share persons have in common: the first word of their names."""
    return dataset.name.split("@")[0].split("-")[0]


def _learn_without(left_out: str, asked: Asked, seed: int) -> LinkEstimator:
    others = [all_for_learning(other, half=False) for other in asked.datasets if family(other) != left_out]
    if not others:
        raise UserError(f"Nothing is left to learn from without “{left_out}”: give more data sets.")
    asked.progress.report(Status(f"Learning without {left_out}"))
    return fit(list(examples(others, RECIPE, seed, asked.progress)), RECIPE, seed, asked.progress)


def _row(dataset: Dataset, estimator: LinkEstimator, seed: int, progress: Progress) -> LeftOutRow:
    ours = dataset.measure(group_with(estimator, dataset, seed, progress))
    swept = [sweep(dataset, name, seed, progress) for name in ORACLES]
    best = max(swept, key=lambda row: row.measures.bcubed_f)
    return LeftOutRow(
        dataset.name,
        seed,
        ours.faces,
        ours.persons,
        round(ours.bcubed_f, 4),
        ours.actions,
        best.engine,
        round(best.measures.bcubed_f, 4),
        round(100 * (ours.bcubed_f - best.measures.bcubed_f), 2),
        min(row.actions for row in swept),
    )
