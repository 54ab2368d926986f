"""The verbs: every edit as frozen data that can be written down, applied, and undone.

An edit says what the user wants in ids. Applying it returns its inverse, which is always a `Restore`: the rows as they
were. Restoring is an edit too, whose inverse is again a `Restore`; so undo and redo need no code of their own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class RenamePerson:
    """Give a person a name; an empty name makes it unnamed again."""

    kind: ClassVar[str] = "rename"
    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class MoveFaces:
    """Place faces with a person by hand; `person_id` None takes them out of theirs ("not this person")."""

    kind: ClassVar[str] = "move"
    face_ids: tuple[int, ...]
    person_id: int | None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Make a new person of these faces."""

    kind: ClassVar[str] = "new-person"
    face_ids: tuple[int, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class SplitPerson:
    """Split these faces off a person into a new one: they are somebody else than the faces that stay."""

    kind: ClassVar[str] = "split"
    person_id: int
    face_ids: tuple[int, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class MergePersons:
    """Say that these persons are one; `into` keeps its id, and its name unless it has none."""

    kind: ClassVar[str] = "merge"
    person_ids: tuple[int, ...]
    into: int
    doubtful: tuple[int, ...] = ()
    """Faces that come along without being placed by hand: the user has not vouched for them."""


@dataclass(frozen=True, slots=True)
class ConfirmFaces:
    """Say that these faces are where they belong."""

    kind: ClassVar[str] = "confirm"
    face_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TellApart:
    """Say of pairs of faces that they are two persons; nobody is moved."""

    kind: ClassVar[str] = "tell-apart"
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class IgnoreFaces:
    """Put faces aside: real people, but of no interest."""

    kind: ClassVar[str] = "ignore"
    face_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NotAFace:
    """Say that these are no faces at all."""

    kind: ClassVar[str] = "not-a-face"
    face_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BringBackFaces:
    """Take back "ignored" or "not a face"; the faces belong to nobody then."""

    kind: ClassVar[str] = "bring-back"
    face_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SetCover:
    """Choose the face that is shown for a person; None lets the program choose."""

    kind: ClassVar[str] = "cover"
    person_id: int
    face_id: int | None


@dataclass(frozen=True, slots=True)
class SetStrangers:
    """Put faces (mostly all of a person) with the strangers, or keep them in view, whatever would be thought of them."""

    kind: ClassVar[str] = "strangers"
    face_ids: tuple[int, ...]
    strangers: bool


@dataclass(frozen=True, slots=True)
class AddFace:
    """Say that there is a face in a box (x, y, width, height; upright pixels) of a photo, where no scan has found one."""

    kind: ClassVar[str] = "add-face"
    photo_id: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class ChangeBox:
    """Say that a face lies in another box (x, y, width, height; upright pixels); it stays with its person."""

    kind: ClassVar[str] = "change-box"
    face_id: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Regroup:
    """The result of a grouping: `groups` are disjoint sets of faces, `persons` the person each one joins (None: a new one).

    Faces of the library that stand in no group become nobody's, but for those that the engine has not seen. Whatever it says,
    applying it never moves a face placed or confirmed by hand, never takes a face from a named person, and never joins two
    persons that hold such faces.
    """

    kind: ClassVar[str] = "regroup"
    groups: tuple[tuple[int, ...], ...]
    persons: tuple[int | None, ...]
    confidence: tuple[tuple[float, ...], ...] = ()
    """Parallel to `groups`, 0 to 1 a face; may be empty."""
    engine: str = ""
    seed: int = 0
    unseen: tuple[int, ...] = ()
    """Faces that the engine was not shown (their photo is missing, or another model described them): they stay where they are."""
    adds: bool = False
    """Only faces that are nobody's are placed; every face that has a person stays with it."""


@dataclass(frozen=True, slots=True)
class Restore:
    """Rows as they were: the inverse of every edit.

    `faces`: (id, person_id, by_hand, state, confidence); `persons`: (id, name, cover_face_id), and `persons_gone` the ids that
    did not exist; `links`: (face_a, face_b, must, why) that existed, `links_gone` (face_a, face_b) that did not; `strangers`:
    (face_id, is a stranger's), None where nothing was said; `boxes`: (face_id, photo_id, x, y, w, h, landmarks, score, quality,
    drawn, vectors), and `faces_gone` the faces that did not exist.
    """

    kind: ClassVar[str] = "restore"
    faces: tuple[tuple[int, int | None, bool, str, float | None], ...] = ()
    persons: tuple[tuple[int, str, int | None], ...] = ()
    persons_gone: tuple[int, ...] = ()
    links: tuple[tuple[int, int, bool, str], ...] = ()
    links_gone: tuple[tuple[int, int], ...] = ()
    strangers: tuple[tuple[int, bool | None], ...] = ()
    boxes: tuple[tuple[Any, ...], ...] = ()
    faces_gone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """Several edits, one after the other, as one: an answer to a question. What they were about stands in `text`."""

    kind: ClassVar[str] = "together"
    edits: tuple[Edit, ...]
    text: str


Edit = (
    RenamePerson
    | MoveFaces
    | NewPerson
    | SplitPerson
    | MergePersons
    | ConfirmFaces
    | TellApart
    | IgnoreFaces
    | NotAFace
    | BringBackFaces
    | SetCover
    | SetStrangers
    | AddFace
    | ChangeBox
    | Regroup
    | Together
    | Restore
)
_KINDS: dict[str, type] = {
    t.kind: t
    for t in (RenamePerson, MoveFaces, NewPerson, SplitPerson, MergePersons, ConfirmFaces, TellApart, IgnoreFaces, NotAFace,
              BringBackFaces, SetCover, SetStrangers, AddFace, ChangeBox, Regroup, Together, Restore)
}  # fmt: skip


def to_json(edit: Edit) -> str:
    """Write an edit down."""
    return json.dumps(_values(edit), separators=(",", ":"), ensure_ascii=False)


def from_json(text: str) -> Edit:
    """Read an edit that `to_json` wrote; ValueError for anything else."""
    return _edit(json.loads(text))


def _values(edit: Edit) -> dict[str, Any]:
    values = {f.name: getattr(edit, f.name) for f in fields(edit)}  # not asdict: it copies every id of a large grouping
    if isinstance(edit, Together):
        values["edits"] = [_values(part) for part in edit.edits]
    return {"kind": edit.kind, **values}


def _edit(values: Any) -> Edit:
    cls = _KINDS.get(values.pop("kind", "")) if isinstance(values, dict) else None
    if cls is None or not values.keys() <= {f.name for f in fields(cls)}:
        raise ValueError(f"not an edit: {str(values)[:80]}")
    if cls is Together:
        return Together(tuple(_edit(part) for part in values.get("edits", ())), values.get("text", ""))
    return cls(**{name: _tuples(value) for name, value in values.items()})  # type: ignore[no-any-return]


def _tuples(value: Any) -> Any:
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value
