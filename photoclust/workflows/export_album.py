"""Put the photos of persons into folders, one a person; the photos themselves are never changed.

First a plan says what would be done, then it is carried out. Nothing is ever overwritten, and what was done before is
found done: an export that was stopped goes on where it stood.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.types import Face, Person, Photo
from photoclust.media.errors import os_reason
from photoclust.media.names import name_key, numbered_name, safe_name, unique_name
from photoclust.media.scan import printable
from photoclust.workflows.export_files import SourceProblem, copy_new, hash_if_same, read_problem
from photoclust.workflows.export_manifest import MANIFEST, Entry, write_manifest

Mode = Literal["copy", "hardlink", "symlink"]

_VERBS: dict[Mode, tuple[str, str]] = {
    "copy": ("Copies", "Copying photos"),
    "hardlink": ("Links", "Linking photos"),
    "symlink": ("Links", "Linking photos"),
}
_FULL = (errno.ENOSPC, errno.EDQUOT)


class Album(Protocol):
    """What an export asks of a library."""

    def roots(self) -> list[Path]:
        """The folders that were scanned."""

    def persons(self) -> list[Person]:
        """Everybody, biggest first."""

    def find_persons(self, name: str) -> list[Person]:
        """The persons of this name."""

    def face_ids(self, *, person_id: int | None) -> list[int]:
        """The faces of a person."""

    def faces(self, ids: Collection[int]) -> list[Face]:
        """Faces by id."""

    def photos(self, ids: Collection[int]) -> list[Photo]:
        """Photos by id."""


@dataclass(frozen=True, slots=True)
class ExportItem:
    """One photo that goes into one person's folder."""

    source: Path
    target: Path
    """Relative to the folder exported to."""
    person: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A photo that is left out, and why in a sentence."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What an export would do."""

    out: Path
    mode: Mode
    items: tuple[ExportItem, ...]
    skipped: tuple[Skipped, ...]

    @property
    def total_bytes(self) -> int:
        """Of all files in the person's folders together."""
        return sum(item.size for item in self.items)

    @property
    def persons(self) -> tuple[str, ...]:
        """The folders, one a person, in the order in which they are filled."""
        return tuple(dict.fromkeys(item.target.parts[0] for item in self.items))

    def describe(self) -> str:
        """What would be done, in one to three sentences."""
        photos = len({item.source for item in self.items})
        if not self.items:
            text = "There is no photo to export."
        else:
            room = f" ({size_text(self.total_bytes)})" if self.mode == "copy" else ""
            text = (
                f"{_VERBS[self.mode][0]} {_count(photos, 'photo')}{room} of {_count(len(self.persons), 'person')} "
                f"into “{printable(str(self.out))}”."
            )
            if len(self.items) > photos:
                text += f" Photos of several persons go into each one's folder: {len(self.items):,} files."
        if self.skipped:
            text += f" Left out, as gone or not readable: {_count(len(self.skipped), 'photo')}."
        return text


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


def plan_export(
    library: Album, out: Path, *, persons: Collection[int] | None = None, names: Collection[str] = (), mode: Mode = "copy"
) -> ExportPlan:
    """Say which photos would go where; looks at the disk but writes nothing.

    Without `persons` (ids) and `names`: all named persons, or everybody while nobody has a name. A photo comes once into the
    folder of every person in it. Raises UserError for unknown persons, or when `out` lies in a scanned folder.
    """
    out = Path(os.path.abspath(Path(out).expanduser()))  # noqa: PTH100 - resolve() would hide a link that the user chose
    roots = library.roots()
    real = out.resolve()
    _refuse(real, roots)
    folders = {name_key(MANIFEST)} | {name_key(r.relative_to(real).parts[0]) for r in roots if r.is_relative_to(real)}
    items: list[ExportItem] = []
    skipped: dict[Path, Skipped] = {}
    for person in _chosen(library, persons, names):
        label = person.name or f"Person {person.id}"
        folder = Path(unique_name(safe_name(label), folders))
        taken: set[str] = set()
        faces = library.faces(library.face_ids(person_id=person.id))
        for photo in library.photos({face.photo_id for face in faces}):
            found = _look_at(photo)
            if isinstance(found, Skipped):
                skipped[photo.path] = found
            else:
                name = unique_name(safe_name(photo.path.name, keep_suffix=True), taken, keep_suffix=True)
                items.append(ExportItem(photo.path, folder / name, label, found))
    return ExportPlan(out, mode, tuple(items), tuple(skipped.values()))


