"""The tour of the window: shown once by itself, left by Escape, never again unless asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings
from PySide6.QtTest import QTest
from window_driver import BUTTON, KEY

from photoclust.core.types import Person
from photoclust.ui.jobs import Workflows
from photoclust.ui.main_window import MainWindow
from photoclust.ui.windows import Windows


@pytest.fixture
def memory(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def remembering(
    library_path: Path, memory: QSettings, job: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Windows]:
    """A window that knows whether it was ever opened before."""
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    workflows = Workflows(job.import_photos, job.group_faces, preview=job.preview)
    windows = Windows(library_path, lambda scheme: None, workflows, memory)
    windows.new()
    yield windows
    job.go_on.set()
    windows.close()


def shown(window: MainWindow) -> bool:
    return window.coaching.mark is not None and window.coaching.mark.isVisible()


def test_it_is_shown_once_by_itself_and_never_again_after_escape(remembering: Windows, qtbot: Any, memory: QSettings) -> None:
    window = remembering.open[0]
    qtbot.waitUntil(lambda: shown(window), timeout=5000)
    QTest.keyClick(window.coaching.mark, KEY.Key_Escape)
    assert not shown(window)
    assert memory.contains("toured")
    other = remembering.new()
    QTest.qWait(1200)
    assert not shown(other)


def test_it_leads_through_every_station_and_back_and_ends(window: MainWindow) -> None:
    window.actions_["tour"].trigger()
    mark = window.coaching.mark
    assert mark is not None
    said = [mark.title.text()]
    for _ in range(10):
        QTest.keyClick(mark, KEY.Key_Return)
        if not shown(window):
            break
        said.append(mark.title.text())
    assert 3 <= len(said) == len(set(said)) <= 5
    window.actions_["tour"].trigger()
    mark = window.coaching.mark
    assert mark is not None
    QTest.mouseClick(mark.next, BUTTON.LeftButton)
    assert mark.title.text() == said[1]
    QTest.keyClick(mark, KEY.Key_Left)
    assert mark.title.text() == said[0]


def test_the_card_lies_inside_the_window_and_not_on_what_it_points_at(window: MainWindow) -> None:
    for size in ((1280, 800), (760, 480)):
        window.resize(*size)
        QTest.qWait(0)
        window.actions_["tour"].trigger()
        mark = window.coaching.mark
        assert mark is not None
        for _ in range(5):
            assert mark.rect().contains(mark.card.geometry())
            QTest.keyClick(mark, KEY.Key_Right)


def test_no_key_and_no_click_reaches_what_lies_below(window: MainWindow, ben: Person) -> None:
    window.go_to(ben.id)
    before = window.session.undo_text()
    window.centre.face_grid.select_ids(window.centre.faces.ids[:1])
    window.actions_["tour"].trigger()
    mark = window.coaching.mark
    assert mark is not None
    QTest.keyClick(mark, KEY.Key_I)
    QTest.mouseClick(mark, BUTTON.LeftButton, pos=QPoint(60, 300))
    assert window.session.undo_text() == before
    assert window.place == ben.id
