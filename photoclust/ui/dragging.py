"""What travels when faces and persons are dragged: ids of a library, and the photo files for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

FACES_MIME = "application/x-photoclust-faces"
PERSONS_MIME = "application/x-photoclust-persons"


@dataclass(frozen=True, slots=True)
class Dragged:
    """Faces or persons on their way; `place` is where faces come from."""

    faces: tuple[int, ...] = ()
    persons: tuple[int, ...] = ()
    place: int | None = None


def pack_faces(face_ids: Sequence[int], library_path: Path, place: int | None, photos: Iterable[Path]) -> QMimeData:
    """Faces for other lists and windows of the same library, and their photos as files for other programs."""
    data = QMimeData()
    content = {"library": str(library_path), "faces": list(face_ids), "place": place}
    data.setData(FACES_MIME, json.dumps(content).encode())
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in photos])
    return data


def pack_persons(person_ids: Sequence[int], library_path: Path) -> QMimeData:
    """Persons for the same list, or another window of the same library."""
    data = QMimeData()
    data.setData(PERSONS_MIME, json.dumps({"library": str(library_path), "persons": list(person_ids)}).encode())
    return data


def unpack(data: QMimeData, library_path: Path) -> Dragged | None:
    """What is dragged, when it is of this library."""
    for mime in (FACES_MIME, PERSONS_MIME):
        if data.hasFormat(mime):
            content = json.loads(bytes(data.data(mime).data()))
            if content["library"] == str(library_path):
                faces, persons = tuple(content.get("faces", ())), tuple(content.get("persons", ()))
                return Dragged(faces, persons, content.get("place"))
    return None


def dropped_folder(data: QMimeData) -> Path | None:
    """The first folder among dragged files; nothing when faces are dragged."""
    if data.hasFormat(FACES_MIME) or data.hasFormat(PERSONS_MIME):
        return None
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return next((path for path in paths if path.is_dir()), None)
