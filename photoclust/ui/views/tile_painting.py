"""How tiles look: rounded pictures drawn without masks, a ring around what is chosen, a stack of what is dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPainterPath, QPixmap

from photoclust.ui.language import number
from photoclust.ui.theme import Colors, Metrics, colors
from photoclust.ui.views.painting import draw_pixmap, draw_ring

RADIUS = Metrics.RADIUS + 3
_WHOLE = 100
"""Up to this side, one picture covers all four corners; of larger ones it would be mostly empty."""
_COVERS = 16
_INSET = 5
"""How much smaller a picture is while it is chosen."""


class TilePainter:
    """Draws pictures as they are and lays round corners over each, which costs a quarter of a rounded brush."""

    def __init__(self) -> None:
        self._covers: dict[tuple[str, int, float], QPixmap] = {}

    def paint(self, painter: QPainter, pictures: Sequence[tuple[QRect, QPixmap | None, bool]], c: Colors, ratio: float) -> None:
        """Draw each picture into its square, cropped in the middle; a grey square where there is none yet."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        waiting = QColor(c.hover)
        for rect, pixmap, chosen in pictures:
            if chosen:
                rect = rect.adjusted(_INSET, _INSET, -_INSET, -_INSET)
            side = rect.width()
            if pixmap is None:
                painter.fillRect(rect, waiting)
            elif (width := pixmap.width()) == (height := pixmap.height()):
                painter.drawPixmap(rect, pixmap)
            else:
                part = min(width, height)
                painter.drawPixmap(rect, pixmap, QRect((width - part) // 2, (height - part) // 2, part, part))
            if side <= _WHOLE:
                painter.drawPixmap(rect, self._cover(c.base, side, ratio))
                continue
            cover, far = self._cover(c.base, _WHOLE, ratio), side - RADIUS
            for x in (0, 1):
                for y in (0, 1):
                    corner = QRect(x * (_WHOLE - RADIUS), y * (_WHOLE - RADIUS), RADIUS, RADIUS)
                    source = QRect(corner.topLeft() * ratio, corner.size() * ratio)
                    painter.drawPixmap(QPoint(rect.left() + x * far, rect.top() + y * far), cover, source)

    def ring(self, painter: QPainter, rect: QRect, c: Colors, *, chosen: bool, current: bool) -> None:
        """A ring around a tile that is chosen or under the mouse, and a thin one around the one that keys go from."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        square = QRectF(rect)
        if chosen:
            draw_ring(painter, square, RADIUS, c.accent, 3)
        elif not current:
            draw_ring(painter, square, RADIUS, c.muted, 2)
        if current:
            draw_ring(painter, square.adjusted(-3, -3, 3, 3), RADIUS + 3, c.text, 1.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _cover(self, colour: str, side: int, ratio: float) -> QPixmap:
        """What makes a square round when it lies on it: nothing but corners in the colour behind the square."""
        key = (colour, side, ratio)
        if key not in self._covers:
            if len(self._covers) > _COVERS:
                self._covers.clear()
            cover = QPixmap(QSize(side, side) * ratio)
            cover.setDevicePixelRatio(ratio)
            cover.fill(Qt.GlobalColor.transparent)
            path = QPainterPath()
            path.addRect(QRectF(0, 0, side, side))
            path.addRoundedRect(QRectF(0, 0, side, side), RADIUS, RADIUS)
            painter = QPainter(cover)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(path, QColor(colour))
            painter.end()
            self._covers[key] = cover
        return self._covers[key]


def stack_of(pictures: Sequence[QPixmap | None], count: int, font: QFont, ratio: float) -> QPixmap:
    """What is seen under the mouse while tiles are dragged: the first few, and how many there are."""
    side = 72
    pixmap = QPixmap(QSize(side + 24, side + 24) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    c = colors(QGuiApplication.palette())
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    for depth, picture in reversed(list(enumerate(pictures))):
        rect = QRectF(depth * 6, 12 + depth * 6, side - 12, side - 12)
        if picture:
            draw_pixmap(painter, rect, picture, Metrics.RADIUS)
        else:
            painter.setBrush(QColor(c.pressed))
            painter.drawRoundedRect(rect, Metrics.RADIUS, Metrics.RADIUS)
        draw_ring(painter, rect, Metrics.RADIUS, c.base, 1.5)
    if count > 1:
        _draw_count(painter, number(count), QPointF(side - 6, 11), font, c)
    painter.end()
    return pixmap


def _draw_count(painter: QPainter, text: str, middle: QPointF, font: QFont, c: Colors) -> None:
    bold = QFont(font)
    bold.setBold(True)
    painter.setFont(bold)
    badge = QRectF(0, 0, painter.fontMetrics().horizontalAdvance(text) + 14, 22)
    badge.moveCenter(middle)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(c.accent))
    painter.drawRoundedRect(badge, 11, 11)
    painter.setPen(QColor(c.on_accent))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
