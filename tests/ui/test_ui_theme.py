"""The look of the window: colours, icons, and that what is needed to draw is found."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from photoclust.ui.colors import DARK, LIGHT, Colors, palette_of
from photoclust.ui.resources import resource
from photoclust.ui.stylesheet import style_sheet
from photoclust.ui.theme import app_icon, apply_theme, colors, icon

ICONS = sorted(p.stem for p in resource("icons").glob("*.svg"))


@pytest.fixture
def themed(qapp: QApplication):
    yield qapp
    apply_theme(qapp, "light")


def luminance(color: str) -> float:
    """Relative luminance by WCAG 2."""
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(color).getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def drawn_color(image: QImage) -> QColor:
    """The colour of the most opaque pixel."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=QColor.alpha)


@pytest.mark.parametrize("c", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_every_surface(c: Colors):
    for surface in (c.window, c.base, c.raised, c.hover, c.accent_soft):
        assert contrast(c.text, surface) >= 7
    for surface in (c.window, c.base, c.raised):
        assert contrast(c.muted, surface) >= 4.5
        assert contrast(c.danger, surface) >= 4.5
        assert contrast(c.accent, surface) >= 4.5
    assert contrast(c.on_accent, c.accent) >= 4.5


@pytest.mark.parametrize("c", [LIGHT, DARK], ids=["light", "dark"])
def test_the_colours_are_recognised_from_the_palette_made_of_them(c: Colors):
    assert colors(palette_of(c)) is c


def test_changing_the_scheme_repaints_a_shown_button_and_its_icon(themed: QApplication, qtbot):
    apply_theme(themed, "light")
    button = QPushButton(icon("undo"), "Undo")
    qtbot.addWidget(button)
    button.show()
    light = button.grab().toImage()
    apply_theme(themed, "dark")
    assert themed.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    dark = button.grab().toImage()
    assert light.pixelColor(8, light.height() // 2).lightness() > 200
    assert dark.pixelColor(8, dark.height() // 2).lightness() < 80
    assert drawn_color(icon("undo").pixmap(QSize(24, 24)).toImage()) == QColor(DARK.text)


def test_the_system_scheme_follows_what_the_desktop_says(themed: QApplication):
    apply_theme(themed, "system")
    wanted = DARK if themed.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    assert colors(themed.palette()) is wanted


def test_applying_a_theme_again_adds_nothing(themed: QApplication):
    apply_theme(themed, "light")
    children = len(themed.children())
    apply_theme(themed, "dark")
    assert len(themed.children()) == children


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_something_inside_its_square(name: str, themed: QApplication):
    image = icon(name).pixmap(QSize(48, 48)).toImage()
    alpha = [image.pixelColor(x, y).alpha() for x in range(48) for y in range(48)]
    assert sum(a > 128 for a in alpha) >= 20
    border = [image.pixelColor(x, y).alpha() for x in range(48) for y in range(48) if {x, y} & {0, 47}]
    assert max(border) == 0, "an icon is cut off at its rim"


def test_an_icon_is_faint_when_disabled_and_in_the_accent_when_checked(themed: QApplication):
    apply_theme(themed, "light")
    size = QSize(64, 64)
    disabled = icon("play").pixmap(size, 1.0, QIcon.Mode.Disabled).toImage()
    checked = icon("play").pixmap(size, 1.0, QIcon.Mode.Normal, QIcon.State.On).toImage()
    assert drawn_color(disabled) == QColor(LIGHT.faint)
    assert drawn_color(checked) == QColor(LIGHT.accent)


def test_an_icon_has_a_pixel_for_each_of_a_dense_screen(themed: QApplication):
    pixmap = icon("search").pixmap(QSize(20, 20), 2.0)
    assert pixmap.size() == QSize(40, 40)
    assert pixmap.devicePixelRatio() == 2.0


def test_the_application_icon_is_drawn_at_every_usual_size(themed: QApplication):
    for side in (16, 32, 64, 256):
        image = app_icon().pixmap(QSize(side, side)).toImage()
        assert image.pixelColor(side // 2, side // 2).alpha() == 255


def test_an_unknown_resource_is_an_error():
    with pytest.raises(FileNotFoundError, match=r"no resource 'icons/nothing\.svg'"):
        icon("nothing")


def test_the_style_sheet_names_only_files_that_exist():
    for c in (LIGHT, DARK):
        urls = [part.split('"')[0] for part in style_sheet(c).split('url("')[1:]]
        assert urls
        assert all(resource(url.split("resources/")[1]).is_file() for url in urls)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have fonts")
def test_a_machine_without_any_font_still_shows_letters(tmp_path: Path):
    (tmp_path / "fonts.conf").write_text(
        f"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
        <fontconfig><dir>{tmp_path}/none</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"""
    )
    program = """
from PySide6.QtGui import QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication
from photoclust.ui.theme import apply_theme
app = QApplication([])
apply_theme(app)
print(QFontInfo(app.font()).family(), QFontMetrics(app.font()).inFont("a"))
"""
    bare = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "QT_QPA_PLATFORM": "offscreen"}
    bare["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)
    told = subprocess.run([sys.executable, "-c", program], env=bare, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "DejaVu Sans True"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None, True and False are immortal there")
def test_the_toolkit_keeps_the_references_to_none_true_and_false(qapp: QApplication):
    """PySide6 6.12.0 loses one per call under Python 3.11, and the program dies after some thousand calls."""

    class Caller(QObject):
        called = Signal(int)

    caller = Caller()
    before = [sys.getrefcount(value) for value in (None, True)]
    for i in range(500):
        caller.setObjectName("a")
        caller.called.emit(i)
    after = [sys.getrefcount(value) for value in (None, True)]
    assert all(later > earlier - 250 for earlier, later in zip(before, after, strict=True))
