"""What is measured: engines as they ship, and engines with other weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from photoclust.bench.datasets import distinct_names
from photoclust.clustering import catalog
from photoclust.clustering.engine import Engine
from photoclust.core.settings import DEFAULT_ENGINE


@dataclass(frozen=True)
class Contestant:
    """An engine by its name; with a file, the engine that has learned what the file holds. Small enough to send."""

    engine: str
    weights: Path | None = None
    called: str = ""
    """Another name in tables."""

    @property
    def name(self) -> str:
        """What it is called in tables."""
        return self.called or self.engine

    def create(self) -> Engine:
        """The engine; UserError for a name, or a file, that it cannot be made with."""
        if self.weights is None:
            return catalog.create(self.engine)
        from photoclust.clustering.weights_file import read

        return catalog.create(self.engine, weights=read(self.weights, self.engine))


def line_up(engines: Sequence[str], weights: Sequence[Path] = ()) -> list[Contestant]:
    """All that are asked for, each once, without any the default engine; UserError where one cannot be made.

    A file's card tells the engine; it is called `ENGINE:FILE`.
    """
    from photoclust.clustering.weights_file import read

    found = [Contestant(name) for name in dict.fromkeys(engines)]
    for path, called in zip(weights, distinct_names(weights), strict=True):
        engine = str(read(path).card["engine"])
        found.append(Contestant(engine, path, f"{engine}:{called}"))
    found = found or [Contestant(DEFAULT_ENGINE)]
    for contestant in found:
        contestant.create()
    return found
