"""Grouping again: worked out in the background, shown, and only then applied."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from photoclust.ui.dialogs.regroup import RegroupDialog
from photoclust.ui.jobs import Job, JobEnd
from photoclust.ui.language import tr
from photoclust.ui.session import Session
from photoclust.ui.thumbnails import Thumbnails


class Regrouping(QObject):
    """Belongs to one window, which alone shows what it asked for."""

    told = Signal(str)
    """A sentence."""

    def __init__(self, session: Session, thumbnails: Thumbnails, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._thumbnails = thumbnails
        self._window = window
        self._job: Job | None = None
        session.job_ended.connect(self._on_job_ended)

    def start(self) -> None:
        """Work out what grouping again would change."""
        self._job = self._session.preview_regrouping()

    @Slot(object)
    def _on_job_ended(self, end: JobEnd) -> None:
        """Show a preview, or say that there is nothing to show."""
        if end.job is not self._job:
            return
        self._job = None
        if end.preview is None:
            return
        if not end.preview and not end.preview.grouping.refused:
            self.told.emit(tr("Nothing would change: all faces are grouped as they would be again."))
            return
        dialog = RegroupDialog(end.preview, self._thumbnails, self._window)
        dialog.wanted.connect(self._apply)
        dialog.open()

    @Slot(object, bool)
    def _apply(self, preview: object, named: bool) -> None:
        self._job = self._session.regroup(preview, named)  # type: ignore[arg-type]
