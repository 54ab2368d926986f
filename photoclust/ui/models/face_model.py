"""The faces of a place, best first, or by person, by date, or by how certain they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from types import EllipsisType

from PySide6.QtCore import QDate, QLocale, QMimeData, QModelIndex, QObject

from photoclust.core.certainty import Certainty, certainty
from photoclust.core.changes import Changes
from photoclust.core.types import Face, FaceState, Photo
from photoclust.library.arranged import LAST, Key, Order, count_faces, face_keys
from photoclust.library.library import Library
from photoclust.ui.asking import Asking
from photoclust.ui.dragging import FACES_MIME, pack_faces
from photoclust.ui.language import tr
from photoclust.ui.models.place_model import Keys, PlaceModel
from photoclust.ui.models.places import Shelf, faces_of_place, person_name

MAX_FILES = 200
"""Photos that a drag offers to other programs."""


class FaceModel(PlaceModel[Face]):
    """Ids of faces; `item` is the face of a row."""

    def __init__(
        self, library: Library, parent: QObject | None = None, asking: Asking | None = None,
        ranked: Callable[[], Sequence[int]] | None = None,
    ) -> None:  # fmt: skip
        """`ranked` are all persons in the order in which they stand by person; the biggest first, unless told."""
        super().__init__(library, parent, asking)
        self._ranked = ranked or (lambda: [p.id for p in library.persons()])
        self._persons: Sequence[int] = []
        self._headings: dict[int, str] = {}

    def show_place(self, place: int | None, order: Order = "quality") -> None:
        """Show the faces of a place, or nothing; a large place is empty at first."""
        self._persons = self._ranked() if order == "person" else []
        self._headings.clear()
        super().show_place(place, order)

    def heading(self, section: int) -> str:
        """What stands above a section."""
        if section not in self._headings:
            self._headings[section] = self._heading(section)
        return self._headings[section]

    def apply_changes(self, changes: Changes) -> None:
        """Look up which faces are here now, and forget what changed."""
        if changes.persons:
            self._headings.clear()
        self._refresh(changes.faces)

    def pack(self, ids: Sequence[int]) -> QMimeData:
        """Faces to be dragged, and the files of their photos."""
        photos = self._library.photos({face.photo_id for face in self._library.faces(ids[:MAX_FILES])})
        return pack_faces(ids, self._library.path, self._place, [p.path for p in photos])

    def told(self, row: int) -> bool:
        """Whether a face was placed or confirmed by hand; needs no look at the library."""
        return bool(self._keyed.keys[row][3])

    def word(self, row: int) -> str:
        """How certain a face is, as a word; by certainty only, and not of what was told by hand."""
        certain = self._keyed.keys[row][0]
        return "" if self.told(row) or certain == Certainty.NOBODY else self.heading(certain)

    def photo_of(self, face: Face) -> Photo | None:
        """The photo that a face is on."""
        return self._library.photo(face.photo_id)

    def mimeTypes(self) -> list[str]:
        """What faces are dragged as."""
        return [FACES_MIME, "text/uri-list"]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The dragged faces, and the files of their photos."""
        return self.pack([self.id_at(row) for row in sorted(index.row() for index in indexes)])

    def _heading(self, section: int) -> str:
        match self._order:
            case "person":
                known = len(self._persons)
                person = None
                if section != LAST:
                    person = self._library.person(self._persons[section] if section < known else section - known)
                return tr("Not grouped") if person is None else person_name(person)
            case "date":
                return month(section)
            case "certainty":
                return certainty_heading(Certainty(section))
        return ""

    def _keys_of(self, place: int) -> Keys:
        order, ranks = self._order, {person: rank for rank, person in enumerate(self._persons)}
        where = _where(place)
        if place == Shelf.STRANGERS and order == "quality":
            order = "prominence"  # who may be no stranger comes first

        def keys(library: Library, ids: Collection[int] | None) -> Sequence[Key]:
            if where is None:
                here = faces_of_place(library, place)
                return face_keys(library, order, ids=here if ids is None else set(here) & set(ids), ranks=ranks)
            person, state = where
            found = face_keys(library, order, person_id=person, state=state, ids=ids, ranks=ranks)
            apart = library.strangers_alone() if place == Shelf.UNGROUPED else frozenset()
            return [key for key in found if key[2] not in apart] if apart else found

        return keys

    def _size(self, place: int) -> int:
        person, state = _where(place) or (..., FaceState.FACE)
        return count_faces(self._library, person, state)

    def _look_up(self, ids: Collection[int]) -> Sequence[Face]:
        return self._library.faces(ids)

    def _describe(self, face: Face) -> str:
        person = self._library.person(face.person_id) if face.person_id is not None else None
        photo = self._library.photo(face.photo_id)
        parts = [person_name(person) if person else tr("Nobody")]
        if person:
            parts.append(certainty_word(face))
        return f"{', '.join(parts)}\n{photo.relpath}" if photo else ", ".join(parts)


def certainty_word(face: Face) -> str:
    """How certain a face is, as a word."""
    return {
        Certainty.UNSURE: tr("unsure"), Certainty.LIKELY: tr("likely"), Certainty.SURE: tr("sure"),
        Certainty.TOLD: tr("placed by you"), Certainty.NOBODY: "",
    }[certainty(face)]  # fmt: skip


def certainty_heading(section: Certainty) -> str:
    """The same above a section."""
    return {
        Certainty.UNSURE: tr("Unsure"), Certainty.LIKELY: tr("Likely"), Certainty.SURE: tr("Sure"),
        Certainty.TOLD: tr("Placed by you"), Certainty.NOBODY: tr("Not grouped"),
    }[section]  # fmt: skip


def month(section: int) -> str:
    """A month counted from the year 0, in words."""
    if section == LAST:
        return tr("No date")
    return QLocale().toString(QDate(section // 12, section % 12 + 1, 1), "MMMM yyyy")


def _where(place: int) -> tuple[int | EllipsisType | None, FaceState] | None:
    """The person and the state of the faces of a place; None where that does not tell them."""
    if place > 0:
        return place, FaceState.FACE
    return {
        Shelf.EVERYTHING: (..., FaceState.FACE), Shelf.UNGROUPED: (None, FaceState.FACE),
        Shelf.IGNORED: (None, FaceState.IGNORED), Shelf.NOT_FACES: (None, FaceState.NOT_A_FACE),
    }.get(Shelf(place))  # fmt: skip
