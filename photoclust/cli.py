"""The command line: everything without a window, and the window itself.

Data goes to stdout, messages to stderr; exit codes: 0 ok, 1 failed, 2 wrong usage, 130 cancelled.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photoclust import __version__
from photoclust.bench.command import add_arguments as add_bench_arguments
from photoclust.bench.effort_command import add_arguments as add_effort_arguments
from photoclust.bench.faces_command import add_arguments as add_faces_arguments
from photoclust.bench.import_command import add_arguments as add_import_arguments
from photoclust.bench.scale_command import add_arguments as add_scale_arguments
from photoclust.bench.train_command import add_arguments as add_train_arguments
from photoclust.check_command import add_arguments as add_check_arguments
from photoclust.core import settings
from photoclust.core.errors import Cancelled, UserError
from photoclust.find_command import add_arguments as add_find_arguments
from photoclust.terminal import TerminalProgress
from photoclust.ui.bench.command import add_arguments as add_ui_arguments

if TYPE_CHECKING:
    from photoclust.library.library import Library
    from photoclust.workflows.networks import FaceFinder

OK, FAILED, USAGE, CANCELLED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    argv = list(sys.argv[1:] if argv is None else argv)
    parser = _parser()
    if not argv or (argv[0] not in _COMMANDS and not argv[0].startswith("-")) or argv[0] == "--library":
        argv.insert(0, "window")
    if argv[:2] in (["bench", "import"], ["bench", "effort"], ["bench", "scale"], ["bench", "faces"], ["bench", "ui"]):
        argv[:2] = [f"bench-{argv[1]}"]
    args = parser.parse_args(argv)
    try:
        code: int = args.run(args)
        return code
    except UserError as problem:
        print(f"photoclust: {problem}", file=sys.stderr)
        return FAILED
    except (Cancelled, KeyboardInterrupt):
        print("photoclust: cancelled; what was done so far is kept.", file=sys.stderr)
        return CANCELLED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception:
        log = _log_bug()
        print(f"photoclust: this is a bug in photoclust. The details are in {log}", file=sys.stderr)
        return FAILED


def _window(args: argparse.Namespace) -> int:
    if args.folder and args.folder.name == str(args.folder) and not args.folder.exists():
        print(f"photoclust: {args.folder} is neither a folder nor a command. Try: photoclust --help", file=sys.stderr)
        return USAGE
    folder = _folder(args.folder) if args.folder else None
    _start_log()
    from photoclust.ui.app import run

    return run(args.library, folder)


def _demo(args: argparse.Namespace) -> int:
    if args.photos < 1 or args.persons < 1:
        raise UserError("A demo album needs at least one photo and one person.")
    out = args.out or settings.cache_dir() / f"demo-{args.photos}-{args.persons}-{args.seed}"
    headless = args.headless or not has_display()
    from photoclust.demo.journey import make_demo

    with TerminalProgress().listening() as progress:
        journey = make_demo(out, photos=args.photos, persons=args.persons, seed=args.seed, progress=progress)
    summary = journey.summary | {"library": str(journey.library), "album": str(journey.album), "screenshot": None}
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        import time

        from photoclust.ui.app import screenshot

        started = time.perf_counter()
        picture = out / "window.png"
        screenshot(journey.library, picture)
        summary["screenshot"] = str(picture)
        summary["phases"]["window"] = round(time.perf_counter() - started, 2)
        summary["seconds"] = round(summary["seconds"] + summary["phases"]["window"], 2)
    _print(args, summary, _sentence_demo)
    if headless:
        return OK
    from photoclust.ui.app import run

    return run(journey.library, None)


def _scan(args: argparse.Namespace) -> int:
    import time

    from photoclust.library.library import Library
    from photoclust.media.thumbnail import ThumbnailCache
    from photoclust.workflows.import_photos import import_photos

    started = time.perf_counter()
    if not args.library.exists():
        _folder(args.folder)  # a library knows more to say about a folder that is not there
    folder = args.folder.expanduser().resolve()
    session = _networks(args.embedder)
    closed: list[dict[str, str]] = []
    with Library.open(args.library) as library, TerminalProgress().listening() as progress:
        library.claim()
        _back_up(library)
        if args.retry:
            library.retry_broken()
        for _ in import_photos(
            library,
            folder,
            session=session,
            progress=progress,
            thumbnails=ThumbnailCache(settings.thumbnail_cache()),
            on_problem=lambda path, reason: closed.append({"path": path, "reason": reason}),
        ):
            pass
        inside = library.photos_below(folder)
        faces = library.face_count([p.id for p in inside])
        missing = sum(p.path.is_relative_to(folder) for p in library.missing())
    errors = [{"path": str(p.path), "reason": p.error} for p in inside if p.error] + closed
    _print(
        args,
        {"photos": len(inside), "faces": faces, "missing": missing, "errors": errors,
         "seconds": round(time.perf_counter() - started, 2), "device": session.device},
        lambda d: f"{d['photos']} photos, {d['faces']} faces, {len(d['errors'])} could not be read, {d['missing']} missing "
        f"({d['seconds']} s{d['device'] and ' on '}{d['device']})"
        + "".join(f"\n  {e['path']}: {e['reason']}" for e in d["errors"]),
    )  # fmt: skip
    return OK


def _back_up(library: Library) -> None:
    """The daily copy, before anything is changed; a disk without room for it is no reason to do nothing."""
    from photoclust.library.failures import DamagedLibrary

    try:
        library.back_up()
    except DamagedLibrary:
        raise
    except UserError as problem:
        print(f"photoclust: no backup was made. {problem}", file=sys.stderr)


def _missing(args: argparse.Namespace) -> int:
    from photoclust.library.library import Library
    from photoclust.workflows.folders import forget_missing

    with Library.open(args.library, create=False, reading=not args.forget) as library:
        photos = library.missing()
        data: dict[str, Any] = {"missing": [str(p.path) for p in photos], "forgotten": 0}
        if args.forget:
            done = forget_missing(library)
            data |= {"forgotten": done.photos, "there_again": done.found, "on_drives_not_there": done.away}

    def words(d: dict[str, Any]) -> str:
        if not args.forget:
            return "\n".join(d["missing"])
        kept = d["there_again"] + d["on_drives_not_there"]
        more = f"; {kept} kept: they are there again, or their drive is not" if kept else ""
        return f"{d['forgotten']} missing photos forgotten{more}"

    _print(args, data, words)
    return OK


def _networks(embedder: Path | None) -> FaceFinder:
    """The networks that ship, or with another embedder; UserError where its file cannot be read."""
    from photoclust.workflows.networks import Networks

    if embedder is None:
        return Networks()
    from photoclust.vision.session import FaceSession

    return FaceSession(settings=settings.VisionSettings(embedder=embedder))


def _group(args: argparse.Namespace) -> int:
    from photoclust.library.library import Library
    from photoclust.workflows.group_faces import group_faces

    with Library.open(args.library, create=False) as library, TerminalProgress().listening() as progress:
        if not args.dry_run:
            library.claim()
            _back_up(library)
        result = group_faces(library, args.engine, args.seed, args.dry_run, progress, "all" if args.all else "auto")
        persons = library.counts().persons
    _print(
        args,
        {"engine": result.engine, "seed": result.seed, "dry_run": args.dry_run, "faces": result.faces,
         "groups": result.persons, "alone": result.alone, "persons": persons, "changed_faces": len(result.changes.faces),
         "mode": result.mode, "refused": result.refused, "difference": asdict(result.difference),
         "seconds": round(result.seconds, 3)},
        lambda d: "\n".join([
            f"{d['faces']} {'new ' if d['mode'] == 'new' else ''}faces: {d['groups']} persons, {d['alone']} faces alone "
            f"({d['engine']}, {d['seconds']} s)" + (" – a dry run, nothing was changed" if d["dry_run"] else ""),
            *(f"  {sentence}" for sentence in (result.difference.sentences() if d["dry_run"] else ())),
            *(f"  {sentence}" for sentence in d["refused"]),
        ]),
    )  # fmt: skip
    return OK


def _persons(args: argparse.Namespace) -> int:
    from photoclust.library.library import Library
    from photoclust.workflows.reports import list_persons

    with Library.open(args.library, create=False, reading=True) as library:
        rows = list_persons(library)
    _print(args, rows, lambda d: "\n".join(f"{p['id']:6d}  {p['faces']:6d} faces  {p['name'] or '–'}" for p in d))
    return OK


def _faces(args: argparse.Namespace) -> int:
    from photoclust.library.library import Library
    from photoclust.workflows.reports import write_faces

    with Library.open(args.library, create=False, reading=True) as library:
        count = write_faces(library, args.csv)
    print(f"{count} faces written to {args.csv}", file=sys.stderr)
    return OK


def _export(args: argparse.Namespace) -> int:
    from photoclust.library.library import Library
    from photoclust.workflows.export_album import plan_export, run_export

    with Library.open(args.library, create=False, reading=True) as library:
        plan = plan_export(library, args.out, names=args.person or (), mode=args.mode)
    print(plan.describe(), file=sys.stderr)
    data: dict[str, Any] = {
        "out": str(args.out), "mode": args.mode, "dry_run": args.dry_run, "photos": len(plan.items), "bytes": plan.total_bytes,
        "persons": sorted({i.person for i in plan.items}),
        "skipped": [{"path": str(s.path), "reason": s.reason} for s in plan.skipped],
    }  # fmt: skip
    if args.dry_run:
        data["files"] = [{"source": str(i.source), "target": str(i.target)} for i in plan.items]
    else:
        with TerminalProgress().listening() as progress:
            report = run_export(plan, progress)
        data |= {"copied": report.copied, "already_there": report.skipped_existing, "bytes": report.bytes}
        data["manifest"] = report.manifest
        data["skipped"] += [{"path": str(s.path), "reason": s.reason} for s in report.skipped]
    _print(args, data, lambda d: f"{d['photos']} photos of {len(d['persons'])} persons in {d['out']}")
    return OK


def _bench(args: argparse.Namespace) -> int:
    from photoclust.bench.command import measure

    return OK if measure(args) else FAILED


def _bench_effort(args: argparse.Namespace) -> int:
    from photoclust.bench.effort_command import measure

    measure(args)
    return OK


def _bench_faces(args: argparse.Namespace) -> int:
    from photoclust.bench.faces_command import measure

    measure(args)
    return OK


def _bench_import(args: argparse.Namespace) -> int:
    from photoclust.bench.import_command import measure

    measure(args)
    return OK


def _bench_scale(args: argparse.Namespace) -> int:
    from photoclust.bench.scale_command import measure

    measure(args)
    return OK


def _bench_ui(args: argparse.Namespace) -> int:
    from photoclust.ui.bench.command import measure

    measure(args)
    return OK


def _train(args: argparse.Namespace) -> int:
    from photoclust.bench.train_command import run

    run(args)
    return OK


def _find(args: argparse.Namespace) -> int:
    from photoclust.find_command import find

    find(args)
    return OK


def _check(args: argparse.Namespace) -> int:
    from photoclust.check_command import check

    return OK if check(args) else FAILED


def _doctor(args: argparse.Namespace) -> int:
    from photoclust.doctor import diagnose

    found = diagnose()

    def show(d: dict[str, Any]) -> str:
        lines = [f"photoclust {d['photoclust']}, Python {d['python']}, {d['system']}"]
        lines += [f"  {name} {version}" for name, version in d["packages"].items()]
        lines += [f"Device: {d['device']}", "Weights:"]
        for w in d["weights"]:
            state = "ok     " if w["ok"] else "MISSING"
            lines.append(f"  {state} {w['name']} ({w['licence']}) {w['file']}\n          sha256 {w['sha256']}")
        lines += [f"Library: {d['library']}", f"Cache:   {d['cache']}", f"Log:     {d['log']}"]
        return "\n".join(lines)

    _print(args, found, show)
    return OK if found["ok"] else FAILED


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "window": _window, "demo": _demo, "scan": _scan, "missing": _missing, "group": _group, "persons": _persons, "faces": _faces,
    "export": _export, "bench": _bench, "bench-import": _bench_import, "bench-faces": _bench_faces, "bench-effort": _bench_effort,
    "bench-scale": _bench_scale, "bench-ui": _bench_ui, "train": _train, "check": _check, "doctor": _doctor,
    "find": _find,
}  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="photoclust",
        description="Albums of persons from a folder of photos. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"photoclust {__version__}")
    commands = parser.add_subparsers(metavar="FOLDER | COMMAND", required=True)

    def add(name: str, text: str, *, json_too: bool = True) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=_COMMANDS[name])
        if json_too:
            command.add_argument("--json", action="store_true", help="print data for machines")
        return command

    def library(command: argparse.ArgumentParser) -> None:
        command.add_argument("--library", type=Path, required=True, metavar="FILE", help="the library file")

    window = add("window", "Open the window, on a folder if one is named.", json_too=False)
    window.add_argument("folder", nargs="?", type=Path)
    window.add_argument("--library", type=Path, metavar="FILE", help="another library than the default one")

    demo = add("demo", "Make a family album that never existed, scan and group it, and open the window on it.")
    demo.add_argument("--out", type=Path, metavar="DIR", help="where to (default: the user's cache)")
    demo.add_argument("--photos", type=int, default=80, metavar="N")
    demo.add_argument("--persons", type=int, default=12, metavar="N")
    demo.add_argument("--seed", type=int, default=0, metavar="N")
    demo.add_argument("--headless", action="store_true", help="no window: a summary and a screenshot")

    scan = add("scan", "Add or update the photos of a folder.")
    scan.add_argument("folder", type=Path)
    library(scan)
    scan.add_argument("--retry", action="store_true", help="also try photos again that could not be read and have not changed")
    scan.add_argument(
        "--embedder", type=Path, metavar="FILE",
        help="describe faces by what `photoclust train densenet121` wrote here, not by SFace",
    )  # fmt: skip

    missing = add("missing", "List the photos whose files are not there; they are kept, hidden, until they are back.")
    library(missing)
    missing.add_argument("--forget", action="store_true", help="forget them, with their faces; this cannot be undone")

    group = add("group", "Group the faces of a library into persons.")
    library(group)
    group.add_argument("--engine", metavar="NAME", help=f"default: {settings.DEFAULT_ENGINE}")
    group.add_argument("--seed", type=int, default=0, metavar="N")
    group.add_argument("--all", action="store_true", help="look at every face again, not only at the new ones")
    group.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")

    library(add("persons", "List the persons of a library."))

    faces = add("faces", "Write every face of a library as CSV.", json_too=False)
    library(faces)
    faces.add_argument("--csv", type=Path, required=True, metavar="OUT")

    find = add("find", "List the photos with somebody, without somebody, with nobody else, by date or by file name.")
    library(find)
    add_find_arguments(find)

    export = add("export", "Put the photos of persons into folders, one a person.")
    library(export)
    export.add_argument("--out", type=Path, required=True, metavar="DIR")
    export.add_argument("--mode", choices=("copy", "hardlink", "symlink"), default="copy")
    export.add_argument("--person", action="append", metavar="NAME", help="only this person (may be given again)")
    export.add_argument("--dry-run", action="store_true", help="say what would be done and do nothing")

    bench = add(
        "bench",
        "Measure engines on labelled faces: .npz files with X and y, .bin files with .meta, or folders of one folder a person.",
        json_too=False,
    )
    add_bench_arguments(bench)

    add_effort_arguments(add("bench-effort", "Count what it takes to a perfect album with the questions (also: bench effort)."))
    add_faces_arguments(add("bench-faces", "Measure how many faces are found, and how many finds are none (also: bench faces)."))
    add_import_arguments(add("bench-import", "Measure how fast a folder is imported (also: bench import)."))
    add_scale_arguments(add("bench-scale", "Measure what grouping large libraries takes (also: bench scale)."))
    add_ui_arguments(add("bench-ui", "Measure how quick the window is on a large library (also: bench ui)."))

    add_train_arguments(add("train", "Let an engine learn from labelled faces of other people, and write its weights."))

    check = add("check", "Say whether a library is whole; mend it, or bring back a backup, when asked.")
    library(check)
    add_check_arguments(check)

    add("doctor", "Show versions, device, weights and where things are kept.")
    return parser


def has_display() -> bool:
    """Whether a window could be seen: on Linux, an X or Wayland display."""
    if sys.platform != "linux":
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform in {"offscreen", "minimal"}:
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _print(args: argparse.Namespace, data: Any, words: Callable[[Any], str]) -> None:
    print(json.dumps(data, ensure_ascii=True, indent=None) if args.json else words(data))


def _sentence_demo(d: dict[str, Any]) -> str:
    lines = [
        f"{d['photos']} photos, {d['faces']} faces, {d['persons']} persons, {d['errors']} broken files in {d['seconds']} s",
        f"BCubed F {d['bcubed_f']}, pairwise F {d['pairwise_f']} against the album's truth",
        f"Album:   {d['album']}",
        f"Library: {d['library']}",
    ]
    if d["screenshot"]:
        lines.append(f"Window:  {d['screenshot']}")
    return "\n".join(lines)


def _folder(path: Path) -> Path:
    path = path.expanduser()
    if not path.is_dir():
        raise UserError(f"{path} is not a folder that can be opened.")
    return path.resolve()


def _start_log() -> Path:
    """Log warnings and bugs to a file; a log that cannot be written is no reason not to start."""
    path = settings.log_dir() / "photoclust.log"
    logging.raiseExceptions = False  # what finds no room on the disk is not printed between the answers
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        logging.basicConfig(
            filename=path, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", encoding="utf-8"
        )
    except OSError:
        logging.basicConfig(level=logging.WARNING)
    return path


def _log_bug() -> Path:
    path = _start_log()
    logging.getLogger("photoclust").exception("A bug")
    return path


if __name__ == "__main__":
    sys.exit(main())
