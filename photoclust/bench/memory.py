"""How much memory this process holds, and the most it ever held."""

from __future__ import annotations

import sys
from pathlib import Path


def forget_peak() -> float:
    """MiB held now; where the system allows it (Linux), the peak counts from here."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
        return _status_mb("VmRSS")
    except OSError:
        return peak_mb()


def peak_mb() -> float:
    """The most MiB this process has held."""
    try:
        return _status_mb("VmHWM")
    except OSError:
        pass
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 2**10


def _status_mb(name: str) -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 2**10
    raise OSError(f"no {name}")
