"""What this program is, where it keeps things, and whose work it stands on."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from photoclust import __version__
from photoclust.core import settings
from photoclust.ui.language import N_, tr
from photoclust.ui.theme import Metrics, app_icon
from photoclust.ui.views.labels import WholeLabel

_NETWORKS = N_(
    "Faces are found by YuNet (© 2020 Shiqi Yu, MIT License) and told apart by SFace (Apache License 2.0), both from the "
    "OpenCV Zoo. photoclust itself is under the Apache License 2.0."
)


class AboutDialog(QDialog):
    """The program's name, version, places and licences."""

    def __init__(self, library_path: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About photoclust"))
        self.setFixedWidth(max(520, 40 * self.fontMetrics().averageCharWidth()))
        sign = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        sign.setPixmap(app_icon().pixmap(QSize(80, 80), self.devicePixelRatio()))
        title = QLabel(f"photoclust {__version__}", alignment=Qt.AlignmentFlag.AlignCenter)
        title.setProperty("kind", "title")
        promise = WholeLabel(
            tr(
                "From a folder of photos to albums of persons, on your own computer. Nothing is sent anywhere, and your photos "
                "are never changed."
            ),
        )
        promise.setAlignment(Qt.AlignmentFlag.AlignCenter)
        facts = QFormLayout()
        facts.setHorizontalSpacing(Metrics.L)
        for name, value in {
            tr("Library"): str(library_path or settings.default_library()),
            tr("Cache"): str(settings.cache_dir()),
            tr("Log"): str(settings.log_dir()),
            tr("Runs on"): f"Python {platform.python_version()}, PySide {pyside_version}, {platform.system()}",
        }.items():
            label, text = QLabel(name), WholeLabel(value)
            label.setProperty("kind", "muted")
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            facts.addRow(label, text)
        licences = WholeLabel(tr(_NETWORKS))
        licences.setProperty("kind", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.XL, Metrics.XL, Metrics.XL, Metrics.L)
        layout.setSpacing(Metrics.M)
        for widget in (sign, title, promise):
            layout.addWidget(widget)
        layout.addSpacing(Metrics.S)
        layout.addLayout(facts)
        layout.addSpacing(Metrics.S)
        layout.addWidget(licences)
        layout.addStretch(1)
        layout.addWidget(buttons)


def show_about(parent: QWidget, library_path: Path | None = None) -> None:
    """Say what this is; `library_path` is the library of the window, else the usual one is named."""
    AboutDialog(library_path, parent).open()


def open_logs() -> None:
    """Show the folder of the log in the file manager."""
    folder = settings.log_dir()
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
