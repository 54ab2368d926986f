"""A program that imports a folder and is killed without warning: at the n-th statement of its library, or after some time.

Usage: killed_import.py LIBRARY FOLDER (statement N | after SECONDS)
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from painted import scan

from photoclust.library.library import Library


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(library: str, folder: str, how: str, when: str) -> None:
    left = int(when) if how == "statement" else 0
    with Library.open(Path(library)) as opened:

        def count(_statement: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                die()

        if how == "statement":
            opened._db._connection.set_trace_callback(count)
        else:
            timer = threading.Timer(float(when), die)
            timer.daemon = True
            timer.start()
        scan(opened, Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
