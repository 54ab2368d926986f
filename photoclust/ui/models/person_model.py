"""The persons of a library, biggest first, as a list that can be searched."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, Signal

from photoclust.core.changes import Changes
from photoclust.core.types import Person
from photoclust.library.library import Library
from photoclust.ui.dragging import pack_persons
from photoclust.ui.models.id_model import ID_ROLE, IdModel, Index
from photoclust.ui.models.places import person_name

PERSON_ROLE = Qt.ItemDataRole.UserRole + 1
"""The `Person` of a row."""
FEW = 64
"""Up to so many changed persons are looked up one by one."""


class PersonModel(IdModel):
    """Persons by size; editing a row asks for a new name, it does not set one."""

    rename_requested = Signal(int, str)
    """The user typed a name for a person."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._persons: dict[int, Person] = {}
        self._wanted = ""
        self._load()
        self.reset_ids(self._visible())

    def person(self, person_id: int) -> Person | None:
        """A person by id, also when the search hides it."""
        return self._persons.get(person_id)

    def persons(self) -> list[Person]:
        """All persons, biggest first, also those that the search hides."""
        return sorted(self._persons.values(), key=_order)

    def names(self) -> list[str]:
        """The names in use, in alphabetical order."""
        return sorted({p.name for p in self._persons.values() if p.name}, key=str.casefold)

    def search(self, text: str) -> None:
        """Show only persons whose name has this text in it; all for an empty text."""
        self._wanted = text.strip().casefold()
        self.set_ids(self._visible())

    def apply_changes(self, changes: Changes) -> None:
        """Look up the persons that changed."""
        if not changes.persons:
            return
        if len(changes.persons) > FEW:
            self._load()
        else:
            for person_id in changes.persons:
                if person := self._library.person(person_id):
                    self._persons[person_id] = person
                else:
                    self._persons.pop(person_id, None)
        self.set_ids(self._visible())
        self.touch(changes.persons)

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
                return f"{person_name(person)}\n{counted(person.face_count, 'face')} in {counted(person.photo_count, 'photo')}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{person_name(person)}, {counted(person.face_count, 'face')}"
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

    def _load(self) -> None:
        self._persons = {p.id: p for p in self._library.persons()}

    def _visible(self) -> list[int]:
        return [p.id for p in self.persons() if self._wanted in p.name.casefold()]


def counted(number: int, word: str) -> str:
    """A number with its word: "1 face", "1,204 faces"."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _order(person: Person) -> tuple[int, bool, str, int]:
    return (-person.face_count, not person.name, person.name.casefold(), person.id)
