"""A sentence of a part that knows no window, so that a window can say it in the user's language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from string import Formatter
from typing import Any


class Said(str):
    """English text that remembers what it was made of: a template with `{named}` fields, and their values.

    `n` is a field that counts: the template is written for many, and `one` is the same for a single one.
    """

    template: str
    one: str | None
    values: dict[str, object]

    def __new__(cls, template: str, *, one: str | None = None, **values: object) -> Said:
        """Fill in the fields: whole numbers grouped by thousands, others with one decimal."""
        words = one if one is not None and values.get("n") == 1 else template
        said = super().__new__(cls, words.format(**{k: _plain(v) for k, v in values.items()}) if values else words)
        said.template, said.one, said.values = template, one, values
        return said

    def __str__(self) -> str:
        """Itself: what an exception was made of is not lost on its way."""
        return self

    @classmethod
    def row(cls, sentences: Iterable[str]) -> Said:
        """Several sentences, one after the other."""
        each = {f"s{place}": sentence for place, sentence in enumerate(sentences)}
        return cls(" ".join(f"{{{name}}}" for name in each), **each)

    def to_json(self) -> str:
        """For keeping it."""
        return json.dumps(_packed(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Said:
        """What `to_json` kept; ValueError when that is no such text."""
        try:
            said = _unpacked(json.loads(text))
        except (TypeError, KeyError, IndexError, AttributeError) as error:
            raise ValueError("not a kept sentence") from error
        if not isinstance(said, Said):
            raise ValueError("not a kept sentence")
        return said


def _plain(value: object) -> object:
    if type(value) is int:
        return f"{value:,}"
    return f"{value:,.1f}" if type(value) is float else value


def _packed(value: object) -> object:
    if isinstance(value, Said):
        return [value.template, value.one, {name: _packed(part) for name, part in value.values.items()}]
    return value if isinstance(value, (int, float)) else str(value)


def _unpacked(packed: Any) -> object:
    if not isinstance(packed, list):
        return packed
    template, one, values = packed
    if any(form or turn for text in (template, one or "") for _, _, form, turn in Formatter().parse(text)):
        raise ValueError("a field says only its name")
    return Said(template, one=one, **{name: _unpacked(part) for name, part in values.items()})
