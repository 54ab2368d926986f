"""The words of the window in the user's language."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QDateTime, QLibraryInfo, QLocale, QTimeZone, QTranslator

from photoclust.core.said import Said
from photoclust.ui.resources import resource

LANGUAGES = ("en", "de")
"""What the window speaks; see `packaging/texts.py`."""


def N_(text: str) -> str:
    """Marks a text of a table; `tr` translates it where it is shown."""
    return text


def tr(text: str, n: int = -1, **values: object) -> str:
    """A text in the user's language with its `{named}` fields filled in; `n` chooses the plural and stands where `{n}` is.

    Numbers are written as the user writes them. A `Said` of a part without a window brings its own fields.
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


def listed(words: Sequence[str]) -> str:
    """Several words in a row: "Anna, Ben and Cleo"."""
    return QLocale().createSeparatedList(list(words))


def day(seconds: float) -> str:
    """The day on which a photo was taken, in the time of its camera: seconds since 1970."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(seconds), QTimeZone.utc()), tr("d MMMM yyyy"))


def minute(seconds: float, zone: QTimeZone | None = None) -> str:
    """The day and the time, in the time of the camera unless told."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(seconds), zone or QTimeZone.utc()), tr("d MMMM yyyy, HH:mm"))


def speak(app: QCoreApplication, wanted: str = "") -> str:
    """Speak a language from now on, in what is made after this: PHOTOCLUST_LANGUAGE, else this one, else the system's.

    English where none of them is known. Returns the language, as "de".
    """
    system = QLocale.system()
    wishes = (os.environ.get("PHOTOCLUST_LANGUAGE", ""), wanted, *system.uiLanguages())
    language = next((code for wish in wishes if (code := wish[:2].lower()) in LANGUAGES), "en")
    for old in app.findChildren(QTranslator, "language"):
        app.removeTranslator(old)
        old.deleteLater()
    ours = resource("translations") / f"photoclust_{language}.qm"
    qt = f"{QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)}/qtbase_{language}.qm"
    for path in (qt, str(ours)):
        translator = QTranslator(app)
        translator.setObjectName("language")
        if translator.load(path):
            app.installTranslator(translator)
    QLocale.setDefault(system if system.name()[:2] == language else QLocale(language))
    return language


def _written(value: object) -> object:
    if isinstance(value, Said):
        return tr(value)
    if type(value) is float:
        return QLocale().toString(value, "f", 1)
    return number(value) if type(value) is int else value
