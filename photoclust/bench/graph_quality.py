"""How clean and rich the graphs of Ada-NETS are (its tables 3 and 4): `python -m photoclust.bench.graph_quality DATASET...`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from photoclust.bench.datasets import Dataset, load
from photoclust.bench.split import half_of_persons
from photoclust.bench.tables import Cells, text
from photoclust.clustering.adanets import AdaNETS
from photoclust.clustering.adanets_graph import count_neighbours, look_around
from photoclust.clustering.adanets_network import AdaNet
from photoclust.clustering.adaptive_filter import best_counts, edges, matches, quality, signal_to_noise
from photoclust.clustering.engine import SILENT, Ints
from photoclust.clustering.structure_space import Candidates
from photoclust.clustering.weights_file import read
from photoclust.core.progress import Progress
from photoclust.terminal import TerminalProgress

_FIXED = (5, 10, 20, 40, 80)


@dataclass(frozen=True)
class GraphRow:
    """One graph over one set of faces."""

    dataset: str
    space: str
    """Whether candidates are in the order of the cosine or of κ."""
    neighbours: str
    """How many each face has."""
    edges: int
    good: int
    """Edges between two faces of one person."""
    snr: float
    """Good edges for each bad one."""
    quality: float
    """Mean Q (β = 0.5) of the faces' own lists, the face itself counted: the paper's Q before (all candidates) and after."""


def measure_graphs(dataset: Dataset, engine: AdaNETS, progress: Progress = SILENT) -> list[GraphRow]:
    """A graph of fixed k in either space, of the adaptive filter, with as many neighbours on average, and of the true k_off."""
    network = AdaNet.of(engine.learned.tensors)
    seen = look_around(dataset.embeddings, engine.space, progress)
    _, persons, sizes = np.unique(dataset.persons, return_inverse=True, return_counts=True)
    structure = seen.candidates
    cosine = replace(engine, eta=1.0).space.candidates(dataset.embeddings, progress)
    told = np.floor(count_neighbours(network, seen, progress)).astype(np.int64)
    same_mean = max(1, round(float(told.mean()) - 1))

    def row(candidates: Candidates, name: str, counts: Ints) -> GraphRow:
        space = "structure" if candidates is structure else "cosine"
        pairs = edges(candidates, counts)
        found = quality(matches(candidates, persons), sizes[persons], beta=0.5)
        own = found[np.arange(len(counts)), counts - 1]
        good = int((persons[pairs[:, 0]] == persons[pairs[:, 1]]).sum())
        return GraphRow(dataset.name, space, name, len(pairs), good, signal_to_noise(pairs, persons), float(own.mean()))

    rows = []
    for candidates in (cosine, structure):
        for k in sorted({min(k, candidates.k) for k in (*_FIXED, engine.k)}):
            rows.append(row(candidates, str(k), np.full(len(persons), k + 1)))
        rows.append(row(candidates, f"{same_mean} (as adaptive)", np.full(len(persons), same_mean + 1)))
        if candidates is structure:
            rows.append(row(candidates, "adaptive", told))
        rows.append(row(candidates, "true k_off", best_counts(matches(candidates, persons), sizes[persons], beta=0.5)))
    return rows


def cells(rows: Sequence[GraphRow]) -> Cells:
    """As a table."""
    lines = [["dataset", "space", "neighbours", "edges", "good", "SNR", "Q"]]
    for row in rows:
        numbers = [str(row.edges), str(row.good), f"{row.snr:.2f}", f"{row.quality:.3f}"]
        lines.append([row.dataset, row.space, row.neighbours, *numbers])
    return lines


def main() -> None:
    """Print the table of the data sets named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("datasets", nargs="+", type=Path)
    parser.add_argument("--held-out", action="store_true", help="measure the half of the persons that is not trained on")
    parser.add_argument("--weights", type=Path, help="of adanets; default: what the program ships")
    arguments = parser.parse_args()
    engine = AdaNETS(weights=read(arguments.weights, "adanets") if arguments.weights else None)
    rows: list[GraphRow] = []
    with TerminalProgress().listening() as progress:
        for path in arguments.datasets:
            dataset = load(path, progress)
            if arguments.held_out:
                dataset = dataset.only(dataset.persons[half_of_persons(dataset.persons, other=True)], f"{dataset.name}, held out")
            rows += measure_graphs(dataset, engine, progress)
    print(text(cells(rows)))


if __name__ == "__main__":
    main()
