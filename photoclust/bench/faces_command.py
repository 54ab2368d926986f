"""`photoclust bench faces`: what is asked for, and how the outcome is shown."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from photoclust.bench.command import whole_number
from photoclust.terminal import TerminalProgress


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's arguments; nothing heavy is imported for it."""
    command.add_argument("folder", type=Path, help="photos; without boxes and truth.json they are said to show nobody")
    command.add_argument("--boxes", type=Path, metavar="FILE", help="CSV: photo, xmin, ymin, xmax, ymax, perhaps label")
    command.add_argument(
        "--sizes", type=whole_number, nargs="+", default=[], metavar="N",
        help="look at photos at these working sizes too (longest side, in pixels)",
    )  # fmt: skip
    command.add_argument(
        "--turned", type=int, nargs="+", default=[], metavar="DEGREES",
        help="look at photos turned by so many degrees too, as scans of which nobody tells how they were held",
    )  # fmt: skip
    command.add_argument("--least", type=float, default=24, metavar="N", help="boxes with a shorter side do not count")


def measure(args: argparse.Namespace) -> None:
    """Measure and print; UserError for what cannot be read."""
    from photoclust.bench.face_recall import Recall
    from photoclust.bench.face_recall import measure as measured

    with TerminalProgress().listening() as progress:
        rows = measured(args.folder, args.boxes, [None, *args.sizes], args.least, progress, [0, *args.turned])
    if args.json:
        print(json.dumps([asdict(row) | {"recall": row.recall, "precision": row.precision} for row in rows]))
        return

    def text(row: Recall) -> str:
        sizes = ", ".join(f"{name} px {hits}/{boxes}" for name, (hits, boxes) in sorted(row.by_size.items()))
        name = ("default" if row.side is None else str(row.side)) + (f" turned by {row.turned}°" if row.turned else "")
        return (
            f"{name}: recall {row.recall:.3f} ({row.hits} of {row.boxes} boxes), {row.found} found, {row.unmatched} without "
            f"a box, in {row.photos} photos, {row.cpu_ms:.0f} CPU ms a photo" + (f"; {sizes}" if sizes else "")
        )

    print("\n".join(map(text, rows)))
