"""What this program is, and where it writes its log."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from photoclust import __version__
from photoclust.core import settings
from photoclust.ui.questions import tell


def show_about(parent: QWidget) -> None:
    """Say in a few words what this is."""
    tell(
        parent,
        f"photoclust {__version__}",
        "From a folder of photos to albums of persons, on your own computer. Nothing is sent anywhere, and your photos are "
        "never changed.",
    )


def open_logs() -> None:
    """Show the folder of the log in the file manager."""
    folder = settings.log_dir()
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
