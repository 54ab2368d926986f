"""Find photos: the query above, the photos below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from photoclust.core.changes import Changes
from photoclust.core.types import Person
from photoclust.library.finding import years
from photoclust.ui.actions import Actions
from photoclust.ui.language import tr
from photoclust.ui.models.found_model import FoundModel
from photoclust.ui.models.person_model import PersonModel
from photoclust.ui.session import Session
from photoclust.ui.theme import Metrics, icon
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.empty_state import EmptyState
from photoclust.ui.views.photo_grid import PhotoGrid
from photoclust.ui.views.query_bar import QueryBar


class FindPage(QFrame):
    """Fills the window, as the questions do."""

    left = Signal()
    """The user wants to see the album again."""
    opened = Signal(int)
    """A photo."""

    def __init__(
        self, session: Session, thumbnails: Thumbnails, persons: PersonModel, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._persons = session, persons
        self._stale = True
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr("Find photos"))
        self.found = FoundModel(session.library, self, session.asking)
        self.bar = QueryBar()
        self.grid = PhotoGrid(self.found, thumbnails)
        self.count = QLabel()
        self.count.setProperty("kind", "muted")
        self._nothing = EmptyState("search", "", "")
        self.pages = QStackedWidget()
        self.pages.addWidget(self._nothing)
        self.pages.addWidget(self.grid)
        self.back = QToolButton()
        self.back.setIcon(icon("previous"))
        self.back.setText(f" {tr('Back to the album')}")
        self.back.setToolTip(tr("Back to the album (Esc)"))
        self.back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.back.clicked.connect(self.left)
        self.export = QToolButton()
        self.export.setDefaultAction(actions["export_photos"])
        self.export.setIconSize(QSize(18, 18))
        self.export.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.back.setStyleSheet("QToolButton { padding-left: 0; }")
        line = QHBoxLayout()
        line.addWidget(self.count, 1)
        line.addWidget(self.export)
        head = QVBoxLayout()
        head.setContentsMargins(Metrics.XL, Metrics.M, Metrics.L, 0)
        head.setSpacing(Metrics.S)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self.bar)
        head.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Metrics.S)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        self.bar.changed.connect(self._look)
        self.bar.left.connect(self.left)
        self.bar.results_wanted.connect(self._go_to_photos)
        self.grid.opened.connect(self.opened)
        self.grid.selection_moved.connect(self._tell)
        for signal in (self.found.arrived, self.found.modelReset, self.found.rowsInserted, self.found.rowsRemoved):
            signal.connect(self._tell)
        self._tell()

    @property
    def title(self) -> str:
        """A name for an album of what was found."""
        return self.bar.title

    def begin(self, persons: Sequence[Person]) -> None:
        """Be ready to type; an empty query begins with these persons."""
        self._learn()
        if not self.bar.parts and persons:
            self.bar.add_persons(persons)
        self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.field.selectAll()

    def chosen_photos(self) -> list[int]:
        """The selected photos, or all that were found; those in stacks too."""
        return self.found.with_folded(self.grid.selected_ids() or self.found.ids)

    def apply_changes(self, changes: Changes) -> None:
        """Show what changed."""
        self.found.apply_changes(changes)
        if changes.persons or changes.photos:
            self._stale = True
            if self.isVisible():
                self._learn()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back to the query, and from there to the album."""
        if event.key() == Qt.Key.Key_Escape:
            self.bar.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _learn(self) -> None:
        if self._stale:
            self._stale = False
            self.bar.know(self._persons.persons(), years(self._session.library))

    @Slot()
    def _look(self) -> None:
        self.found.look_for(self.bar.search)
        self._tell()

    @Slot()
    def _go_to_photos(self) -> None:
        if self.found.ids:
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.grid.selected_ids():
                self.grid.setCurrentIndex(self.found.index(0))

    @Slot()
    def _tell(self) -> None:
        total, picked = self.found.photo_total, len(self.found.with_folded(self.grid.selected_ids()))
        asked, looking = bool(self.found.search), self.found.loading
        self.export.setVisible(total > 0)
        if picked:
            self.count.setText(tr("{picked} of {n} photos selected", n=total, picked=picked))
        else:
            self.count.setText(tr("Looking…") if looking else tr("{n} photos", n=total) if asked else "")
        if asked:
            self._nothing.set_texts(tr("No such photo"), tr("Take something out, or click a name to ask for less."))
        else:
            text = tr("Type a name and press Enter; another one for photos with both. Click a name for without, or for either.")
            self._nothing.set_texts(tr("Who, and when?"), text)
        self.pages.setCurrentWidget(self.grid if total or looking else self._nothing)
