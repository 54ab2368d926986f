"""What the user has chosen, kept in a small file that they can read, and write themselves."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from photoclust.core import settings
from photoclust.core.errors import UserError
from photoclust.core.said import Said

CHOICES: dict[str, tuple[str, ...]] = {
    "language": ("system", "en", "de"),
    "device": ("automatic", "cpu", "cuda"),
    "appearance": ("system", "light", "dark"),
}
"""What a choice can be; the first is the default."""

_HEAD = "# What was chosen in photoclust (File, Settings). A line that is gone means the default.\n"
_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


@dataclass(frozen=True, slots=True)
class Preferences:
    """Every choice, with its default."""

    language: str = "system"
    """"system", or a language's code."""
    device: str = "automatic"
    """What looks for faces: "automatic", "cpu" or "cuda"."""
    appearance: str = "system"
    """"system", "light" or "dark"."""
    motion: bool = True
    """Whether things may move on the screen by themselves."""
    thumbnails_mb: int = 1024
    """How much of the disk small pictures may take, in megabytes (2²⁰ bytes)."""
    shortcuts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys of actions by name, where they are other than at first; none is an empty tuple."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says, and what could not be taken from it, each as a sentence."""

    preferences: Preferences
    problems: tuple[str, ...] = ()
    broken: bool = False
    """Whether nothing of it can be read."""


class PreferencesFile:
    """The file of the choices; what it says besides is kept."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or settings.preferences_file()

    def read(self) -> Read:
        """What was chosen; defaults for what is missing or wrong. Never fails and never writes."""
        try:
            table = self._table()
        except FileNotFoundError:
            return Read(Preferences())
        except OSError as problem:
            return Read(Preferences(), (_unreadable(self.path, problem),))
        except ValueError as problem:
            said = Said("The settings {file} cannot be understood: {reason}.", file=self.path, reason=str(problem))
            return Read(Preferences(), (said,), broken=True)
        return _understood(table, self.path)

    def put_aside(self) -> Path | None:
        """Give a broken file another name, so that it is not written over; the name, None where that cannot be done."""
        aside = next(p for p in _names(self.path) if not p.exists())
        try:
            self.path.rename(aside)
        except OSError:
            return None
        return aside

    def write(self, name: str, value: Any) -> None:
        """Keep one choice beside all that the file says; all or nothing. UserError where it cannot be written or is broken."""
        try:
            table = self._table() if self.path.exists() else {}
        except ValueError as problem:
            raise UserError(
                Said("The settings {file} cannot be understood, so nothing was written.", file=self.path)
            ) from problem
        except OSError as problem:
            raise UserError(_unreadable(self.path, problem)) from problem
        plain = {k: list(v) for k, v in value.items()} if isinstance(value, Mapping) else value
        table[name] = plain
        part = self.path.with_name(f".{self.path.name}-part")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("w", encoding="utf-8", newline="\n") as file:
                file.write(_HEAD + to_toml(table))
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)
        except OSError as problem:
            with suppress(OSError):
                part.unlink()
            reason = problem.strerror
            raise UserError(Said("The settings {file} cannot be written: {reason}.", file=self.path, reason=reason)) from problem

    def _table(self) -> dict[str, Any]:
        """OSError, or ValueError for what is no TOML."""
        return tomllib.loads(self.path.read_text(encoding="utf-8-sig"))


def to_toml(table: Mapping[str, Any]) -> str:
    """A table of what `tomllib` gives, as TOML that it reads back the same."""
    return "\n".join(_lines(table, ())).lstrip("\n") + "\n"


def _lines(table: Mapping[str, Any], above: tuple[str, ...]) -> list[str]:
    lines = [f"{_key(k)} = {_value(v)}" for k, v in table.items() if not isinstance(v, Mapping)]
    for name, inner in table.items():
        if isinstance(inner, Mapping):
            here = (*above, name)
            lines += ["", f"[{'.'.join(map(_key, here))}]", *_lines(inner, here)]
    return lines


def _key(name: str) -> str:
    return name if name and _BARE.issuperset(name) else _text(name)


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
        case Mapping():
            return "{" + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + "}"
        case datetime() | date() | time():
            return value.isoformat()
    return repr(value)  # numbers, also inf and nan


def _text(text: str) -> str:
    safe = (c if c >= " " and c not in '"\\\x7f' else f"\\u{ord(c):04x}" for c in text)
    return f'"{"".join(safe)}"'


def _understood(table: Mapping[str, Any], path: Path) -> Read:
    chosen = Preferences()
    problems: list[str] = []
    for name, allowed in CHOICES.items():
        if (value := table.get(name, allowed[0])) in allowed:
            chosen = replace(chosen, **{name: value})
        else:
            choices = ", ".join(allowed)
            problems.append(Said("{file}: {name} can be {choices}.", file=path, name=name, choices=choices))
    if isinstance(motion := table.get("motion", True), bool):
        chosen = replace(chosen, motion=motion)
    else:
        problems.append(Said("{file}: {name} can be {choices}.", file=path, name="motion", choices="true, false"))
    size = table.get("thumbnails_mb", chosen.thumbnails_mb)
    if isinstance(size, int) and not isinstance(size, bool) and size > 0:
        chosen = replace(chosen, thumbnails_mb=size)
    else:
        problems.append(Said("{file}: {name} is a number of megabytes.", file=path, name="thumbnails_mb"))
    keys = table.get("shortcuts", {})
    if isinstance(keys, dict) and all(isinstance(v, list) and all(isinstance(k, str) for k in v) for v in keys.values()):
        chosen = replace(chosen, shortcuts={name: tuple(v) for name, v in keys.items()})
    else:
        problems.append(Said("{file}: shortcuts are lines such as {example}.", file=path, example='export = ["Ctrl+E"]'))
    return Read(chosen, tuple(problems))


def _unreadable(path: Path, problem: OSError) -> Said:
    return Said("The settings {file} cannot be read: {reason}.", file=path, reason=problem.strerror)


def _names(path: Path) -> Iterator[Path]:
    yield path.with_name(f"{path.stem}.broken{path.suffix}")
    number = 1
    while True:
        number += 1
        yield path.with_name(f"{path.stem}.broken-{number}{path.suffix}")
