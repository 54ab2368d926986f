"""What a grouping would change, told before it is applied: the same rows that applying it would write, only counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from photoclust.core.certainty import UNSURE
from photoclust.core.edits import Regroup
from photoclust.library.plans import next_person
from photoclust.library.questions import Questions
from photoclust.library.regrouping import plan_rows


@dataclass(frozen=True, slots=True)
class Difference:
    """How persons and faces would stand after a grouping, compared with now; ids of persons and faces, rising."""

    joined: tuple[tuple[int, int], ...] = ()
    """(person, person that most of its faces would go to)."""
    divided: tuple[tuple[int, int], ...] = ()
    """(person, in how many parts of at least two faces): one part stays or goes elsewhere, the others become new persons."""
    moved: tuple[int, ...] = ()
    """Faces that would go from one person to another, without those of persons joined or divided."""
    placed: tuple[int, ...] = ()
    """Nobody's faces that would get a person."""
    taken_out: tuple[int, ...] = ()
    """Faces that would become nobody's."""
    new_persons: int = 0
    """Persons that would be made."""
    named: tuple[tuple[int, str, int], ...] = ()
    """(person, name, faces gained) of the named persons touched; they never lose one."""
    unsure: tuple[int, ...] = ()
    """Faces that would be touched and that the grouping is not sure of."""

    def __bool__(self) -> bool:
        """Whether any face would go elsewhere."""
        return bool(self.joined or self.divided or self.moved or self.placed or self.taken_out)

    def sentences(self) -> list[str]:
        """The difference in plain words."""
        told = [f"{name} gets {_count(gained, 'face')}." for _, name, gained in self.named]
        if self.joined:
            told.append(f"{_count(len(self.joined), 'person')} would be joined with others.")
        if self.divided:
            told.append(f"{_count(len(self.divided), 'person')} would be divided.")
        if self.moved:
            told.append(f"{_count(len(self.moved), 'face')} would move to another person.")
        if self.placed:
            told.append(f"{_count(len(self.placed), 'face')} of nobody would find a person.")
        if self.new_persons:
            told.append(f"{_count(self.new_persons, 'person')} would be new.")
        if self.taken_out:
            told.append(f"{_count(len(self.taken_out), 'face')} would belong to nobody.")
        if self.unsure:
            told.append(f"{_count(len(self.unsure), 'face')} of these would be unsure.")
        return told or ["Nothing would change."]


def difference(library: Questions, edit: Regroup) -> Difference:
    """What applying a grouping to the library as it is would change; nothing is written."""
    db = library._db
    first_new = next_person(db)
    rows = plan_rows(db, edit, first_new)
    before = library.persons_of_faces()
    names: dict[int, str] = dict(db.rows("SELECT id, name FROM persons WHERE name <> ''"))
    to = {face: row[0] for face, row in rows.faces.items() if row is not None}
    changed = {face: person for face, person in to.items() if person != before.get(face)}
    sizes = Counter(before.values())
    flows: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for face, person in changed.items():
        if face in before and person is not None:
            flows[before[face]][person].append(face)

    joined: dict[int, int] = {}
    divided: dict[int, int] = {}
    told: set[int] = set()
    gains = Counter(person for person in changed.values() if person is not None)
    for person, flow in flows.items():
        goal, most = min(flow.items(), key=lambda item: (-len(item[1]), item[0]))
        if 2 * len(most) > sizes[person] and (goal < first_new or gains[goal] > len(most)):
            joined[person] = goal
            told.update(most)
        parts = [faces for target, faces in flow.items() if target >= first_new and len(faces) > 1]
        left = sizes[person] - sum(map(len, parts))
        if parts and len(parts) + (left > 1) > 1:
            divided[person] = len(parts) + (left > 1)
            told.update(face for faces in parts for face in faces)
    moved = {face for flow in flows.values() for faces in flow.values() for face in faces} - told
    named = Counter(person for person in changed.values() if person in names)
    sure = {f: s for group, sures in zip(edit.groups, edit.confidence, strict=False) for f, s in zip(group, sures, strict=True)}
    return Difference(
        joined=tuple(sorted(joined.items())),
        divided=tuple(sorted(divided.items())),
        moved=tuple(sorted(moved)),
        placed=tuple(sorted(face for face, person in changed.items() if face not in before and person is not None)),
        taken_out=tuple(sorted(face for face, person in changed.items() if person is None)),
        new_persons=len(rows.persons),
        named=tuple(sorted((person, names[person], count) for person, count in named.items() if person is not None)),
        unsure=tuple(sorted(f for f, person in changed.items() if person is not None and sure.get(f, 1.0) < UNSURE)),
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
