"""`photoclust find`: the photos with somebody, without somebody, with nobody else; by date, and by words of the file name."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from photoclust.core.errors import UserError

if TYPE_CHECKING:
    from photoclust.library.finding import Search
    from photoclust.library.library import Library


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes; `--library` and `--json` are every command's."""
    parser.add_argument("words", nargs="*", metavar="WORD", help="words of the folder and the file name")
    parser.add_argument("--with", dest="whom", action="append", default=[], metavar="NAME[,NAME…]",
                        help="somebody who is on the photo, or one of several; may be given again")  # fmt: skip
    parser.add_argument("--without", action="append", default=[], metavar="NAME", help="somebody who is not (may be given again)")
    parser.add_argument("--only", action="store_true", help="nobody else is on the photo")
    parser.add_argument("--unnamed", action="store_true", help="somebody without a name is on the photo")
    parser.add_argument("--strangers", action="store_true", help="strangers count as somebody, for --only and --unnamed")
    parser.add_argument("--from", dest="since", metavar="DATE", help="2019, 2019-07 or 2019-07-14")
    parser.add_argument("--to", dest="until", metavar="DATE", help="the same; that day, month or year is part of it")


def find(args: argparse.Namespace) -> None:
    """Print the paths of the photos, oldest first; UserError for an unknown name or what is no date."""
    from photoclust.library.finding import find_photos
    from photoclust.library.library import Library

    with Library.open(args.library, create=False, reading=True) as library:
        found = find_photos(library, _search(library, args))
        photos = {photo.id: photo for photo in library.photos(found)}
    if args.json:
        rows = [{"id": i, "path": str(photos[i].path), "taken_at": photos[i].taken_at} for i in found]
        print(json.dumps(rows))
    else:
        print("\n".join(str(photos[i].path) for i in found), end="\n" if found else "")


def _search(library: Library, args: argparse.Namespace) -> Search:
    from photoclust.library.finding import Search, span

    def persons(name: str) -> frozenset[int]:
        found = library.find_persons(name)
        if not found:
            raise UserError(f"No person is called “{name}”.")
        return frozenset(person.id for person in found)

    def moment(text: str | None, end: int) -> float | None:
        dates = span(text) if text else None
        if text and dates is None:
            raise UserError(f"“{text}” is no date. A date is 2019, 2019-07 or 2019-07-14.")
        return dates[end] if dates else None

    return Search(
        whom=tuple(frozenset().union(*(persons(name) for name in names.split(","))) for names in args.whom),
        without=frozenset().union(*(persons(name) for name in args.without)),
        only=args.only, unnamed=args.unnamed, strangers=args.strangers,
        since=moment(args.since, 0), before=moment(args.until, 1), words=" ".join(args.words),
    )  # fmt: skip
