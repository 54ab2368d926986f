"""Small pieces of drawing that the lists share."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QPainter, QPen, QPixmap, QTransform

from photoclust.ui.theme import Colors


def facing(part: QRectF, whole: QRectF) -> QRectF:
    """Where a part of a whole stands for somebody who reads this: on the other side, where that is from right to left."""
    if not QGuiApplication.isRightToLeft():
        return part
    return QRectF(whole.left() + whole.right() - part.right(), part.top(), part.width(), part.height())


def draw_pixmap(painter: QPainter, rect: QRectF, pixmap: QPixmap, radius: float) -> None:
    """Fill a rounded rectangle with a picture, cropped in the middle to fit."""
    scale = max(rect.width() / pixmap.width(), rect.height() / pixmap.height())
    left = rect.center().x() - pixmap.width() * scale / 2
    top = rect.center().y() - pixmap.height() * scale / 2
    brush = QBrush(pixmap)
    ratio = pixmap.devicePixelRatio()
    brush.setTransform(QTransform(scale * ratio, 0, 0, scale * ratio, left, top))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawRoundedRect(rect, radius, radius)


def draw_placeholder(painter: QPainter, rect: QRectF, radius: float, colors: Colors) -> None:
    """What stands where a picture is still being loaded."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colors.hover))
    painter.drawRoundedRect(rect, radius, radius)


def draw_ring(painter: QPainter, rect: QRectF, radius: float, color: str, width: float) -> None:
    """An outline just inside a rounded rectangle."""
    half = width / 2
    painter.setPen(QPen(QColor(color), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)


def draw_check(painter: QPainter, centre: QPointF, size: float, colors: Colors, fill: str) -> None:
    """A round badge with a check mark."""
    painter.setPen(QPen(QColor(colors.base), 1.5))
    painter.setBrush(QColor(fill))
    painter.drawEllipse(centre, size / 2, size / 2)
    pen = QPen(QColor(colors.on_accent), size / 9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    s = size / 20
    x, y = centre.x(), centre.y()
    painter.drawPolyline([QPointF(x - 4.5 * s, y), QPointF(x - 1.2 * s, y + 3.4 * s), QPointF(x + 4.8 * s, y - 3.4 * s)])
