"""The folders of a library, and which of them are watched for new photos."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from photoclust.ui.language import tr
from photoclust.ui.session import Session
from photoclust.ui.theme import Metrics
from photoclust.ui.views.folder_table import FolderTable


class FoldersDialog(QDialog):
    """A table of folders, each with a box to watch it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Folders"))
        self.resize(640, 320)
        heading = QLabel(tr("Folders in this library"))
        heading.setProperty("kind", "heading")
        hint = QLabel(tr("New photos in a watched folder are imported as they appear."), wordWrap=True)
        hint.setProperty("kind", "muted")
        self.table = FolderTable(session)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.XL, Metrics.XL, Metrics.XL, Metrics.L)
        layout.setSpacing(Metrics.S)
        for widget in (heading, hint, self.table, buttons):
            layout.addWidget(widget)
