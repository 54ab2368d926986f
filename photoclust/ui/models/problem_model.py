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
_NEAR = 50
"""So many rows before and after one that is shown are asked for with it."""


class ProblemModel(QAbstractTableModel):
    """Two columns: the file below its folder, and why; a photo that is being looked at again says so.

    Of the photos only those are asked for that are shown.
    """

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self.ids: list[int] = []
        self._known: dict[int, Photo] = {}
        self._waiting: set[int] = set()

    def load(self) -> None:
        """Ask the library anew."""
        ids = self._library.error_ids()
        self._known.clear()
        if ids == self.ids:
            self._tell_reasons()
            return
        self.beginResetModel()
        self.ids = ids
        self.endResetModel()

    def wait_for(self, photo_ids: Collection[int]) -> None:
        """These are being looked at again; no others."""
        if self._waiting != set(photo_ids):
            self._waiting = set(photo_ids)
            self._tell_reasons()

    def photo(self, row: int) -> Photo | None:
        """The photo of a row; None when it is no longer in the library."""
        photo_id = self.ids[row]
        if photo_id not in self._known:
            near = self.ids[max(0, row - _NEAR) : row + _NEAR]
            self._known |= {photo.id: photo for photo in self._library.photos(near)}
        return self._known.get(photo_id)

    def _tell_reasons(self) -> None:
        if self.ids:
            self.dataChanged.emit(self.index(0, 1), self.index(len(self.ids) - 1, 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (tr("File"), tr("Reason"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        photo = self.photo(index.row())
        if photo is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == 0:
                return _printable(photo.relpath)
            return tr("Being looked at again…") if photo.id in self._waiting else tr(photo.error or "")
        return _printable(str(photo.path)) if index.column() == 0 else tr(photo.error or "")


def _printable(path: str) -> str:
    return path.encode("utf-8", "replace").decode()
