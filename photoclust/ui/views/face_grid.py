"""The faces of a place as tiles."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from photoclust.core.types import Face, Photo
from photoclust.ui.language import tr
from photoclust.ui.models.face_model import FaceModel
from photoclust.ui.theme import Colors
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.painting import draw_check
from photoclust.ui.views.photo_hover import PhotoHover
from photoclust.ui.views.tile_grid import TileGrid

_WORD = 20
"""The height of the word on a tile."""
_ROOM = 80
"""From this size on a tile has room for a word."""


class FaceGrid(TileGrid):
    """Faces that can be chosen, opened and dragged onto persons; by certainty, each says how certain it is."""

    def __init__(self, model: FaceModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        self._faces = model
        self._thumbnails = thumbnails
        super().__init__(model, parent)
        self.setAccessibleName(tr("Faces"))
        self.hover = PhotoHover(self, thumbnails)
        thumbnails.face_loaded.connect(self.repaint_id)

    def photo_of(self, row: int) -> tuple[Face, Photo] | None:
        """The face of a row and its photo, where the photo's size is known."""
        face = self._faces.item(row)
        photo = self._faces.photo_of(face) if face else None
        return (face, photo) if face and photo and photo.width and photo.height else None

    def tile(self, row: int, side: int) -> QPixmap | None:
        """The face."""
        return self._thumbnails.face(self._faces.id_at(row), side)

    def paint_badges(self, painter: QPainter, cells: list[tuple[int, QRect]], colors: Colors) -> None:
        """A check on faces that were placed or confirmed by hand; by certainty, a word on the others."""
        if not cells:
            return
        side = cells[0][1].width()
        worded, size = self._faces.order == "certainty" and side >= _ROOM, 20 if side >= 100 else 15
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if worded:
            font = QFont(self.font())
            font.setPointSizeF(font.pointSizeF() * 0.85)
            painter.setFont(font)
        for row, rect in cells:
            if self._faces.told(row):
                draw_check(painter, QPointF(rect.right() - size * 0.72, rect.bottom() - size * 0.72), size, colors, colors.good)
            elif worded and (word := self._faces.word(row)):
                _write_word(painter, rect, word)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def picture(self, item_id: int) -> QPixmap | None:
        """The face as it is shown now."""
        return self._thumbnails.face(item_id, round(72 * self.devicePixelRatioF()))


def _write_word(painter: QPainter, rect: QRect, word: str) -> None:
    """White on dark, whatever the picture is like."""
    width = min(painter.fontMetrics().horizontalAdvance(word) + 16, rect.width() - 12)
    pill = QRect(0, 0, width, _WORD)
    pill.moveCenter(rect.center())
    pill.moveBottom(rect.bottom() - 7)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 170))
    painter.drawRoundedRect(pill, _WORD / 2, _WORD / 2)
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, word)
