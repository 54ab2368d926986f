"""The actions of a window: text, icon, keys, and when each makes sense."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from photoclust.ui.language import N_, tr
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
    "new_window": (N_("New window"), "", ["Ctrl+N"]),
    "open_folder": (N_("Open folder…"), "open-folder", ["Ctrl+O"]),
    "new_library": (N_("New library…"), "", ["Ctrl+Shift+N"]),
    "open_library": (N_("Open library…"), "", ["Ctrl+Shift+O"]),
    "recent": (N_("Recent libraries"), "", []),
    "move_library": (N_("Move library…"), "", []),
    "settings": (N_("Settings…"), "settings", ["Ctrl+,"]),
    "regroup": (N_("Group again…"), "group", ["Ctrl+G"]),
    "export": (N_("Export…"), "export", ["Ctrl+E"]),
    "export_photos": (N_("Export these photos…"), "export", ["Ctrl+Shift+E"]),
    "problems": (N_("Photos that could not be read…"), "warning", []),
    "missing": (N_("Missing photos…"), "", []),
    "folders": (N_("Folders…"), "folder", []),
    "close": (N_("Close window"), "", ["Ctrl+W"]),
    "quit": (N_("Quit"), "", ["Ctrl+Q"]),
    "undo": (N_("Undo"), "undo", ["Ctrl+Z"]),
    "redo": (N_("Redo"), "redo", ["Ctrl+Shift+Z", "Ctrl+Y"]),
    "select_all": (N_("Select all"), "", ["Ctrl+A"]),
    "select_none": (N_("Select nothing"), "", []),
    "search": (N_("Search persons"), "search", ["Ctrl+Shift+F"]),
    "find": (N_("Find photos…"), "search", ["Ctrl+F"]),
    "rename": (N_("Rename…"), "edit", ["F2"]),
    "name_next": (N_("Name the next one"), "person-add", ["N"]),
    "merge": (N_("Merge…"), "merge", ["M"]),
    "confirm_person": (N_("Confirm all faces"), "confirm", ["Shift+Return", "Shift+Enter"]),
    "check_person": (N_("Check this person"), "check-person", ["K"]),
    "put_away": (N_("Put with strangers"), "stranger", ["S"]),
    "keep_in_view": (N_("Keep in view"), "people", ["Shift+S"]),
    "worth_knowing": (N_("Someone worth knowing?"), "", []),
    "ignore_person": (N_("Ignore person"), "ignore", ["Ctrl+I"]),
    "move": (N_("Move to…"), "move-to", ["M"]),
    "split": (N_("Split off as new person"), "split", ["X"]),
    "split_two": (N_("Split in two…"), "split-two", ["Shift+X"]),
    "confirm": (N_("Confirm"), "confirm", ["Return", "Enter"]),
    "take_out": (N_("Not this person"), "person-remove", ["Delete"]),
    "ignore": (N_("Ignore"), "ignore", ["I"]),
    "ignore_others": (N_("Ignore everyone else in this photo"), "ignore-others", ["Shift+I"]),
    "not_a_face": (N_("Not a face"), "not-a-face", ["Shift+Delete"]),
    "bring_back": (N_("Bring back"), "bring-back", ["B"]),
    "cover": (N_("Use as cover"), "cover", ["C"]),
    "show_photo": (N_("Show photo"), "photo", []),
    "faces": (N_("Faces"), "face", ["Ctrl+1"]),
    "photos": (N_("Photos"), "photo", ["Ctrl+2"]),
    "review": (N_("Questions"), "unknown", ["Ctrl+R"]),
    "jobs": (N_("Jobs"), "jobs", ["Ctrl+J"]),
    "history": (N_("History"), "history", ["Ctrl+H"]),
    "timeline": (N_("Timeline"), "timeline", ["T"]),
    "by_quality": (N_("Best first"), "", []),
    "by_person": (N_("By person"), "", []),
    "by_date": (N_("By date"), "", []),
    "by_certainty": (N_("By certainty"), "", []),
    "sort_count": (N_("Biggest first"), "", []),
    "sort_name": (N_("By name"), "", []),
    "sort_unsure": (N_("Most unsure first"), "", []),
    "sort_newest": (N_("Newest photo first"), "", []),
    "fold": (N_("Fold copies and bursts"), "", []),
    "hover_photo": (N_("Show the photo under the mouse"), "", []),
    "zoom_in": (N_("Zoom in"), "zoom-in", ["Ctrl++", "Ctrl+="]),
    "zoom_out": (N_("Zoom out"), "zoom-out", ["Ctrl+-"]),
    "light": (N_("Light"), "", []),
    "dark": (N_("Dark"), "", []),
    "system": (N_("Like the system"), "", []),
    "tour": (N_("Tour again"), "", []),
    "about": (N_("About photoclust"), "info", []),
    "logs": (N_("Open log folder"), "folder", []),
}
_SHORT = {"check_person": N_("Check"), "merge": N_("Merge"), "split": N_("Split off"), "move": N_("Move to")}
"""What buttons say, where that is less than the menu."""
GRID_ACTIONS = (
    "move", "split", "split_two", "confirm", "take_out", "ignore", "ignore_others", "not_a_face", "bring_back", "cover",
    "show_photo", "select_none", "name_next", "check_person", "timeline", "put_away", "keep_in_view",
    "confirm_person", "ignore_person",
)  # fmt: skip
"""These have their keys only while the grid has the focus."""
LIST_ACTIONS = (
    "merge", "name_next", "split_two", "check_person", "timeline", "put_away", "keep_in_view", "confirm_person", "ignore_person",
)  # fmt: skip
"""These have their keys only while the list of persons has the focus."""
FACE_MENU = (
    "show_photo", "-", "confirm", "move", "split", "split_two", "cover", "-", "take_out", "ignore", "ignore_others",
    "not_a_face", "bring_back", "-", "put_away", "keep_in_view", "-", "export_photos",
)  # fmt: skip
PERSON_MENU = (
    "rename", "name_next", "merge", "split_two", "-", "check_person", "timeline", "confirm_person", "ignore_person", "-",
    "put_away", "keep_in_view", "worth_knowing", "-", "export",
)  # fmt: skip
ORDERS = ("by_quality", "by_person", "by_date", "by_certainty")
"""What faces can stand in; one of them is checked."""
SORTS = ("sort_count", "sort_name", "sort_unsure", "sort_newest")
"""The same for persons."""
_MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("&File"), (
        "open_folder", "folders", "new_window", "-", "new_library", "open_library", "recent", "move_library", "-",
        "regroup", "export", "export_photos", "-", "problems", "missing", "-", "settings", "-", "close", "quit",
    )),
    (N_("&Edit"), ("undo", "redo", "-", "select_all", "select_none", "-", "find", "search")),
    (N_("&Person"), PERSON_MENU),
    (N_("F&aces"), FACE_MENU),
    (N_("&View"), (
        "faces", "photos", "review", "jobs", "history", "-",
        "timeline", *ORDERS, "-", *SORTS, "-", "zoom_in", "zoom_out", "fold", "hover_photo", "-",
        "light", "dark", "system",
    )),
    (N_("&Help"), ("tour", "-", "about", "logs")),
)  # fmt: skip


def actions_by_menu() -> list[tuple[str, list[str]]]:
    """The title of each menu, and the names of its actions; each action once."""
    seen: set[str] = set()
    menus = []
    for title, names in _MENUS:
        new = [name for name in names if name != "-" and name not in seen]
        seen.update(new)
        menus.append((tr(title).replace("&", ""), new))
    return menus


def action_text(name: str) -> str:
    """What an action is called in a menu."""
    return tr(_ACTIONS[name][0])


def first_keys() -> dict[str, tuple[str, ...]]:
    """The keys that every action has at first."""
    return {name: tuple(keys) for name, (_, _, keys) in _ACTIONS.items()}


class Actions(QObject):
    """All actions by name; `actions["undo"].triggered` is for the window to connect."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        for name, (english, icon_name, keys) in _ACTIONS.items():
            text = tr(english)
            short = tr(_SHORT[name]) if name in _SHORT else text.rstrip("…")
            action = QAction(text, self)
            action.setObjectName(name)
            action.setIconText(f" {short}")  # the space keeps it off the icon
            if icon_name:
                action.setIcon(icon(icon_name))
            action.setProperty("text_at_first", text)
            if name in GRID_ACTIONS or name in LIST_ACTIONS:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._actions[name] = action
            self.set_keys(name, keys)
        self["quit"].setMenuRole(QAction.MenuRole.QuitRole)
        self["settings"].setMenuRole(QAction.MenuRole.PreferencesRole)
        self["about"].setMenuRole(QAction.MenuRole.AboutRole)
        checkable = ("faces", "photos", "light", "dark", "system", "check_person", "fold", "timeline", "hover_photo")
        for name in (*checkable, *ORDERS, *SORTS):
            self[name].setCheckable(True)

    def __getitem__(self, name: str) -> QAction:
        """An action by name."""
        return self._actions[name]

    def set_keys(self, name: str, keys: Sequence[str]) -> None:
        """Have an action done by these keys, as "Ctrl+E", and by no others."""
        action, sequences = self[name], [QKeySequence(key) for key in keys]
        text = str(action.property("text_at_first"))
        native = sequences[0].toString(QKeySequence.SequenceFormat.NativeText) if sequences else ""
        action.setShortcuts(sequences)
        action.setToolTip(f"{text} ({native})" if native else text)

    def wear_keys(self, chosen: Mapping[str, Sequence[str]]) -> None:
        """Go by the keys that the user has chosen, by name of the action; all others have those that they had at first."""
        for name, (_, _, keys) in _ACTIONS.items():
            self.set_keys(name, chosen.get(name, keys))

    def connect_to(self, name: str, handler: Callable[[], object]) -> None:
        """Do this when an action is triggered."""
        self[name].triggered.connect(lambda _=False: handler())

    def fill(self, bar: QMenuBar) -> None:
        """Put the menus into a menu bar."""
        for title, names in _MENUS:
            self.add_to(bar.addMenu(tr(title)), names)

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
        for name in ("confirm_person", "ignore_person", "merge"):
            self[name].setEnabled(on_person)
        for name in ("rename", "split_two", "check_person"):
            self[name].setEnabled(on_person and len(chosen.persons) <= 1)
        if not on_person:
            self["rename"].setEnabled(faces)  # the faces of nobody get a name with their person
        self["merge"].setText(tr("Merge selected persons") if len(chosen.persons) > 1 else tr("Merge with…"))
        self["show_photo"].setEnabled(faces)
        self["move"].setEnabled(faces)
        self["split"].setEnabled(faces)
        self["split"].setText(tr("Split off as new person") if on_person else tr("Make a new person"))
        self["confirm"].setEnabled(faces and not chosen.aside and chosen.place != Shelf.UNGROUPED)
        self["take_out"].setEnabled(faces and not chosen.aside and chosen.place != Shelf.UNGROUPED)
        self["ignore_others"].setEnabled(faces)
        self["ignore"].setEnabled(faces and chosen.place != Shelf.IGNORED)
        self["not_a_face"].setEnabled(faces and chosen.place != Shelf.NOT_FACES)
        self["bring_back"].setEnabled(faces and chosen.aside)
        self["cover"].setEnabled(on_person and len(chosen.faces) == 1)
        self["select_none"].setEnabled(faces)

    def update_undo(self, undo: str | None, redo: str | None) -> None:
        """Say in the menu what would be undone and done again."""
        self["undo"].setText(tr("Undo {what}", what=undo) if undo else tr("Undo"))
        self["redo"].setText(tr("Redo {what}", what=redo) if redo else tr("Redo"))
        self["undo"].setEnabled(undo is not None)
        self["redo"].setEnabled(redo is not None)
