"""The orders that faces and persons stand in, checking a person, and the photo under the mouse: actions of the centre."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from photoclust.library.arranged import Order
from photoclust.ui.actions import SORTS, Actions
from photoclust.ui.models.person_model import PersonModel, Sort
from photoclust.ui.views.centre import Centre
from photoclust.ui.views.side_panel import SidePanel

_ORDERS: dict[str, Order] = {
    "by_quality": "quality", "by_person": "person", "by_date": "date", "by_certainty": "certainty",
}  # fmt: skip
_SORTS: dict[str, Sort] = {
    "sort_count": "count", "sort_name": "name", "sort_unsure": "unsure", "sort_newest": "newest",
}  # fmt: skip


class Arranging(QObject):
    """Connects these actions of a window with its centre and its side."""

    def __init__(self, actions: Actions, centre: Centre, side: SidePanel, persons: PersonModel, parent: QObject) -> None:
        super().__init__(parent)
        self._actions, self._centre, self._persons = actions, centre, persons
        group = QActionGroup(self)
        for name, order in _ORDERS.items():
            group.addAction(actions[name])
            actions[name].triggered.connect(lambda _=False, order=order: centre.set_order(order))
        sorts = QActionGroup(self)
        for name, sort in _SORTS.items():
            sorts.addAction(actions[name])
            actions[name].setChecked(sort == persons.sorting)
            actions[name].triggered.connect(lambda _=False, sort=sort: persons.sort_by(sort))
        menu = QMenu(side.sort)
        actions.add_to(menu, SORTS)
        side.sort.setMenu(menu)
        actions["check_person"].triggered.connect(centre.check)
        hover = actions["hover_photo"]
        hover.setChecked(centre.face_grid.hover.enabled)
        hover.toggled.connect(self._on_hover)
        centre.selection_moved.connect(self.refresh)
        self.refresh()

    def kept(self) -> str:
        """What is chosen here, to be recalled in another window or another day."""
        order = next(name for name, order in _ORDERS.items() if order == self._centre.chosen_order)
        sort = next(name for name, sort in _SORTS.items() if sort == self._persons.sorting)
        return " ".join([order, sort, *(["hover_photo"] if self._centre.face_grid.hover.enabled else [])])

    def recall(self, kept: str) -> None:
        """Choose what was kept; what is not known is passed over."""
        names = kept.split()
        for name in names:
            if name in (*_ORDERS, *_SORTS) and not self._actions[name].isChecked():
                self._actions[name].trigger()
        self._actions["hover_photo"].setChecked("hover_photo" in names)

    @Slot()
    def refresh(self) -> None:
        """Check what is so."""
        shown = next(name for name, order in _ORDERS.items() if order == self._centre.order)
        self._actions[shown].setChecked(True)
        self._actions["check_person"].setChecked(self._centre.checked is not None)

    @Slot(bool)
    def _on_hover(self, on: bool) -> None:
        self._centre.face_grid.hover.enabled = on
