"""The jobs: what runs, what waits, what ended, and the photos that could not be read."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QTabWidget,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from photoclust.ui.job_texts import describe_duration, describe_moment, job_title, record_text
from photoclust.ui.jobs import Job
from photoclust.ui.language import tr
from photoclust.ui.session import Session
from photoclust.ui.theme import Metrics, icon
from photoclust.ui.views.job_card import JobCard
from photoclust.ui.views.problem_table import ProblemTable

_EARLIER = 20


class JobsPanel(QDialog):
    """Stays while the window behind it is used."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Jobs"))
        self.resize(720, 520)
        self._session = session
        self._shown: tuple[Job, ...] = ()
        self.card = JobCard(session.runner)
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setProperty("kind", "card")
        self.list.setHeaderLabels([tr("Job"), tr("How it went"), tr("When"), ""])
        self.list.setAccessibleName(tr("Jobs that wait or ended"))
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(3, 36)
        self.problems = ProblemTable(session)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, Metrics.M, 0, 0)
        column.setSpacing(Metrics.M)
        column.addWidget(self.card)
        column.addWidget(self.list, 1)
        troubles = QWidget()
        beside = QVBoxLayout(troubles)
        beside.setContentsMargins(0, Metrics.M, 0, 0)
        beside.addWidget(self.problems)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Jobs"))
        self.tabs.addTab(page, tr("Jobs"))
        self.tabs.addTab(troubles, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.L, Metrics.S, Metrics.L, Metrics.L)
        layout.addWidget(self.tabs)
        session.runner.state_changed.connect(self._on_state)
        session.job_ended.connect(self._refresh)
        self.problems.model.modelReset.connect(self._name_problems)
        self._name_problems()
        self._refresh()

    @Slot()
    def _on_state(self) -> None:
        if self._session.runner.jobs[1:] != self._shown:
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """List what waits, then what ended, the newest first, then what is known of earlier days."""
        self.list.clear()
        self._shown = tuple(self._session.runner.jobs[1:])
        for job in self._shown:
            item = self._add("more", "muted", job_title(job), tr("Waits"), "")
            stop = QToolButton()
            stop.setIcon(icon("cancel"))
            stop.setToolTip(tr("Do not do this"))
            stop.setAccessibleName(f"{tr('Do not do this')}: {job_title(job)}")
            stop.clicked.connect(lambda _=False, job=job: self._session.runner.cancel(job))
            self.list.setItemWidget(item, 3, stop)
        for record in reversed(self._session.runner.records):
            bad = record.end.error is not None
            sign = "warning" if bad else "cancel" if record.end.cancelled else "confirm"
            colour = "warning" if bad else "muted" if record.end.cancelled else "good"
            self._add(sign, colour, job_title(record.end.job), record_text(record), describe_moment(record.at))
        for run in self._session.library.runs(_EARLIER):
            if run.at < self._session.runner.opened:
                text = f"{tr('{n} persons', n=run.persons)} · {describe_duration(run.seconds)}"
                self._add("group", "muted", tr("Grouping of {n} faces", n=run.faces), text, describe_moment(run.at))

    def _add(self, sign: str, colour: str, title: str, text: str, when: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title, text, when])
        item.setIcon(0, icon(sign, colour))
        item.setToolTip(1, text)
        self.list.addTopLevelItem(item)
        return item

    @Slot()
    def _name_problems(self) -> None:
        count = len(self.problems.model.ids)
        self.tabs.setTabText(1, tr("{n} photos could not be read", n=count) if count else tr("Photos that could not be read"))
