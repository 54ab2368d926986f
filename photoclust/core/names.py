"""Names of persons: how they are kept, and when two of them are the same."""

from __future__ import annotations

import unicodedata


def tidy_name(name: str) -> str:
    """A name as it is kept: composed letters, single spaces, none around it."""
    return " ".join(unicodedata.normalize("NFC", name).encode("utf-8", "replace").decode().split())


def name_key(name: str) -> str:
    """Equal for two names that are the same: whatever their case, spacing and way of writing accents."""
    if name.isascii():
        return " ".join(name.casefold().split())
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", tidy_name(name)).casefold())
