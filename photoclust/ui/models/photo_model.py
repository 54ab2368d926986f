"""The photos of a place, oldest first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, QUrl

from photoclust.core.changes import Changes
from photoclust.core.types import Photo
from photoclust.library.library import Library
from photoclust.ui.models.id_model import ID_ROLE, IdModel, Index
from photoclust.ui.models.places import photos_of_place

CHUNK = 256
"""Rows looked up together."""


class PhotoModel(IdModel):
    """Ids of photos; what a photo is gets looked up when its row is first shown."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._place: int | None = None
        self._photos: dict[int, Photo] = {}

    def show_place(self, place: int | None) -> None:
        """Show the photos of a place, or nothing."""
        self._place = place
        self._photos.clear()
        self.reset_ids([] if place is None else photos_of_place(self._library, place))

    def apply_changes(self, changes: Changes) -> None:
        """Look up which photos are here now, and forget what changed."""
        if self._place is None or not changes:
            return
        for photo_id in changes.photos:
            self._photos.pop(photo_id, None)
        self.set_ids(photos_of_place(self._library, self._place))
        self.touch(changes.photos)

    def photo(self, row: int) -> Photo | None:
        """The photo of a row; None in the moment between a change and its news."""
        photo_id = self.id_at(row)
        if photo_id not in self._photos:
            start = row - row % CHUNK
            missing = [i for i in self._ids[start : start + CHUNK] if i not in self._photos]
            self._photos.update((photo.id, photo) for photo in self._library.photos(missing))
        return self._photos.get(photo_id)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The id, a tooltip, or a sentence for a screen reader."""
        if not index.isValid():
            return None
        if role == ID_ROLE:
            return self.id_at(index.row())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            photo = self.photo(index.row())
            return describe_photo(photo) if photo else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Photos can be chosen, and dragged to other programs."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren

    def mimeTypes(self) -> list[str]:
        """What photos are dragged as."""
        return ["text/uri-list"]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The files of the dragged photos."""
        photos = self._library.photos([self.id_at(index.row()) for index in indexes])
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(photo.path)) for photo in photos])
        return data


def describe_photo(photo: Photo) -> str:
    """The file name and, where known, the day it was taken."""
    if photo.taken_at is None:
        return photo.relpath
    return f"{photo.relpath}\n{datetime.fromtimestamp(photo.taken_at, UTC):%-d %B %Y}"
