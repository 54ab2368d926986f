"""Naming a face over the photo: what a typed name means as an edit, and whom the face may be."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QRect, Slot
from PySide6.QtGui import QIcon

from photoclust.core.edits import Edit, MoveFaces, NewPerson, RenamePerson
from photoclust.core.names import name_key
from photoclust.core.types import Face, FaceState
from photoclust.library.library import Library
from photoclust.library.names import names_of
from photoclust.ui.language import tr
from photoclust.ui.session import Session
from photoclust.ui.thumbnails import Thumbnails, rounded
from photoclust.ui.views.name_field import NameField
from photoclust.workflows.drawn_faces import Suggestion, suggest_person

_COVER = 48
"""Device pixels of the round cover of who is suggested."""


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


class FaceNaming(QObject):
    """Asks in a field who a face is; where it has no name yet, whom it may be is worked out meanwhile."""

    def __init__(self, session: Session, thumbnails: Thumbnails, field: NameField) -> None:
        super().__init__(field)
        self._session = session
        self._thumbnails = thumbnails
        self._field = field
        self._face_id: int | None = None
        self._suggestion: Suggestion | None = None
        field.named.connect(self._on_named)
        field.agreed.connect(self._on_agreed)
        thumbnails.face_loaded.connect(self._on_cover)

    def ask(self, face: Face, name: str, place: QRect, begin: str = "") -> None:
        """Ask who a face is that is drawn at `place` and has this name so far, beginning with what was typed already."""
        self._face_id, self._suggestion = face.id, None
        self._field.ask(face.id, begin or name, list(names_of(self._session.library).values()), place)
        if begin:
            self._field.setText("")
            self._field.insert(begin)
        if not name:
            self.look()

    def look(self) -> None:
        """Work out whom the face may be that is being asked about, if that is not known yet."""
        if self._field.isVisible() and self._face_id is not None and self._suggestion is None:
            self._session.asking.ask(self, partial(suggest_person, face_id=self._face_id), self._on_suggested)

    def _on_suggested(self, found: Suggestion | None) -> None:
        if found is None or found.face_id != self._face_id:
            return
        self._suggestion = found
        sentence = tr("The same as {n} faces without a name? Enter: yes", n=found.face_count)
        if found.name:
            sentence = tr("Is this {name}? Enter: yes", name=found.name)
        self._field.suggest(found.face_id, sentence)
        if found.cover_face_id is not None:
            self._on_cover(found.cover_face_id)

    @Slot(int)
    def _on_cover(self, face_id: int) -> None:
        """Show who is suggested, once the picture is there."""
        if self._suggestion is not None and self._suggestion.cover_face_id == face_id:
            cover = self._thumbnails.face(face_id, _COVER)
            if cover is not None:
                self._field.show_cover(QIcon(rounded(cover, _COVER)))

    @Slot(int, str)
    def _on_named(self, face_id: int, name: str) -> None:
        edit = edit_to_name(self._session.library, face_id, name)
        if edit is not None:
            self._session.apply(edit)

    @Slot(int)
    def _on_agreed(self, face_id: int) -> None:
        found = self._suggestion
        if found is not None and found.face_id == face_id:
            self._session.apply(MoveFaces((face_id,), found.person_id))
