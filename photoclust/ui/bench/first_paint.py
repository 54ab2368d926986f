"""How long from nothing to the first painted window: `python -m photoclust.ui.bench.first_paint LIBRARY` is one start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Start:
    """One start in a fresh process."""

    seconds: float
    """From starting Python to the first painted window."""
    cpu_seconds: float
    """What the process used until then."""
    torch: bool
    """Whether torch was imported by then."""


def measure_start(library: Path, environment: Mapping[str, str]) -> Start:
    """Open a window on a library in a process of its own and close it when it is painted."""
    started = time.time()
    command = [sys.executable, "-m", "photoclust.ui.bench.first_paint", str(library)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | dict(environment))
    painted = json.loads(done.stdout)
    return Start(painted["at"] - started, painted["cpu"], painted["torch"])


def _open_until_painted(library: Path) -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QMainWindow

    from photoclust.ui.app import application
    from photoclust.ui.theme import apply_theme
    from photoclust.ui.windows import Windows

    app = application("light")
    windows = Windows(library, lambda scheme: apply_theme(app, scheme))

    class Painted(QObject):
        at = cpu = 0.0
        torch = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow) and not self.at:
                QTimer.singleShot(0, self.painted)
            return False

        def painted(self) -> None:
            if self.at:
                return
            self.at, self.cpu, self.torch = time.time(), time.process_time(), "torch" in sys.modules
            app.quit()

    painted = Painted()
    app.installEventFilter(painted)
    windows.new()
    app.exec()
    windows.close()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    print(json.dumps({"at": painted.at, "cpu": painted.cpu, "torch": painted.torch}))


if __name__ == "__main__":
    _open_until_painted(Path(sys.argv[1]))
