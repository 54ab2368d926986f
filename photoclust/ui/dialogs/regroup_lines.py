"""A list of things that would change, each with words and the faces that show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from photoclust.ui.language import number, tr
from photoclust.ui.theme import Colors, Metrics, colors
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.painting import draw_pixmap, draw_placeholder, facing
from photoclust.workflows.regroup_preview import Line

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole
_WORDS = 260
"""The width of the words, where there is room."""
_ARROW = 28


class LineModel(QAbstractListModel):
    """The lines as they are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Other lines from now on."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words, or the `Line`."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tr(line.title)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{tr(line.title)}, {tr(line.detail)}" if line.detail else tr(line.title)
            case _ if role == LINE_ROLE:
                return line
        return None


class LineDelegate(QStyledItemDelegate):
    """Words on the left; faces on the right, and after an arrow what becomes of them."""

    height = Metrics.COVER + 2 * Metrics.M

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        return QSize(320, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        c = colors(QGuiApplication.palette())
        line: Line = index.data(LINE_ROLE)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rect = option.rect.adjusted(Metrics.L, 0, -Metrics.L, -1)
        if index.row():
            painter.fillRect(QRect(rect.left(), option.rect.top(), rect.width(), 1), QColor(c.border))
        words = QRect(rect.left(), rect.top(), min(_WORDS, rect.width() // 2), rect.height())
        _draw_words(painter, facing(QRectF(words), QRectF(rect)).toRect(), line, option.font, c)
        self._draw_faces(painter, rect.adjusted(words.width() + Metrics.L, 0, 0, 0), QRectF(rect), line, c)
        painter.restore()

    def _draw_faces(self, painter: QPainter, room: QRect, row: QRectF, line: Line, c: Colors) -> None:
        step = Metrics.COVER + Metrics.XS
        after = len(line.becomes)
        left = float(room.left())
        space = room.width() - (after * step + _ARROW if after else 0)
        shown, hidden = fitting(len(line.faces), line.more, space, step)
        for face in line.faces[:shown]:
            left = self._draw_face(painter, left, room, row, face, round_=line.persons, c=c)
        if hidden:
            painter.setPen(QColor(c.muted))
            place = facing(QRectF(left, room.top(), step, room.height()), row)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"+{number(hidden)}")
            left += step
        if after and line.faces:
            arrow = facing(QRectF(left, room.top(), _ARROW - Metrics.XS, room.height()), row)
            _draw_arrow(painter, arrow.center(), c)
            left += _ARROW
        fit = max(0, int((room.right() - left) // step)) if after else 0
        for face in line.becomes[: max(1, fit)]:
            left = self._draw_face(painter, left, room, row, face, round_=True, c=c)

    def _draw_face(
        self, painter: QPainter, left: float, room: QRect, row: QRectF, face: int, *, round_: bool, c: Colors
    ) -> float:
        """The place of the next one."""
        side = Metrics.COVER
        square = facing(QRectF(left, room.top() + (room.height() - side) / 2, side, side), row)
        radius = side / 2 if round_ else Metrics.RADIUS
        pixmap = self._thumbnails.face(face, round(side * painter.device().devicePixelRatio()))
        if pixmap is None or pixmap.isNull():
            draw_placeholder(painter, square, radius, c)
        else:
            draw_pixmap(painter, square, pixmap, radius)
        return left + side + Metrics.XS


class LineList(QListView):
    """Scrolls over any number of lines; only those in sight ask for pictures."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = LineModel(self)
        self.setModel(self._model)
        self.setItemDelegate(LineDelegate(thumbnails, self))
        self.setProperty("kind", "card")
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(tr("What would change"))
        thumbnails.face_loaded.connect(self.viewport().update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say so where there is nothing."""
        super().paintEvent(event)
        if not self._model.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(colors(QGuiApplication.palette()).muted))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, tr("Only named persons would change."))
            painter.end()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these."""
        self._model.show_lines(lines)


def fitting(faces: int, more: int, space: float, step: int) -> tuple[int, int]:
    """How many of the faces are shown in this space, and how many are told by a number that takes the place of one."""
    fit = max(0, int((space + Metrics.XS) // step))
    if faces <= fit and not more:
        return faces, 0
    shown = min(faces, max(1, fit - 1))
    return shown, faces - shown + more


def _draw_words(painter: QPainter, rect: QRect, line: Line, font: QFont, c: Colors) -> None:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    height = QFontMetrics(bold).height()
    whole = 2 * height + 2 if line.detail else height
    top = rect.top() + (rect.height() - whole) // 2
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    for words, face, color in ((tr(line.title), bold, c.text), (tr(line.detail), font, c.muted)):
        painter.setFont(face)
        painter.setPen(QColor(color))
        told = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(QRect(rect.left(), top, rect.width(), height), flags, told)
        top += height + 2
    painter.setFont(font)


def _draw_arrow(painter: QPainter, at: QPointF, c: Colors) -> None:
    painter.setPen(QPen(QColor(c.muted), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    way = -1 if QGuiApplication.isRightToLeft() else 1
    tip = QPointF(at.x() + 7 * way, at.y())
    painter.drawLine(QPointF(at.x() - 7 * way, at.y()), tip)
    painter.drawPolyline([QPointF(at.x() + 2.5 * way, at.y() - 4.5), tip, QPointF(at.x() + 2.5 * way, at.y() + 4.5)])
