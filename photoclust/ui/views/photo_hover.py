"""The photo around a face, shown while the mouse rests on it, with a frame where the face is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from photoclust.core.types import Face, Photo
from photoclust.ui.theme import Metrics, colors
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.painting import draw_pixmap, draw_ring

if TYPE_CHECKING:
    from photoclust.ui.views.face_grid import FaceGrid

REST = 400
"""Milliseconds that the mouse rests before the photo is shown."""
SIDE = 400
"""The longer side of the photo, in device-independent pixels."""
_STIRS = (
    QEvent.Type.MouseMove, QEvent.Type.Leave, QEvent.Type.Wheel, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress,
    QEvent.Type.Hide,
)  # fmt: skip


class PhotoHover(QObject):
    """Waits for the mouse to rest on a face of a grid; whatever stirs takes the photo away at once."""

    def __init__(self, grid: FaceGrid, thumbnails: Thumbnails) -> None:
        super().__init__(grid)
        self._grid = grid
        self._thumbnails = thumbnails
        self.enabled = True
        self.card = PhotoCard()
        self._at = QPoint()
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._show)
        thumbnails.photo_loaded.connect(self._on_loaded)
        for watched in (grid.viewport(), grid):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide at once, and begin to wait anew."""
        if event.type() in _STIRS:
            self.card.hide()
            self.card.waiting = False
            self._rest.stop()
            if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove and watched is not self._grid:
                self._at = event.position().toPoint()
                if self.enabled and not event.buttons():
                    self._rest.start()
        return False

    @Slot()
    def _show(self) -> None:
        """Show the photo if it is at hand; else it is asked for, and shown when it comes."""
        index = self._grid.indexAt(self._at)
        if index.isValid():
            self.show_face(index.row())

    def show_face(self, row: int) -> None:
        """Show the photo around the face of a row."""
        found = self._grid.photo_of(row)
        if found is None:
            return
        face, photo = found
        pixmap = self._thumbnails.photo(photo.id, round(SIDE * self._grid.devicePixelRatioF()))
        self.card.take(face, photo, pixmap)
        window = self._grid.window()
        if self.card.parentWidget() is not window:
            self.card.setParent(window)
        tile = self._grid.visualRect(self._grid.model().index(row, 0))
        corner = self._grid.viewport().mapTo(window, tile.topLeft())
        self.card.stand_beside(QRect(corner, tile.size()), window.rect())
        self.card.setVisible(pixmap is not None)
        self.card.raise_()

    @Slot(int)
    def _on_loaded(self, photo_id: int) -> None:
        if self.card.photo_id == photo_id and self.card.waiting:
            self._show()


class PhotoCard(QWidget):
    """A photo with a frame around one face; the mouse does not notice it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pixmap: QPixmap | None = None
        self._frame = QRectF()
        self.photo_id: int | None = None
        self.waiting = False
        """Whether the photo has been asked for and is still to come."""

    def take(self, face: Face, photo: Photo, pixmap: QPixmap | None) -> None:
        """Show this photo, and where the face is."""
        scale = SIDE / max(photo.width, photo.height, 1)
        self.photo_id, self._pixmap, self.waiting = photo.id, pixmap, pixmap is None
        box = face.box
        self._frame = QRectF(box.x * scale, box.y * scale, box.w * scale, box.h * scale).adjusted(-3, -3, 3, 3)
        self.resize(QSize(round(photo.width * scale), round(photo.height * scale)) + QSize(2, 2) * Metrics.XS)

    def stand_beside(self, tile: QRect, room: QRect) -> None:
        """Go beside a tile, where there is room, and stay within the window."""
        left = tile.right() + Metrics.S
        if left + self.width() > room.right():
            left = tile.left() - Metrics.S - self.width()
        top = tile.center().y() - self.height() // 2
        limit = QPoint(room.right() - self.width() - Metrics.S, room.bottom() - self.height() - Metrics.S)
        self.move(max(min(left, limit.x()), Metrics.S), max(min(top, limit.y()), Metrics.S))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The photo on a card, and the frame, light on dark so that it is seen on any photo."""
        if self._pixmap is None:
            return
        c = colors(QGuiApplication.palette())
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.raised))
        painter.drawRoundedRect(whole, Metrics.RADIUS + Metrics.XS, Metrics.RADIUS + Metrics.XS)
        inner = whole.adjusted(Metrics.XS, Metrics.XS, -Metrics.XS, -Metrics.XS)
        draw_pixmap(painter, inner, self._pixmap, Metrics.RADIUS)
        draw_ring(painter, whole, Metrics.RADIUS + Metrics.XS, c.border, 1)
        frame = self._frame.translated(inner.topLeft())
        draw_ring(painter, frame.adjusted(-1.5, -1.5, 1.5, 1.5), 5, "#000000", 1.5)
        draw_ring(painter, frame, 4, "#ffffff", 2.5)
        painter.end()
