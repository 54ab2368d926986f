"""The photos that a search finds, oldest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from photoclust.library.arranged import Key, photo_keys
from photoclust.library.finding import Search, find_photos
from photoclust.library.library import Library
from photoclust.ui.models.keyed_model import Keyed
from photoclust.ui.models.photo_model import PhotoModel
from photoclust.ui.models.place_model import FEW, Keys


class FoundModel(PhotoModel):
    """Looked up in the background; what was found before stays until then, and follows the library afterwards."""

    _FOUND = 0
    """The place that this is: none of the window's."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.search = Search()

    def look_for(self, search: Search) -> None:
        """Find these photos; none for a search that asks for nothing."""
        self.search = search
        if not search:
            self.show_place(None)
            return
        self._opened.clear()
        self._gently = False
        self._place = self._FOUND
        self._keys = self._keys_of(self._FOUND)
        if self._asking is None:
            self.reset_keys(Keyed(self._keys(self._library, None)))
        else:
            self._load()

    def _again(self) -> None:
        self.look_for(self.search)

    def _unfolded(self, place: int) -> Keys:
        search = self.search

        def keys(library: Library, ids: Collection[int] | None) -> Sequence[Key]:
            return photo_keys(library, "quality", None, find_photos(library, search, ids))

        return keys

    def _size(self, place: int) -> int:
        return FEW + 1
