"""Every text of the window in English and German: nothing untranslated, nothing that a translator broke."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from photoclust.core.said import Said
from photoclust.ui.language import LANGUAGES, day, listed, number, speak, tr

ROOT = Path(__file__).parents[2]
TAKES_TEXT = {
    "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "setText", "setToolTip", "setWindowTitle",
    "setAccessibleName", "setAccessibleDescription", "setPlaceholderText", "setStatusTip", "addButton", "addRow", "addTab",
    "addMenu", "show_message", "set_texts", "EmptyState", "ask", "tell", "Question", "UserError", "QFileDialog",
}  # fmt: skip
"""What is called with words for the user among its arguments."""


@pytest.fixture(scope="module")
def texts() -> ModuleType:
    """`packaging/texts.py`."""
    spec = importlib.util.spec_from_file_location("texts", ROOT / "packaging" / "texts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def german(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The window speaks German."""
    monkeypatch.setenv("PHOTOCLUST_LANGUAGE", "de")
    assert speak(qapp) == "de"
    yield
    monkeypatch.setenv("PHOTOCLUST_LANGUAGE", "en")
    speak(qapp)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_of_translations_hold_what_the_code_says(texts: ModuleType, language: str) -> None:
    wanted = {text for text in texts.all_texts() if language != "en" or "{n}" in text}
    kept = texts.read(texts.FOLDER / f"photoclust_{language}.ts")
    assert len(wanted) > 40
    assert wanted == kept.keys(), "run `python packaging/texts.py`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_with_its_fields(texts: ModuleType, language: str) -> None:
    for text, forms in texts.read(texts.FOLDER / f"photoclust_{language}.ts").items():
        assert len(forms) == (2 if "{n}" in text else 1), text
        for form in forms:
            assert form.strip(), f"no translation: {text}"
            missing = _fields(text) ^ _fields(form)
            assert missing <= ({"n"} if form is forms[0] else set()), text  # "an hour" may stand for "1 hour"
            assert text.endswith("…") == form.endswith("…"), text
            assert text.endswith(" ") == form.endswith(" "), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_what_the_translators_wrote(texts: ModuleType, language: str) -> None:
    translator = QTranslator()
    path = texts.FOLDER / f"photoclust_{language}.ts"
    assert translator.load(str(path.with_suffix(".qm")))
    for text, forms in texts.read(path).items():
        for n, form in zip((1, 2) if "{n}" in text else (-1,), forms, strict=True):
            assert translator.translate("photoclust", text, None, n) == form, "run `python packaging/texts.py`"


def _words(node: ast.expr) -> str:
    """The words of a literal or an f-string that no `tr` has seen."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_words(part) for part in parts)
        case ast.BinOp(left=left, right=right):
            return _words(left) + _words(right)
        case ast.IfExp(body=body, orelse=orelse):
            return _words(body) + _words(orelse)
        case _:
            return ""


def test_nothing_is_said_that_cannot_be_translated() -> None:
    told = []
    for path in sorted((ROOT / "photoclust" / "ui").rglob("*.py")):
        if "bench" in path.parts:
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in TAKES_TEXT:
                said = [*call.args, *(k.value for k in call.keywords if k.arg in ("text", "title", "placeholderText"))]
                words = [_words(argument) for argument in said]
                told += [
                    f"{path.relative_to(ROOT)}:{call.lineno}: {text!r}" for text in words
                    if any(c.isupper() for c in text) and not text.startswith("photoclust") and " " in text.strip()
                ]  # fmt: skip
    assert not told


@pytest.mark.usefixtures("german")
def test_counts_and_numbers_are_said_in_german() -> None:
    assert [tr("{n} faces", n=n) for n in (0, 1, 1204)] == ["0 Gesichter", "1 Gesicht", "1.204 Gesichter"]
    assert tr("{done} of {total}", done=3, total=20000) == "3 von 20.000"
    assert (number(1204), day(1.6e9), listed(["A", "B"])) == ("1.204", "13. September 2020", "A und B")


@pytest.mark.usefixtures("german")
def test_a_sentence_of_a_part_without_a_window_is_said_in_german() -> None:
    said = Said("Move {n} faces to {name}", one="Move {n} face to {name}", n=1, name=Said("an unnamed person"))
    assert said == "Move 1 face to an unnamed person"
    assert tr(said) == "1 Gesicht zu „Unbenannt“ verschieben"
    assert tr(Said("{amount} GB", amount=3.44)) == "3,4 GB"
    assert tr("A text that nobody knows {x}") == "A text that nobody knows {x}"


def test_the_language_is_that_of_the_variable_then_the_wish_then_the_system(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PHOTOCLUST_LANGUAGE", raising=False)
    monkeypatch.setattr(QLocale, "uiLanguages", lambda self: ["fr-FR", "de-AT"])
    try:
        assert speak(qapp) == "de"
        assert speak(qapp, "en") == "en"
        monkeypatch.setenv("PHOTOCLUST_LANGUAGE", "de_DE.UTF-8")
        assert speak(qapp, "en") == "de"
        monkeypatch.setenv("PHOTOCLUST_LANGUAGE", "xx")
        monkeypatch.setattr(QLocale, "uiLanguages", lambda self: ["ja-JP"])
        assert speak(qapp) == "en"
    finally:
        monkeypatch.setenv("PHOTOCLUST_LANGUAGE", "en")
        speak(qapp)


def test_a_table_is_translated_when_it_is_used(german: None) -> None:
    from photoclust.ui.actions import Actions

    action = Actions(QApplication.instance())["undo"]  # type: ignore[arg-type]
    assert action.text() == "Rückgängig"
    assert "Strg+Z" in action.toolTip() or sys.platform == "darwin"
