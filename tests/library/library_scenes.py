"""Libraries to test with: photos "as scanned", whose faces stand side by side and never touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from photoclust.core.edits import Regroup
from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto

LANDMARKS = ((1.5, 2.0), (3.0, 2.0), (2.25, 3.0), (1.5, 4.0), (3.0, 4.125))


def scanned_face(place: int, *, shift: float = 0.0, quality: float | None = None) -> ScannedFace:
    """The face at a place; faces at two places have quite different vectors and boxes."""
    vector = np.random.default_rng(place).normal(size=128).astype(np.float32)
    vector /= np.linalg.norm(vector)
    quality = 1 / (2 + place) if quality is None else quality
    return ScannedFace(Box(100.0 * place + shift, 10.0, 60.0, 80.0), LANDMARKS, 0.9, quality, vector)


def scanned_photo(name: str, faces: Sequence[int | ScannedFace], **fields: Any) -> ScannedPhoto:
    """A photo with faces at the given places."""
    photo = ScannedPhoto(
        relpath=name, size=1000, mtime_ns=5, hash=f"hash of {name}", taken_at=1.5e9, width=4000, height=3000,
        orientation=6, scanned_by="detector", error=None, embedding_id="embedder",
        faces=tuple(scanned_face(f) if isinstance(f, int) else f for f in faces),
    )  # fmt: skip
    return replace(photo, **fields)


def fill(library: Library, root: Path, photos: int, faces: int) -> list[int]:
    """Save photos with so many faces each; the ids of all faces."""
    root_id = library.add_root(root)
    library.save_scanned(root_id, [scanned_photo(f"{i}.jpg", range(i * faces, (i + 1) * faces)) for i in range(photos)])
    return sorted(library.face_ids())


def group(library: Library, *groups: Sequence[int]) -> list[int]:
    """Make new persons of these faces as an engine does; the persons' ids."""
    edit = Regroup(tuple(map(tuple, groups)), (None,) * len(groups), tuple((0.5,) * len(g) for g in groups))
    return list(library.apply(edit).new_persons)


def decided(library: Library) -> dict[str, Any]:
    """Everything that edits may change, to be compared."""
    return {
        "faces": {f.id: (f.person_id, f.by_hand, f.state, f.confidence) for f in library.faces()},
        "persons": {i: row for i, *row in library._db.rows("SELECT id, name, cover_face FROM persons")},
        "links": library.links(),
        "strangers": dict(library._db.rows("SELECT face, stranger FROM strangers")),
    }


def decided_with_boxes(library: Library) -> dict[str, Any]:
    """The same, and where the faces are and what is known of them."""
    boxes = {f.id: (f.photo_id, f.box, f.landmarks, f.score, f.drawn) for f in library.faces()}
    return decided(library) | {
        "boxes": boxes,
        "vectors": sorted(library._db.rows("SELECT face, model, vector FROM embeddings")),
    }


def members(library: Library, person_id: int) -> set[int]:
    """The faces of a person."""
    return set(library.face_ids(person_id=person_id))
