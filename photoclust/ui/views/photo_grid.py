"""The photos of a place as tiles."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from photoclust.ui.language import tr
from photoclust.ui.models.photo_model import PhotoModel
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.tile_grid import TileGrid


class PhotoGrid(TileGrid):
    """Photos that can be chosen, opened, and dragged to other programs."""

    def __init__(self, model: PhotoModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        self._photos = model
        self._thumbnails = thumbnails
        super().__init__(model, parent)
        self.setAccessibleName(tr("Photos"))
        thumbnails.photo_loaded.connect(self.repaint_id)

    def tile(self, row: int, side: int) -> QPixmap | None:
        """The photo, large enough that its shorter side fills the square."""
        return self._thumbnails.photo(self._photos.id_at(row), round(side * 1.4))

    def picture(self, item_id: int) -> QPixmap | None:
        """The photo as it is shown now."""
        return self._thumbnails.photo(item_id, round(72 * self.devicePixelRatioF()))
