"""Where a key goes from a row of a list in columns and sections."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView

from photoclust.ui.views.section_layout import SectionLayout

Action = QAbstractItemView.CursorAction


def moved(layout: SectionLayout, row: int, action: Action, page: int, *, mirrored: bool) -> int | None:
    """The row that a key goes to, `page` lines making a page; the first one where there is no current row, None without rows."""
    last = layout.firsts[-1] - 1
    if row < 0 or last < 0:
        return None if last < 0 else 0
    beside = 0 if layout.columns == 1 else -1 if mirrored else 1
    match action:
        case Action.MoveLeft:
            row -= beside
        case Action.MoveRight:
            row += beside
        case Action.MovePrevious:
            row -= 1
        case Action.MoveNext:
            row += 1
        case Action.MoveUp:
            row = layout.step(row, -1)
        case Action.MoveDown:
            row = layout.step(row, 1)
        case Action.MovePageUp:
            row = layout.step(row, -page)
        case Action.MovePageDown:
            row = layout.step(row, page)
        case Action.MoveHome:
            row = 0
        case Action.MoveEnd:
            row = last
    return min(max(row, 0), last)
