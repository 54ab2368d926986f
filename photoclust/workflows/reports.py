"""What a library holds, as plain data: for scripts, tests and `--json`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from photoclust.core.errors import UserError
from photoclust.core.said import Said
from photoclust.library.library import Library

FACE_COLUMNS = ("photo", "x", "y", "w", "h", "score", "person", "name", "by_hand")


def list_persons(library: Library) -> list[dict[str, Any]]:
    """Every person, biggest first: id, name, faces, photos."""
    return [
        {"id": p.id, "name": p.name, "faces": p.face_count, "photos": p.photo_count, "cover_face": p.cover_face_id}
        for p in library.persons()
    ]


def write_faces(library: Library, out: Path) -> int:
    """Write all faces (not the ones said to be none) as CSV, boxes in upright pixels; returns how many."""
    names = {p.id: p.name for p in library.persons()}
    photos = {p.id: p.relpath for p in library.photos() if not p.missing}
    faces = [f for f in library.faces() if f.state != "not-a-face" and f.photo_id in photos]
    try:
        with Path(out).open("w", newline="", encoding="utf-8", errors="surrogateescape") as stream:
            writer = csv.writer(stream)
            writer.writerow(FACE_COLUMNS)
            for f in faces:
                box = [round(v, 2) for v in (f.box.x, f.box.y, f.box.w, f.box.h)]
                person = "" if f.person_id is None else f.person_id
                name = names.get(f.person_id, "") if f.person_id is not None else ""
                writer.writerow([photos[f.photo_id], *box, round(f.score, 4), person, name, int(f.by_hand)])
    except OSError as problem:
        raise UserError(Said("{out} cannot be written: {reason}.", out=out, reason=problem.strerror)) from problem
    return len(faces)
