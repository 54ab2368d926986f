"""From nothing to a window: the application, and a picture of its window for machines without a display."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMessageLogContext, QSettings, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from photoclust.core import settings
from photoclust.library.failures import DamagedLibrary
from photoclust.ui.dialogs.damaged import ask_to_restore
from photoclust.ui.theme import Scheme, apply_theme
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.windows import Windows


def run(library_path: Path, folder: Path | None = None) -> int:
    """Open a window on a library, importing a folder if one is named, and stay until the last window is closed.

    Raises `UserError` when the library cannot be opened.
    """
    app = _application("system")
    memory = QSettings(str(settings.data_dir() / "window.ini"), QSettings.Format.IniFormat)
    windows = _open(library_path, lambda scheme: apply_theme(app, scheme), memory)
    earlier_hook = sys.excepthook
    sys.excepthook = windows.tell_bug
    try:
        window = windows.new()
        windows.start()
        if folder is not None:
            QTimer.singleShot(0, window, lambda: window.open_folder(folder))
        return app.exec()
    finally:
        sys.excepthook = earlier_hook
        windows.close()


def _open(library_path: Path, wear: Callable[[Scheme], object], memory: QSettings) -> Windows:
    """All there is to a library; when it is damaged, a backup is offered first."""
    try:
        return Windows(library_path, wear, memory=memory)
    except DamagedLibrary:
        question = ask_to_restore(library_path)
        if question is None:
            raise
        question.exec()
        return Windows(library_path, wear, memory=memory)


def screenshot(
    library_path: Path,
    out: Path,
    *,
    size: tuple[int, int] = (1280, 800),
    person_id: int | None = None,
    dark: bool = False,
) -> None:
    """Save a picture of the window on a library, of the biggest person unless told; needs no display."""
    if QApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = _application("dark" if dark else "light")
    with _without_platform_chatter():
        windows = Windows(library_path, lambda scheme: apply_theme(app, scheme))
        window = windows.new()
        window.resize(*size)
        if person_id is not None:
            window.go_to(person_id)
        _wait_for_pictures(windows.thumbnails)
        out.parent.mkdir(parents=True, exist_ok=True)
        window.grab().save(str(out))
        windows.close()


def _application(scheme: Scheme) -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QApplication.setApplicationName("photoclust")
        QApplication.setApplicationDisplayName("photoclust")
        QApplication.setDesktopFileName("photoclust")
        app = QApplication(sys.argv[:1])
    apply_theme(app, scheme)
    return app


def _wait_for_pictures(thumbnails: Thumbnails, at_most: float = 20.0) -> None:
    """Run the event loop until everything that is shown has its picture, or for so many seconds."""
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


@contextmanager
def _without_platform_chatter() -> Iterator[None]:
    """The offscreen platform says what it cannot do at every window; nobody needs to read that."""

    def handle(kind: QtMsgType, context: QMessageLogContext, text: str | None) -> None:
        if text and not text.startswith("This plugin does not support"):
            print(text, file=sys.stderr)

    earlier = qInstallMessageHandler(handle)
    try:
        yield
    finally:
        qInstallMessageHandler(earlier)
