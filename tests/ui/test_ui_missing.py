"""Missing photos leave the window and come back, are forgotten only after a question; watched folders import by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from photoclust.core.errors import UserError
from photoclust.library.library import Library
from photoclust.ui.dialogs.folders import FoldersDialog
from photoclust.ui.dialogs.missing import MissingDialog
from photoclust.ui.jobs import Workflows
from photoclust.ui.models.places import Shelf
from photoclust.ui.questions import Question
from photoclust.ui.session import Session
from photoclust.ui.watching import Watching


@pytest.fixture
def worker(library_path: Path, job: Any, qapp: Any) -> Iterator[Session]:
    job.go_on.set()
    session = Session(library_path, Workflows(job.import_photos, job.group_faces))
    yield session
    session.close()


@pytest.fixture
def watching(worker: Session) -> Iterator[Watching]:
    watching = Watching(worker, settle=0.05, look=0.05)
    yield watching
    watching.close()


def lose(window: Any, *photo_ids: int) -> None:
    window.session.changed.emit(window.session.library.mark_missing(photo_ids))


def dialog(window: Any, kind: type) -> Any:
    return next(d for d in window.findChildren(kind) if d.isVisible())


def test_missing_photos_leave_the_grids_and_counts_and_come_back(window: Any, anna: Any, ben: Any) -> None:
    first, last = [p.id for p in window.session.library.photos()][::5]  # anna and ben; the stranger
    lose(window, first, last)
    assert window.persons.person(anna.id).face_count == 3
    assert window.persons.person(ben.id).face_count == 2
    window.go_to(Shelf.EVERYTHING)
    assert len(window.centre.photos.ids) == 4
    assert not window.strip.missing.isHidden()
    assert window.strip.missing.text() == "2 photos missing"
    window.session.changed.emit(window.session.library.mark_found([first, last]))
    assert window.persons.person(anna.id).face_count == 4
    assert len(window.centre.photos.ids) == 6
    assert window.strip.missing.isHidden()


def test_an_unnamed_person_all_of_whose_photos_are_missing_is_not_listed(window: Any, ben: Any) -> None:
    window.go_to(ben.id)
    photos = {f.photo_id for f in window.session.library.faces(window.session.library.face_ids(person_id=ben.id))}
    lose(window, *photos)
    assert ben.id not in window.persons.ids
    assert window.place != ben.id


def test_missing_photos_are_forgotten_after_a_question_only(window: Any, windows: Any, qtbot: Any) -> None:
    library = window.session.library
    photo = library.photos()[0]
    photo.path.unlink()
    assert not window.actions_["missing"].isEnabled()
    lose(window, photo.id)
    window.strip.missing.click()
    shown = dialog(window, MissingDialog)
    assert [shown.list.item(0).text(), shown.list.count()] == [str(photo.path), 1]
    shown.forget.click()
    question = dialog(window, Question)
    assert "cannot be undone" in question.text.text()
    assert library.photo(photo.id) is not None
    with qtbot.waitSignal(window.session.job_ended):
        question.buttons["Forget"].click()
    assert library.photo(photo.id) is None
    assert window.strip.missing.isHidden()


def test_closing_the_list_of_missing_photos_forgets_nothing(window: Any) -> None:
    library = window.session.library
    lose(window, library.photos()[0].id)
    window.actions_["missing"].trigger()
    buttons = dialog(window, MissingDialog).findChild(QDialogButtonBox)
    buttons.button(QDialogButtonBox.StandardButton.Close).click()
    assert len(library.missing()) == 1


def test_an_import_that_changed_nothing_is_not_followed_by_a_grouping(worker: Session, job: Any, album: Any, qtbot: Any) -> None:
    with qtbot.waitSignal(worker.job_ended):
        worker.open_folder(album.folder)
    assert job.grouped == 1, "it was never grouped before"
    with Library.open(worker.library.path) as library:
        library.record_run("album", {}, 0, {"faces": len(library.embeddings()[0])})
    with qtbot.waitSignal(worker.job_ended):
        worker.open_folder(album.folder)
    assert job.grouped == 1


def test_what_goes_wrong_in_a_quiet_job_is_only_told(window: Any, job: Any, qtbot: Any) -> None:
    job.error = UserError("The drive is not there.")
    job.go_on.set()
    with qtbot.waitSignal(window.session.job_ended):
        window.session.import_quietly(Path("/drive"))
    assert not [q for q in window.findChildren(Question) if q.isVisible()]
    assert window.strip.text.text() == "The drive is not there."


def test_the_same_quiet_job_waits_only_once(worker: Session, job: Any, qtbot: Any) -> None:
    job.go_on.clear()
    with qtbot.waitSignals([worker.job_ended] * 2):
        for _ in range(5):
            worker.import_quietly(Path("/photos"))
        job.go_on.set()
    qtbot.waitUntil(lambda: not worker.runner.busy)
    assert job.folders == [Path("/photos")] * 2


def test_a_photo_that_appears_in_a_watched_folder_is_imported(watching: Watching, job: Any, album: Any, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: len(job.folders) == 1)  # what happened before the program was started
    (album.folder / "new.jpg").write_bytes(b"a photo")
    qtbot.waitUntil(lambda: len(job.folders) == 2)
    assert job.folders == [album.folder, album.folder]


def test_a_folder_is_watched_until_it_is_switched_off_in_the_dialog(
    watching: Watching, worker: Session, job: Any, album: Any, tmp_path: Path, qtbot: Any
) -> None:
    (tmp_path / "other").mkdir()
    worker.library.add_root(tmp_path / "other")
    worker.folders_changed.emit()
    qtbot.waitUntil(lambda: set(job.folders) == {album.folder, tmp_path / "other"})
    qtbot.waitUntil(lambda: not worker.runner.busy)
    shown = FoldersDialog(worker)
    qtbot.addWidget(shown)
    item = shown.table.topLevelItem(0)
    assert (item.text(1), item.text(2)) == (str(album.folder), "6")
    item.setCheckState(0, Qt.CheckState.Unchecked)
    assert [r.watched for r in worker.library.root_rows()] == [False, True]
    job.folders.clear()
    (album.folder / "new.jpg").write_bytes(b"a photo")
    (tmp_path / "other" / "new.jpg").write_bytes(b"a photo")
    qtbot.waitUntil(lambda: bool(job.folders))
    assert job.folders == [tmp_path / "other"]
    item.setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: album.folder in job.folders)  # what was missed is made up for


def test_an_import_that_the_user_stopped_is_not_started_again_by_the_watch(
    watching: Watching, worker: Session, job: Any, tmp_path: Path, qtbot: Any
) -> None:
    qtbot.waitUntil(lambda: len(job.folders) == 1 and not worker.runner.busy)
    new = tmp_path / "new"
    new.mkdir()
    worker.library.add_root(new)
    with qtbot.waitSignal(worker.job_ended) as ended:
        worker.open_folder(new)
        worker.runner.cancel()
    assert ended.args[0].cancelled
    begun = job.folders.count(new)  # 1 where the worker was quicker than the user
    marker = tmp_path / "marker"
    marker.mkdir()
    worker.library.add_root(marker)
    worker.folders_changed.emit()
    qtbot.waitUntil(lambda: marker in job.folders)
    assert job.folders.count(new) == begun
    (new / "late.jpg").write_bytes(b"a photo")
    qtbot.waitUntil(lambda: job.folders.count(new) > begun)
