"""A list in columns and sections that lays itself out by arithmetic, so that 100,000 rows cost as much as the few in view."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from photoclust.ui.models.id_model import IdModel
from photoclust.ui.theme import Metrics
from photoclust.ui.views.section_cursor import moved
from photoclust.ui.views.section_layout import SectionLayout

Index = QModelIndex | QPersistentModelIndex
HEADING = 40
"""The height of a heading."""
_NEAR = 64
"""So many rows from the top of the view are remembered, one of which will still be there after a change."""


class SectionList(QListView):
    """Knows where the rows of an `IdModel` and the headings of its sections stand; subclasses say how wide columns are.

    What is at the top of the view stays there when rows come and go above it. To Qt it is a list, which screen readers know;
    what Qt's list does to lay itself out is passed over, for it looks at every row.
    """

    def __init__(self, model: IdModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids = model
        self._layout = SectionLayout(1, 1, 0, ())
        self._stale = True
        self._anchors: list[tuple[int, int]] = []
        self._band: QRect | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for signal in (model.rowsAboutToBeInserted, model.layoutAboutToBeChanged, model.modelAboutToBeReset):
            signal.connect(self._hold)  # before the selection model hears of it
        model.rowsAboutToBeRemoved.connect(self._hold_without)
        self.setModel(model)
        for signal in (model.rowsRemoved, model.rowsInserted, model.layoutChanged, model.modelReset):
            signal.connect(self._go_stale)

    @property
    def sections(self) -> SectionLayout:
        """Where everything stands now."""
        if self._stale:
            self._lay_out()
        return self._layout

    @abstractmethod
    def columns(self) -> int:
        """How many columns the width has room for."""

    @abstractmethod
    def line_height(self) -> int:
        """The height of a line of cells."""

    @abstractmethod
    def cell_rect(self, cell: QRect) -> QRect:
        """The part of a cell that is its own: pressed, painted, selected."""

    def visible_rows(self) -> list[int]:
        """The rows that can be seen now."""
        top = self.verticalOffset()
        lines = self.sections.lines(top, top + self.viewport().height() - 1)
        return [row for first, end, _ in lines for row in range(first, end)]

    def visualRect(self, index: Index) -> QRect:
        """Where a row is in the viewport."""
        row = index.row()
        if not index.isValid() or row >= self.sections.firsts[-1]:
            return QRect()
        column, y = self.sections.place(row)
        return self.cell_rect(self._cell(column, y - self.verticalOffset()))

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a place of the viewport; none between cells and on headings."""
        return QModelIndex() if self.heading_at(point) is not None else self._index_at(point)

    def heading_at(self, point: QPoint) -> int | None:
        """The heading at a place of the viewport, as the position of its section."""
        stuck = self.stuck_heading()
        if stuck is not None and stuck[1] <= point.y() < stuck[1] + HEADING:
            return stuck[0]
        return self.sections.heading_at(point.y() + self.verticalOffset())

    def stuck_heading(self) -> tuple[int, int] | None:
        """The section that the top of the view is in, and where its heading stays until the next one pushes it out.

        None where no heading has to stay, for it is in view where it stands.
        """
        layout, top = self.sections, self.verticalOffset()
        section = layout.section_at(top) if layout.heading else None
        if section is None or layout.tops[section] >= top:
            return None
        return section, min(0, layout.tops[section + 1] - top - HEADING)

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """Bring a row into view, with room for the heading of its section above it."""
        if not index.isValid() or index.row() >= self.sections.firsts[-1]:
            return
        layout, hints, bar = self.sections, QAbstractItemView.ScrollHint, self.verticalScrollBar()
        _, y = layout.place(index.row())
        top = y - layout.heading
        height, bottom = self.viewport().height(), y + layout.cell
        if hint == hints.PositionAtCenter:
            bar.setValue(y + (layout.cell - height) // 2)
        elif hint == hints.PositionAtTop or (hint == hints.EnsureVisible and top < bar.value()):
            bar.setValue(top)
        elif hint == hints.PositionAtBottom or bottom > bar.value() + height:
            bar.setValue(bottom - height)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key goes from the current row."""
        page = max(self.viewport().height() // self.sections.cell, 1)
        row = moved(self.sections, self.currentIndex().row(), action, page, mirrored=self.isRightToLeft())
        return QModelIndex() if row is None else self._ids.index(row)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what a rubber band touches, or all rows between the ones at two corners."""
        selection = QItemSelection()
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._band = rect.normalized()
            for first, end in self._touched(self._band):
                selection.select(self._ids.index(first), self._ids.index(end - 1))
        else:
            rows = [index.row() for corner in (rect.topLeft(), rect.bottomRight()) if (index := self._index_at(corner)).isValid()]
            if rows:
                selection.select(self._ids.index(min(rows)), self._ids.index(max(rows)))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What to paint again when a selection changes: all that is seen, for asking every row takes seconds."""
        return QRegion(self.viewport().rect())

    def horizontalOffset(self) -> int:
        """Nothing scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """No row is hidden."""
        return False

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Lay out anew."""
        QAbstractItemView.setModel(self, model)
        self._go_stale()

    def doItemsLayout(self) -> None:
        """Lay out what has changed."""
        QAbstractItemView.doItemsLayout(self)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted already."""
        self.scrollDirtyRegion(0, dy)
        self.viewport().scroll(0, dy)
        if self._layout.heading:  # the heading that stays was moved along
            self.viewport().update(0, 0, self._width(), HEADING + max(dy, 0))

    def updateGeometries(self) -> None:
        """Lay out what has changed, and set the scroll bar."""
        self._lay_out()
        QAbstractItemView.updateGeometries(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the columns over the new width, keeping what is at the top."""
        self._hold()
        QAbstractItemView.resizeEvent(self, event)
        self._lay_out()

    def scrollToTop(self) -> None:
        """Go to the beginning, wherever one was."""
        self._anchors.clear()
        QAbstractItemView.scrollToTop(self)

    def _index_at(self, point: QPoint) -> QModelIndex:
        """The row at a place, also where a heading lies over it."""
        layout, width = self.sections, self._width()
        x = width - 1 - point.x() if self.isRightToLeft() else point.x()
        if not 0 <= x < width:
            return QModelIndex()
        row = layout.row_at(min(x * layout.columns // width, layout.columns - 1), point.y() + self.verticalOffset())
        if row is None:
            return QModelIndex()
        index = self._ids.index(row)
        return index if self.visualRect(index).contains(point) else QModelIndex()

    def _cell(self, column: int, y: int) -> QRect:
        """A cell in the viewport; columns share the width to the pixel."""
        width, columns = self._width(), self._layout.columns
        left, right = column * width // columns, (column + 1) * width // columns
        if self.isRightToLeft():
            left, right = width - right, width - left
        return QRect(left, y, right - left, self._layout.cell)

    def _width(self) -> int:
        return max(self.viewport().width(), 1)

    def _touched(self, band: QRect) -> Iterator[tuple[int, int]]:
        """The runs of rows that a rectangle of the viewport touches, as (first, end)."""
        offset = self.verticalOffset()
        for first, end, y in self.sections.lines(band.top() + offset, band.bottom() + offset):
            rows = [r for r in range(first, end) if self.cell_rect(self._cell(r - first, y - offset)).intersects(band)]
            if rows:
                yield rows[0], rows[-1] + 1

    def _hold(self) -> None:
        """Remember what is at the top of the view, before it changes."""
        if self._stale or self._anchors:
            return
        top = self.verticalOffset()
        if top <= 0:
            return
        first = self._layout.row_near(top)
        for row in range(first, min(first + _NEAR, len(self._ids.ids))):
            self._anchors.append((self._ids.id_at(row), self._layout.place(row)[1] - top))

    def _hold_without(self, parent: QModelIndex, first: int, last: int) -> None:
        """The same before rows go; where they come again elsewhere, nobody wants to be taken along."""
        self._hold()
        gone = set(self._ids.ids[first : last + 1])
        self._anchors = [anchor for anchor in self._anchors if anchor[0] not in gone]

    def _go_stale(self) -> None:
        self._stale = True
        self.scheduleDelayedItemsLayout()

    def _lay_out(self) -> None:
        """Add up anew, and scroll to what was at the top."""
        self._stale = False
        shown = self._ids.sections()
        titled = any(self._ids.heading(section) for section, _ in shown[:1])
        layout = SectionLayout(self.columns(), self.line_height(), HEADING if titled else 0, [count for _, count in shown])
        self._layout = layout
        bar, height = self.verticalScrollBar(), self.viewport().height()
        anchors, self._anchors = self._anchors, []
        bar.setPageStep(height)
        bar.setSingleStep(max(layout.cell // 3, 16))
        bar.setRange(0, max(layout.height + Metrics.S - height, 0))
        for item_id, above in anchors:
            row = self._ids.row_of(item_id)
            if row is not None:
                bar.setValue(layout.place(row)[1] - above)
                break
        self.viewport().update()
