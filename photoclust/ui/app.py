"""From nothing to a window: the application, and a picture of its window for machines without a display."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMessageLogContext, QSettings, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from photoclust.core import settings
from photoclust.core.preferences import PreferencesFile
from photoclust.library.failures import DamagedLibrary
from photoclust.ui.dialogs.damaged import ask_to_restore
from photoclust.ui.language import speak
from photoclust.ui.libraries import Libraries
from photoclust.ui.preferences import LivePreferences
from photoclust.ui.theme import Scheme, apply_theme
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.windows import Windows


def run(library_path: Path | None = None, folder: Path | None = None) -> int:
    """Open a window on a library (None: that of the last time), importing a folder if one is named; stay until the last closes.

    Raises `UserError` when the library cannot be opened.
    """
    preferences = LivePreferences(PreferencesFile())
    app = application("system", preferences.value.language)
    memory = QSettings(str(settings.data_dir() / "window.ini"), QSettings.Format.IniFormat)
    libraries = Libraries(
        lambda scheme: apply_theme(app, scheme), lambda language: speak(app, language), preferences, memory
    )
    earlier_hook = sys.excepthook
    sys.excepthook = libraries.tell_bug
    try:
        window = _start(libraries, library_path).open[0]
        if folder is not None:
            QTimer.singleShot(0, window, lambda: window.open_folder(folder))
        gc.freeze()  # what a window is made of stays: no collection looks through it again, which would take 45 ms each time
        return app.exec()
    finally:
        sys.excepthook = earlier_hook
        libraries.close()


def _start(libraries: Libraries, path: Path | None) -> Windows:
    """The first library; when it is damaged, a backup is offered first."""
    try:
        return libraries.start(path)
    except DamagedLibrary as damaged:
        question = ask_to_restore(damaged.path)
        if question is None:
            raise
        question.exec()
        return libraries.start(path)


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
    app = application("dark" if dark else "light")
    with without_platform_chatter():
        windows = Windows(library_path, lambda scheme: apply_theme(app, scheme))
        window = windows.new()
        window.resize(*size)
        if person_id is not None:
            window.go_to(person_id)
        wait_for_pictures(windows.thumbnails)
        out.parent.mkdir(parents=True, exist_ok=True)
        window.grab().save(str(out))
        windows.close()


def application(scheme: Scheme, language: str = "") -> QApplication:
    """The application of this process, made if it is not there yet, in its colours."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QApplication.setApplicationName("photoclust")
        QApplication.setApplicationDisplayName("photoclust")
        QApplication.setDesktopFileName("photoclust")
        app = QApplication(sys.argv[:1])
        speak(app, language)
    apply_theme(app, scheme)
    return app


def wait_for_pictures(thumbnails: Thumbnails, at_most: float = 20.0) -> None:
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
def without_platform_chatter() -> Iterator[None]:
    """The offscreen platform says what it cannot do at every window; nobody needs to read that."""

    def handle(kind: QtMsgType, context: QMessageLogContext, text: str | None) -> None:
        if text and not text.startswith("This plugin does not support"):
            print(text, file=sys.stderr)

    earlier = qInstallMessageHandler(handle)
    try:
        yield
    finally:
        qInstallMessageHandler(earlier)
