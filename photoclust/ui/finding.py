"""Finding photos in one window: the page, how one gets there, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.find_page import FindPage

if TYPE_CHECKING:
    from photoclust.ui.main_window import MainWindow


class Finding(QObject):
    """Adds the page to a window and connects "Find photos"."""

    def __init__(self, window: MainWindow, thumbnails: Thumbnails) -> None:
        super().__init__(window)
        self._window = window
        page = self.page = FindPage(window.session, thumbnails, window.persons, window.actions_)
        window.pages.addWidget(page)
        window.actions_.connect_to("find", self.open)
        fold = window.actions_["fold"]
        fold.setChecked(True)
        fold.toggled.connect(window.centre.photos.fold)
        fold.toggled.connect(page.found.fold)
        window.session.changed.connect(page.apply_changes)
        page.left.connect(self.leave)
        page.opened.connect(self._open_photo)
        window.opening.person_requested.connect(self.leave)
        page.grid.zoomed.connect(window.strip.zoom.setValue)
        window.strip.zoom_changed.connect(page.grid.zoom_to)

    @Slot()
    def open(self) -> None:
        """Look for photos, at first for those with the persons that are selected."""
        window = self._window
        persons = [p for i in window.selection().persons if (p := window.persons.person(i))]
        window.pages.setCurrentWidget(self.page)
        self.page.begin(persons)

    @Slot()
    def leave(self) -> None:
        """Show the album again."""
        self._window.pages.setCurrentWidget(self._window.splitter)
        self._window.centre.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _open_photo(self, photo_id: int) -> None:
        found = self.page.found
        self._window.opening.photo(photo_id, found.with_folded(found.ids))
