"""The whole story in the real window, with real events, and a numbered picture of every station.

    python tests/tour.py FOLDER [--photos 80] [--persons 12]

draws the demo album and tells the story four times, each in a process of its own: light and dark, at 1× and 2×. The test in
`tests/e2e` tells it once with a smaller album.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from tour_hands import BUTTON, KEY, MOD, SIZE, Hands

from photoclust.ui.dialogs.export_dialog import ExportDialog
from photoclust.ui.dialogs.regroup import RegroupDialog
from photoclust.ui.dialogs.split_dialog import SplitDialog
from photoclust.ui.libraries import Libraries
from photoclust.ui.models.places import Shelf
from photoclust.ui.views.photo_viewer import PhotoViewer

STATIONS = (
    "first-run", "importing", "imported", "coach", "naming", "named", "named-all", "photo", "question", "answered", "audit",
    "split", "two-persons", "regroup", "regrouped", "history", "undone", "search", "timeline", "strangers", "jobs", "settings",
    "export", "exported",
)  # fmt: skip
"""The pictures, in their order."""


class Tour(Hands):
    """Walks through the window as a stranger would; every station is checked."""

    def tell(self) -> None:
        """The whole story."""
        self.first_run()
        self.name_persons()
        self.look_at_a_photo()
        self.answer_questions()
        self.check_a_person()
        self.split_a_person()
        self.group_again()
        self.undo()
        self.search()
        self.look_around()
        self.export()
        assert tuple(self.seen) == STATIONS

    def first_run(self) -> None:
        """An empty window; a folder is dropped on it."""
        window = self.window
        window.resize(*SIZE)
        self.activate()
        assert window.centre.pages.currentWidget() is window.centre.welcome
        self.shot("first-run")
        self.drop_folder(self.album)
        self.wait(lambda: window.shelves.counts.faces > 0, "nobody was found")
        self.shot("importing")
        self.calm()
        self.wait(lambda: window.session.reviewing.question is not None, "nothing is asked")
        assert self.library.counts().persons >= len(self.truth.names) - 1
        assert self.library.counts().errors == 2
        self.shot("imported")
        window.actions_["tour"].trigger()
        mark = window.coaching.mark
        assert mark is not None
        QTest.keyClick(mark, KEY.Key_Return)
        self.shot("coach")
        QTest.keyClick(mark, KEY.Key_Escape)
        assert window.coaching.mark is None

    def name_persons(self) -> None:
        """One by a click on the title, the others down the list with one hand."""
        window = self.window
        person = self.unnamed()[0]
        window.go_to(person.id)
        self.click(window.centre.header.title.label)
        self.type(self.who(person.id)[:3])
        self.shot("naming")
        self.type(self.who(person.id)[3:])
        self.enter()
        self.wait(lambda: self.named(person.id) == self.who(person.id), "the person has no name")
        self.shot("named")
        self.press(window.side.person_list, "name_next")
        for _ in range(len(self.unnamed()) - 2):  # two are left for the questions
            current = window.side.person_list.current_id()
            field = QApplication.focusWidget()
            if current is None or not isinstance(field, QLineEdit) or self.named(current):
                break
            name = self.who(current)
            if self.share(current) < 1 or any(p.name == name for p in self.library.persons()):
                QTest.keyClick(field, KEY.Key_Tab)
            else:
                self.type(name)
                self.enter()
            self.rest()
        QTest.keyClick(QApplication.focusWidget() or window, KEY.Key_Escape)
        assert sum(bool(p.name) for p in self.library.persons()) > 2
        self.shot("named-all")

    def look_at_a_photo(self) -> None:
        """A double click on a face shows its photo."""
        window = self.window
        person = max((p for p in self.library.persons() if p.name), key=lambda p: p.face_count)
        window.go_to(person.id)
        self.pictures_there()
        grid = window.centre.face_grid
        at = grid.visualRect(grid.model().index_of(window.centre.faces.ids[0])).center()
        QTest.mouseClick(grid.viewport(), BUTTON.LeftButton, MOD.NoModifier, at)
        QTest.mouseDClick(grid.viewport(), BUTTON.LeftButton, MOD.NoModifier, at)
        viewer = self.find(PhotoViewer)
        self.shot("photo")
        viewer.close()

    def answer_questions(self) -> None:
        """As somebody who knows them all; each answer is one key."""
        window, reviewing = self.window, self.window.session.reviewing
        self.press(window, "review")
        self.wait(lambda: reviewing.question is not None, "nothing is asked")
        self.shot("question")
        for _ in range(4):
            question = reviewing.question
            if question is None:
                break
            name = self.true_person(question.host.faces)
            if question.kind == "who" and name in self.truth.names.values():
                QTest.keyClick(window.review, KEY.Key_N)
                self.type(name)
                self.enter()
                self.answer_yes()
            elif question.kind == "who":
                QTest.keyClick(window.review, KEY.Key_S)
            else:
                host = self.true_person(question.host.faces)
                same = {k for k, guest in enumerate(question.guests) if self.true_person(guest.faces) == host}
                if len(question.guests) > 1 and same:
                    for place in question.likely ^ same:
                        QTest.keyClick(window.review, KEY(KEY.Key_1 + place))
                QTest.keyClick(window.review, KEY.Key_Y if same else KEY.Key_N)
            self.wait(lambda: not reviewing.thinking, "the next question did not come")
        self.shot("answered")
        QTest.keyClick(window.review, KEY.Key_Escape)
        assert window.pages.currentWidget() is window.splitter

    def check_a_person(self) -> None:
        """One person's faces, the least certain first."""
        window = self.window
        self.go_to_a_named_person()
        self.press(window.centre.face_grid, "check_person")
        self.shot("audit")
        self.press(window.centre.face_grid, "check_person")

    def split_a_person(self) -> None:
        """Two persons are made one by mistake, and divided again by pointing at one face."""
        window = self.window
        one, other = [p for p in self.library.persons() if p.name][:2]
        window.commands.merge((one.id, other.id), one.id)
        self.rest()
        self.answer_yes()
        self.wait(lambda: self.library.person(other.id) is None, "they are two still")
        window.go_to(one.id)
        self.pictures_there()
        grid = window.centre.face_grid
        stranger = next(f for f in window.centre.faces.ids if self.true_person((f,)) == other.name)
        grid.scrollTo(grid.model().index_of(stranger))
        QTest.mouseClick(
            grid.viewport(), BUTTON.LeftButton, MOD.NoModifier, grid.visualRect(grid.model().index_of(stranger)).center()
        )
        self.press(grid, "split_two")
        dialog = self.find(SplitDialog)
        self.wait(lambda: not dialog.busy and bool(dialog.halves.leave), "nobody is divided")
        wrong = [f for f in dialog.halves.leave if self.true_person((f,)) == one.name]
        assert len(wrong) < len(dialog.halves.leave) / 4
        self.type_into(dialog.name, other.name)
        self.shot("split")
        self.click(dialog.split_button)
        self.wait(lambda: any(p.name == other.name for p in self.library.persons()), "nobody was split off")
        self.shot("two-persons")

    def group_again(self) -> None:
        """What would change is shown first."""
        window = self.window
        self.calm()
        window.commands.take_out(window.centre.faces.ids[-3:])
        self.rest()
        self.press(window, "regroup")
        dialog = self.find(RegroupDialog)
        self.shot("regroup")
        before = self.library.undo_text()
        if dialog.apply_button.isEnabled():
            self.click(dialog.apply_button)
            self.wait(lambda: not window.session.runner.busy and self.library.undo_text() != before, "nothing was applied")
        else:
            dialog.reject()
        self.shot("regrouped")

    def undo(self) -> None:
        """The history at the right, and one step back."""
        window = self.window
        self.press(window, "history")
        self.shot("history")
        before = self.library.undo_text()
        self.press(window, "undo")
        assert self.library.redo_text() == before
        self.shot("undone")
        self.press(window, "history")

    def search(self) -> None:
        """Photos with somebody and without somebody else, then one person's years."""
        window = self.window
        first, second = [p for p in self.library.persons() if p.name][:2]
        self.go_to_a_named_person()
        self.press(window, "find")
        page = window.finding.page
        self.wait(page.isVisible, "photos cannot be looked for")
        for part in list(page.bar.parts):
            page.bar.remove(page.bar.parts.index(part))
        for person in (first, second):
            self.type_into(page.bar.field, person.name)
            QTest.keyClick(page.bar.field, KEY.Key_Return)
            self.rest()
        self.click(page.bar.chips()[1])  # "with" becomes "without"
        self.wait(lambda: page.grid.shows_any, "no photo was found")
        assert "without" in page.bar.chips()[1].text()
        self.shot("search")
        window.finding.leave()
        self.go_to_a_named_person()
        window.actions_["by_date"].trigger()
        self.shot("timeline")
        window.actions_["by_quality"].trigger()

    def look_around(self) -> None:
        """Strangers, jobs, settings."""
        window = self.window
        window.go_to(Shelf.STRANGERS)
        self.shot("strangers")
        for name in ("jobs", "settings"):
            self.press(window, name)
            dialog = self.find(QDialog)
            self.shot(name)
            dialog.close()
            self.rest()

    def export(self) -> None:
        """Albums of everybody who has a name, in a folder."""
        window, out = self.window, self.work / "albums"
        self.go_to_a_named_person()
        self.press(window, "export")
        dialog = self.find(ExportDialog)
        dialog.folder.clear()
        self.type_into(dialog.folder, str(out))
        self.wait(dialog.export_button.isEnabled, "nothing can be exported")
        self.shot("export")
        self.click(dialog.export_button)
        self.wait(dialog.show_button.isVisible, "the export did not end")
        self.shot("exported")
        dialog.reject()
        assert [p for p in out.rglob("*.jpg") if p.is_file()]


