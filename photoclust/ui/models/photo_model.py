"""The photos of a place, oldest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QUrl, Slot

from photoclust.core.changes import Changes
from photoclust.core.types import Photo
from photoclust.library.arranged import Key, Order, count_photos, photo_keys
from photoclust.library.folding import fold_keys, keys_beneath
from photoclust.library.library import Library
from photoclust.ui.asking import Asking
from photoclust.ui.language import day, tr
from photoclust.ui.models.face_model import month
from photoclust.ui.models.keyed_model import Keyed
from photoclust.ui.models.place_model import FEW, Keys, PlaceModel
from photoclust.ui.models.places import Shelf, faces_of_place


class PhotoModel(PlaceModel[Photo]):
    """Ids of photos; `item` is the photo of a row. Copies and bursts are folded: one row for the stack, until it is opened."""

    def __init__(self, library: Library, parent: QObject | None = None, asking: Asking | None = None) -> None:
        super().__init__(library, parent, asking)
        self._folding = True
        self._opened: set[int] = set()
        self._gently = False
        self._hidden: int | None = None
        for signal in (self.modelReset, self.rowsInserted, self.rowsRemoved, self.layoutChanged):
            signal.connect(self._recount)

    @property
    def photo_total(self) -> int:
        """How many photos there are, those beneath others too."""
        if self._hidden is None:
            stacks = (stack for key in self._keyed.keys if (stack := _stack(key)) and key[2] not in self._opened)
            self._hidden = sum(len(stack) - 1 for stack in stacks)
        return len(self._ids) + self._hidden

    def stack(self, photo_id: int) -> tuple[int, ...]:
        """The photos of the stack that a photo is the first of; empty for any other."""
        key = self._keyed.key_of.get(photo_id)
        return _stack(key) if key is not None else ()

    def is_open(self, photo_id: int) -> bool:
        """Whether the stack of this photo is spread out."""
        return photo_id in self._opened

    def with_folded(self, photo_ids: Sequence[int]) -> list[int]:
        """These photos, and what lies folded beneath them."""
        beneath = ((i,) if i in self._opened else self.stack(i) or (i,) for i in photo_ids)
        return [photo for photos in beneath for photo in photos]

    def fold(self, on: bool) -> None:
        """Fold copies and bursts, or show each photo by itself."""
        if on != self._folding:
            self._folding = on
            self._opened.clear()
            self._again()

    def turn(self, photo_id: int) -> bool:
        """Spread a stack out, or lay it together again; False where there is none."""
        stack = self.stack(photo_id)
        if not stack or self._place is None:
            return False
        opening = photo_id not in self._opened
        (self._opened.add if opening else self._opened.discard)(photo_id)
        self._keys = self._keys_of(self._place)
        self.follow(stack[1:], keys_beneath(self._keyed.key_of[photo_id]) if opening else [], move=False)
        self.touch(frozenset({photo_id}))
        return True

    def show_place(self, place: int | None, order: Order = "quality") -> None:
        """Show what a place holds, or nothing; a large place is empty at first."""
        if place != self._place:
            self._opened.clear()
        super().show_place(place, order)

    def heading(self, section: int) -> str:
        """The month, where photos stand by date."""
        return month(section) if self._order == "date" else ""

    def apply_changes(self, changes: Changes) -> None:
        """Look up which photos are here now, and forget what changed."""
        if self._place is None or not changes:
            return
        with_faces = self._place != Shelf.EVERYTHING
        photos = changes.photos
        if with_faces:
            photos |= {face.photo_id for face in self._library.faces(changes.faces)}
        self._refresh(photos)

    def mimeTypes(self) -> list[str]:
        """What photos are dragged as."""
        return ["text/uri-list"]

    def pack(self, ids: Sequence[int]) -> QMimeData:
        """The files of the dragged photos."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(photo.path)) for photo in self._library.photos(ids)])
        return data

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The files of the dragged photos."""
        return self.pack([self.id_at(index.row()) for index in indexes])

    def _keys_of(self, place: int) -> Keys:
        unfolded, opened = self._unfolded(place), frozenset(self._opened)
        if not self._folding:
            return unfolded
        return lambda library, _: fold_keys(library, unfolded(library, None), opened)

    def _unfolded(self, place: int) -> Keys:
        """The keys of all photos of a place."""
        order: Order = "date" if self._order == "date" else "quality"

        def keys(library: Library, ids: Collection[int] | None) -> Sequence[Key]:
            faces = None if place == Shelf.EVERYTHING else faces_of_place(library, place)
            return photo_keys(library, order, faces, ids)

        return keys

    def _again(self) -> None:
        """Look up everything anew, for it is folded otherwise."""
        self.show_place(self._place, self._order)

    def _refresh(self, changed: Collection[int]) -> None:
        """Let those come and go that changed; a stack may be another one then, so all are looked up."""
        if not self._folding or self._place is None or not changed or self.loading:
            super()._refresh(changed)
            return
        for item_id in changed:
            self._items.pop(item_id, None)
        if self._asking is None or self._size(self._place) <= FEW:
            self.become(Keyed(self._keys(self._library, None)))
            self.touch(frozenset(changed))
        else:
            self._gently = True
            self._load()

    def _take_over(self, ticket: object, keyed: Keyed) -> None:
        if self._gently and ticket is self._waiting:
            self._gently, self._waiting = False, None
            self.become(keyed)
            self.arrived.emit()
        else:
            super()._take_over(ticket, keyed)

    @Slot()
    def _recount(self) -> None:
        self._hidden = None

    def _size(self, place: int) -> int:
        return count_photos(self._library) if place == Shelf.EVERYTHING else len(faces_of_place(self._library, place))

    def _look_up(self, ids: Collection[int]) -> Sequence[Photo]:
        return self._library.photos(ids)

    def _describe(self, photo: Photo) -> str:
        stack = self.stack(photo.id)
        more = [tr("{n} photos folded: Enter or a click on the number spreads them out", n=len(stack))] if stack else []
        return "\n".join([describe_photo(photo), *more])


def _stack(key: Key) -> tuple[int, ...]:
    """The photos of a stack, of the key of the first; of a list that is not folded, or not yet, none are."""
    place: tuple[Any, ...] = key[1]
    return place[3] if len(place) == 4 else ()


def describe_photo(photo: Photo) -> str:
    """The file name and, where known, the day it was taken."""
    if photo.taken_at is None:
        return photo.relpath
    return f"{photo.relpath}\n{day(photo.taken_at)}"
