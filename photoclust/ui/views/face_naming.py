"""What typing a name over a face means, as an edit."""

from __future__ import annotations

from photoclust.core.edits import Edit, MoveFaces, NewPerson, RenamePerson
from photoclust.core.names import name_key
from photoclust.core.types import FaceState
from photoclust.library.library import Library


def edit_to_name(library: Library, face_id: int, name: str) -> Edit | None:
    """The edit that lets this face be called `name`; None when it is called so already or is gone.

    A person of that name gets the face. Otherwise the name goes to the face's person where that has none yet, for naming
    one face of a group names the group; a face of a person with another name starts a new person.
    """
    face = library.face(face_id)
    if face is None:
        return None
    here = library.person(face.person_id) if face.person_id is not None else None
    if here is not None and name_key(here.name) == name_key(name):
        return None if here.name == name else RenamePerson(here.id, name)
    namesakes = library.find_persons(name)
    if namesakes:
        return MoveFaces((face_id,), max(namesakes, key=lambda p: p.face_count).id)
    if here is not None and not here.name and face.state is FaceState.FACE:
        return RenamePerson(here.id, name)
    return NewPerson((face_id,), name)
