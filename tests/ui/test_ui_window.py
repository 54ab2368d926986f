"""The window as a whole: what it shows at first, after jobs, in two copies, and when things go wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from window_driver import BUTTON, KEY, MOD, owner, question, selected_faces

from photoclust.core.changes import Changes
from photoclust.core.errors import UserError
from photoclust.core.types import Person
from photoclust.library.library import ScannedPhoto
from photoclust.ui.dialogs.problems import ProblemsDialog
from photoclust.ui.main_window import MainWindow
from photoclust.ui.models.places import Shelf
from photoclust.ui.questions import Question
from photoclust.ui.windows import Windows


def test_the_window_starts_with_the_biggest_person(window: MainWindow, anna: Person) -> None:
    assert window.place == anna.id
    assert window.side.selected_persons() == [anna.id]
    assert window.centre.header.title.label.text() == "Anna"
    assert window.centre.header.subtitle.text() == "4 faces in 4 photos"
    assert window.centre.pages.currentWidget() is window.centre.face_grid


def test_a_person_whose_faces_all_leave_gives_way_to_the_next(window: MainWindow, anna: Person, ben: Person) -> None:
    window.go_to(ben.id)
    window.commands.ignore_persons([ben.id])
    assert window.place == anna.id
    assert window.side.selected_persons() == [anna.id]


def test_a_failing_edit_is_told_in_the_window(window: MainWindow, windows: Windows) -> None:
    window.commands.move([99_999], window.place or 0)
    assert question(window).title.text() == "That did not work"
    assert question(window).text.text()


def test_closing_a_window_leaves_the_other_one_working(window: MainWindow, windows: Windows, ben: Person, qtbot: Any) -> None:
    other = windows.new()
    window.close()
    qtbot.waitUntil(lambda: windows.open == [other])
    other.commands.rename(ben.id, "Ben")
    assert other.persons.index_of(ben.id).data() == "Ben"


def test_photos_and_faces_of_a_person_are_two_views_of_the_place(window: MainWindow, ben: Person) -> None:
    window.go_to(ben.id)
    window.actions_["photos"].trigger()
    assert window.centre.pages.currentWidget() is window.centre.photo_grid
    assert window.centre.photos.rowCount() == 3
    assert not window.actions_["move"].isEnabled()
    window.actions_["faces"].trigger()
    assert window.centre.faces.rowCount() == 3


def test_unreadable_photos_are_listed_with_the_reason_and_tried_again(window: MainWindow, job: Any, qtbot: Any) -> None:
    library = window.session.library
    assert not window.strip.problems.isVisible()
    photo = library.photos()[0]
    name = photo.relpath
    cut = ScannedPhoto(name, 1, 1, None, None, 0, 0, 1, "test", "The file is cut off.", (), "test")
    window.session.changed.emit(library.save_scanned(1, [cut]))
    assert window.strip.problems.text() == "1 photo could not be read"
    QTest.mouseClick(window.strip.problems, BUTTON.LeftButton)
    dialog = window.findChild(ProblemsDialog)
    assert dialog is not None
    table = dialog.problems
    assert table.model.index(0, 0).data() == name
    assert table.model.index(0, 1).data() == "The file is cut off."
    with qtbot.waitSignal(window.session.job_ended):
        QTest.mouseClick(table.retry_all, BUTTON.LeftButton)
    assert job.looked_at == [(photo.id,)]


def test_an_empty_library_says_what_to_do(tmp_path: Path, job: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from photoclust.ui.jobs import Workflows

    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    windows = Windows(tmp_path / "new.photoclust", lambda scheme: None, Workflows(job.import_photos, job.group_faces))
    window = windows.new()
    assert window.centre.pages.currentWidget() is window.centre.welcome
    assert not window.centre.header.isVisible()
    assert not window.actions_["regroup"].isEnabled()
    window.open_folder(tmp_path)
    assert window.centre.pages.currentWidget() is not window.centre.welcome
    job.go_on.set()
    qtbot.waitUntil(lambda: not window.session.runner.busy)
    assert window.centre.pages.currentWidget() is window.centre.welcome
    windows.close()
    assert not windows.session.runner.running


def test_a_screenshot_shows_the_window_with_its_pictures(
    library_path: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtGui import QImage

    from photoclust.ui.app import screenshot

    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    out = tmp_path / "pictures" / "window.png"
    screenshot(library_path, out, size=(900, 600))
    image = QImage(str(out))
    assert (image.width(), image.height()) == (900, 600)
    skin = 0
    for x in range(300, 880, 8):
        for y in range(120, 560, 8):
            c = image.pixelColor(x, y)
            skin += abs(c.red() - 0xE8) + abs(c.green() - 0xB7) + abs(c.blue() - 0x96) < 40
    assert skin > 50


def test_the_first_grouping_ends_with_its_biggest_person_and_a_later_one_leaves_the_view_alone(
    window: MainWindow, windows: Windows, job: Any, qtbot: Any, tmp_path: Path
) -> None:
    window.session.undo()
    window.session.undo()
    assert window.place == Shelf.EVERYTHING
    other = windows.new()  # this one has never shown a person
    job.go_on.set()
    job.work = lambda library: library.redo().changes | library.redo().changes
    with qtbot.waitSignal(window.session.job_ended):
        window.open_folder(tmp_path)
    assert other.centre.header.title.label.text() == "Anna"
    other.go_to(Shelf.EVERYTHING)
    job.work = lambda library: Changes()
    with qtbot.waitSignal(window.session.job_ended):
        window.open_folder(tmp_path)
    assert other.place == Shelf.EVERYTHING


def test_the_last_edit_can_be_taken_back_from_the_message_about_it(window: MainWindow, anna: Person) -> None:
    face_id = window.centre.faces.ids[0]
    window.commands.ignore([face_id])
    assert window.strip.undo.isVisible()
    QTest.mouseClick(window.strip.undo, BUTTON.LeftButton)
    assert owner(window, face_id) == anna.id
    assert window.strip.text.text().startswith("Undone: ")
    assert not window.strip.undo.isVisible()


def test_a_narrow_window_keeps_its_buttons_without_their_words(window: MainWindow) -> None:
    selected_faces(window, window.centre.faces.ids[0])
    window.resize(window.minimumSize())
    QTest.qWait(0)
    header = window.centre.header
    buttons = [b for b in header.findChildren(QToolButton) if b.isVisible()]
    assert len(buttons) >= 9
    assert all(header.rect().contains(b.geometry()) or b.parentWidget() is not header for b in buttons)
    assert {b.toolButtonStyle() for b in buttons if b is not header.more} == {Qt.ToolButtonStyle.ToolButtonIconOnly}
    window.resize(1400, 800)
    QTest.qWait(0)
    assert buttons[0].toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon


def test_a_job_that_fails_is_told_in_one_window_only(
    windows: Windows, window: MainWindow, job: Any, qtbot: Any, tmp_path: Path
) -> None:
    other = windows.new()
    job.error = UserError("That folder cannot be read.")
    job.go_on.set()
    with qtbot.waitSignal(window.session.failed):
        window.open_folder(tmp_path)
    asked = [q for w in (window, other) for q in w.findChildren(Question)]
    assert [q.text.text() for q in asked] == ["That folder cannot be read."]


def test_a_bug_is_told_and_logged_and_the_program_goes_on(
    window: MainWindow, windows: Windows, anna: Person, caplog: pytest.LogCaptureFixture
) -> None:
    windows.tell_bug(ValueError, ValueError("boom"), None)
    assert "boom" in question(window).text.text()
    assert "a bug" in caplog.text
    window.commands.rename(anna.id, "Anne")
    assert window.centre.header.title.label.text() == "Anne"


def test_an_album_is_exported_from_the_window(window: MainWindow) -> None:
    from photoclust.ui.dialogs.export_dialog import ExportDialog

    QTest.keyClick(window, KEY.Key_E, MOD.ControlModifier)
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
