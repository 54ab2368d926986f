"""What each edit means: the rows it wants, worked out from the library as it is; nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from photoclust.core.edits import (
    AddFace,
    BringBackFaces,
    ChangeBox,
    ConfirmFaces,
    Edit,
    IgnoreFaces,
    MergePersons,
    MoveFaces,
    NewPerson,
    NotAFace,
    Regroup,
    RenamePerson,
    Restore,
    SetCover,
    SetStrangers,
    SplitPerson,
    TellApart,
    Together,
)
from photoclust.core.errors import UserError
from photoclust.core.names import tidy_name
from photoclust.core.said import Said
from photoclust.core.types import FaceState
from photoclust.library.boxes import removable, restorable
from photoclust.library.database import Database, ids_json
from photoclust.library.drawing import added, changed
from photoclust.library.regrouping import plan_rows
from photoclust.library.rows import FaceRow, LinkRow, Pair, PersonRow, Rows, pair, read_faces, read_links, read_persons

WITNESSES = 64
"""At most so many of a person's best faces bear a cannot-link to a face that was taken out of it."""

_OTHERS = """
    SELECT DISTINCT person FROM faces
    WHERE person IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows an edit wants, and its text."""

    rows: Rows
    text: str


def plan(db: Database, edit: Edit) -> Plan:
    """What an edit means now; UserError when it names what is gone or makes no sense."""
    match edit:
        case RenamePerson():
            return _rename(db, edit)
        case MoveFaces(face_ids, person):
            if person is None:
                return _take_out(db, face_ids)
            (name, _) = _persons(db, [person])[person]
            text = Said("Move {n} faces to {name}", one="Move {n} face to {name}", n=_count(face_ids), name=_called(name))
            return Plan(_place(db, face_ids, person), text)
        case NewPerson(face_ids, name):
            n, called = _count(face_ids), tidy_name(name)
            text = Said("Make a new person of {n} faces", one="Make a new person of {n} face", n=n)
            if called:
                text = Said("Make “{name}” of {n} faces", one="Make “{name}” of {n} face", n=n, name=called)
            return Plan(_found(db, face_ids, name), text)
        case SplitPerson():
            return _split(db, edit)
        case MergePersons():
            return _merge(db, edit)
        case ConfirmFaces(face_ids):
            faces = _faces(db, face_ids)
            kept: dict[int, FaceRow] = {i: (p, True, s, None) for i, (p, _, s, _) in faces.items() if p is not None}
            text = Said("Confirm {n} faces", one="Confirm {n} face", n=_count(face_ids))
            return Plan(Rows(kept, links=_settled(db, kept)), text)
        case TellApart(pairs):
            return _tell_apart(db, pairs)
        case IgnoreFaces(face_ids):
            text = Said("Ignore {n} faces", one="Ignore {n} face", n=_count(face_ids))
            return Plan(_aside(_faces(db, face_ids), FaceState.IGNORED), text)
        case NotAFace(face_ids):
            n = _count(face_ids)
            text = Said("Say that {n} faces are no face", one="Say that {n} face is no face", n=n)
            return Plan(_aside(_faces(db, face_ids), FaceState.NOT_A_FACE), text)
        case BringBackFaces(face_ids):
            away = [i for i, row in _faces(db, face_ids).items() if row[2] != FaceState.FACE]
            text = Said("Bring back {n} faces", one="Bring back {n} face", n=_count(face_ids))
            return Plan(_aside(away, FaceState.FACE), text)
        case SetCover():
            return _set_cover(db, edit)
        case SetStrangers():
            return _set_strangers(db, edit)
        case AddFace():
            return Plan(added(db, edit), Said("Mark a face"))
        case ChangeBox():
            return Plan(changed(db, edit), Said("Change the box of a face"))
        case Regroup(groups):
            grouped = [face for group in groups for face in group]
            text = Said("Group {n} faces", one="Group {n} face", n=_count(grouped))
            return Plan(plan_rows(db, edit, next_person(db)), text)
        case Restore():
            return _restore(db, edit)
        case Together():
            raise TypeError("edits that are made together are planned one by one")


def next_person(db: Database) -> int:
    """The id that the next new person gets; ids are never used twice, also after an undo."""
    return int(db.value("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'persons'), 0) + 1"))


def _rename(db: Database, edit: RenamePerson) -> Plan:
    ((old, cover),) = _persons(db, [edit.person_id]).values()
    name = tidy_name(edit.name)
    text = Said("Name “{name}”", name=name) if name else Said("Take the name from {name}", name=_called(old))
    if name and old:
        text = Said("Rename {old} to “{name}”", old=old, name=name)
    return Plan(Rows(persons={edit.person_id: (name, cover)}), text)


