"""One open library for the whole program: questions, edits, jobs, and the one signal that tells all views what changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from photoclust.core.edits import Edit
from photoclust.core.errors import UserError
from photoclust.library.library import Applied, Library
from photoclust.ui.asking import Asking
from photoclust.ui.describing import Describing
from photoclust.ui.jobs import Job, JobEnd, Workflows
from photoclust.ui.language import tr
from photoclust.ui.reviewing import Reviewing
from photoclust.ui.runner import Runner
from photoclust.ui.travelling import Travelling

if TYPE_CHECKING:
    from photoclust.workflows.regroup_preview import Preview


class Session(QObject):
    """Shared by every window of a library; `library` is the main thread's own and is for questions only."""

    changed = Signal(object)
    """The `Changes` of an edit or a job, whoever made them."""
    applied = Signal(object)
    """The `Applied` of an edit made in this program."""
    undone = Signal(str)
    """The text of an edit that was undone or done again, as a sentence."""
    failed = Signal(str)
    """A sentence for the user."""
    told = Signal(str)
    """A sentence that can wait: what went wrong in a job that nobody asked for just now."""
    folders_changed = Signal()
    """The user said which folders are to be watched."""
    job_ended = Signal(object)
    """A `JobEnd`."""

    def __init__(self, library_path: Path, workflows: Workflows | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = Library.open(library_path)
        self._refused: set[str] = set()
        self.runner = Runner(library_path, workflows or Workflows(), self)
        self.runner.changed.connect(self.changed)
        self.runner.told.connect(self.told)
        self.runner.job_ended.connect(self._on_job_ended)
        self.reviewing = Reviewing(self)
        self.asking = Asking(library_path, self)
        self.describing = Describing(self)
        self.travelling = Travelling(library_path, self)
        self.travelling.changed.connect(self.changed)
        self.travelling.arrived.connect(self.undone)
        self.travelling.failed.connect(self.failed)

    def apply(self, edit: Edit) -> Applied | None:
        """Make an edit; None and the signal `failed` when it cannot be made."""
        try:
            applied = self.library.apply(edit)
        except UserError as problem:
            self.failed.emit(tr(str(problem)))
            return None
        self.changed.emit(applied.changes)
        self.applied.emit(applied)
        return applied

    def undo(self) -> None:
        """Undo the last edit, if there is any."""
        self._step(back=True)

    def redo(self) -> None:
        """Do again what was undone last, if there is anything."""
        self._step(back=False)

    def return_to(self, edit_id: int) -> None:
        """Undo or redo, in the background, up to the moment after an edit; 0 is before the first."""
        self.travelling.go(edit_id)

    def undo_text(self) -> str | None:
        """What `undo` would undo, as "Move 3 faces to Anna"."""
        return self.library.undo_text()

    def redo_text(self) -> str | None:
        """What `redo` would do again."""
        return self.library.redo_text()

    def open_folder(self, folder: Path) -> None:
        """Import a folder in the background, then group."""
        self.runner.start(Job(Path(folder)))

    def import_quietly(self, folder: Path) -> None:
        """Import what is new in a folder in the background; nobody asked for it just now."""
        self.runner.start(Job(folder, quiet=True))

    def forget_missing(self) -> None:
        """Forget the photos whose files are gone, in the background."""
        self.runner.start(Job(forget=True))

    def retry(self, photo_ids: Sequence[int]) -> None:
        """Look at photos again in the background, as at those that could not be read."""
        if photo_ids:
            self.runner.start(Job(retry=tuple(photo_ids)))

    def watch_root(self, root_id: int, on: bool) -> None:
        """Import new photos in a folder as they appear, or no longer."""
        try:
            self.library.watch_root(root_id, on)
        except UserError as problem:
            self.failed.emit(tr(str(problem)))
        self.folders_changed.emit()

    def preview_regrouping(self) -> Job:
        """Work out in the background what grouping all faces again would change; the preview is in the `JobEnd` of this job."""
        job = Job(preview=True)
        self.runner.start(job)
        return job

    def regroup(self, preview: Preview, named: bool) -> Job:
        """Apply a preview in the background as one edit; if it has gone stale, another is in the `JobEnd` of this job."""
        job = Job(chosen=(preview, named))
        self.runner.start(job)
        return job

    def close(self) -> None:
        """Stop the background and close the library."""
        self.travelling.close()
        self.asking.close()
        self.reviewing.close()
        self.runner.close()
        self.library.close()

    def _step(self, *, back: bool) -> None:
        text = self.undo_text() if back else self.redo_text()
        try:
            applied = self.library.undo() if back else self.library.redo()
        except UserError as problem:
            self.failed.emit(tr(str(problem)))
            return
        if applied is not None:
            self.changed.emit(applied.changes)
            self.undone.emit(tr("Undone: {what}", what=text) if back else tr("Done again: {what}", what=text))

    @Slot(object)
    def _on_job_ended(self, end: JobEnd) -> None:
        if end.error:
            (self.told if end.job.quiet else self.failed).emit(tr(end.error))
        if end.applied is not None:
            self.applied.emit(end.applied)
        if new := set(end.refused) - self._refused:
            self._refused |= new
            text = tr("{n} earlier decisions contradict later ones, which stand. “Group again…” says which.", n=len(new))
            self.told.emit(text)
        self.job_ended.emit(end)
