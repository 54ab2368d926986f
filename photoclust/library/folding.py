"""Photos that lie on one another: copies of the same file, and bursts taken in a moment."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from photoclust.library.arranged import Key
from photoclust.library.database import ids_json
from photoclust.library.questions import Questions

MOMENT = 2.0
"""Photos of one folder with no more than so many seconds from one to the next are a burst."""


def fold_keys(library: Questions, keys: Sequence[Key], opened: Collection[int] = ()) -> list[Key]:
    """The keys of `photo_keys` without what lies beneath the first of a stack, but for opened ones.

    Their places become (time, path, number in the stack, the photos of the stack of which it is the first).
    """
    found = {key[2]: key for key in keys}
    folded: list[Key] = []
    for stack in find_stacks(library, found.keys()):
        first, *beneath = sorted(found.pop(photo) for photo in stack)
        members = (first[2], *(key[2] for key in beneath))
        folded.append(_placed(first, (*first[1], 0, members)))
        if first[2] in opened:
            folded += keys_beneath(folded[-1])
    return sorted([*(_placed(key, (*key[1], 0, ())) for key in found.values()), *folded])


def keys_beneath(first: Key) -> list[Key]:
    """The keys of what lies beneath the first of a stack: right behind it, wherever they would stand alone."""
    at, path, _, members = first[1]
    keys = [_placed(first, (at, path, number, ())) for number in range(1, len(members))]
    return [(key[0], key[1], photo, *key[3:]) for key, photo in zip(keys, members[1:], strict=True)]


def _placed(key: Key, place: Any) -> Key:
    return (key[0], place, *key[2:])


def find_stacks(library: Questions, photo_ids: Collection[int]) -> list[tuple[int, ...]]:
    """The sets of at least two of these photos that lie on one another."""
    sql = """SELECT id, hash, taken_at, root, relpath FROM photos
        WHERE id IN (SELECT value FROM json_each(?)) ORDER BY taken_at, relpath"""
    first: dict[Any, int] = {}
    latest: dict[Any, tuple[float, int]] = {}
    below: dict[int, int] = {}

    def top(photo: int) -> int:
        while (up := below.setdefault(photo, photo)) != photo:
            below[photo] = below[up]
            photo = up
        return photo

    for photo, content, taken, root, path in library._db.rows(sql, ids_json(photo_ids)):
        if content is not None:
            below[top(photo)] = top(first.setdefault(content, photo))
        if taken is not None:
            folder = (root, os.path.dirname(path))  # noqa: PTH120 - very many, and some are bytes
            before, other = latest.get(folder, (-1e18, photo))
            if taken - before <= MOMENT:
                below[top(photo)] = top(other)
            latest[folder] = (taken, photo)
    stacks: dict[int, list[int]] = defaultdict(list)
    for photo in below:
        stacks[top(photo)].append(photo)
    return [tuple(stack) for stack in stacks.values() if len(stack) > 1]
