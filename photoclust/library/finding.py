"""Photos by who is on them, who is not, when they were taken, and what their files are called."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from photoclust.library.database import ids_json
from photoclust.library.library import Library


@dataclass(frozen=True, slots=True)
class Search:
    """What photos are looked for; what is empty asks for nothing."""

    whom: tuple[frozenset[int], ...] = ()
    """Sets of persons: of each, at least one is on the photo."""
    without: frozenset[int] = frozenset()
    """Persons who are not."""
    only: bool = False
    """Nobody else is, as far as faces were found."""
    unnamed: bool = False
    """Somebody without a name is."""
    strangers: bool = False
    """Whether strangers count as somebody, for `only` and `unnamed`."""
    since: float | None = None
    """Seconds since the epoch, as in `Photo.taken_at`."""
    before: float | None = None
    """The moment after the last one wanted."""
    words: str = ""
    """Each of them is in the path of the file, whatever its case."""

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return self != Search(strangers=self.strangers)


_PHOTOS = "(SELECT photo FROM faces WHERE person IN (SELECT value FROM json_each(?)))"
_SOMEBODY_ELSE = """
    EXISTS (SELECT 1 FROM faces f WHERE f.photo = p.id AND f.state = 'face'
            AND (f.person IS NULL OR f.person NOT IN (SELECT value FROM json_each(?))) {seen})
"""
_UNNAMED = """
    p.id IN (SELECT f.photo FROM faces f WHERE f.person IS NULL AND f.state = 'face' {seen}
             UNION ALL SELECT f.photo FROM persons u JOIN faces f ON f.person = u.id WHERE u.name = '' {seen})
"""
_IN_VIEW = """
    AND f.id NOT IN (SELECT value FROM json_each(?)) AND coalesce(f.person, 0) NOT IN (SELECT value FROM json_each(?))
"""


def find_photos(library: Library, search: Search, photo_ids: Collection[int] | None = None) -> list[int]:
    """The photos that could be read, are there and are what is looked for, oldest first; of `photo_ids` only these."""
    wheres, parameters = ["p.error IS NULL AND p.missing = 0"], list[Any]()

    def ask(where: str, *values: Any) -> None:
        wheres.append(where)
        parameters.extend(values)

    away: tuple[str, ...] = ()
    if (search.only or search.unnamed) and not search.strangers:
        away = (ids_json(library.strangers_alone()), ids_json(library.strangers().persons))
    seen = _IN_VIEW if away else ""
    if photo_ids is not None:
        ask("p.id IN (SELECT value FROM json_each(?))", ids_json(photo_ids))
    for persons in search.whom:
        ask(f"p.id IN {_PHOTOS}", ids_json(persons))
    if search.without:
        ask(f"p.id NOT IN {_PHOTOS}", ids_json(search.without))
    if search.only:
        ask("EXISTS (SELECT 1 FROM faces f WHERE f.photo = p.id AND f.state = 'face')")
        ask("NOT " + _SOMEBODY_ELSE.format(seen=seen), ids_json(frozenset().union(*search.whom)), *away)
    if search.unnamed:
        ask(_UNNAMED.format(seen=seen), *away, *away)
    if search.since is not None:
        ask("p.taken_at >= ?", search.since)
    if search.before is not None:
        ask("p.taken_at < ?", search.before)
    foreign = []
    for word in search.words.casefold().split():
        if not word.isascii():
            foreign.append(word)
            continue
        roots = [row.id for row in library.root_rows() if word in row.path.name.casefold()]
        ask("(instr(lower(p.relpath), ?) OR p.root IN (SELECT value FROM json_each(?)))", word, ids_json(roots))
    sql = f"SELECT p.id, p.taken_at FROM photos p WHERE {' AND '.join(wheres)} ORDER BY p.taken_at, p.relpath"
    rows = library._db.rows(sql, *parameters)
    undated = next((k for k, (_, taken) in enumerate(rows) if taken is not None), len(rows))
    found = [i for i, _ in rows[undated:]] + [i for i, _ in rows[:undated]]
    return _with_words(library, found, foreign) if foreign else found


def span(first: str, last: str = "") -> tuple[float, float] | None:
    """From and to (not included) of dates as “2019”, “2019-07”, “2019-07-14”; None for what is no date."""
    began, ended = _day_or_more(first), _day_or_more(last or first)
    return None if began is None or ended is None or began[0] >= ended[1] else (began[0], ended[1])


def years(library: Library) -> list[int]:
    """The years in which photos were taken, the first to the last."""
    sql = "SELECT min(taken_at), max(taken_at) FROM photos WHERE missing = 0"
    first, last = library._db.rows(sql)[0]
    if first is None:
        return []
    return list(range(datetime.fromtimestamp(first, UTC).year, datetime.fromtimestamp(last, UTC).year + 1))


def _with_words(library: Library, photo_ids: list[int], words: list[str]) -> list[int]:
    """Those whose path has all words in it; SQLite knows of no cases but those of ASCII."""
    sql = """SELECT p.id, r.path, p.relpath FROM photos p JOIN roots r ON r.id = p.root
        WHERE p.id IN (SELECT value FROM json_each(?))"""
    rows = library._db.rows(sql, ids_json(photo_ids))
    paths = {i: f"{os.path.basename(os.fsdecode(root))}/{os.fsdecode(path)}".casefold() for i, root, path in rows}  # noqa: PTH119
    return [i for i in photo_ids if all(word in paths[i] for word in words)]


def _day_or_more(text: str) -> tuple[float, float] | None:
    """A day, month or year as (its first second, the first one after it)."""
    parts = text.strip().split("-")
    if not 1 <= len(parts) <= 3 or not all(part.isdecimal() and part.isascii() for part in parts) or len(parts[0]) != 4:
        return None
    year, month, day = (int(part) for part in (*parts, "1", "1")[:3])
    try:
        first = datetime(year, month, day, tzinfo=UTC)
        if len(parts) == 3:
            return first.timestamp(), first.timestamp() + 86400
        after = datetime(year + (len(parts) == 1 or month == 12), 1 if len(parts) == 1 else month % 12 + 1, 1, tzinfo=UTC)
    except ValueError:
        return None
    return first.timestamp(), after.timestamp()
