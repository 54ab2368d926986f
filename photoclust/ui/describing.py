"""Faces that the user has drawn are looked at in the background, as soon as they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from photoclust.core.changes import Changes
from photoclust.core.errors import UserError
from photoclust.core.types import Box
from photoclust.library.drawing import undescribed
from photoclust.ui.jobs import Job, JobEnd

if TYPE_CHECKING:
    from photoclust.ui.session import Session


class Describing(QObject):
    """Belongs to a session; a face that cannot be looked at is not tried again before its box or the program is another one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._job: Job | None = None
        self._asked: set[tuple[int, Box]] = set()
        self._tried: set[tuple[int, Box]] = set()
        session.changed.connect(self._on_changed)
        session.job_ended.connect(self._on_job_ended)
        QTimer.singleShot(0, self, self.look)  # at what was drawn just before the program ended

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.boxes:
            self.look()

    def look(self) -> None:
        """Have faces looked at that nobody has looked at yet, if there are any."""
        if not self._session.runner.running:
            return  # the library is closed already
        try:
            waiting = self._waiting()
        except UserError:
            return  # nobody asked for this; what is wrong with the library is told when something is asked of it
        if self._job is None and waiting - self._tried and not self._session.library.read_only:
            self._asked = waiting
            self._job = Job(describe=True, quiet=True)
            self._session.runner.start(self._job)

    @Slot(object)
    def _on_job_ended(self, end: JobEnd) -> None:
        if end.job is self._job and self._session.runner.running:
            self._job = None
            self._tried |= self._asked & self._waiting()
            self.look()  # for those that were drawn meanwhile

    def _waiting(self) -> set[tuple[int, Box]]:
        library = self._session.library
        return {(face.id, face.box) for face in library.faces(undescribed(library))}
