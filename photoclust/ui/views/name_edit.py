"""The field in which names are typed, wherever: it offers the names in use and makes nothing by accident."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyledItemDelegate, QWidget

from photoclust.core.names import name_key, tidy_name
from photoclust.ui.language import tr

SHOWN = 12
"""More names than this are found by typing on."""


class _Completer(QCompleter):
    """Shows every row: the field itself sees to it that only those are there that fit."""

    def splitPath(self, path: str) -> list[str]:
        return [""]


class NameEdit(QLineEdit):
    """Enter takes a name in use, or one that no name in use begins with or contains.

    Where what was typed may be the beginning of somebody known, the first Enter only points at "New name", and the second one
    takes it: so "Rob" can be entered where there is a Robin, and a half-typed Robin does not become somebody new.
    """

    taken = Signal(str)
    """A name, tidied; it may be empty."""
    skipped = Signal(int)
    """Tab, where it skips: 1, or −1 with Shift."""
    tab_skips = False

    def __init__(self, known: Iterable[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: dict[str, str] = {}
        self._took = False
        self._offered = QStandardItemModel(self)
        completer = _Completer(self._offered, self)
        completer.setCompletionRole(Qt.ItemDataRole.UserRole)
        completer.setMaxVisibleItems(SHOWN + 1)
        popup = completer.popup()
        assert popup is not None  # made when first asked for
        self._popup = popup
        self._popup.setProperty("kind", "popup")
        self._popup.setItemDelegate(QStyledItemDelegate(completer))  # the completer's own knows no style sheet
        self.setCompleter(completer)
        self.offer(known)
        self.textEdited.connect(self._fill)
        self.returnPressed.connect(self._on_enter)
        completer.activated.connect(self._on_picked)

    def offer(self, known: Iterable[str]) -> None:
        """Complete from these names."""
        self._keys = {name_key(name): name for name in known}
        self._fill(self.text())

    @property
    def settled(self) -> bool:
        """Whether it is clear what was meant: somebody known, or somebody who can be nobody else."""
        key = name_key(self.text())
        return not key or key in self._keys or not any(key in other for other in self._keys)

    def close_offers(self) -> None:
        """Show no names below the field."""
        self._popup.hide()

    @property
    def offers_shown(self) -> bool:
        """Whether names are shown below the field."""
        return self._popup.isVisible()

    @Slot(str)
    def _fill(self, text: str) -> None:
        """Offer who fits: whose name starts so, then whose has it inside; and a new name where that could be meant."""
        key = name_key(text)
        fits = sorted((not other.startswith(key), other) for other in self._keys if key in other)
        self._offered.clear()
        for _, other in fits[:SHOWN]:
            self._add(self._keys[other], self._keys[other])
        if key and key not in self._keys and fits:
            self._add(tr("New name “{name}”", name=tidy_name(text)), tidy_name(text))

    def _add(self, shown: str, name: str) -> None:
        item = QStandardItem(shown)
        item.setData(name, Qt.ItemDataRole.UserRole)
        self._offered.appendRow(item)

    @Slot()
    def _on_enter(self) -> None:
        row = self._popup.currentIndex()
        if self._popup.isVisible() and row.isValid():
            self._take(row.data(Qt.ItemDataRole.UserRole))
        elif self.settled:
            self._take(self.text())
        else:
            QTimer.singleShot(0, self, self._point_at_new)  # once the completer is done with the key

    def _point_at_new(self) -> None:
        self._fill(self.text())
        self.completer().complete()
        new = self._offered.index(self._offered.rowCount() - 1, 0)
        self._popup.setCurrentIndex(self.completer().completionModel().index(new.row(), 0))

    @Slot(str)
    def _on_picked(self, name: str) -> None:
        """A click or the completer's own Enter, which comes after the field's; taken once the completer is done."""
        if not self._took:
            QTimer.singleShot(0, self, lambda: self._take(name))

    def _take(self, name: str) -> None:
        self._took = True
        QTimer.singleShot(0, self, self._forget)
        self.close_offers()
        self.taken.emit(tidy_name(name))

    def _forget(self) -> None:
        self._took = False

    def event(self, event: QEvent) -> bool:
        """Tab skips where that means something."""
        tabs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if self.tab_skips and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in tabs:
            self.close_offers()
            self.skipped.emit(1 if event.key() == Qt.Key.Key_Tab else -1)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down shows the names in use where none are shown."""
        if event.key() == Qt.Key.Key_Down and not self._popup.isVisible() and self._offered.rowCount():
            self.completer().complete()
        else:
            super().keyPressEvent(event)
