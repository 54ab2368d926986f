"""The history at the right of a window: shown and hidden, kept up to date, gone back and forth in."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QWidget

from photoclust.ui.models.history_model import HistoryModel
from photoclust.ui.session import Session
from photoclust.ui.views.history_panel import HistoryPanel

_WIDTH = 280


class HistoryKeeper(QObject):
    """Belongs to one window."""

    def __init__(self, session: Session, action: QAction, splitter: QSplitter, window: QWidget) -> None:
        super().__init__(window)
        self._action, self._splitter = action, splitter
        self.panel = HistoryPanel(HistoryModel(session.library, self))
        self.panel.setMinimumWidth(200)
        self.panel.setMaximumWidth(460)
        self.panel.hide()
        splitter.addWidget(self.panel)
        action.setCheckable(True)
        self.panel.wanted.connect(session.return_to)
        self.panel.closed.connect(self.toggle)
        session.changed.connect(self.panel.refresh)

    @Slot()
    def toggle(self) -> None:
        """Show it, or hide it."""
        shown = not self.panel.isVisible()
        self._action.setChecked(shown)
        self.panel.setVisible(shown)
        if shown:
            side, centre, _ = self._splitter.sizes()
            self._splitter.setSizes([side, max(centre - _WIDTH, _WIDTH), _WIDTH])
            self.panel.list.setFocus()
