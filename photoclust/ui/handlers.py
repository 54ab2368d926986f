"""What each action of a window does, and when it can be done; a new action gets its line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QApplication

from photoclust.ui.actions import GRID_ACTIONS, LIST_ACTIONS
from photoclust.ui.dialogs.about import open_logs, show_about
from photoclust.ui.models.places import is_person
from photoclust.ui.recent import library_name
from photoclust.ui.theme import Scheme

if TYPE_CHECKING:
    from photoclust.ui.main_window import MainWindow


class Handlers(QObject):
    """Connects the actions of a window to what they do and enables those that make sense."""

    def __init__(self, window: MainWindow, new_window: Callable[[], object], wear: Callable[[Scheme], object]) -> None:
        super().__init__(window)
        self._window = window
        self._put_into_widgets()
        for name, handler in self._table(new_window, wear).items():
            window.actions_.connect_to(name, handler)

    def _table(self, new_window: Callable[[], object], wear: Callable[[Scheme], object]) -> dict[str, Callable[[], object]]:
        window = self._window
        commands, session, centre, opening = window.commands, window.session, window.centre, window.opening
        chosen = window.selection
        return {
            "new_window": new_window,
            "open_folder": opening.ask_folder,
            "regroup": window.regrouping.start,
            "export": lambda: opening.export(chosen().persons),
            "problems": opening.problems,
            "missing": opening.missing,
            "folders": opening.folders,
            "close": window.close,
            "quit": QApplication.closeAllWindows,
            "undo": session.undo,
            "redo": session.redo,
            "select_all": lambda: centre.grid.selectAll(),
            "select_none": lambda: centre.grid.clearSelection(),
            "search": self._search,
            "rename": self._rename,
            "name_next": window.naming.start,
            "merge": lambda: commands.merge_selected(chosen().persons),
            "confirm_person": lambda: commands.confirm_persons(chosen().persons),
            "ignore_person": lambda: commands.ignore_persons(chosen().persons),
            "move": lambda: commands.pick_and_move(chosen().faces, window.place),
            "split": lambda: commands.new_person(chosen().faces),
            "split_two": lambda: window.splitting.start(chosen().persons[0], chosen().faces),
            "confirm": self._confirm,
            "take_out": lambda: commands.take_out(chosen().faces),
            "ignore": lambda: commands.ignore(chosen().faces),
            "ignore_others": lambda: commands.ignore_others(chosen().faces),
            "not_a_face": lambda: commands.not_a_face(chosen().faces),
            "bring_back": lambda: commands.bring_back(chosen().faces),
            "cover": lambda: commands.set_cover(chosen()),
            "show_photo": lambda: window.open_face(chosen().faces[0]),
            "faces": lambda: centre.set_mode(photos=False),
            "photos": lambda: centre.set_mode(photos=True),
            "review": window.open_review,
            "jobs": opening.jobs,
            "history": lambda: window.history.toggle(),
            "zoom_in": lambda: centre.zoom_by(1),
            "zoom_out": lambda: centre.zoom_by(-1),
            "light": lambda: wear("light"),
            "dark": lambda: wear("dark"),
            "system": lambda: wear("system"),
            "about": lambda: show_about(window, session.library.path),
            "logs": open_logs,
        }

    def _put_into_widgets(self) -> None:
        window = self._window
        window.actions_.fill(window.menuBar())
        for name in GRID_ACTIONS:
            window.centre.face_grid.addAction(window.actions_[name])
        for name in LIST_ACTIONS:
            window.side.person_list.addAction(window.actions_[name])
        for names in (("faces", "photos"), ("light", "dark", "system")):
            group = QActionGroup(window)
            for name in names:
                group.addAction(window.actions_[name])

    @Slot()
    def refresh(self) -> None:
        """Enable what makes sense for what is chosen and what the library holds."""
        window = self._window
        chosen, counts, actions = window.selection(), window.shelves.counts, window.actions_
        actions.update_for(chosen)
        self.refresh_regroup()
        actions["problems"].setEnabled(counts.errors > 0)
        actions["missing"].setEnabled(counts.missing > 0)
        actions["review"].setEnabled(counts.faces > 0)
        for name in ("export", "name_next"):
            actions[name].setEnabled(counts.persons > 0)
        window.centre.header.offer(chosen)
        window.setWindowTitle(" – ".join(filter(None, (window.centre.title, library_name(window.session.library.path)))))

    def refresh_regroup(self) -> None:
        """Group again only while nothing else runs."""
        window = self._window
        window.actions_["regroup"].setEnabled(window.shelves.counts.faces > 0 and not window.session.runner.busy)

    def _confirm(self) -> None:
        self._window.commands.confirm(self._window.selection().faces)
        self._window.centre.grid.select_next()

    def _rename(self) -> None:
        window, place = self._window, self._window.place
        if window.side.person_list.hasFocus():
            window.side.edit_name()
        elif place is not None and is_person(place):
            window.centre.header.title.edit()
        else:
            window.commands.pick_and_move(window.selection().faces, place)

    def _search(self) -> None:
        self._window.side.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.side.search.selectAll()
