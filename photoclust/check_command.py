"""`photoclust check`: whether a library is whole, mending it, and bringing back a backup."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes; `--library` and `--json` are every command's."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--repair", action="store_true", help="mend what can be mended; the library as it was is kept beside it")
    what.add_argument(
        "--restore", action="store_true", help="put the newest whole backup in its place; what was there is kept beside it"
    )


def check(args: argparse.Namespace) -> bool:
    """Carry out the command; whether the library is whole now. UserError when there is none, or no backup."""
    from photoclust.library.backups import restore
    from photoclust.library.health import Health, examine, mend

    path: Path = args.library.expanduser().absolute()
    restored = restore(path) if args.restore else None
    health: Health = mend(path) if args.repair else examine(path)
    if args.json:
        data: dict[str, Any] = {
            **asdict(health), "ok": health.ok, "library": path, "restored": asdict(restored) if restored else None,
        }  # fmt: skip
        del data["path"]
        print(json.dumps(data, default=str))
        return health.ok
    if restored is not None:
        print(f"{restored.backup} was brought back." + (f" What was there is {restored.damaged}." if restored.damaged else ""))
    print("\n".join(_lines(health)))
    return health.ok


def _lines(health: Any) -> list[str]:
    lines = [f"Mended: {said}." for said in health.mended]
    lines += [f"Lost: {said}" for said in health.lost]
    if health.copy:
        lines.append(f"The library as it was: {health.copy}")
    lines += [f"Wrong: {said}." for said in health.wrong]
    if health.counts:
        c = health.counts
        things = ((c.photos, "photo"), (c.faces, "face"), (c.persons, "person"))
        lines.append(", ".join(f"{n:,} {noun}{'' if n == 1 else 's'}" for n, noun in things) + ".")
    if health.ok:
        lines.append(f"The library {health.path} is whole.")
    elif health.mendable:
        lines.append("--repair mends what can be mended.")
    elif health.backup:
        lines.append(f"--restore brings back {health.backup.name}.")
    else:
        lines.append("This cannot be mended, and there is no whole backup beside it.")
    return lines
