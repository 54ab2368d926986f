"""The photos of a place as tiles."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from photoclust.ui.language import tr
from photoclust.ui.models.photo_model import PhotoModel
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.tile_delegate import TileDelegate
from photoclust.ui.views.tile_grid import TileGrid


class PhotoDelegate(TileDelegate):
    """Paints a photo from the thumbnails, cropped to a square."""

    def __init__(self, photos: PhotoModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos = photos
        self._thumbnails = thumbnails

    def pixmap(self, row: int, side: float) -> QPixmap | None:
        """The photo, large enough that its shorter side fills the square."""
        return self._thumbnails.photo(self._photos.id_at(row), round(side * 1.4))


class PhotoGrid(TileGrid):
    """Photos that can be chosen, opened, and dragged to other programs."""

    def __init__(self, model: PhotoModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(model, PhotoDelegate(model, thumbnails), parent)
        self._thumbnails = thumbnails
        self.setAccessibleName(tr("Photos"))
        thumbnails.photo_loaded.connect(self.repaint_id)

    def picture(self, item_id: int) -> QPixmap | None:
        """The photo as it is shown now."""
        return self._thumbnails.photo(item_id, round(72 * self.devicePixelRatioF()))
