"""How long from nothing to the first painted window: `python -m photoclust.ui.startup [LIBRARY] [RUNS]`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 7


def measure(library: Path, runs: int = RUNS) -> list[float]:
    """Seconds from starting Python to the first painted window, once a fresh process; AssertionError if torch was imported."""
    seconds = []
    for _ in range(runs):
        started = time.time()
        command = [sys.executable, "-m", "photoclust.ui.startup", "--child", str(library)]
        painted = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        seconds.append(float(painted) - started)
    return seconds


def _open_until_painted(library: Path) -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QMainWindow

    from photoclust.ui.app import _application
    from photoclust.ui.theme import apply_theme
    from photoclust.ui.windows import Windows

    app = _application("light")
    windows = Windows(library, lambda scheme: apply_theme(app, scheme))

    class Painted(QObject):
        at = 0.0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow) and not self.at:
                QTimer.singleShot(0, self.painted)
            return False

        def painted(self) -> None:
            self.at = self.at or time.time()
            app.quit()

    painted = Painted()
    app.installEventFilter(painted)
    windows.new()
    app.exec()
    windows.close()
    assert "torch" not in sys.modules, "the window imported torch"
    print(painted.at)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _open_until_painted(Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(sys.argv[1]) if sys.argv[1:] else Path(folder) / "empty.photoclust"
            times = measure(path, int(sys.argv[2]) if sys.argv[2:] else RUNS)
        middle, spread = statistics.median(times), f"{min(times):.2f}–{max(times):.2f}"
        print(f"first painted window: median {middle:.2f} s, {spread} s ({len(times)} starts)")
