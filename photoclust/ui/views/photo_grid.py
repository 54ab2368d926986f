"""The photos of a place as tiles."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from photoclust.ui.models.photo_model import PhotoModel
from photoclust.ui.theme import colors
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.face_grid import draw_tile, tile_rect
from photoclust.ui.views.tile_grid import TileGrid


class PhotoDelegate(QStyledItemDelegate):
    """Paints a photo from the thumbnails."""

    def __init__(self, photos: PhotoModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos = photos
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The cell of the grid."""
        assert isinstance(option.widget, QListView)
        return option.widget.gridSize()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one photo, cropped to a square."""
        rect = tile_rect(option)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        ratio = painter.device().devicePixelRatio()
        pixmap = self._thumbnails.photo(self._photos.id_at(index.row()), round(rect.width() * ratio * 1.4))
        draw_tile(painter, rect, pixmap, option, colors(QGuiApplication.palette()))
        painter.restore()


class PhotoGrid(TileGrid):
    """Photos that can be chosen, opened, and dragged to other programs."""

    def __init__(self, model: PhotoModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(model, PhotoDelegate(model, thumbnails), parent)
        self._thumbnails = thumbnails
        self.setAccessibleName("Photos")
        thumbnails.photo_loaded.connect(self.repaint_id)

    def picture(self, item_id: int) -> QPixmap | None:
        """The photo as it is shown now."""
        return self._thumbnails.photo(item_id, round(72 * self.devicePixelRatioF()))
