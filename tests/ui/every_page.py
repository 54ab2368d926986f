"""Goes through a window: every place, page and dialog that it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QTabWidget, QWidget

from photoclust.ui.main_window import MainWindow
from photoclust.ui.models.places import Shelf, is_person

FILE_DIALOGS = {"open_folder", "new_library", "open_library", "move_library"}
"""These open what is the system's."""
NO_DIALOG = {"rename", "regroup", "find"}
"""Ends in "…", but is in its place in the window, or comes when a job ends."""
IN_PLACE = ("find", "history", "timeline", "by_person", "by_date", "by_certainty", "worth_knowing", "check_person")
"""These change what the window shows."""


def every_page(window: MainWindow, wait: Any = QTest.qWait) -> Iterator[tuple[str, QWidget]]:
    """Shows one after the other, and yields its name and the widget that it is."""
    yield from _places(window, wait)
    window.open_review()
    wait(30)
    yield "questions", window
    window.leave_review()
    yield from _dialogs(window, wait)
    for name in IN_PLACE:
        window.go_to(window.persons.ids[0])
        wait(30)
        window.actions_[name].trigger()
        wait(60)
        yield name, window
        window.leave_review()
        if window.actions_[name].isCheckable():
            window.actions_[name].trigger()
        wait(30)


def _places(window: MainWindow, wait: Any) -> Iterator[tuple[str, QWidget]]:
    centre = window.centre
    for place in (*list(window.persons.ids)[:2], *(int(s) for s in Shelf)):
        window.side.choose(place)
        window.go_to(place)
        wait(30)
        name = f"person {place}" if is_person(place) else Shelf(place).name.lower()
        yield name, window
        centre.grid.selectAll()
        wait(30)
        if centre.grid.selected_ids():
            yield f"{name}, selected", window
            centre.grid.clearSelection()
    window.go_to(window.persons.ids[0])
    centre.set_mode(photos=True)
    wait(30)
    yield "photos of a person", window
    centre.set_mode(photos=False)


def _dialogs(window: MainWindow, wait: Any) -> Iterator[tuple[str, QWidget]]:
    actions = window.actions_
    names = [action.objectName() for action in actions.children() if action.objectName()]
    opening = [n for n in names if actions[n].text().endswith("…") and n not in FILE_DIALOGS | NO_DIALOG]
    for name in (*opening, "about", "jobs", "show_photo"):
        window.go_to(window.persons.ids[0])
        wait(30)
        window.centre.grid.setCurrentIndex(window.centre.grid.model().index(0, 0))
        wait(10)
        before = {id(widget) for widget in QApplication.topLevelWidgets() if widget.isVisible()}
        actions[name].trigger()
        wait(60)
        for shown in QApplication.topLevelWidgets():
            if shown.isVisible() and id(shown) not in before and not isinstance(shown, QFileDialog):
                yield from _tabs(name, shown, wait)
                shown.close()
                if isinstance(shown, QDialog):
                    shown.deleteLater()
        wait(10)


def _tabs(name: str, shown: QWidget, wait: Any) -> Iterator[tuple[str, QWidget]]:
    tabs = shown.findChild(QTabWidget)
    for at in range(tabs.count() if tabs else 1):
        if tabs:
            tabs.setCurrentIndex(at)
            wait(20)
        yield f"{name} {at}" if tabs else name, shown
