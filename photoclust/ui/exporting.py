"""Export from whatever is chosen: faces, photos, the photos found, or a whole place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from photoclust.ui.language import tr

if TYPE_CHECKING:
    from photoclust.ui.main_window import MainWindow


class Exporting(QObject):
    """Connects "Export these photos…" of one window: what is selected, or everything that is shown."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.actions_.connect_to("export_photos", self.ask)
        window.centre.selection_moved.connect(self.refresh)
        self.refresh()

    @Slot()
    def ask(self) -> None:
        """Ask where the photos shall go."""
        window = self._window
        found = window.finding.page
        if found.isVisible():
            window.opening.export_photos(found.chosen_photos(), found.title or tr("Photos found"))
        else:
            window.opening.export_photos(self._shown(), window.centre.title or tr("Photos"))

    @Slot()
    def refresh(self) -> None:
        """Offer it where there is anything."""
        self._window.actions_["export_photos"].setEnabled(self._window.centre.grid.shows_any)

    def _shown(self) -> Sequence[int]:
        centre = self._window.centre
        if centre.show_photos:
            return centre.photos.with_folded(centre.photo_grid.selected_ids()) or centre.photo_sequence()
        faces = centre.face_grid.selected_ids()
        return centre.photos_of(faces) if faces else centre.photo_sequence()
