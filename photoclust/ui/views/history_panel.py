"""Everything that was done, at the right of the window; a click goes back to that moment, or forth."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photoclust.ui.language import tr
from photoclust.ui.models.history_model import NOTED_ROLE, HistoryModel, when
from photoclust.ui.theme import Metrics, colors, icon

Index = QModelIndex | QPersistentModelIndex


class HistoryPanel(QFrame):
    """Reads the history only while it is shown."""

    wanted = Signal(int)
    """Go to the moment after this edit; 0 is the beginning."""
    closed = Signal()

    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "side")
        self._model = model
        heading = QLabel(tr("History"))
        heading.setProperty("kind", "heading")
        close = QToolButton()
        close.setIcon(icon("cancel"))
        close.setToolTip(tr("Close the history"))
        close.setAccessibleName(tr("Close the history"))
        close.clicked.connect(self.closed)
        self.list = _HistoryList()
        self.list.setModel(model)
        self.list.setItemDelegate(_HistoryDelegate(self.list))
        self.list.setAccessibleName(tr("History"))
        self.list.chosen.connect(self._on_chosen)
        top = QHBoxLayout()
        top.setContentsMargins(Metrics.L, 0, Metrics.S, 0)
        top.addWidget(heading, 1)
        top.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Metrics.M, 0, Metrics.S)
        layout.setSpacing(Metrics.S)
        layout.addLayout(top)
        layout.addWidget(self.list, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what has been done meanwhile."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what has been done, with the moment that is now in sight."""
        if self.isVisible():
            self._model.refresh()
            here = self._model.index(self._model.here)
            self.list.setCurrentIndex(here)
            self.list.scrollTo(here)

    def _on_chosen(self, row: int) -> None:
        self.wanted.emit(self._model.noted(row).id)


class _HistoryList(QListView):
    """A click or Enter chooses a row; the keys move to one without choosing it."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListView { background: transparent; }")
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class _HistoryDelegate(QStyledItemDelegate):
    """The text over the time; a bar beside the moment that is now, and grey slanted letters for what is undone."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, 2 * option.fontMetrics.height() + 2 * Metrics.S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = colors(QGuiApplication.palette())
        noted, model = index.data(NOTED_ROLE), index.model()
        assert isinstance(model, HistoryModel)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(Metrics.S, 1, -Metrics.S, -1)
        state = QStyle.StateFlag
        if option.state & (state.State_Selected | state.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft if option.state & state.State_Selected else c.hover))
            painter.drawRoundedRect(rect, Metrics.RADIUS, Metrics.RADIUS)
        if index.row() == model.here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent))
            painter.drawRoundedRect(QRect(rect.left() + 1, rect.top() + 6, 3, rect.height() - 12), 1.5, 1.5)
        words = rect.adjusted(Metrics.M, Metrics.XS, -Metrics.S, -Metrics.XS)
        line = words.height() // 2
        font = QFont(option.font)
        font.setItalic(noted.undone)
        painter.setFont(font)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        at = when(noted.at) if noted.id else ""
        told = f"{at} · {tr('undone')}" if noted.undone else at
        text = QRect(words.left(), words.top() if told else words.top() + line // 2, words.width(), line)
        painter.setPen(QColor(c.muted if noted.undone else c.text))
        painter.drawText(text, align, painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, text.width()))
        painter.setFont(option.font)
        painter.setPen(QColor(c.muted))
        painter.drawText(QRect(words.left(), words.top() + line, words.width(), line), align, told)
        painter.restore()
