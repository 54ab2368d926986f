"""A list on the left whose rows are places: chosen by click, and targets for what is dragged."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from photoclust.ui.dragging import Dragged, unpack
from photoclust.ui.models.id_model import IdModel
from photoclust.ui.models.places import Shelf
from photoclust.ui.theme import Colors, Metrics, icon
from photoclust.ui.views.section_view import SectionView
from photoclust.ui.views.side_delegates import RowDelegate


class SideList(SectionView):
    """One column of places; dropping says what was dropped where, and changes nothing itself."""

    dropped = Signal(object, int)
    """A `Dragged` was dropped on a place."""
    chosen = Signal(int)
    """The place that is current now."""
    selection_moved = Signal()
    folded = Signal(int)
    """The heading of this section was pressed."""

    def __init__(self, model: IdModel, delegate: RowDelegate, library_path: Path, parent: QWidget | None = None) -> None:
        self._delegate = delegate
        self._library_path = library_path
        self._drop_place: int | None = None
        self._frozen = False
        model.rowsAboutToBeRemoved.connect(self._freeze)  # before the view hears of it and moves its current row
        super().__init__(model, parent)
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)
        self.setStyleSheet("QAbstractItemView { background: transparent; }")
        model.rowsRemoved.connect(self._thaw)
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
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect  # whatever keys are held down
        self.selectionModel().setCurrentIndex(index, alone)
        return True

    def keep(self, place: int) -> None:
        """Have a place selected that is so already, wherever it is now; nothing is told, and nothing scrolls."""
        self._frozen = True
        self.setAutoScroll(False)
        self.choose(place)
        self.setAutoScroll(True)
        self._frozen = False

    def leave(self) -> None:
        """Have no current place, for another list has one."""
        self.clearSelection()
        self.selectionModel().clearCurrentIndex()

    def columns(self) -> int:
        """One."""
        return 1

    def line_height(self) -> int:
        """The delegate's."""
        return self._delegate.height

    def cell_rect(self, cell: QRect) -> QRect:
        """The whole row."""
        return cell

    def paint_cells(self, painter: QPainter, cells: list[tuple[int, QRect]], colors: Colors) -> None:
        """The delegate paints."""
        option, states = QStyleOptionViewItem(), QStyle.StateFlag
        self.initViewItemOption(option)
        usual = option.state & ~(states.State_Selected | states.State_MouseOver | states.State_HasFocus)
        current = self.cursor_row
        for row, rect in cells:
            index = self._ids.index(row)
            option.rect = rect
            option.state = usual | (states.State_Selected if self.selectionModel().isSelected(index) else usual)
            if row == self._hovered:
                option.state |= states.State_MouseOver
            if row == current:
                option.state |= states.State_HasFocus
            self._delegate.paint(painter, option, index)

    def ground(self, c: Colors) -> str:
        """The panel's."""
        return c.window

    def heading_rect(self, rect: QRect) -> QRect:
        """Above the covers, with room for the sign that says whether it is folded."""
        return rect.adjusted(Metrics.L + 2, Metrics.XS, -Metrics.L, 0)

    def paint_heading(self, painter: QPainter, rect: QRect, position: int, text: str, count: str, bold: QFont, c: Colors) -> None:
        """A heading, and the sign."""
        section, _ = self._ids.sections()[position]
        super().paint_heading(painter, rect, position, text, count, bold, c)
        box = QRect(0, 0, Metrics.L, Metrics.L)
        box.moveCenter(rect.center())
        if self.isRightToLeft():
            box.moveLeft(rect.left())
        else:
            box.moveRight(rect.right())
        folded = self._ids.is_folded(section)
        icon("next" if folded else "down", "muted").paint(painter, box, mode=QIcon.Mode.Normal)

    def heading_pressed(self, section: int, event: QMouseEvent) -> None:
        """Say which."""
        self.folded.emit(self._ids.sections()[section][0])

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
        self.setState(QAbstractItemView.State.NoState)
        if place is None or dragged is None:
            event.ignore()
            return
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.dropped.emit(dragged, place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter renames, like F2."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        index = self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
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
    def _freeze(self) -> None:
        """A current row that only moves because another one goes was not chosen."""
        self._frozen = True

    @Slot()
    def _thaw(self) -> None:
        self._frozen = False

    @Slot()
    def _on_current(self) -> None:
        index = self.currentIndex()
        if index.isValid() and not self._frozen:
            self.chosen.emit(self._ids.id_at(index.row()))


def takes(place: int, dragged: Dragged) -> bool:
    """Whether dropping this on a place would mean anything."""
    if dragged.persons:
        return place in (Shelf.STRANGERS, Shelf.IGNORED) or (place > 0 and dragged.persons != (place,))
    return place != dragged.place
