"""The faces of a place, best first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QMimeData, QModelIndex

from photoclust.core.changes import Changes
from photoclust.core.types import Face
from photoclust.ui.dragging import FACES_MIME, pack_faces
from photoclust.ui.models.place_model import PlaceModel
from photoclust.ui.models.places import faces_of_place, person_name

MAX_FILES = 200
"""Photos that a drag offers to other programs."""


class FaceModel(PlaceModel[Face]):
    """Ids of faces; `item` is the face of a row."""

    def apply_changes(self, changes: Changes) -> None:
        """Look up which faces are here now, and forget what changed."""
        if changes.faces or changes.persons:
            self._refresh(changes.faces)

    def mimeTypes(self) -> list[str]:
        """What faces are dragged as."""
        return [FACES_MIME, "text/uri-list"]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The dragged faces, and the files of their photos."""
        ids = [self.id_at(row) for row in sorted(index.row() for index in indexes)]
        photos = self._library.photos({face.photo_id for face in self._library.faces(ids[:MAX_FILES])})
        return pack_faces(ids, self._library.path, self._place, [p.path for p in photos])

    def _ids_of(self, place: int) -> Sequence[int]:
        return faces_of_place(self._library, place)

    def _look_up(self, ids: Collection[int]) -> Sequence[Face]:
        return self._library.faces(ids)

    def _describe(self, face: Face) -> str:
        person = self._library.person(face.person_id) if face.person_id is not None else None
        photo = self._library.photo(face.photo_id)
        parts = [person_name(person) if person else "Nobody"]
        if face.by_hand:
            parts.append("placed by you")
        elif face.confidence is not None and person:
            parts.append(f"{face.confidence:.0%} sure")
        return f"{', '.join(parts)}\n{photo.relpath}" if photo else ", ".join(parts)
