"""The export dialog: says what it will do, does it in the background, can be stopped, and tells how it ended."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, Qt, QThreadPool
from PySide6.QtGui import QDesktopServices, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from photoclust.core.edits import MoveFaces
from photoclust.core.errors import UserError
from photoclust.core.progress import Status
from photoclust.ui import exporter
from photoclust.ui.dialogs.export_dialog import ExportDialog
from photoclust.ui.session import Session
from photoclust.ui.thumbnails import Thumbnails

CHOICE, PROGRESS, END = range(3)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "exported"


@pytest.fixture
def anna(session: Session) -> int:
    return next(p.id for p in session.library.persons() if p.name == "Anna")


@pytest.fixture
def parent(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def dialog(session: Session, anna: int, out: Path, parent: QWidget, qtbot) -> Iterator[ExportDialog]:
    dialog = ExportDialog(session, [anna], parent, folder=out)
    with qtbot.waitExposed(dialog):
        dialog.open()
    yield dialog
    if shiboken6.isValid(dialog) and dialog.isVisible():
        dialog.done(0)


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def wait_for_plan(dialog: ExportDialog, qtbot) -> None:
    qtbot.waitUntil(lambda: dialog.export_button.isEnabled())


def export(dialog: ExportDialog, qtbot) -> None:
    wait_for_plan(dialog, qtbot)
    with qtbot.waitSignal(dialog._exporter.exported):
        click(dialog.export_button)


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.jpg"))


def held_export(monkeypatch) -> threading.Event:
    """Let an export begin and then go on only until it is stopped; the event says that it has begun."""
    begun = threading.Event()
    turn = threading.Event()

    def run_export(plan, progress):
        progress.report(Status("Copying photos", 1, 4))
        begun.set()
        while not turn.wait(0.005):
            progress.checkpoint()

    monkeypatch.setattr(exporter, "run_export", run_export)
    return begun


def test_it_says_what_it_will_do_before_anything_is_written(dialog: ExportDialog, out: Path, qtbot):
    assert not dialog.export_button.isEnabled()
    wait_for_plan(dialog, qtbot)
    assert dialog.summary.text().startswith("Copies 4 photos (")
    assert f"of 1 person into “{out}”" in dialog.summary.text()
    assert not out.exists()


def test_the_albums_are_there_when_it_says_so(dialog: ExportDialog, out: Path, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    export(dialog, qtbot)
    assert dialog.pages.currentIndex() == END
    assert dialog.outcome.text().startswith("4 files exported (")
    assert files(out) == [f"Anna/photo-{i}.jpg" for i in range(4)]
    assert opened == []
    click(dialog.show_button)
    assert opened == [str(out)]


def test_exporting_again_finds_everything_done(dialog: ExportDialog, session: Session, anna: int, out: Path, parent, qtbot):
    export(dialog, qtbot)
    again = ExportDialog(session, [anna], parent, folder=out)
    again.open()
    export(again, qtbot)
    assert again.outcome.text() == "0 files exported. 4 were there already."
    again.accept()


def test_clicking_a_check_mark_takes_another_person_along(dialog: ExportDialog, out: Path, qtbot):
    wait_for_plan(dialog, qtbot)
    row = dialog.persons.visualRect(dialog.persons.model().index(1, 0))
    QTest.mouseClick(dialog.persons.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row.left() + 12, row.center().y()))
    assert not dialog.export_button.isEnabled(), "what it said is not what it would do any more"
    wait_for_plan(dialog, qtbot)
    assert "Copies 5 photos" in dialog.summary.text()
    assert "7 files" in dialog.summary.text()
    export(dialog, qtbot)
    assert len(files(out)) == 7


def test_with_nobody_chosen_it_asks_for_somebody(dialog: ExportDialog, qtbot):
    wait_for_plan(dialog, qtbot)
    dialog.persons.check_all(False)
    qtbot.waitUntil(lambda: dialog.summary.text() == "Choose at least one person.")
    assert not dialog.export_button.isEnabled()
    dialog.persons.check_all(True)
    wait_for_plan(dialog, qtbot)
    assert len(dialog.persons.checked_ids()) == 2


def test_a_folder_that_is_scanned_is_refused_with_a_sentence(dialog: ExportDialog, session: Session, qtbot):
    wait_for_plan(dialog, qtbot)
    dialog.folder.setText(str(session.library.roots()[0] / "albums"))
    qtbot.waitUntil(lambda: "which is scanned for photos" in dialog.summary.text())
    assert dialog.summary.property("kind") == "problem"
    assert not dialog.export_button.isEnabled()


@pytest.mark.parametrize(
    ("typed", "answer"), [("  ", "Choose a folder to export to."), ("albums", "Choose a folder by its whole path")]
)
def test_without_a_whole_path_it_asks_for_one(dialog: ExportDialog, qtbot, typed: str, answer: str):
    dialog.folder.setText(typed)
    qtbot.waitUntil(lambda: dialog.summary.text().startswith(answer))
    assert not dialog.export_button.isEnabled()


def test_enter_in_the_folder_field_starts_nothing(dialog: ExportDialog, out: Path, qtbot):
    wait_for_plan(dialog, qtbot)
    QTest.keyClick(dialog.folder, Qt.Key.Key_Return)
    assert dialog.pages.currentIndex() == CHOICE
    assert not out.exists()


@pytest.mark.parametrize("mode", [1, 2], ids=["hardlink", "symlink"])
def test_links_instead_of_copies(dialog: ExportDialog, session: Session, out: Path, qtbot, mode: int):
    wait_for_plan(dialog, qtbot)
    click(dialog.modes.button(mode))
    wait_for_plan(dialog, qtbot)
    assert dialog.summary.text().startswith("Links 4 photos of 1 person")
    export(dialog, qtbot)
    made, source = out / "Anna" / "photo-0.jpg", session.library.roots()[0] / "photo-0.jpg"
    assert made.samefile(source)
    assert made.is_symlink() == (mode == 2)


def test_an_export_can_be_stopped_and_gone_on_with(dialog: ExportDialog, qtbot, monkeypatch):
    begun = held_export(monkeypatch)
    wait_for_plan(dialog, qtbot)
    click(dialog.export_button)
    qtbot.waitUntil(lambda: dialog.status.text() == "Copying photos: 1 of 4")
    assert begun.is_set()
    assert dialog.pages.currentIndex() == PROGRESS
    assert (dialog.bar.value(), dialog.bar.maximum()) == (1, 4)
    with qtbot.waitSignal(dialog._exporter.exported):
        click(dialog.stop_button)
    assert dialog.outcome.text().startswith("Stopped.")
    monkeypatch.undo()
    click(dialog.again_button)
    export(dialog, qtbot)
    assert dialog.outcome.text().startswith("4 files exported")


def test_a_closed_dialog_plans_nothing_more(dialog: ExportDialog, qtbot):
    wait_for_plan(dialog, qtbot)
    dialog.folder.setText(dialog.folder.text() + "2")
    dialog.reject()
    assert not dialog._calm.isActive()


def test_escape_during_an_export_stops_it_and_then_closes(dialog: ExportDialog, qtbot, monkeypatch):
    begun = held_export(monkeypatch)
    wait_for_plan(dialog, qtbot)
    click(dialog.export_button)
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog._exporter.running


def test_when_the_window_goes_the_export_ends_with_it(dialog: ExportDialog, session: Session, parent, qtbot, monkeypatch):
    begun = held_export(monkeypatch)
    wait_for_plan(dialog, qtbot)
    click(dialog.export_button)
    qtbot.waitUntil(begun.is_set)
    running = dialog._exporter
    dialog.deleteLater()
    QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    assert running.findChild(QThreadPool).activeThreadCount() == 0
    assert not running.running


def test_what_goes_wrong_is_told_as_it_is_and_one_can_go_back(dialog: ExportDialog, qtbot, monkeypatch):
    def full(plan, progress):
        raise UserError("The disk is full: 1 of 4 files are there.")

    monkeypatch.setattr(exporter, "run_export", full)
    export(dialog, qtbot)
    assert dialog.outcome.text() == "The disk is full: 1 of 4 files are there."
    assert not dialog.show_button.isVisible()
    click(dialog.again_button)
    assert dialog.pages.currentIndex() == CHOICE


def test_a_bug_is_told_as_one_and_logged(dialog: ExportDialog, qtbot, monkeypatch, caplog):
    def broken(plan, progress):
        raise RuntimeError("no such thing")

    monkeypatch.setattr(exporter, "run_export", broken)
    export(dialog, qtbot)
    assert dialog.outcome.text() == "Something went wrong: no such thing. The log has the details."
    assert "no such thing" in caplog.text


def test_a_person_that_is_gone_meanwhile_is_told(dialog: ExportDialog, session: Session, anna: int, qtbot):
    wait_for_plan(dialog, qtbot)
    session.apply(MoveFaces(tuple(session.library.face_ids(person_id=anna)), None))
    dialog.modes.button(2).click()
    qtbot.waitUntil(lambda: dialog.summary.property("kind") == "problem")
    assert "no person" in dialog.summary.text()


def test_only_the_last_wish_is_answered(dialog: ExportDialog, out: Path, qtbot):
    wait_for_plan(dialog, qtbot)
    for name in ("a", "b", "c"):
        dialog.folder.setText(str(out / name))
        dialog._calm.stop()
        dialog._ask_for_plan()
    wait_for_plan(dialog, qtbot)
    assert f"“{out / 'c'}”" in dialog.summary.text()


def test_without_a_choice_everybody_with_a_name_is_checked(session: Session, anna: int, parent, out: Path, qtbot):
    dialog = ExportDialog(session, [], parent, folder=out)
    assert dialog.persons.checked_ids() == (anna,)
    dialog.reject()


def test_the_persons_have_their_covers(session: Session, anna: int, parent, out: Path, tmp_path: Path, qtbot):
    thumbnails = Thumbnails(session.library.path, tmp_path / "thumbnails.db")
    dialog = ExportDialog(session, [anna], parent, thumbnails=thumbnails, folder=out)
    with qtbot.waitSignal(thumbnails.face_loaded):
        dialog.open()
    qtbot.waitUntil(lambda: thumbnails.pending() == 0)
    cover = dialog.persons.model().index(0, 0).data(Qt.ItemDataRole.DecorationRole)
    assert isinstance(cover, QPixmap)
    image = cover.toImage()
    assert image.pixelColor(0, 0).alpha() == 0, "it is round"
    assert image.pixelColor(16, 16).alpha() == 255
    dialog.reject()
    thumbnails.close()


def test_chosen_photos_go_into_one_album_whose_name_is_asked_for(session: Session, out: Path, parent: QWidget, qtbot):
    photos = [p.id for p in session.library.photos()][:2]
    dialog = ExportDialog(session, [], parent, folder=out, photo_ids=photos, album="Sea")
    with qtbot.waitExposed(dialog):
        dialog.open()
    assert not dialog.persons.isVisible()
    wait_for_plan(dialog, qtbot)
    assert f"into “{out / 'Sea'}”" in dialog.summary.text()
    dialog.album.setFocus()
    dialog.album.selectAll()
    QTest.keyClick(dialog.album, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "name" in dialog.summary.text())
    assert not dialog.export_button.isEnabled()
    QTest.keyClicks(dialog.album, "Beach")
    export(dialog, qtbot)
    assert files(out) == ["Beach/photo-0.jpg", "Beach/photo-1.jpg"]
    dialog.done(0)
