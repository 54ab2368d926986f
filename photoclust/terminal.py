"""Progress on a terminal: one line that rewrites itself on a screen, a line a phase in a log; Ctrl-C cancels."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

from photoclust.core.progress import Cancelled, Status


class TerminalProgress:
    """A `Progress` that writes to stderr and hears Ctrl-C (a second Ctrl-C stops at once)."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._phase = ""
        self._started = self._last = 0.0
        self._first_done = self._done = 0
        self._stop = False
        self._width = 0

    def report(self, status: Status) -> None:
        """Show the status, at most ten times a second on a screen."""
        now = time.monotonic()
        if status.phase == self._phase and status.done < self._done:  # a part of the phase is over, the next begins
            self._started, self._first_done = now, status.done
        self._done = status.done
        if status.phase != self._phase:
            self._phase, self._started, self._first_done, self._last = status.phase, now, status.done, 0.0
            if not self._live:
                print(f"{status.phase} …", file=self._stream, flush=True)
        if not self._live or now - self._last < 0.1:
            return
        self._last = now
        text = self._line(status, now)
        print("\r" + text.ljust(self._width), end="", file=self._stream, flush=True)
        self._width = len(text)

    def checkpoint(self) -> None:
        """Raise `Cancelled` after Ctrl-C."""
        if self._stop:
            raise Cancelled

    def say(self, sentence: str) -> None:
        """Write a line that stays, above the one that rewrites itself."""
        print(("\r" + sentence.ljust(self._width)) if self._live else sentence, file=self._stream, flush=True)
        self._width, self._last = 0, 0.0

    def end(self) -> None:
        """Finish the line."""
        if self._live and self._width:
            print(file=self._stream)

    @contextmanager
    def listening(self) -> Iterator[TerminalProgress]:
        """Turn Ctrl-C and SIGTERM into a cancel while the job runs."""
        before = {s: signal.signal(s, self._on_signal) for s in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            self.end()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self._stop:
            raise KeyboardInterrupt
        self._stop = True

    def _line(self, s: Status, now: float) -> str:
        parts = [s.phase, f"{s.done}/{s.total}" if s.total else "", f"{s.faces} faces" if s.faces else ""]
        done = s.done - self._first_done
        if s.total and done > 0 and now - self._started > 2:
            left = (now - self._started) / done * (s.total - s.done)
            parts.append(f"{left / 60:.0f} min left" if left > 90 else f"{left:.0f} s left")
        if s.device:
            parts.append(s.device)
        return " · ".join(p for p in parts if p)
