"""The background: reports are thinned out, jobs pause, stop and fail in an orderly way, and no thread stays behind."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QThread

from photoclust.core.changes import Changes
from photoclust.core.edits import RenamePerson
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Status
from photoclust.ui.job_control import Gather, JobControl, TimeLeft
from photoclust.ui.jobs import JobPhase, Workflows
from photoclust.ui.session import Session
from photoclust.ui.views.status_strip import describe_job, describe_seconds


@pytest.fixture
def worker(library_path: Path, job: Any, qapp: Any) -> Any:
    session = Session(library_path, Workflows(job.import_photos, job.group_faces))
    yield session
    job.go_on.set()
    session.close()


def test_reports_between_the_first_and_the_last_are_thinned_out() -> None:
    heard: list[Status] = []
    control = JobControl(heard.append, every=3600)
    for done in range(101):
        control.report(Status("Looking for faces", done, 100))
    control.report(Status("Grouping faces"))
    assert [(s.phase, s.done) for s in heard] == [("Looking for faces", 0), ("Looking for faces", 100), ("Grouping faces", 0)]


def test_changes_are_joined_until_it_is_time() -> None:
    heard: list[Changes] = []
    gather = Gather(heard.append, every=3600)
    for i in range(5):
        gather.add(Changes(photos=frozenset({i})))
    gather.flush()
    gather.flush()
    assert [len(c.photos) for c in heard] == [1, 4]


def test_the_time_left_follows_the_rate_and_starts_anew_with_a_phase() -> None:
    left = TimeLeft()
    assert left.update(Status("a", 0, 100), 0.0) is None
    assert left.update(Status("a", 10, 100), 5.0) == pytest.approx(45.0)
    assert left.update(Status("b", 50, 100), 11.0) is None
    assert left.update(Status("b", 60, 0), 15.0) is None


def test_the_time_left_is_not_guessed_at_once_and_drifts_slowly() -> None:
    left = TimeLeft()
    assert left.update(Status("a", 0, 1000), 0.0) is None
    assert left.update(Status("a", 20, 1000), 2.0) is None, "two seconds tell nothing"
    steady = [left.update(Status("a", 10 * s, 1000), float(s)) for s in range(3, 40)]
    assert steady == pytest.approx([100.0 - s for s in range(3, 40)])
    slow = left.update(Status("a", 391, 1000), 49.0)  # one photo took ten seconds
    assert slow is not None
    assert 55.0 < slow < 80.0, "it tells, but does not jump to what the last half minute alone would say"
    left.forget()
    assert left.update(Status("a", 400, 1000), 500.0) is None, "after a pause the clock begins anew"


def test_a_job_waits_while_paused_and_hears_of_a_cancel_in_the_pause() -> None:
    control = JobControl(lambda status: None)
    control.pause()
    outcome: list[str] = []

    def work() -> None:
        try:
            control.checkpoint()
            outcome.append("went on")
        except Cancelled:
            outcome.append("stopped")

    thread = threading.Thread(target=work)
    thread.start()
    assert outcome == []
    control.cancel()
    thread.join(10)
    assert outcome == ["stopped"]


def test_the_status_line_says_phase_done_faces_time_and_device(qapp: Any) -> None:
    from photoclust.ui.jobs import JobState

    status = Status("Looking for faces", 1200, 3000, 4510, 0, "CPU")
    line = describe_job(JobState(JobPhase.RUNNING, status, 130.0))
    assert line == "Looking for faces… · 1,200 of 3,000 · 4,510 faces · about 2 minutes left · CPU"
    assert describe_job(JobState(JobPhase.PAUSED, status)) == "Paused · 1,200 of 3,000 · 4,510 faces · CPU"
    assert [describe_seconds(s) for s in (3, 65, 7000)] == [
        "less than a minute left", "about 1 minute left", "about 2 hours left",
    ]  # fmt: skip


def test_an_import_is_followed_by_a_grouping_in_the_same_thread(worker: Session, job: Any, qtbot: Any, tmp_path: Path) -> None:
    threads: list[QThread] = []
    job.work = lambda library: threads.append(QThread.currentThread()) or Changes()
    job.go_on.set()
    with qtbot.waitSignal(worker.job_ended) as ended:
        worker.open_folder(tmp_path)
    assert ended.args[0].error is None
    assert (job.folders, job.grouped) == ([tmp_path], 1)
    assert threads[0] is not QThread.currentThread()
    assert worker.runner.state.phase is JobPhase.IDLE


def test_a_cancelled_import_is_not_followed_by_a_grouping(worker: Session, job: Any, qtbot: Any, tmp_path: Path) -> None:
    job.steps = 100
    worker.open_folder(tmp_path)
    worker.open_folder(tmp_path / "another, waiting")
    qtbot.waitUntil(lambda: bool(job.folders))
    worker.runner.cancel()
    assert worker.runner.state.phase is JobPhase.STOPPING
    job.go_on.set()
    qtbot.waitUntil(lambda: not worker.runner.busy)
    assert job.folders == [tmp_path]
    assert job.grouped == 0


def test_a_paused_job_goes_on_where_it_was(worker: Session, job: Any, qtbot: Any, tmp_path: Path) -> None:
    job.steps = 3
    worker.open_folder(tmp_path)
    qtbot.waitUntil(lambda: worker.runner.state.status.phase == "Looking for faces")
    worker.runner.pause()
    assert worker.runner.state.phase is JobPhase.PAUSING, "it still works, and it is not said that it did not"
    job.go_on.set()
    qtbot.waitUntil(lambda: worker.runner.state.phase is JobPhase.PAUSED)
    assert job.grouped == 0
    with qtbot.waitSignal(worker.job_ended):
        worker.runner.resume()
    assert job.grouped == 1


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (UserError("That folder cannot be read."), "That folder cannot be read."),
        (ValueError("boom"), "Something went wrong: boom. The log has the details."),
    ],
)
def test_a_job_that_fails_says_so_and_the_next_one_runs(
    worker: Session, job: Any, qtbot: Any, tmp_path: Path, error: Exception, sentence: str
) -> None:
    job.error = error
    job.go_on.set()
    with qtbot.waitSignal(worker.failed) as failed:
        worker.open_folder(tmp_path)
    assert failed.args == [sentence]
    job.error = None
    with qtbot.waitSignal(worker.job_ended):
        worker.open_folder(tmp_path)
    assert job.grouped == 1


def test_changes_of_a_job_reach_the_session_that_asks_the_same_file(
    worker: Session, job: Any, qtbot: Any, tmp_path: Path
) -> None:
    job.go_on.set()
    ben = next(p for p in worker.library.persons() if not p.name)
    job.work = lambda library: library.apply(RenamePerson(ben.id, "Ben")).changes
    with qtbot.waitSignal(worker.changed) as changed:
        worker.open_folder(tmp_path)
    assert changed.args[0].persons == {ben.id}
    assert worker.library.person(ben.id).name == "Ben"  # type: ignore[union-attr]
    assert worker.undo_text() is not None


def test_closing_in_the_middle_of_a_paused_job_leaves_no_thread(library_path: Path, job: Any, qtbot: Any, tmp_path: Path) -> None:
    job.steps = 50
    session = Session(library_path, Workflows(job.import_photos, job.group_faces))
    session.open_folder(tmp_path)
    qtbot.waitUntil(lambda: bool(job.folders))
    session.runner.pause()
    job.go_on.set()
    session.close()
    assert not session.runner.running
    assert job.grouped == 0


def test_an_edit_that_makes_no_sense_is_told_and_changes_nothing(session: Any, qtbot: Any) -> None:
    with qtbot.waitSignal(session.failed) as failed, qtbot.assertNotEmitted(session.changed):
        assert session.apply(RenamePerson(999, "Nobody")) is None
    assert failed.args[0]
    assert all(p.name != "Nobody" for p in session.library.persons())


def test_undo_and_redo_say_what_they_did(session: Any, qtbot: Any) -> None:
    ben = next(p for p in session.library.persons() if not p.name)
    session.apply(RenamePerson(ben.id, "Ben"))
    text = session.undo_text()
    with qtbot.waitSignal(session.undone) as told:
        session.undo()
    assert told.args == [f"Undone: {text}"]
    assert session.redo_text() == text
    session.redo()
    assert session.library.person(ben.id).name == "Ben"


def test_importing_the_window_imports_no_torch() -> None:
    import subprocess
    import sys

    code = "import sys, photoclust.ui.app; assert not {'torch', 'faiss', 'onnx', 'scipy', 'sklearn'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_questions_groupings_and_imports_of_nothing_new_import_no_torch(library_path: Path, album: Any, tmp_path: Path) -> None:
    """It takes seconds and half a gigabyte, at every start of the window."""
    import subprocess
    import sys

    code = """
import os, sys
from pathlib import Path
os.environ["PHOTOCLUST_HOME"] = sys.argv[3]
from photoclust.core.progress import Silent
from photoclust.library.library import Library
from photoclust.ui.jobs import Workflows
from photoclust.workflows.networks import Networks
with Library.open(Path(sys.argv[1])) as library:
    library._db.rows("UPDATE photos SET scanned_by = ?", Networks().model_id)
    flows = Workflows()
    flows.review(library, Silent())
    flows.group_faces(library, Silent())
    flows.preview(library, Silent())
    list(flows.import_photos(library, Path(sys.argv[2]), Silent()))
assert "torch" not in sys.modules, "torch was imported"
"""
    subprocess.run([sys.executable, "-c", code, str(library_path), str(album.folder), str(tmp_path / "home")], check=True)
