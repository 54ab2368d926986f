"""Questions to the library that take longer than a frame, answered in a thread of their own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

from photoclust.core.errors import UserError
from photoclust.library.library import Library

Answer = TypeVar("Answer")
_log = logging.getLogger(__name__)


class Asking(QObject):
    """Asks one question after the other with a library of its own, opened for reading."""

    _answered = Signal(object, object, object)

    def __init__(self, library_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = library_path
        self._closed = False
        self._pool = QThreadPool(self, maxThreadCount=1)
        self._answered.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def ask(self, asker: QObject, question: Callable[[Library], Answer], then: Callable[[Answer], object]) -> None:
        """Ask in the background, and call `then` in the main thread with the answer unless the asker is gone by then."""
        if not self._closed:
            self._pool.start(lambda: self._ask(asker, question, then))

    def close(self) -> None:
        """Wait for the question that is being asked; no answer is given afterwards."""
        self._closed = True
        self._pool.clear()
        self._pool.waitForDone()

    def _ask(self, asker: QObject, question: Callable[[Library], Any], then: Callable[[Any], object]) -> None:
        try:
            with Library.open(self._path, create=False, reading=True) as library:
                answer = question(library)
        except UserError:
            _log.exception("the library cannot be asked")
            return
        self._answered.emit(asker, then, answer)

    @Slot(object, object, object)
    def _tell(self, asker: QObject, then: Callable[[Any], object], answer: Any) -> None:
        if not self._closed and isValid(asker):
            then(answer)
