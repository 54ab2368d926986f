"""Keeps strangers out of the way in one window, and does what the user says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from photoclust.core.changes import Changes
from photoclust.library.library import Library, Strangers
from photoclust.ui.language import tr
from photoclust.ui.models.person_model import FEW, PersonSection
from photoclust.ui.models.places import Shelf, is_person
from photoclust.ui.views.worth_knowing import WorthKnowing

if TYPE_CHECKING:
    from photoclust.ui.main_window import MainWindow


class StrangerKeeper(QObject):
    """Follows the library, fills the section and the shelf of strangers, and connects the three actions about them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._found = Strangers()
        self._last: int | None = None
        self._calm = QTimer(self, singleShot=True, interval=0)
        self._calm.timeout.connect(self._look)
        self.strip = WorthKnowing()
        self.strip.clicked.connect(self.show_next)
        self.strip.kept.connect(lambda: self._say(False))
        column = window.centre.layout()
        assert column is not None
        column.insertWidget(column.count() - 1, self.strip)  # type: ignore[attr-defined]
        actions = window.actions_
        actions.connect_to("put_away", lambda: self._say(True))
        actions.connect_to("keep_in_view", lambda: self._say(False))
        actions.connect_to("worth_knowing", self.show_next)
        window.session.changed.connect(self._on_changed)
        window.centre.selection_moved.connect(self.refresh)
        window.side.persons_selected.connect(self.refresh)
        self._look()
        self.refresh()

    @property
    def persons(self) -> frozenset[int]:
        """The persons who are strangers."""
        return self._found.persons

    @Slot()
    def show_next(self) -> None:
        """Go to the next stranger who comes again and again, from the first to the last and over."""
        model = self._window.persons
        recurring = [p.id for p in model.persons() if p.id in self._found.recurring]
        if not recurring:
            return
        at = recurring.index(self._last) + 1 if self._last in recurring else 0
        self._last = recurring[at % len(recurring)]
        if model.is_folded(PersonSection.STRANGERS):
            model.fold(PersonSection.STRANGERS, False)
        self._window.go_to(self._last)

    @Slot()
    def refresh(self) -> None:
        """Offer what makes sense for what is chosen."""
        window, chosen = self._window, self._window.selection()
        persons = [p for i in chosen.persons if (p := window.persons.person(i))]
        shown = chosen.place == Shelf.STRANGERS or bool(persons and all(p.id in self._found.persons for p in persons))
        anybody = bool(persons or chosen.faces) and not chosen.aside
        window.actions_["put_away"].setEnabled(anybody and not shown and not any(p.name for p in persons))
        window.actions_["keep_in_view"].setEnabled(anybody and shown)
        window.actions_["worth_knowing"].setEnabled(bool(self._found.recurring))
        one = window.place in self._found.recurring
        here = one or window.place == Shelf.STRANGERS
        self.strip.tell(len(self._found.recurring) if here else 0, shown=one)

    def _say(self, strangers: bool) -> None:
        window = self._window
        chosen = window.selection()
        faces: Sequence[int] = chosen.faces
        if is_person(chosen.place):
            faces = [face for i in chosen.persons for face in window.session.library.face_ids(person_id=i)]
        window.commands.strangers(faces, strangers)
        if not strangers:
            told = tr("Kept in view: among the unnamed now.")
            window.strip.show_message(told, undoable=True)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.persons and len(changes.persons) <= FEW:
            news = self._window.session.library.strangers(changes.persons)
            old = self._found
            self._found = Strangers(
                (old.persons - changes.persons) | news.persons, (old.recurring - changes.persons) | news.recurring
            )
            self._window.persons.set_strangers(self._found.persons)
        if changes:
            self._calm.start()

    @Slot()
    def _look(self) -> None:
        self._window.session.asking.ask(self, _look, self._take)

    def _take(self, answer: tuple[Strangers, int, int]) -> None:
        self._found, alone, faces = answer
        self._window.persons.set_strangers(self._found.persons)
        self._window.shelves.set_strangers(alone, faces)
        self.refresh()


def _look(library: Library) -> tuple[Strangers, int, int]:
    """Who they are, how many faces of theirs are nobody's, and how many faces they have."""
    faces = library.faces_of_strangers()
    return library.strangers(), len(library.strangers_alone().intersection(faces)), len(faces)
