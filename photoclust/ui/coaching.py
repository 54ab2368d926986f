"""A short tour of the window: shown by itself once, when there are persons to show, and whenever somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from photoclust.ui.language import N_, tr
from photoclust.ui.models.places import is_person
from photoclust.ui.views.coach_mark import CoachMark

if TYPE_CHECKING:
    from photoclust.ui.main_window import MainWindow

_TOURED = "toured"
_SETTLED = 800
"""Milliseconds after which a window that has just got its persons is quiet."""
_STATIONS = (
    (
        N_("Everybody in your photos"),
        N_("Each row is a person that was found. Click one to see the faces. Drag faces onto a row to move them there."),
    ),
    (
        N_("Give them names"),
        N_("Click here and type. Or press N and go down the list with one hand: a name, Enter, the next one."),
    ),
    (
        N_("Put right what is wrong"),
        N_("Select faces: Delete says “not this person”, M moves them, X splits them off. Enter confirms. A double click "
           "shows the photo."),
    ),
    (
        N_("Answer a few questions"),
        N_("Ctrl+R asks what settles most faces first: yes or no, one key each. What you have answered is never asked again."),
    ),
    (
        N_("Nothing is final"),
        N_("Ctrl+Z takes back every step, also tomorrow; Ctrl+H shows them all. Your photos are never changed. The menus tell "
           "every key, and Help shows this tour again."),
    ),
)  # fmt: skip


class Coaching(QObject):
    """Belongs to one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._at = 0
        self._memory: QSettings | None = None
        self._before: QWidget | None = None
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settled.timeout.connect(self._offer)
        self.mark: CoachMark | None = None
        window.actions_.connect_to("tour", self.start)

    def offer_once(self, memory: QSettings) -> None:
        """Begin by itself as soon as there is somebody to show, unless it was ever shown."""
        if not memory.contains(_TOURED):
            self._memory = memory
            self._window.session.job_ended.connect(self._settled.start)
            self._settled.start()

    @Slot()
    def start(self) -> None:
        """Begin at the first station that there is."""
        if self._memory is not None:
            self._memory.setValue(_TOURED, True)  # for other windows, and other days
        if self.mark is None:
            self.mark = CoachMark(self._window)
            self.mark.next_wanted.connect(lambda: self._go(1))
            self.mark.back_wanted.connect(lambda: self._go(-1))
            self.mark.skipped.connect(self.end)
            self._before = self._window.focusWidget()
        if self._window.pages.currentWidget() is not self._window.splitter:
            self._window.leave_review()
        self._at = 0
        self._show()

    @Slot()
    def end(self) -> None:
        """Let the window be used."""
        mark, self.mark = self.mark, None
        if mark is not None:
            mark.hide()
            mark.deleteLater()
            (self._before or self._window.centre.grid).setFocus()

    @Slot()
    def _offer(self) -> None:
        """Begin, if nothing is in the way; else at the end of the next job."""
        window, memory = self._window, self._memory
        if memory is None or memory.contains(_TOURED) or not is_person(window.place):
            return
        free = not window.session.runner.matters and QApplication.activeModalWidget() is None
        if free and window.pages.currentWidget() is window.splitter:
            self.start()

    def _go(self, step: int) -> None:
        self._at = max(0, self._at + step)
        if self._at < len(_STATIONS):
            self._show()
        else:
            self.end()

    def _show(self) -> None:
        assert self.mark is not None
        title, text = _STATIONS[self._at]
        self.mark.point_at(self._places()[self._at], tr(title), tr(text), self._at + 1, len(_STATIONS))

    def _places(self) -> tuple[QWidget, ...]:
        """What each station is about."""
        window = self._window
        questions = window.strip.questions if window.strip.questions.isVisible() else window.strip
        return window.side.person_list, window.centre.header.title, window.centre.pages, questions, window.menuBar()
