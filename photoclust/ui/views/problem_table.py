"""The photos that could not be read, where they lie, and another try for one or all."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLabel, QPushButton, QTreeView, QVBoxLayout, QWidget

from photoclust.core.changes import Changes
from photoclust.ui.files import show_in_file_manager
from photoclust.ui.language import tr
from photoclust.ui.models.problem_model import ProblemModel
from photoclust.ui.session import Session
from photoclust.ui.theme import Metrics

_EVERY_MS = 300


class ProblemTable(QWidget):
    """A row goes as soon as its photo could be read; while an import runs, rows come and go."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = ProblemModel(session.library, self)
        self.hint = QLabel(wordWrap=True)
        self.hint.setProperty("kind", "muted")
        self.table = QTreeView()
        self.table.setModel(self.model)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setProperty("kind", "card")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setAccessibleName(tr("Photos that could not be read"))
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.header().resizeSection(0, 240)
        self.table.doubleClicked.connect(self._show_file)
        self.show_file = QPushButton(tr("Show in file manager"))
        self.show_file.clicked.connect(self._show_file)
        self.retry = QPushButton(tr("Try again"))
        self.retry.clicked.connect(self._retry)
        self.retry_all = QPushButton(tr("Try all again"))
        self.retry_all.clicked.connect(self._retry_all)
        row = QHBoxLayout()
        row.setSpacing(Metrics.S)
        row.addWidget(self.show_file)
        row.addStretch(1)
        for button in (self.retry, self.retry_all):
            row.addWidget(button)
        for button in (self.show_file, self.retry, self.retry_all):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Metrics.S)
        layout.addWidget(self.hint)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self._soon = QTimer(self, singleShot=True, interval=_EVERY_MS)
        self._soon.timeout.connect(self._load)
        self.table.selectionModel().selectionChanged.connect(self._refresh)
        session.changed.connect(self._on_changed)
        session.job_ended.connect(self._load)
        session.runner.state_changed.connect(self._refresh)
        self._load()

    def selected_ids(self) -> list[int]:
        """The photos that are selected."""
        return [self.model.ids[index.row()] for index in self.table.selectionModel().selectedRows()]

    def showEvent(self, event: QShowEvent) -> None:
        """What happened while nobody looked is shown now."""
        super().showEvent(event)
        self._load()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.photos and self.isVisible() and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _load(self) -> None:
        selected = set(self.selected_ids())
        self.model.load()
        chosen = QItemSelection()
        for row, photo_id in enumerate(self.model.ids if selected else ()):
            if photo_id in selected:
                index = self.model.index(row, 0)
                chosen.select(index, index)
        rows = QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().select(chosen, rows | QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """What can be done now, and what is being done."""
        waiting = {photo_id for job in self._session.runner.jobs for photo_id in job.retry}
        self.model.wait_for(waiting)
        total, selected = len(self.model.ids), self.selected_ids()
        tried = tr("They are tried again when the files have changed, or when you say so.")
        self.hint.setText(
            f"{tr('{n} photos could not be read.', n=total)} {tried}" if total else tr("Every photo could be read.")
        )
        may = not self._session.library.read_only
        self.show_file.setEnabled(len(selected) == 1)
        self.retry.setEnabled(may and not waiting.issuperset(selected))
        self.retry_all.setEnabled(may and not waiting.issuperset(self.model.ids))

    @Slot()
    @Slot(QModelIndex)
    def _show_file(self) -> None:
        index = self.table.selectionModel().currentIndex()
        photo = self.model.photo(index.row()) if index.isValid() else None
        if photo is not None:
            show_in_file_manager(photo.path)

    @Slot()
    def _retry(self) -> None:
        self._session.retry(self.selected_ids())

    @Slot()
    def _retry_all(self) -> None:
        self._session.retry(self.model.ids)
