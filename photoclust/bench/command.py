"""`photoclust bench`: what is asked for, and where its outcome goes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from photoclust.bench.presets import PRESETS, Asked, find
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.settings import DEFAULT_ENGINE, VisionSettings
from photoclust.terminal import TerminalProgress

if TYPE_CHECKING:
    from photoclust.bench.held_out import HeldOut
    from photoclust.bench.tables import Cells
    from photoclust.core.progress import Progress
    from photoclust.vision.session import FaceSession

_KINDS = ("blur", "noise", "dark", "occlusion", "jpeg", "mixed")


def add_arguments(bench: argparse.ArgumentParser) -> None:
    """Add the command's arguments; nothing heavy is imported for it."""
    bench.add_argument("dataset", nargs="+", type=Path)
    bench.add_argument("--engine", action="append", default=[], metavar="NAME", help=f"default: {DEFAULT_ENGINE}")
    bench.add_argument(
        "--weights", type=Path, action="append", default=[], metavar="FILE",
        help="measure what `photoclust train` wrote here (may be given again)",
    )  # fmt: skip
    bench.add_argument(
        "--held-out", type=Path, nargs="+", default=[], metavar="DATA",
        help="measure only persons who are not in the half of these sets that `photoclust train --half` learns from",
    )  # fmt: skip
    bench.add_argument(
        "--embedder", type=Path, metavar="FILE",
        help="describe the faces of folders by what `photoclust train densenet121` wrote here, not by SFace",
    )  # fmt: skip
    bench.add_argument("--seed", type=int, default=0, metavar="N")
    bench.add_argument("--seeds", type=whole_number, default=1, metavar="N", help="measure with N seeds: mean and spread")
    bench.add_argument(
        "--size", type=whole_number, action="append", default=[], metavar="N",
        help="measure a part of about N faces of each set too: whole persons, by chance (may be given again)",
    )  # fmt: skip
    bench.add_argument(
        "--degrade", action="append", default=[], metavar="KIND", choices=_KINDS,
        help=f"measure a worse copy of each folder too: {', '.join(_KINDS)} (may be given again)",
    )  # fmt: skip
    bench.add_argument("--degrade-to", type=Path, metavar="DIR", help="keep these copies here")
    instead = bench.add_mutually_exclusive_group()
    instead.add_argument(
        "--oracle", action="store_true",
        help="the best of each engine that has a threshold, chosen with the labels in hand (default: of all of them)",
    )  # fmt: skip
    instead.add_argument(
        "--preset", choices=PRESETS, metavar="NAME",
        help="; ".join(f"{name}: {what}" for name, what in PRESETS.items()),
    )  # fmt: skip
    bench.add_argument("--train-on", type=Path, metavar="DATASET", help="what the models of --preset thesis learn from")
    form = bench.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print data for machines")
    form.add_argument("--markdown", action="store_true", help="print the table in Markdown")
    bench.add_argument("--save", type=Path, metavar="FILE", help="save what was measured as a baseline")
    bench.add_argument("--compare", type=Path, metavar="FILE", help="fail where a saved baseline was better beyond noise")
    bench.add_argument(
        "--plot", type=Path, metavar="FILE", help="draw time against size as PNG; with --oracle BCubed against similarity"
    )
    bench.set_defaults(wrong_usage=bench.error)


def whole_number(word: str) -> int:
    """A number from 1 on."""
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{word} is less than 1")
    return number


def measure(args: argparse.Namespace) -> bool:
    """Measure and print; whether there was no loss. UserError for what cannot be read; ends with 2 for wrong usage."""
    if args.degrade_to and not args.degrade:
        args.wrong_usage("--degrade-to needs --degrade")
    if args.train_on and args.preset != "thesis":
        args.wrong_usage("--train-on needs --preset thesis")
    if args.oracle:
        _refuse(args, "--oracle", ["save", "compare", "size"])
        if args.seeds > 1:
            args.wrong_usage("--seeds does not go with --oracle")
        return _oracle(args)
    if args.preset == "thesis":
        _refuse(args, "--preset thesis", ["save", "compare", "size", "engine", "plot", "weights"])
        return _thesis(args)
    if args.preset:
        _refuse(args, f"--preset {args.preset}", ["save", "compare", "plot"])
        return _preset(args)
    return _engines(args)


def _refuse(args: argparse.Namespace, measured: str, options: Iterable[str]) -> None:
    for option in options:
        if getattr(args, option):
            args.wrong_usage(f"--{option} does not go with {measured}")


def _preset(args: argparse.Namespace) -> bool:
    from photoclust.bench import tables
    from photoclust.bench.accuracy import load_all
    from photoclust.bench.contestants import line_up
    from photoclust.bench.datasets import with_parts
    from photoclust.bench.degrade import with_copies

    engines = line_up(args.engine, args.weights)
    with (
        TerminalProgress().listening() as progress,
        with_copies(args.dataset, args.degrade, args.degrade_to, args.seed, progress) as paths,
    ):
        session = _session(args)
        wholes = load_all(paths, progress, _held_out(args, progress, session), session)
        datasets = [part for whole in wholes for part in with_parts(whole, args.size, args.seed)]
        found = find(args.preset)(Asked(datasets, engines, range(args.seed, args.seed + args.seeds), progress))
    data = {title: [asdict(row) for row in rows] for title, rows in found.tables.items()}
    _print(args, data, {title: tables.row_cells(rows) for title, rows in found.tables.items() if rows})
    _say(tables.left_out(dataset.name, dataset.left_out) for dataset in datasets if dataset.left_out)
    _say(found.said)
    return True


