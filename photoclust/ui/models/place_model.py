"""The base of the centre's lists: what a place of the library holds, looked up in chunks when a row is first shown."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt

from photoclust.core.types import Face, Photo
from photoclust.library.library import Library
from photoclust.ui.models.id_model import ID_ROLE, IdModel, Index

CHUNK = 256
"""Rows looked up together."""
Item = TypeVar("Item", Face, Photo)


class PlaceModel(IdModel, Generic[Item]):
    """Ids of what a place holds; subclasses say which ids those are, what is behind one, and how it is described."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._place: int | None = None
        self._items: dict[int, Item] = {}

    @property
    def place(self) -> int | None:
        """Which place is shown."""
        return self._place

    def show_place(self, place: int | None) -> None:
        """Show what a place holds, or nothing."""
        self._place = place
        self._items.clear()
        self.reset_ids([] if place is None else self._ids_of(place))

    def item(self, row: int) -> Item | None:
        """What stands in a row; None in the moment between a change and its news."""
        item_id = self.id_at(row)
        if item_id not in self._items:
            start = row - row % CHUNK
            missing = [i for i in self._ids[start : start + CHUNK] if i not in self._items]
            self._items.update((item.id, item) for item in self._look_up(missing))
        return self._items.get(item_id)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The id, a tooltip, or a sentence for a screen reader; the delegate paints from `item`."""
        if not index.isValid():
            return None
        if role == ID_ROLE:
            return self.id_at(index.row())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            item = self.item(index.row())
            return self._describe(item) if item else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be chosen and dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren

    def _refresh(self, changed: frozenset[int]) -> None:
        """Look up which ids are here now, and forget those that changed."""
        if self._place is None:
            return
        for item_id in changed:
            self._items.pop(item_id, None)
        self.set_ids(self._ids_of(self._place))
        self.touch(changed)

    @abstractmethod
    def _ids_of(self, place: int) -> Sequence[int]: ...

    @abstractmethod
    def _look_up(self, ids: Collection[int]) -> Sequence[Item]: ...

    @abstractmethod
    def _describe(self, item: Item) -> str: ...
