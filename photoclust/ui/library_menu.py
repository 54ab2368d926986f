"""The entries of the File menu about whole libraries, and the settings, for one window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QMenu

from photoclust.core.settings import data_dir
from photoclust.ui.dialogs.moving import MovingDialog
from photoclust.ui.dialogs.settings import SettingsDialog
from photoclust.ui.language import tr
from photoclust.ui.main_window import MainWindow
from photoclust.ui.questions import tell
from photoclust.ui.recent import library_name

if TYPE_CHECKING:
    from photoclust.ui.libraries import Libraries

SUFFIX = "photoclust"


class LibraryMenu(QObject):
    """Belongs to a window."""

    def __init__(self, libraries: Libraries, window: MainWindow) -> None:
        super().__init__(window)
        self._libraries = libraries
        self._window = window
        self._settings: SettingsDialog | None = None
        self.recent = QMenu(window)
        self.recent.setToolTipsVisible(True)
        self.recent.aboutToShow.connect(self._fill_recent)
        actions = window.actions_
        actions["recent"].setMenu(self.recent)
        actions.connect_to("new_library", self.ask_new)
        actions.connect_to("open_library", self.ask_open)
        actions.connect_to("move_library", self.ask_move)
        actions.connect_to("settings", self.show_settings)
        window.centre.demo_wanted.connect(lambda: libraries.show_demo(window))

    def ask_new(self) -> None:
        """Ask where a new library is to be, and open it."""
        dialog = self._dialog(tr("New library"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # nothing is ever written over
        dialog.setDefaultSuffix(SUFFIX)
        dialog.fileSelected.connect(lambda name: self._make(Path(name)))
        dialog.open()

    def ask_open(self) -> None:
        """Ask for a library, and open it."""
        dialog = self._dialog(tr("Open a library"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self._libraries.change_to(self._window, Path(name)))
        dialog.open()

    def ask_move(self) -> None:
        """Ask for a folder, and bring the library there."""
        session = self._window.session
        if session.library.read_only:
            text = tr("Another photoclust has this library open. Close it there and try again.")
            tell(self._window, tr("The library cannot be moved now"), text)
            return
        if session.runner.matters:
            text = tr("Something is still being done in this library. Wait until it is done, or stop it.")
            tell(self._window, tr("The library cannot be moved now"), text)
            return
        dialog = QFileDialog(self._window, tr("Move the library to a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.move(Path(name)))
        dialog.open()

    def move(self, folder: Path) -> None:
        """Bring the library to a folder; until that is done, nothing else can be done in this program."""
        MovingDialog(self._libraries, self._window, folder).begin()

    def show_settings(self) -> None:
        """Show what can be chosen."""
        if self._settings is None:
            self._settings = SettingsDialog(self._libraries.preferences, self._window.session, self._window)
            self._settings.destroyed.connect(self._on_settings_gone)
        self._settings.show()
        self._settings.raise_()
        self._settings.activateWindow()

    def _make(self, path: Path) -> None:
        if path.exists():
            text = tr("There is already a file {path}. Open it, or choose another name.", path=path)
            tell(self._window, tr("That did not work"), text)
        else:
            self._libraries.change_to(self._window, path, create=True)

    def _dialog(self, title: str) -> QFileDialog:
        here = self._window.session.library.path.parent
        dialog = QFileDialog(self._window, title, str(here if here.is_dir() else data_dir()))
        dialog.setNameFilters([tr("Libraries of photoclust") + f" (*.{SUFFIX})", tr("All files") + " (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    @Slot()
    def _on_settings_gone(self) -> None:
        self._settings = None

    @Slot()
    def _fill_recent(self) -> None:
        self.recent.clear()
        here = self._window.session.library.path
        for path in self._libraries.recent.paths:
            name = library_name(path).replace("&", "&&")
            action = self.recent.addAction(f"{name} – {_short(path.parent)}".replace("\t", " "))
            action.setToolTip(str(path))
            action.setCheckable(path == here)
            action.setChecked(path == here)
            action.triggered.connect(lambda _=False, path=path: self._libraries.change_to(self._window, path))
        if self.recent.isEmpty():
            self.recent.addAction(tr("None yet")).setEnabled(False)
            return
        self.recent.addSeparator()
        self.recent.addAction(tr("Forget this list")).triggered.connect(lambda _=False: self._libraries.recent.clear())


def _short(folder: Path) -> str:
    """A folder as people write it."""
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except ValueError:
        return str(folder)
