"""The base of all lists: ids in order, changed with as few signals as possible so that selections and scrolling stay."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ID_ROLE = Qt.ItemDataRole.UserRole
"""The id of a row."""
MAX_RUNS = 256
"""More separate removals than this are one reset."""


class IdModel(QAbstractListModel):
    """A list of distinct ids; subclasses say what is shown for one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: list[int] = []
        self._rows: dict[int, int] | None = {}

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many ids there are."""
        return 0 if parent.isValid() else len(self._ids)

    @property
    def ids(self) -> Sequence[int]:
        """The ids in order; not to be changed."""
        return self._ids

    def id_at(self, row: int) -> int:
        """The id of a row."""
        return self._ids[row]

    def row_of(self, item_id: int) -> int | None:
        """The row of an id, None when it is not here."""
        if self._rows is None:
            self._rows = {value: row for row, value in enumerate(self._ids)}
        return self._rows.get(item_id)

    def index_of(self, item_id: int) -> QModelIndex:
        """The index of an id; invalid when it is not here."""
        row = self.row_of(item_id)
        return QModelIndex() if row is None else self.index(row)

    def sections(self) -> list[tuple[int, int]]:
        """What the rows stand in, from the first to the last, as (section, rows)."""
        return [(0, len(self._ids))] if self._ids else []

    def held(self, section: int) -> int:
        """How many rows belong to a section, whether they are shown or not."""
        return len(self._ids)

    def is_folded(self, section: int) -> bool:
        """Whether only the heading of a section is shown."""
        return False

    def heading(self, section: int) -> str:
        """What stands above a section; nothing, unless a subclass has sections."""
        return ""

    def pack(self, ids: Sequence[int]) -> QMimeData:
        """These rows to be dragged."""
        return self.mimeData([self.index_of(item_id) for item_id in ids])

    def reset_ids(self, ids: Sequence[int]) -> None:
        """Show other ids altogether."""
        self.beginResetModel()
        self._take(list(ids))
        self.endResetModel()

    def set_ids(self, ids: Sequence[int]) -> None:
        """Become these ids: what is gone is removed, what is new is inserted, and what stays moves to its place."""
        new = list(ids)
        if new == self._ids:
            return
        keep = set(new)
        runs = _runs([row for row, value in enumerate(self._ids) if value not in keep])
        if len(runs) > MAX_RUNS or runs == [(0, len(self._ids) - 1)]:
            self.reset_ids(new)
            return
        for first, last in reversed(runs):
            self.beginRemoveRows(ROOT, first, last)
            self._take(self._ids[:first] + self._ids[last + 1 :])
            self.endRemoveRows()
        have = set(self._ids)
        added = [value for value in new if value not in have]
        if added:
            at = len(self._ids)
            self.beginInsertRows(ROOT, at, at + len(added) - 1)
            self._take(self._ids + added)
            self.endInsertRows()
        if new != self._ids:
            self._reorder(new)

    def touch(self, ids: frozenset[int]) -> None:
        """Say that what is shown for these ids has changed."""
        rows = sorted(row for item_id in ids if (row := self.row_of(item_id)) is not None)
        if rows:  # one signal: each makes a list lay itself out again
            self.dataChanged.emit(self.index(rows[0]), self.index(rows[-1]))

    def _reorder(self, new: list[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [self._ids[index.row()] for index in before]
        self._take(new)
        self.changePersistentIndexList(before, [self.index_of(item_id) for item_id in held])
        self.layoutChanged.emit()

    def _take(self, ids: list[int]) -> None:
        self._ids = ids
        self._rows = None


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Runs of neighbours in sorted rows, as (first, last)."""
    if not rows:
        return []
    cuts = [row for row, after in pairwise(rows) if after != row + 1]
    starts = [rows[0], *(after for row, after in pairwise(rows) if after != row + 1)]
    return list(zip(starts, [*cuts, rows[-1]], strict=True))
