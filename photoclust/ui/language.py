"""The words of the window in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def tr(text: str, n: int = -1, **values: object) -> str:
    """A text in the user's language with its `{named}` fields filled in; `n` chooses the plural and stands where `{n}` is."""
    if n >= 0:
        values["n"] = f"{n:,}"
    translated = QCoreApplication.translate("photoclust", text, None, n)
    return translated.format(**values) if values else translated
