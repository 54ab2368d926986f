"""What photos are looked for: a field to type into, a chip for each person, date and word, and three switches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from photoclust.core.names import name_key
from photoclust.core.types import Person
from photoclust.library.finding import Search, span
from photoclust.ui.language import listed, tr
from photoclust.ui.models.places import person_name
from photoclust.ui.theme import Metrics, icon

How = Literal["with", "without", "or"]
_NEXT: dict[How, How] = {"with": "without", "without": "or", "or": "with"}
_BETWEEN = re.compile(r"\s*(?:\.\.+|–|—)\s*")


@dataclass(frozen=True, slots=True)
class Part:
    """A chip: a person (`person_id`), a date or two, or words."""

    text: str
    person_id: int | None = None
    how: How = "with"
    dates: tuple[float, float] | None = None

    @property
    def label(self) -> str:
        """What stands on it."""
        if self.person_id is None:
            return self.text if self.dates else f"“{self.text}”"
        said = {"with": tr("with {name}"), "without": tr("without {name}"), "or": tr("or {name}")}[self.how]
        return said.format(name=self.text)


class QueryField(QLineEdit):
    """Keys that lead out of it."""

    erased = Signal()
    """Backspace was pressed where there was nothing left."""
    down = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace in an empty field, Down and Escape mean something here."""
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.erased.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear() if self.text() else self.escaped.emit()
        else:
            super().keyPressEvent(event)


