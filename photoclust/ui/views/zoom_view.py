"""A photo that can be zoomed and dragged about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QNativeGestureEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QGestureEvent,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QPinchGesture,
    QWidget,
)

from photoclust.core.quality import JUDGED_AT
from photoclust.core.types import Box

_LARGEST_SCALE, _STEP = 16.0, 1.25
_LARGEST_FIT = 2.0
"""A small photo is not blown up further than this to fill the window."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class ZoomView(QGraphicsView):
    """Scene coordinates are upright pixels of the photo."""

    zoomed = Signal(float)
    """Device pixels per pixel of the photo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setScene(QGraphicsScene(0, 0, 1, 1, self))
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.scene().addItem(self._item)
        self._levels: list[QPixmap] = []
        self._fitted = True
        self._panned_from: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setMouseTracking(True)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)

    def set_photo(self, width: int, height: int) -> None:
        """Make room for another photo of this size in pixels, fitted into the window."""
        self._levels = []
        self._item.setPixmap(QPixmap())
        self.scene().setSceneRect(0, 0, max(1, width), max(1, height))
        self.fit()

    def set_images(self, images: Sequence[QImage] | Sequence[QPixmap]) -> None:
        """The photo itself: the same picture in falling sizes, whatever their sizes are."""
        self._levels = [i if isinstance(i, QPixmap) else QPixmap.fromImage(i) for i in images]
        self._pick_level()

    def part(self, box: Box, side: int = JUDGED_AT) -> QImage:
        """A part of the photo as it is at hand, no larger than shows it `side` pixels wide; null until the photo is there."""
        for level in reversed(self._levels):
            x, y = level.width() / self.sceneRect().width(), level.height() / self.sceneRect().height()
            place = QRectF(box.x * x, box.y * y, box.w * x, box.h * y).toRect() & level.rect()
            if min(place.width(), place.height()) >= side or x >= 1:
                return level.copy(place).toImage()
        return QImage()

    def zoom_in(self) -> None:
        """One step closer to what matters, or to the middle."""
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

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom by pinching, on a touch pad or a touch screen."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom_at(event.position(), self._scale() * max(0.1, 1 + event.value()))
            return True
        if isinstance(event, QGestureEvent) and isinstance(pinch := event.gesture(Qt.GestureType.PinchGesture), QPinchGesture):
            centre = self.viewport().mapFromGlobal(pinch.centerPoint())
            self._zoom_at(centre, self._scale() * pinch.scaleFactor())
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pan with Shift and the arrows; the window knows more keys."""
        if event.key() in _ARROWS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            across, down = _ARROWS[Qt.Key(event.key())]
            for bar, by in ((self.horizontalScrollBar(), across), (self.verticalScrollBar(), down)):
                bar.setValue(bar.value() + by * bar.pageStep() // 5)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The middle button pans wherever it is pressed, also where the left one does something else."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panned_from = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panned_from is None:
            super().mouseMoveEvent(event)
            return
        by, self._panned_from = event.position().toPoint() - self._panned_from, event.position().toPoint()
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - by.x())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() - by.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panned_from = None
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            super().mouseReleaseEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y() / 120
        if turn:
            self._zoom_at(event.position(), self._scale() * _STEP**turn)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self._set_scale(self._fitting_scale())

    def _centre_of_interest(self) -> QPointF:
        """The point of the viewport that zooming by keys leaves where it is."""
        return QRectF(self.viewport().rect()).center()

    def _scale(self) -> float:
        return self.transform().m11()

    def _fitting_scale(self) -> float:
        scene, view = self.sceneRect(), self.maximumViewportSize()
        return max(1e-3, min(view.width() / scene.width(), view.height() / scene.height(), _LARGEST_FIT))

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
