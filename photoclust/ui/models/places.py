"""What can be chosen on the left: a person (its id), or one of the shelves (negative)."""

from __future__ import annotations

from enum import IntEnum

from photoclust.core.types import FaceState, Person
from photoclust.library.library import Library
from photoclust.ui.language import N_, tr


class Shelf(IntEnum):
    """Places that are no person."""

    EVERYTHING = -1
    UNGROUPED = -2
    STRANGERS = -5
    IGNORED = -3
    NOT_FACES = -4


SHELF_NAMES = {
    Shelf.EVERYTHING: N_("All photos"),
    Shelf.UNGROUPED: N_("Not grouped"),
    Shelf.STRANGERS: N_("Strangers"),
    Shelf.IGNORED: N_("Ignored"),
    Shelf.NOT_FACES: N_("Not a face"),
}
SHELF_ICONS = {
    Shelf.EVERYTHING: "photo",
    Shelf.UNGROUPED: "people",
    Shelf.STRANGERS: "stranger",
    Shelf.IGNORED: "ignore",
    Shelf.NOT_FACES: "not-a-face",
}


def is_person(place: int | None) -> bool:
    """Whether a place is a person."""
    return place is not None and place > 0


def person_name(person: Person) -> str:
    """How a person is called in the window."""
    return person.name or tr("Unnamed")


def faces_of_place(library: Library, place: int) -> list[int]:
    """The ids of the faces of a place, best first."""
    match place:
        case Shelf.EVERYTHING:
            return library.face_ids()
        case Shelf.UNGROUPED:
            strangers = library.strangers_alone()
            return [face for face in library.face_ids(person_id=None) if face not in strangers]
        case Shelf.STRANGERS:
            return library.faces_of_strangers()
        case Shelf.IGNORED:
            return library.face_ids(state=FaceState.IGNORED)
        case Shelf.NOT_FACES:
            return library.face_ids(state=FaceState.NOT_A_FACE)
        case person_id:
            return library.face_ids(person_id=person_id)


def photos_of_place(library: Library, place: int) -> list[int]:
    """The ids of the photos of a place, oldest first."""
    return library.photo_ids(None if place == Shelf.EVERYTHING else faces_of_place(library, place))
