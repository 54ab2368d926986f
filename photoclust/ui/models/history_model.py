"""What was done, newest first, down to the beginning."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QDate, QDateTime, QLocale, QObject, Qt

from photoclust.library.history import Noted
from photoclust.library.library import Library
from photoclust.ui.language import tr
from photoclust.ui.models.id_model import ROOT, Index

NOTED_ROLE = Qt.ItemDataRole.UserRole
"""The `Noted` of a row; the beginning has id 0."""
_AT_ONCE = 500
"""So many rows are read at once; older ones when they are scrolled to."""
_BEGINNING = Noted(0, "", 0.0, False)


class HistoryModel(QAbstractListModel):
    """Rows of the history that have been looked at so far; the last one is the beginning."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._rows: list[Noted] = []
        self._whole = False
        self.here = 0
        """The row of the moment that is now."""

    def noted(self, row: int) -> Noted:
        """The edit of a row."""
        return self._rows[row]

    def refresh(self) -> None:
        """Read as many rows again as were read before."""
        wanted = max(_AT_ONCE, len(self._rows))
        rows = self._library.history(wanted)
        whole = len(rows) < wanted
        rows += [_BEGINNING] * whole
        if [noted.id for noted in rows] == [noted.id for noted in self._rows]:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        else:
            self.beginResetModel()
            self._rows, self._whole = rows, whole
            self.endResetModel()
        self.here = next((row for row, noted in enumerate(rows) if not noted.undone), 0)

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many rows have been read."""
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are older ones."""
        return not parent.isValid() and bool(self._rows) and not self._whole

    def fetchMore(self, parent: Index) -> None:
        """Read some older ones."""
        more = self._library.history(_AT_ONCE, self._rows[-1])
        self._whole = len(more) < _AT_ONCE
        more += [_BEGINNING] * self._whole
        if more:
            self.beginInsertRows(ROOT, len(self._rows), len(self._rows) + len(more) - 1)
            self._rows += more
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text, or the edit, or all of it in words."""
        if not index.isValid():
            return None
        noted = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tr(noted.text) if noted.id else tr("The beginning")
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                words = [self.data(index), when(noted.at) if noted.id else "", tr("undone") if noted.undone else ""]
                return ", ".join(word for word in words if word)
            case _ if role == NOTED_ROLE:
                return noted
        return None


def when(at: float) -> str:
    """A moment as it is told today: the time, and the day unless it is today."""
    moment = QDateTime.fromSecsSinceEpoch(int(at))
    time = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    if moment.date() == QDate.currentDate():
        return time
    return f"{QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat)} {time}"
