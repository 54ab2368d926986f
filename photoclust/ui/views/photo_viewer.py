"""One photo in a window of its own: all its faces with their names, to look at and to correct."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices, QGuiApplication, QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from photoclust.core.changes import Changes
from photoclust.core.edits import ChangeBox, IgnoreFaces
from photoclust.core.types import Box, Photo
from photoclust.ui.language import tr
from photoclust.ui.photo_loader import PhotoLoader
from photoclust.ui.session import Session
from photoclust.ui.theme import Metrics
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.empty_state import EmptyState
from photoclust.ui.views.face_naming import FaceNaming
from photoclust.ui.views.name_field import NameField
from photoclust.ui.views.photo_canvas import PhotoCanvas
from photoclust.ui.views.photo_faces import PhotoFaces
from photoclust.ui.views.photo_info import PhotoInfo, photo_line
from photoclust.ui.views.viewer_actions import FACE_EDITS, ViewerActions

_QUICK = 1024
"""The side of the thumbnail shown while the photo itself is loaded."""


class PhotoViewer(QWidget):
    """Shows the photos of a sequence one at a time; every correction is an edit of the session."""

    person_requested = Signal(int)
    """The user wants to see this person's album."""

    def __init__(self, session: Session, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._session = session
        self._thumbnails = thumbnails
        self._loader = PhotoLoader(self)
        self._sequence: tuple[int, ...] = ()
        self._photo: Photo | None = None
        self._faces = PhotoFaces(session.library)
        self._face_id: int | None = None
        self._person_id: int | None = None  # whose photos are being looked through
        self._whole = False

        self.canvas = PhotoCanvas()
        self.name_field = NameField(self.canvas.viewport())
        self._naming = FaceNaming(session, thumbnails, self.name_field)
        self.info = PhotoInfo(self._loader)
        self.info.hide()
        self._trouble = EmptyState("warning", tr("This photo cannot be shown"), "")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.canvas)
        self._pages.addWidget(self._trouble)
        self._info, self._position, self._zoom = QLabel(), QLabel(), QLabel()
        self._info.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._info.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._zoom.setFixedWidth(54)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self._info, self._position, self._zoom):
            label.setProperty("kind", "muted")
        self._actions = ViewerActions(self)
        self._connect_actions()

        foot = QHBoxLayout()
        foot.setContentsMargins(Metrics.M, Metrics.S, Metrics.M, Metrics.S)
        foot.setSpacing(Metrics.L)
        foot.addWidget(self._info, 1)
        foot.addWidget(self._position)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._actions.toolbar(self._zoom))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._pages, 1)
        middle.addWidget(self.info)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)
        self.resize(1040, 760)

        self.canvas.chosen.connect(self._choose)
        self.canvas.activated.connect(self.name_face)
        self.canvas.menu_requested.connect(self._show_menu)
        self.canvas.zoomed.connect(self._on_zoomed)
        self.canvas.drawn.connect(self._on_drawn)
        self.canvas.box_changed.connect(self._on_box_changed)
        self.info.folder_wanted.connect(self._actions["folder"].trigger)
        self.info.copy_wanted.connect(self._actions["copy_path"].trigger)
        self.name_field.left.connect(self.canvas.setFocus)
        self._loader.loaded.connect(self._on_loaded)
        self._loader.failed.connect(self._on_failed)
        thumbnails.photo_loaded.connect(self._on_thumbnail)
        session.changed.connect(self._on_changed)
        session.failed.connect(self._show_problem)

    @property
    def photo_id(self) -> int | None:
        """The photo that is shown."""
        return self._photo.id if self._photo else None

    @property
    def face_id(self) -> int | None:
        """The face that is emphasised."""
        return self._face_id

    def show_photo(self, photo_id: int, face_id: int | None = None, sequence: Sequence[int] | None = None) -> None:
        """Show a photo with one of its faces emphasised; `sequence` are the ids that the arrow keys go through."""
        if sequence is not None:
            self._sequence = tuple(sequence)
        elif photo_id not in self._sequence:
            self._sequence = (photo_id,)
        face = self._session.library.face(face_id) if face_id is not None else None
        self._person_id = face.person_id if face else None
        self._go_to(photo_id, face_id)

    def step(self, by: int) -> None:
        """Go on (1) or back (-1) in the sequence; nothing happens at its ends."""
        if self._photo and self._photo.id in self._sequence:
            at = self._sequence.index(self._photo.id) + by
            if 0 <= at < len(self._sequence):
                self._go_to(self._sequence[at], None)

    def name_face(self, face_id: int | None = None, begin: str = "") -> None:
        """Ask for the name of a face (the chosen one), beginning with what was typed already."""
        face_id = self._face_id if face_id is None else face_id
        place = self.canvas.box_on_screen(face_id) if face_id is not None else None
        face = self._faces.face(face_id)
        if face is None or place is None:
            return
        self._choose(face_id)
        self._naming.ask(face, self._faces.name(face), place, begin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        typed = text[:1].isalpha() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if typed and self._face_id is not None:
            self.name_face(begin=text)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.name_face()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._choose_next(-1 if event.key() == Qt.Key.Key_Backtab else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the faces: they are what can be acted on here."""
        if self._faces.ids and not self.name_field.isVisible():
            self._choose_next(1 if forward else -1)
            return True
        return super().focusNextPrevChild(forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.name_field.leave()
        self._loader.close()
        super().closeEvent(event)

    def _go_to(self, photo_id: int, face_id: int | None) -> None:
        self.name_field.leave()
        self._photo = self._session.library.photo(photo_id)
        self._face_id, self._whole = face_id, False
        if self._photo is None:
            self.info.show_photo(None)
            self._faces.read(None)
            self._on_failed(photo_id, tr("It is no longer in the library."))
            return
        photo = self._photo
        self.setWindowTitle(f"{photo.path.name} – photoclust")
        self.canvas.set_photo(photo.width, photo.height)
        self._pages.setCurrentWidget(self.canvas)
        self._on_thumbnail(photo.id)
        self._loader.load(photo.id, photo.path)
        self.info.show_photo(photo)
        self._read_faces()
        if self._face_id is None and self._person_id is not None:
            self._choose(self._faces.of_person(self._person_id))
        self._tell()
        self.canvas.setFocus()

    def _read_faces(self) -> None:
        """Look up the faces of the photo; those that are none are not drawn, unless this one was asked for."""
        self._faces.read(self.photo_id, but=self._face_id)
        if self._faces.face(self._face_id) is None:
            self._face_id = None
        self.canvas.set_marks(self._faces.marks)
        self.canvas.choose(self._face_id)
        self._update_actions()

    @Slot(object)
    def _choose(self, face_id: int | None) -> None:
        self._face_id = face_id
        self.canvas.choose(face_id)
        self._update_actions()

    def _choose_next(self, by: int) -> None:
        if (face_id := self._faces.next_to(self._face_id, by)) is not None:
            self._choose(face_id)

    @Slot(object)
    def _on_drawn(self, box: Box) -> None:
        """Say that there is a face, and ask whose; where one is known, it is chosen instead."""
        known, edit = self._faces.to_mark(box)
        applied = self._session.apply(edit) if edit is not None else None
        if known is None and applied is not None:
            (known,) = applied.changes.boxes
        if known is not None:
            self._face_id = known
            self._read_faces()
            self.name_face(known)

    @Slot(int, object)
    def _on_box_changed(self, face_id: int, box: Box) -> None:
        if self._session.apply(ChangeBox(face_id, (box.x, box.y, box.w, box.h))) is None:
            self.canvas.viewport().update()

    def _ignore_others(self) -> None:
        if others := self._faces.everyone_else(self._face_id):
            self._session.apply(IgnoreFaces(others))

    @Slot(int, object)
    def _on_loaded(self, photo_id: int, levels: list[QImage]) -> None:
        if photo_id == self.photo_id:
            self._whole = True
            if self._photo and not self._photo.width:
                self.canvas.set_photo(levels[0].width(), levels[0].height())
                self._read_faces()
            self.canvas.set_images(levels)
            self._update_actions()

    @Slot(int, str)
    def _on_failed(self, photo_id: int, reason: str) -> None:
        if self._photo is None or photo_id == self._photo.id:
            self._trouble.set_texts(tr("This photo cannot be shown"), tr(reason))
            self._pages.setCurrentWidget(self._trouble)
            self._update_actions()

    @Slot(int)
    def _on_thumbnail(self, photo_id: int) -> None:
        if photo_id == self.photo_id and not self._whole:
            quick = self._thumbnails.photo(photo_id, _QUICK)
            if quick is not None:
                self.canvas.set_images([quick])

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._photo is None or not self.isVisible():
            return
        if self._photo.id in changes.photos:
            self._go_to(self._photo.id, self._face_id)
        elif changes.boxes or self._faces.touched(changes.faces, changes.persons):
            self._tell()
            self._read_faces()
            self._naming.look()  # by now more may be known of the face that is asked about
        else:
            self._update_actions()  # there is something else to undo

    @Slot(float)
    def _on_zoomed(self, scale: float) -> None:
        self._zoom.setText(f"{scale:.0%}")
        place = self.canvas.box_on_screen(self._face_id) if self._face_id is not None else None
        if place is not None and self.name_field.isVisible():
            self.name_field.leave()

    @Slot(str)
    def _show_problem(self, sentence: str) -> None:
        self._info.setText(sentence)

    def _tell(self) -> None:
        """The line below: name, folder, when, how large, which of how many."""
        assert self._photo is not None
        photo = self._photo
        self._info.setText(photo_line(photo))
        self._info.setToolTip(str(photo.path))
        at = self._sequence.index(photo.id) if photo.id in self._sequence else 0
        self._position.setText(tr("{done} of {total}", done=at + 1, total=len(self._sequence)) if len(self._sequence) > 1 else "")
        self._actions["previous"].setEnabled(at > 0)
        self._actions["next"].setEnabled(at + 1 < len(self._sequence))

    def _say(self, name: str) -> None:
        """Make the edit that an action of the chosen face stands for."""
        face = self._faces.face(self._face_id)
        if face is not None:
            self._session.apply(FACE_EDITS[name](face))

    def _update_actions(self) -> None:
        face, others = self._faces.face(self._face_id), self._faces.everyone_else(self._face_id)
        self._actions.update_for(face, self._faces.name(face))
        self._actions.update_photo(shown=self._pages.currentWidget() is self.canvas, others=bool(others))
        self.info.show_face(face, self.canvas.part(face.box) if face and self._whole else None)
        self._actions.update_undo(self._session.undo_text(), self._session.redo_text())

    @Slot(int, QPoint)
    def _show_menu(self, face_id: int, position: QPoint) -> None:
        if face_id:
            self._choose(face_id)
        self._actions.menu(self, of_face=bool(face_id)).popup(position)

    def _request_person(self) -> None:
        face = self._faces.face(self._face_id)
        if face is not None and face.person_id is not None:
            self.person_requested.emit(face.person_id)

    def _show_in_folder(self) -> None:
        if self._photo is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._photo.path.parent)))

    def _copy_path(self) -> None:
        if self._photo is not None:
            QGuiApplication.clipboard().setText(str(self._photo.path))

    def _connect_actions(self) -> None:
        actions, canvas = self._actions, self.canvas
        for name, then in {
            "previous": partial(self.step, -1), "next": partial(self.step, 1),
            "zoom_in": canvas.zoom_in, "zoom_out": canvas.zoom_out, "fit": canvas.fit, "actual": canvas.actual_size,
            "mark": canvas.mark_face, "change_box": canvas.change_box, "ignore_others": self._ignore_others,
            "folder": self._show_in_folder, "copy_path": self._copy_path, "album": self._request_person, "name": self.name_face,
            "undo": self._session.undo, "redo": self._session.redo,
            **{name: partial(self._say, name) for name in FACE_EDITS},
        }.items():  # fmt: skip
            actions[name].triggered.connect(lambda _checked=False, then=then: then())
        actions["names"].toggled.connect(canvas.show_names)
        actions["boxes"].toggled.connect(canvas.show_boxes)
        actions["info"].toggled.connect(self.info.setVisible)
