"""What is chosen in the settings holds at once, in every window, and is still so the next time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QProgressBar
from window_driver import BUTTON, KEY, MOD

from photoclust.core.preferences import Preferences, PreferencesFile
from photoclust.core.settings import thumbnail_cache
from photoclust.media.thumbnail import ThumbnailCache, room_taken
from photoclust.ui.actions import action_text, actions_by_menu, first_keys
from photoclust.ui.dialogs.settings import SettingsDialog
from photoclust.ui.jobs import Workflows
from photoclust.ui.libraries import Libraries
from photoclust.ui.main_window import MainWindow
from photoclust.ui.motion import may_move, show_progress
from photoclust.ui.preferences import LivePreferences
from photoclust.ui.shortcuts import clash, is_typed


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def told() -> dict[str, list[str]]:
    """What the program was asked to wear and to speak."""
    return {"wear": [], "speak": []}


@pytest.fixture
def libraries(home: Path, library_path: Path, job: Any, told: Any, qtbot: Any) -> Iterator[Libraries]:
    job.go_on.set()
    preferences = LivePreferences(PreferencesFile())
    flows = Workflows(job.import_photos, job.group_faces, preview=job.preview, look_again=job.look_again)
    libraries = Libraries(told["wear"].append, told["speak"].append, preferences, workflows=flows)
    libraries.start(library_path)
    yield libraries
    libraries.close()


@pytest.fixture
def window(libraries: Libraries, qtbot: Any) -> MainWindow:
    window = libraries.open[0].open[0]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def dialog(window: MainWindow) -> SettingsDialog:
    QTest.keyClick(window, KEY.Key_Comma, MOD.ControlModifier)
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def pick(box: QComboBox, value: object) -> None:
    """Choose with the keyboard, as a user who opens the box."""
    box.setFocus()
    box.showPopup()
    view = box.view()
    view.setCurrentIndex(box.model().index(box.findData(value), 0))
    QTest.keyClick(view, KEY.Key_Return)


def kept() -> Preferences:
    return PreferencesFile().read().preferences


def test_colours_hold_at_once_and_are_kept(dialog: SettingsDialog, window: MainWindow, told: Any) -> None:
    pick(dialog.choices.box("appearance"), "dark")
    assert told["wear"][-1] == "dark"
    assert window.actions_["dark"].isChecked()
    assert kept().appearance == "dark"


def test_what_is_chosen_in_a_menu_is_seen_in_the_settings(dialog: SettingsDialog, window: MainWindow) -> None:
    window.actions_["light"].trigger()
    assert dialog.choices.box("appearance").currentData() == "light"
    assert kept().appearance == "light"


def test_motion_and_device_are_kept(dialog: SettingsDialog, libraries: Libraries) -> None:
    QTest.mouseClick(dialog.choices.motion, BUTTON.LeftButton, pos=dialog.choices.motion.rect().bottomLeft() / 2)
    pick(dialog.choices.box("device"), "cpu")
    assert kept() == Preferences(motion=False, device="cpu") == libraries.preferences.value
    assert not may_move()


def test_without_motion_a_bar_of_an_unknown_total_stands_still(dialog: SettingsDialog, qtbot: Any) -> None:
    bar = QProgressBar()
    qtbot.addWidget(bar)
    show_progress(bar, 0, 0)
    assert (bar.minimum(), bar.maximum()) == (0, 0), "this one moves"
    QTest.mouseClick(dialog.choices.motion, BUTTON.LeftButton, pos=dialog.choices.motion.rect().bottomLeft() / 2)
    show_progress(bar, 0, 0)
    assert (bar.maximum(), bar.value()) == (1, 0)
    show_progress(bar, 3, 7)
    assert (bar.maximum(), bar.value()) == (7, 3)


def test_another_language_makes_the_windows_anew_and_stays_where_it_was(
    dialog: SettingsDialog, window: MainWindow, libraries: Libraries, told: Any, qtbot: Any
) -> None:
    place = next(p.id for p in window.session.library.persons() if not p.name)
    window.go_to(place)
    window.resize(900, 600)
    pick(dialog.choices.box("language"), "de")
    assert told["speak"] == ["de"]
    qtbot.waitUntil(lambda: len(libraries.open[0].open) == 1 and libraries.open[0].open[0] is not window)
    (new,) = libraries.open[0].open
    assert new.isVisible()
    assert (new.place, new.width(), new.height()) == (place, 900, 600)
    assert new.session.runner.running
    assert kept().language == "de"


def test_the_small_pictures_are_thrown_away_and_made_again(
    home: Path, libraries: Libraries, window: MainWindow, qtbot: Any
) -> None:
    window.go_to(window.persons.ids[0])
    qtbot.waitUntil(lambda: libraries.open[0].thumbnails.pending() == 0)
    cache = ThumbnailCache(thumbnail_cache())
    for i in range(300):
        cache._put(bytes([i % 256, i // 256] * 8), bytes(4000))
    before = room_taken(thumbnail_cache())
    assert before > 1_000_000
    window.actions_["settings"].trigger()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.choices.room.text() != "")
    QTest.mouseClick(dialog.choices.clear, BUTTON.LeftButton)
    qtbot.waitUntil(lambda: room_taken(thumbnail_cache()) < before / 10)
    qtbot.waitUntil(lambda: dialog.choices.room.text() == "0 MB on the disk now")
    cache._put(b"again", b"x")
    assert cache._get(b"again") == b"x"
    cache.close()


def test_the_room_for_small_pictures_is_told_to_whoever_makes_them(dialog: SettingsDialog, libraries: Libraries) -> None:
    pick(dialog.choices.box("thumbnails_mb"), 256)
    assert kept().thumbnails_mb == 256
    assert libraries.open[0].thumbnails._kept == 256 << 20


def test_keys_are_pressed_hold_at_once_and_go_back(dialog: SettingsDialog, window: MainWindow, qtbot: Any) -> None:
    keys = dialog.keys
    dialog.tabs.setCurrentIndex(2)
    keys.choose("regroup")
    QTest.keyClick(keys.field, KEY.Key_K, MOD.ControlModifier | MOD.ShiftModifier)
    assert window.actions_["regroup"].shortcuts() == [QKeySequence("Ctrl+Shift+K")]
    assert "Ctrl+Shift+K" in window.actions_["regroup"].toolTip()
    assert kept().shortcuts == {"regroup": ("Ctrl+Shift+K",)}
    assert keys.list.currentItem().text(1) == "Ctrl+Shift+K"
    QTest.mouseClick(keys.back, BUTTON.LeftButton)
    assert window.actions_["regroup"].shortcuts() == [QKeySequence("Ctrl+G")]
    assert kept().shortcuts == {}
    assert not keys.back.isEnabled()


def test_keys_that_another_action_has_are_only_taken_when_the_user_says_so(dialog: SettingsDialog, window: MainWindow) -> None:
    keys = dialog.keys
    dialog.tabs.setCurrentIndex(2)
    keys.choose("export")
    QTest.keyClick(keys.field, KEY.Key_G, MOD.ControlModifier)
    assert keys.problem.text() == f"Ctrl+G is “{action_text('regroup')}” already."
    assert window.actions_["export"].shortcuts() == [QKeySequence("Ctrl+E")]
    assert keys.take.isVisible()
    QTest.mouseClick(keys.take, BUTTON.LeftButton)
    assert window.actions_["export"].shortcuts() == [QKeySequence("Ctrl+G")]
    assert window.actions_["regroup"].shortcuts() == []
    keys.choose("regroup")
    QTest.mouseClick(keys.back, BUTTON.LeftButton)
    assert action_text("export") in keys.problem.text(), "it cannot have them back while another has them"
    assert window.actions_["regroup"].shortcuts() == []
    QTest.mouseClick(keys.all_back, BUTTON.LeftButton)
    assert window.actions_["regroup"].shortcuts() == [QKeySequence("Ctrl+G")]
    assert window.actions_["export"].shortcuts() == [QKeySequence("Ctrl+E")]


def test_a_letter_alone_is_refused_where_one_can_type(dialog: SettingsDialog, window: MainWindow) -> None:
    keys = dialog.keys
    dialog.tabs.setCurrentIndex(2)
    keys.choose("export")
    QTest.keyClick(keys.field, KEY.Key_K)
    assert "is what you type" in keys.problem.text()
    assert window.actions_["export"].shortcuts() == [QKeySequence("Ctrl+E")]
    keys.choose("cover")
    QTest.keyClick(keys.field, KEY.Key_F9)
    assert window.actions_["cover"].shortcuts() == [QKeySequence("F9")]
    QTest.keyClick(keys.field, KEY.Key_C)
    assert window.actions_["cover"].shortcuts() == [QKeySequence("C")]


def test_an_action_can_have_no_keys(dialog: SettingsDialog, window: MainWindow) -> None:
    dialog.tabs.setCurrentIndex(2)
    dialog.keys.choose("quit")
    QTest.mouseClick(dialog.keys.none, BUTTON.LeftButton)
    assert window.actions_["quit"].shortcuts() == []
    assert kept().shortcuts == {"quit": ()}


def test_the_list_of_keys_can_be_searched(dialog: SettingsDialog) -> None:
    keys = dialog.keys
    dialog.tabs.setCurrentIndex(2)
    QTest.keyClicks(keys.search, "settings")
    assert [name for name, item in keys._items.items() if not item.isHidden()] == ["settings"]
    keys.search.clear()
    assert not any(item.isHidden() for item in keys._items.values())


def test_no_two_actions_have_the_same_keys_at_first() -> None:
    keys = first_keys()
    assert [(name, key, other) for name in keys for key in keys[name] if (other := clash(name, key, keys))] == []


def test_every_action_can_be_found_in_a_menu_and_none_twice() -> None:
    listed = [name for _, names in actions_by_menu() for name in names]
    assert sorted(listed) == sorted(set(listed))
    assert {name for name, keys in first_keys().items() if keys} <= set(listed)


@pytest.mark.parametrize(("key", "typed"), [("K", True), ("Shift+K", True), ("Ctrl+K", False), ("F5", False), ("Alt+K", False)])
def test_what_is_typed_is_told_from_what_is_not(key: str, typed: bool) -> None:
    assert is_typed("export", key) == typed
    assert not is_typed("move", key), "it has its keys only among the faces"


def test_folders_are_watched_or_not_in_the_settings_too(dialog: SettingsDialog, window: MainWindow) -> None:
    item = dialog.folders.topLevelItem(0)
    assert item is not None
    item.setCheckState(0, Qt.CheckState.Unchecked)
    assert [r.watched for r in window.session.library.root_rows()] == [False]


def test_a_broken_file_is_told_and_kept_aside(home: Path, library_path: Path, told: Any, qtbot: Any) -> None:
    from photoclust.ui.questions import Question

    path = home / "config" / "settings.toml"
    path.parent.mkdir(parents=True)
    path.write_text('appearance = "dark\n', encoding="utf-8")
    libraries = Libraries(told["wear"].append, told["speak"].append, LivePreferences(PreferencesFile()))
    window = libraries.start(library_path).open[0]
    (question,) = [q for q in window.findChildren(Question) if q.isVisible()]
    assert "cannot be understood" in question.text.text()
    aside = path.with_name("settings.broken.toml")
    assert str(aside) in question.text.text()
    assert aside.read_text(encoding="utf-8") == 'appearance = "dark\n'
    window.actions_["light"].trigger()
    assert kept().appearance == "light"
    libraries.close()


def test_what_cannot_be_kept_holds_until_the_end_and_is_told(
    home: Path, dialog: SettingsDialog, window: MainWindow, qtbot: Any
) -> None:
    from photoclust.ui.questions import Question

    folder = home / "config"
    if folder.exists():
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    folder.write_text("in the way")
    pick(dialog.choices.box("appearance"), "dark")
    assert window.actions_["dark"].isChecked()
    assert any("settings" in q.text.text() for q in window.findChildren(Question) if q.isVisible())
