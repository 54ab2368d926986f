"""Every place, page and dialog: nothing is cut off, in English and German; nothing is without a name for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from every_page import every_page
from every_widget import cut_off, nameless
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from photoclust.ui.jobs import Workflows
from photoclust.ui.language import speak
from photoclust.ui.libraries import Libraries
from photoclust.ui.main_window import MainWindow
from photoclust.ui.preferences import LivePreferences
from photoclust.ui.theme import apply_theme

DIALOGS = {"settings 0", "export", "merge", "move", "about", "jobs 0", "show_photo", "questions"}
"""Some of the pages that must be among those that are looked at."""


@pytest.fixture(params=["en", "de"])
def opened(
    request: pytest.FixtureRequest, qapp: QApplication, library_path: Path, job: Any, tmp_path: Path, monkeypatch: Any
) -> Iterator[MainWindow]:
    """A window as a user has it, dressed and small, in one of the languages."""
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PHOTOCLUST_LANGUAGE", request.param)
    speak(qapp)
    apply_theme(qapp, "light")
    job.go_on.set()
    workflows = Workflows(job.import_photos, job.group_faces, preview=job.preview, look_again=job.look_again)
    libraries = Libraries(lambda scheme: None, lambda language: None, LivePreferences(), workflows=workflows)
    window = libraries.show(library_path).open[0]
    window.resize(1024, 700)
    yield window
    libraries.close()
    qapp.setStyleSheet("")
    monkeypatch.setenv("PHOTOCLUST_LANGUAGE", "en")
    speak(qapp)


def test_no_text_is_cut_off_and_nothing_is_without_a_name(opened: MainWindow, qtbot: Any) -> None:
    seen, faults = set(), []
    for name, page in every_page(opened, qtbot.wait):
        seen.add(name)
        faults += [f"{name}: cut off: {told}" for told in cut_off(page)]
        faults += [f"{name}: no name: {told}" for told in nameless(page)]
    assert seen >= DIALOGS
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("opened", ["en"], indirect=True)
def test_all_that_can_have_the_focus_is_reached_by_tab(opened: MainWindow, qtbot: Any) -> None:
    """From where the focus is at first, until it is there again."""
    opened.go_to(opened.persons.ids[0])
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    opened.centre.grid.setFocus()
    reached: list[QWidget] = []
    while (at := QApplication.focusWidget()) is not None and at not in reached:
        reached.append(at)
        assert len(reached) < 60
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    header, side, strip = opened.centre.header, opened.side, opened.strip
    for widget in (opened.centre.grid, header.more, header.order, side.search, side.shelf_list, side.person_list, strip.zoom):
        assert widget in reached, widget
    words = [w.text().strip() for w in reached if isinstance(w, QToolButton)]
    assert {"Faces", "Photos", "Export"} <= set(words)


def test_the_rows_and_tiles_say_what_they_are(window: MainWindow) -> None:
    """A screen reader reads the accessible text of an item: a name, a count, whose face it is."""
    for view in (window.side.person_list, window.side.shelf_list, window.centre.face_grid):
        interface = QAccessible.queryAccessibleInterface(view)
        assert interface.role() == QAccessible.Role.List
        items = [interface.child(at) for at in range(interface.childCount())]
        assert len(items) == view.model().rowCount() > 0
        assert all(item.role() == QAccessible.Role.ListItem and item.text(QAccessible.Text.Name) for item in items)
    anna = QAccessible.queryAccessibleInterface(window.side.person_list).child(0)
    assert anna.text(QAccessible.Text.Name) == "Anna, 4 faces"


def test_a_text_that_is_cut_off_is_found(qtbot: Any) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    row = QHBoxLayout(box)
    for widget in (QLabel("Much too long a text for so narrow a box"), QPushButton("And one more that is too long")):
        widget.setMaximumWidth(40)
        row.addWidget(widget)
    box.show()
    assert len(cut_off(box)) == 2


def test_a_field_without_a_name_is_found(qtbot: Any) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    row = QHBoxLayout(box)
    for widget in (QLineEdit(), QToolButton(), QPushButton("Words")):
        row.addWidget(widget)
    box.show()
    assert [told.split()[0] for told in nameless(box)] == ["QLineEdit", "QToolButton"]
