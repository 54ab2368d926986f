"""A photo with the boxes of its faces drawn over it: to choose, to change, and to draw the ones that were missed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from photoclust.ui.language import tr
from photoclust.ui.theme import colors
from photoclust.ui.views.box_tool import BoxTool, cursor_of, grip_at, handles
from photoclust.ui.views.face_marks import FaceMark, draw_draft, draw_frame, draw_handles, draw_hint, draw_name
from photoclust.ui.views.zoom_view import ZoomView

__all__ = ["UNKNOWN", "FaceMark", "PhotoCanvas"]

UNKNOWN = "?"
"""The name of a face that has none."""
_NUDGE = 8.0
"""Pixels of the screen that an arrow key moves a box by."""


class PhotoCanvas(ZoomView):
    """Scene coordinates are upright pixels of the photo, so that boxes need no conversion."""

    chosen = Signal(object)
    """The id of the face that was clicked, or None for a click beside all faces."""
    activated = Signal(int)
    """A face was double-clicked."""
    menu_requested = Signal(int, QPoint)
    """A face, or 0 for the photo, and a global position."""
    drawn = Signal(object)
    """The `Box` of a face that was drawn."""
    box_changed = Signal(int, object)
    """A face and its new `Box`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[FaceMark, ...] = ()
        self._hovered: int | None = None
        self._chosen: int | None = None
        self._names_shown = self._boxes_shown = True
        self._tool = BoxTool()
        self._pressed_at: QPoint | None = None
        self.setAccessibleName(tr("Photo"))

    @property
    def marks(self) -> tuple[FaceMark, ...]:
        """The faces that are drawn."""
        return self._marks

    def set_photo(self, width: int, height: int) -> None:
        """Make room for another photo of this size in pixels, fitted into the window."""
        self._marks, self._hovered, self._chosen = (), None, None
        self._tool.cancel()
        super().set_photo(width, height)

    def set_marks(self, marks: Sequence[FaceMark]) -> None:
        """The faces to draw."""
        self._marks = tuple(marks)
        names = [m.name for m in sorted(marks, key=lambda m: m.box.x) if m.named or m.faint]
        unknown = len(marks) - len(names)
        more = [tr("{n} without a name", n=unknown)] if unknown else []
        told = tr("Faces: {names}", names=", ".join(names + more)) if marks else tr("No faces")
        self.setAccessibleDescription(told)
        self.viewport().update()

    def choose(self, face_id: int | None) -> None:
        """Emphasise a face."""
        self._chosen = face_id
        self.viewport().update()

    def show_names(self, always: bool) -> None:
        """Show all names always, or only that of the face under the mouse and the chosen one."""
        self._names_shown = always
        self.viewport().update()

    def show_boxes(self, always: bool) -> None:
        """Mark all faces always, or only the one under the mouse and the chosen one."""
        self._boxes_shown = always
        self.viewport().update()

    def mark_face(self) -> None:
        """Let the next drag draw a face, or the arrow keys move a box and Enter take it."""
        view = self.mapToScene(self.viewport().rect()).boundingRect().intersected(self.sceneRect())
        side = max(1.0, min(view.width(), view.height()) / 4)
        draft = QRectF(0, 0, 0.8 * side, side)
        draft.moveCenter(view.center())
        self._begin(draft)

    def change_box(self) -> None:
        """Let the arrow keys move and resize the box of the chosen face; Enter takes it."""
        mark = self._chosen_mark()
        if mark is not None:
            self._begin(QRectF(mark.box.x, mark.box.y, mark.box.w, mark.box.h), mark.id)

    def box_on_screen(self, face_id: int) -> QRect | None:
        """Where a face is drawn, in pixels of the viewport."""
        mark = next((m for m in self._marks if m.id == face_id), None)
        return None if mark is None else self._rect(mark).toAlignedRect()

    def face_at(self, position: QPointF) -> int | None:
        """The face under a point of the viewport; of several the smallest."""
        hits = [m for m in self._marks if self._rect(m).adjusted(-3, -3, 3, 3).contains(position)]
        return min(hits, key=lambda m: m.box.area).id if hits else None

    def event(self, event: QEvent) -> bool:
        """While a box is worked on, the keys for that come here, whatever they do elsewhere."""
        if isinstance(event, QKeyEvent) and self._is_for_box(event):
            event.accept()
            return True
        return super().event(event)

    def _is_for_box(self, event: QKeyEvent) -> bool:
        return event.type() == QEvent.Type.ShortcutOverride and self._tool.takes(event.key(), event.modifiers())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in sorted(self._marks, key=lambda m: (m.id == self._chosen, m.id == self._hovered)):
            if mark.id != self._tool.face_id:
                self._draw(painter, mark)
        if self._tool.draft is not None:
            if self._tool.shown:
                draw_draft(painter, self.viewportTransform().mapRect(self._tool.draft), colors(self.palette()))
            if self._tool.by_keys:
                draw_hint(painter, self._hint(), self.font(), QRectF(self.viewport().rect()))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Work on a box, if there is one to be worked on."""
        if self._tool.draft is None:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._tool.cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_box()
        else:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tool.key(event.key(), max(1.0, _NUDGE / self._scale()), resize=shift)
        self._show_tool()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._pressed_at = event.position().toPoint()
        at, grip = self.mapToScene(self._pressed_at), self._grip_at(event.position())
        mark = self._chosen_mark()
        if self._tool.armed or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._tool.press(at, self.sceneRect())
        elif mark is not None and grip is not None:
            box = QRectF(mark.box.x, mark.box.y, mark.box.w, mark.box.h)
            self._tool.hold(mark.id, box, grip, at, self.sceneRect())
        else:
            self._tool.cancel()
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._tool.dragged and self._pressed_at is not None:
            if self._is_drag(event) or self._tool.face_id is None:
                self._tool.drag(self.mapToScene(event.position().toPoint()))
                self.viewport().update()
            return
        super().mouseMoveEvent(event)
        hovered = self.face_at(event.position())
        if not event.buttons():
            self.viewport().setCursor(self._cursor_at(event.position(), hovered))
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        left, is_drag = event.button() == Qt.MouseButton.LeftButton, self._is_drag(event)
        if self._tool.dragged and left:
            if is_drag:
                self._take_box()
            else:
                self._tool.cancel()
            self._show_tool()
        else:
            super().mouseReleaseEvent(event)
        if left and self._pressed_at is not None and not is_drag:
            self.chosen.emit(self.face_at(event.position()))
        if left:
            self._pressed_at = None

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
        self.menu_requested.emit(face_id or 0, event.globalPos())

    def _begin(self, draft: QRectF, face_id: int | None = None) -> None:
        self._tool.suggest(draft, self.sceneRect(), face_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_tool()

    def _take_box(self) -> None:
        done = self._tool.finish()
        if done is not None:
            face_id, box = done
            if face_id is None:
                self.drawn.emit(box)
            else:
                self.box_changed.emit(face_id, box)

    def _show_tool(self) -> None:
        shape = Qt.CursorShape.CrossCursor if self._tool.armed else Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def _hint(self) -> str:
        if not self._tool.shown:
            return tr("Drag a box around the face, or get one by an arrow key. Esc leaves.")
        return tr("Arrows move the box, Shift resizes it, Enter takes it, Esc leaves.")

    def _is_drag(self, event: QMouseEvent) -> bool:
        """Whether the mouse has gone so far from where it was pressed that it is no click."""
        if self._pressed_at is None:
            return False
        return (event.position().toPoint() - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()

    def _chosen_mark(self) -> FaceMark | None:
        """The chosen face, if its box may be changed."""
        return next((m for m in self._marks if m.id == self._chosen and not m.faint), None)

    def _grip_at(self, position: QPointF) -> tuple[int, int] | None:
        mark = self._chosen_mark()
        if mark is None or self._tool.armed:
            return None
        grip = grip_at(self._rect(mark), position)
        return None if grip == (0, 0) and self.face_at(position) != mark.id else grip  # a smaller face lies there

    def _cursor_at(self, position: QPointF, hovered: int | None) -> Qt.CursorShape:
        if self._tool.armed:
            return Qt.CursorShape.CrossCursor
        grip = self._grip_at(position)
        if grip is not None:
            return cursor_of(grip)
        return Qt.CursorShape.PointingHandCursor if hovered is not None else Qt.CursorShape.OpenHandCursor

    def _draw(self, painter: QPainter, mark: FaceMark) -> None:
        rect, c = self._rect(mark), colors(self.palette())
        chosen, hovered = mark.id == self._chosen, mark.id == self._hovered
        if not (self._boxes_shown or chosen or hovered):
            return
        draw_frame(painter, rect, mark, c, chosen=chosen, hovered=hovered)
        if chosen and not mark.faint:
            draw_handles(painter, [place for _, place in handles(rect)], c)
        if mark.name and (self._names_shown or chosen or hovered):
            draw_name(painter, rect, mark.name, self.font(), QRectF(self.viewport().rect()), c, chosen=chosen)

    def _rect(self, mark: FaceMark) -> QRectF:
        box = mark.box
        return QRectF(self.viewportTransform().mapRect(QRectF(box.x, box.y, box.w, box.h)))

    def _centre_of_interest(self) -> QPointF:
        chosen = next((self._rect(m) for m in self._marks if m.id == self._chosen), None)
        view = QRectF(self.viewport().rect())
        return chosen.center() if chosen is not None and view.contains(chosen.center()) else view.center()
