"""A regrouping that is shown before it is applied: what would change, with the faces that tell it, and named persons or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from photoclust.core.edits import Regroup
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.said import Said
from photoclust.core.types import Person
from photoclust.library.differences import Difference, difference
from photoclust.library.editing import Applied
from photoclust.library.library import Library
from photoclust.library.standing import apply_if_standing, standing
from photoclust.workflows.group_faces import Grouping, group_faces, record

SHOWN = 12
"""At most so many faces are shown of one thing that would change."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that would change, with the ids of faces that show it: `faces`, then what becomes of them."""

    title: str
    detail: str = ""
    faces: tuple[int, ...] = ()
    becomes: tuple[int, ...] = ()
    more: int = 0
    """How many faces there are beside those in `faces`."""
    persons: bool = False
    """Whether `faces` stand for persons."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An edit, and what it would change."""

    edit: Regroup
    difference: Difference
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What grouping all faces again would do to a library as it stands."""

    grouping: Grouping
    standing: str
    careful: Proposal
    """Named persons stay as they are."""
    whole: Proposal
    """Named persons get the faces that were found for them."""
    again: bool = False
    """Whether an earlier preview had gone stale."""

    def __bool__(self) -> bool:
        """Whether anything would change at all."""
        return bool(self.whole.difference)


def preview_regrouping(library: Library, progress: Progress | None = None) -> Preview:
    """Group all faces and write nothing; `Cancelled` when the progress says stop."""
    progress = progress or Silent()
    stood = standing(library)
    grouping = group_faces(library, dry_run=True, progress=progress)
    progress.report(Status("Comparing"))
    progress.checkpoint()
    preview = preview_of(library, grouping, stood)
    progress.checkpoint()
    return preview


def preview_of(library: Library, grouping: Grouping, stood: str) -> Preview:
    """What a grouping that was not applied would do; `stood` is how the library stood before it began."""
    whole = careful = _proposal(library, grouping.edit, grouping.difference)
    if grouping.difference.named:
        edit = without_named(library, grouping.edit)
        careful = _proposal(library, edit, difference(library, edit))
    return Preview(grouping, stood, careful, whole)


def apply_preview(library: Library, preview: Preview, named: bool) -> Applied | None:
    """Apply what was shown, to named persons too if wanted; None, and nothing done, if the library stands differently now."""
    proposal = preview.whole if named else preview.careful
    applied = apply_if_standing(library, proposal.edit, preview.standing)
    if applied is not None:
        record(library, preview.grouping)
    return applied


def without_named(library: Library, edit: Regroup) -> Regroup:
    """The edit without the faces that named persons would get: those stay where they are."""
    named = {person.id for person in library.persons() if person.name}
    person_of = library.persons_of_faces()
    groups, confidence, kept = [], [], []
    sures: Sequence[tuple[float, ...]] = edit.confidence or [()] * len(edit.groups)
    for group, sure, person in zip(edit.groups, sures, edit.persons, strict=True):
        stay = [person not in named or person_of.get(face) == person for face in group]
        groups.append(tuple(face for face, stays in zip(group, stay, strict=True) if stays))
        confidence.append(tuple(s for s, stays in zip(sure, stay, strict=bool(sure)) if stays))
        kept += [face for face, stays in zip(group, stay, strict=True) if not stays]
    return replace(
        edit,
        groups=tuple(groups),
        confidence=tuple(confidence) if edit.confidence else (),
        unseen=tuple(sorted({*edit.unseen, *kept})),
    )


def _proposal(library: Library, edit: Regroup, changed: Difference) -> Proposal:
    return Proposal(edit, changed, tuple(_Lines(library, edit, changed).all()) if changed else ())


class _Lines:
    """Tells a difference with faces."""

    def __init__(self, library: Library, edit: Regroup, changed: Difference) -> None:
        self._persons = {person.id: person for person in library.persons()}
        self._person_of = library.persons_of_faces()
        self._edit = edit
        self._changed = changed
        self._sure = {
            face: sure for group, sures in zip(edit.groups, edit.confidence, strict=False)
            for face, sure in zip(group, sures, strict=True)
        }  # fmt: skip

    def all(self) -> Iterable[Line]:
        """What needs most attention comes first."""
        changed = self._changed
        gained = self._gained()
        told = {face for faces in gained.values() for face in faces}
        yield from self._named(gained)
        yield from self._joined()
        yield from self._divided()
        moved, placed = ([face for face in faces if face not in told] for faces in (changed.moved, changed.placed))
        n = len(moved)
        yield from self._of_faces(moved, Said("{n} faces move to other persons", one="{n} face moves to another person", n=n))
        n = len(placed)
        yield from self._of_faces(placed, Said("{n} faces of nobody find a person", one="{n} face of nobody finds a person", n=n))
        n = len(changed.taken_out)
        yield from self._of_faces(changed.taken_out, Said("{n} faces become nobody's", one="{n} face becomes nobody's", n=n))
        n = len(changed.unsure)
        yield from self._of_faces(changed.unsure, Said("{n} faces of these are unsure", one="{n} face of these is unsure", n=n))

    def _gained(self) -> dict[int, list[int]]:
        """The faces that named persons get."""
        gained: dict[int, list[int]] = {person: [] for person, *_ in self._changed.named}
        for group, person in zip(self._edit.groups, self._edit.persons, strict=True):
            if person in gained:
                gained[person] += [face for face in group if self._person_of.get(face) != person]
        return gained

    def _named(self, gained: dict[int, list[int]]) -> Iterable[Line]:
        for person, name, count in self._changed.named:
            shown = self._surest(gained[person])[: min(SHOWN, count)]
            gets = Said("gets {n} faces, has {size}", one="gets {n} face, has {size}", n=count, size=self._size(person))
            yield Line(name, gets, shown, self._covers([person]), count - len(shown))

    def _joined(self) -> Iterable[Line]:
        by_goal: dict[int, list[int]] = defaultdict(list)
        for person, goal in self._changed.joined:
            by_goal[goal].append(person)
        for goal, joined in sorted(by_goal.items(), key=lambda item: (-len(item[1]), item[0])):
            joined.sort(key=lambda person: -self._size(person))
            into = self._persons.get(goal)
            sizes = _listed([self._size(p) for p in (*joined, *([goal] if into else []))])
            title: str = Said("{n} persons joined", one="{n} person joined", n=len(joined) + bool(into))
            detail = Said("{sizes} faces", sizes=sizes)
            if into and into.name:
                title = into.name
                detail = Said("joined with {n} persons", one="joined with {n} person", n=len(joined))
            covers, cover = self._covers(joined[:SHOWN]), self._covers([goal])
            yield Line(title, detail, covers, cover, len(joined) - len(covers), persons=True)

    def _divided(self) -> Iterable[Line]:
        if not self._changed.divided:
            return
        parts: dict[int, list[list[int]]] = defaultdict(list)
        whose = dict(self._changed.divided)
        for group in self._edit.groups:
            shares: dict[int, list[int]] = defaultdict(list)
            for face in group:
                if (person := self._person_of.get(face)) in whose and person is not None:
                    shares[person].append(face)
            for person, faces in shares.items():
                if len(faces) > 1:
                    parts[person].append(faces)
        for person, count in self._changed.divided:
            largest = sorted(parts[person], key=lambda faces: (-len(faces), faces))[: min(count, SHOWN)]
            sizes = _listed([len(faces) for faces in largest])
            size = self._size(person)
            yield Line(
                Said("1 person divided into {count}", count=count),
                Said("{n} faces: {sizes}", one="{n} face: {sizes}", n=size, sizes=sizes), self._covers([person]),
                tuple(self._surest(faces)[0] for faces in largest), persons=True,
            )  # fmt: skip

    def _of_faces(self, faces: Sequence[int], words: Said) -> Iterable[Line]:
        if faces:
            yield Line(words, "", tuple(faces[:SHOWN]), (), len(faces) - len(faces[:SHOWN]))

    def _surest(self, faces: Sequence[int]) -> tuple[int, ...]:
        return tuple(sorted(faces, key=lambda face: (-self._sure.get(face, 0.0), face)))

    def _covers(self, persons: Sequence[int]) -> tuple[int, ...]:
        found: list[Person] = [self._persons[person] for person in persons if person in self._persons]
        return tuple(person.cover_face_id for person in found if person.cover_face_id is not None)

    def _size(self, person: int) -> int:
        found = self._persons.get(person)
        return found.face_count if found else 0


def _listed(numbers: Sequence[int]) -> str:
    """Numbers in a row: "12, 7 and 3"."""
    if len(numbers) < 2:
        return "".join(f"{number:,}" for number in numbers)
    return Said("{some} and {last}", some=", ".join(f"{number:,}" for number in numbers[:-1]), last=numbers[-1])
