"""The words of the window in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from photoclust.core.said import Said


def N_(text: str) -> str:
    """Marks a text of a table; `tr` translates it where it is shown."""
    return text


def tr(text: str, n: int = -1, **values: object) -> str:
    """A text in the user's language with its `{named}` fields filled in; `n` chooses the plural and stands where `{n}` is.

    Whole numbers are written as the user writes them. A `Said` of a part without a window brings its own fields.
    """
    if isinstance(text, Said):
        values = {**text.values, **values}
        text = text.template
        n = int(str(values.pop("n", n)))
    if n >= 0:
        values["n"] = n
    translated = QCoreApplication.translate("photoclust", text, None, n)
    return translated.format(**{name: _written(value) for name, value in values.items()}) if values else translated


def number(value: int) -> str:
    """A whole number as the user writes it."""
    return QLocale().toString(value)


def _written(value: object) -> object:
    if isinstance(value, Said):
        return tr(value)
    return number(value) if type(value) is int else value
