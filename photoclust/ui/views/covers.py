"""Persons side by side, as large round covers with names: to see whether they are one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from photoclust.core.types import Person
from photoclust.ui.language import tr
from photoclust.ui.models.places import person_name
from photoclust.ui.theme import Metrics, colors
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.side_delegates import draw_cover

_SIDE, _WIDTH, _MOST = 120, 144, 3


class Covers(QWidget):
    """The first few of them."""

    def __init__(self, persons: Sequence[Person], thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._persons = persons[:_MOST]
        self._thumbnails = thumbnails
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(f"{person_name(p)}, {tr('{n} faces', n=p.face_count)}" for p in persons))
        thumbnails.face_loaded.connect(self._repaint)

    def sizeHint(self) -> QSize:
        """Room for all, with two lines below."""
        return QSize(len(self._persons) * _WIDTH, _SIDE + Metrics.S + 2 * (self.fontMetrics().height() + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Covers in the middle, a name and a number below each."""
        c = colors(QGuiApplication.palette())
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        left = (self.width() - len(self._persons) * _WIDTH) / 2
        line = self.fontMetrics().height() + 2
        for person in self._persons:
            draw_cover(painter, QRectF(left + (_WIDTH - _SIDE) / 2, 0, _SIDE, _SIDE), person, self._thumbnails, c)
            words = ((person_name(person), c.text), (tr("{n} faces", n=person.face_count), c.muted))
            for k, (text, color) in enumerate(words):
                painter.setPen(QColor(color))
                told = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, _WIDTH - Metrics.S)
                room = QRectF(left, _SIDE + Metrics.S + k * line, _WIDTH, line)
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, told)
            left += _WIDTH
        painter.end()

    @Slot()
    def _repaint(self) -> None:
        self.update()
