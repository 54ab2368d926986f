"""Every action with its menu, its keys and its drag, as docs/actions.md; `python -m photoclust.ui.action_table` writes it.

It is made from what the window is made from, so that it stays true; only drags and what fields do is said here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from photoclust.ui import actions
from photoclust.ui.views import viewer_actions

DRAGS = {
    "open_folder": "drop a folder on the window",
    "merge": "drop persons on a person",
    "ignore_person": "drop a person on Ignored",
    "move": "drop faces on a person",
    "split": "drop faces on New person",
    "split_two": "in its window: drop faces on the other side",
    "take_out": "drop faces on Not grouped",
    "ignore": "drop faces on Ignored",
    "not_a_face": "drop faces on Not a face",
    "bring_back": "drop faces on Not grouped or on a person",
    "put_away": "drop faces or persons on Strangers",
    "keep_in_view": "drag out of Strangers onto Not grouped",
    "export_photos": "drop faces or photos on a file manager: copies of their files",
}
"""What does the same by mouse."""
_VIEWER_DRAGS = {"mark": "hold Ctrl and drag a box", "change_box": "drag the box, or a handle of it"}

_ELSEWHERE = """
## Keys that are no actions

| Where | Keys | What they do |
|---|---|---|
| Faces, photos | arrows, `Shift`+arrows, `Home`, `End` | go, select a range |
| | `Space`, double click | show the photo |
| | `Esc` | select nothing |
| | `Ctrl`+wheel | larger or smaller |
| Persons | `Enter`, `F2`, double click | name |
| A name | `Enter` | take it; if it may be the beginning of another name: point at “New name”, `Enter` again takes that |
| | `Down` | names in use |
| | `Tab`, `Shift+Tab` (in the list) | pass this person by |
| | `Esc` | leave it as it was |
| Split in two | `Enter`, double click | to the other side |
| | `Space` | stays on this side for sure |
| History | arrows, `Enter`, click | go to that moment |
| Questions | `Y`, `N`, `U`, `S` | yes, no, not sure, skip |
| | `1`–`9` | mark a face, choose a person |
| | `P` | the whole photos |
| | `Esc` | back to the album |
| “Are they the same?” | `1`, `2` | the answers; `Enter` and `Esc` change nothing |
| Photo | letters | name the chosen face |
| | `Tab`, `Shift+Tab` | the next face, the one before |
| | `Enter` | name the chosen face; in the field without a name: yes, it is whom it is suggested to be |
| | wheel, pinch | closer, farther |
| | drag, middle button, `Shift`+arrows | pan |
| | `Esc` | close |
| A box that is drawn or changed | arrows | move it |
| | `Shift`+arrows | resize it |
| | `Enter`, `Esc` | take it, leave it |
"""


def table() -> str:
    """The whole document."""
    return "\n".join([*_lines(), _ELSEWHERE.strip(), ""])


def _lines() -> Iterator[str]:
    yield from (
        "# Actions", "",
        "Every action of the window: where it stands in the menus, its keys as they are at first (Settings changes",
        "them), and the drag that does the same. Written by `python -m photoclust.ui.action_table`, compared by a test.", "",
        "## The window", "",
    )  # fmt: skip
    yield from _head()
    keys = actions.first_keys()
    for menu, names in actions.actions_by_menu():
        for name in names:
            where = [
                place for place, some in (("faces", actions.GRID_ACTIONS), ("persons", actions.LIST_ACTIONS)) if name in some
            ]
            yield _row(actions.action_text(name), menu, keys[name], " and ".join(where), DRAGS.get(name, ""))
    yield from ("", "“Faces” and “persons” are where keys work: while the grid or the list of persons has the focus.", "")
    yield from ("## The photo viewer", "")
    yield from _head()
    for name, (text, _, shortcuts) in viewer_actions._ACTIONS.items():
        menus = {"Face": viewer_actions._MENU, "Photo": viewer_actions._PHOTO_MENU}
        menu = ", ".join(title for title, names in menus.items() if name in names) or "Tool bar"
        yield _row(text, menu, shortcuts, "", _VIEWER_DRAGS.get(name, ""))
    yield ""


def _head() -> Iterable[str]:
    return ("| Action | Menu | Keys | Only in | Drag |", "|---|---|---|---|---|")


def _row(text: str, menu: str, keys: Iterable[str], where: str, drag: str) -> str:
    return f"| {text} | {menu} | {', '.join(f'`{key}`' for key in keys)} | {where} | {drag} |"


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/actions.md")
    target.write_text(table(), encoding="utf-8")
