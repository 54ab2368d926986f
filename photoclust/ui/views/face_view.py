"""One large face: its crop, or on hover the photo around it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QGuiApplication, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from photoclust.library.library import Library
from photoclust.ui.language import tr
from photoclust.ui.theme import Metrics, colors
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.painting import draw_check, draw_pixmap, draw_placeholder, draw_ring

_CONTEXT = 512
"""How large the photo around a face is loaded, in device pixels."""
_BADGE = 22


class FaceView(QWidget):
    """Square; with a `number` it can be marked, by a click or by the key of that number."""

    clicked = Signal()

    def __init__(self, library: Library, thumbnails: Thumbnails, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library, self._thumbnails = library, thumbnails
        self.face_id: int | None = None
        self.number: int | None = None
        self.marked = False
        self._context = self._hovered = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.resize_to(side)
        thumbnails.face_loaded.connect(self.update)
        thumbnails.photo_loaded.connect(self.update)

    def resize_to(self, side: int) -> None:
        """Be a square of so many pixels."""
        self.setFixedSize(QSize(side, side))

    def show_face(self, face_id: int | None, *, number: int | None = None, marked: bool = False) -> None:
        """Show this face; nothing for None."""
        self.face_id, self.number, self.marked = face_id, number, marked
        self._hovered = self.underMouse() and self._hovered
        self.setCursor(Qt.CursorShape.PointingHandCursor if number else Qt.CursorShape.ArrowCursor)
        self.setVisible(face_id is not None)
        state = tr("marked") if marked else tr("not marked")
        self.setAccessibleName(tr("Face") if number is None else tr("Face {number}, {state}", number=number, state=state))
        self.update()

    def show_context(self, on: bool) -> None:
        """Show the photo around the face, or the face alone."""
        self._context = on
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the photo while the pointer is here."""
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Show the face again."""
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click marks or unmarks."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The face or the photo, the number, and whether it is marked."""
        if self.face_id is None:
            return
        c = colors(QGuiApplication.palette())
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRectF(self.rect())
        if not ((self._context or self._hovered) and self._draw_photo(painter, rect)):
            pixmap = self._thumbnails.face(self.face_id, round(rect.width() * self.devicePixelRatioF()))
            if pixmap is None:
                draw_placeholder(painter, rect, Metrics.RADIUS, c)
            else:
                draw_pixmap(painter, rect, pixmap, Metrics.RADIUS)
        if self.number is None:
            return
        if self.marked:
            draw_ring(painter, rect, Metrics.RADIUS, c.accent, 3)
            draw_check(painter, rect.topRight() + QRectF(-18, 18, 0, 0).topLeft(), _BADGE, c, c.accent)
        badge = QRectF(7, 7, _BADGE, _BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawRoundedRect(badge, 6, 6)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(self.number))

    def _draw_photo(self, painter: QPainter, rect: QRectF) -> bool:
        """The whole photo with the face outlined; whether it is there yet."""
        face = self._library.face(self.face_id) if self.face_id is not None else None
        photo = self._library.photo(face.photo_id) if face is not None else None
        pixmap = self._thumbnails.photo(photo.id, _CONTEXT) if photo is not None else None
        if face is None or photo is None or pixmap is None or not photo.width:
            return False
        c = colors(QGuiApplication.palette())
        clip = QPainterPath()
        clip.addRoundedRect(rect, Metrics.RADIUS, Metrics.RADIUS)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(rect, QColor(c.hover))
        scale = min(rect.width() / photo.width, rect.height() / photo.height)
        shown = QRectF(0, 0, photo.width * scale, photo.height * scale)
        shown.moveCenter(rect.center())
        painter.drawPixmap(shown, pixmap, QRectF(pixmap.rect()))
        box = QRectF(face.box.x, face.box.y, face.box.w, face.box.h)
        box = QRectF(box.topLeft() * scale + shown.topLeft(), box.size() * scale)
        for color, width in (("#000000", 4), (c.accent, 2)):
            painter.setPen(QPen(QColor(color), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
        painter.restore()
        return True
