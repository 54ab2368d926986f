"""The folders of a library, each with a box to watch it for new photos."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from photoclust.core.types import Root
from photoclust.ui.language import number, tr
from photoclust.ui.session import Session


class FolderTable(QTreeWidget):
    """What is ticked holds at once; folders that are imported meanwhile appear."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setRootIsDecorated(False)
        self.setProperty("kind", "card")
        self.setHeaderLabels([tr("Watch"), tr("Folder"), tr("Photos")])
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setAccessibleName(tr("Folders in this library"))
        self._fill()
        self.itemChanged.connect(self._on_changed)
        session.job_ended.connect(self._fill)

    @Slot()
    def _fill(self) -> None:
        self.blockSignals(True)
        photos = self._session.library.photos_per_root()
        for at, root in enumerate(self._session.library.root_rows()):  # they only become more
            if at == self.topLevelItemCount():
                self._add(root)
            item = self.topLevelItem(at)
            assert item is not None
            item.setCheckState(0, Qt.CheckState.Checked if root.watched else Qt.CheckState.Unchecked)
            item.setText(1, _printable(root.path))
            item.setText(2, number(photos.get(root.id, 0)))
        self.blockSignals(False)

    def _add(self, root: Root) -> None:
        item = QTreeWidgetItem()
        item.setData(0, Qt.ItemDataRole.UserRole, root.id)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, tr("Watch {folder}", folder=_printable(root.path)))
        item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.addTopLevelItem(item)

    @Slot(QTreeWidgetItem, int)
    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 0:
            self._session.watch_root(item.data(0, Qt.ItemDataRole.UserRole), item.checkState(0) == Qt.CheckState.Checked)


def _printable(path: Path) -> str:
    return str(path).encode("utf-8", "replace").decode()
