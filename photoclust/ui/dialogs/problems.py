"""The photos that could not be read, each with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from photoclust.core.types import Photo
from photoclust.ui.language import tr
from photoclust.ui.theme import Metrics


class ProblemsDialog(QDialog):
    """A table of files and reasons."""

    def __init__(self, photos: Sequence[Photo], retry: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Photos that could not be read"))
        self.resize(640, 380)
        heading = QLabel(tr("{n} photos could not be read", n=len(photos)))
        heading.setProperty("kind", "heading")
        hint = QLabel(tr("They are tried again when the files have changed, or when you say so."))
        hint.setProperty("kind", "muted")
        self.table = QTreeWidget()
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setProperty("kind", "card")
        self.table.setHeaderLabels([tr("File"), tr("Reason")])
        self.table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        for photo in photos:
            item = QTreeWidgetItem([photo.relpath, tr(photo.error or "")])
            item.setToolTip(0, str(photo.path))
            item.setToolTip(1, tr(photo.error or ""))
            self.table.addTopLevelItem(item)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.retry = buttons.addButton(tr("Try again"), QDialogButtonBox.ButtonRole.ActionRole)
        self.retry.setAutoDefault(False)
        self.retry.clicked.connect(self.accept)
        self.retry.clicked.connect(retry)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.XL, Metrics.XL, Metrics.XL, Metrics.L)
        layout.setSpacing(Metrics.S)
        for widget in (heading, hint, self.table, buttons):
            layout.addWidget(widget)
