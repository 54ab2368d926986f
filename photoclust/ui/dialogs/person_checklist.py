"""A list of persons in which some are chosen by check marks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from photoclust.core.types import Person
from photoclust.ui.language import tr
from photoclust.ui.models.places import person_name
from photoclust.ui.theme import icon
from photoclust.ui.thumbnails import Thumbnails, rounded

_COVER = 32
_ID, _COVER_FACE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class PersonChecklist(QListView):
    """Persons in the order given, with cover, name and number of photos."""

    changed = Signal()
    """Another choice."""

    def __init__(
        self,
        persons: Sequence[Person],
        checked: Collection[int],
        thumbnails: Thumbnails | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = _Persons(thumbnails, self)
        for person in persons:
            item = QStandardItem(f"{person_name(person)}   ·   {tr('{n} photos', n=person.photo_count)}")
            item.setData(person.id, _ID)
            item.setData(person.cover_face_id, _COVER_FACE)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if person.id in checked else Qt.CheckState.Unchecked)
            self._model.appendRow(item)
        self.setModel(self._model)
        self.setProperty("kind", "card")
        self.setIconSize(QSize(_COVER, _COVER))
        self.setUniformItemSizes(True)
        self.setSpacing(1)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("Persons to export"))
        self._model.itemChanged.connect(self.changed)
        if thumbnails is not None:
            thumbnails.face_loaded.connect(self.viewport().update)

    def checked_ids(self) -> tuple[int, ...]:
        """The chosen persons, in the order of the list."""
        items = (self._model.item(row) for row in range(self._model.rowCount()))
        return tuple(item.data(_ID) for item in items if item.checkState() == Qt.CheckState.Checked)

    def check_all(self, check: bool) -> None:
        """Choose all, or none."""
        self._model.blockSignals(True)
        for row in range(self._model.rowCount()):
            self._model.item(row).setCheckState(Qt.CheckState.Checked if check else Qt.CheckState.Unchecked)
        self._model.blockSignals(False)
        self.viewport().update()
        self.changed.emit()


class _Persons(QStandardItemModel):
    """Asks for a cover only when its row is painted."""

    def __init__(self, thumbnails: Thumbnails | None, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent
        self._thumbnails = thumbnails

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DecorationRole:
            return super().data(index, role)
        face_id = super().data(index, _COVER_FACE)
        side = round(_COVER * self._view.devicePixelRatioF())
        face = self._thumbnails.face(face_id, side) if self._thumbnails is not None and face_id is not None else None
        if face is None:
            return icon("person", "muted")
        cover = rounded(face, side)
        cover.setDevicePixelRatio(self._view.devicePixelRatioF())
        return cover