class Chip(QPushButton):
    """A part of the query: pressed, a person is with, without, or instead of the one before; Delete takes it out."""

    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class QueryBar(QFrame):
    """Tells when something else is looked for."""

    changed = Signal()
    left = Signal()
    """Escape was pressed in an empty field."""
    results_wanted = Signal()
    """Down: on to the photos."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: list[Part] = []
        self._persons: dict[str, Person] = {}
        self.field = QueryField(placeholderText=tr("A name, a date (2019, 2019-07, 2018..2020), or words of a file name"))
        self.field.setAccessibleName(tr("Find photos"))
        self.field.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition).setText(tr("Find photos"))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = completer.popup()
        assert popup is not None
        popup.setProperty("kind", "popup")
        completer.activated.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.field.setCompleter(completer)
        self.when = QPushButton(tr("Year"))
        self.when.setToolTip(tr("Photos of one year"))
        self.when.setMenu(QMenu(self.when))
        self.only = self._switch(tr("Nobody else"), tr("Only photos on which nobody else is"))
        self.unnamed = self._switch(tr("Unnamed"), tr("Only photos with somebody who has no name yet"))
        self.strangers = self._switch(tr("Count strangers"), tr("Strangers are somebody else too, and somebody without a name"))
        first = QHBoxLayout()
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(Metrics.S)
        first.addWidget(self.field, 1)
        for widget in (self.when, self.only, self.unnamed, self.strangers):
            first.addWidget(widget)
        self._chips = QHBoxLayout()
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSpacing(Metrics.S)
        self._chips.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Metrics.S)
        column.addLayout(first)
        column.addLayout(self._chips)
        self.field.returnPressed.connect(lambda: self._take(self.field.text()), Qt.ConnectionType.QueuedConnection)
        self.field.erased.connect(lambda: self.remove(len(self.parts) - 1))
        self.field.down.connect(self.results_wanted)
        self.field.escaped.connect(self.left)

    @property
    def search(self) -> Search:
        """What is looked for."""
        whom: list[set[int]] = []
        for part in self.parts:
            if part.person_id and part.how == "or" and whom:
                whom[-1].add(part.person_id)
            elif part.person_id and part.how != "without":
                whom.append({part.person_id})
        dates = [part.dates for part in self.parts if part.dates]
        return Search(
            tuple(map(frozenset, whom)), frozenset(p.person_id for p in self.parts if p.person_id and p.how == "without"),
            only=self.only.isChecked(), unnamed=self.unnamed.isChecked(),
            strangers=self.strangers.isChecked(),
            since=max((a for a, _ in dates), default=None), before=min((b for _, b in dates), default=None),
            words=" ".join(part.text for part in self.parts if part.person_id is None and not part.dates),
        )  # fmt: skip

    @property
    def title(self) -> str:
        """A name for an album of what is found."""
        who = [part.text for part in self.parts if part.person_id and part.how != "without"]
        rest = [part.text for part in self.parts if not part.person_id]
        return " ".join(filter(None, [listed(who) if who else "", *rest]))

    def know(self, persons: Sequence[Person], years: Sequence[int]) -> None:
        """The persons and years that can be asked for; chips of persons who are gone go too."""
        self._persons = {name_key(person.name): person for person in persons if person.name}
        self._names.setStringList(sorted((p.name for p in self._persons.values()), key=str.casefold))
        menu = self.when.menu()
        menu.clear()
        for year in reversed(years):
            menu.addAction(str(year)).triggered.connect(lambda _=False, year=year: self._take(str(year)))
        self.when.setEnabled(bool(years))
        there = {person.id: person for person in persons}
        parts = [
            replace(part, text=person_name(there[part.person_id])) if part.person_id else part
            for part in self.parts
            if part.person_id is None or part.person_id in there
        ]
        if parts != self.parts:
            gone = len(parts) != len(self.parts)
            self._show(parts, tell=gone)

    def add_persons(self, persons: Sequence[Person]) -> None:
        """Look for photos with all of these."""
        self._show([*self.parts, *(Part(person_name(person), person.id) for person in persons)])

    def remove(self, at: int) -> None:
        """Take a chip out."""
        if 0 <= at < len(self.parts):
            self._show(self.parts[:at] + self.parts[at + 1 :])
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn(self, at: int) -> None:
        """Have a person be with, without, or instead of the one before."""
        part = self.parts[at]
        if part.person_id is None:
            self.remove(at)
            return
        how = _NEXT[part.how]
        if how == "or" and not any(p.person_id and p.how != "without" for p in self.parts[:at]):
            how = "with"  # there is nobody before to be the other one
        self._show([*self.parts[:at], replace(part, how=how), *self.parts[at + 1 :]])
        self.chips()[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def chips(self) -> list[Chip]:
        """The chips, in their order."""
        items = (self._chips.itemAt(i) for i in range(self._chips.count()))
        return [w for item in items if item is not None and isinstance(w := item.widget(), Chip)]

    @Slot(str)
    def _take(self, text: str) -> None:
        """Make a chip of what was typed or chosen: a name that is known, else a date, else words."""
        self.field.clear()
        text = text.strip()
        how: How = "without" if text.startswith("-") else "with"
        person = self._persons.get(name_key(text.removeprefix("-")))
        if person is not None:
            self._show([*(p for p in self.parts if p.person_id != person.id), Part(person.name, person.id, how)])
        elif dates := span(*_BETWEEN.split(text)[:2]) if text else None:
            self._show([*(p for p in self.parts if not p.dates), Part(text, dates=dates)])
        elif text:
            self._show([*self.parts, Part(text)])

    def _show(self, parts: list[Part], *, tell: bool = True) -> None:
        self.parts = parts
        for chip in self.chips():
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for at, part in enumerate(parts):
            chip = Chip(part.label)
            chip.setProperty("kind", "chip")
            said = tr("Click for without, or, with; Delete takes it out") if part.person_id else tr("Click takes it out")
            chip.setToolTip(said)
            chip.clicked.connect(lambda _=False, at=at: self.turn(at))
            chip.removed.connect(lambda at=at: self.remove(at))
            self._chips.insertWidget(at, chip)
            chip.show()
        if tell:
            self.changed.emit()

    def _switch(self, text: str, hint: str) -> QPushButton:
        button = QPushButton(text)
        button.setCheckable(True)
        button.setProperty("kind", "toggle")
        button.setToolTip(hint)
        button.toggled.connect(lambda _: self.changed.emit())
        return button
