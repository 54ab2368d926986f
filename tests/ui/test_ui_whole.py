"""The window and the library's file: a copy a day, a backup offered when it is damaged, and one program at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from photoclust.core.edits import RenamePerson
from photoclust.library.library import Library
from photoclust.library.places import backups_of
from photoclust.ui.dialogs.damaged import ask_to_restore
from photoclust.ui.windows import Windows

_HOLDS = """
import sys
from pathlib import Path
from photoclust.library.library import Library

with Library.open(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    path = tmp_path / "a.photoclust"
    Library.open(path).close()
    return path


@pytest.fixture
def windows(path: Path, qtbot):
    opened: list[Windows] = []

    def open_() -> Windows:
        opened.append(Windows(path, lambda scheme: None))
        opened[-1].new()
        return opened[-1]

    yield open_
    for each in opened:
        each.close()


def test_the_window_backs_the_library_up_in_the_background(path: Path, windows, qtbot) -> None:
    windows().start()
    qtbot.waitUntil(lambda: len(backups_of(path)) == 1)


def test_a_library_that_is_found_damaged_by_the_backup_is_told(path: Path, windows, qtbot) -> None:
    opened = windows()
    with Library.open(path) as library:
        library._db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(path.read_bytes()[:9000])
    with qtbot.waitSignal(opened.session.told) as told:
        opened.session.runner.back_up()
    assert "is damaged" in told.args[0]
    assert backups_of(path) == []


def test_a_backup_is_brought_back_only_by_a_yes(path: Path, qtbot) -> None:
    with Library.open(path) as library:
        library.back_up()
    whole = path.read_bytes()
    path.write_bytes(whole[:5000])
    question = ask_to_restore(path)
    assert question is not None
    question.buttons["Leave it"].click()
    assert path.read_bytes() == whole[:5000]
    question = ask_to_restore(path)
    assert question is not None
    assert "is damaged" in question.text.text()
    question.buttons["Bring back the backup"].click()
    Library.open(path, create=False).close()


def test_without_a_backup_nothing_is_asked(path: Path, qtbot) -> None:
    path.write_bytes(b"torn")
    assert ask_to_restore(path) is None


def test_a_second_program_says_that_it_can_only_look(path: Path, windows, qtbot) -> None:
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _HOLDS, str(path)]
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        opened = windows()
        opened.start()
        assert opened.open[-1].centre.looking_only.isVisible()
        assert opened.watching is None
        assert backups_of(path) == []
        with qtbot.waitSignal(opened.session.failed) as failed:
            opened.session.apply(RenamePerson(1, "Anna"))
        assert "open in another photoclust" in failed.args[0]
        other.communicate("end\n")
