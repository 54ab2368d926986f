"""The left of the window: search, shelves, persons, and a place for somebody new."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from photoclust.ui.dragging import unpack
from photoclust.ui.language import tr
from photoclust.ui.models.person_model import PersonModel
from photoclust.ui.models.places import is_person
from photoclust.ui.models.shelf_model import ShelfModel
from photoclust.ui.theme import Metrics, colors, icon
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.painting import facing
from photoclust.ui.views.side_delegates import PersonDelegate, ShelfDelegate
from photoclust.ui.views.side_list import SideList


class NewPersonTarget(QToolButton):
    """Drop faces here, or click while some are selected, and they become a new person."""

    dropped = Signal(object)
    """A `Dragged`."""

    def __init__(self, library_path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library_path = library_path
        self._over = False
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("New person"))
        self.setToolTip(tr("Drop faces here to make a new person of them"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(46)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take faces of this library."""
        dragged = unpack(event.mimeData(), self._library_path)
        if dragged and dragged.faces:
            event.acceptProposedAction()
            self._light(True)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go dark again."""
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dropped, once Qt is done with the drag."""
        dragged = unpack(event.mimeData(), self._library_path)
        self._light(False)
        if dragged and dragged.faces:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.dropped.emit(dragged))
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed outline that lights up under a drag."""
        c = colors(QGuiApplication.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hot = self._over or (self.isEnabled() and self.underMouse())
        painter.setBrush(QColor(c.accent_soft) if hot else Qt.BrushStyle.NoBrush)
        pen = QPen(QColor(c.accent if hot else c.border), 1.5, Qt.PenStyle.DashLine)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), Metrics.RADIUS + 1, Metrics.RADIUS + 1)
        tint = "accent" if hot else "muted"
        text = tr("New person")
        width = Metrics.ICON + Metrics.S + self.fontMetrics().horizontalAdvance(text)
        whole, left = QRectF(self.rect()), (self.width() - width) // 2
        box = facing(QRectF(left, (self.height() - Metrics.ICON) // 2, Metrics.ICON, Metrics.ICON), whole)
        icon("person-add", tint).paint(painter, box.toRect(), mode=QIcon.Mode.Normal)
        painter.setPen(QColor(c.accent if hot else c.muted))
        words = QRectF(left + Metrics.ICON + Metrics.S, 0, width - Metrics.ICON - Metrics.S + 1, self.height())
        painter.drawText(facing(words, whole), Qt.AlignmentFlag.AlignCenter, text)

    def _light(self, over: bool) -> None:
        self._over = over
        self.update()


class SearchField(QLineEdit):
    """Escape empties it; Enter and the down key go on to the persons found."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SidePanel(QFrame):
    """Where a place is chosen; only one of the two lists has a current row."""

    place_chosen = Signal(int)
    persons_selected = Signal()
    dropped = Signal(object, int)
    """A `Dragged` was dropped on a place."""
    dropped_new = Signal(object)
    """A `Dragged` was dropped on "New person"."""
    menu_wanted = Signal(QPoint)
    """A context menu for the selected persons, at a global position."""

    def __init__(
        self, persons: PersonModel, shelves: ShelfModel, thumbnails: Thumbnails, library_path: Path,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._persons = persons
        self._shelves = shelves
        self.setProperty("kind", "side")
        self.search = SearchField(placeholderText=tr("Search persons"), clearButtonEnabled=True)
        self.search.setAccessibleName(tr("Search persons"))
        self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition).setText(tr("Search persons"))
        self.search.textChanged.connect(self._on_search)
        self.search.left.connect(self._go_to_found)
        self.shelf_list = SideList(shelves, ShelfDelegate(self), library_path)
        self.shelf_list.setAccessibleName(tr("Shelves"))
        self.shelf_list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.shelf_list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.person_list = SideList(persons, PersonDelegate(persons, thumbnails, self), library_path)
        self.person_list.setAccessibleName(tr("Persons"))
        self.person_list.setSelectionMode(SideList.SelectionMode.ExtendedSelection)
        self.person_list.setEditTriggers(SideList.EditTrigger.DoubleClicked | SideList.EditTrigger.EditKeyPressed)
        self.hint = QLabel(wordWrap=True)
        self.hint.setProperty("kind", "muted")
        self.hint.setContentsMargins(Metrics.L + 2, Metrics.XS, Metrics.L, Metrics.XL)
        self.new_person = NewPersonTarget(library_path)
        heading = QLabel(tr("Persons"))
        heading.setProperty("kind", "muted")
        self.sort = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.sort.setIcon(icon("sort", "muted"))
        self.sort.setStyleSheet("QToolButton::menu-indicator { image: none; } QToolButton { padding: 4px; }")
        self.sort.setToolTip(tr("Order of persons"))
        self.sort.setAccessibleName(tr("Order of persons"))
        titled = QHBoxLayout()
        titled.setContentsMargins(Metrics.L + 2, Metrics.S, Metrics.M, 0)
        titled.addWidget(heading, 1)
        titled.addWidget(self.sort)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Metrics.M, 0, Metrics.M)
        layout.setSpacing(0)
        layout.addLayout(_inset(self.search))
        layout.addSpacing(Metrics.S)
        layout.addWidget(self.shelf_list)
        layout.addLayout(titled)
        layout.addWidget(self.hint)
        layout.addWidget(self.person_list, 1)
        layout.addSpacing(Metrics.S)
        layout.addLayout(_inset(self.new_person))

        for this, other in ((self.shelf_list, self.person_list), (self.person_list, self.shelf_list)):
            this.chosen.connect(other.leave)
            this.chosen.connect(self.place_chosen)
            this.dropped.connect(self.dropped)
        self.person_list.selection_moved.connect(self.persons_selected)
        self.person_list.folded.connect(lambda section: persons.fold(section, not persons.is_folded(section)))
        self.person_list.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(self.person_list.viewport().mapToGlobal(at))
        )
        self.new_person.dropped.connect(self.dropped_new)
        thumbnails.face_loaded.connect(self._on_face_loaded)
        for model in (persons, shelves):
            model.rowsInserted.connect(self._refit)
            model.rowsRemoved.connect(self._refit)
            model.modelReset.connect(self._refit)
        self._refit()

    def choose(self, place: int) -> None:
        """Go to a place, also when the search or a folded section hides it now."""
        if is_person(place) and self._persons.row_of(place) is None:
            self.search.clear()
            self._persons.unfold_for(place)
        if self.person_list.choose(place) or self.shelf_list.choose(place):
            return
        self.person_list.leave()

    def keep(self, place: int | None) -> None:
        """Select the row of this place again, after rows came and went; none while the search hides it."""
        for places in (self.person_list, self.shelf_list):
            if place is None or places.model().row_of(place) is None:  # type: ignore[attr-defined]
                places.leave()
            elif place not in places.selected_ids():
                places.keep(place)

    def neighbour(self) -> int | None:
        """The person beside one that has gone."""
        return self.person_list.current_id()

    def selected_persons(self) -> list[int]:
        """The selected persons, in the order shown."""
        return self.person_list.selected_ids()

    def edit_name(self) -> None:
        """Rename the current person in its row."""
        index = self.person_list.currentIndex()
        if index.isValid():
            self.person_list.scrollTo(index)
            self.person_list.edit(index)

    def _on_search(self, text: str) -> None:
        self._persons.search(text)
        self._refit()

    @Slot()
    def _go_to_found(self) -> None:
        if self._persons.ids:
            if not self.selected_persons():
                self.person_list.choose(self._persons.ids[0])
            self.person_list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_face_loaded(self, face_id: int) -> None:
        for row in self.person_list.visible_rows():
            person = self._persons.person(self._persons.id_at(row))
            if person is not None and person.cover_face_id == face_id:
                self.person_list.update(self._persons.index(row))

    def _refit(self) -> None:
        self.shelf_list.setFixedHeight(self._shelves.rowCount() * ShelfDelegate.height)
        empty = not self._persons.rowCount()
        self.hint.setVisible(empty)
        searching = bool(self.search.text().strip())
        self.hint.setText(tr("Nobody of that name.") if searching else tr("Persons appear here once faces have been grouped."))


def _inset(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setContentsMargins(Metrics.M, 0, Metrics.M, 0)
    layout.addWidget(widget)
    return layout
