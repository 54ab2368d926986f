"""The background: one long-lived thread that imports and groups, one job after the other."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal, Slot

from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Status
from photoclust.library.library import Library
from photoclust.ui.jobs import Gather, Job, JobControl, JobEnd, JobPhase, JobState, TimeLeft, Workflows

log = logging.getLogger(__name__)


class _Worker(QObject):
    """Lives in the worker thread; opens its own library there."""

    reported = Signal(object)
    changed = Signal(object)
    ended = Signal(object)
    told = Signal(str)

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
            self.told.emit(str(problem))
        except Exception as bug:
            log.exception("a backup failed")
            self.told.emit(f"No backup could be made: {bug or type(bug).__name__}. The log has the details.")

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
            end = JobEnd(job, error=f"Something went wrong: {bug or type(bug).__name__}. The log has the details.")
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
        elif job.folder is not None and self._import(library, job.folder, control, gather):
            control.checkpoint()
            grouping = self._workflows.group_faces(library, control)
            gather.add(grouping.changes)
            return JobEnd(job, refused=grouping.refused)
        return JobEnd(job)

    def _import(self, library: Library, folder: Path, control: JobControl, gather: Gather) -> bool:
        """Import a folder; whether there is something to group now."""
        changed = False
        for changes in self._workflows.import_photos(library, folder, control):
            changed |= bool(changes)
            gather.add(changes)
        gather.flush()
        return changed or not library.is_grouped()


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
        self._time_left = TimeLeft()
        self._state = JobState()
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
    def running(self) -> bool:
        """Whether the thread is there; not after `close`."""
        return self._thread.isRunning()

    def start(self, job: Job) -> None:
        """Do a job after those that were started before it; a quiet one not at all if the same waits already."""
        if job.quiet and job in self._waiting[1:]:
            return
        self._waiting.append(job)
        control = JobControl(self._worker.reported.emit)
        self._controls.append(control)
        if len(self._controls) == 1:
            self._set_state(JobState(JobPhase.RUNNING, Status("Starting")))
        self._requested.emit(job, control)

    def back_up(self) -> None:
        """Copy the library beside itself, if it has changed and no copy was made for a day, before the next job."""
        self._backup_wanted.emit()

    def pause(self) -> None:
        """Hold the running job at its next checkpoint."""
        if self._state.phase is JobPhase.RUNNING:
            self._controls[0].pause()
            self._time_left.forget()
            self._set_state(JobState(JobPhase.PAUSED, self._state.status))

    def resume(self) -> None:
        """Let a paused job go on."""
        if self._state.phase is JobPhase.PAUSED:
            self._controls[0].resume()
            self._set_state(JobState(JobPhase.RUNNING, self._state.status))

    def cancel(self) -> None:
        """Stop the running job and those that wait; what they committed stays."""
        for control in self._controls:
            control.cancel()
        if self._controls:
            self._set_state(JobState(JobPhase.STOPPING, self._state.status))

    def close(self) -> None:
        """Cancel everything and wait for the thread to end."""
        for control in self._controls:
            control.cancel()
        self._thread.quit()
        self._thread.wait()

    @Slot(object)
    def _on_reported(self, status: Status) -> None:
        left = self._time_left.update(status, time.monotonic())
        phase = self._state.phase if self._state.phase is not JobPhase.IDLE else JobPhase.RUNNING
        self._set_state(JobState(phase, status, left if phase is JobPhase.RUNNING else None))

    @Slot(object)
    def _on_ended(self, end: JobEnd) -> None:
        self._controls.pop(0)
        self._waiting.pop(0)
        self._time_left.forget()
        if self._controls:
            waiting = JobPhase.STOPPING if self._controls[0].cancelled else JobPhase.RUNNING
            self._set_state(JobState(waiting, Status("Starting")))
        else:
            self._set_state(JobState())
        self.job_ended.emit(end)

    def _set_state(self, state: JobState) -> None:
        self._state = state
        self.state_changed.emit(state)
