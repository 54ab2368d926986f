"""docs/actions.md tells every action as it is, and every verb has a menu, keys, and a drag where that fits."""

from __future__ import annotations

from pathlib import Path

from photoclust.ui import actions
from photoclust.ui.action_table import DRAGS, table
from photoclust.ui.handlers import Handlers
from photoclust.ui.main_window import MainWindow
from photoclust.ui.shortcuts import clash

DOCUMENT = Path(__file__).parents[2] / "docs" / "actions.md"
VERBS = (
    "rename", "name_next", "merge", "split_two", "check_person", "confirm_person", "ignore_person", "move", "split", "confirm",
    "take_out", "ignore", "ignore_others", "not_a_face", "bring_back", "cover", "put_away", "keep_in_view",
)  # fmt: skip


def test_the_document_is_what_the_program_says() -> None:
    told = DOCUMENT.read_text(encoding="utf-8")
    assert told == table(), "run `python -m photoclust.ui.action_table`"


def test_every_action_is_in_a_menu_and_does_something(window: MainWindow) -> None:
    names = {name for _, names in actions.actions_by_menu() for name in names}
    assert names == actions.first_keys().keys()
    assert isinstance(window.handlers, Handlers)
    for name in names:
        action = window.actions_[name]
        heard = action.receivers("2triggered(bool)") or action.receivers("2toggled(bool)") or action.menu() is not None
        assert heard, f"nothing happens on {name}"


def test_every_verb_about_faces_and_persons_has_keys_and_a_drag_where_it_moves_something() -> None:
    keys = actions.first_keys()
    assert [name for name in VERBS if not keys[name]] == []
    moving = {
        "merge",
        "ignore_person",
        "move",
        "split",
        "take_out",
        "ignore",
        "not_a_face",
        "bring_back",
        "put_away",
        "keep_in_view",
    }
    assert moving <= DRAGS.keys() <= keys.keys()


def test_no_two_actions_have_the_same_keys_in_the_same_place() -> None:
    keys = actions.first_keys()
    assert [(name, key, other) for name, own in keys.items() for key in own if (other := clash(name, key, keys))] == []
