"""Names that every file system takes: Linux, macOS, Windows, and the FAT of a memory stick."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

MAX_BYTES = 120
"""Of a safe name in UTF-8: far below the 255 of all systems, and short enough for Windows' paths."""

_ILLEGAL = frozenset('<>:"/\\|?*')
_JOINERS = "\u200c\u200d"  # needed inside Persian words and emoji
_RESERVED = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *(port + n for port in ("COM", "LPT") for n in "0123456789¹²³")]
)


def safe_name(name: str, *, keep_suffix: bool = False, max_bytes: int = MAX_BYTES) -> str:
    """The name with as little changed as every file system needs; never empty, never hidden, in Unicode NFC.

    A safe name stays as it is. Too long a name is cut; with `keep_suffix` before its suffix, as in “.jpg”.
    """
    text = unicodedata.normalize("NFC", "".join(_safe_character(c) for c in name))
    text = re.sub(r"\s+", " ", text)
    suffix = PurePath(text.strip(". ")).suffix if keep_suffix else ""
    text = _trimmed(text)
    if len(text.encode()) > max_bytes:
        stem = text.removesuffix(suffix) if suffix else text
        text = _cut(stem, max_bytes - len(suffix.encode())) + suffix if len(suffix) <= 16 else _cut(text, max_bytes)
    if text.split(".", 1)[0].rstrip().upper() in _RESERVED:
        text = _cut("_" + text, max_bytes)
    return text or "_"


def unique_name(name: str, taken: set[str], *, keep_suffix: bool = False) -> str:
    """The name, or “name (2)”, “name (3)” …: the first whose `name_key` is not taken; it is taken then."""
    number = 1
    candidate = name
    while name_key(candidate) in taken:
        number += 1
        candidate = numbered_name(name, number, keep_suffix=keep_suffix)
    taken.add(name_key(candidate))
    return candidate


def numbered_name(name: str, number: int, *, keep_suffix: bool = False) -> str:
    """A name's n-th twin, as “IMG_1 (2).jpg”, no longer than the longer of the name and `MAX_BYTES`."""
    suffix = PurePath(name).suffix if keep_suffix else ""
    mark = f" ({number}){suffix}"
    room = max(len(name.encode()), MAX_BYTES) - len(mark.encode())
    return _cut(name.removesuffix(suffix), room) + mark


def name_key(name: str) -> str:
    """Equal for names that some file system cannot tell apart: by case or by how accents are written."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _safe_character(character: str) -> str:
    if character in _ILLEGAL:
        return "_"
    if character.isspace() or character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category == "Cf":  # marks that cannot be seen, such as those that turn the direction of reading
        return ""
    return "_" if category[0] == "C" else character


def _trimmed(text: str) -> str:
    """Without the dots and spaces that hide a name in front and vanish on Windows behind."""
    return text.strip(" .")


def _cut(text: str, max_bytes: int) -> str:
    return text.encode()[: max(0, max_bytes)].decode("utf-8", "ignore").rstrip(" .")
