"""The actions of a window: text, icon, keys, and when each makes sense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from photoclust.ui.models.places import Shelf, is_person
from photoclust.ui.theme import icon


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen in a window."""

    place: int | None = None
    persons: tuple[int, ...] = ()
    faces: tuple[int, ...] = ()

    @property
    def aside(self) -> bool:
        """Whether the faces shown are ones that were put aside."""
        return self.place in (Shelf.IGNORED, Shelf.NOT_FACES)


# name: (text, icon, keys)
_ACTIONS: dict[str, tuple[str, str, list[str]]] = {
    "new_window": ("New window", "", ["Ctrl+N"]),
    "open_folder": ("Open folder…", "open-folder", ["Ctrl+O"]),
    "regroup": ("Group again…", "group", ["Ctrl+G"]),
    "export": ("Export…", "export", ["Ctrl+E"]),
    "problems": ("Photos that could not be read…", "warning", []),
    "missing": ("Missing photos…", "", []),
    "folders": ("Folders…", "folder", []),
    "close": ("Close window", "", ["Ctrl+W"]),
    "quit": ("Quit", "", ["Ctrl+Q"]),
    "undo": ("Undo", "undo", ["Ctrl+Z"]),
    "redo": ("Redo", "redo", ["Ctrl+Shift+Z", "Ctrl+Y"]),
    "select_all": ("Select all", "", ["Ctrl+A"]),
    "select_none": ("Select nothing", "", []),
    "search": ("Search persons", "search", ["Ctrl+F"]),
    "rename": ("Rename…", "edit", ["F2"]),
    "merge": ("Merge…", "merge", ["M"]),
    "confirm_person": ("Confirm all faces", "confirm", []),
    "ignore_person": ("Ignore person", "ignore", []),
    "move": ("Move to…", "move-to", ["M"]),
    "split": ("Split off as new person", "split", ["X"]),
    "confirm": ("Confirm", "confirm", ["Return", "Enter"]),
    "take_out": ("Not this person", "person-remove", ["Delete"]),
    "ignore": ("Ignore", "ignore", ["I"]),
    "not_a_face": ("Not a face", "not-a-face", ["Shift+Delete"]),
    "bring_back": ("Bring back", "bring-back", ["B"]),
    "cover": ("Use as cover", "cover", ["C"]),
    "show_photo": ("Show photo", "photo", []),
    "faces": ("Faces", "face", ["Ctrl+1"]),
    "photos": ("Photos", "photo", ["Ctrl+2"]),
    "review": ("Questions", "unknown", ["Ctrl+R"]),
    "zoom_in": ("Zoom in", "zoom-in", ["Ctrl++", "Ctrl+="]),
    "zoom_out": ("Zoom out", "zoom-out", ["Ctrl+-"]),
    "light": ("Light", "", []),
    "dark": ("Dark", "", []),
    "system": ("Like the system", "", []),
    "about": ("About photoclust", "info", []),
    "logs": ("Open log folder", "folder", []),
}
_SHORT = {"merge": "Merge", "split": "Split off", "move": "Move to"}
"""What buttons say, where that is less than the menu."""
GRID_ACTIONS = (
    "move", "split", "confirm", "take_out", "ignore", "not_a_face", "bring_back", "cover", "show_photo", "select_none",
)  # fmt: skip
"""These have their keys only while the grid has the focus."""
LIST_ACTIONS = ("merge",)
"""These have their keys only while the list of persons has the focus."""
FACE_MENU = (
    "show_photo", "-", "confirm", "move", "split", "cover", "-", "take_out", "ignore", "not_a_face", "bring_back",
)  # fmt: skip
PERSON_MENU = ("rename", "merge", "-", "confirm_person", "ignore_person", "-", "export")
_MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("&File", (
        "open_folder", "folders", "new_window", "-", "regroup", "export", "-", "problems", "missing", "-", "close", "quit",
    )),
    ("&Edit", ("undo", "redo", "-", "select_all", "select_none", "-", "search")),
    ("&Person", PERSON_MENU),
    ("F&aces", FACE_MENU),
    ("&View", ("faces", "photos", "review", "-", "zoom_in", "zoom_out", "-", "light", "dark", "system")),
    ("&Help", ("about", "logs")),
)  # fmt: skip


class Actions(QObject):
    """All actions by name; `actions["undo"].triggered` is for the window to connect."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        for name, (text, icon_name, keys) in _ACTIONS.items():
            action = QAction(text, self)
            action.setObjectName(name)
            action.setIconText(f" {_SHORT.get(name, text.rstrip('…'))}")  # the space keeps it off the icon
            if icon_name:
                action.setIcon(icon(icon_name))
            action.setShortcuts([QKeySequence(key) for key in keys])
            if name in GRID_ACTIONS or name in LIST_ACTIONS:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            if keys:
                action.setToolTip(f"{text} ({QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)})")
            self._actions[name] = action
        self["quit"].setMenuRole(QAction.MenuRole.QuitRole)
        self["about"].setMenuRole(QAction.MenuRole.AboutRole)
        for name in ("faces", "photos", "light", "dark", "system"):
            self[name].setCheckable(True)

    def __getitem__(self, name: str) -> QAction:
        """An action by name."""
        return self._actions[name]

    def connect_to(self, name: str, handler: Callable[[], object]) -> None:
        """Do this when an action is triggered."""
        self[name].triggered.connect(lambda _=False: handler())

    def fill(self, bar: QMenuBar) -> None:
        """Put the menus into a menu bar."""
        for title, names in _MENUS:
            self.add_to(bar.addMenu(title), names)

    def add_to(self, menu: QMenu, names: tuple[str, ...]) -> None:
        """Put actions into a menu; "-" is a line."""
        for name in names:
            if name == "-":
                menu.addSeparator()
            else:
                menu.addAction(self[name])

    def pop_up(self, names: tuple[str, ...], at: QPoint, parent: QWidget) -> None:
        """Show some of them as a context menu at a global position."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.add_to(menu, names)
        menu.popup(at)

    def update_for(self, chosen: Selection) -> None:
        """Enable what makes sense for what is chosen."""
        faces, on_person = bool(chosen.faces), is_person(chosen.place)
        for name in ("rename", "confirm_person", "ignore_person", "merge"):
            self[name].setEnabled(on_person)
        self["rename"].setEnabled(on_person and len(chosen.persons) <= 1)
        self["merge"].setText("Merge selected persons" if len(chosen.persons) > 1 else "Merge with…")
        self["show_photo"].setEnabled(faces)
        self["move"].setEnabled(faces)
        self["split"].setEnabled(faces)
        self["split"].setText("Split off as new person" if on_person else "Make a new person")
        self["confirm"].setEnabled(faces and not chosen.aside and chosen.place != Shelf.UNGROUPED)
        self["take_out"].setEnabled(faces and not chosen.aside and chosen.place != Shelf.UNGROUPED)
        self["ignore"].setEnabled(faces and chosen.place != Shelf.IGNORED)
        self["not_a_face"].setEnabled(faces and chosen.place != Shelf.NOT_FACES)
        self["bring_back"].setEnabled(faces and chosen.aside)
        self["cover"].setEnabled(on_person and len(chosen.faces) == 1)
        self["select_none"].setEnabled(faces)

    def update_undo(self, undo: str | None, redo: str | None) -> None:
        """Say in the menu what would be undone and done again."""
        for name, word, text in (("undo", "Undo", undo), ("redo", "Redo", redo)):
            self[name].setText(f"{word} {text}" if text else word)
            self[name].setEnabled(text is not None)
