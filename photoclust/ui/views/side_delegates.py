"""How the rows on the left look: a round cover, a name, a count."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QIcon, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from photoclust.core.types import Person
from photoclust.ui.language import number, tr
from photoclust.ui.models.person_model import PERSON_ROLE, PersonModel, how_many
from photoclust.ui.models.places import person_name
from photoclust.ui.models.shelf_model import COUNT_ROLE, ICON_ROLE
from photoclust.ui.theme import Colors, Metrics, colors, icon
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.name_edit import NameEdit
from photoclust.ui.views.painting import draw_pixmap, draw_placeholder, draw_ring, facing

Index = QModelIndex | QPersistentModelIndex
INSET = 6


def name_field(model: PersonModel, parent: QWidget) -> NameEdit:
    """A field for a name that offers the names in use."""
    field = NameEdit(model.names(), parent)
    field.setPlaceholderText(tr("Name this person"))
    return field


class RowDelegate(QStyledItemDelegate):
    """The background of a row: hover, selection, drop target."""

    height = 40

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, self.height)

    def background(self, painter: QPainter, option: QStyleOptionViewItem, place: int, c: Colors) -> QRectF:
        rect = QRectF(option.rect).adjusted(INSET, 1, -INSET, -1)
        fill = None
        if option.state & QStyle.StateFlag.State_Selected:
            fill = c.accent_soft
        elif option.state & QStyle.StateFlag.State_MouseOver:
            fill = c.hover
        target = getattr(option.widget, "drop_place", None) == place
        if fill or target:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft if target else fill or c.hover))
            painter.drawRoundedRect(rect, Metrics.RADIUS + 1, Metrics.RADIUS + 1)
        state = QStyle.StateFlag
        if target or (option.state & state.State_HasFocus and option.state & state.State_KeyboardFocusChange):
            draw_ring(painter, rect, Metrics.RADIUS + 1, c.accent, 2)
        return rect


class ShelfDelegate(RowDelegate):
    """An icon, a name, and a count at the right."""

    height = 38

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one shelf."""
        c = colors(QGuiApplication.palette())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.background(painter, option, index.data(Qt.ItemDataRole.UserRole), c)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRect(0, 0, Metrics.ICON, Metrics.ICON)
        box.moveCenter(rect.toRect().center())
        box.moveLeft(int(rect.left()) + Metrics.M)
        box = facing(QRectF(box), rect).toRect()
        icon(index.data(ICON_ROLE), "accent" if selected else "muted").paint(painter, box, mode=QIcon.Mode.Normal)
        count = number(index.data(COUNT_ROLE))
        text = facing(rect.adjusted(Metrics.M + Metrics.ICON + Metrics.M, 0, -Metrics.M, 0), rect)
        painter.setFont(option.font)
        painter.setPen(QColor(c.muted))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        painter.setPen(QColor(c.text))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, index.data())
        painter.restore()


class PersonDelegate(RowDelegate):
    """A round cover, the name over the count; the name is edited in place."""

    height = Metrics.COVER + 18
    went_on = Signal(int, int)
    """Somebody got a first name: his id, and 1 for the next one."""
    skipped = Signal(int, int)
    """Somebody is not to be named now: his id, and 1 for the next one or −1 for the one before."""

    def __init__(self, model: PersonModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one person."""
        c = colors(QGuiApplication.palette())
        person: Person = index.data(PERSON_ROLE)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rect = self.background(painter, option, person.id, c)
        cover = QRectF(rect.left() + Metrics.S, rect.center().y() - Metrics.COVER / 2, Metrics.COVER, Metrics.COVER)
        draw_cover(painter, facing(cover, rect), person, self._thumbnails, c)
        top, bottom = _lines(rect.toRect(), option.font)
        name_font = QFont(option.font)
        name_font.setWeight(QFont.Weight.DemiBold if person.name else QFont.Weight.Normal)
        painter.setFont(name_font)
        painter.setPen(QColor(c.text if person.name else c.muted))
        name = QFontMetrics(name_font).elidedText(person_name(person), Qt.TextElideMode.ElideRight, top.width())
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(option.font)
        painter.setPen(QColor(c.muted))
        painter.drawText(bottom, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, how_many(person))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field with completion."""
        field = name_field(self._model, parent)
        person: Person = index.data(PERSON_ROLE)
        field.tab_skips = not person.name
        field.taken.connect(lambda name: self._finish(field, person, name))
        field.skipped.connect(lambda step: self._skip(field, person, step))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start with the name, all of it selected."""
        assert isinstance(editor, NameEdit)
        editor.setText(index.data(Qt.ItemDataRole.EditRole))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask for the name that was typed, also where the focus went elsewhere; but not for one that may be half a name."""
        assert isinstance(editor, NameEdit)
        if editor.settled or editor.property("done"):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Beside the cover."""
        top, _ = _lines(option.rect.adjusted(INSET, 1, -INSET, -1), option.font)
        field = QRect(top.left() - 6, option.rect.top(), top.width() + 6, 30)
        field.moveCenter(QRectF(option.rect).center().toPoint())
        field.moveLeft(top.left() - 6)
        editor.setGeometry(field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field itself knows what Enter and Tab mean."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if isinstance(event, QKeyEvent) and event.key() in keys and isinstance(watched, NameEdit):
            return False
        return super().eventFilter(watched, event)

    def _finish(self, field: NameEdit, person: Person, name: str) -> None:
        if not field.property("done"):
            field.setProperty("done", True)
            field.setText(name)
            if name and not person.name:
                self.went_on.emit(person.id, 1)
            self.commitData.emit(field)
            self.closeEditor.emit(field, QStyledItemDelegate.EndEditHint.NoHint)

    def _skip(self, field: NameEdit, person: Person, step: int) -> None:
        field.setText(person.name)
        self.closeEditor.emit(field, QStyledItemDelegate.EndEditHint.NoHint)
        self.skipped.emit(person.id, step)


def draw_cover(painter: QPainter, rect: QRectF, person: Person, thumbnails: Thumbnails, c: Colors) -> None:
    """The round picture of a person."""
    pixmap = None
    if person.cover_face_id is not None:
        ratio = painter.device().devicePixelRatio()
        pixmap = thumbnails.face(person.cover_face_id, round(rect.width() * ratio))
    if pixmap is None or pixmap.isNull():
        draw_placeholder(painter, rect, rect.width() / 2, c)
    else:
        draw_pixmap(painter, rect, pixmap, rect.width() / 2)


def _lines(rect: QRect, font: QFont) -> tuple[QRect, QRect]:
    """Where the name and the count of a row stand."""
    height = QFontMetrics(font).height()
    left = rect.left() + Metrics.S + Metrics.COVER + Metrics.M
    width = rect.right() - Metrics.S - left
    top = rect.center().y() - height - 1
    first = facing(QRectF(left, top, width, height + 2), QRectF(rect)).toRect()
    return first, first.translated(0, height + 2)
