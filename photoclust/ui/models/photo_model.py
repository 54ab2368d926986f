"""The photos of a place, oldest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QUrl

from photoclust.core.changes import Changes
from photoclust.core.types import Photo
from photoclust.library.arranged import Key, Order, count_photos, photo_keys
from photoclust.library.library import Library
from photoclust.ui.language import day
from photoclust.ui.models.face_model import month
from photoclust.ui.models.place_model import Keys, PlaceModel
from photoclust.ui.models.places import Shelf, faces_of_place


class PhotoModel(PlaceModel[Photo]):
    """Ids of photos; `item` is the photo of a row."""

    def heading(self, section: int) -> str:
        """The month, where photos stand by date."""
        return month(section) if self._order == "date" else ""

    def apply_changes(self, changes: Changes) -> None:
        """Look up which photos are here now, and forget what changed."""
        if self._place is None or not changes:
            return
        with_faces = self._place != Shelf.EVERYTHING
        photos = changes.photos
        if with_faces:
            photos |= {face.photo_id for face in self._library.faces(changes.faces)}
        self._refresh(photos)

    def mimeTypes(self) -> list[str]:
        """What photos are dragged as."""
        return ["text/uri-list"]

    def pack(self, ids: Sequence[int]) -> QMimeData:
        """The files of the dragged photos."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(photo.path)) for photo in self._library.photos(ids)])
        return data

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The files of the dragged photos."""
        return self.pack([self.id_at(index.row()) for index in indexes])

    def _keys_of(self, place: int) -> Keys:
        order: Order = "date" if self._order == "date" else "quality"

        def keys(library: Library, ids: Collection[int] | None) -> Sequence[Key]:
            faces = None if place == Shelf.EVERYTHING else faces_of_place(library, place)
            return photo_keys(library, order, faces, ids)

        return keys

    def _size(self, place: int) -> int:
        return count_photos(self._library) if place == Shelf.EVERYTHING else len(faces_of_place(self._library, place))

    def _look_up(self, ids: Collection[int]) -> Sequence[Photo]:
        return self._library.photos(ids)

    def _describe(self, photo: Photo) -> str:
        return describe_photo(photo)


def describe_photo(photo: Photo) -> str:
    """The file name and, where known, the day it was taken."""
    if photo.taken_at is None:
        return photo.relpath
    return f"{photo.relpath}\n{day(photo.taken_at)}"