def run_export(plan: ExportPlan, progress: Progress | None = None) -> ExportReport:
    """Carry a plan out and write `manifest.json`; what is there already with the same content counts as done.

    UserError when the disk is full or `out` cannot be written, `Cancelled` when the progress says stop: what is finished
    stays then, nothing is half-written, and the same export again goes on from there.
    """
    progress = progress or Silent()
    _check_room(plan)
    reserved = {item.target for item in plan.items}
    entries: list[Entry] = []
    skipped: list[Skipped] = []
    copied = existing = size = 0
    checked: set[Path] = set()
    try:
        for done, item in enumerate(plan.items):
            progress.checkpoint()
            progress.report(Status(_VERBS[plan.mode][1], done, len(plan.items), errors=len(skipped)))
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
        progress.report(Status(_VERBS[plan.mode][1], len(plan.items), len(plan.items), errors=len(skipped)))
    except OSError as problem:
        raise UserError(_write_problem(problem, plan, copied + existing)) from problem
    finally:
        manifest = _keep_manifest(plan, entries)
    return ExportReport(copied, existing, size, str(manifest or ""), tuple(skipped))


def size_text(size: int) -> str:
    """Bytes as people say them: “812 KB”, “3.4 GB”."""
    amount = float(size)
    for unit in ("bytes", "KB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    return f"{amount:.1f} {unit}" if unit in ("MB", "GB") and amount < 100 else f"{amount:,.0f} {unit}"


def _chosen(library: Album, ids: Collection[int] | None, names: Collection[str]) -> list[Person]:
    everybody = library.persons()
    if ids is None and not names:
        chosen = [p for p in everybody if p.name] or everybody
        if not chosen:
            raise UserError("There are no persons to export yet: scan a folder and group the faces first.")
        return chosen
    by_id = {p.id: p for p in everybody}
    wanted = set(ids or ())
    for missing in sorted(wanted - by_id.keys()):
        raise UserError(f"There is no person {missing} (any more).")
    for name in names:
        found = {p.id for p in library.find_persons(name)} or {
            p.id for p in everybody if not p.name and f"person {p.id}" == name.strip().casefold()
        }
        if not found:
            raise UserError(f"No person is called “{name}”.")
        wanted |= found
    return [p for p in everybody if p.id in wanted]


def _look_at(photo: Photo) -> int | Skipped:
    """The size of a photo's file in bytes, or why the photo is left out."""
    if photo.error is not None:
        return Skipped(photo.path, photo.error)
    try:
        found = photo.path.stat()
    except OSError as problem:
        return Skipped(photo.path, os_reason(problem))
    return found.st_size if stat.S_ISREG(found.st_mode) else Skipped(photo.path, "It is no file any more.")


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
        if _is_same(item.source, there):  # the link that an earlier export made
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
            raise UserError(f"Hard links cannot lead to another disk, and “{where}” is on one. Copy instead.") from problem
        raise UserError(f"Links cannot be made in “{where}” ({problem.strerror}). Copy instead.") from problem
    return None, size


def _make_folder(out: Path, folder: Path) -> None:
    """Make a person's folder; UserError where something else has its name, or it leads out of `out`."""
    there = out / folder
    try:
        there.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise UserError(f"“{printable(str(there))}” cannot be a folder: a file has that name already.") from None
    if there.resolve().parent != out.resolve():
        raise UserError(f"“{printable(str(there))}” is a link that leads elsewhere. Choose another folder.")


def _refuse(out: Path, roots: Iterable[Path]) -> None:
    """UserError where `out` is a file, or a scan would find the exported photos again."""
    if out.exists() and not out.is_dir():
        raise UserError(f"“{printable(str(out))}” is not a folder.")
    for root in roots:
        if out.is_relative_to(root) or any(_is_same(folder, root) for folder in (out, *out.parents)):
            raise UserError(
                f"“{printable(str(out))}” is inside “{printable(str(root))}”, which is scanned for photos: the exported ones "
                "would be found again. Choose a folder outside."
            )


def _is_same(a: Path, b: Path) -> bool:
    """Whether both are one file or folder, be it by links or under names that differ by case."""
    try:
        return a.samefile(b)
    except OSError:
        return False


def _check_room(plan: ExportPlan) -> None:
    if plan.mode != "copy":
        return
    needed = sum(item.size for item in plan.items if not os.path.lexists(plan.out / item.target))
    folder = next((f for f in (plan.out, *plan.out.parents) if f.is_dir()), None)
    if folder is None:
        return
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise UserError(f"{size_text(needed)} are needed, but only {size_text(free)} are free on the disk of “{plan.out}”.")


def _write_problem(problem: OSError, plan: ExportPlan, done: int) -> str:
    where = printable(str(plan.out))
    if problem.errno in _FULL:
        return f"The disk is full: {done} of {len(plan.items)} files are in “{where}”. Make room and export again to go on."
    if problem.errno == errno.EFBIG:
        return f"A photo is too large for the disk of “{where}”. Choose a folder on another disk."
    return f"“{where}” cannot be written to ({problem.strerror or problem}). Choose another folder."


def _keep_manifest(plan: ExportPlan, entries: list[Entry]) -> Path | None:
    """Write down what is done, however the export ended; None where even that is impossible."""
    if not entries:
        return None
    try:
        return write_manifest(plan.out, plan.mode, entries)
    except OSError:
        return None


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
