"""How faces are marked on a photo: a frame of its own for named, unnamed and put aside, a chip with the name, handles."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from photoclust.core.types import Box
from photoclust.ui.colors import Colors

_CORNERS = 0.28
"""How much of each side the corners of an unnamed face's frame take."""
_SHADE, _LINE, _CHIP = QColor(0, 0, 0, 110), QColor(255, 255, 255, 230), QColor(20, 22, 26, 200)
_RADIUS, _HANDLE = 5.0, 8.0


@dataclass(frozen=True, slots=True)
class FaceMark:
    """What is drawn for one face: `faint` for those that are put aside, `named` for those whose person has a name."""

    id: int
    box: Box
    name: str
    faint: bool = False
    named: bool = True


def draw_frame(painter: QPainter, rect: QRectF, mark: FaceMark, c: Colors, *, chosen: bool, hovered: bool) -> None:
    """A whole frame around a named face, corners around an unnamed one, dashes around one that is put aside."""
    frame = QPainterPath()
    if mark.named or mark.faint:
        frame.addRoundedRect(rect, _RADIUS, _RADIUS)
    else:
        frame = _corners(rect)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_SHADE, 5.0 if chosen else 3.5))
    painter.drawPath(frame)
    line = QColor(c.accent) if chosen else QColor(_LINE)
    if mark.faint and not hovered and not chosen:
        line.setAlpha(120)
    width = 3.0 if chosen else 2.0 if not mark.named else 1.5
    painter.setPen(QPen(line, width, Qt.PenStyle.DashLine if mark.faint else Qt.PenStyle.SolidLine))
    painter.drawPath(frame)


def draw_draft(painter: QPainter, rect: QRectF, c: Colors) -> None:
    """A box that is being drawn or changed."""
    painter.setBrush(QColor(255, 255, 255, 30))
    painter.setPen(QPen(_SHADE, 4.0))
    painter.drawRect(rect)
    painter.setPen(QPen(QColor(c.accent), 2.0))
    painter.drawRect(rect)


def draw_handles(painter: QPainter, places: list[QPointF], c: Colors) -> None:
    """Squares by which a box is resized."""
    painter.setPen(QPen(QColor(c.accent), 1.5))
    painter.setBrush(QColor("white"))
    for place in places:
        painter.drawRect(QRectF(place.x() - _HANDLE / 2, place.y() - _HANDLE / 2, _HANDLE, _HANDLE))


def draw_name(painter: QPainter, rect: QRectF, name: str, font: QFont, view: QRectF, c: Colors, *, chosen: bool) -> None:
    """A chip below a frame, or above it where there is no room."""
    chip, text = _chip(painter, name, font, 200)
    chip.moveCenter(QPointF(rect.center().x(), rect.bottom() + 5 + chip.height() / 2))
    if chip.bottom() > view.bottom():
        chip.moveBottom(rect.top() - 5 if rect.top() - 5 - chip.height() > 0 else view.bottom() - 2)
    chip.moveLeft(max(2.0, min(chip.left(), view.right() - chip.width() - 2)))
    ground, ink = (QColor(c.accent), QColor(c.on_accent)) if chosen else (_CHIP, QColor("white"))
    _draw_chip(painter, chip, text, ground, ink)


def draw_hint(painter: QPainter, sentence: str, font: QFont, view: QRectF) -> None:
    """A sentence at the top."""
    chip, text = _chip(painter, sentence, font, max(60, int(view.width()) - 32))
    chip.moveCenter(QPointF(view.center().x(), view.top() + 16 + chip.height() / 2))
    _draw_chip(painter, chip, text, _CHIP, QColor("white"))


def _corners(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    x, y = _CORNERS * rect.width(), _CORNERS * rect.height()
    for corner, dx, dy in (
        (rect.topLeft(), x, y),
        (rect.topRight(), -x, y),
        (rect.bottomRight(), -x, -y),
        (rect.bottomLeft(), x, -y),
    ):
        path.moveTo(corner + QPointF(dx, 0))
        path.lineTo(corner)
        path.lineTo(corner + QPointF(0, dy))
    return path


def _chip(painter: QPainter, words: str, font: QFont, widest: int) -> tuple[QRectF, str]:
    """How large a chip is with these words, and as many of them as there is room for."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    painter.setFont(bold)
    metrics = painter.fontMetrics()
    text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, widest)
    return QRectF(0, 0, metrics.horizontalAdvance(text) + 14, metrics.height() + 6), text


def _draw_chip(painter: QPainter, chip: QRectF, text: str, ground: QColor, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(chip, _RADIUS, _RADIUS)
    painter.setPen(ink)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