def _engines(args: argparse.Namespace) -> bool:
    from photoclust.bench import plots, saved, tables
    from photoclust.bench.accuracy import run
    from photoclust.bench.degrade import with_copies

    before = saved.read(args.compare) if args.compare else None
    with (
        TerminalProgress().listening() as progress,
        with_copies(args.dataset, args.degrade, args.degrade_to, args.seed, progress) as datasets,
    ):
        session = _session(args)
        held_out = _held_out(args, progress, session)
        more = {"weights": args.weights, "held_out": held_out, "session": session}
        rows = run(datasets, args.engine, args.seed, progress, args.seeds, args.size, **more)
    _print(args, [tables.as_data(row) for row in rows], {"": tables.cells(rows)})
    _say(tables.notes(rows))
    if args.save:
        saved.save(rows, args.save)
    if args.plot:
        x, y, curves = plots.time_against_size(rows)
        plots.draw(args.plot, "Time against size", x, y, curves)
    if before is None:
        return True
    found = saved.compare(rows, before)
    _say(found.sentences())
    return not found.losses


def _oracle(args: argparse.Namespace) -> bool:
    from photoclust.bench import plots, tables
    from photoclust.bench.accuracy import load_all
    from photoclust.bench.contestants import line_up
    from photoclust.bench.degrade import with_copies
    from photoclust.bench.oracle import sweep, sweepable
    from photoclust.clustering import catalog
    from photoclust.clustering.baseline import Baseline

    asked = args.engine or ([] if args.weights else [name for name in catalog.names() if sweepable(name)])
    contestants = line_up(asked, args.weights)
    for contestant in contestants:
        if not sweepable(contestant.engine):
            raise UserError(f"The engine “{contestant.name}” has no threshold that could be tried with the labels in hand.")
    rows, said, curves = [], [], []
    with (
        TerminalProgress().listening() as progress,
        with_copies(args.dataset, args.degrade, args.degrade_to, args.seed, progress) as paths,
    ):
        session = _session(args)
        for dataset in load_all(paths, progress, _held_out(args, progress, session), session):
            if dataset.left_out:
                said.append(tables.left_out(dataset.name, dataset.left_out))
            for contestant in contestants:
                try:
                    rows.append(sweep(dataset, contestant, args.seed, progress))
                except UserError as error:  # more faces than it can group: the others still count
                    said.append(f"{contestant.name} is left out on {dataset.name}: {error}")
                    continue
                engine = contestant.create()
                if args.plot and isinstance(engine, Baseline) and engine.sweep.option == "similarity":
                    curves.append(plots.bcubed_against_threshold(dataset, engine, args.seed, progress))
    if not rows:
        raise UserError(said[-1])
    _print(args, [tables.oracle_data(row) for row in rows], {"": tables.oracle_cells(rows)})
    _say(said)
    if args.plot:
        plots.draw(args.plot, "BCubed against similarity", plots.Axis("similarity"), plots.Axis("BCubed F", 0, 1), curves)
    return True


def _thesis(args: argparse.Namespace) -> bool:
    from photoclust.bench import tables
    from photoclust.bench.degrade import with_copies
    from photoclust.bench.thesis import Comparison, Finding

    seeds = range(args.seed, args.seed + args.seeds)
    found: list[Finding] = []
    stopped: Cancelled | None = None
    with (
        TerminalProgress().listening() as progress,
        with_copies(args.dataset, args.degrade, args.degrade_to, args.seed, progress) as paths,
    ):
        session = _session(args)
        held_out = _held_out(args, progress, session)
        comparison = Comparison.read(paths, seeds, progress, train_on=args.train_on, held_out=held_out, session=session)
        try:
            for finding in comparison.measure(progress):
                found.append(finding)
                progress.say(tables.thesis_line(finding))
        except Cancelled as cancelled:
            stopped = cancelled
    told = comparison.tables(found)
    if stopped and not (told.models or told.methods):
        raise stopped
    shown = {
        "The models of the thesis (its table 6.2)": tables.thesis_cells(told.models),
        "Against other methods (its tables 6.3 and 6.4)": tables.thesis_cells(told.methods),
    }
    data: dict[str, object] = {"models": [tables.thesis_data(row) for row in told.models]}
    data["methods"] = [tables.thesis_data(row) for row in told.methods]
    unmeasured = [f"Only {len(found)} of {comparison.count} methods were measured."] if stopped else []
    data["left_out"] = [*told.left_out, *unmeasured]
    _print(args, data, {title: lines for title, lines in shown.items() if lines})
    _say([*told.left_out, *unmeasured])
    if stopped:
        raise stopped
    return True


def _session(args: argparse.Namespace) -> FaceSession | None:
    """The networks that look at folders; None for those that ship."""
    if not args.embedder:
        return None
    from photoclust.vision.session import FaceSession

    return FaceSession(settings=VisionSettings(embedder=args.embedder))


def _held_out(args: argparse.Namespace, progress: Progress, session: FaceSession | None) -> HeldOut | None:
    from photoclust.bench.held_out import HeldOut

    return HeldOut.of(args.held_out, len(args.degrade), progress, session) if args.held_out else None


def _print(args: argparse.Namespace, data: object, shown: Mapping[str, Cells]) -> None:
    """Data for machines, or tables by their titles (an empty one is not shown)."""
    from photoclust.bench import tables

    if args.json:
        print(json.dumps(data))
        return
    form, sign = (tables.markdown, "### ") if args.markdown else (tables.text, "")
    print("\n\n".join((f"{sign}{title}\n\n" if title else "") + form(lines) for title, lines in shown.items()))


def _say(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        print(f"photoclust: {sentence}", file=sys.stderr)