def _take_out(db: Database, face_ids: Collection[int]) -> Plan:
    """Faces out of their persons: "not this person"."""
    old = {i: row for i, row in _faces(db, face_ids).items() if row[0] is not None}
    names = _persons(db, {p for p, *_ in old.values() if p is not None})
    rows = Rows({i: (None, False, row[2], None) for i, row in old.items()})
    for person, moved in _by_person(old).items():
        stay = _members(db, person, without=old)
        for link, (must, _) in read_links(db, moved).items():
            if must and not stay.isdisjoint(link):
                rows.links[link] = None
        rows.links |= {pair(a, b): (False, "taken out by hand") for a in moved for b in _best(db, person, without=old) if a != b}
    where = _called(next(iter(names.values()))[0]) if len(names) == 1 else Said("their persons")
    n = _count(face_ids)
    return Plan(rows, Said("Take {n} faces out of {name}", one="Take {n} face out of {name}", n=n, name=where))


def _found(db: Database, face_ids: Collection[int], name: str) -> Rows:
    """Faces into a new person."""
    person = next_person(db)
    rows = _place(db, face_ids, person)
    rows.persons[person] = (tidy_name(name), None)
    return rows


def _split(db: Database, edit: SplitPerson) -> Plan:
    ((name, _),) = _persons(db, [edit.person_id]).values()
    faces = _faces(db, edit.face_ids)
    if any(row[0] != edit.person_id for row in faces.values()):
        raise UserError(Said("Only faces of {name} can be split off; please select again.", name=_called(name)))
    if _members(db, edit.person_id, without=()) <= faces.keys():
        raise UserError(
            Said("These are all the faces of {name}; please leave at least one to split off the others.", name=_called(name))
        )
    n = _count(edit.face_ids)
    text = Said("Split {n} faces off {name}", one="Split {n} face off {name}", n=n, name=_called(name))
    return Plan(_found(db, edit.face_ids, edit.name), text)


def _merge(db: Database, edit: MergePersons) -> Plan:
    others = [p for p in dict.fromkeys(edit.person_ids) if p != edit.into]
    persons = _persons(db, [edit.into, *others])
    if not others:
        raise UserError("Please choose at least two persons to merge.")
    name, cover = persons[edit.into]
    name = name or next((persons[p][0] for p in others if persons[p][0]), "")
    best = [next(iter(_best(db, p, limit=1)), None) for p in (edit.into, *others)]
    members = set().union(*(_members(db, p, without=()) for p in (edit.into, *others)))
    rows = Rows(dict.fromkeys(members, (edit.into, True, FaceState.FACE.value, None)))
    for face, row in read_faces(db, members.intersection(edit.doubtful)).items():
        rows.faces[face] = (edit.into, *row[1:])
    rows.persons = dict.fromkeys(others) | {edit.into: (name, cover)}
    rows.links = _settled(db, rows.faces)
    faces = [face for face in best if face is not None]
    rows.links |= {pair(faces[0], face): (True, "merged by hand") for face in faces[1:]}
    return Plan(rows, _merged(db, persons, members, others, edit.into, name))


def _merged(
    db: Database, persons: dict[int, PersonRow], members: set[int], others: list[int], into: int, name: str
) -> Said:  # fmt: skip
    """Who comes to whom; where somebody without a name gets the other's, it is he who comes."""
    stays = next((p for p in others if persons[p][0] == name), into) if name and not persons[into][0] else into
    come = [p for p in (into, *others) if p != stays]
    n = len(members - _members(db, stays, without=()))
    if len(come) == 1:
        other = _called(persons[come[0]][0])
        return Said(
            "Merge {other} into {name}, {n} faces",
            one="Merge {other} into {name}, {n} face",
            n=n,
            other=other,
            name=_called(name),
        )
    return Said("Merge {persons} persons into {name}, {n} faces", n=n, persons=len(come), name=_called(name))


def _tell_apart(db: Database, pairs: Collection[tuple[int, int]]) -> Plan:
    """Links between faces that are two persons; who is with one person by hand stays, and so does what binds the two."""
    if any(a == b for a, b in pairs):
        raise UserError("A face cannot be told apart from itself; please choose two.")
    faces = _faces(db, {face for both in pairs for face in both})
    rows = Rows()
    for a, b in pairs:
        if faces[a][0] is None or faces[a][0] != faces[b][0]:
            rows.links[pair(a, b)] = (False, "told apart by hand")
    return Plan(rows, Said("Say that they are different persons"))


def _aside(face_ids: Iterable[int], state: FaceState) -> Rows:
    return Rows(dict.fromkeys(face_ids, (None, False, state.value, None)))


def _set_cover(db: Database, edit: SetCover) -> Plan:
    ((name, _),) = _persons(db, [edit.person_id]).values()
    if edit.face_id is not None and _faces(db, [edit.face_id])[edit.face_id][0] != edit.person_id:
        raise UserError(Said("The cover must be a face of {name}; please choose another one.", name=_called(name)))
    return Plan(Rows(persons={edit.person_id: (name, edit.face_id)}), Said("Set the cover of {name}", name=_called(name)))


