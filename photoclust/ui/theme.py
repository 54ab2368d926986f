"""How the application looks: Fusion, a palette for light and one for dark, a style sheet, a set of sizes."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication

from photoclust.ui.colors import DARK, LIGHT, Colors, colors, palette_of
from photoclust.ui.icons import app_icon, icon
from photoclust.ui.resources import resource
from photoclust.ui.stylesheet import style_sheet

__all__ = ["Colors", "Metrics", "Scheme", "app_icon", "apply_theme", "colors", "icon"]

Scheme = Literal["system", "light", "dark"]


class Metrics:
    """Sizes in device-independent pixels."""

    XS, S, M, L, XL = 4, 8, 12, 16, 24
    """Spacing."""
    RADIUS = 7
    ICON = 20
    BESIDE = QSize(24, 16)
    """An icon beside words, with the room that keeps them apart."""
    COVER = 44
    """The round cover in the list of persons."""
    FACE = 128
    """A face in the grid, at first."""


def apply_theme(app: QApplication, scheme: Scheme = "system") -> None:
    """Dress the application; "system" follows the desktop, now and when it changes. May be called again."""
    theme = app.findChild(_Theme) or _Theme(app)
    theme.wear(scheme)


class _Theme(QObject):
    """Wears the scheme and follows the desktop while it is the desktop's."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._scheme: Scheme = "system"
        if not QFontMetrics(app.font()).inFont("a"):  # a bare machine: without this all text would be boxes
            for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
                QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}")))
            app.setFont(QFont("DejaVu Sans", 10))
        app.setStyle("Fusion")
        app.setWindowIcon(app_icon())
        app.styleHints().colorSchemeChanged.connect(self.refresh)

    def wear(self, scheme: Scheme) -> None:
        self._scheme = scheme
        schemes = Qt.ColorScheme
        wanted = {"system": schemes.Unknown, "light": schemes.Light, "dark": schemes.Dark}[scheme]
        self._app.styleHints().setColorScheme(wanted)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Take the colours of the scheme as it is now."""
        dark = self._scheme == "dark" or (
            self._scheme == "system" and self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        wanted = DARK if dark else LIGHT
        self._app.setPalette(palette_of(wanted))
        self._app.setStyleSheet(style_sheet(wanted))
