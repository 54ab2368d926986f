"""The order that faces stand in, checking a person, and the photo under the mouse: actions of the centre."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QActionGroup

from photoclust.library.arranged import Order
from photoclust.ui.actions import Actions
from photoclust.ui.views.centre import Centre

_ORDERS: dict[str, Order] = {
    "by_quality": "quality", "by_person": "person", "by_date": "date", "by_certainty": "certainty",
}  # fmt: skip


class Arranging(QObject):
    """Connects these actions of a window with its centre."""

    def __init__(self, actions: Actions, centre: Centre, parent: QObject) -> None:
        super().__init__(parent)
        self._actions, self._centre = actions, centre
        group = QActionGroup(self)
        for name, order in _ORDERS.items():
            group.addAction(actions[name])
            actions[name].triggered.connect(lambda _=False, order=order: centre.set_order(order))
        actions["check_person"].triggered.connect(centre.check)
        hover = actions["hover_photo"]
        hover.setChecked(centre.face_grid.hover.enabled)
        hover.toggled.connect(self._on_hover)
        centre.selection_moved.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Check what is so."""
        shown = next(name for name, order in _ORDERS.items() if order == self._centre.order)
        self._actions[shown].setChecked(True)
        self._actions["check_person"].setChecked(self._centre.checked is not None)

    @Slot(bool)
    def _on_hover(self, on: bool) -> None:
        self._centre.face_grid.hover.enabled = on
