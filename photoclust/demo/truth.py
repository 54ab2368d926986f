"""What an album really shows, and which found faces are which of the shown ones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from photoclust.core.errors import UserError
from photoclust.core.types import Box

TRUTH_FILE = "truth.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class TrueFace:
    """A face that was drawn; `person` is the id of a person, or of a stranger who is seen only once."""

    person: str
    stranger: bool
    box: Box
    visible: bool


@dataclass(frozen=True, slots=True)
class TruePhoto:
    """A file of the album; `duplicate_of` names the photo it is a byte copy of."""

    photo: str
    faces: tuple[TrueFace, ...] = ()
    duplicate_of: str | None = None
    broken: bool = False
    taken_at: str | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything about a demo album; `names` says what each person is called, `parameters` what it was drawn from."""

    photos: tuple[TruePhoto, ...]
    names: dict[str, str]
    parameters: dict[str, Any]
    complete: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Found faces paired with shown ones.

    `persons[photo][i]` is the person of the i-th found face of that photo, None where nobody was drawn; strangers stand as
    persons of one photo. `missed` are the visible faces that nothing was found for.
    """

    persons: dict[str, list[str | None]]
    missed: tuple[tuple[str, TrueFace], ...]


def match_faces(truth: Truth, faces_by_photo: Mapping[str, Sequence[Box]], *, least_iou: float = 0.3) -> Match:
    """Pair found boxes (upright pixels) with shown faces, the best overlap first, each at most once.

    A stranger of a copied photo is one person seen twice, as the copy shows the same face again.
    """
    persons: dict[str, list[str | None]] = {}
    missed: list[tuple[str, TrueFace]] = []
    for photo in truth.photos:
        found = faces_by_photo.get(photo.photo, ())
        pairs = sorted(
            ((face.box.iou(box), k, i) for k, face in enumerate(photo.faces) for i, box in enumerate(found)),
            key=lambda pair: (-pair[0], pair[1], pair[2]),
        )
        names: list[str | None] = [None] * len(found)
        open_faces = set(range(len(photo.faces)))
        for overlap, k, i in pairs:
            if overlap >= least_iou and k in open_faces and names[i] is None:
                names[i] = photo.faces[k].person
                open_faces.remove(k)
        persons[photo.photo] = names
        missed += [(photo.photo, photo.faces[k]) for k in sorted(open_faces) if photo.faces[k].visible]
    for photo_name, boxes in faces_by_photo.items():
        persons.setdefault(photo_name, [None] * len(boxes))
    return Match(persons, tuple(missed))


def read_truth(album: Path) -> Truth:
    """Read the truth of a demo album; UserError where there is none, or one of another version."""
    try:
        data = json.loads((album / TRUTH_FILE).read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            raise UserError(f"{album} is a demo album of another version of photoclust; choose another folder.")
        photos = tuple(
            TruePhoto(p["photo"], tuple(TrueFace(f["person"], f["stranger"], Box(*f["box"]), f["visible"]) for f in p["faces"]),
                      p["duplicate_of"], p["broken"], p["taken_at"])
            for p in data["photos"]
        )  # fmt: skip
        return Truth(photos, {p["id"]: p["name"] for p in data["persons"]}, data["parameters"], data["complete"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"{album} is not a demo album.") from error


def to_json(truth: Truth) -> str:
    """The text of `truth.json`."""
    data = {
        "version": VERSION,
        "seed": truth.parameters["seed"],
        "complete": truth.complete,
        "parameters": truth.parameters,
        "persons": [{"id": key, "name": name} for key, name in truth.names.items()],
        "photos": [
            {
                "photo": p.photo,
                "faces": [{"person": f.person, "stranger": f.stranger, "visible": f.visible,
                           "box": [round(v, 1) for v in (f.box.x, f.box.y, f.box.w, f.box.h)]} for f in p.faces],
                "duplicate_of": p.duplicate_of,
                "broken": p.broken,
                "taken_at": p.taken_at,
            }
            for p in truth.photos
        ],
    }  # fmt: skip
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
