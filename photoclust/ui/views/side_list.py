"""A list on the left whose rows are places: chosen by click, and targets for what is dragged."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QWidget

from photoclust.ui.dragging import Dragged, unpack
from photoclust.ui.models.id_model import IdModel


class SideList(QListView):
    """One column of places; dropping says what was dropped where, and changes nothing itself."""

    dropped = Signal(object, int)
    """A `Dragged` was dropped on a place."""
    chosen = Signal(int)
    """The place that is current now."""
    selection_moved = Signal()

    def __init__(self, model: IdModel, delegate: QStyledItemDelegate, library_path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids = model
        self._library_path = library_path
        self._drop_place: int | None = None
        self._held = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setAcceptDrops(True)
        self.setStyleSheet("QListView { background: transparent; }")
        self.setItemDelegate(delegate)
        model.rowsAboutToBeRemoved.connect(self._hold)  # before the view hears of it and moves its current row
        self.setModel(model)
        model.rowsRemoved.connect(self._let_go)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_moved.emit())

    @property
    def drop_place(self) -> int | None:
        """The place under what is being dragged, for the delegate."""
        return self._drop_place

    def selected_ids(self) -> list[int]:
        """The selected places, in the order shown."""
        return [self._ids.id_at(row) for row in sorted(i.row() for i in self.selectedIndexes())]

    def current_id(self) -> int | None:
        """The place of the current row, selected or not."""
        index = self.currentIndex()
        return self._ids.id_at(index.row()) if index.isValid() else None

    def choose(self, place: int) -> bool:
        """Make a place the current and only selected one; False when it is not in this list."""
        index = self._ids.index_of(place)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        return True

    def leave(self) -> None:
        """Have no current place, for another list has one."""
        self.clearSelection()
        self.selectionModel().clearCurrentIndex()

    def sizeHint(self) -> QSize:
        """As high as the rows."""
        rows = self._ids.rowCount()
        return QSize(super().sizeHint().width(), rows * self.sizeHintForRow(0) if rows else 0)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected rows."""
        indexes = [i for i in self.selectedIndexes() if i.flags() & Qt.ItemFlag.ItemIsDragEnabled]
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self._ids.mimeData(indexes))
        drag.setPixmap(self.viewport().grab(self.visualRect(indexes[0])))
        drag.setHotSpot(QPoint(24, 24))
        drag.exec(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take faces and persons of this library."""
        if unpack(event.mimeData(), self._library_path):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show which row would take it; scroll near the rim."""
        super().dragMoveEvent(event)  # it scrolls
        place = self._target(event)
        self._show_target(place)
        if place is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget the row."""
        super().dragLeaveEvent(event)
        self._show_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dropped where, once Qt is done with the drag."""
        place, dragged = self._target(event), unpack(event.mimeData(), self._library_path)
        self._show_target(None)
        self.stopAutoScroll()
        self.setState(QListView.State.NoState)
        if place is None or dragged is None:
            event.ignore()
            return
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.dropped.emit(dragged, place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter renames, like F2."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        index = self.currentIndex()
        editing = self.state() == QListView.State.EditingState
        if enter and index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable and not editing:
            self.edit(index)
        else:
            super().keyPressEvent(event)

    def _target(self, event: QDropEvent) -> int | None:
        """The place under a drag if it takes what is dragged."""
        index = self.indexAt(event.position().toPoint())
        dragged = unpack(event.mimeData(), self._library_path)
        if dragged is None or not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsDropEnabled:
            return None
        place = self._ids.id_at(index.row())
        return place if takes(place, dragged) else None

    def _show_target(self, place: int | None) -> None:
        if place != self._drop_place:
            self._drop_place = place
            self.viewport().update()

    @Slot()
    def _hold(self) -> None:
        """A current row that only moves because another one goes was not chosen."""
        self._held = True

    @Slot()
    def _let_go(self) -> None:
        self._held = False

    @Slot()
    def _on_current(self) -> None:
        index = self.currentIndex()
        if index.isValid() and not self._held:
            self.chosen.emit(self._ids.id_at(index.row()))


def takes(place: int, dragged: Dragged) -> bool:
    """Whether dropping this on a place would mean anything."""
    if dragged.persons:
        return place > 0 and dragged.persons != (place,)
    return place != dragged.place
