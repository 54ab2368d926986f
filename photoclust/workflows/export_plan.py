"""What an export of persons, or of chosen photos, would do, said before it is done."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Protocol

from photoclust.core.errors import UserError
from photoclust.core.said import Said
from photoclust.core.types import Face, Person, Photo
from photoclust.media.errors import os_reason
from photoclust.media.names import name_key, safe_name, unique_name
from photoclust.media.scan import printable
from photoclust.workflows.export_files import is_same_file
from photoclust.workflows.export_manifest import MANIFEST

Mode = Literal["copy", "hardlink", "symlink"]


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
    album: str = ""
    """What the one folder of chosen photos is called; empty where every person has one."""

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
        told: list[str] = []
        photos = len({item.source for item in self.items})
        if not self.items:
            told.append(Said("There is no photo to export."))
        else:
            what: str = Said("{n} photos", one="{n} photo", n=photos)
            if self.mode == "copy":
                what = Said("{photos} ({size})", photos=what, size=size_text(self.total_bytes))
            if not self.album:
                persons = Said("{n} persons", one="{n} person", n=len(self.persons))
                what = Said("{photos} of {persons}", photos=what, persons=persons)
            where = printable(str(self.out / self.persons[0] if self.album else self.out))
            told.append(
                Said("Copies {photos} into “{folder}”.", photos=what, folder=where) if self.mode == "copy"
                else Said("Links {photos} into “{folder}”.", photos=what, folder=where)
            )  # fmt: skip
            if len(self.items) > photos:
                files = len(self.items)
                told.append(Said("Photos of several persons go into each one's folder: {files} files.", files=files))
        if self.skipped:
            n = len(self.skipped)
            told.append(
                Said("Left out, as gone or not readable: {n} photos.", one="Left out, as gone or not readable: {n} photo.", n=n)
            )
        return Said.row(told)


def plan_export(
    library: Album, out: Path, *, persons: Collection[int] | None = None, names: Collection[str] = (), mode: Mode = "copy"
) -> ExportPlan:
    """Say which photos would go where; looks at the disk but writes nothing.

    Without `persons` (ids) and `names`: all named persons, or everybody while nobody has a name. A photo comes once into the
    folder of every person in it. Raises UserError for unknown persons, or when `out` lies in a scanned folder.
    """
    out = _place(library, out)
    albums = []
    for person in _chosen(library, persons, names):
        faces = library.faces(library.face_ids(person_id=person.id))
        albums.append((person.name or f"Person {person.id}", library.photos({face.photo_id for face in faces})))
    return _plan(library, out, albums, mode)


def plan_photos(library: Album, out: Path, photo_ids: Collection[int], album: str, mode: Mode = "copy") -> ExportPlan:
    """Say where these photos would go, all in one folder called `album`; otherwise as `plan_export`."""
    if not photo_ids:
        raise UserError(Said("There is no photo to export; please select some."))
    return replace(_plan(library, _place(library, out), [(album, library.photos(photo_ids))], mode), album=album)


def _place(library: Album, out: Path) -> Path:
    """The whole path of a folder to export to, UserError where a scan would find it."""
    out = Path(os.path.abspath(Path(out).expanduser()))  # noqa: PTH100 - resolve() would hide a link that the user chose
    _refuse(out.resolve(), library.roots())
    return out


def _plan(library: Album, out: Path, albums: Iterable[tuple[str, list[Photo]]], mode: Mode) -> ExportPlan:
    """Every album in a folder of its own."""
    real = out.resolve()
    scanned = (root.relative_to(real).parts[0] for root in library.roots() if root.is_relative_to(real))
    folders = {name_key(MANIFEST), *map(name_key, scanned)}
    items: list[ExportItem] = []
    skipped: dict[Path, Skipped] = {}
    for label, photos in albums:
        folder = Path(unique_name(safe_name(label), folders))
        taken: set[str] = set()
        for photo in photos:
            found = _look_at(photo)
            if isinstance(found, Skipped):
                skipped[photo.path] = found
            else:
                name = unique_name(safe_name(photo.path.name, keep_suffix=True), taken, keep_suffix=True)
                items.append(ExportItem(photo.path, folder / name, label, found))
    return ExportPlan(out, mode, tuple(items), tuple(skipped.values()))


def size_text(size: int) -> str:
    """Bytes as people say them: “812 KB”, “3.4 GB”."""
    amount = float(size)
    for unit in ("bytes", "KB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    exact = unit in ("MB", "GB") and amount < 100
    return Said(f"{{amount}} {unit}", amount=amount if exact else round(amount))


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
        raise UserError(Said("There is no person {number} (any more).", number=missing))
    for name in names:
        found = {p.id for p in library.find_persons(name)} or {
            p.id for p in everybody if not p.name and f"person {p.id}" == name.strip().casefold()
        }
        if not found:
            raise UserError(Said("No person is called “{name}”.", name=name))
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
    return found.st_size if stat.S_ISREG(found.st_mode) else Skipped(photo.path, Said("It is no file any more."))


def _refuse(out: Path, roots: Iterable[Path]) -> None:
    """UserError where `out` is a file, or a scan would find the exported photos again."""
    if out.exists() and not out.is_dir():
        raise UserError(Said("“{folder}” is not a folder.", folder=printable(str(out))))
    for root in roots:
        if out.is_relative_to(root) or any(is_same_file(folder, root) for folder in (out, *out.parents)):
            raise UserError(
                Said(
                    "“{folder}” is inside “{scanned}”, which is scanned for photos: the exported ones would be found again. "
                    "Choose a folder outside.",
                    folder=printable(str(out)),
                    scanned=printable(str(root)),
                )
            )
