"""`photoclust train`: an engine learns from labelled faces, and what it has learned is a file with a card."""

from __future__ import annotations

import argparse
import json
import shlex
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photoclust.core.errors import UserError
from photoclust.terminal import TerminalProgress

if TYPE_CHECKING:
    from photoclust.bench.train import Lesson
    from photoclust.clustering.learning import Learner


def add_arguments(train: argparse.ArgumentParser) -> None:
    """Add the command's arguments; nothing heavy is imported for it."""
    train.add_argument("engine", nargs="?", metavar="ENGINE", help="an engine that learns")
    train.add_argument("data", nargs="*", type=Path, metavar="DATA", help="labelled faces, as `photoclust bench` reads them")
    train.add_argument("--out", type=Path, metavar="FILE", help="where to (.safetensors)")
    train.add_argument("--seed", type=_seed, default=0, metavar="N")
    train.add_argument("--half", action="store_true", help="learn from half of the persons; the other half is for measuring")
    train.add_argument("--epochs", type=int, metavar="N", help="at most N (default: as many as the engine asks for)")
    train.add_argument("--patience", type=int, default=10, metavar="N", help="end after N epochs without a better score")
    train.add_argument(
        "--option", action="append", default=[], metavar="NAME=VALUE", help="an option of the engine (may be given again)"
    )
    train.add_argument("--resume", action="store_true", help="go on with a training that was interrupted")
    train.add_argument("--card", type=Path, metavar="FILE", help="show the card of a weights file instead")
    train.set_defaults(wrong_usage=train.error)


def run(args: argparse.Namespace) -> None:
    """Train and write, or show a card; UserError for what cannot be read or learned; ends with 2 for wrong usage."""
    if args.card:
        _show_card(args)
        return
    if not args.engine or not args.data or not args.out:
        args.wrong_usage("ENGINE, DATA and --out are needed (or --card)")
    if args.patience < 1 or (args.epochs is not None and args.epochs < 1):
        args.wrong_usage("--epochs and --patience are at least 1")
    if not args.out.parent.is_dir():
        raise UserError(f"“{args.out.parent}” is not a folder that weights could be written to.")
    _train(args)


def _train(args: argparse.Namespace) -> None:
    from photoclust.bench import card
    from photoclust.bench.checkpoint import Checkpoint
    from photoclust.bench.train import train
    from photoclust.clustering.weights_file import Weights, save

    learner = _learner(args.engine, _options(args.option))
    started = time.perf_counter()
    with TerminalProgress().listening() as progress:
        lesson, data = _lesson(args, learner, progress)
        training = {"seed": args.seed, "half": args.half, "data": data}
        checkpoint = Checkpoint(
            args.out.with_name(args.out.name + ".checkpoint"), {"engine": args.engine, "options": repr(learner), **training}
        )
        if checkpoint.exists() and not args.resume:
            raise UserError(f"A training was interrupted here: go on with --resume, or remove “{checkpoint.path}”.")
        standing = train(lesson, checkpoint, progress)
    told = {**standing.weights.card, **card.scores(standing)}
    filled = card.fill(told, training, _command(args), getattr(learner, "carries_over", card.SFACE_ONLY))
    try:
        save(Weights(standing.weights.tensors, filled), args.out)
    except OSError as error:
        raise UserError(f"“{args.out}” cannot be written: {error}.") from error
    checkpoint.remove()
    seconds, size = round(time.perf_counter() - started, 1), args.out.stat().st_size
    if args.json:
        print(json.dumps({"out": str(args.out), "bytes": size, "seconds": seconds, "card": filled}))
        return
    best = standing.history[standing.best].score
    print(f"BCubed F {best:.4f} on the validation persons in epoch {standing.best + 1} of {len(standing.history)} ({seconds} s)")
    print(f"Weights: {args.out} ({size / 1e6:.2f} MB)")


def _learner(engine: str, options: dict[str, Any]) -> Learner:
    from photoclust.clustering import catalog
    from photoclust.clustering.learning import Learner

    made = catalog.create(engine, **options)
    if not isinstance(made, Learner):
        raise UserError(f"The engine “{engine}” has nothing to learn.")
    return made


def _lesson(args: argparse.Namespace, learner: Learner, progress: TerminalProgress) -> tuple[Lesson, list[dict[str, Any]]]:
    from photoclust.bench.accuracy import load_all
    from photoclust.bench.card import describe_data
    from photoclust.bench.split import learning_and_validation
    from photoclust.bench.train import Lesson

    albums, validation, data = [], [], []
    for path, dataset in zip(args.data, load_all(args.data, progress), strict=True):
        learned, validated = learning_and_validation(dataset, half=args.half)
        albums.append(learned)
        validation.append(validated)
        data.append(describe_data(path, dataset, learned, validated))
    widths = {album.embeddings.shape[1] for album in albums}
    if len(widths) > 1:
        raise UserError(f"These data sets have vectors of different widths: {', '.join(map(str, sorted(widths)))}.")
    return Lesson(learner, albums, validation, args.seed, args.epochs, args.patience), data


def _options(words: list[str]) -> dict[str, Any]:
    """NAME=VALUE as a keyword; a value is JSON (a number, true, null), or else a word."""
    found: dict[str, Any] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign:
            raise UserError(f"“{word}” is no option; it should look like NAME=VALUE.")
        try:
            found[name] = json.loads(value)
        except ValueError:
            found[name] = value
    return found


def _command(args: argparse.Namespace) -> str:
    """The command that makes these weights again."""
    words = ["photoclust", "train", args.engine, *map(str, args.data), "--out", args.out.name, "--seed", str(args.seed)]
    words += ["--half"] * args.half + ["--patience", str(args.patience)]
    words += ["--epochs", str(args.epochs)] if args.epochs else []
    return shlex.join(words + [word for option in args.option for word in ("--option", option)])


def _show_card(args: argparse.Namespace) -> None:
    from photoclust.bench.card import markdown
    from photoclust.clustering.weights_file import read

    card = read(args.card).card
    print(json.dumps(card) if args.json else markdown(card, args.card.name))


def _seed(word: str) -> int:
    number = int(word)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{word} is less than 0")
    return number
