"""Several libraries, each with its own windows: made, opened, found again, moved, and shown on a first day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from window_driver import BUTTON

from photoclust.core.edits import RenamePerson
from photoclust.core.errors import UserError
from photoclust.core.settings import default_library
from photoclust.library.library import Library
from photoclust.library.moving import copy_verified
from photoclust.ui.dialogs.moving import MovingDialog
from photoclust.ui.jobs import Workflows, demo_library
from photoclust.ui.libraries import Libraries
from photoclust.ui.main_window import MainWindow
from photoclust.ui.preferences import LivePreferences
from photoclust.ui.questions import Question


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QSettings:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def drawn(tmp_path: Path) -> list[Path]:
    """Where the demo album was drawn."""
    return []


@pytest.fixture
def program(memory: QSettings, job: Any, drawn: list[Path], album: Any, qtbot: Any) -> Iterator[Any]:
    """Starts the program, as often as is wanted; ends all of them."""
    started: list[Libraries] = []

    def draw(progress: Any) -> Path:
        progress.checkpoint()
        job.go_on.wait(20)
        progress.checkpoint()
        drawn.append(album.folder)
        return album.folder

    def start(path: Path | None = None) -> Libraries:
        flows = Workflows(job.import_photos, job.group_faces, preview=job.preview, look_again=job.look_again, render_demo=draw)
        libraries = Libraries(lambda s: None, lambda s: None, LivePreferences(), memory, flows)
        started.append(libraries)
        libraries.start(path)
        return libraries

    yield start
    job.go_on.set()
    for libraries in started:
        libraries.close()


def only_window(libraries: Libraries) -> MainWindow:
    (windows,) = libraries.open
    (window,) = windows.open
    return window


def asked(window: MainWindow) -> Question:
    (question,) = [q for q in window.findChildren(Question) if q.isVisible()]
    return question


def files(window: MainWindow, chosen: Path) -> None:
    """Answer the dialog that asks for a file or folder."""
    dialog = next(d for d in window.findChildren(QFileDialog) if d.isVisible())
    dialog.fileSelected.emit(str(chosen))
    dialog.close()


def test_the_first_day_has_the_users_own_library_and_says_what_to_do(program: Any) -> None:
    window = only_window(program())
    assert window.session.library.path == default_library()
    assert window.windowTitle() == "My library"
    assert window.centre.pages.currentWidget() is window.centre.welcome
    assert window.centre.welcome.button.text() == "Open folder…"
    assert window.centre.welcome.other.text() == "Look at the demo album"


def test_the_demo_album_is_drawn_in_the_background_and_takes_the_place_of_the_empty_window(
    program: Any, job: Any, drawn: list[Path], album: Any, qtbot: Any
) -> None:
    libraries = program()
    window = only_window(libraries)
    QTest.mouseClick(window.centre.welcome.other, BUTTON.LeftButton)
    qtbot.waitUntil(lambda: window.centre.pages.currentWidget() is not window.centre.welcome)
    assert window.session.runner.jobs[0].demo
    libraries.show_demo(window)
    assert len(window.session.runner.jobs) == 1, "asked twice it is drawn once"
    job.go_on.set()
    qtbot.waitUntil(lambda: [w.session.library.path for w in libraries.open] == [demo_library()])
    assert drawn == [album.folder]
    qtbot.waitUntil(lambda: album.folder in job.folders)
    assert default_library() in libraries.recent.paths


def test_a_demo_album_that_is_stopped_leaves_the_first_day_as_it_was(program: Any, job: Any, qtbot: Any) -> None:
    window = only_window(program())
    window.centre.welcome.other.click()
    window.session.runner.cancel()
    job.go_on.set()
    qtbot.waitUntil(lambda: not window.session.runner.busy)
    assert window.centre.pages.currentWidget() is window.centre.welcome
    assert not demo_library().exists()


def test_a_demo_album_that_is_there_is_shown_at_once(program: Any, drawn: list[Path], qtbot: Any) -> None:
    demo_library().parent.mkdir(parents=True)
    Library.open(demo_library()).close()
    libraries = program()
    libraries.show_demo(only_window(libraries))
    qtbot.waitUntil(lambda: [w.session.library.path for w in libraries.open] == [demo_library()])
    assert drawn == []


def test_ones_own_photos_do_not_come_into_the_demo_album(program: Any, job: Any, album: Any, tmp_path: Path, qtbot: Any) -> None:
    demo_library().parent.mkdir(parents=True)
    with Library.open(demo_library()) as library:
        library.add_root(album.folder)
    libraries = program(demo_library())
    window = only_window(libraries)
    window.open_folder(tmp_path / "own")
    own = next(w for w in libraries.open if w.session.library.path == default_library())
    qtbot.waitUntil(lambda: job.folders == [tmp_path / "own"])
    assert own.session.runner.busy
    assert not window.session.runner.matters


def test_the_demo_album_is_not_what_the_program_starts_with(program: Any, library_path: Path) -> None:
    demo_library().parent.mkdir(parents=True)
    Library.open(demo_library()).close()
    first = program(library_path)
    first.show(demo_library())
    first.close()
    assert only_window(program()).session.library.path == library_path


def test_a_new_library_opens_in_a_window_of_its_own(program: Any, library_path: Path, tmp_path: Path, qtbot: Any) -> None:
    libraries = program(library_path)
    window = only_window(libraries)
    window.actions_["new_library"].trigger()
    files(window, tmp_path / "second.photoclust")
    assert [w.session.library.path for w in libraries.open] == [library_path, tmp_path / "second.photoclust"]
    second = libraries.open[1].open[0]
    assert second.windowTitle() == "second"
    assert window.windowTitle().endswith(" – test")
    ben = next(p for p in window.session.library.persons() if not p.name)
    window.session.apply(RenamePerson(ben.id, "Ben"))
    assert second.persons.ids == []


def test_a_new_library_never_takes_the_place_of_a_file(program: Any, library_path: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.photoclust"
    there.write_bytes(b"precious")
    libraries = program(library_path)
    window = only_window(libraries)
    window.actions_["new_library"].trigger()
    files(window, there)
    assert "already a file" in asked(window).text.text()
    assert there.read_bytes() == b"precious"
    assert len(libraries.open) == 1


def test_a_library_is_opened_from_a_file_and_comes_to_the_front_the_next_time(
    program: Any, library_path: Path, tmp_path: Path, qtbot: Any
) -> None:
    Library.open(tmp_path / "second.photoclust").close()
    libraries = program(library_path)
    window = only_window(libraries)
    for _ in range(2):
        window.actions_["open_library"].trigger()
        files(window, tmp_path / "second.photoclust")
    assert len(libraries.open) == 2
    assert [len(w.open) for w in libraries.open] == [1, 1]
    assert libraries.recent.paths == [tmp_path / "second.photoclust", library_path]


def test_what_is_no_library_is_told_and_changes_nothing(program: Any, library_path: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.photoclust").write_text("shopping list")
    libraries = program(library_path)
    window = only_window(libraries)
    window.actions_["open_library"].trigger()
    files(window, tmp_path / "notes.photoclust")
    assert "not a photoclust library" in asked(window).text.text()
    assert only_window(libraries) is window
    assert libraries.recent.paths == [library_path]


def test_closing_the_last_window_of_a_library_leaves_the_others(
    program: Any, library_path: Path, tmp_path: Path, qtbot: Any
) -> None:
    libraries = program(library_path)
    window = only_window(libraries)
    libraries.show(tmp_path / "second.photoclust", create=True)
    window.close()
    qtbot.waitUntil(lambda: len(libraries.open) == 1)
    assert libraries.open[0].session.runner.running
    with Library.open(library_path) as library:
        assert not library.read_only, "nobody holds it any more"


def test_recent_libraries_are_in_the_menu_and_one_that_is_gone_is_told(
    program: Any, library_path: Path, tmp_path: Path, qtbot: Any
) -> None:
    libraries = program(library_path)
    window = only_window(libraries)
    gone = tmp_path / "gone.photoclust"
    libraries.recent.add(gone)
    menu = window.actions_["recent"].menu()
    menu.aboutToShow.emit()
    texts = [a.text() for a in menu.actions()]
    assert texts[0].startswith("gone – ")
    assert texts[1].startswith("test – ")
    assert menu.actions()[1].isChecked()
    menu.actions()[0].trigger()
    question = asked(window)
    assert str(gone) in question.text.text()
    QTest.mouseClick(question.buttons["Take it off the list"], BUTTON.LeftButton)
    assert libraries.recent.paths == [library_path]
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    assert libraries.recent.paths == []


def test_the_next_time_the_last_library_is_opened_and_one_that_is_gone_is_told(
    program: Any, library_path: Path, tmp_path: Path, memory: QSettings
) -> None:
    program(library_path).close()
    memory.sync()
    libraries = program()
    assert only_window(libraries).session.library.path == library_path
    libraries.close()
    library_path.rename(tmp_path / "away.photoclust")
    libraries = program()
    window = only_window(libraries)
    assert window.session.library.path == default_library()
    assert str(library_path) in asked(window).text.text()
    (tmp_path / "away.photoclust").rename(library_path)
    QTest.mouseClick(asked(window).buttons["Try again"], BUTTON.LeftButton)
    assert library_path in [w.session.library.path for w in libraries.open]


def test_a_library_is_moved_and_what_was_there_is_kept(program: Any, library_path: Path, tmp_path: Path, qtbot: Any) -> None:
    libraries = program(library_path)
    window = only_window(libraries)
    ben = next(p for p in window.session.library.persons() if not p.name)
    window.session.apply(RenamePerson(ben.id, "Ben"))
    window.go_to(ben.id)
    qtbot.waitUntil(lambda: not window.session.runner.matters)
    window.actions_["move_library"].trigger()
    files(window, tmp_path / "drive")
    moved = tmp_path / "drive" / library_path.name
    qtbot.waitUntil(lambda: [w.session.library.path for w in libraries.open] == [moved])
    new = only_window(libraries)
    assert new.place == ben.id
    assert new.session.library.person(ben.id).name == "Ben"
    assert new.session.undo_text() is not None
    assert not library_path.exists()
    (kept,) = [p for p in library_path.parent.glob("test.moved-*.photoclust") if ".backup-" not in p.name]
    assert str(kept) in asked(new).text.text()
    QTest.mouseClick(asked(new).buttons["Keep it"], BUTTON.LeftButton)
    assert kept.exists()
    assert libraries.recent.paths == [moved]
    new.session.apply(RenamePerson(ben.id, "Benjamin"))
    with Library.open(kept) as old:
        assert old.person(ben.id).name == "Ben"  # type: ignore[union-attr]


def test_the_old_file_goes_to_the_bin_only_by_a_yes(
    program: Any, library_path: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    binned: list[str] = []
    monkeypatch.setattr("photoclust.ui.dialogs.moving.QFile.moveToTrash", lambda name: binned.append(name) or True)
    libraries = program(library_path)
    window = only_window(libraries)
    window.actions_["move_library"].trigger()
    files(window, tmp_path / "drive")
    qtbot.waitUntil(lambda: not library_path.exists())
    new = only_window(libraries)
    assert binned == []
    QTest.mouseClick(asked(new).buttons["Move it to the bin"], BUTTON.LeftButton)
    assert all(Path(name).name.startswith("test.moved-") for name in binned)
    assert ".backup-" not in binned[-1], "the library goes last, when its backups are gone"


def test_a_move_that_fails_is_told_and_nothing_is_lost(program: Any, library_path: Path, tmp_path: Path, qtbot: Any) -> None:
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / library_path.name).write_bytes(b"precious")
    libraries = program(library_path)
    window = only_window(libraries)
    window.actions_["move_library"].trigger()
    with qtbot.waitSignal(window.session.failed):
        files(window, tmp_path / "drive")
    assert "already a file" in asked(window).text.text()
    assert only_window(libraries) is window
    assert window.session.library.path == library_path
    ben = next(p for p in window.session.library.persons() if not p.name)
    assert window.session.apply(RenamePerson(ben.id, "Ben")) is not None
    assert (tmp_path / "drive" / library_path.name).read_bytes() == b"precious"
    qtbot.waitUntil(lambda: not [d for d in window.findChildren(MovingDialog) if d.isVisible()])


def test_a_move_can_be_stopped(library_path: Path, tmp_path: Path, memory: QSettings, job: Any, qtbot: Any) -> None:
    def slowly(library: Path, target: Path, progress: Any) -> Path:
        job.go_on.wait(20)
        return copy_verified(library, target, progress)

    flows = Workflows(job.import_photos, job.group_faces, move=slowly)
    libraries = Libraries(lambda s: None, lambda s: None, LivePreferences(), memory, flows)
    window = libraries.start(library_path).open[0]
    window.actions_["move_library"].trigger()
    files(window, tmp_path / "drive")
    dialog = window.findChild(MovingDialog)
    assert dialog is not None
    QTest.mouseClick(dialog.stop, BUTTON.LeftButton)
    with qtbot.waitSignal(window.session.job_ended):
        job.go_on.set()
    assert library_path.exists()
    assert not (tmp_path / "drive" / library_path.name).exists()
    libraries.close()


def test_while_an_import_runs_a_library_is_not_moved(
    program: Any, library_path: Path, tmp_path: Path, job: Any, qtbot: Any
) -> None:
    window = only_window(program(library_path))
    job.steps = 9
    window.open_folder(tmp_path / "Summer")
    window.actions_["move_library"].trigger()
    assert "Wait until it is done" in asked(window).text.text()
    assert not [d for d in window.findChildren(QFileDialog) if d.isVisible()]


def test_a_library_that_cannot_be_opened_at_the_start_is_an_error_of_the_command(program: Any, tmp_path: Path) -> None:
    (tmp_path / "notes.photoclust").write_text("shopping list")
    with pytest.raises(UserError, match="not a photoclust library"):
        program(tmp_path / "notes.photoclust")
