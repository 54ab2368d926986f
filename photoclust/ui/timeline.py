"""A person through the years: the grid by date with a strip of years above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QAbstractItemView

from photoclust.library.arranged import LAST
from photoclust.ui.views.year_strip import YearStrip

if TYPE_CHECKING:
    from photoclust.ui.main_window import MainWindow


class Timeline(QObject):
    """Shows the strip while a window stands by date, and connects the action that goes there and back."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        centre = window.centre
        self.strip = YearStrip()
        column = centre.layout()
        assert column is not None
        column.insertWidget(column.count() - 1, self.strip)  # type: ignore[attr-defined]
        self._calm = QTimer(self, singleShot=True, interval=0)
        self._calm.timeout.connect(self.refresh)
        for model in (centre.faces, centre.photos):
            for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.arrived):
                signal.connect(self._calm.start)
        self.strip.chosen.connect(self._go_to)
        window.actions_.connect_to("timeline", self.turn)
        self.refresh()

    @Slot()
    def turn(self) -> None:
        """Go to the faces by date, or back to the best first."""
        by_date = self._window.centre.order == "date"
        self._window.actions_["by_quality" if by_date else "by_date"].trigger()
        self._window.centre.grid.setFocus()

    @Slot()
    def refresh(self) -> None:
        """Show the years of what is shown."""
        centre = self._window.centre
        model = centre.photos if centre.show_photos else centre.faces
        by_date = centre.order == "date"
        if by_date:
            self.strip.show_months(model.sections())
        self.strip.setVisible(by_date and bool(self.strip.years))
        self._window.actions_["timeline"].setChecked(by_date)

    @Slot(object)
    def _go_to(self, year: int) -> None:
        centre = self._window.centre
        model = centre.photos if centre.show_photos else centre.faces
        row = 0
        for month, rows in model.sections():
            if month >= (LAST if year == LAST else 12 * year):
                centre.grid.scrollTo(model.index(row), QAbstractItemView.ScrollHint.PositionAtTop)
                return
            row += rows
