"""The shelves above the persons: all photos, faces that belong to nobody, ignored ones."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt

from photoclust.core.changes import Changes
from photoclust.library.library import Counts, Library
from photoclust.ui.language import number, tr
from photoclust.ui.models.id_model import ID_ROLE, IdModel, Index
from photoclust.ui.models.places import SHELF_ICONS, SHELF_NAMES, Shelf

COUNT_ROLE = Qt.ItemDataRole.UserRole + 2
ICON_ROLE = Qt.ItemDataRole.UserRole + 3
"""The name of the icon."""


class ShelfModel(IdModel):
    """Shelves with how much lies on them; those of strangers and of what is no face appear once there is something on them."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._counts = library.counts()
        self._alone = self._strangers = 0
        self.reset_ids(self._visible())

    @property
    def counts(self) -> Counts:
        """The counts of the library, as of the last change."""
        return self._counts

    def apply_changes(self, changes: Changes) -> None:
        """Count again."""
        if changes:
            self._counts = self._library.counts()
            self.set_ids(self._visible())
            self.touch(frozenset(self.ids))

    def set_strangers(self, alone: int, faces: int) -> None:
        """How many faces strangers have, and how many of these are nobody's."""
        self._alone, self._strangers = alone, faces
        self.set_ids(self._visible())
        self.touch(frozenset(self.ids))

    def count(self, shelf: int) -> int:
        """How much lies on a shelf."""
        c = self._counts
        return {
            Shelf.EVERYTHING: c.photos - c.errors, Shelf.UNGROUPED: max(c.nobody - self._alone, 0),
            Shelf.STRANGERS: self._strangers, Shelf.IGNORED: c.ignored, Shelf.NOT_FACES: c.not_faces,
        }[Shelf(shelf)]  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, the count, the icon, or a sentence for a screen reader."""
        if not index.isValid():
            return None
        shelf = Shelf(self.id_at(index.row()))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tr(SHELF_NAMES[shelf])
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{tr(SHELF_NAMES[shelf])}, {number(self.count(shelf))}"
            case _ if role == ID_ROLE:
                return int(shelf)
            case _ if role == COUNT_ROLE:
                return self.count(shelf)
            case _ if role == ICON_ROLE:
                return SHELF_ICONS[shelf]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Shelves can be chosen and, but for all photos, dropped on."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        flags = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemNeverHasChildren
        return flags if self.id_at(index.row()) == Shelf.EVERYTHING else flags | flag.ItemIsDropEnabled

    def _visible(self) -> list[int]:
        empty = {Shelf.NOT_FACES: not self._counts.not_faces, Shelf.STRANGERS: not self._strangers}
        return [shelf for shelf in Shelf if not empty.get(shelf)]
