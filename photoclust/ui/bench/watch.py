"""Watches the main thread: what an event takes until all it led to is painted, and how long nothing else could be heard."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, SignalInstance, Slot
from PySide6.QtWidgets import QApplication, QWidget

_CALM = 0.015
"""Seconds without a repaint after which none is to come."""
_AT_MOST = 10.0


@dataclass(frozen=True)
class Took:
    """Milliseconds."""

    ms: float
    """Until the last repaint."""
    cpu_ms: float
    """Of the main thread, until then."""
    block_ms: float
    """The longest time without a chance for another event."""


class Watch(QObject):
    """Times what happens in the main thread, and when one of these widgets is painted."""

    def __init__(self, painted: tuple[QWidget, ...], arrived: SignalInstance) -> None:
        """`arrived` tells of pictures that come from elsewhere: what is painted for them is not waited for."""
        super().__init__()
        self._painted = self._arrived = False
        for widget in painted:
            widget.installEventFilter(self)
        arrived.connect(self._on_arrived)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that something is painted."""
        self._painted |= event.type() == QEvent.Type.Paint
        return False

    def time(self, act: Callable[[], object]) -> Took | None:
        """Do something, and let the event loop do all that follows; None if nothing is painted for it."""
        self._painted = self._arrived = False
        wall, cpu = time.perf_counter(), time.thread_time()
        act()
        ends = done = time.perf_counter(), time.thread_time()
        longest = ends[0] - wall
        seen = foreign = False
        while ends[0] - done[0] < _CALM or (not seen and ends[0] - wall < _AT_MOST):
            began, foreign, self._arrived = time.perf_counter(), self._arrived, False
            QApplication.processEvents()
            ends = time.perf_counter(), time.thread_time()
            longest = max(longest, ends[0] - began)
            if self._painted and not (seen and (foreign or self._arrived)):
                done, seen = ends, True
            self._painted = False
        if not seen:
            return None
        return Took(1e3 * (done[0] - wall), 1e3 * (done[1] - cpu), 1e3 * longest)

    def rest(self, until: Callable[[], bool], at_most: float) -> float:
        """Let the event loop run until something holds, or for so many seconds; the longest block in milliseconds."""
        end, longest = time.perf_counter() + at_most, 0.0
        while not until() and (began := time.perf_counter()) < end:
            QApplication.processEvents()
            took = time.perf_counter() - began
            longest = max(longest, took)
            if took < 1e-4:
                time.sleep(1e-3)  # nothing to do: other threads may
        return 1e3 * longest

    @Slot(int)
    def _on_arrived(self) -> None:
        self._arrived = True
