"""`photoclust bench ui`: what is asked for, and how the outcome is shown."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photoclust.bench.command import whole_number
from photoclust.core import settings
from photoclust.core.errors import UserError
from photoclust.terminal import TerminalProgress

if TYPE_CHECKING:
    from photoclust.ui.bench.first_paint import Start

CALM, VERBS = (
    "pictures there",
    ("confirm", "ignore", "not_a_face", "take_out", "split", "rename", "move", "merge", "undo", "redo"),
)


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's arguments; nothing heavy is imported for it."""
    command.add_argument("--faces", type=whole_number, default=100_000, metavar="N", help="of the library that is made up")
    command.add_argument("--runs", type=whole_number, default=5, metavar="N", help="take the median of N starts")
    command.add_argument("--times", type=whole_number, default=10, metavar="N", help="use each verb N times")


def measure(args: argparse.Namespace) -> None:
    """Make the library if it is not there yet, measure the window on copies of it, and print."""
    from photoclust.bench.made_up_library import made_up_library
    from photoclust.ui.bench.first_paint import measure_start

    kept = settings.cache_dir() / "bench-ui"
    kept.mkdir(parents=True, exist_ok=True)
    with TerminalProgress().listening() as progress, tempfile.TemporaryDirectory(prefix="photoclust-bench-") as folder:
        library = made_up_library(kept, args.faces, progress=progress)
        home = {"PHOTOCLUST_HOME": str(Path(folder, "home")), "QT_QPA_PLATFORM": "offscreen"}
        copy = Path(shutil.copy(library, Path(folder, "library.photoclust")))
        progress.say("Starting the window …")
        starts = [measure_start(copy, home) for _ in range(args.runs)]
        progress.say("Using the window …")
        told = {"faces": args.faces} | _summary(starts, _story(copy, args.times, home))
    print(json.dumps(told) if args.json else _text(told))


def _story(library: Path, times: int, home: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "photoclust.ui.bench.story", str(library), str(times)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=os.environ | home)
    if done.returncode:
        why = (done.stderr.strip().splitlines() or [f"the process ended with {done.returncode}"])[-1]
        raise UserError(f"The window could not be used to the end: {why}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _summary(starts: list[Start], seen: dict[str, Any]) -> dict[str, Any]:
    frames = {when: _spread(took) for when, took in seen["frames"].items()}
    verbs = {name: _spread(took) for name, took in seen["verbs"].items()}
    edits = _spread(took for name in VERBS for took in seen["verbs"][name])
    longest = max(seen["blocks"], key=lambda name: float(seen["blocks"][name]))
    return {
        "first_paint_seconds": round(statistics.median(start.seconds for start in starts), 3),
        "first_paint_cpu_seconds": round(statistics.median(start.cpu_seconds for start in starts), 3),
        "torch_at_first_paint": any(start.torch for start in starts),
        "frame_ms_p50": frames[CALM]["p50"], "frame_ms_p95": frames[CALM]["p95"], "frame_cpu_ms_p95": frames[CALM]["cpu_p95"],
        "edit_ms_p50": edits["p50"], "edit_ms_p95": edits["p95"], "edit_cpu_ms_p95": edits["cpu_p95"],
        "block_ms": round(seen["blocks"][longest], 1), "block_while": longest,
        "peak_mb": round(seen["first_mb"]), "peak_with_questions_mb": round(seen["peak_mb"]), "torch_by_then": seen["torch"],
        "questions": seen["questions"], "questions_seconds": round(seen["questions_seconds"], 1),
        "frames": frames, "verbs": verbs,
        "blocks": {name: round(ms, 1) for name, ms in sorted(seen["blocks"].items(), key=lambda block: -block[1])},
    }  # fmt: skip


def _spread(took: Iterable[dict[str, float]]) -> dict[str, float]:
    import numpy as np

    rows = np.array([(t["ms"], t["cpu_ms"]) for t in took])
    (p50, cpu_p50), (p95, cpu_p95) = np.percentile(rows, (50, 95), axis=0).round(1).tolist()
    return {"p50": p50, "p95": p95, "cpu_p50": cpu_p50, "cpu_p95": cpu_p95}


def _text(told: dict[str, Any]) -> str:
    from photoclust.bench.tables import text

    rows = [["ms", "p50", "p95", "CPU p50", "CPU p95"]]
    for kind, of in (("a frame, ", told["frames"]), ("", told["verbs"])):
        rows += [[kind + name.replace("_", " "), *(f"{ms:.1f}" for ms in spread.values())] for name, spread in of.items()]
    blocks = [["longest without an event", "ms"], *([name, f"{ms:.1f}"] for name, ms in list(told["blocks"].items())[:8])]
    torch = "torch was imported" if told["torch_at_first_paint"] or told["torch_by_then"] else "no torch"
    return "\n\n".join((
        f"{told['faces']:,} faces. First paint after {told['first_paint_seconds']:.2f} s "
        f"({told['first_paint_cpu_seconds']:.2f} s of CPU), {torch}; {told['peak_mb']} MB after scrolling, "
        f"{told['peak_with_questions_mb']} MB with {told['questions']:,} questions, found in {told['questions_seconds']} s.",
        text(rows), text(blocks),
    ))  # fmt: skip
