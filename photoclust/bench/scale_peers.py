"""scikit-learn's clusterings of the same faces, each in a process of its own with a limit of time and of memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from photoclust.bench.datasets import Dataset
from photoclust.bench.memory import forget_peak, peak_mb
from photoclust.clustering.baselines import chord
from photoclust.clustering.engine import Embeddings, Ints

PEERS = {"hdbscan": "scikit-learn's HDBSCAN", "dbscan": "scikit-learn's DBSCAN", "hac": "scikit-learn's average linkage"}
_SIMILARITY = {"dbscan": 0.5, "hac": 0.42}


@dataclass(frozen=True)
class PeerRow:
    """What one peer took for one library, or why it did not end."""

    peer: str
    faces: int
    outcome: str
    """“done”, “time” or “memory”: which limit it met; otherwise what it said last."""
    seconds: float | None = None
    cpu_seconds: float | None = None
    peak_mb: float | None = None
    bcubed_f: float | None = None


def run_peer(peer: str, dataset: Dataset, minutes: float, gigabytes: float) -> PeerRow:
    """Let one of `PEERS` group the library in its own process, which ends at the limit."""
    with tempfile.TemporaryDirectory() as folder:
        faces, labels = Path(folder) / "faces.npy", Path(folder) / "labels.npy"
        np.save(faces, dataset.embeddings)
        surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-m", "photoclust.bench.scale_peers", peer, str(faces), str(labels), str(gigabytes)]
        try:
            ended = subprocess.run(
                command, capture_output=True, text=True, timeout=60 * minutes, env=surroundings
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return PeerRow(peer, len(dataset.embeddings), "time")
        if ended.returncode:
            last = (ended.stderr.strip().splitlines() or ["no word"])[-1]
            killed = ended.returncode < 0 or "MemoryError" in last or "Unable to allocate" in last
            return PeerRow(peer, len(dataset.embeddings), "memory" if killed else last)
        told: dict[str, Any] = json.loads(ended.stdout)
        found = dataset.measure(np.load(labels)).bcubed_f
        return PeerRow(peer, len(dataset.embeddings), "done", **told, bcubed_f=round(found, 4))


def group(peer: str, faces: Embeddings) -> Ints:
    """(n,) groups of the unit vectors (n, d), a face in noise alone."""
    from sklearn import cluster

    if peer == "hdbscan":
        found = cluster.HDBSCAN(min_cluster_size=2, copy=True).fit_predict(faces)
    elif peer == "dbscan":
        found = cluster.DBSCAN(eps=chord(_SIMILARITY[peer]), min_samples=2, n_jobs=-1).fit_predict(faces)
    else:
        height = 1 - _SIMILARITY[peer]
        joined = cluster.AgglomerativeClustering(None, metric="cosine", linkage="average", distance_threshold=height)
        found = joined.fit_predict(faces)
    alone = found.max(initial=-1) + 1 + np.arange(len(found))
    labels: Ints = np.where(found < 0, alone, found).astype(np.int64)
    return labels


def main(words: list[str]) -> None:
    """Group the faces of a file into a file, and print what it took."""
    peer, faces, labels, gigabytes = words
    try:
        import resource
    except ImportError:  # Windows: only the time is limited
        pass
    else:
        most = int(float(gigabytes) * 2**30)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    vectors = np.load(faces)
    group(peer, vectors[:64])  # imports count neither as time nor as memory
    held = forget_peak()
    started, cpu = time.perf_counter(), time.process_time()
    found = group(peer, vectors)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    np.save(labels, found)
    print(json.dumps({"seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2), "peak_mb": round(max(0, peak_mb() - held))}))


if __name__ == "__main__":
    main(sys.argv[1:])