def _set_strangers(db: Database, edit: SetStrangers) -> Plan:
    """It is said of faces, so that it stands when others join them, or they go elsewhere."""
    faces = _faces(db, edit.face_ids)
    names = [name for name, _ in _persons(db, {row[0] for row in faces.values() if row[0] is not None}).values() if name]
    if edit.strangers and names:
        raise UserError(f"{names[0]} has a name, and whoever has one is no stranger.")
    n = _count(edit.face_ids)
    text = Said("Keep {n} faces in view", one="Keep {n} face in view", n=n)
    if edit.strangers:
        text = Said("Put {n} faces with the strangers", one="Put {n} face with the strangers", n=n)
    return Plan(Rows(strangers=dict.fromkeys(faces, edit.strangers)), text)


def _restore(db: Database, edit: Restore) -> Plan:
    """Rows as they were, as far as later scans have left the faces they are about."""
    rows = Rows.of_restore(edit)
    named = {cover for row in rows.persons.values() if row and (cover := row[1]) is not None}
    linked = {face for link in rows.links for face in link}
    rows.boxes = restorable(db, rows.boxes)
    rows.faces |= dict.fromkeys(removable(db, rows.boxes), (None, False, FaceState.FACE.value, None))
    made = {i for i, box in rows.boxes.items() if box is not None}
    exist = read_faces(db, rows.faces.keys() | named | linked | rows.strangers.keys()).keys() | made
    rows.faces = {i: row for i, row in rows.faces.items() if i in exist}
    rows.links = {link: row for link, row in rows.links.items() if exist >= set(link)}
    rows.strangers = {i: said for i, said in rows.strangers.items() if i in exist}
    rows.persons = {p: row and (row[0], row[1] if row[1] in exist else None) for p, row in rows.persons.items()}
    wanted = {row[0] for row in rows.faces.values() if row[0] is not None} - rows.persons.keys()
    missing: dict[int, PersonRow | None] = dict.fromkeys(wanted - read_persons(db, wanted).keys(), ("", None))
    rows.persons |= missing
    inhabited = {i for (i,) in db.rows(_OTHERS, ids_json(edit.persons_gone), ids_json(rows.faces))}
    rows.persons = {p: row for p, row in rows.persons.items() if p not in inhabited}
    return Plan(rows, "Restore")


def _place(db: Database, face_ids: Collection[int], person: int) -> Rows:
    """Faces into a person by hand: they are not those who stay where they were."""
    old = _faces(db, face_ids)
    rows = Rows(dict.fromkeys(old, (person, True, FaceState.FACE.value, None)))
    rows.links = _settled(db, rows.faces)
    leaving = {i: row for i, row in old.items() if row[0] not in (None, person)}
    for left, moved in _by_person(leaving).items():
        one = _best(db, left, among=moved, limit=1)[0]
        rows.links |= {pair(one, b): (False, "told apart by hand") for b in _best(db, left, without=old)}
    return rows


def _settled(db: Database, placed: dict[int, FaceRow]) -> dict[Pair, LinkRow | None]:
    """The older links that faces placed by hand contradict: the later decision wins."""
    links = read_links(db, placed)
    others = {face for link in links for face in link} - placed.keys()
    person = {i: row[0] for i, row in (read_faces(db, others) | placed).items()}
    return {
        (a, b): None
        for (a, b), (must, _) in links.items()
        if person[a] is not None and person[b] is not None and (person[a] == person[b]) != must
    }


def _faces(db: Database, face_ids: Collection[int]) -> dict[int, FaceRow]:
    found = read_faces(db, face_ids)
    if not face_ids:
        raise UserError("Please select at least one face.")
    if len(found) < len(set(face_ids)):
        raise UserError("Some of these faces are no longer in the library; please select again.")
    return found


def _persons(db: Database, person_ids: Collection[int]) -> dict[int, PersonRow]:
    found = read_persons(db, person_ids)
    if len(found) < len(set(person_ids)):
        raise UserError("This person is no longer in the library; please select again.")
    return found


def _members(db: Database, person: int, *, without: Collection[int]) -> set[int]:
    return {i for (i,) in db.rows("SELECT id FROM faces WHERE person = ?", person)} - set(without)


def _best(
    db: Database, person: int, *, among: Iterable[int] | None = None, without: Collection[int] = (), limit: int = WITNESSES
) -> list[int]:
    """The best faces of a person as it is, best first."""
    sql = "SELECT id FROM faces WHERE person = ?1 AND state = 'face' AND id NOT IN (SELECT value FROM json_each(?2))"
    if among is not None:
        sql += " AND id IN (SELECT value FROM json_each(?4))"
    sql += " ORDER BY quality DESC, id LIMIT ?3"
    more = () if among is None else (ids_json(among),)
    return [i for (i,) in db.rows(sql, person, ids_json(without), limit, *more)]


def _by_person(faces: dict[int, FaceRow]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for i, row in faces.items():
        if row[0] is not None:
            groups[row[0]].append(i)
    return groups


def _called(name: str) -> str:
    return name or Said("an unnamed person")


def _count(things: Collection[int]) -> int:
    return len(set(things))
