"""A sentence of a part that knows no window, so that a window can say it in the user's language."""

from __future__ import annotations


class Said(str):
    """English text that remembers what it was made of: a template with `{named}` fields, and their values.

    `n` is a field that counts: the template is written for many, and `one` is the same for a single one.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, *, one: str | None = None, **values: object) -> Said:
        """Fill in the fields; whole numbers are grouped by thousands."""
        plain = {name: f"{value:,}" if type(value) is int else value for name, value in values.items()}
        words = one if one is not None and values.get("n") == 1 else template
        said = super().__new__(cls, words.format(**plain) if values else words)
        said.template, said.values = template, values
        return said

    def __str__(self) -> str:
        """Itself: what an exception was made of is not lost on its way."""
        return self
