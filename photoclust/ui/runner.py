"""The background: one long-lived thread that imports and groups, one job after the other."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal, Slot

from photoclust.core.changes import Changes
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Status
from photoclust.library.library import Library
from photoclust.ui.job_control import Gather, JobControl, TimeLeft
from photoclust.ui.jobs import Job, JobEnd, JobPhase, JobRecord, JobState, Workflows
from photoclust.ui.language import tr

log = logging.getLogger(__name__)


class _Worker(QObject):
    """Lives in the worker thread; opens its own library there."""

    reported = Signal(object)
    changed = Signal(object)
    ended = Signal(object)
    told = Signal(str)
    stands = Signal()
    """A job has reached a place where it can pause, and pauses."""

    def __init__(self, library_path: Path, workflows: Workflows) -> None:
        super().__init__()
        self._path = library_path
        self._workflows = workflows

    @Slot()
    def back_up(self) -> None:
        """Make the daily copy of the library, if it is due."""
        try:
            with Library.open(self._path, create=False, reading=True) as library:
                library.back_up()
        except UserError as problem:
            self.told.emit(tr(str(problem)))
        except Exception as bug:
            log.exception("a backup failed")
            text = tr("No backup could be made: {what}. The log has the details.", what=str(bug) or type(bug).__name__)
            self.told.emit(text)

    @Slot(object, object)
    def run(self, job: Job, control: JobControl) -> None:
        """Do a job to its end, whatever happens."""
        end = JobEnd(job)
        gather = Gather(self.changed.emit)
        try:
            with Library.open(self._path) as library:
                control.checkpoint()
                end = self._do(library, job, control, gather)
        except Cancelled:
            end = JobEnd(job, cancelled=True)
        except UserError as problem:
            end = JobEnd(job, error=str(problem))
        except Exception as bug:
            log.exception("a job failed")
            end = JobEnd(
                job, error=tr("Something went wrong: {what}. The log has the details.", what=str(bug) or type(bug).__name__)
            )
        gather.flush()
        self.ended.emit(end)

    def _do(self, library: Library, job: Job, control: JobControl, gather: Gather) -> JobEnd:
        """Do what a job wants; how it ended."""
        if job.forget:
            gather.add(self._workflows.forget_missing(library).changes)
        elif job.review:
            return JobEnd(job, review=self._workflows.review(library, control))
        elif job.preview:
            return JobEnd(job, preview=self._workflows.preview(library, control))
        elif job.chosen is not None:
            applied = self._workflows.apply_preview(library, *job.chosen)
            if applied is None:
                return JobEnd(job, preview=replace(self._workflows.preview(library, control), again=True))
            gather.add(applied.changes)
            return JobEnd(job, applied=applied)
        elif job.describe:
            _gathered(self._workflows.describe_drawn(library, control), gather)
        elif job.demo:
            return JobEnd(job, path=self._workflows.render_demo(control))
        elif job.move_to is not None:
            return JobEnd(job, path=self._workflows.move(self._path, job.move_to, control))
        elif job.retry:
            found = _gathered(self._workflows.look_again(library, job.retry, control), gather)
            if found.faces:
                return self._group(library, job, control, gather)
        elif job.folder is not None:
            found = _gathered(self._workflows.import_photos(library, job.folder, control), gather)
            if found or not library.is_grouped():
                return self._group(library, job, control, gather)
        return JobEnd(job)

    def _group(self, library: Library, job: Job, control: JobControl, gather: Gather) -> JobEnd:
        control.checkpoint()
        grouping = self._workflows.group_faces(library, control)
        gather.add(grouping.changes)
        return JobEnd(job, refused=grouping.refused)


def _gathered(found: Iterable[Changes], gather: Gather) -> Changes:
    """All changes together, after telling of them as they came."""
    together = Changes()
    for changes in found:
        together |= changes
        gather.add(changes)
    gather.flush()
    return together


class Runner(QObject):
    """Starts jobs and tells where they stand; lives in the main thread."""

    changed = Signal(object)
    """Changes that a job committed, at most four times a second."""
    state_changed = Signal(object)
    """A `JobState`, at most about ten times a second."""
    job_ended = Signal(object)
    """A `JobEnd`."""
    told = Signal(str)
    """A sentence that can wait."""
    _requested = Signal(object, object)
    _backup_wanted = Signal()

    def __init__(self, library_path: Path, workflows: Workflows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controls: list[JobControl] = []
        self._waiting: list[Job] = []
        self.records: list[JobRecord] = []
        """What ended since the library was opened, the newest last."""
        self._time_left = TimeLeft()
        self._state = JobState()
        self.opened = time.time()
        """When, in seconds since 1970: `records` are of later."""
        self._began = 0.0
        self._thread = QThread(self)
        self._thread.setObjectName("jobs")
        self._worker = _Worker(library_path, workflows)
        self._worker.moveToThread(self._thread)
        self._requested.connect(self._worker.run)
        self._backup_wanted.connect(self._worker.back_up)
        self._worker.told.connect(self.told)
        self._worker.reported.connect(self._on_reported)
        self._worker.changed.connect(self.changed)
        self._worker.ended.connect(self._on_ended)
        self._worker.stands.connect(self._on_stands)
        self._thread.start()

    @property
    def state(self) -> JobState:
        """Where the background stands now."""
        return self._state

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._controls)

    @property
    def jobs(self) -> Sequence[Job]:
        """What runs, and then what waits."""
        return tuple(self._waiting)

    @property
    def matters(self) -> bool:
        """Whether anything runs or waits that the user asked for."""
        return any(job.matters for job in self._waiting)

    @property
    def running(self) -> bool:
        """Whether the thread is there; not after `close`."""
        return self._thread.isRunning()

    def start(self, job: Job) -> None:
        """Do a job after those that were started before it; a quiet one not at all if the same waits already."""
        if job.quiet and job in self._waiting[1:]:
            return
        self._waiting.append(job)
        control = JobControl(self._worker.reported.emit, stands=self._worker.stands.emit)
        self._controls.append(control)
        if len(self._controls) == 1:
            self._begin()
        else:
            self._set_state(self._state)
        self._requested.emit(job, control)

    def back_up(self) -> None:
        """Copy the library beside itself, if it has changed and no copy was made for a day, before the next job."""
        self._backup_wanted.emit()

    def pause(self) -> None:
        """Hold the running job at its next checkpoint."""
        if self._state.phase is JobPhase.RUNNING:
            self._controls[0].pause()
            self._time_left.forget()
            self._set_state(JobState(JobPhase.PAUSING, self._state.status))

    def resume(self) -> None:
        """Let a job go on that pauses or is about to."""
        if self._state.phase in (JobPhase.PAUSING, JobPhase.PAUSED):
            self._controls[0].resume()
            self._set_state(JobState(JobPhase.RUNNING, self._state.status))

    def cancel(self, job: Job | None = None) -> None:
        """Stop a job, or the running one and all that wait; what they committed stays."""
        for waiting, control in zip(self._waiting, self._controls, strict=True):
            if job is None or waiting is job:
                control.cancel()
        if self._controls and self._controls[0].cancelled:
            self._set_state(JobState(JobPhase.STOPPING, self._state.status))
        else:
            self._set_state(self._state)

    def close(self) -> None:
        """Cancel everything and wait for the thread to end; nothing is told any more, for the library closes next."""
        for control in self._controls:
            control.cancel()
        self._thread.quit()
        self._thread.wait()
        self.blockSignals(True)

    @Slot(object)
    def _on_reported(self, status: Status) -> None:
        left = self._time_left.update(status, time.monotonic())
        phase = self._state.phase if self._state.phase is not JobPhase.IDLE else JobPhase.RUNNING
        self._set_state(JobState(phase, status, left if phase is JobPhase.RUNNING else None))

    @Slot()
    def _on_stands(self) -> None:
        if self._state.phase is JobPhase.PAUSING:
            self._set_state(JobState(JobPhase.PAUSED, self._state.status))

    @Slot(object)
    def _on_ended(self, end: JobEnd) -> None:
        looked = self._controls.pop(0).looked
        self._waiting.pop(0)
        now = time.time()
        self.records.append(JobRecord(end, now, now - self._began, looked))
        if self._controls:
            self._begin()
        else:
            self._set_state(JobState())
        self.job_ended.emit(end)

    def _begin(self) -> None:
        """The first of those that wait is what runs now."""
        self._time_left.forget()
        self._began = time.time()
        phase = JobPhase.STOPPING if self._controls[0].cancelled else JobPhase.RUNNING
        self._set_state(JobState(phase, Status("Starting")))

    def _set_state(self, state: JobState) -> None:
        self._state = state
        self.state_changed.emit(state)
