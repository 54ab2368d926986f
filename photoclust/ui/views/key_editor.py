"""The keys of every action: chosen by pressing them, checked for clashes, and brought back to what they were."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from photoclust.ui.actions import action_text, actions_by_menu, first_keys
from photoclust.ui.language import tr
from photoclust.ui.preferences import LivePreferences
from photoclust.ui.shortcuts import clash, is_typed, portable
from photoclust.ui.theme import Metrics

_NAME = Qt.ItemDataRole.UserRole


class KeyEditor(QWidget):
    """A list by menus; what is pressed holds at once unless another action has it, which is asked about."""

    def __init__(self, preferences: LivePreferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._items: dict[str, QTreeWidgetItem] = {}
        self._menus: list[QTreeWidgetItem] = []
        self.search = QLineEdit(placeholderText=tr("Search actions"), clearButtonEnabled=True)
        self.search.setAccessibleName(tr("Search actions"))
        self.search.textChanged.connect(self._filter)
        self.list = QTreeWidget()
        self.list.setProperty("kind", "card")
        self.list.setHeaderLabels([tr("Action"), tr("Keys")])
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.setAccessibleName(tr("Keys of every action"))
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setAccessibleName(tr("New keys"))
        self.field.keySequenceChanged.connect(self._on_pressed)
        self.none = QPushButton(tr("No keys"))
        self.none.clicked.connect(lambda: self._keep([]))
        self.back = QPushButton(tr("As at first"))
        self.back.clicked.connect(self._go_back)
        self.all_back = QPushButton(tr("All as at first"))
        self.all_back.clicked.connect(lambda: self._preferences.set("shortcuts", {}))
        self.problem = QLabel(wordWrap=True)
        self.problem.setProperty("kind", "problem")
        self.take = QPushButton(tr("Use them here instead"))
        self.take.clicked.connect(self._take)
        row, told = QHBoxLayout(), QHBoxLayout()
        row.addWidget(self.field, 1)
        for button in (self.none, self.back, self.all_back):
            row.addWidget(button)
        told.addWidget(self.problem, 1)
        told.addWidget(self.take)
        for button in (self.none, self.back, self.all_back, self.take):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Metrics.S)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        for line in (row, told):
            line.setSpacing(Metrics.S)
            column.addLayout(line)
        for title, names in actions_by_menu():
            menu = QTreeWidgetItem([title])
            menu.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.list.addTopLevelItem(menu)
            self._menus.append(menu)
            for name in names:
                item = self._items[name] = QTreeWidgetItem([action_text(name)])
                item.setData(0, _NAME, name)
                menu.addChild(item)
        self.list.expandAll()
        self.list.currentItemChanged.connect(self._on_chosen)
        preferences.changed.connect(self._show)
        self._show()
        self._on_chosen()

    @property
    def name(self) -> str | None:
        """The action whose keys are edited."""
        item = self.list.currentItem()
        return item.data(0, _NAME) if item is not None else None

    def choose(self, name: str) -> None:
        """Edit the keys of an action."""
        self.list.setCurrentItem(self._items[name])

    def keys(self) -> dict[str, tuple[str, ...]]:
        """The keys of every action as they are now."""
        return {**first_keys(), **{n: k for n, k in self._preferences.value.shortcuts.items() if n in first_keys()}}

    @Slot()
    def _show(self) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        for name, keys in self.keys().items():
            if item := self._items.get(name):
                item.setText(1, "   ".join(QKeySequence(key).toString(native) for key in keys))
                font = item.font(1)
                font.setBold(name in self._preferences.value.shortcuts)
                item.setFont(1, font)
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        name = self.name
        self.field.clear()
        self.field.setEnabled(name is not None)
        self.none.setEnabled(name is not None and bool(self.keys()[name]))
        self.back.setEnabled(name in self._preferences.value.shortcuts)
        self.all_back.setEnabled(bool(self._preferences.value.shortcuts))
        self._tell("")

    @Slot(QKeySequence)
    def _on_pressed(self, sequence: QKeySequence) -> None:
        name, key = self.name, sequence.toString(QKeySequence.SequenceFormat.PortableText)
        if name is None or not key:
            return
        shown = sequence.toString(QKeySequence.SequenceFormat.NativeText)
        other = clash(name, key, self.keys())
        if is_typed(name, key):
            self._tell(tr("{keys} alone is what you type; add Ctrl or Alt.", keys=shown))
        elif other is not None:
            self._tell(tr("{keys} is “{action}” already.", keys=shown, action=action_text(other)), takeable=True)
        else:
            self._keep([key])

    def _take(self) -> None:
        """Give the pressed keys to the chosen action; others that have them have them no longer."""
        name, key = self.name, self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if name is None or not key:
            return
        chosen = dict(self._preferences.value.shortcuts)
        while (other := clash(name, key, {**self.keys(), **chosen})) is not None:
            chosen[other] = tuple(k for k in {**self.keys(), **chosen}[other] if portable(k) != portable(key))
        chosen[name] = (key,)
        self._set(chosen)

    def _go_back(self) -> None:
        """As at first, unless another action has got those keys meanwhile."""
        name = self.name
        if name is None:
            return
        first = first_keys()[name]
        others = [action_text(other) for key in first if (other := clash(name, key, self.keys()))]
        if others:
            self._tell(tr("“{action}” has these keys now.", action=others[0]))
        else:
            self._set({n: k for n, k in self._preferences.value.shortcuts.items() if n != name})

    def _keep(self, keys: list[str]) -> None:
        if self.name is not None:
            self._set({**self._preferences.value.shortcuts, self.name: tuple(keys)})

    def _set(self, chosen: dict[str, tuple[str, ...]]) -> None:
        first = first_keys()
        self._preferences.set("shortcuts", {n: k for n, k in chosen.items() if k != first.get(n)})

    def _tell(self, problem: str, *, takeable: bool = False) -> None:
        self.problem.setText(problem)
        self.take.setVisible(takeable)

    @Slot(str)
    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        shown = set()
        for item in self._items.values():
            visible = wanted in f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not visible)
            if visible:
                shown.add(item.parent())
        for menu in self._menus:
            menu.setHidden(menu not in shown)
