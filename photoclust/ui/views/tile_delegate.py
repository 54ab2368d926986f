"""How a tile of the grids looks: a rounded picture in a square cell, its hover, its selection, its badge."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from photoclust.ui.theme import Colors, Metrics, colors
from photoclust.ui.views.painting import draw_pixmap, draw_placeholder, draw_ring
from photoclust.ui.views.tile_grid import GAP


class TileDelegate(QStyledItemDelegate):
    """Paints the picture of a row; subclasses say which picture, and may draw a badge on it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The cell of the grid."""
        assert isinstance(option.widget, QListView)
        return option.widget.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw one tile."""
        c = colors(QGuiApplication.palette())
        rect = _square(option)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        _draw_tile(painter, rect, self.pixmap(index.row(), rect.width() * painter.device().devicePixelRatio()), option, c)
        self.draw_badge(painter, rect, index.row(), c)
        painter.restore()

    @abstractmethod
    def pixmap(self, row: int, side: float) -> QPixmap | None:
        """The picture of a row for a square of `side` device pixels, None until it is there."""

    def draw_badge(self, painter: QPainter, rect: QRectF, row: int, c: Colors) -> None:
        """Nothing, unless a subclass has something to say."""


def _square(option: QStyleOptionViewItem) -> QRectF:
    """The square in the middle of a cell."""
    side = min(option.rect.width(), option.rect.height()) - GAP
    rect = QRectF(0, 0, side, side)
    rect.moveCenter(QRectF(option.rect).center())
    return rect


def _draw_tile(painter: QPainter, rect: QRectF, pixmap: QPixmap | None, option: QStyleOptionViewItem, c: Colors) -> None:
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
