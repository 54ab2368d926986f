"""A library that another program has: the window shows everything and says why nothing can be changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from photoclust.core.edits import RenamePerson
from photoclust.ui.main_window import MainWindow
from photoclust.ui.questions import Question
from photoclust.ui.windows import Windows

_HOLDS = """
import sys
from pathlib import Path
from photoclust.library.library import Library

with Library.open(Path(sys.argv[1])) as library:
    print(library.read_only, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def other(library_path: Path) -> Any:
    """Another program that has the library."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _HOLDS, str(library_path)]
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "False\n"
        yield program


@pytest.fixture
def second(other: Any, windows: Windows, window: MainWindow) -> MainWindow:
    """The window of this program, which came second."""
    windows.start()
    return window


def test_the_second_window_says_so_above_the_grid_and_shows_everything(second: MainWindow) -> None:
    notice = second.centre.looking_only
    assert notice.isVisible()
    assert "here you can only look" in notice.text.text()
    assert notice.y() < second.centre.header.y() < second.centre.face_grid.mapTo(second.centre, second.centre.face_grid.pos()).y()
    assert second.findChildren(Question) == [], "it asks for no answer"
    assert second.centre.faces.rowCount() == 4


def test_it_changes_nothing_and_goes_on_when_the_other_is_closed(second: MainWindow, windows: Windows, other: Any) -> None:
    library = second.session.library
    person = library.persons()[0]
    second.session.apply(RenamePerson(person.id, "Berta"))
    assert library.person(person.id).name == person.name
    assert second.findChild(Question) is not None, "an edit that is refused is told"
    assert windows.watching is None
    other.stdin.write("\n")
    other.stdin.flush()
    other.wait(20)
    second.session.apply(RenamePerson(person.id, "Berta"))
    assert library.person(person.id).name == "Berta"
    assert not second.centre.looking_only.isVisible()


def test_the_first_window_says_nothing(window: MainWindow) -> None:
    assert not window.centre.looking_only.isVisible()
