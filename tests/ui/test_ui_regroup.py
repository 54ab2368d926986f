"""Grouping again is shown before it is applied, and what was shown is what is applied, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from photoclust.core.edits import MoveFaces, NewPerson, Regroup
from photoclust.core.types import Person
from photoclust.ui.dialogs.regroup import RegroupDialog
from photoclust.ui.dialogs.regroup_lines import LINE_ROLE, LineModel, fitting
from photoclust.ui.job_control import JobControl
from photoclust.ui.jobs import JobPhase, Workflows
from photoclust.ui.main_window import MainWindow
from photoclust.ui.session import Session
from photoclust.workflows.regroup_preview import Line

CONTRADICTION = "A face in a.jpg and one in b.jpg were said to be one person, but later decisions make them two."


@pytest.fixture
def grouped(window: MainWindow, job: Any, anna: Person, ben: Person) -> dict[str, tuple[int, ...]]:
    """Ben's faces are nobody's now; the engine would make a person of two of them and give the stranger's face to Anna."""
    library = window.session.library
    faces = {
        "anna": tuple(sorted(library.face_ids(person_id=anna.id))),
        "ben": tuple(sorted(library.face_ids(person_id=ben.id))),
        "nobody": tuple(library.face_ids(person_id=None)),
    }
    window.session.apply(MoveFaces(faces["ben"], None))  # they were placed by hand
    job.edit = Regroup((faces["ben"][:2], (*faces["anna"], *faces["nobody"])), (None, anna.id), ((0.9, 0.9), (0.4,) * 5))
    job.go_on.set()
    return faces


def shown(window: MainWindow) -> list[RegroupDialog]:
    return [d for d in window.findChildren(RegroupDialog) if d.isVisible()]


def preview(window: MainWindow, qtbot: Any) -> RegroupDialog:
    QTest.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(shown(window)) == 1)
    return shown(window)[0]


def words(dialog: RegroupDialog) -> list[str]:
    model = dialog.lines.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_no_part_of_the_dialog_is_ever_a_window_of_its_own(window: Any, grouped: Any, job: Any, qtbot: Any) -> None:
    seen: list[object] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                seen.append(type(watched))
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    preview(window, qtbot)
    QApplication.instance().removeEventFilter(watch)
    assert set(seen) == {RegroupDialog}


def click(button: Any) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())


def test_what_would_change_is_shown_and_nothing_has_changed(window: Any, grouped: Any, qtbot: Any) -> None:
    before = window.session.library.persons_of_faces()
    dialog = preview(window, qtbot)
    assert words(dialog) == ["2 faces of nobody find a person"]
    line = dialog.lines.model().index(0, 0).data(LINE_ROLE)
    assert line.faces == grouped["ben"][:2]
    assert "Named persons" in dialog.summary.text()
    assert window.session.library.persons_of_faces() == before


def test_its_faces_are_loaded_in_the_background_and_painted(windows: Any, window: Any, grouped: Any, qtbot: Any) -> None:
    dialog = preview(window, qtbot)
    qtbot.waitUntil(lambda: windows.thumbnails.face(grouped["ben"][0], 44) is not None)
    qtbot.waitUntil(lambda: windows.thumbnails.pending() == 0)
    colors = {dialog.lines.grab().toImage().pixelColor(x, 34).rgb() for x in range(dialog.lines.width())}
    assert len(colors) > 20, "a photo, not a placeholder"


def test_what_was_shown_is_applied_as_one_edit_that_one_undo_takes_back(window: Any, grouped: Any, qtbot: Any) -> None:
    library = window.session.library
    before, last = library.persons_of_faces(), library.undo_text()
    dialog = preview(window, qtbot)
    with qtbot.waitSignal(window.session.applied):
        click(dialog.apply_button)
    after = library.persons_of_faces()
    assert after[grouped["ben"][0]] == after[grouped["ben"][1]]
    assert grouped["nobody"][0] not in after, "named persons get nothing without consent"
    qtbot.waitUntil(lambda: window.strip.undo.isVisible())
    assert len(window.persons.persons()) == 2
    click(window.strip.undo)
    assert (library.persons_of_faces(), library.undo_text()) == (before, last)


def test_named_persons_get_faces_once_the_box_is_checked(window: Any, grouped: Any, anna: Person, qtbot: Any) -> None:
    dialog = preview(window, qtbot)
    assert dialog.named.text() == "Also add 1 face to 1 named person"
    dialog.named.setFocus()
    QTest.keyClick(dialog.named, Qt.Key.Key_Space)
    assert words(dialog) == ["Anna", "2 faces of nobody find a person", "1 face of these is unsure"]
    assert "Named persons" not in dialog.summary.text()
    with qtbot.waitSignal(window.session.applied):
        click(dialog.apply_button)
    assert set(window.session.library.face_ids(person_id=anna.id)) == {*grouped["anna"], *grouped["nobody"]}


def test_where_only_named_persons_would_get_faces_nothing_can_be_applied_without_consent(
    window: Any, grouped: Any, job: Any, anna: Person, qtbot: Any
) -> None:
    job.edit = Regroup(((*grouped["anna"], *grouped["nobody"]),), (anna.id,))
    dialog = preview(window, qtbot)
    assert not dialog.apply_button.isEnabled()
    dialog.named.click()
    assert dialog.apply_button.isEnabled()


@pytest.mark.parametrize("how", ["button", "escape"])
def test_keeping_all_as_it_is_changes_nothing(window: Any, grouped: Any, qtbot: Any, how: str) -> None:
    before = window.session.library.persons_of_faces()
    dialog = preview(window, qtbot)
    if how == "button":
        click(dialog.keep_button)
    else:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown(window))
    assert not window.session.runner.busy
    assert window.session.library.persons_of_faces() == before


