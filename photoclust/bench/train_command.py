"""`photoclust train`: an engine learns from labelled faces, and what it has learned is a file with a card."""

from __future__ import annotations

import argparse
import json
import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photoclust.core.errors import UserError
from photoclust.terminal import TerminalProgress

if TYPE_CHECKING:
    from photoclust.bench.train import Teaching
    from photoclust.bench.train_at_once import Learned
    from photoclust.clustering.learning import Labelled
    from photoclust.core.progress import Progress

DENSENET = "densenet121"
"""The one name here that is no engine: what describes faces to the engines."""
_AT_ONCE = ("avgae", "album")
"""Engines whose training has no epochs to judge, stop after, or resume from."""


def add_arguments(train: argparse.ArgumentParser) -> None:
    """Add the command's arguments; nothing heavy is imported for it."""
    train.add_argument("engine", nargs="?", metavar="ENGINE", help=f"an engine that learns, or {DENSENET}")
    train.add_argument(
        "data", nargs="*", type=Path, metavar="DATA",
        help=f"labelled faces, as `photoclust bench` reads them; folders for {DENSENET}",
    )  # fmt: skip
    train.add_argument("--out", type=Path, metavar="FILE", help="where to (.safetensors; of album .npz)")
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
    if args.engine in _AT_ONCE:
        _train_at_once(args)
    else:
        _train(args)


def _train(args: argparse.Namespace) -> None:
    from photoclust.bench import card
    from photoclust.bench.checkpoint import Checkpoint
    from photoclust.bench.train import train
    from photoclust.clustering.weights_file import Weights, save

    started = time.perf_counter()
    with TerminalProgress().listening() as progress:
        task = _faces(args, progress) if args.engine == DENSENET else _vectors(args, progress)
        training = {"seed": args.seed, "half": args.half, "data": task.data}
        checkpoint = Checkpoint(
            args.out.with_name(args.out.name + ".checkpoint"), {"engine": args.engine, "options": task.options, **training}
        )
        if checkpoint.exists() and not args.resume:
            raise UserError(f"A training was interrupted here: go on with --resume, or remove “{checkpoint.path}”.")
        standing = train(task.lesson, checkpoint, progress)
    told = {**standing.weights.card, **card.scores(standing), "measure": task.lesson.measure}
    filled = card.fill(told, training, args.data, _command(args), task.carries_over)
    with _writing(args.out):
        save(Weights(standing.weights.tensors, filled), args.out)
    checkpoint.remove()
    best, done = standing.history[standing.best].score, len(standing.history)
    words = f"{task.lesson.measure} {best:.4f} on the validation persons in epoch {standing.best + 1} of {done}"
    _tell(args, words, filled, started)


def _train_at_once(args: argparse.Namespace) -> None:
    from photoclust.bench import card
    from photoclust.bench.train_at_once import learn_avgae, learn_links

    if args.resume or args.epochs:
        args.wrong_usage(f"--resume and --epochs do not go with {args.engine} (but --option epochs=N)")
    started = time.perf_counter()
    with TerminalProgress().listening() as progress:
        if args.engine == "avgae":
            albums, validation, data = _sets(args, progress)
            learned: Learned = learn_avgae(albums, validation, _options(args.option), args.seed, progress)
        else:
            albums, _, data = _sets(args, progress, validate=False)
            learned = learn_links(albums, _options(args.option), args.seed, progress)
    training = {"seed": args.seed, "half": args.half, "data": data}
    filled = card.fill(learned.card, training, args.data, _command(args), learned.carries_over)
    with _writing(args.out):
        learned.write(args.out, filled)
    _tell(args, learned.summary, filled, started)


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(f"“{out}” cannot be written: {error}.") from error


def _tell(args: argparse.Namespace, words: str, card: dict[str, Any], started: float) -> None:
    seconds, size = round(time.perf_counter() - started, 1), args.out.stat().st_size
    if args.json:
        print(json.dumps({"out": str(args.out), "bytes": size, "seconds": seconds, "card": card}))
    else:
        print(f"{words} ({seconds} s)\nWeights: {args.out} ({size / 1e6:.2f} MB)")


@dataclass(frozen=True)
class _Task:
    """What a training needs, and what its card tells of it."""

    lesson: Teaching
    data: list[dict[str, Any]]
    options: str
    carries_over: str


def _faces(args: argparse.Namespace, progress: Progress) -> _Task:
    """A network learns from photos."""
    from photoclust.bench.train_densenet import CARRIES_OVER, Recipe, read_lesson

    try:
        recipe = Recipe(**_options(args.option))
    except TypeError as error:
        raise UserError(f"“{DENSENET}” cannot be trained with these options: {error}.") from error
    if args.epochs is not None:
        recipe = replace(recipe, epochs=args.epochs)
    lesson, data = read_lesson(args.data, recipe, progress, seed=args.seed, half=args.half, patience=args.patience)
    return _Task(lesson, data, repr(recipe), CARRIES_OVER)


def _vectors(args: argparse.Namespace, progress: Progress) -> _Task:
    """An engine learns from embeddings."""
    from photoclust.bench.card import SFACE_ONLY
    from photoclust.bench.train import Lesson
    from photoclust.clustering import catalog
    from photoclust.clustering.learning import Learner

    options = _options(args.option)
    learner = catalog.create(args.engine, **options)
    if args.epochs and hasattr(learner, "epochs"):  # its schedule ends with them
        learner = catalog.create(args.engine, **options | {"epochs": args.epochs})
    if not isinstance(learner, Learner):
        raise UserError(f"The engine “{args.engine}” has nothing to learn.")
    albums, validation, data = _sets(args, progress)
    lesson = Lesson(learner, albums, validation, args.seed, args.epochs, args.patience)
    return _Task(lesson, data, repr(learner), getattr(learner, "carries_over", SFACE_ONLY))


def _sets(
    args: argparse.Namespace, progress: Progress, *, validate: bool = True
) -> tuple[list[Labelled], list[Labelled], list[dict[str, Any]]]:
    """The sets to learn from, those of their validation persons (none: all are learned from), and what the card says of each."""
    from photoclust.bench.accuracy import load_all
    from photoclust.bench.card import describe_data
    from photoclust.bench.split import all_for_learning, learning_and_validation

    albums, validation, data = [], [], []
    for path, dataset in zip(args.data, load_all(args.data, progress), strict=True):
        validated = None
        if validate:
            learned, validated = learning_and_validation(dataset, half=args.half)
            validation.append(validated)
        else:
            learned = all_for_learning(dataset, half=args.half)
        albums.append(learned)
        data.append(describe_data(path, dataset, learned, validated))
    widths = {album.embeddings.shape[1] for album in albums}
    if len(widths) > 1:
        raise UserError(f"These data sets have vectors of different widths: {', '.join(map(str, sorted(widths)))}.")
    return albums, validation, data


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
    from photoclust.bench.link_training import read_card
    from photoclust.clustering.weights_file import read

    card = read_card(args.card) if args.card.suffix == ".npz" else read(args.card).card
    print(json.dumps(card) if args.json else markdown(card, args.card.name))


def _seed(word: str) -> int:
    number = int(word)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{word} is less than 0")
    return number
