"""The faces of a place, best first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt

from photoclust.core.changes import Changes
from photoclust.core.types import Face
from photoclust.library.library import Library
from photoclust.ui.dragging import FACES_MIME, pack_faces
from photoclust.ui.models.id_model import ID_ROLE, IdModel, Index
from photoclust.ui.models.places import faces_of_place, person_name

CHUNK = 256
"""Rows looked up together."""
MAX_FILES = 200
"""Photos that a drag offers to other programs."""


class FaceModel(IdModel):
    """Ids of faces; what a face is gets looked up when its row is first shown."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._place: int | None = None
        self._faces: dict[int, Face] = {}

    @property
    def place(self) -> int | None:
        """Whose faces these are."""
        return self._place

    def show_place(self, place: int | None) -> None:
        """Show the faces of a place, or nothing."""
        self._place = place
        self._faces.clear()
        self.reset_ids([] if place is None else faces_of_place(self._library, place))

    def apply_changes(self, changes: Changes) -> None:
        """Look up which faces are here now, and forget what changed."""
        if self._place is None or not (changes.faces or changes.persons):
            return
        for face_id in changes.faces:
            self._faces.pop(face_id, None)
        self.set_ids(faces_of_place(self._library, self._place))
        self.touch(changes.faces)

    def face(self, row: int) -> Face | None:
        """The face of a row; None in the moment between a change and its news."""
        face_id = self.id_at(row)
        if face_id not in self._faces:
            start = row - row % CHUNK
            missing = [i for i in self._ids[start : start + CHUNK] if i not in self._faces]
            self._faces.update((face.id, face) for face in self._library.faces(missing))
        return self._faces.get(face_id)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The id, a tooltip, or a sentence for a screen reader; the delegate paints from `face`."""
        if not index.isValid():
            return None
        if role == ID_ROLE:
            return self.id_at(index.row())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._describe(index.row())
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Faces can be chosen and dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren

    def mimeTypes(self) -> list[str]:
        """What faces are dragged as."""
        return [FACES_MIME, "text/uri-list"]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The dragged faces, and the files of their photos."""
        ids = [self.id_at(row) for row in sorted(index.row() for index in indexes)]
        photos = self._library.photos({face.photo_id for face in self._library.faces(ids[:MAX_FILES])})
        return pack_faces(ids, self._library.path, self._place, [p.path for p in photos])

    def _describe(self, row: int) -> str | None:
        face = self.face(row)
        if face is None:
            return None
        person = self._library.person(face.person_id) if face.person_id is not None else None
        photo = self._library.photo(face.photo_id)
        parts = [person_name(person) if person else "Nobody"]
        if face.by_hand:
            parts.append("placed by you")
        elif face.confidence is not None and person:
            parts.append(f"{face.confidence:.0%} sure")
        return f"{', '.join(parts)}\n{photo.relpath}" if photo else ", ".join(parts)