def test_a_stale_preview_is_worked_out_again_instead_of_applied(window: Any, grouped: Any, job: Any, qtbot: Any) -> None:
    library = window.session.library
    dialog = preview(window, qtbot)
    assert not dialog.again.isVisible()
    window.session.apply(NewPerson(grouped["ben"][:2], "Ben"))  # in another window
    after, text = library.persons_of_faces(), library.undo_text()
    click(dialog.apply_button)
    qtbot.waitUntil(lambda: job.previews == 2 and len(shown(window)) == 1)
    assert (library.persons_of_faces(), library.undo_text()) == (after, text)
    assert shown(window)[0].again.isVisible()
    assert words(shown(window)[0]) == []


def test_when_nothing_would_change_that_is_said_and_nothing_asked(window: Any, grouped: Any, job: Any, qtbot: Any) -> None:
    job.edit = Regroup((grouped["anna"],), (window.session.library.face(grouped["anna"][0]).person_id,))
    text = window.session.undo_text()
    with qtbot.waitSignal(window.session.job_ended):
        window.actions_["regroup"].trigger()
    assert window.strip.text.text() == "Nothing would change: all faces are grouped as they would be again."
    assert not shown(window)
    assert window.session.undo_text() == text


def test_the_window_goes_on_while_it_is_worked_out_and_it_can_be_stopped(window: Any, grouped: Any, job: Any, qtbot: Any) -> None:
    job.go_on.clear()
    window.actions_["regroup"].trigger()
    qtbot.waitUntil(lambda: window.session.runner.state.status.phase == "Grouping faces")
    assert window.strip.progress.isVisible()
    assert not window.actions_["regroup"].isEnabled()
    window.session.apply(NewPerson(grouped["nobody"], "Ben"))
    assert "Ben" in window.persons.names()
    click(window.strip.cancel)
    assert window.session.runner.state.phase is JobPhase.STOPPING
    with qtbot.waitSignal(window.session.job_ended) as ended:
        job.go_on.set()
    assert ended.args[0].cancelled
    assert not shown(window)
    assert window.actions_["regroup"].isEnabled()


def test_only_the_window_that_asked_shows_it(windows: Any, window: Any, grouped: Any, qtbot: Any) -> None:
    other = windows.new()
    preview(window, qtbot)
    assert not shown(other)


def test_decisions_that_contradict_later_ones_are_told_in_the_preview(window: Any, grouped: Any, job: Any, qtbot: Any) -> None:
    job.refused = (CONTRADICTION,) * 5
    dialog = preview(window, qtbot)
    assert dialog.refused.text().splitlines() == [CONTRADICTION] * 2 + ["And 3 more."]


def test_they_are_told_also_where_nothing_else_would_change(window: Any, grouped: Any, job: Any, qtbot: Any) -> None:
    job.refused, job.edit = (CONTRADICTION,), Regroup((), ())
    dialog = preview(window, qtbot)
    assert dialog.refused.text() == CONTRADICTION
    assert dialog.summary.text() == "All faces are grouped as they would be again."
    assert not dialog.apply_button.isVisible()
    click(dialog.keep_button)


def test_after_an_import_they_are_told_once(window: Any, job: Any, tmp_path: Any, qtbot: Any) -> None:
    told: list[str] = []
    window.session.told.connect(told.append)
    job.refused = (CONTRADICTION,)
    job.go_on.set()
    for _ in range(2):
        with qtbot.waitSignal(window.session.job_ended):
            window.open_folder(tmp_path)
    assert told == ["An earlier decision contradicts later ones, which stand. “Group again…” says which."]


def test_an_import_groups_by_itself_and_a_preview_groups_all(monkeypatch: pytest.MonkeyPatch) -> None:
    from photoclust.workflows import group_faces, politeness, regroup_preview

    modes: list[object] = []
    monkeypatch.setattr(politeness, "leave_a_core_free", lambda: None)
    monkeypatch.setattr(group_faces, "group_faces", lambda library, **how: modes.append(how["mode"]))
    monkeypatch.setattr(regroup_preview, "standing", lambda library: "")
    monkeypatch.setattr(regroup_preview, "preview_of", lambda *_: None)
    monkeypatch.setattr(regroup_preview, "group_faces", lambda library, **how: modes.append(how.get("mode", "all")))
    workflows = Workflows()
    workflows.group_faces(None, JobControl(lambda status: None))  # type: ignore[arg-type]
    workflows.preview(None, JobControl(lambda status: None))  # type: ignore[arg-type]
    assert modes == ["auto", "all"]


def test_only_so_many_faces_are_shown_as_there_is_room_for() -> None:
    assert fitting(faces=3, more=0, space=3 * 48 - 4, step=48) == (3, 0)
    assert fitting(faces=4, more=0, space=3 * 48, step=48) == (2, 2)
    assert fitting(faces=3, more=7, space=3 * 48, step=48) == (2, 8)
    assert fitting(faces=3, more=0, space=0, step=48) == (1, 2)


def test_a_line_is_read_aloud_with_its_detail() -> None:
    model = LineModel()
    model.show_lines([Line("Anna", "gets 3 faces, has 4")])
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Anna, gets 3 faces, has 4"


def test_closing_the_session_in_the_middle_of_a_preview_leaves_no_thread(library_path: Any, job: Any, qtbot: Any) -> None:
    session = Session(library_path, Workflows(preview=job.preview))
    session.preview_regrouping()
    qtbot.waitUntil(lambda: job.previews == 1)
    job.go_on.set()
    session.close()
    assert not session.runner.running
