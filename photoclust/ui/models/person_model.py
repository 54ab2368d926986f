"""The persons of a library, named ones first, as a list that can be searched and sorted."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum
from typing import Any, Literal

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, Signal

from photoclust.core.changes import Changes
from photoclust.core.names import name_key
from photoclust.core.types import Person
from photoclust.library.arranged import Key, newest_photos
from photoclust.library.library import Library
from photoclust.ui.asking import Asking
from photoclust.ui.dragging import pack_persons
from photoclust.ui.language import N_, tr
from photoclust.ui.models.id_model import ID_ROLE, Index
from photoclust.ui.models.keyed_model import Keyed, KeyedModel
from photoclust.ui.models.places import person_name

PERSON_ROLE = Qt.ItemDataRole.UserRole + 1
"""The `Person` of a row."""
FEW = 64
"""Up to so many changed persons are looked up one by one."""


Sort = Literal["count", "name", "unsure", "newest"]
"""Biggest first, by name, most unsure faces first, newest photo first."""


class PersonSection(IntEnum):
    """The parts of the list."""

    NAMED = 0
    UNNAMED = 1
    STRANGERS = 2


_NAMED, _UNNAMED, _STRANGERS = (int(section) for section in PersonSection)


class PersonModel(KeyedModel):
    """Persons in sections; who stays keeps his place until the list is searched or sorted. Editing a row asks for a name."""

    rename_requested = Signal(int, str)
    """The user typed a name for a person."""
    arrived = Signal()
    """Very many persons have changed, and are known now."""

    def __init__(self, library: Library, parent: QObject | None = None, asking: Asking | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._asking = asking
        self._wanted = ""
        self._sort: Sort = "count"
        self._strangers: frozenset[int] = frozenset()
        self._folded: set[int] = {PersonSection.STRANGERS}
        self._newest: dict[int, float] = {}
        self._waiting = 0
        self._meanwhile: frozenset[int] = frozenset()
        self._held: Counter[int] = Counter()
        self._persons = {p.id: p for p in library.persons()}
        self._sort_anew()

    @property
    def sorting(self) -> Sort:
        """How the list is sorted."""
        return self._sort

    def person(self, person_id: int) -> Person | None:
        """A person by id, also when the search hides it."""
        return self._persons.get(person_id)

    def persons(self) -> list[Person]:
        """All persons, biggest first, also those that the search hides."""
        return sorted(self._persons.values(), key=_order)

    def ranked(self) -> list[int]:
        """The ids of all persons: named ones first, then the biggest first."""
        return [i for *_, i in sorted((not p.name, -p.face_count, i) for i, p in self._persons.items())]

    def names(self) -> list[str]:
        """The names in use, in alphabetical order."""
        return sorted({p.name for p in self._persons.values() if p.name}, key=str.casefold)

    def heading(self, section: int) -> str:
        """What stands above a section."""
        return tr(_HEADINGS[PersonSection(section)])

    def sections(self) -> list[tuple[int, int]]:
        """The sections with how many rows they show; one that is folded shows none but its heading."""
        hidden = [(section, 0) for section in sorted(self._folded) if self.held(section)]
        return sorted([*super().sections(), *hidden])

    def held(self, section: int) -> int:
        """How many persons belong into a section, shown or folded."""
        return self._held[section]

    def is_folded(self, section: int) -> bool:
        """Whether only the heading of a section is shown."""
        return section in self._folded

    def fold(self, section: int, folded: bool) -> None:
        """Show only the heading of a section, or its persons again."""
        (self._folded.add if folded else self._folded.discard)(section)
        self._sort_anew()

    def unfold_for(self, person_id: int) -> None:
        """Show the section that a person stands in."""
        if (person := self._persons.get(person_id)) is not None and self._section(person) in self._folded:
            self.fold(self._section(person), folded=False)

    def search(self, text: str) -> None:
        """Show only persons whose name has this text in it; all for an empty text."""
        self._wanted = name_key(text)
        self._sort_anew()

    def sort_by(self, sort: Sort) -> None:
        """Sort anew; what it needs to know of all photos is looked up in the background."""
        self._sort = sort
        if sort != "newest":
            self._sort_anew()
        elif self._asking is None:
            self._take_newest(newest_photos(self._library))
        else:
            self._asking.ask(self, newest_photos, self._take_newest)

    def set_strangers(self, strangers: frozenset[int]) -> None:
        """Keep these persons out of the way, in a section of their own."""
        changed = strangers ^ self._strangers
        self._tally(changed, -1)
        self._strangers = strangers
        self._tally(changed, 1)
        self._follow(changed)

    def apply_changes(self, changes: Changes) -> None:
        """Look up the persons that changed; very many in the background."""
        if self._waiting:
            self._meanwhile |= changes.persons
        if len(changes.persons) > FEW and self._asking is not None:
            self._ask_all()
            return
        self._tally(changes.persons, -1)
        for person_id in changes.persons:
            if person := self._library.person(person_id):
                self._persons[person_id] = person
            else:
                self._persons.pop(person_id, None)
        self._tally(changes.persons, 1)
        self._follow(changes.persons)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, the counts, the id, the `Person`, or a sentence for a screen reader."""
        if not index.isValid():
            return None
        person = self._persons[self.id_at(index.row())]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return person_name(person)
            case Qt.ItemDataRole.EditRole:
                return person.name
            case Qt.ItemDataRole.ToolTipRole:
                return f"{person_name(person)}\n{faces_in_photos(person)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{person_name(person)}, {how_many(person)}"
            case _ if role == ID_ROLE:
                return person.id
            case _ if role == PERSON_ROLE:
                return person
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a new name; the row changes once the library has."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        person = self._persons[self.id_at(index.row())]
        name = str(value).strip()
        if name != person.name:
            self.rename_requested.emit(person.id, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be chosen, renamed, dragged, and dropped on."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return (
            flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable | flag.ItemIsDragEnabled
            | flag.ItemIsDropEnabled | flag.ItemNeverHasChildren
        )  # fmt: skip

    def mimeTypes(self) -> list[str]:
        """What rows are dragged as."""
        return pack_persons([], self._library.path).formats()

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The dragged persons."""
        return pack_persons([self.id_at(i.row()) for i in indexes], self._library.path)

    def _ask_all(self) -> None:
        assert self._asking is not None
        self._waiting, self._meanwhile = self._waiting + 1, frozenset()
        self._asking.ask(self, lambda library: library.persons(), self._take_all)

    def _take_all(self, persons: list[Person]) -> None:
        """Take over what was asked for, unless more has been asked for since; what changed meanwhile is looked up again."""
        self._waiting -= 1
        if self._waiting:
            return
        self._persons = {p.id: p for p in persons}
        self._sort_anew()
        self.touch(frozenset(self._persons))
        self.apply_changes(Changes(persons=self._meanwhile))
        self.arrived.emit()

    def _take_newest(self, newest: dict[int, float]) -> None:
        self._newest = newest
        if self._sort == "newest":
            self._sort_anew()

    def _follow(self, changed: frozenset[int]) -> None:
        persons = (self._persons.get(i) for i in changed)
        self.follow(changed, [self._key(p) for p in persons if p is not None and self._shown(p)], move=True)
        self.touch(changed)

    def _tally(self, changed: frozenset[int], by: int) -> None:
        """Count these persons into their sections, or out of them."""
        persons = (self._persons.get(i) for i in changed)
        for section in [self._section(p) for p in persons if p is not None and self._found(p)]:
            self._held[section] += by

    def _sort_anew(self) -> None:
        held, keys = Counter[int](), []
        for person in self._persons.values():
            if self._found(person):
                key = self._key(person)
                held[key[0]] += 1
                if key[0] not in self._folded:
                    keys.append(key)
        self._held = held
        self.become(Keyed(sorted(keys)))

    def _section(self, person: Person) -> int:
        if person.name:
            return _NAMED
        return _STRANGERS if person.id in self._strangers else _UNNAMED

    def _found(self, person: Person) -> bool:
        return not self._wanted or (person.name != "" and self._wanted in name_key(person.name))

    def _shown(self, person: Person) -> bool:
        return self._found(person) and self._section(person) not in self._folded

    def _key(self, person: Person) -> Key:
        place: tuple[Any, Any]
        match self._sort:
            case "count":
                place = (-person.face_count, person.name.casefold())
            case "name":
                place = (person.name.casefold(), -person.face_count)
            case "unsure":
                place = (-person.unsure_count, -person.face_count)
            case "newest":
                place = (-self._newest.get(person.id, 0.0), person.name.casefold())
        return (self._section(person), place, person.id, 0)


def how_many(person: Person) -> str:
    """How many faces a person has, and how many of them are unsure: "12 faces, 3 unsure"."""
    faces = tr("{n} faces", n=person.face_count)
    return tr("{faces}, {n} unsure", n=person.unsure_count, faces=faces) if person.unsure_count else faces


def faces_in_photos(person: Person) -> str:
    """How much there is of a person: "12 faces in 9 photos"."""
    photos = tr("{n} photos", n=person.photo_count)
    return tr("{n} faces in {photos}", n=person.face_count, photos=photos)


_HEADINGS = {
    PersonSection.NAMED: N_("Named"), PersonSection.UNNAMED: N_("Unnamed"), PersonSection.STRANGERS: N_("Strangers"),
}  # fmt: skip


def _order(person: Person) -> tuple[int, bool, str, int]:
    return (-person.face_count, not person.name, person.name.casefold(), person.id)
