"""What the user can say about faces and persons, with the questions that some of it needs first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from photoclust.core import edits
from photoclust.core.names import name_key, tidy_name
from photoclust.core.types import Person
from photoclust.library.drawing import everyone_else
from photoclust.ui.actions import Selection
from photoclust.ui.dialogs.person_picker import PersonPicker
from photoclust.ui.dragging import Dragged
from photoclust.ui.language import listed, tr
from photoclust.ui.models.person_model import PersonModel
from photoclust.ui.models.places import Shelf, is_person
from photoclust.ui.questions import Question, ask
from photoclust.ui.session import Session
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.covers import Covers


class Commands(QObject):
    """Every verb of one window; each ends in at most one edit."""

    merged = Signal(int)
    """Persons are this one now."""

    def __init__(self, session: Session, persons: PersonModel, thumbnails: Thumbnails, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._persons = persons
        self._thumbnails = thumbnails
        self._window = window

    def rename(self, person_id: int, name: str) -> Question | None:
        """Name a person; asks when somebody else has that name already, and returns the question."""
        name = tidy_name(name)
        person = self._session.library.person(person_id)
        if person is None or person.name == name:
            return None
        others = [p for p in self._session.library.find_persons(name) if p.id != person_id] if name else []
        if not others:
            self._session.apply(edits.RenamePerson(person_id, name))
            return None
        other = others[0]
        return ask(
            self._window,
            tr("There is already a person called {name}", name=other.name),
            tr(
                "{name} has {n} faces, this person {count}. Are they the same?",
                n=other.face_count,
                name=other.name,
                count=person.face_count,
            ),
            {
                tr("Merge with {name}", name=other.name): lambda: self._merge((person_id, other.id), other.id),
                tr("Keep both"): lambda: self._session.apply(edits.RenamePerson(person_id, name)),
            },
            Covers((person, other), self._thumbnails),
        )

    def drop(self, dragged: Dragged, place: int) -> None:
        """Do what dropping this on a place means."""
        if Shelf.STRANGERS in (place, dragged.place if place == Shelf.UNGROUPED else None):
            faces = dragged.faces or tuple(f for i in dragged.persons for f in self._session.library.face_ids(person_id=i))
            self.strangers(faces, place == Shelf.STRANGERS)
        elif dragged.persons and place == Shelf.IGNORED:
            self.ignore_persons(dragged.persons)
        elif dragged.persons:
            self.merge((*dragged.persons, place), place)
        elif is_person(place):
            self.move(dragged.faces, place)
        elif place == Shelf.UNGROUPED:
            self.take_out(dragged.faces)
        elif place == Shelf.IGNORED:
            self.ignore(dragged.faces)
        elif place == Shelf.NOT_FACES:
            self.not_a_face(dragged.faces)

    def move(self, face_ids: Sequence[int], person_id: int) -> None:
        """Place faces with a person."""
        self._apply_to(face_ids, lambda ids: edits.MoveFaces(ids, person_id))

    def strangers(self, face_ids: Sequence[int], strangers: bool) -> None:
        """Put faces, with all others of their persons, with the strangers, or keep them in view."""
        library = self._session.library
        faces = library.faces(face_ids)
        persons = {face.person_id for face in faces if face.person_id is not None}
        whole = {face.id for face in faces if face.person_id is None}
        whole.update(face for person in persons for face in library.face_ids(person_id=person))
        self._apply_to(sorted(whole), lambda ids: edits.SetStrangers(ids, strangers))

    def take_out(self, face_ids: Sequence[int]) -> None:
        """Say that faces are not the person they are with; brings back faces that were put aside."""
        faces = self._session.library.faces(face_ids)
        aside = tuple(f.id for f in faces if f.state != "face")
        if aside:
            self.bring_back(aside)
        else:
            self._apply_to(face_ids, lambda ids: edits.MoveFaces(ids, None))

    def new_person(self, face_ids: Sequence[int], name: str = "") -> None:
        """Make a new person of faces; of faces of one person, that is splitting them off."""
        owners = {f.person_id for f in self._session.library.faces(face_ids)}
        owner = owners.pop() if len(owners) == 1 else None
        if owner is not None:
            self._apply_to(face_ids, lambda ids: edits.SplitPerson(owner, ids, name))
        else:
            self._apply_to(face_ids, lambda ids: edits.NewPerson(ids, name))

    def merge(self, person_ids: Sequence[int], into: int) -> None:
        """Say that persons are one; asks first when they have different names."""
        persons = [p for i in dict.fromkeys(person_ids) if (p := self._session.library.person(i))]
        target = next((p for p in persons if p.id == into), None)
        if target is None or len(persons) < 2:
            return
        ids = tuple(p.id for p in persons)
        names = {name_key(p.name): p.name for p in persons if p.name}
        if len(names) < 2:
            self._merge(ids, into)
            return
        kept = target.name or max((p for p in persons if p.name), key=lambda p: p.face_count).name
        ask(
            self._window,
            tr("Are {names} the same person?", names=listed(list(names.values()))),
            tr("All their faces will be in one album called {name}. You can undo this.", name=kept),
            {tr("Merge"): lambda: self._merge(ids, into)},
            Covers(persons, self._thumbnails),
        )

    def merge_selected(self, person_ids: Sequence[int]) -> None:
        """Merge several persons into the most telling one of them, or one into a person still to be picked."""
        if len(person_ids) > 1:
            persons = [p for i in person_ids if (p := self._session.library.person(i))]
            into = max(persons, key=lambda p: (bool(p.name), p.face_count, -p.id))
            self.merge(person_ids, into.id)
        elif person_ids:
            title = tr("Merge {name} with…", name=self._called(person_ids[0]))
            picker = self._picker(title, tr("Merge"), new=False, without=person_ids)
            picker.picked.connect(lambda into: self.merge((*person_ids, into), into))
            picker.open()

    def pick_and_move(self, face_ids: Sequence[int], place: int | None) -> None:
        """Ask for the person that faces shall be placed with; the keyboard's way to drag."""
        if not face_ids:
            return
        without = [place] if place is not None and is_person(place) else []
        title = tr("Move {n} faces to…", n=len(face_ids))
        picker = self._picker(title, tr("Move"), new=True, without=without)
        picker.picked.connect(lambda person_id: self.move(face_ids, person_id))
        picker.named.connect(lambda name: self.new_person(face_ids, name))
        picker.open()

    def confirm(self, face_ids: Sequence[int]) -> None:
        """Say that faces are where they belong."""
        self._apply_to(face_ids, edits.ConfirmFaces)

    def ignore(self, face_ids: Sequence[int]) -> None:
        """Put faces aside."""
        self._apply_to(face_ids, edits.IgnoreFaces)

    def ignore_others(self, face_ids: Sequence[int]) -> None:
        """Put everybody aside who has no name and is in a photo of these faces."""
        library = self._session.library
        photos = sorted({f.photo_id for f in library.faces(face_ids)})
        others = tuple(face for photo in photos for face in everyone_else(library, photo, face_ids))
        if others:
            self._session.apply(edits.IgnoreFaces(others))
        else:
            self._session.told.emit(tr("Nobody else without a name is in this photo."))

    def not_a_face(self, face_ids: Sequence[int]) -> None:
        """Say that these are no faces."""
        self._apply_to(face_ids, edits.NotAFace)

    def bring_back(self, face_ids: Sequence[int]) -> None:
        """Take faces back that were put aside."""
        self._apply_to(face_ids, edits.BringBackFaces)

    def set_cover(self, chosen: Selection) -> None:
        """Show the person by the one face that is selected."""
        if is_person(chosen.place) and len(chosen.faces) == 1:
            self._session.apply(edits.SetCover(chosen.persons[0], chosen.faces[0]))

    def confirm_persons(self, person_ids: Sequence[int]) -> None:
        """Say that all faces of persons are where they belong."""
        self.confirm([f for i in person_ids for f in self._session.library.face_ids(person_id=i)])

    def ignore_persons(self, person_ids: Sequence[int]) -> None:
        """Put all faces of persons aside."""
        self.ignore([f for i in person_ids for f in self._session.library.face_ids(person_id=i)])

    def _apply_to(self, face_ids: Sequence[int], edit: Callable[[tuple[int, ...]], edits.Edit]) -> None:
        if face_ids:
            self._session.apply(edit(tuple(face_ids)))

    def _merge(self, ids: tuple[int, ...], into: int) -> None:
        if self._session.apply(edits.MergePersons(ids, into)):
            self.merged.emit(into)

    def _called(self, person_id: int) -> str:
        person = self._session.library.person(person_id)
        return person.name if person and person.name else tr("this person")

    def _picker(self, title: str, verb: str, *, new: bool, without: Sequence[int]) -> PersonPicker:
        persons: list[Person] = [p for p in self._persons.persons() if p.id not in without]
        return PersonPicker(title, verb, persons, self._thumbnails, offer_new=new, parent=self._window)
