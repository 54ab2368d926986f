"""New photos in the folders of a library are imported as they appear, unless a folder is not to be watched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from photoclust.media.watch import LOOK_SECONDS, SETTLE_SECONDS, FolderWatch
from photoclust.ui.jobs import JobEnd
from photoclust.ui.language import tr
from photoclust.ui.session import Session


class Watching(QObject):
    """Lives in the main thread and never waits there; the watch tells of news from its own threads."""

    _news = Signal(object)
    _problem = Signal(str, str)

    def __init__(
        self, session: Session, *, settle: float = SETTLE_SECONDS, look: float = LOOK_SECONDS, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._watch = FolderWatch(self._news.emit, self._problem.emit, settle, look)
        self._news.connect(self._on_news, Qt.ConnectionType.QueuedConnection)
        self._problem.connect(self._on_problem, Qt.ConnectionType.QueuedConnection)
        session.folders_changed.connect(self._on_folders_changed)
        session.job_ended.connect(self._on_job_ended)
        self._on_folders_changed()

    def close(self) -> None:
        """Stop watching, and hear of nothing any more: the library closes next."""
        self._session.job_ended.disconnect(self._on_job_ended)
        self._session.folders_changed.disconnect(self._on_folders_changed)
        self._news.disconnect(self._on_news)
        self._problem.disconnect(self._on_problem)
        self._watch.close()

    def _folders(self) -> list[Path]:
        return [root.path for root in self._session.library.root_rows() if root.watched]

    @Slot()
    def _on_folders_changed(self) -> None:
        """Look what happened in newly watched folders, and at the start in all of them."""
        self._watch.watch(self._folders())

    @Slot(object)
    def _on_job_ended(self, end: JobEnd) -> None:
        """Watch a folder that was just imported: what came into it meanwhile is imported, unless the user stopped that."""
        self._watch.watch(self._folders(), tell=not end.cancelled)

    @Slot(object)
    def _on_news(self, folder: Path) -> None:
        self._session.import_quietly(folder)

    @Slot(str, str)
    def _on_problem(self, folder: str, reason: str) -> None:
        text = tr("{folder} cannot be watched for new photos. {reason}", folder=folder, reason=tr(reason))
        self._session.told.emit(text)
