"""Which keys an action may have: none that another one has where both could be meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from photoclust.ui.actions import GRID_ACTIONS, LIST_ACTIONS

Keys = Mapping[str, Sequence[str]]
"""Of every action, by name, as "Ctrl+E"."""


def portable(key: str) -> str:
    """One way to write the same keys."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def clash(name: str, key: str, keys: Keys) -> str | None:
    """The other action that these keys are meant for where this one can be meant; None without one."""
    wanted = portable(key)
    for other, theirs in keys.items():
        if other != name and _places(other) & _places(name) and wanted in map(portable, theirs):
            return other
    return None


def is_typed(name: str, key: str) -> bool:
    """Whether these keys are what one types, and the action would take them from every field."""
    if name in GRID_ACTIONS or name in LIST_ACTIONS:
        return False
    sequence = QKeySequence(key)
    first: QKeyCombination = sequence[0]  # type: ignore[index]
    plain = first.keyboardModifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    return plain and first.key() < Qt.Key.Key_Escape  # above are keys that write nothing


def _places(name: str) -> frozenset[str]:
    places = {place for place, names in (("grid", GRID_ACTIONS), ("list", LIST_ACTIONS)) if name in names}
    return frozenset(places or {"grid", "list", "window"})
