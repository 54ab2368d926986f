"""The two sets of colours: a calm neutral surface and one accent, light and dark."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Colors:
    """Every colour the window uses, as `#rrggbb`."""

    window: str
    """Behind everything."""
    base: str
    """Lists, fields, the grid."""
    raised: str
    """Buttons, cards, menus."""
    hover: str
    pressed: str
    border: str
    text: str
    muted: str
    """Second-rate text: counts, hints."""
    faint: str
    """What is disabled."""
    accent: str
    accent_hover: str
    accent_soft: str
    """The accent mixed into the surface: a selection that text stays readable on."""
    on_accent: str
    danger: str
    warning: str
    good: str


LIGHT = Colors(
    window="#f4f5f7", base="#ffffff", raised="#ffffff", hover="#eceef2", pressed="#e2e5eb", border="#dcdfe6",
    text="#1d2129", muted="#5c6675", faint="#a6adb9", accent="#2f61cd", accent_hover="#2853b1",
    accent_soft="#e3ebfb", on_accent="#ffffff", danger="#c43a3a", warning="#9a5b00", good="#2c7d4f",
)  # fmt: skip
DARK = Colors(
    window="#1b1d21", base="#212429", raised="#2a2d33", hover="#31353c", pressed="#3a3f47", border="#383c44",
    text="#e7e9ed", muted="#a3acb9", faint="#636b77", accent="#7aa2f7", accent_hover="#92b3fa",
    accent_soft="#2c3a57", on_accent="#10182b", danger="#f08080", warning="#e5b567", good="#7fc99a",
)  # fmt: skip


def colors(palette: QPalette) -> Colors:
    """The set that a palette was made from: dark when its window is darker than its text."""
    window, text = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
    return DARK if window.lightness() < text.lightness() else LIGHT


def palette_of(c: Colors) -> QPalette:
    """The Qt palette of a set of colours."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for r, value in {
        role.Window: c.window, role.WindowText: c.text, role.Base: c.base, role.AlternateBase: c.window,
        role.Text: c.text, role.Button: c.raised, role.ButtonText: c.text, role.BrightText: c.on_accent,
        role.PlaceholderText: c.muted, role.ToolTipBase: c.raised, role.ToolTipText: c.text,
        role.Highlight: c.accent, role.HighlightedText: c.on_accent, role.Accent: c.accent,
        role.Link: c.accent, role.LinkVisited: c.accent, role.Light: c.raised, role.Midlight: c.hover,
        role.Mid: c.border, role.Dark: c.faint, role.Shadow: "#000000",
    }.items():  # fmt: skip
        palette.setColor(r, QColor(value))
    for r in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, r, QColor(c.faint))
    palette.setColor(group.Disabled, role.Highlight, QColor(c.pressed))
    palette.setColor(group.Disabled, role.HighlightedText, QColor(c.muted))
    return palette
