"""Put the photos of persons into folders, one a person; the photos themselves are never changed.

First a plan says what would be done, then it is carried out. Nothing is ever overwritten, and what was done before is
found done: an export that was stopped goes on where it stood.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.said import Said
from photoclust.media.names import numbered_name
from photoclust.media.scan import printable
from photoclust.workflows.export_files import SourceProblem, copy_new, hash_if_same, is_same_file, read_problem
from photoclust.workflows.export_manifest import Entry, write_manifest
from photoclust.workflows.export_plan import ExportItem, ExportPlan, Mode, Skipped, plan_export, plan_photos, size_text

__all__ = ["ExportItem", "ExportPlan", "ExportReport", "Mode", "Skipped", "plan_export", "plan_photos", "run_export", "size_text"]

_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export has done."""

    copied: int
    """Files made now (links too)."""
    skipped_existing: int
    """Files that were there already, with the same content."""
    bytes: int
    """Written now; 0 for links."""
    manifest: str
    """Where it is written what came from where."""
    skipped: tuple[Skipped, ...] = ()
    """Photos that could not be read when their turn came."""


def run_export(plan: ExportPlan, progress: Progress | None = None) -> ExportReport:
    """Carry a plan out and write `manifest.json`; what is there already with the same content counts as done.

    UserError when the disk is full or `out` cannot be written, `Cancelled` when the progress says stop: what is finished
    stays then, nothing is half-written, and the same export again goes on from there.
    """
    progress = progress or Silent()
    _check_room(plan)
    reserved = {item.target for item in plan.items}
    phase = Said("Copying photos") if plan.mode == "copy" else Said("Linking photos")
    entries: list[Entry] = []
    skipped: list[Skipped] = []
    copied = existing = size = 0
    checked: set[Path] = set()
    try:
        for done, item in enumerate(plan.items):
            progress.checkpoint()
            progress.report(Status(phase, done, len(plan.items), errors=len(skipped)))
            if item.target.parent not in checked:
                _make_folder(plan.out, item.target.parent)
                checked.add(item.target.parent)
            try:
                entry, is_new = _place(plan, item, reserved, progress.checkpoint)
            except SourceProblem as problem:
                skipped.append(Skipped(item.source, str(problem)))
                continue
            entries.append(entry)
            copied += is_new
            existing += not is_new
            size += entry.size if is_new and plan.mode == "copy" else 0
        progress.report(Status(phase, len(plan.items), len(plan.items), errors=len(skipped)))
    except OSError as problem:
        raise UserError(_write_problem(problem, plan, copied + existing)) from problem
    finally:
        manifest = _keep_manifest(plan, entries)
    return ExportReport(copied, existing, size, str(manifest or ""), tuple(skipped))


def _place(plan: ExportPlan, item: ExportItem, reserved: set[Path], checkpoint: Callable[[], None]) -> tuple[Entry, bool]:
    """Put one photo where it belongs, beside what is there already with other content; whether the file is new."""
    target, number = item.target, 1
    while True:
        there = plan.out / target
        if not os.path.lexists(there):
            try:
                digest, size = _make(plan.mode, item.source, there, checkpoint)
                return Entry(item.source, target, item.person, size, digest), True
            except FileExistsError:  # somebody was faster: look at what came
                continue
        if is_same_file(item.source, there):  # the link that an earlier export made
            return Entry(item.source, target, item.person, item.size, None), False
        same = hash_if_same(item.source, there, checkpoint)
        if same is not None:
            return Entry(item.source, target, item.person, item.size, same), False
        while True:
            number += 1
            target = item.target.with_name(numbered_name(item.target.name, number, keep_suffix=True))
            if target not in reserved:
                break


def _make(mode: Mode, source: Path, target: Path, checkpoint: Callable[[], None]) -> tuple[str | None, int]:
    """Make a file or link that is not there; sha256 (None for links) and size in bytes."""
    if mode == "copy":
        return copy_new(source, target, checkpoint)
    with read_problem():
        size = source.stat().st_size
    try:
        if mode == "symlink":
            target.symlink_to(source)
        else:
            target.hardlink_to(source.resolve())
    except FileExistsError:
        raise
    except OSError as problem:
        if problem.errno in _FULL:
            raise
        where = printable(str(target.parent.parent))
        if problem.errno == errno.EXDEV:
            raise UserError(
                Said("Hard links cannot lead to another disk, and “{where}” is on one. Copy instead.", where=where)
            ) from problem
        raise UserError(
            Said("Links cannot be made in “{where}” ({reason}). Copy instead.", where=where, reason=problem.strerror)
        ) from problem
    return None, size


def _make_folder(out: Path, folder: Path) -> None:
    """Make a person's folder; UserError where something else has its name, or it leads out of `out`."""
    there = out / folder
    try:
        there.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise UserError(
            Said("“{there}” cannot be a folder: a file has that name already.", there=printable(str(there)))
        ) from None
    if there.resolve().parent != out.resolve():
        raise UserError(Said("“{there}” is a link that leads elsewhere. Choose another folder.", there=printable(str(there))))


def _check_room(plan: ExportPlan) -> None:
    if plan.mode != "copy":
        return
    needed = sum(item.size for item in plan.items if not os.path.lexists(plan.out / item.target))
    folder = next((f for f in (plan.out, *plan.out.parents) if f.is_dir()), None)
    if folder is None:
        return
    free = shutil.disk_usage(folder).free
    if needed > free:
        where = printable(str(plan.out))
        raise UserError(
            Said(
                "{needed} are needed, but only {free} are free on the disk of “{where}”.",
                needed=size_text(needed),
                free=size_text(free),
                where=where,
            )
        )


def _write_problem(problem: OSError, plan: ExportPlan, done: int) -> str:
    where = printable(str(plan.out))
    if problem.errno in _FULL:
        return Said(
            "The disk is full: {done} of {total} files are in “{where}”. Make room and export again to go on.",
            done=done,
            total=len(plan.items),
            where=where,
        )
    if problem.errno == errno.EFBIG:
        return Said("A photo is too large for the disk of “{where}”. Choose a folder on another disk.", where=where)
    return Said(
        "“{where}” cannot be written to ({reason}). Choose another folder.", where=where, reason=problem.strerror or str(problem)
    )


def _keep_manifest(plan: ExportPlan, entries: list[Entry]) -> Path | None:
    """Write down what is done, however the export ended; None where even that is impossible."""
    if not entries:
        return None
    try:
        return write_manifest(plan.out, plan.mode, entries)
    except OSError:
        return None
