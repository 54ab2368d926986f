"""`photoclust bench import`: what is asked for, and how the outcome is shown."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from photoclust.bench.command import whole_number
from photoclust.terminal import TerminalProgress

if TYPE_CHECKING:
    from photoclust.bench.import_speed import Speed


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's arguments; nothing heavy is imported for it."""
    command.add_argument("folder", type=Path, help="photos; `python -m photoclust.bench.import_material FOLDER` draws some")
    command.add_argument("--peer", choices=("opencv",), default="opencv", help="what ours is measured against")
    command.add_argument("--runs", type=whole_number, default=3, metavar="N", help="take the median of N runs of each")


def measure(args: argparse.Namespace) -> None:
    """Measure both in turn and print; UserError for a folder without photos."""
    from photoclust.bench.import_speed import measure as measured

    with TerminalProgress().listening() as progress:
        speed = measured(args.folder, args.runs, progress)
    print(json.dumps(asdict(speed)) if args.json else _text(speed))


def _text(speed: Speed) -> str:
    lines = [
        f"{speed.photos} photos, median of {speed.runs} runs     photos/s   CPU ms a photo   faces",
        f"  photoclust {speed.ours_photos_per_s:30.2f} {speed.ours_cpu_ms:16.0f} {speed.ours_faces:7d}",
        f"  opencv     {speed.peer_photos_per_s:30.2f} {speed.peer_cpu_ms:16.0f} {speed.peer_faces:7d}",
        f"  {speed.ratio:.2f} × as fast ({speed.cpu_ratio:.2f} × by CPU time), peak {speed.peak_mb} MB, "
        f"other writers wait {speed.lock_ms:.0f} ms at most",
    ]
    if speed.drawn_faces is not None:
        lines.append(f"  of {speed.drawn_faces} faces drawn: photoclust {speed.ours_true_faces}, opencv {speed.peer_true_faces}")
    lines.append("CPU ms a photo by stage: " + ", ".join(f"{name} {ms:.1f}" for name, ms in speed.ours_stages.items()))
    lines.append("opencv, ms a photo: " + ", ".join(f"{name} {ms:.1f}" for name, ms in speed.peer_stages.items()))
    return "\n".join(lines)
