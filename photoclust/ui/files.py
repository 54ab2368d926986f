"""Files of the user in other programs."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def show_in_file_manager(path: Path) -> None:
    """Show a file in its folder, marked where the system can do that; the nearest folder that is there if it is gone."""
    if path.exists() and sys.platform == "win32":
        QProcess.startDetached("explorer", [f"/select,{path}"])
        return
    if path.exists() and sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", str(path)])
        return
    folder = next((p for p in path.parents if p.is_dir()), None)
    if folder is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
