"""Brings the files of translations in line with the code: `python packaging/texts.py`, then translate what is unfinished.

`lupdate` does not know our `tr`, so the texts are found here; `lrelease` makes the .qm files that the program reads.
A text that counts has `{n}` in it. The English file holds only those, for their singular.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de", "en")
SPEAKING = {"tr", "N_", "Said", "Status", "UserError", "UnreadablePhoto"}
"""What is called with a text for the user first."""


def texts_in(code: str) -> Iterator[tuple[str, str | None]]:
    """Every text for the user in a module, and its English singular where the code has one."""
    for call in ast.walk(ast.parse(code)):
        if isinstance(call, ast.Call) and call.args and getattr(call.func, "id", getattr(call.func, "attr", "")) in SPEAKING:
            one = next((str(k.value.value) for k in call.keywords if k.arg == "one" and isinstance(k.value, ast.Constant)), None)
            choices = (call.args[0].body, call.args[0].orelse) if isinstance(call.args[0], ast.IfExp) else call.args[:1]
            for text in choices:
                if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value.strip():
                    yield text.value, one


def all_texts() -> dict[str, str | None]:
    """Every text for the user that a window may show."""
    found: dict[str, str | None] = {}
    for part in ("core", "library", "media", "workflows", "clustering", "vision", "ui"):
        for path in sorted((ROOT / "photoclust" / part).rglob("*.py")):
            for text, one in texts_in(path.read_text(encoding="utf-8")):
                found[text] = one or found.get(text)
    return found


def read(path: Path) -> dict[str, list[str]]:
    """What a .ts file says for each text: one form, or as many as the language counts."""
    if not path.exists():
        return {}
    known = {}
    for message in ET.parse(path).getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        known[message.findtext("source", "")] = forms
    return known


def write(path: Path, language: str, said: dict[str, list[str]]) -> None:
    """A .ts file; texts without a translation are unfinished."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = "photoclust"
    for text in sorted(said, key=lambda t: (t.casefold(), t)):
        message = ET.SubElement(context, "message", {"numerus": "yes"} if "{n}" in text else {})
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation", {} if all(said[text]) else {"type": "unfinished"})
        if "{n}" in text:
            for form in said[text]:
                ET.SubElement(translation, "numerusform").text = form
        else:
            translation.text = said[text][0]
    ET.indent(root, "  ")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n', encoding="utf-8")


def main() -> int:
    """Write both files, say what is unfinished, and compile."""
    wanted = all_texts()
    for language in LANGUAGES:
        path = FOLDER / f"photoclust_{language}.ts"
        known = read(path)
        said = {}
        for text, one in wanted.items():
            if language == "en" and "{n}" in text:
                said[text] = known.get(text) or [one or "", text]
            elif language != "en":
                said[text] = known.get(text) or ["", ""][: 1 + ("{n}" in text)]
        write(path, language, said)
        unfinished = [text for text, forms in said.items() if not all(forms)]
        print(f"{path.name}: {len(said)} texts, {len(unfinished)} unfinished", *unfinished, sep="\n  ")
        lrelease = Path(sys.executable).with_name("pyside6-lrelease")
        subprocess.run([lrelease, "-silent", path, "-qm", path.with_suffix(".qm")], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
