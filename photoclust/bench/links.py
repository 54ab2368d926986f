"""How much right links help: BCubed of the default engine against their number (`python -m photoclust.bench.links SET.npz …`)."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from photoclust.bench.datasets import load
from photoclust.clustering import catalog
from photoclust.clustering.engine import Constraints, Ints
from photoclust.clustering.measures import measure
from photoclust.core.settings import DEFAULT_ENGINE

_COUNTS = (0, 10, 25, 50, 100)


def right_links(persons: Ints, must: int, cannot: int, seed: int) -> Constraints:
    """Random links that are true of `persons` (n,); fewer where there are none to draw."""
    generator = np.random.default_rng(seed)
    order = generator.integers(0, len(persons), (100 * (must + cannot) + 100, 2))
    same = persons[order[:, 0]] == persons[order[:, 1]]
    company = np.bincount(persons)[persons] > 1
    bound: list[tuple[int, int]] = []
    while company.any() and len(bound) < must:
        one = int(generator.choice(np.flatnonzero(company)))
        others = np.flatnonzero(persons == persons[one])
        bound.append((one, int(generator.choice(others[others != one]))))
    return Constraints(must=np.array(bound, np.int64).reshape(-1, 2), cannot=order[~same][:cannot])


def curve(path: Path, size: int, seed: int, kind: str) -> list[float]:
    """BCubed F with 0, 10, 25, 50 and 100 links of a kind, on whole persons of about `size` faces."""
    whole = load(path)
    data = whole.part(size, seed) if len(whole.persons) > 1.2 * size else whole
    engine, found = catalog.create(DEFAULT_ENGINE), []
    for count in _COUNTS:
        must = {"must": count, "cannot": 0, "mixed": count // 2}[kind]
        law = right_links(data.persons, must, count - must, seed)
        labels = engine.fit_predict(data.embeddings, hints=data.hints, constraints=law, seed=seed).labels
        found.append(measure(data.persons, labels).bcubed_f)
    return found


def main() -> None:
    """Print a line a set, kind and seed: BCubed without links, and what each number of links adds, in points."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dataset", nargs="+", type=Path)
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=5)
    args = parser.parse_args()
    print(f"{'dataset':14s} {'links':7s} seed  none    " + "".join(f"{count:8d}" for count in _COUNTS[1:]))
    for path in args.dataset:
        for kind in ("must", "cannot", "mixed"):
            for seed in range(args.seeds):
                none, *rest = curve(path, args.size, seed, kind)
                gains = "".join(f"{100 * (value - none):+8.2f}" for value in rest)
                print(f"{path.stem:14s} {kind:7s} {seed:4d}  {none:.4f}  {gains}", flush=True)


if __name__ == "__main__":
    main()
