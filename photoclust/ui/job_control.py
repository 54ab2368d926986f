"""What joins a job and the window: reports thinned out, pauses that are told when they begin, time left."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from photoclust.core.changes import Changes
from photoclust.core.errors import Cancelled
from photoclust.core.progress import Status


class JobControl:
    """The `Progress` of one job: forwards at most ten reports a second, and lets another thread pause or cancel it."""

    def __init__(
        self, forward: Callable[[Status], None], every: float = 0.1, *, stands: Callable[[], None] = lambda: None
    ) -> None:
        self._forward = forward
        self._every = every
        self._stands = stands
        self._go = Event()
        self._go.set()
        self._cancelled = Event()
        self._last = -math.inf
        self._phase = ""
        self.looked: Status | None = None
        """The last that was said of a phase that runs on a device, forwarded or not."""

    def report(self, status: Status) -> None:
        """Forward a status: the first of a phase and the last always, others at most every `every` seconds."""
        if status.device:
            self.looked = status
        now = time.monotonic()
        complete = 0 < status.total <= status.done
        if status.phase != self._phase or complete or now - self._last >= self._every:
            self._phase, self._last = status.phase, now
            self._forward(status)

    def checkpoint(self) -> None:
        """Block while paused, after telling `stands` that the job does so now; raise `Cancelled` once cancelled."""
        if not self._go.is_set():
            self._stands()
            self._go.wait()
        if self._cancelled.is_set():
            raise Cancelled

    def pause(self) -> None:
        """Let the job block at its next checkpoint."""
        self._go.clear()

    def resume(self) -> None:
        """Let a paused job go on."""
        self._go.set()

    def cancel(self) -> None:
        """Stop the job at its next checkpoint, also when it is paused."""
        self._cancelled.set()
        self._go.set()

    @property
    def paused(self) -> bool:
        """Whether it is to be paused."""
        return not self._go.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether it is to stop."""
        return self._cancelled.is_set()


class Gather:
    """Joins `Changes` so that they leave at most every `every` seconds."""

    def __init__(self, forward: Callable[[Changes], None], every: float = 0.25) -> None:
        self._forward = forward
        self._every = every
        self._last = -math.inf
        self._held = Changes()

    def add(self, changes: Changes) -> None:
        """Hold changes, or forward all that are held when it is time."""
        self._held |= changes
        if time.monotonic() - self._last >= self._every:
            self.flush()

    def flush(self) -> None:
        """Forward what is held."""
        if self._held:
            held, self._held = self._held, Changes()
            self._forward(held)
        self._last = time.monotonic()


@dataclass(slots=True)
class TimeLeft:
    """Estimates the seconds that a phase still takes, from its rate over the last half minute, and lets it drift only slowly."""

    window: float = 30.0
    least: float = 3.0
    """So many seconds are looked at before there is an answer."""
    drift: float = 10.0
    """In so many seconds two thirds of what is new counts."""
    _seen: deque[tuple[float, int]] = field(default_factory=deque)
    _phase: str = ""
    _told: tuple[float, float] | None = None
    """What was said last, and when."""

    def update(self, status: Status, now: float) -> float | None:
        """Seconds left at time `now` (seconds, any origin), or None while it is unknown."""
        if status.phase != self._phase or (self._seen and status.done < self._seen[-1][1]):
            self.forget()
            self._phase = status.phase
        self._seen.append((now, status.done))
        while len(self._seen) > 2 and now - self._seen[0][0] > self.window:
            self._seen.popleft()
        (start, first), (end, last) = self._seen[0], self._seen[-1]
        if last >= status.total or last <= first or end - start < self.least:
            return None
        left = (status.total - last) * (end - start) / (last - first)
        if self._told is not None:
            said, at = self._told
            old = math.exp((at - now) / self.drift)
            left = old * max(0.0, said - (now - at)) + (1 - old) * left
        self._told = (left, now)
        return left

    def forget(self) -> None:
        """Start again, after a pause."""
        self._seen.clear()
        self._told = None
