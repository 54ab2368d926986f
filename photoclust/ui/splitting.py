"""Splitting a person in two: divided in a thread of its own while a dialog shows it, and applied as one edit."""

from __future__ import annotations

import logging
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot
from PySide6.QtWidgets import QWidget

from photoclust.core.errors import UserError
from photoclust.core.said import Said
from photoclust.library.library import Library
from photoclust.ui.dialogs.split_dialog import SplitDialog
from photoclust.ui.language import tr
from photoclust.ui.session import Session
from photoclust.ui.thumbnails import Thumbnails
from photoclust.workflows.split_person import Divider, Halves, split_edit

_log = logging.getLogger(__name__)


class Dividing(QObject):
    """Divides one person's faces again and again; only the newest wish is answered."""

    divided = Signal(object)
    """The `Halves`."""
    failed = Signal(str)
    _done = Signal(int, object)
    _left = Signal()

    def __init__(self, library_path: Path, person_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._path, self._person = library_path, person_id
        self._divider: Divider | None = None  # the thread's own
        self._asked = 0
        self._pool = QThreadPool(self, maxThreadCount=1)
        self._done.connect(self._on_done)
        self._left.connect(self.deleteLater)

    def divide(self, stay: Collection[int], leave: Collection[int]) -> None:
        """Divide with these faces on either side."""
        self._asked += 1
        asked = self._asked
        self._pool.start(lambda: self._work(asked, frozenset(stay), frozenset(leave)))

    @Slot()
    def close(self) -> None:
        """Tell nothing any more, and go once the thread is done."""
        self._asked += 1
        self._pool.start(self._left.emit)

    def _work(self, asked: int, stay: frozenset[int], leave: frozenset[int]) -> None:
        if asked != self._asked:
            return
        try:
            if self._divider is None:
                with Library.open(self._path, create=False, reading=True) as library:
                    self._divider = Divider(library, self._person)
            self._done.emit(asked, self._divider.divide(stay, leave))
        except UserError as problem:
            self._done.emit(asked, tr(problem.args[0]))
        except Exception as bug:
            _log.exception("a person could not be divided")
            self._done.emit(asked, str(bug) or type(bug).__name__)

    @Slot(int, object)
    def _on_done(self, asked: int, result: Halves | str) -> None:
        if asked != self._asked:
            return
        if isinstance(result, str):
            self.failed.emit(result)
        else:
            self.divided.emit(result)


class Splitting(QObject):
    """Belongs to one window."""

    def __init__(self, session: Session, thumbnails: Thumbnails, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._thumbnails, self._window = session, thumbnails, window

    def start(self, person_id: int, leave: Collection[int]) -> None:
        """Show a person's faces on two sides; those that `leave` are somebody else for sure, and there may be none yet."""
        library = self._session.library
        person = library.person(person_id)
        if person is None:
            return
        dividing = Dividing(library.path, person_id, self)
        dialog = SplitDialog(person, library.face_ids(person_id=person_id), leave, self._thumbnails, library.path, self._window)
        dialog.wished.connect(dividing.divide)
        dividing.divided.connect(dialog.show_halves)
        dividing.failed.connect(dialog.show_problem)
        dialog.accepted_halves.connect(self._apply)
        dialog.finished.connect(dividing.close)
        dialog.begin()
        dialog.open()

    @Slot(object, str)
    def _apply(self, halves: Halves, name: str) -> None:
        person = self._session.library.person(halves.person)
        called = person.name if person is not None and person.name else Said("an unnamed person")
        self._session.apply(split_edit(halves, called, name))