def tell_once(album: Path, work: Path, pictures: Path | None, scheme: str) -> None:
    """The story in this process, whose PHOTOCLUST_HOME is new."""
    from photoclust.ui.app import application, without_platform_chatter
    from photoclust.ui.language import speak
    from photoclust.ui.preferences import LivePreferences, PreferencesFile
    from photoclust.ui.theme import apply_theme

    app = application("system", "en")
    with without_platform_chatter():
        preferences = LivePreferences(PreferencesFile())
        libraries = Libraries(lambda worn: apply_theme(app, worn), lambda language: speak(app, language), preferences)
        preferences.set("appearance", scheme)
        libraries.start(work / "library.photoclust")
        try:
            Tour(libraries, album, work, pictures).tell()
        finally:
            libraries.close()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> None:
    """The story in every look."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="for the pictures")
    parser.add_argument("--album", type=Path, help="a demo album that is there already")
    parser.add_argument("--photos", type=int, default=80)
    parser.add_argument("--persons", type=int, default=12)
    parser.add_argument("--looks", nargs="+", default=["light-1x", "dark-1x", "light-2x", "dark-2x"], metavar="LOOK")
    parser.add_argument("--child", metavar="LOOK", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        tell_once(args.album, Path(os.environ["PHOTOCLUST_HOME"]), args.folder / args.child, args.child.split("-")[0])
        return
    with tempfile.TemporaryDirectory(prefix="photoclust-tour-") as folder:
        album = args.album
        if album is None:
            from photoclust.demo.album import render_album

            album = Path(folder, "Photos")
            render_album(album, photos=args.photos, persons=args.persons)
        for look in args.looks:
            home = Path(folder, look)
            shutil.copytree(album, home / "Photos", copy_function=os.link)
            environment = os.environ | {
                "PHOTOCLUST_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": look.split("-")[1].rstrip("x"),
            }  # fmt: skip
            command = [sys.executable, __file__, str(args.folder), "--album", str(home / "Photos"), "--child", look]
            subprocess.run(command, check=True, env=environment)
            print(args.folder / look)


if __name__ == "__main__":
    main()
