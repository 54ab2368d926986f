"""How a list in columns and sections is painted and pressed: headings, cells, what the mouse is on, a rubber band."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from photoclust.ui.language import number
from photoclust.ui.models.id_model import IdModel
from photoclust.ui.theme import Colors, Metrics, colors
from photoclust.ui.views.section_list import HEADING, SectionList


class SectionView(SectionList):
    """Paints headings and leaves cells to subclasses."""

    def __init__(self, model: IdModel, parent: QWidget | None = None) -> None:
        self._hovered: int | None = None
        self._by_keys = False
        super().__init__(model, parent)
        self.setMouseTracking(True)

    @abstractmethod
    def paint_cells(self, painter: QPainter, cells: list[tuple[int, QRect]], colors: Colors) -> None:
        """Paint rows at these places of the viewport."""

    def heading_pressed(self, section: int, event: QMouseEvent) -> None:
        """Nothing, unless a subclass has something to do."""

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What was under the mouse is so no more."""
        self._hover(None)
        super().scrollContentsBy(dx, dy)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what crosses the part of the view that is to be painted."""
        c = colors(QGuiApplication.palette())
        layout, offset, area = self.sections, self.verticalOffset(), event.rect()
        top, bottom = area.top() + offset, area.bottom() + offset
        painter = QPainter(self.viewport())
        if layout.heading:
            for position in layout.sections(top, bottom):
                self._paint_heading_at(painter, position, layout.tops[position] - offset, c)
        row_of_cells = [self.cell_rect(self._cell(column, 0)) for column in range(layout.columns)]
        cells = [
            (row, row_of_cells[row - first].translated(0, y - offset))
            for first, end, y in layout.lines(top, bottom)
            for row in range(first, end)
        ]
        self.paint_cells(painter, cells, c)
        if (stuck := self.stuck_heading()) is not None:
            painter.fillRect(0, stuck[1], self.viewport().width(), HEADING, QColor(self.ground(c)))
            self._paint_heading_at(painter, *stuck, c)
        if self._band is not None:
            tint = QColor(c.accent)
            painter.setPen(tint)
            tint.setAlpha(40)
            painter.setBrush(tint)
            painter.drawRect(self._band.adjusted(0, 0, -1, -1))
        painter.end()

    @property
    def cursor_row(self) -> int:
        """The row that keys go from, to be marked while keys are used; −1 while the mouse is."""
        return self.currentIndex().row() if self._by_keys and self.hasFocus() else -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From now on one wants to see where the keys are."""
        self._by_keys = True
        super().keyPressEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The same where keys have brought one here."""
        reasons = Qt.FocusReason
        self._by_keys = event.reason() in (reasons.TabFocusReason, reasons.BacktabFocusReason, reasons.ShortcutFocusReason)
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A heading is no row."""
        self._by_keys = False
        heading = self.heading_at(event.position().toPoint())
        if heading is not None and event.button() == Qt.MouseButton.LeftButton:
            self.heading_pressed(heading, event)
        else:
            QAbstractItemView.mousePressEvent(self, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up what is under the mouse, and draw the rubber band."""
        QAbstractItemView.mouseMoveEvent(self, event)
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row() if index.isValid() and not event.buttons() else None)
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the rubber band away."""
        QAbstractItemView.mouseReleaseEvent(self, event)
        if self._band is not None:
            self._band = None
            self.viewport().update()

    def ground(self, c: Colors) -> str:
        """The colour behind everything."""
        return c.base

    def _paint_heading_at(self, painter: QPainter, position: int, y: int, c: Colors) -> None:
        """The name of a section and how many rows belong to it."""
        section, _ = self._ids.sections()[position]
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        rect = self.heading_rect(QRect(0, y, self._width(), HEADING))
        self.paint_heading(painter, rect, position, self._ids.heading(section), number(self._ids.held(section)), bold, c)

    def heading_rect(self, rect: QRect) -> QRect:
        """Where in a line of its own a heading is written."""
        return rect.adjusted(Metrics.M // 2, Metrics.S, -Metrics.M // 2, 0)

    def paint_heading(self, painter: QPainter, rect: QRect, position: int, text: str, count: str, bold: QFont, c: Colors) -> None:
        """Write a heading."""
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.setFont(bold)
        painter.setPen(QColor(c.text))
        written = painter.boundingRect(rect, align, text)
        painter.drawText(rect, align, text)
        painter.setFont(self.font())
        painter.setPen(QColor(c.muted))
        beside = (
            rect.adjusted(0, 0, -written.width() - Metrics.S, 0)
            if self.isRightToLeft()
            else rect.adjusted(written.width() + Metrics.S, 0, 0, 0)
        )
        painter.drawText(beside, align, count)

    def _go_stale(self) -> None:
        self._hovered = None
        super()._go_stale()

    def _hover(self, row: int | None) -> None:
        """Light up this row and no other."""
        if row != self._hovered:
            for changed in (self._hovered, row):
                if changed is not None:
                    self.update(self._ids.index(changed))
            self._hovered = row
