"""The faces of a place as tiles."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from photoclust.ui.language import tr
from photoclust.ui.models.face_model import FaceModel
from photoclust.ui.theme import Colors
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.painting import draw_check
from photoclust.ui.views.tile_delegate import TileDelegate
from photoclust.ui.views.tile_grid import TileGrid


class FaceDelegate(TileDelegate):
    """Paints a face from the thumbnails, and a badge on those placed by hand."""

    def __init__(self, faces: FaceModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces = faces
        self._thumbnails = thumbnails

    def pixmap(self, row: int, side: float) -> QPixmap | None:
        """The face."""
        face = self._faces.item(row)
        return self._thumbnails.face(face.id, round(side)) if face else None

    def draw_badge(self, painter: QPainter, rect: QRectF, row: int, c: Colors) -> None:
        """A check on a face that was placed or confirmed by hand."""
        face = self._faces.item(row)
        if face is not None and face.by_hand:
            size = 20 if rect.width() >= 100 else 15
            draw_check(painter, QPointF(rect.right() - size * 0.72, rect.bottom() - size * 0.72), size, c, c.good)


class FaceGrid(TileGrid):
    """Faces that can be chosen, opened and dragged onto persons."""

    def __init__(self, model: FaceModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(model, FaceDelegate(model, thumbnails), parent)
        self._thumbnails = thumbnails
        self.setAccessibleName(tr("Faces"))
        thumbnails.face_loaded.connect(self.repaint_id)

    def picture(self, item_id: int) -> QPixmap | None:
        """The face as it is shown now."""
        return self._thumbnails.face(item_id, round(72 * self.devicePixelRatioF()))
