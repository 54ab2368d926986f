"""Pick a person by typing a part of the name: the keyboard's way to everything that can be dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from photoclust.core.names import name_key, tidy_name
from photoclust.core.types import Person
from photoclust.ui.language import tr
from photoclust.ui.models.places import person_name
from photoclust.ui.theme import Metrics, colors, icon
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.painting import facing
from photoclust.ui.views.side_delegates import draw_cover

PERSON = Qt.ItemDataRole.UserRole
SHOWN = 200
"""More persons than this are found by typing only."""


class PersonPicker(QDialog):
    """A field over a list of persons; emits `picked` (an id) or, where offered, `named` (somebody new)."""

    picked = Signal(int)
    named = Signal(str)

    def __init__(
        self, title: str, verb: str, persons: Sequence[Person], thumbnails: Thumbnails, *, offer_new: bool,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(400, 480)
        self._persons = persons
        self._offer_new = offer_new
        heading = QLabel(title)
        heading.setProperty("kind", "heading")
        self.field = QLineEdit(placeholderText=tr("Type a name"), clearButtonEnabled=True)
        self.field.setAccessibleName(tr("Type a name"))
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list = QListView(uniformItemSizes=True)
        self.list.setProperty("kind", "card")
        self.list.setAccessibleName(tr("Persons"))
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_PickDelegate(thumbnails, self))
        self.list.doubleClicked.connect(self.accept)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.XL, Metrics.XL, Metrics.XL, Metrics.L)
        layout.setSpacing(Metrics.M)
        for widget in (heading, self.field, self.list, self.buttons):
            layout.addWidget(widget)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self.ok.setDefault(True)  # only now that it is in the dialog: before, the first button would be it
        thumbnails.face_loaded.connect(self._repaint)
        self._fill("")

    def accept(self) -> None:
        """Tell what was picked and close."""
        index = self.list.currentIndex()
        if not index.isValid():
            return
        person = index.data(PERSON)
        super().accept()
        if person is None:
            self.named.emit(self._typed())
        else:
            self.picked.emit(person.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys move in the list while the field has the focus; up from the first one is the last: somebody new."""
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in moves
        if watched is self.field and pressed:
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Up and self.list.currentIndex().row() == 0:
                self.list.setCurrentIndex(self._model.index(self._model.rowCount() - 1, 0))
            else:
                self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _repaint(self) -> None:
        self.list.viewport().update()

    def _typed(self) -> str:
        return tidy_name(self.field.text())

    def _fill(self, text: str) -> None:
        """List who fits: whose name starts so, then whose has it inside; unnamed persons only while nothing is typed."""
        wanted = name_key(self._typed())
        named = [p for p in self._persons if p.name]
        first = [p for p in named if name_key(p.name).startswith(wanted)]
        inside = [p for p in named if wanted in name_key(p.name)[1:] and not name_key(p.name).startswith(wanted)]
        unnamed = [p for p in self._persons if not p.name] if not wanted else []
        self._model.clear()
        for person in (first + inside + unnamed)[:SHOWN]:
            item = QStandardItem(person_name(person))
            item.setData(person, PERSON)
            self._model.appendRow(item)
        if self._offer_new and not any(name_key(p.name) == wanted for p in named):
            label = tr("New person “{name}”", name=self._typed()) if wanted else tr("New person")
            self._model.appendRow(QStandardItem(label))
        self.list.setCurrentIndex(self._model.index(0, 0))
        self.ok.setEnabled(self._model.rowCount() > 0)


class _PickDelegate(QStyledItemDelegate):
    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, 48)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        c = colors(QGuiApplication.palette())
        person: Person | None = index.data(PERSON)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRectF(option.rect).adjusted(4, 1, -4, -1)
        state = QStyle.StateFlag
        if option.state & (state.State_Selected | state.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft if option.state & state.State_Selected else c.hover))
            painter.drawRoundedRect(rect, Metrics.RADIUS, Metrics.RADIUS)
        cover = facing(QRectF(rect.left() + Metrics.S, rect.center().y() - 17, 34, 34), rect)
        text = rect.adjusted(Metrics.S + 34 + Metrics.M, 0, -Metrics.M, 0)
        painter.setFont(option.font)
        align = Qt.AlignmentFlag.AlignVCenter
        if person is None:
            box = cover.adjusted(7, 7, -7, -7).toRect()
            icon("person-add", "accent").paint(painter, box, mode=QIcon.Mode.Normal)
            painter.setPen(QColor(c.accent))
        else:
            draw_cover(painter, cover, person, self._thumbnails, c)
            painter.setPen(QColor(c.muted))
            count = tr("{n} faces", n=person.face_count)
            painter.drawText(facing(text, rect), align | Qt.AlignmentFlag.AlignRight, count)
            painter.setPen(QColor(c.text if person.name else c.muted))
            text.setRight(text.right() - painter.fontMetrics().horizontalAdvance(count) - Metrics.L)
        label = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, int(text.width()))
        painter.drawText(facing(text, rect), align | Qt.AlignmentFlag.AlignLeft, label)
        painter.restore()
