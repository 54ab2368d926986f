"""Line icons drawn in the colour of the palette at the moment they are painted, crisp at every scale."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from photoclust.ui.colors import colors
from photoclust.ui.resources import resource

POINTING = frozenset({"previous", "next", "undo", "redo", "move-to", "export", "bring-back", "sort"})
"""These point along the line of reading, and the other way where that runs from right to left."""


def icon(name: str, tint: str = "text") -> QIcon:
    """The icon `resources/icons/NAME.svg`; `tint` is the field of `Colors` it is drawn in.

    A disabled icon is faint, a checked one has the accent. FileNotFoundError for an unknown name.
    """
    return QIcon(_LineIcon(resource(f"icons/{name}.svg").read_text(encoding="utf-8"), tint, turns=name in POINTING))


def app_icon() -> QIcon:
    """The application's own icon, in its own colours."""
    return QIcon(str(resource("photoclust.svg")))


class _LineIcon(QIconEngine):
    """Draws one SVG whose strokes are `currentColor`."""

    def __init__(self, svg: str, tint: str, *, turns: bool) -> None:
        super().__init__()
        self._turns = turns
        self._svg = svg
        self._tint = tint
        self._drawn: dict[tuple[int, int, str, bool], QPixmap] = {}

    def clone(self) -> QIconEngine:
        return _LineIcon(self._svg, self._tint, turns=self._turns)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        svg = self._svg.replace("currentColor", self._color(mode, state))
        painter.save()
        if self._turned():
            painter.translate(2 * square.center().x(), 0)
            painter.scale(-1, 1)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, square)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """`size` is device-independent: the pixmap has `scale` times as many pixels."""
        real = QSize(round(size.width() * scale), round(size.height() * scale))
        key = (real.width(), real.height(), self._color(mode, state), self._turned())
        if key not in self._drawn:
            pixmap = QPixmap(real)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            self.paint(painter, QRect(0, 0, real.width(), real.height()), mode, state)
            painter.end()
            self._drawn[key] = pixmap
        pixmap = QPixmap(self._drawn[key])
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    def _turned(self) -> bool:
        return self._turns and QGuiApplication.isRightToLeft()

    def _color(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        c = colors(QGuiApplication.palette())
        if mode == QIcon.Mode.Disabled:
            return c.faint
        if state == QIcon.State.On and self._tint == "text":
            return c.accent
        return QColor(getattr(c, self._tint)).name()
