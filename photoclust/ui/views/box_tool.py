"""A box that is being drawn, moved or resized on a photo, by mouse or by keys: geometry alone, in pixels of the photo."""

from __future__ import annotations

from itertools import product

from PySide6.QtCore import QPointF, QRectF, Qt

from photoclust.core.types import Box

Grip = tuple[int, int]
"""Which side of a box is held, (across, down): −1 the left or upper one, 1 the right or lower one, 0 neither; (0, 0) moves it."""

LEAST = 8.0
"""Pixels of a photo that a box is wide and high at least."""
_REACH = 7.0
_ROOMY = 56.0
"""Pixels of the screen from which on a side has a handle of its own."""
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class BoxTool:
    """At most one box is worked on at a time; `draft` is what it looks like now."""

    def __init__(self) -> None:
        self.armed = False
        """Whether the next drag draws a face."""
        self.draft: QRectF | None = None
        self.face_id: int | None = None
        """The face whose box it is; None for a new one."""
        self.dragged = False
        """Whether the mouse holds it."""
        self.shown = False
        """Whether the draft is to be seen: one that is merely offered to the keys is not, before one of them is pressed."""
        self._bounds = QRectF()
        self._before = QRectF()
        self._from = QPointF()
        self._grip: Grip = (0, 0)

    @property
    def by_keys(self) -> bool:
        """Whether a box is worked on that the mouse does not hold."""
        return self.draft is not None and not self.dragged

    def takes(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Whether a key is for the box that is worked on, whatever it does elsewhere."""
        keys = (*_KEYS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        return self.draft is not None and key in keys and modifiers in (Qt.KeyboardModifier.NoModifier, _SHIFT)

    def suggest(self, draft: QRectF, bounds: QRectF, face_id: int | None = None) -> None:
        """Begin with a box that keys change; a drag draws another one where it is no face's."""
        self.cancel()
        self.armed = face_id is None
        self.shown = not self.armed
        self.draft, self.face_id, self._bounds, self._before = _inside(draft, bounds), face_id, bounds, draft

    def press(self, at: QPointF, bounds: QRectF) -> None:
        """Begin a new box at a point."""
        self.draft, self.face_id, self.dragged, self.shown = QRectF(at, at), None, True, True
        self._bounds, self._before, self._from, self._grip = bounds, QRectF(at, at), at, (1, 1)

    def hold(self, face_id: int, box: QRectF, grip: Grip, at: QPointF, bounds: QRectF) -> None:
        """Begin to change the box of a face by one of its handles."""
        self.draft, self.face_id, self.dragged, self.armed = QRectF(box), face_id, True, False
        self.shown = True
        self._bounds, self._before, self._from, self._grip = bounds, QRectF(box), at, grip

    def drag(self, to: QPointF) -> None:
        """The mouse is here now."""
        by = to - self._from
        if self._grip == (0, 0):
            self.draft = _inside(self._before.translated(by), self._bounds)
        else:
            across, down = self._grip
            left, right = by.x() * (across < 0), by.x() * (across > 0)
            top, bottom = by.y() * (down < 0), by.y() * (down > 0)
            self.draft = self._before.adjusted(left, top, right, bottom).normalized().intersected(self._bounds)

    def key(self, key: int, step: float, *, resize: bool) -> bool:
        """An arrow key moves a box by `step`, or its right and lower sides; whether it was one."""
        if self.draft is None or key not in _KEYS:
            return False
        self.shown = True
        by = QPointF(*_KEYS[Qt.Key(key)]) * step
        if resize:
            grown = self.draft.adjusted(0, 0, by.x(), by.y())
            if min(grown.width(), grown.height()) >= LEAST:
                self.draft = grown.intersected(self._bounds)
        else:
            self.draft = _inside(self.draft.translated(by), self._bounds)
        return True

    def finish(self) -> tuple[int | None, Box] | None:
        """The face and the box as it was left; None where it is too small, or as it was."""
        draft, face_id, before = self.draft if self.shown else None, self.face_id, self._before
        self.cancel()
        if draft is None or min(draft.width(), draft.height()) < LEAST or (face_id is not None and draft == before):
            return None
        return face_id, Box(draft.x(), draft.y(), draft.width(), draft.height())

    def cancel(self) -> None:
        """Leave all as it was."""
        self.armed = self.dragged = self.shown = False
        self.draft = self.face_id = None


def handles(rect: QRectF) -> list[tuple[Grip, QPointF]]:
    """Where the handles of a box on the screen are: the corners, and the middles of sides that are long enough."""
    centre, half = rect.center(), QPointF(rect.width() / 2, rect.height() / 2)
    found: list[tuple[Grip, QPointF]] = []
    for across, down in product((-1, 0, 1), repeat=2):
        corner, roomy = across and down, rect.height() >= _ROOMY if across else rect.width() >= _ROOMY
        if corner or (roomy and (across or down)):
            found.append(((across, down), centre + QPointF(across * half.x(), down * half.y())))
    return found


def grip_at(rect: QRectF, at: QPointF) -> Grip | None:
    """What of a box on the screen is under the mouse: a handle, the inside, or nothing."""
    near = [(grip, place - at) for grip, place in handles(rect)]
    hit = [grip for grip, away in near if max(abs(away.x()), abs(away.y())) <= _REACH]
    if hit:
        return hit[0]
    return (0, 0) if rect.contains(at) else None


def cursor_of(grip: Grip) -> Qt.CursorShape:
    """How the mouse shows what it would do."""
    shapes = Qt.CursorShape
    if grip == (0, 0):
        return shapes.SizeAllCursor
    if 0 in grip:
        return shapes.SizeHorCursor if grip[0] else shapes.SizeVerCursor
    return shapes.SizeFDiagCursor if grip[0] == grip[1] else shapes.SizeBDiagCursor


def _inside(rect: QRectF, bounds: QRectF) -> QRectF:
    """A box of the same size, as far as it fits, moved into the photo."""
    rect = QRectF(rect.topLeft(), rect.size().boundedTo(bounds.size()))
    rect.moveLeft(min(max(rect.left(), bounds.left()), bounds.right() - rect.width()))
    rect.moveTop(min(max(rect.top(), bounds.top()), bounds.bottom() - rect.height()))
    return rect
