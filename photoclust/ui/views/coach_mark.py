"""A veil over the window with a hole in it, and a card beside the hole that says what is there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from photoclust.ui.language import tr
from photoclust.ui.theme import Metrics, colors

_WIDTH = 340


class CoachMark(QWidget):
    """Lies over a whole window and takes its keys: Enter, Space and the arrow keys lead on, Escape ends it."""

    next_wanted = Signal()
    back_wanted = Signal()
    skipped = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._hole = QRect()
        self._target: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card = QFrame(self)
        self.card.setObjectName("coach")
        self.card.setFixedWidth(_WIDTH)
        self.title = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.title.setProperty("kind", "heading")
        self.text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.count = QLabel()
        self.count.setProperty("kind", "muted")
        self.skip = QPushButton(tr("Skip"))
        self.skip.setToolTip(tr("End the tour (Esc)"))
        self.skip.clicked.connect(self.skipped)
        self.next = QPushButton()
        self.next.setProperty("kind", "primary")
        self.next.clicked.connect(self.next_wanted)
        for button in (self.skip, self.next):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the veil's
        row = QHBoxLayout()
        row.setSpacing(Metrics.S)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.skip)
        row.addWidget(self.next)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(Metrics.L, Metrics.L, Metrics.L, Metrics.M)
        column.setSpacing(Metrics.S)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(Metrics.XS)
        column.addLayout(row)
        window.installEventFilter(self)
        self.hide()

    def point_at(self, target: QWidget, title: str, text: str, number: int, of: int) -> None:
        """Show where something is, and say what it is for."""
        self._target = target
        self.title.setText(title)
        self.text.setText(text)
        self.count.setText(tr("{number} of {total}", number=number, total=of))
        self.next.setText(tr("Done") if number == of else tr("Next"))
        self.skip.setVisible(number < of)
        self.setAccessibleName(f"{title}. {text}")
        self.show()
        self._place()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Wear the colours of now."""
        super().showEvent(event)
        c = colors(QGuiApplication.palette())
        self.card.setStyleSheet(
            f"QFrame#coach {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: {Metrics.RADIUS + 4}px; }}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead on, back, or out; no other key does anything below the veil."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.skipped.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space | Qt.Key.Key_Right:
                self.next_wanted.emit()
            case Qt.Key.Key_Left:
                self.back_wanted.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere leads on."""
        self.next_wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken everything but what is pointed at."""
        c = colors(QGuiApplication.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hole = QPainterPath()
        hole.addRoundedRect(QRectF(self._hole), Metrics.RADIUS + 2, Metrics.RADIUS + 2)
        veil = QPainterPath()
        veil.addRect(QRectF(self.rect()))
        painter.fillPath(veil - hole, QColor(0, 0, 0, 110))
        painter.setPen(QPen(QColor(c.accent), 2))
        painter.drawPath(hole)

    def _place(self) -> None:
        window, target = self.parentWidget(), self._target
        if window is None or target is None:
            return
        self.setGeometry(window.rect())
        inside = self.rect().adjusted(Metrics.S, Metrics.S, -Metrics.S, -Metrics.S)
        at = target.mapTo(window, QPoint(0, 0)) if window.isAncestorOf(target) else QPoint(0, 0)
        m = Metrics.XS
        self._hole = QRect(at, target.size()).adjusted(-m, -m, m, m).intersected(self.rect().adjusted(2, 2, -2, -2))
        self.card.setFixedHeight(self.card.layout().totalHeightForWidth(_WIDTH))  # type: ignore[union-attr]
        self.card.move(self._beside(inside))
        self.update()

    def _beside(self, inside: QRect) -> QPoint:
        """Where the card hides nothing of what is pointed at: beside, below or above it, else in its corner."""
        hole, gap = self._hole, Metrics.M
        size = self.card.size()
        places = [
            QPoint(hole.right() + gap, hole.top()),
            QPoint(hole.left() - gap - size.width(), hole.top()),
            QPoint(hole.left(), hole.bottom() + gap),
            QPoint(hole.left(), hole.top() - gap - size.height()),
            QPoint(hole.right() - gap - size.width(), hole.bottom() - gap - size.height()),
        ]
        for place in places[:-1]:
            x = min(max(place.x(), inside.left()), inside.right() - size.width())
            y = min(max(place.y(), inside.top()), inside.bottom() - size.height())
            if not QRect(QPoint(x, y), size).intersects(hole):
                return QPoint(x, y)
        return places[-1]
