"""The words of the window in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def tr(text: str, n: int = -1, **values: object) -> str:
    """A text in the user's language, its `{named}` fields filled in; with `n` it is counted, and `{n}` is that number with thousands marked."""
    if n >= 0:
        values["n"] = f"{n:,}"
    translated = QCoreApplication.translate("photoclust", text, None, n)
    return translated.format(**values) if values else translated
