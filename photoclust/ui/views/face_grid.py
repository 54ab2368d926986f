"""The faces of a place as tiles."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from photoclust.ui.models.face_model import FaceModel
from photoclust.ui.theme import Colors, Metrics, colors
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.painting import draw_check, draw_pixmap, draw_placeholder, draw_ring
from photoclust.ui.views.tile_grid import GAP, TileGrid


def tile_rect(option: QStyleOptionViewItem) -> QRectF:
    """The square in the middle of a cell."""
    side = min(option.rect.width(), option.rect.height()) - GAP
    rect = QRectF(0, 0, side, side)
    rect.moveCenter(QRectF(option.rect).center())
    return rect


def draw_tile(painter: QPainter, rect: QRectF, pixmap: QPixmap | None, option: QStyleOptionViewItem, c: Colors) -> None:
    """A rounded picture with its hover and selection."""
    radius = Metrics.RADIUS + 3
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    inner = rect.adjusted(5, 5, -5, -5) if selected else rect
    if pixmap is None or pixmap.isNull():
        draw_placeholder(painter, inner, radius - (3 if selected else 0), c)
    else:
        draw_pixmap(painter, inner, pixmap, radius - (3 if selected else 0))
    if selected:
        draw_ring(painter, rect, radius, c.accent, 3)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        draw_ring(painter, rect, radius, c.muted, 2)
    if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
        draw_ring(painter, rect.adjusted(-3, -3, 3, 3), radius + 3, c.text, 1)


class FaceDelegate(QStyledItemDelegate):
    """Paints a face from the thumbnails, and a badge on those placed by hand."""

    def __init__(self, faces: FaceModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces = faces
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The cell of the grid."""
        assert isinstance(option.widget, QListView)
        return option.widget.gridSize()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one face."""
        c = colors(QGuiApplication.palette())
        face = self._faces.face(index.row())
        rect = tile_rect(option)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        ratio = painter.device().devicePixelRatio()
        pixmap = self._thumbnails.face(face.id, round(rect.width() * ratio)) if face else None
        draw_tile(painter, rect, pixmap, option, c)
        if face is not None and face.by_hand:
            size = 20 if rect.width() >= 100 else 15
            draw_check(painter, QPointF(rect.right() - size * 0.72, rect.bottom() - size * 0.72), size, c, c.good)
        painter.restore()


class FaceGrid(TileGrid):
    """Faces that can be chosen, opened and dragged onto persons."""

    def __init__(self, model: FaceModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(model, FaceDelegate(model, thumbnails), parent)
        self._thumbnails = thumbnails
        self.setAccessibleName("Faces")
        thumbnails.face_loaded.connect(self.repaint_id)

    def picture(self, item_id: int) -> QPixmap | None:
        """The face as it is shown now."""
        return self._thumbnails.face(item_id, round(72 * self.devicePixelRatioF()))
