"""What an album really shows, and which found faces are which of the shown ones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
    """Found faces paired with shown ones, ready for `clustering.measures`.

    `truth` and `groups` (n,) int64 label every face that was found or missed: the person drawn, the person found. A missed
    face is in a group of its own; a find where nobody was drawn is a person of its own; nobody's faces are groups of one.
    """

    truth: NDArray[np.int64]
    groups: NDArray[np.int64]
    missed: int
    """Visible faces that nothing was found for."""
    extra: int
    """Finds where nobody was drawn."""
    persons: dict[str, list[str | None]]
    """Who each found face is, by photo and in the order found; None where nobody was drawn."""


Found = tuple[tuple[float, float, float, float], int | None]
"""A found face: its box (x, y, w, h) in upright pixels, and the person it was given, None for nobody."""


def match_faces(truth: Truth, faces_by_photo: Mapping[str, Sequence[Found]], *, least_iou: float = 0.3) -> Match:
    """Pair found faces with shown ones of the same photo, the best overlap first, each at most once."""
    persons: dict[str, list[str | None]] = {name: [None] * len(found) for name, found in faces_by_photo.items()}
    shown: list[str] = []
    groups: list[int | None] = []
    missed = 0
    for photo in truth.photos:
        names = persons.setdefault(photo.photo, [])
        left = _pair(photo.faces, [Box(*box) for box, _ in faces_by_photo.get(photo.photo, ())], names, least_iou)
        lost = [face.person for face in left if face.visible]
        missed += len(lost)
        shown += lost
        groups += [None] * len(lost)
    extra = 0
    for photo_name, found in faces_by_photo.items():
        for (_, group), name in zip(found, persons[photo_name], strict=True):
            extra += name is None
            shown.append(name or f"nobody {extra}")
            groups.append(group)
    free = iter(range(-1, -len(groups) - 1, -1))
    labels = np.array([next(free) if g is None else g for g in groups], np.int64)
    codes = {name: code for code, name in enumerate(dict.fromkeys(shown))}
    return Match(np.array([codes[name] for name in shown], np.int64), labels, missed, extra, persons)


def _pair(shown: Sequence[TrueFace], boxes: Sequence[Box], names: list[str | None], least_iou: float) -> list[TrueFace]:
    """Write into `names` who each box shows; the shown faces that are left over."""
    overlaps = ((face.box.iou(box), k, i) for k, face in enumerate(shown) for i, box in enumerate(boxes))
    left = dict(enumerate(shown))
    for overlap, k, i in sorted(overlaps, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if overlap >= least_iou and k in left and names[i] is None:
            names[i] = left.pop(k).person
    return list(left.values())


def load_truth(album: Path) -> Truth:
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
