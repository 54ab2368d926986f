"""A list whose rows stand in sections, in the order of keys that they keep until the list is made anew."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby, pairwise

from PySide6.QtCore import QObject

from photoclust.library.arranged import Key
from photoclust.ui.models.id_model import MAX_RUNS, ROOT, IdModel

_BIT = 4096


class Keyed:
    """Sorted keys with what is looked up in them; made in any thread."""

    def __init__(self, keys: Sequence[Key] = ()) -> None:
        self.keys = list(keys)
        self.ids = [key[2] for key in self.keys]
        self.key_of = {key[2]: key for key in self.keys}
        self.counts = Counter({section: sum(1 for _ in run) for section, run in groupby(self.keys, lambda key: key[0])})
        self.sections = sorted(self.counts)

    def let_go(self) -> None:
        """Free the memory bit by bit, so that other threads need not wait for all of it."""
        self.key_of.clear()
        while self.keys:
            del self.keys[-_BIT:], self.ids[-_BIT:]


class KeyedModel(IdModel):
    """Rows come and go one by one where they belong; what stays does not move, so that nothing jumps under the eye."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keyed = Keyed()
        self._ids = self._keyed.ids

    def sections(self) -> list[tuple[int, int]]:
        """The sections that have rows, as (section, rows)."""
        return [(section, self._keyed.counts[section]) for section in self._keyed.sections]

    def held(self, section: int) -> int:
        """How many rows belong to a section."""
        return self._keyed.counts[section]

    def row_of(self, item_id: int) -> int | None:
        """The row of an id, found by its key."""
        key = self._keyed.key_of.get(item_id)
        return None if key is None else bisect_left(self._keyed.keys, key)

    def reset_keys(self, keyed: Keyed) -> None:
        """Show other rows altogether."""
        self.beginResetModel()
        self._keyed, self._ids = keyed, keyed.ids
        self.endResetModel()

    def become(self, keyed: Keyed) -> None:
        """Show these rows; what stays keeps its selection, and goes where it now belongs."""
        if keyed.key_of.keys() != self._keyed.key_of.keys():
            self.follow(keyed.key_of.keys() | self._keyed.key_of.keys(), keyed.keys, move=False)
        if self._keyed.keys != keyed.keys:
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            held = [self._ids[index.row()] for index in before]
            self._keyed, self._ids = keyed, keyed.ids
            self.changePersistentIndexList(before, [self.index_of(item_id) for item_id in held])
            self.layoutChanged.emit()

    def follow(self, asked: Collection[int], found: Iterable[Key], *, move: bool) -> None:
        """Let go of those asked for that were not found, take in those that are new; `move` those whose section is another."""
        now = {key[2]: key for key in found}
        here = self._keyed.key_of
        for key in now.values():
            if (old := here.get(key[2])) is not None and old[3] != key[3]:
                here[key[2]] = self._keyed.keys[bisect_left(self._keyed.keys, old)] = (*old[:3], key[3])
        leaving = [here[i] for i in asked if i in here and (i not in now or (move and now[i][0] != here[i][0]))]
        gone = {key[2] for key in leaving}
        coming = sorted(key for i, key in now.items() if i not in here or i in gone)
        rows = sorted(bisect_left(self._keyed.keys, key) for key in leaving)
        places = [bisect_left(self._keyed.keys, key) for key in coming]
        if _cuts(rows) + _cuts(places) > MAX_RUNS:
            self.reset_keys(Keyed(sorted([*(key for key in self._keyed.keys if key[2] not in gone), *coming])))
            return
        for first, end in reversed(_runs(rows)):
            self._remove(first, end)
        places = [bisect_left(self._keyed.keys, key) for key in coming]
        for start, end in reversed(_equal(places)):
            self._insert(places[start], coming[start:end])

    def _remove(self, first: int, end: int) -> None:
        keyed = self._keyed
        self.beginRemoveRows(ROOT, first, end - 1)
        for section, _, item_id, _ in keyed.keys[first:end]:
            del keyed.key_of[item_id]
            self._count(section, -1)
        del keyed.keys[first:end], keyed.ids[first:end]
        self.endRemoveRows()

    def _insert(self, row: int, keys: list[Key]) -> None:
        keyed = self._keyed
        self.beginInsertRows(ROOT, row, row + len(keys) - 1)
        keyed.keys[row:row] = keys
        keyed.ids[row:row] = [key[2] for key in keys]
        for key in keys:
            keyed.key_of[key[2]] = key
            self._count(key[0], 1)
        self.endInsertRows()

    def _count(self, section: int, by: int) -> None:
        counts, sections = self._keyed.counts, self._keyed.sections
        if section not in counts:
            insort(sections, section)
        counts[section] += by
        if not counts[section]:
            del counts[section]
            del sections[bisect_left(sections, section)]


def _cuts(rows: list[int]) -> int:
    """How many separate runs sorted rows make; those that are equal are one."""
    return sum(after > row + 1 for row, after in pairwise(rows)) + bool(rows)


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Runs of neighbours in sorted rows, as (first, end)."""
    cuts = [k for k, (row, after) in enumerate(pairwise(rows), 1) if after != row + 1]
    return [(rows[a], rows[b - 1] + 1) for a, b in pairwise([0, *cuts, len(rows)])] if rows else []


def _equal(places: list[int]) -> list[tuple[int, int]]:
    """Runs of equal places, as (first, end) positions in the list."""
    cuts = [k for k, (place, after) in enumerate(pairwise(places), 1) if after != place]
    return list(pairwise([0, *cuts, len(places)])) if places else []
