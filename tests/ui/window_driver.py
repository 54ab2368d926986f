"""Hands for the tests of the window: clicks, drags and answers as real events."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from photoclust.ui.main_window import MainWindow
from photoclust.ui.questions import Question

KEY, BUTTON, MOD = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier


def row_of(view: QAbstractItemView, item_id: int) -> QPoint:
    """The middle of an item, in viewport coordinates."""
    return view.visualRect(view.model().index_of(item_id)).center()  # type: ignore[attr-defined]


def click(view: QAbstractItemView, item_id: int, modifiers: Qt.KeyboardModifier = MOD.NoModifier) -> None:
    QTest.mouseClick(view.viewport(), BUTTON.LeftButton, modifiers, row_of(view, item_id))


def drop(target: QWidget, at: QPoint, data: QMimeData) -> bool:
    """Deliver a whole drag to a widget and handle what it put off; says whether the drop was accepted."""
    actions = Qt.DropAction.CopyAction
    QApplication.sendEvent(target, QDragEnterEvent(at, actions, data, BUTTON.LeftButton, MOD.NoModifier))
    QApplication.sendEvent(target, QDragMoveEvent(at, actions, data, BUTTON.LeftButton, MOD.NoModifier))
    event = QDropEvent(QPointF(at), actions, data, BUTTON.LeftButton, MOD.NoModifier)
    QApplication.sendEvent(target, event)
    accepted = event.isAccepted()
    QApplication.sendPostedEvents()
    QTest.qWait(0)
    return accepted


def selected_faces(window: MainWindow, *face_ids: int) -> QMimeData:
    """What would be dragged after clicking these faces."""
    grid = window.centre.face_grid
    for position, face_id in enumerate(face_ids):
        click(grid, face_id, MOD.ControlModifier if position else MOD.NoModifier)
    assert set(grid.selected_ids()) == set(face_ids)
    return grid.model().mimeData(grid.selectedIndexes())  # type: ignore[attr-defined]


def question(window: MainWindow) -> Question:
    asked = [q for q in window.findChildren(Question) if q.isVisible()]
    assert len(asked) == 1
    return asked[0]


def answer(window: MainWindow, text: str) -> None:
    QTest.mouseClick(question(window).buttons[text], BUTTON.LeftButton)


def owner(window: MainWindow, face_id: int) -> int | None:
    face = window.session.library.face(face_id)
    assert face is not None
    return face.person_id
