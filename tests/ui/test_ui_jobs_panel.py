"""The jobs panel tells what runs, waits and ended, holds and stops it, and tries broken photos again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from window_driver import BUTTON

from photoclust.core.changes import Changes
from photoclust.core.errors import UserError
from photoclust.library.library import Library, ScannedPhoto
from photoclust.ui.dialogs.jobs_panel import JobsPanel
from photoclust.ui.dialogs.problems import ProblemsDialog
from photoclust.ui.jobs import JobPhase
from photoclust.ui.main_window import MainWindow


@pytest.fixture
def panel(window: MainWindow) -> JobsPanel:
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    panel = window.findChild(JobsPanel)
    assert panel is not None
    assert panel.isVisible()
    return panel


def lines(panel: JobsPanel) -> list[tuple[str, str]]:
    items = [panel.list.topLevelItem(i) for i in range(panel.list.topLevelItemCount())]
    return [(item.text(0), item.text(1)) for item in items if item is not None]


def break_photos(window: MainWindow, *numbers: int) -> list[int]:
    """Have photos that cannot be read; their ids."""
    library = window.session.library
    photos = [library.photos()[i] for i in numbers]
    cut = [
        ScannedPhoto(p.relpath, 1, 1, None, None, 0, 0, 1, "test", "The file is cut off.", (), "test")
        for p in photos
    ]  # fmt: skip
    window.session.changed.emit(library.save_scanned(1, cut))
    return [p.id for p in photos]


def repair(library: Library, photo_id: int) -> Changes:
    photo = library.photo(photo_id)
    assert photo is not None
    good = ScannedPhoto(photo.relpath, 1, 1, "x", None, 480, 360, 1, "test", None, (), "test")
    return library.save_scanned(1, [good])


def test_nothing_is_being_done_at_first(panel: JobsPanel) -> None:
    assert panel.card.title.text() == "Nothing is being done"
    assert not panel.card.stop.isVisible()
    assert lines(panel) == []


def test_it_shows_what_runs_and_what_waits_and_stops_one_of_them(
    panel: JobsPanel, window: MainWindow, job: Any, qtbot: Any, tmp_path: Path
) -> None:
    job.steps = 3
    for name in ("Summer", "Winter", "Spring"):
        window.open_folder(tmp_path / name)
    qtbot.waitUntil(lambda: "0 of 3" in panel.card.line.text())
    assert panel.card.title.text() == "Import Summer"
    assert "CPU" in panel.card.line.text()
    assert lines(panel) == [("Import Winter", "Waits"), ("Import Spring", "Waits")]
    winter = panel.list.topLevelItem(0)
    stop = panel.list.itemWidget(winter, 3)
    assert isinstance(stop, QToolButton)
    QTest.mouseClick(stop, BUTTON.LeftButton)
    job.go_on.set()
    qtbot.waitUntil(lambda: not window.session.runner.busy)
    assert job.folders == [tmp_path / "Summer", tmp_path / "Spring"]
    told = dict(lines(panel))
    assert list(told) == ["Import Spring", "Import Winter", "Import Summer"], "the newest first"
    assert told["Import Winter"].startswith("Stopped")
    assert "6 faces" in told["Import Summer"]


def test_pause_says_that_it_is_about_to_until_the_job_really_stands(
    panel: JobsPanel, window: MainWindow, job: Any, qtbot: Any, tmp_path: Path
) -> None:
    job.steps = 2
    window.open_folder(tmp_path / "Summer")
    qtbot.waitUntil(lambda: bool(job.folders))
    QTest.mouseClick(panel.card.pause, BUTTON.LeftButton)
    assert panel.card.line.text().startswith("Pausing…")
    assert panel.card.pause.text() == "Go on"
    job.go_on.set()
    qtbot.waitUntil(lambda: panel.card.line.text().startswith("Paused"))
    QTest.mouseClick(panel.card.pause, BUTTON.LeftButton)
    qtbot.waitUntil(lambda: not window.session.runner.busy)
    assert job.grouped == 1


def test_a_pause_that_is_taken_back_before_it_began_is_none(window: MainWindow, job: Any, qtbot: Any, tmp_path: Path) -> None:
    job.steps = 2
    runner = window.session.runner
    window.open_folder(tmp_path)
    qtbot.waitUntil(lambda: bool(job.folders))
    runner.pause()
    runner.resume()
    assert runner.state.phase is JobPhase.RUNNING
    job.go_on.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert job.grouped == 1


def test_stop_stops_what_runs_and_the_next_begins(
    panel: JobsPanel, window: MainWindow, job: Any, qtbot: Any, tmp_path: Path
) -> None:
    job.steps = 9
    for name in ("Summer", "Winter"):
        window.open_folder(tmp_path / name)
    qtbot.waitUntil(lambda: bool(job.folders))
    QTest.mouseClick(panel.card.stop, BUTTON.LeftButton)
    assert not panel.card.stop.isEnabled()
    assert panel.card.line.text().startswith("Stopping…")
    job.go_on.set()
    qtbot.waitUntil(lambda: not window.session.runner.busy)
    assert job.folders == [tmp_path / "Summer", tmp_path / "Winter"]
    assert [r.end.cancelled for r in window.session.runner.records] == [True, False]


def test_a_job_that_failed_says_why(panel: JobsPanel, window: MainWindow, job: Any, qtbot: Any, tmp_path: Path) -> None:
    job.error = UserError("The drive is not there.")
    job.go_on.set()
    with qtbot.waitSignal(window.session.job_ended):
        window.session.import_quietly(tmp_path / "Drive")
    ((title, text),) = lines(panel)
    assert title == "Look for new photos in Drive"
    assert text.startswith("The drive is not there.")


def test_groupings_of_earlier_days_are_listed(window: MainWindow) -> None:
    with Library.open(window.session.library.path) as library:
        library.record_run("album", {}, 0, {"faces": 1234, "persons": 56, "seconds": 12.3})
        with library._db.transaction():
            library._db.rows("UPDATE runs SET at = at - 100000")
    window.actions_["jobs"].trigger()
    panel = window.findChild(JobsPanel)
    assert panel is not None
    assert lines(panel) == [("Grouping of 1,234 faces", "56 persons · 12 seconds")]


def test_one_photo_is_tried_again_and_its_row_goes_when_it_works(
    panel: JobsPanel, window: MainWindow, job: Any, qtbot: Any
) -> None:
    first, second = break_photos(window, 1, 4)
    table = panel.problems
    panel.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: table.model.rowCount() == 2)
    assert not table.retry.isEnabled(), "no row is selected"
    table.table.setCurrentIndex(table.model.index(1, 0))
    assert table.retry.isEnabled()
    job.repaired = lambda library: repair(library, second)
    window.session.runner.pause()
    with qtbot.waitSignal(window.session.job_ended):
        QTest.mouseClick(table.retry, BUTTON.LeftButton)
        assert table.model.index(1, 1).data() == "Being looked at again…"
        assert not table.retry.isEnabled()
    assert job.looked_at == [(second,)]
    assert table.model.ids == [first]
    assert panel.tabs.tabText(1) == "1 photos could not be read" or panel.tabs.tabText(1) == "1 photo could not be read"


def test_all_are_tried_again_and_those_that_do_not_work_stay(panel: JobsPanel, window: MainWindow, job: Any, qtbot: Any) -> None:
    first, second = break_photos(window, 0, 2)
    panel.tabs.setCurrentIndex(1)
    table = panel.problems
    qtbot.waitUntil(lambda: table.model.rowCount() == 2)
    with qtbot.waitSignal(window.session.job_ended):
        QTest.mouseClick(table.retry_all, BUTTON.LeftButton)
    assert job.looked_at == [(first, second)]
    assert table.model.index(0, 1).data() == "The file is cut off."
    assert job.grouped == 0, "no face came of it"


def test_the_file_is_shown_in_its_folder(
    panel: JobsPanel, window: MainWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr("photoclust.ui.views.problem_table.show_in_file_manager", shown.append)
    (photo_id,) = break_photos(window, 3)
    panel.tabs.setCurrentIndex(1)
    table = panel.problems
    qtbot.waitUntil(lambda: table.model.rowCount() == 1)
    table.table.setCurrentIndex(table.model.index(0, 0))
    QTest.mouseClick(table.show_file, BUTTON.LeftButton)
    photo = window.session.library.photo(photo_id)
    assert photo is not None
    assert shown == [photo.path]


def test_the_list_of_problems_stays_in_step_while_an_import_runs(window: MainWindow, qtbot: Any, job: Any) -> None:
    window.actions_["problems"].setEnabled(True)
    window.actions_["problems"].trigger()
    dialog = window.findChild(ProblemsDialog)
    assert dialog is not None
    assert dialog.problems.hint.text() == "Every photo could be read."
    break_photos(window, 0, 1, 2)
    qtbot.waitUntil(lambda: dialog.problems.model.rowCount() == 3)
    assert dialog.problems.hint.text().startswith("3 photos could not be read.")
