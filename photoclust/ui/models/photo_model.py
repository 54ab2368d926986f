"""The photos of a place, oldest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QMimeData, QModelIndex, QUrl

from photoclust.core.changes import Changes
from photoclust.core.types import Photo
from photoclust.ui.models.place_model import PlaceModel
from photoclust.ui.models.places import photos_of_place


class PhotoModel(PlaceModel[Photo]):
    """Ids of photos; `item` is the photo of a row."""

    def apply_changes(self, changes: Changes) -> None:
        """Look up which photos are here now, and forget what changed."""
        if changes:
            self._refresh(changes.photos)

    def mimeTypes(self) -> list[str]:
        """What photos are dragged as."""
        return ["text/uri-list"]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The files of the dragged photos."""
        photos = self._library.photos([self.id_at(index.row()) for index in indexes])
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(photo.path)) for photo in photos])
        return data

    def _ids_of(self, place: int) -> Sequence[int]:
        return photos_of_place(self._library, place)

    def _look_up(self, ids: Collection[int]) -> Sequence[Photo]:
        return self._library.photos(ids)

    def _describe(self, photo: Photo) -> str:
        return describe_photo(photo)


def describe_photo(photo: Photo) -> str:
    """The file name and, where known, the day it was taken."""
    if photo.taken_at is None:
        return photo.relpath
    return f"{photo.relpath}\n{datetime.fromtimestamp(photo.taken_at, UTC):%-d %B %Y}"
