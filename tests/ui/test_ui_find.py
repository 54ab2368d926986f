"""Photos are found by typing: who is on them, who is not, when, and what the files are called; all of it by keys."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_driver import BUTTON, KEY, MOD

from photoclust.core.types import Person
from photoclust.ui.main_window import MainWindow
from photoclust.ui.views.find_page import FindPage


@pytest.fixture
def page(window: MainWindow, anna: Person, ben: Person, qtbot: Any) -> FindPage:
    """The page, opened by its key; both persons have names."""
    window.commands.rename(ben.id, "Ben")
    window.side.shelf_list.choose(-1)
    QTest.keyClick(window, KEY.Key_F, MOD.ControlModifier)
    page = window.finding.page
    assert page.isVisible()
    assert page.bar.field.hasFocus()
    return page


@pytest.fixture
def names(window: MainWindow, page: FindPage, qtbot: Any) -> Any:
    """What is shown once the search has been answered."""

    def shown() -> list[str]:
        qtbot.waitUntil(lambda: not page.found.loading)
        return [p.relpath.removeprefix("photo-").removesuffix(".jpg") for i in page.found.ids if (p := photo(i))]

    def photo(i: int) -> Any:
        return window.session.library.photo(i)

    return shown


def enter(page: FindPage, text: str) -> None:
    """Type and press Enter; while names are offered, keys go to their list, which passes them on."""
    QTest.keyClicks(page.bar.field, text)
    popup = page.bar.field.completer().popup()
    QTest.keyClick(popup if popup.isVisible() else page.bar.field, KEY.Key_Return)
    QTest.qWait(0)
    assert page.bar.field.text() == ""
    assert not popup.isVisible()
    page.window().activateWindow()  # offscreen, nobody does so when a popup closes


def test_names_typed_one_after_the_other_ask_for_photos_with_all_of_them(page: FindPage, names: Any) -> None:
    assert page.found.ids == []
    enter(page, "anna")
    assert names() == ["0", "1", "2", "3"]
    assert page.count.text() == "4 photos"
    enter(page, "Ben")
    assert names() == ["0", "1"]
    assert [chip.text() for chip in page.bar.chips()] == ["with Anna", "with Ben"]
    assert page.title == "Anna and Ben"


def test_a_minus_or_a_press_on_a_chip_asks_for_photos_without_somebody_or_with_either(page: FindPage, names: Any) -> None:
    enter(page, "Anna")
    enter(page, "-ben")
    assert names() == ["2", "3"]
    chip = page.bar.chips()[1]
    assert chip.text() == "without Ben"
    chip.setFocus()
    QTest.keyClick(chip, KEY.Key_Return)
    assert page.bar.chips()[1].text() == "or Ben"
    assert page.bar.chips()[1].hasFocus()
    assert [chip.text() for chip in page.bar.chips()] == ["with Anna", "or Ben"]
    assert names() == ["0", "1", "2", "3", "4"]
    QTest.mouseClick(page.bar.only, BUTTON.LeftButton)
    assert names() == ["0", "1", "2", "3", "4"]
    QTest.keyClick(page.bar.chips()[1], KEY.Key_Delete)
    assert names() == ["2", "3"], "only Anna"
    assert page.bar.field.hasFocus()
    chip = page.bar.chips()[0]
    QTest.keyClick(chip, KEY.Key_Space)
    QTest.keyClick(page.bar.chips()[0], KEY.Key_Space)
    assert page.bar.chips()[0].text() == "with Anna", "there is nobody before to be the other one"


def test_dates_and_words_are_chips_too_and_backspace_takes_the_last_one_out(page: FindPage, names: Any) -> None:
    enter(page, "2020-09-13..2020-09-15")
    assert names() == ["0", "1", "2"]
    enter(page, "PHOTO-1")
    assert names() == ["1"]
    assert [chip.text() for chip in page.bar.chips()] == ["2020-09-13..2020-09-15", "“PHOTO-1”"]
    enter(page, "2020-09-14..2020-09-18")
    assert len(page.bar.parts) == 2, "another date takes the place of the first"
    assert names() == ["1"]
    assert [chip.text() for chip in page.bar.chips()] == ["“PHOTO-1”", "2020-09-14..2020-09-18"]
    QTest.keyClick(page.bar.field, KEY.Key_Backspace)
    assert names() == ["1"]
    QTest.keyClick(page.bar.field, KEY.Key_Backspace)
    assert names() == []
    assert page.pages.currentWidget() is not page.grid


def test_a_year_is_chosen_from_the_menu(page: FindPage, names: Any) -> None:
    (year,) = page.bar.when.menu().actions()
    assert year.text() == "2020"
    year.trigger()
    assert len(names()) == 6


def test_only_photos_with_somebody_unnamed(page: FindPage, names: Any) -> None:
    QTest.mouseClick(page.bar.unnamed, BUTTON.LeftButton)
    assert names() == ["5"]


def test_keys_lead_from_the_field_to_the_photos_and_back_to_the_album(window: MainWindow, page: FindPage, names: Any) -> None:
    enter(page, "anna")
    names()
    QTest.keyClick(page.bar.field, KEY.Key_Down)
    assert page.grid.hasFocus()
    QTest.keyClick(page.grid, KEY.Key_Right)
    assert page.grid.selected_ids() == [page.found.ids[1]]
    QTest.keyClick(page.grid, KEY.Key_Escape)
    assert page.grid.selected_ids() == []
    assert page.grid.hasFocus()
    QTest.keyClick(page.grid, KEY.Key_Escape)
    assert page.bar.field.hasFocus()
    QTest.keyClick(page.bar.field, KEY.Key_Escape)
    assert not page.isVisible()
    assert window.centre.isVisible()


def test_a_person_that_is_selected_is_looked_for_at_first(window: MainWindow, anna: Person, qtbot: Any) -> None:
    window.go_to(anna.id)
    window.actions_["find"].trigger()
    page = window.finding.page
    assert [part.person_id for part in page.bar.parts] == [anna.id]
    qtbot.waitUntil(lambda: len(page.found.ids) == 4)


def test_what_was_found_follows_edits(window: MainWindow, page: FindPage, names: Any, anna: Person, ben: Person) -> None:
    enter(page, "anna")
    assert names() == ["0", "1", "2", "3"]
    face = next(f for f in window.session.library.faces() if f.person_id == anna.id)
    window.commands.move([face.id], ben.id)
    assert names() == ["1", "2", "3"]
    window.session.undo()
    assert names() == ["0", "1", "2", "3"]
    window.commands.rename(anna.id, "Änne")
    assert [chip.text() for chip in page.bar.chips()] == ["with Änne"]


def test_a_person_who_is_gone_leaves_the_query(window: MainWindow, page: FindPage, anna: Person) -> None:
    enter(page, "anna")
    window.commands.ignore_persons([anna.id])
    assert page.bar.parts == []
    assert page.found.ids == []


def test_nothing_is_asked_of_the_library_on_the_main_thread(page: FindPage, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> None:
    import threading

    from photoclust.ui.models import found_model

    threads = []
    find = found_model.find_photos

    def watched(*args: Any) -> Any:
        threads.append(threading.current_thread() is threading.main_thread())
        return find(*args)

    monkeypatch.setattr(found_model, "find_photos", watched)
    enter(page, "anna")
    qtbot.waitUntil(lambda: len(page.found.ids) == 4)
    assert threads == [False]


def test_what_was_found_can_be_exported(window: MainWindow, page: FindPage, names: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(window.opening, "export_photos", lambda photos, album: asked.append((list(photos), album)))
    enter(page, "anna")
    names()
    QTest.keyClick(window, KEY.Key_E, MOD.ControlModifier | MOD.ShiftModifier)
    assert asked == [(list(page.found.ids), "Anna")]
    page.grid.select_ids([page.found.ids[2]])
    QTest.mouseClick(page.export, Qt.MouseButton.LeftButton)
    assert asked[1:] == [([page.found.ids[2]], "Anna")]
