"""A person's faces on two sides, before it is split: whoever is put on the other side takes those along who look the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from photoclust.core.types import Person
from photoclust.ui.dialogs.split_sides import SideGrid, SideModel
from photoclust.ui.language import tr
from photoclust.ui.models.places import person_name
from photoclust.ui.theme import Metrics
from photoclust.ui.thumbnails import Thumbnails
from photoclust.workflows.split_person import Halves


class SplitDialog(QDialog):
    """Says which faces the user has put where; is told how the others divide."""

    wished = Signal(object, object)
    """The faces that stay and those that leave, for sure: how do the others divide?"""
    accepted_halves = Signal(object, str)
    """Split so; the new person's name, which may be empty."""

    def __init__(
        self, person: Person, faces: Sequence[int], leave: Collection[int], thumbnails: Thumbnails, library_path: Path,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Split in two"))
        self.resize(880, 620)
        self.setMinimumSize(640, 420)
        chosen = frozenset(leave).intersection(faces)
        self._called = person_name(person)
        self._halves = Halves(
            person.id, tuple(f for f in faces if f not in chosen), tuple(f for f in faces if f in chosen), {}, chosen
        )  # fmt: skip
        self._busy = False
        heading = QLabel(tr("Who of them is somebody else?"))
        heading.setProperty("kind", "heading")
        hint = QLabel(
            tr("Drag a few faces to the other side, or select them and press Enter: the rest follows by itself. "
               "Space keeps faces where they are. One undo takes all of it back."),
            wordWrap=True,
        )  # fmt: skip
        hint.setProperty("kind", "muted")
        self._models = [SideModel(library_path, self) for _ in range(2)]
        self.stay, self.leave = (SideGrid(model, thumbnails, library_path) for model in self._models)
        self.stay.setAccessibleName(tr("Faces that stay"))
        self.leave.setAccessibleName(tr("Faces that leave"))
        self._titles = [QLabel(textFormat=Qt.TextFormat.PlainText) for _ in range(2)]
        self.name = QLineEdit(placeholderText=tr("Name of the new person"))
        self.name.setAccessibleName(tr("Name of the new person"))
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.told.setProperty("kind", "muted")
        self.cancel_button = QPushButton(tr("Cancel"), autoDefault=False)
        self.cancel_button.clicked.connect(self.reject)
        self.split_button = QPushButton(tr("Split"), autoDefault=False)
        self.split_button.setProperty("kind", "primary")
        self.split_button.clicked.connect(self._split)
        self.name.returnPressed.connect(self.split_button.click)
        self._lay_out(heading, hint)
        for grid, other in ((self.stay, self.leave), (self.leave, self.stay)):
            grid.put.connect(self._put)
            grid.taken.connect(self._put)
            grid.kept.connect(self._keep)
            grid.selection_moved.connect(lambda grid=grid, other=other: grid.selected_ids() and other.clearSelection())
        self._refresh()
        (self.leave if chosen else self.stay).setFocus()

    @property
    def halves(self) -> Halves:
        """What is shown."""
        return self._halves

    @property
    def busy(self) -> bool:
        """Whether the faces are being divided."""
        return self._busy

    def begin(self) -> None:
        """Ask for the first division, if somebody has been chosen."""
        if self._halves.leave:
            self._wish((), self._halves.leave)

    @Slot(object)
    def show_halves(self, halves: Halves) -> None:
        """Show how the faces divide."""
        self._busy = False
        self._halves = halves
        self._refresh()

    @Slot(str)
    def show_problem(self, problem: str) -> None:
        """Say why they cannot be divided."""
        self._busy = False
        self._refresh()
        self.told.setText(problem)

    def _put(self, faces: Collection[int]) -> None:
        """Faces go to the other side, for sure."""
        self._wish(*self._halves.moved(faces))

    def _keep(self, faces: Collection[int]) -> None:
        """Faces are where they are, for sure."""
        chosen = self._halves.chosen.union(faces)
        self._wish(chosen.intersection(self._halves.stay), chosen.intersection(self._halves.leave))

    def _wish(self, stay: Collection[int], leave: Collection[int]) -> None:
        old = self._halves
        if not leave:  # nobody is somebody else any more
            self.show_halves(Halves(old.person, (*old.stay, *old.leave), (), {}, frozenset(stay)))
            return
        moved = {*stay}.intersection(old.leave), {*leave}.intersection(old.stay)
        self._halves = Halves(
            old.person,
            (*(f for f in old.stay if f not in moved[1]), *moved[0]),
            (*(f for f in old.leave if f not in moved[0]), *moved[1]),
            old.chance,
            frozenset({*stay, *leave}),
        )
        self._busy = True
        self._refresh()
        self.wished.emit(stay, leave)

    def _refresh(self) -> None:
        halves = self._halves
        sides = (halves.stay, halves.leave)
        for model, side in zip(self._models, sides, strict=True):
            model.show_faces(side, halves.chance, halves.chosen)
        titles = (tr("{name} · {n} faces", n=len(halves.stay), name=self._called),
                  tr("Somebody else · {n} faces", n=len(halves.leave)))  # fmt: skip
        for label, title in zip(self._titles, titles, strict=True):
            label.setText(title)
        unsure = len(halves.unsure - halves.chosen)
        self.told.setText(
            tr("Dividing…") if self._busy
            else tr("{n} faces are unsure and come first: please look at them.", n=unsure) if unsure
            else ""
        )  # fmt: skip
        self.split_button.setEnabled(bool(halves.stay and halves.leave) and not self._busy)

    def _split(self) -> None:
        halves, name = self._halves, " ".join(self.name.text().split())
        self.accept()
        self.accepted_halves.emit(halves, name)

    def _lay_out(self, heading: QLabel, hint: QLabel) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(Metrics.L)
        for grid, title in ((self.stay, self._titles[0]), (self.leave, self._titles[1])):
            column = QVBoxLayout()
            column.setSpacing(Metrics.S)
            font = title.font()
            font.setBold(True)
            title.setFont(font)
            column.addWidget(title)
            column.addWidget(grid, 1)
            sides.addLayout(column, 1)
        row = QHBoxLayout()
        row.setSpacing(Metrics.S)
        row.addWidget(self.told, 1)
        row.addWidget(self.name)
        row.addWidget(self.cancel_button)
        row.addWidget(self.split_button)
        self.name.setFixedWidth(max(220, 28 * self.fontMetrics().averageCharWidth()))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Metrics.XL, Metrics.XL, Metrics.XL, Metrics.L)
        whole.setSpacing(Metrics.S)
        whole.addWidget(heading)
        whole.addWidget(hint)
        whole.addSpacing(Metrics.S)
        whole.addLayout(sides, 1)
        whole.addSpacing(Metrics.S)
        whole.addLayout(row)
