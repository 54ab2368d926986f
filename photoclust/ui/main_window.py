"""A window on a library: persons on the left, faces or photos in the centre, the background at the bottom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from photoclust.core.changes import Changes
from photoclust.library.library import Applied
from photoclust.ui.actions import FACE_MENU, PERSON_MENU, Actions, Selection
from photoclust.ui.arranging import Arranging
from photoclust.ui.coaching import Coaching
from photoclust.ui.commands import Commands
from photoclust.ui.dragging import dropped_folder
from photoclust.ui.exporting import Exporting
from photoclust.ui.finding import Finding
from photoclust.ui.handlers import Handlers
from photoclust.ui.history import HistoryKeeper
from photoclust.ui.jobs import JobEnd
from photoclust.ui.language import tr
from photoclust.ui.models.person_model import PersonModel
from photoclust.ui.models.places import Shelf, is_person
from photoclust.ui.models.shelf_model import ShelfModel
from photoclust.ui.naming import Naming
from photoclust.ui.opening import Opening
from photoclust.ui.regrouping import Regrouping
from photoclust.ui.session import Session
from photoclust.ui.splitting import Splitting
from photoclust.ui.strangers import StrangerKeeper
from photoclust.ui.theme import Scheme
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.timeline import Timeline
from photoclust.ui.views.centre import Centre
from photoclust.ui.views.review_page import ReviewPage
from photoclust.ui.views.side_panel import SidePanel
from photoclust.ui.views.status_strip import StatusStrip


class MainWindow(QMainWindow):
    """One window; several share a session and so stay in step."""

    closing = Signal()

    def __init__(
        self,
        session: Session,
        thumbnails: Thumbnails,
        new_window: Callable[[], object],
        wear: Callable[[Scheme], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.setMinimumSize(760, 480)
        self.session = session
        self.may_close: Callable[[], bool] = lambda: True
        self.take_folder: Callable[[Path], object] = session.open_folder
        self._seen_a_person = False
        self.persons = PersonModel(session.library, self, session.asking)
        self.shelves = ShelfModel(session.library, self)
        self.commands = Commands(session, self.persons, thumbnails, self)
        self.actions_ = Actions(self)
        self.side = SidePanel(self.persons, self.shelves, thumbnails, session.library.path)
        self.centre = Centre(session, thumbnails, self.actions_, self.persons, self.shelves)
        self.review = ReviewPage(session, thumbnails, self.persons, session.undo)
        self.naming = Naming(self.commands, self.persons, self.side, self)
        self.strip = StatusStrip()
        self.opening = Opening(session, thumbnails, self)
        self.regrouping = Regrouping(session, thumbnails, self)
        self.splitting = Splitting(session, thumbnails, self)
        self._lay_out()
        self.handlers = Handlers(self, new_window, wear)
        self._connect()
        self.arranging = Arranging(self.actions_, self.centre, self.side, self.persons, self)
        self.strangers = StrangerKeeper(self)
        self.history = HistoryKeeper(session, self.actions_["history"], self.splitter, self)
        self.finding = Finding(self, thumbnails)
        self.exporting = Exporting(self)
        self.timeline = Timeline(self)
        self.coaching = Coaching(self)
        self.go_to_start()
        self.strip.show_state(session.runner.state)
        (self.centre.grid if self.shelves.counts.photos else self.centre.welcome.button).setFocus()

    @property
    def place(self) -> int | None:
        """The person or shelf that is shown."""
        return self.centre.place

    def selection(self) -> Selection:
        """What is chosen now."""
        return self.centre.selection(tuple(self.side.selected_persons()))

    def go_to_start(self) -> None:
        """Show the biggest person, else the photos."""
        if self.persons.ids:
            self.go_to(self.persons.ids[0])
        elif self.shelves.counts.photos:
            self.go_to(Shelf.EVERYTHING)
        else:
            self._show_place(None)

    def go_to(self, place: int) -> None:
        """Show a person or a shelf."""
        self.side.choose(place)
        if self.place != place:
            self._show_place(place)

    def open_folder(self, folder: Path) -> None:
        """Start importing a folder."""
        self.take_folder(folder)

    @Slot(int)
    def open_face(self, face_id: int) -> None:
        """Show the photo that a face is in."""
        self.opening.face(face_id, self.centre.photo_sequence())

    def open_review(self) -> None:
        """Ask questions instead of showing the album."""
        self.pages.setCurrentWidget(self.review)
        self.review.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_review(self) -> None:
        """Show the album again."""
        self.pages.setCurrentWidget(self.splitter)
        self.centre.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a folder."""
        if dropped_folder(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the folder that was dropped."""
        folder = dropped_folder(event.mimeData())
        if folder is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.open_folder(folder))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Take the photo viewer along, if it may close."""
        if not self.may_close():
            event.ignore()
            return
        self.opening.close()
        self.closing.emit()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        splitter = self.splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(self.side)
        splitter.addWidget(self.centre)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([280, 1000])
        self.side.setMinimumWidth(200)
        self.side.setMaximumWidth(460)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.pages = QStackedWidget()
        self.pages.addWidget(splitter)
        self.pages.addWidget(self.review)
        rows.addWidget(self.pages, 1)
        rows.addWidget(self.strip)
        self.setCentralWidget(whole)
        self.resize(1280, 800)

    def _connect(self) -> None:
        session, side, centre, strip, commands = self.session, self.side, self.centre, self.strip, self.commands
        session.changed.connect(self._on_changed)
        session.applied.connect(self._on_applied)
        session.undone.connect(strip.show_message)
        session.told.connect(strip.show_message)
        session.job_ended.connect(self._on_job_ended)
        session.runner.state_changed.connect(self._on_job_state)
        side.place_chosen.connect(self._show_place)
        side.persons_selected.connect(self.handlers.refresh)
        side.dropped.connect(commands.drop)
        side.dropped_new.connect(lambda dragged: commands.new_person(dragged.faces))
        side.new_person.clicked.connect(self._on_new_person)
        side.menu_wanted.connect(lambda at: self.actions_.pop_up(PERSON_MENU, at, self))
        self.persons.arrived.connect(self._on_persons_arrived)
        self.persons.rename_requested.connect(self.naming.rename, Qt.ConnectionType.QueuedConnection)
        commands.merged.connect(self.go_to)
        centre.selection_moved.connect(self.handlers.refresh)
        centre.folder_wanted.connect(self.opening.ask_folder)
        centre.renamed.connect(self._on_renamed)
        centre.face_opened.connect(self.open_face)
        centre.photo_opened.connect(lambda photo: self.opening.photo(photo, centre.photo_sequence()))
        self.opening.person_requested.connect(self.go_to)
        self.opening.folder_chosen.connect(self.open_folder)
        self.regrouping.told.connect(strip.show_message)
        centre.face_grid.menu_wanted.connect(lambda at: self.actions_.pop_up(FACE_MENU, at, self))
        for grid in (centre.face_grid, centre.photo_grid):
            grid.zoomed.connect(strip.zoom.setValue)
            strip.zoom_changed.connect(grid.zoom_to)
        strip.zoom.setValue(centre.grid.step)
        strip.pause_clicked.connect(session.runner.pause)
        strip.resume_clicked.connect(session.runner.resume)
        strip.cancel_clicked.connect(session.runner.cancel)
        strip.undo_clicked.connect(session.undo)
        strip.problems_clicked.connect(self.opening.problems)
        strip.jobs_clicked.connect(self.actions_["jobs"].trigger)
        strip.missing_clicked.connect(self.actions_["missing"].trigger)
        strip.questions_clicked.connect(self.actions_["review"].trigger)
        session.reviewing.moved.connect(self._on_questions)
        self.review.left.connect(self.leave_review)
        self.review.named.connect(commands.rename)

    @Slot(int)
    def _show_place(self, place: int | None) -> None:
        self._seen_a_person |= is_person(place)
        self.centre.show_place(place)
        self._refresh_all()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        self.persons.apply_changes(changes)
        self.shelves.apply_changes(changes)
        self.centre.apply_changes(changes)
        place = self.place
        if place is not None and is_person(place) and self.persons.person(place) is None:
            self._leave_gone_person()
        elif place is None and self.shelves.counts.photos:
            self.go_to(Shelf.EVERYTHING)
        self.side.keep(self.place)
        self._refresh_all()

    @Slot()
    def _on_persons_arrived(self) -> None:
        """What was changed by a job is known now: see whether the person that is shown is still there, or the first ones are."""
        self._on_changed(Changes())
        if not self._seen_a_person and self.place in (None, Shelf.EVERYTHING):
            self.go_to_start()

    @Slot()
    def _on_questions(self) -> None:
        self.strip.show_questions(self.session.reviewing.left)

    def _leave_gone_person(self) -> None:
        """Go where the list has gone, for the person that was shown is no more."""
        neighbour = self.side.neighbour()
        if neighbour is None:
            self.go_to_start()
        else:
            self.go_to(neighbour)

    @Slot(object)
    def _on_applied(self, applied: Applied) -> None:
        self.strip.show_message(tr(applied.text), undoable=True)

    @Slot()
    def _on_new_person(self) -> None:
        if faces := self.selection().faces:
            self.commands.new_person(faces)
        else:
            self.strip.show_message(tr("Select some faces first, or drag them here."))

    @Slot(str)
    def _on_renamed(self, name: str) -> None:
        if self.place is not None:
            self.commands.rename(self.place, name)

    @Slot()
    def _on_job_state(self) -> None:
        self.strip.show_state(self.session.runner.state)
        self.centre.refresh()
        self.handlers.refresh_regroup()

    @Slot(object)
    def _on_job_ended(self, end: JobEnd) -> None:
        if end.cancelled:
            self.strip.show_message(tr("Stopped. What was found is kept."))
        elif not end.error and not self._seen_a_person and self.place in (None, Shelf.EVERYTHING):
            self.go_to_start()  # the first grouping: show what it was for
        self.centre.refresh()

    def _refresh_all(self) -> None:
        self.strip.show_counts(self.shelves.counts)
        self.actions_.update_undo(self.session.undo_text(), self.session.redo_text())
        self.handlers.refresh()
