"""The base of the centre's lists: what a place of the library holds, looked up in chunks when a row is first shown."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from photoclust.core.types import Face, Photo
from photoclust.library.arranged import Key, Order
from photoclust.library.library import Library
from photoclust.ui.asking import Asking
from photoclust.ui.models.id_model import ID_ROLE, Index
from photoclust.ui.models.keyed_model import Keyed, KeyedModel

CHUNK = 256
"""Rows looked up together."""
FEW = 2_500
"""A place of more rows than this, or an edit of more, is looked up in the background: it takes longer than a frame."""
Item = TypeVar("Item", Face, Photo)
Keys = Callable[[Library, Collection[int] | None], Sequence[Key]]
"""The keys of a place, all or those of some ids; may be asked in any thread."""


class PlaceModel(KeyedModel, Generic[Item]):
    """What a place holds, in an order; subclasses say what that is, what is behind an id, and how it is described."""

    arrived = Signal()
    """What was looked up in the background is there."""

    def __init__(self, library: Library, parent: QObject | None = None, asking: Asking | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._asking = asking
        self._place: int | None = None
        self._order: Order = "quality"
        self._keys: Keys = lambda library, ids: []
        self._waiting: object = None
        self._meanwhile: set[int] = set()
        self._items: dict[int, Item] = {}

    @property
    def place(self) -> int | None:
        """Which place is shown."""
        return self._place

    @property
    def order(self) -> Order:
        """The order it is shown in."""
        return self._order

    @property
    def loading(self) -> bool:
        """Whether what is to be shown is still being looked up."""
        return self._waiting is not None

    def show_place(self, place: int | None, order: Order = "quality") -> None:
        """Show what a place holds, or nothing; a large place is empty at first."""
        self._place, self._order = place, order
        self._waiting = None
        self._items.clear()
        self._keys = (lambda library, ids: []) if place is None else self._keys_of(place)
        if place is None or self._asking is None or self._size(place) <= FEW:
            self.reset_keys(Keyed(self._keys(self._library, None)))
        else:
            self.reset_keys(Keyed())
            self._load()

    def reset_keys(self, keyed: Keyed) -> None:
        """Show other rows altogether; what was shown is freed in the background where it is much."""
        old = self._keyed
        super().reset_keys(keyed)
        if self._asking is not None and len(old.keys) > FEW:
            self._asking.ask(self, lambda library: old.let_go(), lambda nothing: None)

    def item(self, row: int) -> Item | None:
        """What stands in a row; None in the moment between a change and its news."""
        item_id = self.id_at(row)
        if item_id not in self._items:
            start = row - row % CHUNK
            missing = [i for i in self._ids[start : start + CHUNK] if i not in self._items]
            self._items.update((item.id, item) for item in self._look_up(missing))
        return self._items.get(item_id)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The id, a tooltip, or a sentence for a screen reader; the grid paints from `item`."""
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

    def _refresh(self, changed: Collection[int]) -> None:
        """Let those come and go that changed, and forget what was known of them."""
        if self._place is None or not changed:
            return
        for item_id in changed:
            self._items.pop(item_id, None)
        if self.loading:
            self._meanwhile.update(changed)
        elif len(changed) > FEW and self._asking is not None:
            self._load()
        else:
            self.follow(changed, self._keys(self._library, changed), move=self._order in ("person", "date"))
            self.touch(frozenset(changed))

    def _load(self) -> None:
        assert self._asking is not None
        keys, ticket = self._keys, object()
        self._waiting, self._meanwhile = ticket, set()

        def question(library: Library) -> Keyed:  # not worth an answer when something else is wanted by now
            return Keyed(keys(library, None) if ticket is self._waiting else ())

        self._asking.ask(self, question, lambda keyed: self._take_over(ticket, keyed))

    def _take_over(self, ticket: object, keyed: Keyed) -> None:
        if ticket is self._waiting:
            self._waiting = None
            self.reset_keys(keyed)
            self._refresh(self._meanwhile)
            self.arrived.emit()

    @abstractmethod
    def _keys_of(self, place: int) -> Keys: ...

    @abstractmethod
    def _size(self, place: int) -> int: ...

    @abstractmethod
    def _look_up(self, ids: Collection[int]) -> Sequence[Item]: ...

    @abstractmethod
    def _describe(self, item: Item) -> str: ...
