"""The photos of a place as tiles."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from photoclust.ui.language import number, tr
from photoclust.ui.models.photo_model import PhotoModel
from photoclust.ui.theme import Colors
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.tile_grid import TileGrid

_BADGE = 20
"""The height of the number on a stack."""


class PhotoGrid(TileGrid):
    """Photos that can be chosen, opened, and dragged to other programs; stacks are spread out by Enter or on their number."""

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

    @property
    def shown_total(self) -> int:
        """How many photos there are, in view or not, folded or not."""
        return self._photos.photo_total

    def badge_rect(self, row: int) -> QRect | None:
        """Where the number of a stack stands in the viewport; None on a photo by itself."""
        return self._badge(self.visualRect(self._photos.index(row)), self._photos.id_at(row))

    def paint_badges(self, painter: QPainter, cells: list[tuple[int, QRect]], colors: Colors) -> None:
        """The edges of the photos beneath, and how many there are."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, rect in cells:
            photo = self._photos.id_at(row)
            badge = self._badge(rect, photo)
            if badge is None:
                continue
            opened = self._photos.is_open(photo)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent) if opened else QColor(0, 0, 0, 170))
            painter.drawRoundedRect(badge, _BADGE / 2, _BADGE / 2)
            painter.setPen(QColor(colors.on_accent) if opened else Qt.GlobalColor.white)
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self._said(photo))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the number of a stack spreads it out, or lays it together again."""
        index = self.indexAt(event.position().toPoint())
        badge = self.badge_rect(index.row()) if index.isValid() and event.button() == Qt.MouseButton.LeftButton else None
        if badge is not None and badge.adjusted(-4, -4, 4, 4).contains(event.position().toPoint()):
            self._photos.turn(self._photos.id_at(index.row()))
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter spreads a stack out; on a photo by itself it opens it."""
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid() and not event.modifiers():
            photo = self._photos.id_at(current.row())
            if not self._photos.turn(photo):
                self.opened.emit(photo)
        elif event.key() == Qt.Key.Key_Escape and not self.selectionModel().hasSelection():
            event.ignore()  # for whom this grid is in
        else:
            super().keyPressEvent(event)

    def _said(self, photo_id: int) -> str:
        count = number(len(self._photos.stack(photo_id)))
        return f"− {count}" if self._photos.is_open(photo_id) else f"+ {count}"

    def _badge(self, rect: QRect, photo_id: int) -> QRect | None:
        if not self._photos.stack(photo_id):
            return None
        width = max(self.fontMetrics().horizontalAdvance(self._said(photo_id)) + 14, _BADGE)
        return QRect(rect.right() - 6 - width, rect.top() + 6, width, _BADGE)
