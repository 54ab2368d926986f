"""`photoclust bench scale`: what is asked for, and how the outcome is shown and saved."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from photoclust.bench.command import whole_number
from photoclust.core.errors import UserError
from photoclust.core.settings import DEFAULT_ENGINE
from photoclust.terminal import TerminalProgress

if TYPE_CHECKING:
    from photoclust.bench.scale import ScaleRow
    from photoclust.bench.scale_peers import PeerRow


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's arguments; nothing heavy is imported for it."""
    command.add_argument("--faces", type=whole_number, nargs="+", default=[10_000], metavar="N", help="sizes of the libraries")
    command.add_argument(
        "--of", type=Path, nargs="+", default=[], metavar="DATASET",
        help="labelled faces whose spread the libraries have (default: a normal one)",
    )  # fmt: skip
    command.add_argument("--engine", default=DEFAULT_ENGINE, metavar="NAME", help=f"default: {DEFAULT_ENGINE}")
    command.add_argument("--seed", type=int, default=0, metavar="N")
    command.add_argument("--peers", action="store_true", help="let scikit-learn's HDBSCAN, DBSCAN and HAC group them too")
    command.add_argument("--minutes", type=float, default=20.0, metavar="M", help="how long a peer may take (default: 20)")
    command.add_argument("--gigabytes", type=float, default=8.0, metavar="G", help="what a peer may hold (default: 8)")
    command.add_argument("--save", type=Path, metavar="FILE", help="save what was measured as data")


def measure(args: argparse.Namespace) -> None:
    """Group each library, print what it took, and save it after each; UserError for what cannot be read or written."""
    from photoclust.bench.datasets import load
    from photoclust.bench.scale import Material, measure_scale
    from photoclust.bench.scale_peers import PEERS, run_peer

    material = Material.of([load(path) for path in args.of]) if args.of else Material.gaussian(args.seed)
    ours: list[ScaleRow] = []
    peers: list[PeerRow] = []
    with TerminalProgress().listening() as progress:
        for n in sorted(args.faces):
            library = material.library(n, args.seed)
            ours.append(measure_scale(library, args.engine, args.seed, progress))
            failed = {row.peer for row in peers if row.outcome != "done"}  # where less was too much, more is not tried
            for peer in PEERS if args.peers else ():
                if peer not in failed:
                    progress.say(f"{PEERS[peer]} on {n} faces …")
                    progress.checkpoint()
                    peers.append(run_peer(peer, library, args.minutes, args.gigabytes))
            if args.save:
                _save(_data(ours, peers), args.save)
    print(_data(ours, peers) if args.json else _text(ours, peers))


def _data(ours: list[ScaleRow], peers: list[PeerRow]) -> str:
    return json.dumps({"ours": [asdict(row) for row in ours], "peers": [asdict(row) for row in peers]})


def _save(data: str, path: Path) -> None:
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        partial.write_text(data + "\n", encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UserError(f"“{path}” cannot be written: {error}.") from error


def _text(ours: list[ScaleRow], peers: list[PeerRow]) -> str:
    from photoclust.bench.tables import text

    head = ["faces", "persons", "groups", "s", "CPU s", "peak MB", "recall", "B³ F", "B³ P", "B³ R"]
    table = [head, *(
        [str(r.faces), str(r.persons), str(r.groups), f"{r.seconds:.1f}", f"{r.cpu_seconds:.1f}", f"{r.peak_mb:.0f}",
         f"{r.recall:.3f}", f"{r.bcubed_f:.4f}", f"{r.bcubed_p:.4f}", f"{r.bcubed_r:.4f}"]
        for r in ours
    )]  # fmt: skip
    phases = list(dict.fromkeys(phase for row in ours for phase in row.phases))
    spent = [["s (CPU s) by phase", *(str(row.faces) for row in ours)]]
    for phase in phases:
        times = [row.phases.get(phase) for row in ours]
        spent.append([phase, *(f"{took[0]:.1f} ({took[1]:.1f})" if took else "–" for took in times)])
    tables = [text(table), text(spent)]
    if peers:
        lines = [["peer", "faces", "s", "CPU s", "peak MB", "B³ F"]]
        for row in peers:
            told = (row.seconds, row.cpu_seconds, row.peak_mb, row.bcubed_f)
            lines.append([row.peer, str(row.faces), *(["–" if cell is None else str(cell) for cell in told])])
            if row.outcome != "done":
                lines[-1][2] = f"stopped: {row.outcome}"
        tables.append(text(lines))
    return "\n\n".join(tables)
