"""A photo that can be zoomed and dragged about, with the boxes of its faces drawn over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QWidget

from photoclust.core.types import Box
from photoclust.ui.theme import colors

_LARGEST_SCALE, _STEP = 16.0, 1.25
UNKNOWN = "?"
"""The name of a face that has none."""
_LARGEST_FIT = 2.0
"""A small photo is not blown up further than this to fill the window."""


@dataclass(frozen=True, slots=True)
class FaceMark:
    """What is drawn for one face; `faint` for those that are put aside."""

    id: int
    box: Box
    name: str
    faint: bool = False


class PhotoCanvas(QGraphicsView):
    """Scene coordinates are upright pixels of the photo, so that boxes need no conversion."""

    chosen = Signal(object)
    """The id of the face that was clicked, or None for a click beside all faces."""
    activated = Signal(int)
    """A face was double-clicked."""
    menu_requested = Signal(int, QPoint)
    """A face and a global position."""
    zoomed = Signal(float)
    """Device pixels per pixel of the photo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setScene(QGraphicsScene(0, 0, 1, 1, self))
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.scene().addItem(self._item)
        self._levels: list[QPixmap] = []
        self._marks: tuple[FaceMark, ...] = ()
        self._hovered: int | None = None
        self._chosen: int | None = None
        self._names_shown = True
        self._fitted = True
        self._pressed_at: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setMouseTracking(True)
        self.setAccessibleName("Photo")

    @property
    def marks(self) -> tuple[FaceMark, ...]:
        """The faces that are drawn."""
        return self._marks

    def set_photo(self, width: int, height: int) -> None:
        """Make room for another photo of this size in pixels, fitted into the window."""
        self._levels = []
        self._item.setPixmap(QPixmap())
        self._marks, self._hovered, self._chosen = (), None, None
        self.scene().setSceneRect(0, 0, max(1, width), max(1, height))
        self.fit()

    def set_images(self, images: Sequence[QImage] | Sequence[QPixmap]) -> None:
        """The photo itself: the same picture in falling sizes, whatever their sizes are."""
        self._levels = [i if isinstance(i, QPixmap) else QPixmap.fromImage(i) for i in images]
        self._pick_level()

    def set_marks(self, marks: Sequence[FaceMark]) -> None:
        """The faces to draw."""
        self._marks = tuple(marks)
        names = [m.name for m in sorted(marks, key=lambda m: m.box.x) if m.name != UNKNOWN]
        unknown = len(marks) - len(names)
        more = [f"{unknown} without a name"] if unknown else []
        self.setAccessibleDescription("Faces: " + ", ".join(names + more) if marks else "No faces")
        self.viewport().update()

    def choose(self, face_id: int | None) -> None:
        """Emphasise a face."""
        self._chosen = face_id
        self.viewport().update()

    def show_names(self, always: bool) -> None:
        """Show all names always, or only that of the face under the mouse and the chosen one."""
        self._names_shown = always
        self.viewport().update()

    def box_on_screen(self, face_id: int) -> QRect | None:
        """Where a face is drawn, in pixels of the viewport."""
        mark = next((m for m in self._marks if m.id == face_id), None)
        return None if mark is None else self._rect(mark).toAlignedRect()

    def zoom_in(self) -> None:
        """One step closer to the chosen face, or to the middle."""
        self._zoom_at(self._centre_of_interest(), self._scale() * _STEP)

    def zoom_out(self) -> None:
        """One step back."""
        self._zoom_at(self._centre_of_interest(), self._scale() / _STEP)

    def fit(self) -> None:
        """Show the whole photo, now and when the window changes its size."""
        self._fitted = True
        self._set_scale(self._fitting_scale())

    def actual_size(self) -> None:
        """One pixel of the photo for one of the screen."""
        self._zoom_at(self._centre_of_interest(), 1.0 / self.devicePixelRatioF())

    def face_at(self, position: QPointF) -> int | None:
        """The face under a point of the viewport; of several the smallest."""
        hits = [m for m in self._marks if self._rect(m).adjusted(-3, -3, 3, 3).contains(position)]
        return min(hits, key=lambda m: m.box.area).id if hits else None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in sorted(self._marks, key=lambda m: (m.id == self._chosen, m.id == self._hovered)):
            self._draw(painter, mark)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y() / 120
        if turn:
            self._zoom_at(event.position(), self._scale() * _STEP**turn)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self._set_scale(self._fitting_scale())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hovered = self.face_at(event.position())
        if not event.buttons():
            shape = Qt.CursorShape.PointingHandCursor if hovered is not None else Qt.CursorShape.OpenHandCursor
            self.viewport().setCursor(shape)
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed_at = self._pressed_at, None
        if event.button() != Qt.MouseButton.LeftButton or pressed is None:
            return
        if (event.position().toPoint() - pressed).manhattanLength() < QApplication.startDragDistance():
            self.chosen.emit(self.face_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        face_id = self.face_at(event.position())
        if face_id is not None:
            self.activated.emit(face_id)
        elif self._fitted:
            self.actual_size()
        else:
            self.fit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        face_id = self._chosen
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            face_id = self.face_at(QPointF(event.pos()))
        if face_id is not None:
            self.menu_requested.emit(face_id, event.globalPos())

    def _draw(self, painter: QPainter, mark: FaceMark) -> None:
        rect, c = self._rect(mark), colors(self.palette())
        chosen, hovered = mark.id == self._chosen, mark.id == self._hovered
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 110), 5.0 if chosen else 3.0))
        painter.drawRoundedRect(rect, 5, 5)
        line = QColor(c.accent) if chosen else QColor(255, 255, 255, 110 if mark.faint and not hovered else 225)
        style = Qt.PenStyle.DashLine if mark.faint else Qt.PenStyle.SolidLine
        painter.setPen(QPen(line, 3.0 if chosen else 1.5, style))
        painter.drawRoundedRect(rect, 5, 5)
        if mark.name and (self._names_shown or chosen or hovered):
            self._draw_name(painter, rect, mark.name, QColor(c.accent) if chosen else QColor(20, 22, 26, 190),
                            QColor(c.on_accent) if chosen else QColor("white"))  # fmt: skip

    def _draw_name(self, painter: QPainter, rect: QRectF, name: str, ground: QColor, ink: QColor) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, 200)
        chip = QRectF(0, 0, metrics.horizontalAdvance(text) + 14, metrics.height() + 6)
        chip.moveCenter(QPointF(rect.center().x(), rect.bottom() + 5 + chip.height() / 2))
        view = QRectF(self.viewport().rect())
        if chip.bottom() > view.bottom():
            chip.moveBottom(rect.top() - 5 if rect.top() - 5 - chip.height() > 0 else view.bottom() - 2)
        chip.moveLeft(max(2.0, min(chip.left(), view.right() - chip.width() - 2)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(chip, 5, 5)
        painter.setPen(ink)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)

    def _rect(self, mark: FaceMark) -> QRectF:
        box = mark.box
        return QRectF(self.viewportTransform().mapRect(QRectF(box.x, box.y, box.w, box.h)))

    def _scale(self) -> float:
        return self.transform().m11()

    def _fitting_scale(self) -> float:
        scene, view = self.sceneRect(), self.maximumViewportSize()
        return max(1e-3, min(view.width() / scene.width(), view.height() / scene.height(), _LARGEST_FIT))

    def _centre_of_interest(self) -> QPointF:
        chosen = next((self._rect(m) for m in self._marks if m.id == self._chosen), None)
        view = QRectF(self.viewport().rect())
        return chosen.center() if chosen is not None and view.contains(chosen.center()) else view.center()

    def _zoom_at(self, position: QPointF, scale: float) -> None:
        """Zoom so that what is at this point of the viewport stays there, as far as the edges of the photo allow."""
        inverted, _ = self.viewportTransform().inverted()
        held = inverted.map(position)
        self._fitted = False
        self._set_scale(min(max(scale, min(self._fitting_scale(), 0.1)), _LARGEST_SCALE))
        moved = self.viewportTransform().map(held) - position
        for bar, by in ((self.horizontalScrollBar(), moved.x()), (self.verticalScrollBar(), moved.y())):
            bar.setValue(bar.value() + round(by))

    def _set_scale(self, scale: float) -> None:
        factor = scale / self._scale()
        self.scale(factor, factor)
        self._pick_level()
        self.zoomed.emit(self._scale() * self.devicePixelRatioF())

    def _pick_level(self) -> None:
        """Draw from the smallest picture that has a pixel for each on the screen: scaling down further would flicker."""
        if not self._levels:
            return
        needed = self.sceneRect().width() * self._scale() * self.devicePixelRatioF()
        level = next((p for p in reversed(self._levels) if p.width() >= needed), self._levels[0])
        if level.width() and self._item.pixmap().cacheKey() != level.cacheKey():
            self._item.setPixmap(level)
            self._item.setScale(self.sceneRect().width() / level.width())
