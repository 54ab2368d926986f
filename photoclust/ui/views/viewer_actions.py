"""The actions of the photo viewer, and what can be said about one face."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QToolBar, QWidget

from photoclust.core.edits import BringBackFaces, ConfirmFaces, Edit, IgnoreFaces, MoveFaces, NotAFace, SetCover
from photoclust.core.types import Face, FaceState
from photoclust.ui.language import N_, tr
from photoclust.ui.theme import Metrics, icon

FACE_EDITS: dict[str, Callable[[Face], Edit]] = {
    "confirm": lambda face: ConfirmFaces((face.id,)),
    "take_out": lambda face: MoveFaces((face.id,), None),
    "ignore": lambda face: IgnoreFaces((face.id,)),
    "not_a_face": lambda face: NotAFace((face.id,)),
    "bring_back": lambda face: BringBackFaces((face.id,)),
    "cover": lambda face: SetCover(face.person_id or 0, face.id),
}
"""The edit that each of these actions makes of the chosen face."""

# name: (text, icon, keys)
_ACTIONS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "previous": (N_("Previous photo"), "previous", ("Left", "PgUp")),
    "next": (N_("Next photo"), "next", ("Right", "PgDown")),
    "zoom_out": (N_("Zoom out"), "zoom-out", ("-", "Ctrl+-")),
    "zoom_in": (N_("Zoom in"), "zoom-in", ("+", "Ctrl++", "Ctrl+=")),
    "fit": (N_("Fit into the window"), "fit", ("0", "Ctrl+0")),
    "actual": (N_("Actual size"), "actual-size", ("1", "Ctrl+1")),
    "boxes": (N_("Show all faces"), "face-box", ("Ctrl+B",)),
    "names": (N_("Show all names"), "name-tag", ("Ctrl+L",)),
    "info": (N_("Information"), "info", ("Ctrl+I",)),
    "folder": (N_("Open in file manager"), "folder", ("Ctrl+R",)),
    "copy_path": (N_("Copy path"), "copy", ("Ctrl+Shift+C",)),
    "mark": (N_("Mark a face"), "mark-face", ("Ctrl+M", "Ins")),
    "change_box": (N_("Change the box"), "change-box", ("Ctrl+Shift+M",)),
    "undo": (N_("Undo"), "undo", ("Ctrl+Z",)),
    "redo": (N_("Redo"), "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    "name": (N_("Name…"), "edit", ()),
    "album": (N_("Show album"), "person", ()),
    "confirm": (N_("Confirm"), "confirm", ("Ctrl+Return", "Ctrl+Enter")),
    "cover": (N_("Use as cover"), "cover", ("Ctrl+K",)),
    "take_out": (N_("Not this person"), "person-remove", ("Del",)),
    "ignore": (N_("Ignore"), "ignore", ("Ctrl+Del",)),
    "ignore_others": (N_("Ignore everyone else in this photo"), "ignore-others", ("Ctrl+Shift+Del",)),
    "not_a_face": (N_("Not a face"), "not-a-face", ("Shift+Del",)),
    "bring_back": (N_("Bring back"), "bring-back", ("Ctrl+Shift+B",)),
}
_MENU = (
    "name", "confirm", "cover", "album", "-", "take_out", "ignore", "not_a_face", "bring_back", "-", "change_box",
    "ignore_others",
)  # fmt: skip
_PHOTO_MENU = ("mark", "ignore_others", "-", "boxes", "names", "info", "-", "folder", "copy_path")
_CHECKED = {"boxes": True, "names": True, "info": False}


class ViewerActions:
    """All actions by name, added to their window so that the keys work."""

    def __init__(self, window: QWidget) -> None:
        self._actions: dict[str, QAction] = {}
        for name, (english, icon_name, keys) in _ACTIONS.items():
            text = tr(english)
            action = QAction(icon(icon_name) if icon_name else QIcon(), text, window)
            action.setObjectName(name)
            action.setShortcuts([QKeySequence(key) for key in keys])
            if keys:
                shown = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
                action.setToolTip(f"{text} ({shown})")
            window.addAction(action)
            self._actions[name] = action
        for name, on in _CHECKED.items():
            self[name].setCheckable(True)
            self[name].setChecked(on)

    def __getitem__(self, name: str) -> QAction:
        """An action by name."""
        return self._actions[name]

    def toolbar(self, zoom: QLabel) -> QToolBar:
        """The row of buttons on top, with the label that shows the zoom."""
        bar = QToolBar(movable=False)
        bar.setIconSize(QSize(Metrics.ICON, Metrics.ICON))
        bar.addActions([self["previous"], self["next"]])
        bar.addSeparator()
        bar.addActions([self["undo"], self["redo"]])
        bar.addSeparator()
        bar.addAction(self["mark"])
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(space)
        bar.addAction(self["zoom_out"])
        bar.addWidget(zoom)
        bar.addActions([self["zoom_in"], self["fit"], self["actual"]])
        bar.addSeparator()
        bar.addActions([self["boxes"], self["names"], self["info"], self["folder"]])
        return bar

    def menu(self, parent: QWidget, *, of_face: bool) -> QMenu:
        """What can be said about the chosen face, or be done with the photo."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in _MENU if of_face else _PHOTO_MENU:
            if name == "-":
                menu.addSeparator()
            else:
                menu.addAction(self[name])
        return menu

    def update_for(self, face: Face | None, person_name: str) -> None:
        """Enable what makes sense for the chosen face, which belongs to a person of this name."""
        is_face = face is not None and face.state is FaceState.FACE
        placed = is_face and face is not None and face.person_id is not None
        for name in ("album", "cover", "take_out"):
            self[name].setEnabled(placed)
        self["name"].setEnabled(face is not None)
        self["confirm"].setEnabled(placed and face is not None and not face.by_hand)
        for name in ("ignore", "not_a_face", "change_box"):
            self[name].setEnabled(is_face)
        self["bring_back"].setEnabled(face is not None and not is_face)
        self["bring_back"].setVisible(self["bring_back"].isEnabled())
        self["take_out"].setText(tr("Not {name}", name=person_name) if person_name else tr("Not this person"))
        self["album"].setText(tr("Show the album of {name}", name=person_name) if person_name else tr("Show album"))

    def update_photo(self, *, shown: bool, others: bool) -> None:
        """Enable what makes sense for a photo that is shown or not, with others to be ignored or without."""
        for name in ("mark", "fit", "actual", "zoom_in", "zoom_out"):
            self[name].setEnabled(shown)
        self["ignore_others"].setEnabled(others)

    def update_undo(self, undo: str | None, redo: str | None) -> None:
        """Say what would be undone and done again."""
        for name, text in (("undo", undo), ("redo", redo)):
            self[name].setEnabled(text is not None)
        self["undo"].setToolTip(tr("Undo: {what}", what=undo) if undo else tr("Undo"))
        self["redo"].setToolTip(tr("Redo: {what}", what=redo) if redo else tr("Redo"))
