"""A grid of square tiles for very many faces or photos: zoomable, selectable, dragged from."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QDrag, QFont, QGuiApplication, QKeyEvent, QPainter, QPixmap, QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QWidget

from photoclust.ui.language import number
from photoclust.ui.models.id_model import IdModel
from photoclust.ui.theme import Metrics, colors
from photoclust.ui.views.painting import draw_pixmap, draw_ring

SIZES = (64, 80, 100, 128, 160, 200, 256, 320)
"""The zoom steps, sides of a tile in pixels."""
GAP = Metrics.M


class TileGrid(QListView):
    """Tiles of one model; `opened` tells the id that was double-clicked."""

    opened = Signal(int)
    selection_moved = Signal()
    """Other tiles are selected now."""
    menu_wanted = Signal(QPoint)
    """A context menu for the selected tiles, at a global position."""
    zoomed = Signal(int)
    """The zoom step, an index of `SIZES`."""

    def __init__(self, model: IdModel, delegate: QStyledItemDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids = model
        self._step = 3
        self._selected: list[int] | None = None
        self._next_id: int | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.ListMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setSelectionRectVisible(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setViewportMargins(Metrics.L, 0, 0, 0)
        self.setItemDelegate(delegate)
        model.rowsAboutToBeRemoved.connect(self._before_removal)  # before the selection model hears of it
        self.setModel(model)
        model.rowsRemoved.connect(self._after_removal)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self.selection_moved)
        self.selectionModel().selectionChanged.connect(self._reselect)
        for signal in (model.modelReset, model.rowsRemoved, model.rowsInserted, model.layoutChanged):
            signal.connect(self._reselect)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.id_at(index.row())))
        self._fit()

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
        middle = self.indexAt(self.viewport().rect().center())
        self._step = step
        self._fit()
        if middle.isValid():
            self.scrollTo(middle, QListView.ScrollHint.PositionAtCenter)
        self.zoomed.emit(step)

    def selected_ids(self) -> list[int]:
        """The ids of the selected tiles, in the order shown; not to be changed."""
        if self._selected is None:
            parts = sorted((p.top(), p.bottom() + 1) for p in self.selectionModel().selection().toList())
            self._selected = [item_id for first, end in parts for item_id in self._ids.ids[first:end]]
        return self._selected

    def selectAll(self) -> None:
        """Select all tiles as one range: Qt's own way asks for every row."""
        if self._ids.ids:
            whole = QItemSelection(self._ids.index(0), self._ids.index(len(self._ids.ids) - 1))
            self.selectionModel().select(whole, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What to paint again when a selection changes: all that is seen, for asking every row takes seconds."""
        return QRegion(self.viewport().rect())

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
        view, first = self.viewport().rect(), self.indexAt(QPoint(GAP, GAP))
        shown: list[int] = []
        for row in range(first.row() if first.isValid() else 0, len(self._ids.ids)):
            if self.visualRect(self._ids.index(row)).top() > view.bottom():
                break
            shown.append(self._ids.id_at(row))
        return shown

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected tiles, shown as a small stack."""
        indexes = self.selectedIndexes()
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self._ids.mimeData(indexes))
        pixmap = self._stack(len(indexes))
        drag.setPixmap(pixmap)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the columns over the new width."""
        super().resizeEvent(event)
        self._fit()

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
        self._selected = None
        self._settle.start()

    def _ask_menu(self, at: QPoint) -> None:
        if self.selectionModel().hasSelection():
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def _fit(self) -> None:
        side = SIZES[self._step] + GAP
        width = max(self.viewport().width() - 1, side)
        cell = width // (width // side)
        if cell != self.gridSize().width():
            self.setGridSize(QSize(cell, cell))
            self.verticalScrollBar().setSingleStep(cell // 3)

    def _stack(self, count: int) -> QPixmap:
        side, ratio = 72, self.devicePixelRatioF()
        ids = self.selected_ids()[:3]
        pixmap = QPixmap(int((side + 24) * ratio), int((side + 24) * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        c = colors(QGuiApplication.palette())
        painter = QPainter(pixmap)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for depth in reversed(range(len(ids))):
            rect = QRectF(depth * 6, 12 + depth * 6, side - 12, side - 12)
            if picture := self.picture(ids[depth]):
                draw_pixmap(painter, rect, picture, Metrics.RADIUS)
            else:
                painter.setBrush(QColor(c.pressed))
                painter.drawRoundedRect(rect, Metrics.RADIUS, Metrics.RADIUS)
            draw_ring(painter, rect, Metrics.RADIUS, c.base, 1.5)
        if count > 1:
            self._count(painter, count, side)
        painter.end()
        return pixmap

    def _count(self, painter: QPainter, count: int, side: int) -> None:
        c = colors(QGuiApplication.palette())
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        text = number(count)
        width = painter.fontMetrics().horizontalAdvance(text) + 14
        badge = QRectF(side - width / 2 - 6, 0, width, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.accent))
        painter.drawRoundedRect(badge, 11, 11)
        painter.setPen(QColor(c.on_accent))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
