"""How many there are of each year, as bars; a year that is pressed is gone to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from photoclust.library.arranged import LAST
from photoclust.ui.language import tr
from photoclust.ui.theme import Metrics, colors

_HEIGHT, _LABEL = 72, 20
_WIDEST, _GAP = 44, 4


class YearStrip(QWidget):
    """All years from the first to the last, empty ones too; what has no date stands at the end."""

    chosen = Signal(object)
    """A year, or `LAST` for what has no date."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._years: list[int] = []
        self._counts: Counter[int] = Counter()
        self._current: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Timeline"))
        self.hide()

    @property
    def years(self) -> list[int]:
        """The years that stand in it."""
        return self._years

    def count(self, year: int) -> int:
        """How many there are of a year."""
        return self._counts[year]

    def show_months(self, sections: Sequence[tuple[int, int]]) -> None:
        """Show these sections, months counted from the year 0, with how many rows each has."""
        self._counts = Counter()
        for month, rows in sections:
            self._counts[month if month == LAST else month // 12] += rows
        dated = sorted(self._counts.keys() - {LAST})
        self._years = list(range(dated[0], dated[-1] + 1)) if dated else []
        self._years += [LAST] if LAST in self._counts else []
        if self._current not in self._years:
            self._current = None
        self._say()
        self.update()

    def bar(self, year: int) -> QRect:
        """Where a year can be pressed."""
        room = self.rect().adjusted(Metrics.XL, 0, -Metrics.L, 0)
        width = min(room.width() / max(len(self._years), 1), _WIDEST)
        at = self._years.index(year)
        left = room.left() + round(at * width)
        if self.isRightToLeft():
            left = room.right() + 1 - round((at + 1) * width)
        return QRect(left, 0, round(width), self.height())

    def sizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bars with their years, as many as there is room for."""
        if not self._years:
            return
        c = colors(QGuiApplication.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        most = max(self._counts.values())
        every = -(-painter.fontMetrics().horizontalAdvance("0000 ") // max(self.bar(self._years[0]).width(), 1))
        floor = self.height() - _LABEL
        for at, year in enumerate(self._years):
            place, many = self.bar(year), self._counts[year]
            gap = min(_GAP, place.width() // 3)
            high = max(round(many / most * (floor - Metrics.S)), 3) if many else 1
            current = year == self._current and self.hasFocus()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.muted if year == LAST else c.accent) if many else QColor(c.border))
            painter.drawRoundedRect(QRect(place.left(), floor - high, place.width() - gap, high), 2, 2)
            if at % every == 0 or current or year == LAST:
                painter.setPen(QColor(c.text if current else c.muted))
                label = place.adjusted(-Metrics.XL, floor, Metrics.XL - gap, 0)
                painter.drawText(label, Qt.AlignmentFlag.AlignCenter, "?" if year == LAST else str(year))
            if current:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QColor(c.accent))
                painter.drawRoundedRect(place.adjusted(-1, 1, -gap + 1, -1), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to a year."""
        year = self._year_at(event.position().toPoint())
        if year is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go(year)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from year to year, past those without anything."""
        there = [year for year in self._years if self._counts[year]]
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()), 0) * (-1 if self.isRightToLeft() else 1)
        if step and there:
            at = there.index(self._current) + step if self._current in there else 0
            self._go(there[min(max(at, 0), len(there) - 1)])
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and there:
            self._go(there[0 if event.key() == Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say how many there are under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            year = self._year_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if year is None else self._words(year), self)
            return True
        return super().event(event)

    def _go(self, year: int) -> None:
        self._current = year
        self._say()
        self.update()
        if self._counts[year]:
            self.chosen.emit(year)

    def _year_at(self, point: QPoint) -> int | None:
        return next((year for year in self._years if self.bar(year).contains(point)), None)

    def _words(self, year: int) -> str:
        return f"{tr('No date') if year == LAST else year}: {self._counts[year]:,}"

    def _say(self) -> None:
        self.setAccessibleDescription("" if self._current is None else self._words(self._current))
