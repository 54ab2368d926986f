"""The centre of the window: one place, as faces or as photos, or a sentence about why there is nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from photoclust.core.changes import Changes
from photoclust.core.types import Person
from photoclust.library.arranged import Order
from photoclust.ui.actions import Actions, Selection
from photoclust.ui.language import N_, tr
from photoclust.ui.models.face_model import FaceModel
from photoclust.ui.models.person_model import PersonModel, faces_in_photos
from photoclust.ui.models.photo_model import PhotoModel
from photoclust.ui.models.places import SHELF_NAMES, Shelf, person_name, photos_of_place
from photoclust.ui.models.shelf_model import ShelfModel
from photoclust.ui.session import Session
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.empty_state import EmptyState
from photoclust.ui.views.face_grid import FaceGrid
from photoclust.ui.views.header import Header
from photoclust.ui.views.notice import Notice
from photoclust.ui.views.photo_grid import PhotoGrid
from photoclust.ui.views.tile_grid import TileGrid

EMPTY_SHELVES = {
    Shelf.EVERYTHING: ("photo", N_("No photos yet"), N_("They appear here as they are read.")),
    Shelf.UNGROUPED: ("people", N_("Nobody is left over"), N_("Every face belongs to a person.")),
    Shelf.STRANGERS: (
        "stranger",
        N_("No strangers"),
        N_("Who only passes by in the background is kept here, out of the way."),
    ),
    Shelf.IGNORED: (
        "ignore",
        N_("Nobody is ignored"),
        N_("Drag the faces of strangers here, or select them and press I."),
    ),
    Shelf.NOT_FACES: ("not-a-face", N_("Nothing here"), N_("What was taken for a face by mistake is kept here.")),
}


class Centre(QFrame):
    """Shows a place; knows nothing of the list that it was chosen from."""

    selection_moved = Signal()
    folder_wanted = Signal()
    """The user wants to open a folder."""
    demo_wanted = Signal()
    """The user wants to see the demo album."""
    renamed = Signal(str)
    face_opened = Signal(int)
    photo_opened = Signal(int)

    def __init__(
        self, session: Session, thumbnails: Thumbnails, actions: Actions, persons: PersonModel, shelves: ShelfModel,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session, self._actions, self._persons, self._shelves = session, actions, persons, shelves
        self._place: int | None = None
        self._show_photos = False
        self._order: Order = "quality"
        self._checked: int | None = None
        self.title = ""
        self.faces = FaceModel(session.library, self, session.asking, persons.ranked)
        self.photos = PhotoModel(session.library, self, session.asking)
        self.looking_only = Notice(
            tr("Another photoclust has this library open: here you can only look. Close that one, then open this one again.")
        )
        self.header = Header(actions, persons)
        self.face_grid = FaceGrid(self.faces, thumbnails)
        self.photo_grid = PhotoGrid(self.photos, thumbnails)
        self.welcome = EmptyState(
            "open-folder", tr("Drop a folder of photos here"),
            tr("photoclust looks for faces and makes an album of every person. Your photos stay where they are, on this "
               "computer, and are never changed."), tr("Open folder…"), tr("Look at the demo album"),
        )  # fmt: skip
        self._nothing = {key: EmptyState(sign, tr(title), tr(text)) for key, (sign, title, text) in EMPTY_SHELVES.items()}
        self._nobody = EmptyState("face", "", "")
        self.pages = QStackedWidget()
        for page in (self.welcome, self._nobody, self.face_grid, self.photo_grid, *self._nothing.values()):
            self.pages.addWidget(page)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.looking_only)
        column.addWidget(self.header)
        column.addWidget(self.pages, 1)

        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self.refresh)
        self.header.renamed.connect(self.renamed)
        self.welcome.action_triggered.connect(self.folder_wanted)
        self.welcome.other_triggered.connect(self.demo_wanted)
        self.face_grid.opened.connect(self.face_opened)
        self.photo_grid.opened.connect(self.photo_opened)
        for grid in (self.face_grid, self.photo_grid):
            grid.selection_moved.connect(self._refresh_selection)
        for model in (self.faces, self.photos):
            for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.arrived):
                signal.connect(self._settle.start)

    @property
    def place(self) -> int | None:
        """The person or shelf that is shown."""
        return self._place

    @property
    def grid(self) -> TileGrid:
        """The grid that is shown, or would be if there were anything in it."""
        return self.photo_grid if self._show_photos else self.face_grid

    @property
    def show_photos(self) -> bool:
        """Whether photos are shown rather than faces."""
        return self._show_photos

    @property
    def order(self) -> Order:
        """The order of what is shown: the chosen one, or from least to most certain while a person is checked."""
        if self._checked is not None:
            return "certainty"
        in_one = self._order == "person" and self._place is not None and self._place > 0
        return "quality" if in_one else self._order

    @property
    def chosen_order(self) -> Order:
        """The order that was chosen for all places."""
        return self._order

    @property
    def checked(self) -> int | None:
        """The person whose faces are being checked."""
        return self._checked

    def set_order(self, order: Order) -> None:
        """Show faces and photos in another order, here and elsewhere."""
        self._order, self._checked = order, None
        self._load()

    def check(self, on: bool) -> None:
        """Go through the faces of this person from the least to the most certain, or stop doing so."""
        self._checked = self._place if on and self._place is not None and self._place > 0 else None
        self._show_photos = self._show_photos and not on
        self._load()
        if self._checked is not None and self.faces.ids:
            self.face_grid.setFocus(Qt.FocusReason.OtherFocusReason)
            self.face_grid.setCurrentIndex(self.faces.index(0))

    def selection(self, persons: tuple[int, ...]) -> Selection:
        """What is chosen, with the persons that are chosen beside it."""
        if not persons and self._place is not None and self._place > 0:
            persons = (self._place,)
        return Selection(self._place, persons, () if self._show_photos else tuple(self.face_grid.selected_ids()))

    def show_place(self, place: int | None) -> None:
        """Show what is in a place: all photos as photos, everything else as faces unless photos were asked for."""
        if place == Shelf.EVERYTHING and self._place != place:
            self._show_photos = True
        elif self._place in (Shelf.EVERYTHING, None):
            self._show_photos = False
        self._place = place
        self._checked = None
        self._load()

    def set_mode(self, *, photos: bool) -> None:
        """Show the place as photos or as faces."""
        if photos != self._show_photos:
            self._show_photos, self._checked = photos, None
            self._load()
        self.refresh()

    def photo_sequence(self) -> list[int]:
        """The photos of the place, for leafing through."""
        if self._show_photos or self._place is None:
            return self.photos.with_folded(self.photos.ids)
        return photos_of_place(self._session.library, self._place)

    def photos_of(self, face_ids: Sequence[int]) -> list[int]:
        """The photos that show these faces, oldest first."""
        return self._session.library.photo_ids(face_ids)

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller tiles."""
        self.grid.zoom_to(self.grid.step + steps)

    def apply_changes(self, changes: Changes) -> None:
        """Show what changed."""
        self.faces.apply_changes(changes)
        self.photos.apply_changes(changes)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the grid, or say why it is empty; and whose album this is."""
        photos, busy = self._shelves.counts.photos, any(job.brings_photos for job in self._session.runner.jobs)
        self.looking_only.setVisible(self._session.library.read_only)
        self.header.setVisible(photos > 0)
        self._actions["photos" if self._show_photos else "faces"].setChecked(True)
        self.pages.setCurrentWidget(self._page(photos, busy))
        self._refresh_selection()

    def _page(self, photos: int, busy: bool) -> QWidget:
        if not photos and not busy:
            return self.welcome
        if not photos and self._session.runner.jobs[0].demo:
            text = tr("Photos of persons who do not exist, to try everything with. This takes a minute or two.")
            self._nobody.set_texts(tr("Drawing the demo album"), text)
            return self._nobody
        if not photos:
            self._nobody.set_texts(tr("Looking for photos"), tr("They appear here as they are read."))
            return self._nobody
        if self.grid.shows_any or self.faces.loading or self.photos.loading:
            return self.grid
        if self._place == Shelf.EVERYTHING and not self._show_photos:
            self._nobody.set_texts(tr("No faces yet"), tr("None has been found in these photos so far."))
        elif self._place is None:
            self._nobody.set_texts(tr("Choose a person"), tr("Their faces appear here."))
        elif self._place > 0:
            self._nobody.set_texts(tr("No faces"), tr("This person has no faces any more."))
        else:
            return self._nothing[Shelf(self._place)]
        return self._nobody

    def _load(self) -> None:
        self.faces.show_place(None if self._show_photos else self._place, self.order)
        self.photos.show_place(self._place if self._show_photos else None, self.order)
        self.grid.scrollToTop()
        self.refresh()

    @Slot()
    def _refresh_selection(self) -> None:
        """Say whose album this is and how much of it is selected."""
        person = self._persons.person(self._place) if self._place is not None else None
        total = self.grid.shown_total
        shown = tr("{n} photos", n=total) if self._show_photos else tr("{n} faces", n=total)
        if person is not None:
            self.title = person_name(person)
            self.header.title.show_name(person.name, person.name or tr("Add a name"), editable=True)
            text = faces_in_photos(person)
            if self._checked is not None:
                text = still_unsure(person)
        else:
            self.title = tr(SHELF_NAMES[Shelf(self._place)]) if self._place is not None and self._place < 0 else ""
            self.header.title.show_name("", self.title, editable=False)
            text = shown if self.grid.shows_any else ""
        if self.faces.loading or self.photos.loading:
            text = tr("One moment…")
        chosen = self.grid.selected_ids()
        picked = len(self.photos.with_folded(chosen) if self._show_photos else chosen)
        if picked and self._show_photos:
            text = tr("{picked} of {n} photos selected", n=total, picked=picked)
        elif picked > (self._checked is not None):
            text = tr("{picked} of {n} faces selected", n=total, picked=picked)
        self.header.show_text(text)
        self.selection_moved.emit()


def still_unsure(person: Person) -> str:
    """How far checking a person has come, and which keys do it."""
    if not person.unsure_count:
        return tr("No face is unsure any more")
    left = tr("{n} faces still unsure", n=person.unsure_count)
    return f"{left} · {tr('Enter: it is right, Delete: not this person')}"
