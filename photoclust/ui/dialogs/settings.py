"""What can be chosen: it holds at once, and is kept in a small file."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QTabWidget, QVBoxLayout, QWidget

from photoclust.core.settings import preferences_file
from photoclust.ui.files import show_in_file_manager
from photoclust.ui.language import tr
from photoclust.ui.preferences import LivePreferences
from photoclust.ui.session import Session
from photoclust.ui.theme import Metrics
from photoclust.ui.views.choices import Choices
from photoclust.ui.views.folder_table import FolderTable
from photoclust.ui.views.key_editor import KeyEditor


class SettingsDialog(QDialog):
    """Stays while the window behind it is used; there is nothing to confirm."""

    def __init__(self, preferences: LivePreferences, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Settings"))
        self.resize(640, 520)
        self.choices = Choices(preferences)
        self.folders = FolderTable(session)
        self.keys = KeyEditor(preferences)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Settings"))
        self.tabs.addTab(_page(self.choices), tr("General"))
        hint = tr("New photos in a watched folder of this library are imported as they appear.")
        self.tabs.addTab(_page(self.folders, hint), tr("Folders"))
        self.tabs.addTab(_page(self.keys), tr("Keys"))
        file = QLabel(f'<a href="file">{tr("Show the file that this is kept in")}</a>')
        file.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        file.linkActivated.connect(lambda: show_in_file_manager(preferences_file()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.L, Metrics.S, Metrics.L, Metrics.L)
        layout.setSpacing(Metrics.M)
        layout.addWidget(self.tabs)
        layout.addWidget(file)


def _page(content: QWidget, hint: str = "") -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, Metrics.M, 0, 0)
    column.setSpacing(Metrics.M)
    if hint:
        text = QLabel(hint, wordWrap=True)
        text.setProperty("kind", "muted")
        column.addWidget(text)
    column.addWidget(content, 1)
    return page
