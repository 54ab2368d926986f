"""From nothing to a window: the application, its windows, and a picture of one for machines without a display."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from photoclust.core import settings
from photoclust.ui.jobs import Workflows
from photoclust.ui.main_window import MainWindow
from photoclust.ui.questions import tell
from photoclust.ui.session import Session
from photoclust.ui.theme import Scheme, apply_theme
from photoclust.ui.thumbnails import Thumbnails


class Windows(QObject):
    """All windows of one library: they share its session and thumbnails, which close with the last of them."""

    def __init__(self, library_path: Path, wear: Callable[[Scheme], object], workflows: Workflows | None = None) -> None:
        super().__init__()
        self._wear = wear
        self.session = Session(library_path, workflows, self)
        self.thumbnails = Thumbnails(library_path, settings.cache_dir() / "thumbnails.sqlite", self)
        self.open: list[MainWindow] = []
        self.session.failed.connect(self._tell)

    def new(self) -> MainWindow:
        """Open one more window."""
        window = MainWindow(self.session, self.thumbnails, self.new, self._wear)
        self.open.append(window)
        window.destroyed.connect(lambda: self._forget(window))
        if len(self.open) > 1:
            window.move(self.open[-2].pos().x() + 32, self.open[-2].pos().y() + 32)
        window.show()
        return window

    def close(self) -> None:
        """Close what is open, stop what runs in the background, and close the library."""
        for window in list(self.open):
            window.close()
        self.thumbnails.close()
        self.session.close()

    @Slot(str)
    def _tell(self, text: str) -> None:
        """Say what went wrong in the window that the user looks at."""
        window = next((w for w in self.open if w.isActiveWindow()), self.open[-1] if self.open else None)
        if window is not None:
            tell(window, "That did not work", text)

    def _forget(self, window: MainWindow) -> None:
        self.open = [w for w in self.open if w is not window]


def run(library_path: Path, folder: Path | None = None) -> int:
    """Open a window on a library, importing a folder if one is named, and stay until the last window is closed.

    Raises `UserError` when the library cannot be opened.
    """
    _log_to_file()
    app = _application("system")
    windows = Windows(library_path, lambda scheme: apply_theme(app, scheme))
    window = windows.new()
    if folder is not None:
        QTimer.singleShot(0, window, lambda: window.open_folder(folder))
    try:
        return app.exec()
    finally:
        windows.close()


def screenshot(
    library_path: Path,
    out: Path,
    *,
    size: tuple[int, int] = (1280, 800),
    person_id: int | None = None,
    dark: bool = False,
) -> None:
    """Save a picture of the window on a library; works without a display."""
    if QApplication.instance() is None and not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = _application("dark" if dark else "light")
    windows = Windows(library_path, lambda scheme: apply_theme(app, scheme))
    window = windows.new()
    window.resize(*size)
    if person_id is not None:
        window.go_to(person_id)
    _wait_for_pictures(windows.thumbnails)
    out.parent.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(out))
    windows.close()


def _wait_for_pictures(thumbnails: Thumbnails, at_most: float = 20.0) -> None:
    """Run the event loop until everything that is shown has its picture."""
    loop = QEventLoop()
    check = QTimer(interval=30)
    calm = 0

    def look() -> None:
        nonlocal calm
        calm = calm + 1 if thumbnails.pending() == 0 else 0
        if calm >= 3:
            loop.quit()

    check.timeout.connect(look)
    check.start()
    QTimer.singleShot(int(at_most * 1000), loop.quit)
    loop.exec()
    check.stop()


def _application(scheme: Scheme) -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QApplication.setApplicationName("photoclust")
        QApplication.setApplicationDisplayName("photoclust")
        QApplication.setDesktopFileName("photoclust")
        app = QApplication(sys.argv[:1])
    apply_theme(app, scheme)
    return app


def _has_display() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _log_to_file() -> None:
    folder = settings.log_dir()
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "photoclust.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
