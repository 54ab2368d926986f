"""The folders of a library, and which of them are watched for new photos."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from photoclust.ui.language import number, tr
from photoclust.ui.session import Session
from photoclust.ui.theme import Metrics


class FoldersDialog(QDialog):
    """A table of folders, each with a box to watch it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Folders"))
        self.resize(640, 320)
        self._session = session
        heading = QLabel(tr("Folders in this library"))
        heading.setProperty("kind", "heading")
        hint = QLabel(tr("New photos in a watched folder are imported as they appear."), wordWrap=True)
        hint.setProperty("kind", "muted")
        self.table = QTreeWidget()
        self.table.setRootIsDecorated(False)
        self.table.setProperty("kind", "card")
        self.table.setHeaderLabels([tr("Watch"), tr("Folder"), tr("Photos")])
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        photos = session.library.photos_per_root()
        for root in session.library.root_rows():
            path = str(root.path).encode("utf-8", "replace").decode()
            item = QTreeWidgetItem(["", path, number(photos.get(root.id, 0))])
            item.setCheckState(0, Qt.CheckState.Checked if root.watched else Qt.CheckState.Unchecked)
            item.setData(0, Qt.ItemDataRole.UserRole, root.id)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, tr("Watch {folder}", folder=path))
            self.table.addTopLevelItem(item)
        self.table.itemChanged.connect(self._on_changed)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.XL, Metrics.XL, Metrics.XL, Metrics.L)
        layout.setSpacing(Metrics.S)
        for widget in (heading, hint, self.table, buttons):
            layout.addWidget(widget)

    @Slot(QTreeWidgetItem, int)
    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 0:
            self._session.watch_root(item.data(0, Qt.ItemDataRole.UserRole), item.checkState(0) == Qt.CheckState.Checked)
