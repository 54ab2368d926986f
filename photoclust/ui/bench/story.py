"""Hands and eyes on a large library: scrolling, and every verb by its key, as real events in a window without a display.

`python -m photoclust.ui.bench.story LIBRARY TIMES` is a process of its own, prints JSON, and changes the library.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit

from photoclust.bench.memory import peak_mb
from photoclust.ui.bench.watch import Took, Watch
from photoclust.ui.main_window import MainWindow
from photoclust.ui.models.places import Shelf
from photoclust.ui.windows import Windows

KEY, MOD, BUTTON = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton
CALM, MAKING, ASKING = "pictures there", "pictures made meanwhile", "questions looked for meanwhile"
"""What else goes on while the grid is scrolled."""
_FRAMES = 150
_WAIT = 300.0


@dataclass
class Seen:
    """What one story took."""

    frames: dict[str, list[Took]] = field(default_factory=dict)
    """Every frame, by what else went on."""
    verbs: dict[str, list[Took]] = field(default_factory=dict)
    blocks: dict[str, float] = field(default_factory=dict)
    """The longest time in which no event could be heard, by what went on."""
    questions: int = 0
    questions_seconds: float = 0.0
    first_mb: float = 0.0
    """The most held until the window stood and had been scrolled, before questions were looked for."""
    peak_mb: float = 0.0
    torch: bool = False
    """Whether torch was imported before questions were looked for."""


class Story:
    """Does everything to one window, and keeps what it took."""

    def __init__(self, windows: Windows, window: MainWindow, times: int) -> None:
        self.windows, self.window, self.times = windows, window, times
        self.library = window.session.library
        self.grid = window.centre.face_grid
        self.list = window.side.person_list
        self.watch = Watch((self.grid.viewport(), self.list.viewport(), window.centre.header), windows.thumbnails.face_loaded)
        self.seen = Seen()

    def tell(self) -> Seen:
        """Scroll, look for questions while scrolling, then do every verb so many times."""
        seen, reviewing = self.seen, self.window.session.reviewing
        self.rest("window opens", lambda: False, 0.5)
        self.scroll(MAKING)
        self.scroll(CALM)
        seen.first_mb, seen.torch = peak_mb(), "torch" in sys.modules
        started = time.perf_counter()
        self.windows.start()
        self.scroll(ASKING)
        self.rest("questions are looked for", lambda: reviewing.left is not None, _WAIT)
        seen.questions, seen.questions_seconds = reviewing.left or 0, time.perf_counter() - started
        for verb in (self.confirm, self.ignore, self.not_a_face, self.take_out, self.split, self.rename, self.move, self.merge,
                     self.undo, self.redo):  # fmt: skip
            for number in range(self.times):
                verb(number)
        self.rest("afterwards", lambda: False, 0.5)
        seen.peak_mb = peak_mb()
        return seen

    def scroll(self, when: str) -> None:
        """Turn the wheel over a grid of all faces; a frame is the event and painting the whole grid."""
        self.window.go_to(Shelf.EVERYTHING)
        self.window.actions_["faces"].trigger()
        port, bar = self.grid.viewport(), self.grid.verticalScrollBar()
        self.rest(f"showing all faces, {when}", lambda: not self.window.centre.faces.loading, 60.0)
        bar.setValue(0)
        image = QImage(port.size(), QImage.Format.Format_RGB32)
        frames = self.seen.frames.setdefault(when, [])
        for _ in range(_FRAMES):
            wall, cpu = time.perf_counter(), time.thread_time()
            _turn(self.grid)
            port.render(image)
            wall, cpu = time.perf_counter() - wall, time.thread_time() - cpu
            frames.append(Took(1e3 * wall, 1e3 * cpu, 1e3 * wall))
            self.rest(f"scrolling, {when}", lambda: False, 0.008)
        self._block(f"scrolling, {when}", max(frame.ms for frame in frames))
        if not bar.value():
            raise RuntimeError("The grid did not scroll.")

    def confirm(self, number: int) -> None:
        """Return on a face of somebody."""
        self.on_a_face("confirm", number)

    def ignore(self, number: int) -> None:
        """I on a face."""
        self.on_a_face("ignore", number)

    def not_a_face(self, number: int) -> None:
        """Shift+Delete on a face."""
        self.on_a_face("not_a_face", number)

    def take_out(self, number: int) -> None:
        """Delete on a face: not this person."""
        self.on_a_face("take_out", number)

    def split(self, number: int) -> None:
        """X on a face: a new person."""
        self.on_a_face("split", number)

    def on_a_face(self, name: str, number: int) -> None:
        """An action's key while a face is selected."""
        self.visit(self.somebody(number, named=number % 2 == 0))
        self.pick_a_face()
        self.edit(name, lambda: self.press(self.grid, name))

    def rename(self, number: int) -> None:
        """F2, a name, Enter."""
        self.visit(self.somebody(number, named=False))
        self.act("rename: the field", lambda: self.press(self.window, "rename"))
        self.type(f"Xenia {_letters(number)}")
        self.edit("rename", self.enter)

    def move(self, number: int) -> None:
        """M on a face, somebody's name, Enter."""
        target = self.library.person(self.somebody(number, named=True))
        self.visit(self.somebody(number, named=False))
        self.pick_a_face()
        self.press(self.grid, "move")
        self.rest("choosing whom to move to", lambda: QApplication.activeModalWidget() is not None, 5.0)
        if picker := QApplication.activeModalWidget():
            picker.activateWindow()  # a display does that itself
        self.rest("choosing whom to move to", lambda: isinstance(QApplication.focusWidget(), QLineEdit), 5.0)
        self.type(target.name if target else "")
        self.edit("move", self.enter)

    def merge(self, number: int) -> None:
        """M on two persons in the list."""
        first, second = (self.somebody(2 * number + k, named=False) for k in (0, 1))
        self.visit(first)
        self.list.setFocus()
        index = self.window.persons.index_of(second)
        self.list.scrollTo(index)
        at = self.list.visualRect(index).center()
        QTest.mouseClick(self.list.viewport(), BUTTON.LeftButton, MOD.ControlModifier, at)
        self.settle()
        self.edit("merge", lambda: self.press(self.list, "merge"))

    def undo(self, number: int) -> None:
        """Ctrl+Z."""
        self.edit("undo", lambda: self.press(self.window, "undo"))

    def redo(self, number: int) -> None:
        """Ctrl+Shift+Z."""
        self.edit("redo", lambda: self.press(self.window, "redo"))

    def edit(self, name: str, act: Callable[[], object]) -> None:
        """Time what must change the library."""
        before = self.library.undo_text(), self.library.redo_text(), self.library.counts(), len(self.library.links())
        self.act(name, act)
        after = self.library.undo_text(), self.library.redo_text(), self.library.counts(), len(self.library.links())
        if before == after and name != "confirm":
            raise RuntimeError(f"{name} changed nothing.")

    def act(self, name: str, act: Callable[[], object]) -> None:
        """Time what is to be painted."""
        took = self.watch.time(act)
        if took is None:
            raise RuntimeError(f"After “{name}” nothing was painted; {QApplication.focusWidget()} has the focus.")
        self.seen.verbs.setdefault(name, []).append(took)
        self._block(name, took.block_ms)
        self.rest(f"after {name}", lambda: False, 0.05)

    def rest(self, name: str, until: Callable[[], bool], at_most: float) -> None:
        """Let the event loop run."""
        self._block(name, self.watch.rest(until, at_most))

    def settle(self) -> None:
        """Let all pictures arrive that are shown."""
        self.watch.rest(lambda: False, 0.02)
        self.watch.rest(lambda: self.windows.thumbnails.pending() == 0, 20.0)

    def visit(self, person: int) -> None:
        """Show a person, and wait for the pictures."""
        self.window.activateWindow()  # a display does that when a dialog closes
        self.watch.rest(self.window.isActiveWindow, 5.0)
        if self.window.place != person:
            self.act("show a person", lambda: self.window.go_to(person))
        self.settle()

    def somebody(self, number: int, *, named: bool) -> int:
        """Always another person of more than a few faces."""
        fits = [p.id for p in self.window.persons.persons()[:1500] if bool(p.name) == named and p.face_count > 5]
        return fits[(7 * number + 3) % len(fits)]

    def pick_a_face(self) -> None:
        """Click the second face."""
        face = self.grid.model().ids[1]  # type: ignore[attr-defined]
        at = self.grid.visualRect(self.grid.model().index_of(face)).center()  # type: ignore[attr-defined]
        self.grid.setFocus()
        QTest.mouseClick(self.grid.viewport(), BUTTON.LeftButton, MOD.NoModifier, at)
        self.settle()
        if self.grid.selected_ids() != [face]:
            raise RuntimeError("A click did not select a face.")

    def press(self, widget: QAbstractItemView | MainWindow, name: str) -> None:
        """The key of an action."""
        keys = self.window.actions_[name].shortcut()[0]  # type: ignore[index]  # the stubs do not know
        QTest.keyClick(widget, keys.key(), keys.keyboardModifiers())

    def type(self, text: str) -> None:
        """Keys into the field that has the focus."""
        field = QApplication.focusWidget() or self.window
        for letter in text:
            began = time.perf_counter()
            QTest.keyClicks(field, letter)
            self._block("typing a name", 1e3 * (time.perf_counter() - began))
            self.rest("typing a name", lambda: False, 0.005)

    def enter(self) -> None:
        """Enter where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, KEY.Key_Return)

    def _block(self, name: str, ms: float) -> None:
        self.seen.blocks[name] = max(ms, self.seen.blocks.get(name, 0.0))


def _turn(grid: QAbstractItemView) -> None:
    """One notch of a wheel."""
    port = grid.viewport()
    at = QPointF(port.rect().center())
    event = QWheelEvent(
        at, QPointF(port.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, -120), BUTTON.NoButton, MOD.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(port, event)


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03d}")


@contextmanager
def _window(library: Path) -> Iterator[tuple[Windows, MainWindow]]:
    from photoclust.ui.app import application, without_platform_chatter
    from photoclust.ui.theme import apply_theme

    app = application("light")
    with without_platform_chatter():
        windows = Windows(library, lambda scheme: apply_theme(app, scheme))
        window = windows.new()
        window.activateWindow()
        yield windows, window
        windows.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with _window(Path(sys.argv[1])) as (windows, window):
        print(json.dumps(asdict(Story(windows, window, int(sys.argv[2])).tell())))
