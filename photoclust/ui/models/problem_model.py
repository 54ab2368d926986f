"""The photos that could not be read, with the reason of each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from photoclust.core.types import Photo
from photoclust.library.library import Library
from photoclust.ui.language import tr

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ProblemModel(QAbstractTableModel):
    """Two columns: the file below its folder, and why; a photo that is being looked at again says so."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self.photos: list[Photo] = []
        self._waiting: set[int] = set()

    def load(self) -> None:
        """Ask the library anew."""
        photos = self._library.errors()
        if photos == self.photos:
            return
        self.beginResetModel()
        self.photos = photos
        self.endResetModel()

    def wait_for(self, photo_ids: Collection[int]) -> None:
        """These are being looked at again; no others."""
        self._waiting = set(photo_ids)
        if self.photos:
            self.dataChanged.emit(self.index(0, 1), self.index(len(self.photos) - 1, 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.photos)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (tr("File"), tr("Reason"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        photo = self.photos[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == 0:
                return _printable(photo.relpath)
            return tr("Being looked at again…") if photo.id in self._waiting else tr(photo.error or "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return _printable(str(photo.path)) if index.column() == 0 else tr(photo.error or "")
        return None


def _printable(path: str) -> str:
    return path.encode("utf-8", "replace").decode()
