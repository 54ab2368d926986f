"""The other windows that a window opens: the photo viewer, and the dialogs of its menus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from photoclust.ui.dialogs.export_dialog import ExportDialog
from photoclust.ui.dialogs.folders import FoldersDialog
from photoclust.ui.dialogs.jobs_panel import JobsPanel
from photoclust.ui.dialogs.missing import MissingDialog
from photoclust.ui.dialogs.problems import ProblemsDialog
from photoclust.ui.language import tr
from photoclust.ui.session import Session
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.photo_viewer import PhotoViewer


class Opening(QObject):
    """Belongs to one window; keeps its photo viewer."""

    person_requested = Signal(int)
    """In the photo viewer."""
    folder_chosen = Signal(object)
    """A folder is to be imported."""

    def __init__(self, session: Session, thumbnails: Thumbnails, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._thumbnails = thumbnails
        self._window = window
        self._viewer: PhotoViewer | None = None
        self._jobs: JobsPanel | None = None

    def face(self, face_id: int, sequence: Sequence[int]) -> None:
        """Show the photo of a face, and the face on it; `sequence` are the photos to leaf through."""
        face = self._session.library.face(face_id)
        if face is not None:
            self.photo(face.photo_id, sequence, face_id)

    def photo(self, photo_id: int, sequence: Sequence[int], face_id: int | None = None) -> None:
        """Show a photo."""
        if self._viewer is None:
            self._viewer = PhotoViewer(self._session, self._thumbnails, self._window)
            self._viewer.person_requested.connect(self.person_requested)
        self._viewer.show_photo(photo_id, face_id, sequence)
        self._viewer.show()
        self._viewer.raise_()
        self._viewer.activateWindow()

    def ask_folder(self) -> None:
        """Ask for a folder to import."""
        dialog = QFileDialog(self._window, tr("Open a folder of photos"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.folder_chosen.emit(Path(path)))
        dialog.open()

    def export(self, person_ids: Sequence[int]) -> None:
        """Ask what to export, these persons at first."""
        ExportDialog(self._session, person_ids, self._window, thumbnails=self._thumbnails).open()

    def export_photos(self, photo_ids: Sequence[int], album: str) -> None:
        """Ask where these photos shall go, all into one album."""
        if photo_ids:
            ExportDialog(self._session, (), self._window, photo_ids=photo_ids, album=album).open()

    def problems(self) -> None:
        """Show the photos that could not be read."""
        ProblemsDialog(self._session, self._window).show()

    def jobs(self) -> None:
        """Show what the background does and has done."""
        if self._jobs is None:
            self._jobs = JobsPanel(self._session, self._window)
        self._jobs.show()
        self._jobs.raise_()
        self._jobs.activateWindow()

    def missing(self) -> None:
        """Show the photos whose files are gone."""
        MissingDialog(self._session.library.missing(), self._session.forget_missing, self._window).open()

    def folders(self) -> None:
        """Show the folders of the library."""
        FoldersDialog(self._session, self._window).open()

    def close(self) -> None:
        """Close the photo viewer."""
        if self._viewer is not None:
            self._viewer.close()
