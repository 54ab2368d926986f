"""A grid of square tiles for very many faces or photos: zoomable, selectable, dragged from."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from photoclust.ui.models.id_model import IdModel
from photoclust.ui.theme import Colors, Metrics
from photoclust.ui.views.section_view import SectionView
from photoclust.ui.views.tile_painting import TilePainter, stack_of

SIZES = (48, 64, 80, 100, 128, 160, 200, 256, 320)
"""The zoom steps, sides of a tile in pixels."""
GAP = Metrics.M


class TileGrid(SectionView):
    """Tiles of one model; `opened` tells the id that was double-clicked."""

    opened = Signal(int)
    selection_moved = Signal()
    """Other tiles are selected now."""
    menu_wanted = Signal(QPoint)
    """A context menu for the selected tiles, at a global position."""
    zoomed = Signal(int)
    """The zoom step, an index of `SIZES`."""

    def __init__(self, model: IdModel, parent: QWidget | None = None) -> None:
        self._step = SIZES.index(Metrics.FACE)
        self._selected: list[int] | None = None
        self._parts: list[tuple[int, int]] | None = None
        self._next_id: int | None = None
        self._painter = TilePainter()
        model.rowsAboutToBeRemoved.connect(self._before_removal)  # before the selection model hears of it
        super().__init__(model, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        before = Metrics.XL - GAP // 2
        self.setViewportMargins(0, 0, before, 0) if self.isRightToLeft() else self.setViewportMargins(before, 0, 0, 0)
        model.rowsRemoved.connect(self._after_removal)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self.selection_moved)
        self.selectionModel().selectionChanged.connect(self._reselect)
        for signal in (model.modelReset, model.rowsRemoved, model.rowsInserted, model.layoutChanged):
            signal.connect(self._reselect)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.id_at(index.row())))

    @property
    def step(self) -> int:
        """The zoom step, an index of `SIZES`."""
        return self._step

    @property
    def shown_total(self) -> int:
        """How many tiles there are, in view or not."""
        return len(self._ids.ids)

    @property
    def shows_any(self) -> bool:
        """Whether there is any tile."""
        return bool(self._ids.ids)

    def zoom_to(self, step: int) -> None:
        """Show tiles of another size, keeping the middle of the view where it is."""
        step = min(max(step, 0), len(SIZES) - 1)
        if step == self._step:
            return
        middle = self._ids.index(self.sections.row_near(self.verticalOffset() + self.viewport().height() // 2))
        self._step = step
        self._lay_out()
        if self.verticalOffset() > 0:
            self.scrollTo(middle, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.zoomed.emit(step)

    def columns(self) -> int:
        """As many tiles of about the wanted size as fit side by side."""
        return max(self.viewport().width() // (SIZES[self._step] + GAP), 1)

    def line_height(self) -> int:
        """Cells are square."""
        return max(self.viewport().width() // self.columns(), GAP + 1)

    def cell_rect(self, cell: QRect) -> QRect:
        """The square in the middle of a cell."""
        side = cell.height() - GAP
        return QRect(cell.left() + (cell.width() - side) // 2, cell.top() + GAP // 2, side, side)

    def selected_ids(self) -> list[int]:
        """The ids of the selected tiles, in the order shown; not to be changed."""
        if self._selected is None:
            self._selected = [item_id for first, end in self.selected_rows() for item_id in self._ids.ids[first:end]]
        return self._selected

    def selected_rows(self) -> list[tuple[int, int]]:
        """The runs of selected rows, as (first, end), in the order shown."""
        if self._parts is None:
            self._parts = sorted((p.top(), p.bottom() + 1) for p in self.selectionModel().selection().toList())
        return self._parts

    def selectAll(self) -> None:
        """Select all tiles as one range: Qt's own way asks for every row."""
        if self._ids.ids:
            whole = QItemSelection(self._ids.index(0), self._ids.index(len(self._ids.ids) - 1))
            self.selectionModel().select(whole, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def select_ids(self, ids: list[int]) -> None:
        """Select these and make the first the current one."""
        flag = QItemSelectionModel.SelectionFlag
        self.clearSelection()
        for position, item_id in enumerate(ids):
            index = self._ids.index_of(item_id)
            if index.isValid():
                self.selectionModel().select(index, flag.Select)
                if position == 0:
                    self.selectionModel().setCurrentIndex(index, flag.NoUpdate)

    def select_next(self) -> None:
        """Go on from a single selected tile to the one after it."""
        row = self.currentIndex().row() + 1
        if len(self.selected_ids()) == 1 and row < len(self._ids.ids):
            self.setCurrentIndex(self._ids.index(row))

    def repaint_id(self, item_id: int) -> None:
        """Paint one tile again, for its picture has arrived."""
        index = self._ids.index_of(item_id)
        if index.isValid():
            self.update(index)

    def shown_ids(self) -> list[int]:
        """The ids of the tiles that can be seen now."""
        return [self._ids.id_at(row) for row in self.visible_rows()]

    @abstractmethod
    def tile(self, row: int, side: int) -> QPixmap | None:
        """The picture of a row for a square of `side` device pixels, None until it is there."""

    def paint_badges(self, painter: QPainter, cells: list[tuple[int, QRect]], colors: Colors) -> None:
        """Nothing, unless a subclass has something to say on its tiles."""

    def paint_cells(self, painter: QPainter, cells: list[tuple[int, QRect]], colors: Colors) -> None:
        """Paint the tiles, then what is on them, then what is chosen."""
        if not cells:
            return
        ratio = self.devicePixelRatioF()
        side = round(cells[0][1].width() * ratio)
        chosen = {row for row, _ in cells if self._is_selected(row)} if self.selected_rows() else set()
        pictures = [(rect, self.tile(row, side), row in chosen) for row, rect in cells]
        self._painter.paint(painter, pictures, colors, ratio)
        self.paint_badges(painter, cells, colors)
        current = self.cursor_row
        ringed = chosen | {current, self._hovered}
        for row, rect in cells:
            if row in ringed:
                self._painter.ring(painter, rect, colors, chosen=row in chosen, current=row == current)

    def heading_pressed(self, section: int, event: QMouseEvent) -> None:
        """Select the tiles of a section; with Ctrl beside what is selected."""
        flags = QItemSelectionModel.SelectionFlag
        first, end = self.sections.firsts[section], self.sections.firsts[section + 1]
        add = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        all_of_it = QItemSelection(self._ids.index(first), self._ids.index(end - 1))
        self.selectionModel().setCurrentIndex(self._ids.index(first), flags.NoUpdate)
        self.selectionModel().select(all_of_it, flags.Select if add else flags.ClearAndSelect)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of actions here."""

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected tiles, shown as a small stack."""
        ids = self.selected_ids()
        if not ids:
            return
        drag = QDrag(self)
        drag.setMimeData(self._ids.pack(ids))
        drag.setPixmap(stack_of([self.picture(item_id) for item_id in ids[:3]], len(ids), self.font(), self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(-Metrics.S, -Metrics.S))
        drag.exec(Qt.DropAction.CopyAction)  # never move: a file manager would take the photo away

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_to(self._step + (1 if event.angleDelta().y() > 0 else -1))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space opens the current tile, Escape selects nothing."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid() and not event.modifiers():
            self.opened.emit(self._ids.id_at(self.currentIndex().row()))
        elif event.key() == Qt.Key.Key_Escape:
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def picture(self, item_id: int) -> QPixmap | None:
        """The picture of a tile where it is at hand; for the stack that is dragged."""
        return None

    def _before_removal(self, parent: QModelIndex, first: int, last: int) -> None:
        """See which tile comes after a single selected one that goes."""
        ids, self._next_id = self._ids.ids, None
        if self.hasFocus() and first == last and self.selected_ids() == [ids[first]] and len(ids) > 1:
            self._next_id = ids[first + 1] if first + 1 < len(ids) else ids[first - 1]

    def _after_removal(self) -> None:
        """Go on with it, so that keys can work through a row."""
        if self._next_id is not None:
            self.setCurrentIndex(self._ids.index_of(self._next_id))

    @Slot()
    def _reselect(self) -> None:
        """Forget which tiles were selected, and tell so once what happens now is over."""
        self._selected = self._parts = None
        self._settle.start()

    def _ask_menu(self, at: QPoint) -> None:
        if self.selectionModel().hasSelection():
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def _is_selected(self, row: int) -> bool:
        parts = self.selected_rows()
        at = bisect_right(parts, row, key=lambda part: part[0]) - 1
        return at >= 0 and row < parts[at][1]
