"""A field over the photo in which a face gets its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QWidget

from photoclust.ui.language import tr
from photoclust.ui.views.name_edit import NameEdit

_WIDTH, _GAP = 280, 3


class NameField(NameEdit):
    """Appears below a face; Enter gives the name, Escape or a click elsewhere leaves all as it was."""

    named = Signal(int, str)
    """The face and its name, not empty."""
    agreed = Signal(int)
    """The face is whom it was suggested to be."""
    left = Signal()
    """Closed, with or without a name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__((), parent)
        self._ground = parent
        self._face_id = 0
        self._suggested = False
        self._cover: QAction | None = None
        self.setPlaceholderText(tr("Who is this?"))
        self.setAccessibleName(tr("Name of this face"))
        self.taken.connect(self._commit)
        self.hide()

    def ask(self, face_id: int, name: str, known: Sequence[str], place: QRect) -> None:
        """Ask for the name of the face that is drawn at `place` of the parent, with the known names to complete from."""
        self._face_id = face_id
        self._suggested = False
        self.setPlaceholderText(tr("Who is this?"))
        if self._cover is not None:
            self.removeAction(self._cover)
            self._cover = None
        self.setText(name)
        self.offer(known)
        self.selectAll()
        field = QRect(0, 0, _WIDTH, self.sizeHint().height())
        field.moveCenter(place.center())
        field.moveTop(place.bottom() + _GAP)
        room = self._ground.rect().adjusted(_GAP, _GAP, -_GAP, -_GAP)
        field.moveTop(max(room.top(), min(field.top(), room.bottom() - field.height())))
        field.moveLeft(max(room.left(), min(field.left(), room.right() - field.width())))
        self.setGeometry(field)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def suggest(self, face_id: int, sentence: str) -> None:
        """Show in the field of a face whom it may be, as a question that an Enter without a name says yes to."""
        if self.isVisible() and face_id == self._face_id:
            self._suggested = True
            self.setPlaceholderText(sentence)
            self.setAccessibleDescription(sentence)

    def show_cover(self, cover: QIcon) -> None:
        """Show the face of whom it may be."""
        if self._cover is None:
            self._cover = self.addAction(cover, self.ActionPosition.LeadingPosition)

    def leave(self) -> None:
        """Close without a name."""
        if self.isVisible():
            self._face_id = 0
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.leave()

    def _commit(self, name: str) -> None:
        face_id, suggested = self._face_id, self._suggested
        self.leave()
        if face_id and name:
            self.named.emit(face_id, name)
        elif face_id and suggested:
            self.agreed.emit(face_id)
