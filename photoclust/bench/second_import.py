"""What a second import of an unchanged folder costs: `python -m photoclust.bench.second_import [PHOTOS] [RUNS]`."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto
from photoclust.vision.weights import DETECTOR_ID, SFACE

A_FOLDER = 500


def prepare(home: Path, photos: int) -> tuple[Path, Path]:
    """A folder of so many files, which need not be photos as none is opened, and a library that has seen them; two faces each."""
    folder, library = home / "photos", home / "library.photoclust"
    vector = np.full(128, 128**-0.5, np.float32)
    marks = tuple((float(k), float(k)) for k in range(5))
    faces = tuple(ScannedFace(Box(at, 10, 50, 60), marks, 0.9, 0.5, vector) for at in (10, 100))
    model = f"{DETECTOR_ID}+{SFACE.id}"

    def scanned() -> Iterator[ScannedPhoto]:
        for i in range(photos):
            path = folder / f"{i // A_FOLDER:04}" / f"IMG_{i:06}.jpg"
            if i % A_FOLDER == 0:
                path.parent.mkdir(parents=True)
            path.write_bytes(b"%d" % i)
            found = path.stat()
            yield ScannedPhoto(
                path.relative_to(folder).as_posix(), found.st_size, found.st_mtime_ns, f"{i:032x}", 1e9, 4000, 3000, 1, model,
                None, faces, SFACE.id,
            )  # fmt: skip

    with Library.open(library) as opened:
        opened.save_scanned(opened.add_root(folder), list(scanned()))
        opened.settle_model(model, SFACE.id)
    return folder, library


def measure(folder: Path, library: Path) -> dict[str, float]:
    """Seconds of one `photoclust scan`: on the clock, of the processor, and spent waiting for one (Linux)."""
    command = [sys.executable, "-m", "photoclust", "scan", str(folder), "--library", str(library), "--json"]
    before, started = os.times(), time.perf_counter()
    waited = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        if sys.platform == "linux":
            os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOWAIT)
            waited = int(Path(f"/proc/{program.pid}/schedstat").read_text().split()[1]) / 1e9
        if program.wait() != 0:
            raise RuntimeError(f"{' '.join(command)} failed")
    wall, after = time.perf_counter() - started, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {"wall_s": wall, "cpu_s": cpu, "waited_for_a_core_s": waited, "else_s": max(0.0, wall - cpu - waited)}


def main(photos: int, runs: int) -> dict[str, Any]:
    """The medians of so many runs, after a first one that nobody counts."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["PHOTOCLUST_HOME"] = home
        folder, library = prepare(Path(home), photos)
        measure(folder, library)
        told = [measure(folder, library) for _ in range(runs)]
    return {"photos": photos, "runs": runs} | {k: round(statistics.median(t[k] for t in told), 2) for k in told[0]}


if __name__ == "__main__":
    photos, runs, *_ = [*map(int, sys.argv[1:]), *(50_000, 3)[len(sys.argv) - 1 :]]
    print(json.dumps(main(photos, runs)))
