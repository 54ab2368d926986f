"""Plans and carries out exports in a thread of its own, so that a dialog only asks and listens."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from photoclust.core.errors import Cancelled, UserError
from photoclust.library.library import Library
from photoclust.ui.job_control import JobControl
from photoclust.ui.language import tr
from photoclust.workflows.export_album import ExportPlan, ExportReport, Mode, plan_export, plan_photos, run_export

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What the user has chosen: persons, or photos that go into one album."""

    out: Path
    person_ids: tuple[int, ...]
    mode: Mode
    photo_ids: tuple[int, ...] = ()
    album: str = ""


class Exporter(QObject):
    """One at a time; answers come as signals in the thread this lives in."""

    planned = Signal(object, object)
    """The `ExportWish`, and its `ExportPlan` or a sentence that says why there is none."""
    progressed = Signal(object)
    """A `Status`, at most ten times a second."""
    exported = Signal(object)
    """An `ExportReport`, or a sentence that says what went wrong, or None when it was stopped."""

    def __init__(self, library_path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._library_path = library_path
        self._control: JobControl | None = None
        self._newest: ExportWish | None = None
        self._pool = QThreadPool(self, maxThreadCount=1)

    @property
    def running(self) -> bool:
        """Whether an export is being carried out."""
        return self._control is not None

    def plan(self, wish: ExportWish) -> None:
        """Find out what this export would do; only the newest wish is answered."""
        self._newest = wish
        self._pool.start(lambda: self._plan(wish))

    def export(self, plan: ExportPlan) -> None:
        """Carry a plan out."""
        control = self._control = JobControl(self.progressed.emit)
        self._pool.start(lambda: self._export(plan, control))

    def stop(self) -> None:
        """Stop the running export at the next possible moment; what is finished stays."""
        if self._control is not None:
            self._control.cancel()

    @Slot()
    def close(self) -> None:
        """Stop everything and wait for the thread."""
        self._newest = None
        self.stop()
        self._pool.waitForDone()

    def _plan(self, wish: ExportWish) -> None:
        if wish is not self._newest:
            return
        answer: ExportPlan | str
        try:
            with Library.open(self._library_path, create=False, reading=True) as library:
                if wish.album:
                    answer = plan_photos(library, wish.out, wish.photo_ids, wish.album, wish.mode)
                else:
                    answer = plan_export(library, wish.out, persons=wish.person_ids, mode=wish.mode)
        except UserError as problem:
            answer = tr(str(problem))
        except Exception as bug:
            _log.exception("an export could not be planned")
            answer = _sorry(bug)
        self.planned.emit(wish, answer)

    def _export(self, plan: ExportPlan, control: JobControl) -> None:
        answer: ExportReport | str | None
        try:
            answer = run_export(plan, control)
        except Cancelled:
            answer = None
        except UserError as problem:
            answer = tr(str(problem))
        except Exception as bug:
            _log.exception("an export failed")
            answer = _sorry(bug)
        self._control = None
        self.exported.emit(answer)


def _sorry(bug: Exception) -> str:
    return tr("Something went wrong: {what}. The log has the details.", what=str(bug) or type(bug).__name__)
