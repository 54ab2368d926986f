"""Closing while something runs asks, once, in the last window only; what was done is kept, and the library is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import BUTTON, KEY, MOD

from photoclust.demo.album import render_album
from photoclust.library.health import examine
from photoclust.library.library import Library
from photoclust.media.scan import walk_photos
from photoclust.ui.dialogs.problems import ProblemsDialog
from photoclust.ui.jobs import JobPhase
from photoclust.ui.main_window import MainWindow
from photoclust.ui.questions import Question
from photoclust.ui.windows import Windows


def asked(window: MainWindow) -> list[Question]:
    return [q for q in window.findChildren(Question) if q.isVisible()]


@pytest.fixture
def importing(window: MainWindow, job: Any, qtbot: Any, tmp_path: Path) -> MainWindow:
    """A window with an import that has begun."""
    job.steps = 50
    window.open_folder(tmp_path / "Summer")
    qtbot.waitUntil(lambda: bool(job.folders))
    return window


def test_closing_asks_and_stay_changes_nothing(importing: MainWindow, job: Any, qtbot: Any) -> None:
    assert not importing.close()
    (question,) = asked(importing)
    assert "“Import Summer” is not done yet." in question.text.text()
    assert "kept" in question.text.text()
    QTest.mouseClick(question.buttons["Stay"], BUTTON.LeftButton)
    assert importing.isVisible()
    assert importing.session.runner.state.phase is JobPhase.RUNNING
    job.go_on.set()
    qtbot.waitUntil(lambda: not importing.session.runner.busy)
    assert job.grouped == 1


def test_asked_twice_it_is_asked_once_and_escape_stays(importing: MainWindow) -> None:
    importing.close()
    importing.close()
    (question,) = asked(importing)
    QTest.keyClick(question, KEY.Key_Escape)
    assert asked(importing) == []
    assert importing.isVisible()
    importing.close()
    assert len(asked(importing)) == 1, "and it asks again the next time"


def test_stop_and_close_closes_when_the_job_has_stopped(importing: MainWindow, windows: Windows, job: Any, qtbot: Any) -> None:
    importing.close()
    QTest.mouseClick(asked(importing)[0].buttons["Stop and close"], BUTTON.LeftButton)
    assert importing.isVisible(), "the job is in the middle of something"
    assert importing.strip.text.text().startswith("Stopping…")
    assert not importing.close(), "and it is not asked again"
    assert asked(importing) == []
    with qtbot.waitSignal(windows.emptied):
        job.go_on.set()
    assert job.grouped == 0
    assert windows.session.runner.records[-1].end.cancelled


def test_when_the_job_ends_by_itself_the_question_goes(importing: MainWindow, job: Any, qtbot: Any) -> None:
    importing.close()
    job.go_on.set()
    qtbot.waitUntil(lambda: not importing.session.runner.busy)
    qtbot.waitUntil(lambda: asked(importing) == [])
    assert importing.isVisible()


def test_a_paused_job_is_asked_about_too_and_stops(importing: MainWindow, windows: Windows, job: Any, qtbot: Any) -> None:
    importing.session.runner.pause()
    job.go_on.set()
    qtbot.waitUntil(lambda: importing.session.runner.state.phase is JobPhase.PAUSED)
    importing.close()
    with qtbot.waitSignal(windows.emptied):
        QTest.mouseClick(asked(importing)[0].buttons["Stop and close"], BUTTON.LeftButton)


def test_only_the_last_window_asks(importing: MainWindow, windows: Windows, qtbot: Any) -> None:
    other = windows.new()
    assert importing.close()
    qtbot.waitUntil(lambda: windows.open == [other])
    assert windows.session.runner.busy
    assert not other.close()
    assert len(asked(other)) == 1


def test_quitting_with_two_windows_asks_once(importing: MainWindow, windows: Windows, qtbot: Any) -> None:
    other = windows.new()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    QTest.keyClick(other, KEY.Key_Q, MOD.ControlModifier)
    left = [w for w in windows.open if w.isVisible()]
    assert len(left) == 1
    assert len(asked(left[0])) == 1


def test_what_begins_again_by_itself_is_not_asked_about(window: MainWindow, windows: Windows, job: Any, qtbot: Any) -> None:
    job.steps = 50
    window.session.import_quietly(Path("/photos"))
    qtbot.waitUntil(lambda: bool(job.folders))
    with qtbot.waitSignal(windows.emptied):
        assert window.close()


def test_a_real_import_is_stopped_and_goes_on_and_what_was_broken_is_tried_again(
    tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    folder = render_album(tmp_path / "album", photos=12, persons=2, size=(640, 480)).folder
    total = len(list(walk_photos(folder)))
    path = tmp_path / "real.photoclust"
    windows = Windows(path, lambda scheme: None)
    window = windows.new()
    window.open_folder(folder)
    qtbot.waitUntil(lambda: window.session.library.counts().photos > 0, timeout=120_000)
    assert not window.close()
    with qtbot.waitSignal(windows.emptied, timeout=120_000):
        QTest.mouseClick(asked(window)[0].buttons["Stop and close"], BUTTON.LeftButton)
    windows.close()
    assert not windows.session.runner.running
    with Library.open(path, create=False) as library:
        done = {p.relpath: p.id for p in library.photos()}
        assert library.last_run() == {}
    assert 0 < len(done) < total
    assert examine(path).ok

    again = Windows(path, lambda scheme: None)
    window = again.new()
    window.open_folder(folder)
    qtbot.waitUntil(lambda: not window.session.runner.busy, timeout=120_000)
    photos = {p.relpath: p.id for p in window.session.library.photos()}
    assert done.items() <= photos.items(), "what was done is not done again"
    assert len(photos) == total
    assert window.session.library.last_run()

    broken = window.session.library.errors()
    assert {p.path.name for p in broken} == {"IMG_cut_off.jpg", "IMG_empty.jpg"}
    good = next(p.path for p in window.session.library.photos() if p.error is None)
    next(p.path for p in broken if "cut" in p.relpath).write_bytes(good.read_bytes())
    window.strip.problems.click()
    problems = window.findChild(ProblemsDialog)
    assert problems is not None
    with qtbot.waitSignal(window.session.job_ended, timeout=120_000):
        QTest.mouseClick(problems.problems.retry_all, BUTTON.LeftButton)
    assert [Path(problems.problems.model.index(0, 0).data()).name] == ["IMG_empty.jpg"]
    assert problems.problems.model.rowCount() == 1

    problems.close()
    with qtbot.waitSignal(again.emptied):
        QApplication.closeAllWindows()
    again.close()
    assert examine(path).ok
