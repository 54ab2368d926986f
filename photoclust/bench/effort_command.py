"""`photoclust bench effort`: what is asked for, and how the outcome is shown."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photoclust.terminal import TerminalProgress

if TYPE_CHECKING:
    from photoclust.bench.effort import Effort
    from photoclust.bench.tables import Cells

_CALLED = {"by hand": "ours, by hand", "immich": "Immich's rule", "digikam": "digiKam's rule"}


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's arguments; nothing heavy is imported for it."""
    command.add_argument("dataset", nargs="+", type=Path)
    command.add_argument(
        "--held-out", type=Path, nargs="+", default=[], metavar="DATA",
        help="measure only persons who are not in the half of these sets that `photoclust train --half` learns from",
    )  # fmt: skip
    command.add_argument("--seed", type=int, default=0, metavar="N")
    command.add_argument("--bold", action="store_true", help="answer long shots too")
    command.add_argument("--plot", type=Path, metavar="FILE", help="draw what actions are worth as PNG")


def measure(args: argparse.Namespace) -> None:
    """Let a user who knows everybody answer, and print; UserError for what cannot be read."""
    from photoclust.bench.accuracy import load_all
    from photoclust.bench.effort import measure_effort
    from photoclust.bench.held_out import HeldOut

    with TerminalProgress().listening() as progress:
        held_out = HeldOut.of(args.held_out, 0, progress) if args.held_out else None
        efforts = [
            measure_effort(dataset, args.seed, progress, bold=args.bold) for dataset in load_all(args.dataset, progress, held_out)
        ]
    if args.plot:
        _draw(args.plot, efforts)
    if args.json:
        rows = [_data(effort) for effort in efforts]
        print(json.dumps(rows[0] if len(rows) == 1 else rows))
    else:
        from photoclust.bench.tables import text

        print(text(cells(efforts)))


def cells(efforts: Sequence[Effort]) -> Cells:
    """The table, its head first."""
    from photoclust.bench.effort import PEERS

    head = ["dataset", "faces", "persons", "by hand", "answers", "names", "actions", "dragged", "ours", "by size",
            "to B³ .99", "by hand", *PEERS, "ratio"]  # fmt: skip
    return [head, *(
        [e.dataset, str(e.faces), str(e.persons), str(e.by_hand), str(e.answers), str(e.names), str(e.actions), str(e.left),
         str(e.ours_actions), str(e.by_size), str(e.to_good), str(e.to_good_by_hand),
         *(str(e.peers[peer]) for peer in PEERS), f"{e.ratio:.2f}"]
        for e in efforts
    )]  # fmt: skip


def _data(effort: Effort) -> dict[str, Any]:
    from photoclust.bench.effort import sampled

    data = asdict(effort) | {"ours_actions": effort.ours_actions, "ratio": round(effort.ratio, 4)}
    data["curve"] = [asdict(step) for step in sampled(effort.curve)]
    data["curves"] = {name: [asdict(step) for step in sampled(curve)] for name, curve in effort.curves.items()}
    return data


def _draw(path: Path, efforts: Sequence[Effort]) -> None:
    """The share of faces that are right against actions: of one set with those of the peers, of several each with its own."""
    from photoclust.bench import plots
    from photoclust.bench.effort import sampled

    if len(efforts) == 1:
        effort = efforts[0]
        steps = {"ours, with questions": effort.curve} | {_CALLED[name]: curve for name, curve in effort.curves.items()}
        title, words = f"What an action is worth: {effort.dataset}, {effort.faces:,} faces", "actions"
    else:
        steps = {e.dataset: e.curve for e in efforts}
        title, words = "What an action is worth, with questions", "actions a hundred faces"
    curves = []
    for k, (name, curve) in enumerate(steps.items()):
        per = 1.0 if len(efforts) == 1 else 100 / max(efforts[k].faces, 1)
        curves.append(plots.Curve(name, [(per * s.actions, 100 * s.right) for s in sampled(curve)]))
    plots.draw(path, title, plots.Axis(words), plots.Axis("% right", None, 100), curves)
