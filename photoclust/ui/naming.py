"""Naming down the list with one hand: a name, Enter, the next one; Tab passes somebody by."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from photoclust.ui.commands import Commands
from photoclust.ui.models.person_model import PersonModel
from photoclust.ui.views.side_delegates import PersonDelegate
from photoclust.ui.views.side_panel import SidePanel


class Naming(QObject):
    """Belongs to one window; names persons in the list on the left and goes on to the next that has no name."""

    def __init__(self, commands: Commands, persons: PersonModel, side: SidePanel, window: QWidget) -> None:
        super().__init__(window)
        self._commands, self._persons, self._side = commands, persons, side
        self._next: int | None = None
        delegate = side.person_list.itemDelegate()
        assert isinstance(delegate, PersonDelegate)
        delegate.went_on.connect(self._plan)
        delegate.skipped.connect(self._skip)

    @Slot(int, str)
    def rename(self, person_id: int, name: str) -> None:
        """Name a person, and go on where that was planned: once a question that it raises is answered."""
        question = self._commands.rename(person_id, name)
        if question is None:
            self._go_on()
        else:
            question.accepted.connect(lambda: QTimer.singleShot(0, self, self._go_on))  # the answer is done after that
            question.rejected.connect(self._stop)

    @Slot()
    def start(self) -> None:
        """Ask for the name of the first one below who has none, else of the first of all."""
        here = self._side.person_list.current_id()
        self._next = self._unnamed(here, 1) if here is not None else None
        if self._next is None:
            self._next = next((i for i in self._persons.ids if self._has_none(i)), None)
        self._go_on()

    @Slot(int, int)
    def _plan(self, person_id: int, step: int) -> None:
        self._next = self._unnamed(person_id, step)

    @Slot(int, int)
    def _skip(self, person_id: int, step: int) -> None:
        self._next = self._unnamed(person_id, step)
        QTimer.singleShot(0, self, self._go_on)  # once the view is done with the field

    def _unnamed(self, person_id: int, step: int) -> int | None:
        """The nearest one in the list who has no name."""
        ids, row = self._persons.ids, self._persons.row_of(person_id)
        if row is None:
            return None
        rest = ids[row + 1 :] if step > 0 else ids[row - 1 :: -1] if row else ()
        return next((i for i in rest if self._has_none(i)), None)

    def _has_none(self, person_id: int) -> bool:
        person = self._persons.person(person_id)
        return person is not None and not person.name

    @Slot()
    def _go_on(self) -> None:
        person, self._next = self._next, None
        if person is not None and self._persons.row_of(person) is not None:
            self._side.choose(person)
            self._side.edit_name()

    @Slot()
    def _stop(self) -> None:
        self._next = None
