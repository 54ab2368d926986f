"""Hands and eyes of the tour: keys, clicks, drops, patience, pictures, and who everybody is in truth."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QColor, QDragEnterEvent, QDropEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QWidget

from photoclust.core.types import Person
from photoclust.demo.truth import Truth, load_truth, match_faces
from photoclust.library.library import Library
from photoclust.ui.libraries import Libraries
from photoclust.ui.main_window import MainWindow
from photoclust.ui.questions import Question
from photoclust.ui.views.photo_viewer import PhotoViewer

KEY, MOD, BUTTON = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton
SIZE = (1280, 800)
_PATIENCE = 280.0
"""Seconds; only where something is broken, or the machine is very busy, is anything waited for so long."""
Kind = TypeVar("Kind", bound=QWidget)


class Hands:
    """Works one program with its windows as somebody would, and pictures what is seen where there is a folder for it."""

    def __init__(self, libraries: Libraries, album: Path, work: Path, pictures: Path | None = None) -> None:
        self.libraries, self.album, self.work, self.pictures = libraries, album, work, pictures
        self.seen: list[str] = []
        self.truth: Truth = load_truth(album)

    @property
    def window(self) -> MainWindow:
        """The window that was opened last."""
        return self.libraries.open[-1].open[-1]

    @property
    def library(self) -> Library:
        """What it shows; for looking only."""
        return self.window.session.library

    def shot(self, name: str) -> None:
        """A picture of all that is on the screen, with its number."""
        self.seen.append(name)
        if self.pictures is None:
            return
        self.pictures_there()
        self.pictures.mkdir(parents=True, exist_ok=True)
        picture(self.window).save(str(self.pictures / f"{len(self.seen):02d}-{name}.png"))

    def pictures_there(self) -> None:
        """Let all pictures arrive that are shown."""
        self.rest()
        self.wait(lambda: self.libraries.open[-1].thumbnails.pending() == 0, "pictures did not come")
        self.rest()

    def wait(self, until: Callable[[], bool], otherwise: str) -> None:
        """Let the event loop run until something holds."""
        end = time.monotonic() + _PATIENCE
        while not until():
            assert time.monotonic() < end, otherwise
            QTest.qWait(20)

    def rest(self) -> None:
        """Let what was put off happen."""
        QTest.qWait(120)

    def calm(self) -> None:
        """Wait for the background, also for what begins by itself a moment later."""
        for _ in range(2):
            self.wait(lambda: not self.window.session.runner.busy, "the background does not end")
            QTest.qWait(700)

    def find(self, kind: type[Kind]) -> Kind:
        """The window or dialog of a kind that has just been opened."""
        found: list[Kind] = []

        def there() -> bool:
            found[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
            return bool(found)

        self.wait(there, f"there is no {kind.__name__}")
        self.rest()
        return found[-1]

    def activate(self) -> None:
        """Be the window that keys go to, as on a display."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow, "the window is not active")

    def press(self, widget: QWidget, name: str) -> None:
        """The key of an action."""
        self.activate()
        widget.setFocus()
        action: QAction = self.window.actions_[name]
        assert action.isEnabled(), f"{name} cannot be done now"
        keys = action.shortcut()[0]
        QTest.keyClick(widget, keys.key(), keys.keyboardModifiers())
        self.rest()

    def click(self, widget: QWidget) -> None:
        """The left button in the middle."""
        QTest.mouseClick(widget, BUTTON.LeftButton, MOD.NoModifier, widget.rect().center())
        self.rest()

    def type(self, text: str) -> None:
        """Keys into whatever has the focus."""
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit), f"{field} is no field"
        QTest.keyClicks(field, text)
        self.rest()

    def type_into(self, field: QLineEdit, text: str) -> None:
        """Keys into a field."""
        field.setFocus()
        QTest.keyClicks(field, text)
        self.rest()

    def enter(self) -> None:
        """Enter."""
        QTest.keyClick(QApplication.focusWidget() or self.window, KEY.Key_Return)
        self.rest()

    def answer_yes(self) -> None:
        """The first answer of a question, if one is asked."""
        for question in self.window.findChildren(Question):
            if question.isVisible():
                self.click(next(iter(question.buttons.values())))

    def drop_folder(self, folder: Path) -> None:
        """As from a file manager."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(folder))])
        at, copy = QPoint(*SIZE) / 2, Qt.DropAction.CopyAction
        QApplication.sendEvent(self.window, QDragEnterEvent(at, copy, data, BUTTON.LeftButton, MOD.NoModifier))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(at), copy, data, BUTTON.LeftButton, MOD.NoModifier))
        self.rest()

    def go_to_a_named_person(self) -> None:
        """The one with the most faces."""
        self.window.go_to(max((p for p in self.library.persons() if p.name), key=lambda p: p.face_count).id)
        self.window.centre.face_grid.setFocus()
        self.rest()

    def unnamed(self) -> list[Person]:
        """Persons without a name, the largest first."""
        return [p for p in self.library.persons() if not p.name]

    def named(self, person: int) -> str:
        """What somebody is called."""
        found = self.library.person(person)
        return found.name if found else ""

    def who(self, person: int) -> str:
        """Who somebody is in truth."""
        return self.true_person(self.library.face_ids(person_id=person))

    def share(self, person: int) -> float:
        """How much of a person is one person in truth."""
        names = [self.true_person((face,)) for face in self.library.face_ids(person_id=person)]
        return max(Counter(names).values()) / len(names)

    def true_person(self, faces: tuple[int, ...] | list[int]) -> str:
        """Who is mostly to be seen in faces; strangers are called so."""
        if not hasattr(self, "_true"):
            photos = {p.id: p.relpath for p in self.library.photos()}
            found: dict[str, list[tuple[int, tuple[float, float, float, float]]]] = {}
            for f in self.library.faces():
                found.setdefault(photos[f.photo_id], []).append((f.id, (f.box.x, f.box.y, f.box.w, f.box.h)))
            matched = match_faces(self.truth, {name: [(box, None) for _, box in boxes] for name, boxes in found.items()})
            self._true = {
                face: self.truth.names.get(who or "", who or "nobody")
                for name, boxes in found.items()
                for (face, _), who in zip(boxes, matched.persons[name], strict=True)
            }
        return Counter(self._true.get(face, "nobody") for face in faces).most_common(1)[0][0]


def picture(window: MainWindow) -> QPixmap:
    """The window with all that lies upon it: dialogs and menus where they are, other windows in the middle."""
    shown = window.grab()
    painter = QPainter(shown)
    for other in QApplication.topLevelWidgets():
        if other is window or not other.isVisible() or not isinstance(other, QDialog | QMenu | PhotoViewer):
            continue
        if isinstance(other, PhotoViewer):
            painter.end()
            return other.grab()
        if isinstance(other, QDialog):
            painter.fillRect(window.rect(), QColor(0, 0, 0, 70))
        at = QPoint((window.width() - other.width()) // 2, (window.height() - other.height()) // 2)
        if isinstance(other, QMenu):
            at = window.mapFromGlobal(other.pos())
        painter.drawPixmap(at, other.grab())
    painter.end()
    return shown
