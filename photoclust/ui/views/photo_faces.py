"""The faces of the photo that is shown, with their names and how they are marked; no widget."""

from __future__ import annotations

from photoclust.core.edits import AddFace, BringBackFaces, Edit
from photoclust.core.types import Box, Face, FaceState
from photoclust.library.drawing import everyone_else, face_in
from photoclust.library.library import Library
from photoclust.library.names import names_of
from photoclust.ui.language import tr
from photoclust.ui.views.face_marks import FaceMark
from photoclust.ui.views.photo_canvas import UNKNOWN


class PhotoFaces:
    """What a library knew of them when it was last asked; those that are no faces are left out."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._photo_id: int | None = None
        self._faces: dict[int, Face] = {}
        self._names: dict[int, str] = {}

    def read(self, photo_id: int | None, but: int | None = None) -> None:
        """Ask the library for those of a photo (None: of none), and for one (`but`) also if it is no face."""
        found = self._library.faces_of_photo(photo_id) if photo_id is not None else []
        self._photo_id = photo_id
        self._faces = {f.id: f for f in found if f.state is not FaceState.NOT_A_FACE or f.id == but}
        self._names = names_of(self._library, {f.person_id for f in found if f.person_id is not None})

    @property
    def ids(self) -> list[int]:
        """The faces, from left to right."""
        return sorted(self._faces, key=lambda i: (self._faces[i].box.x, i))

    @property
    def marks(self) -> list[FaceMark]:
        """How they are marked."""
        return [self._mark(face) for face in self._faces.values()]

    def face(self, face_id: int | None) -> Face | None:
        """One of them; None for any other."""
        return self._faces.get(face_id or 0)

    def name(self, face: Face | None) -> str:
        """The name of a face's person; empty where it has none."""
        return self._names.get(face.person_id or 0, "") if face else ""

    def of_person(self, person_id: int | None) -> int | None:
        """A face of a person."""
        return next((f.id for f in self._faces.values() if f.person_id == person_id is not None), None)

    def next_to(self, face_id: int | None, by: int) -> int | None:
        """The face to the right (1) or left (−1) of one, round and round; None where there is none."""
        ids = self.ids
        start = ids.index(face_id) if face_id in ids else -1 if by > 0 else 0
        return ids[(start + by) % len(ids)] if ids else None

    def touched(self, faces: frozenset[int], persons: frozenset[int]) -> bool:
        """Whether any of them is among these, or with one of these persons."""
        return bool(faces & self._faces.keys() or persons & {f.person_id for f in self._faces.values()})

    def everyone_else(self, face_id: int | None) -> tuple[int, ...]:
        """Those without a name, but for one."""
        if self._photo_id is None:
            return ()
        return tuple(everyone_else(self._library, self._photo_id, [face_id] if face_id is not None else []))

    def to_mark(self, box: Box) -> tuple[int | None, Edit | None]:
        """What marking a face in a box means: the face that is known there, if any, and the edit, if one is needed."""
        assert self._photo_id is not None
        known = face_in(self._library, self._photo_id, box)
        if known is None:
            return None, AddFace(self._photo_id, (box.x, box.y, box.w, box.h))
        face = self._library.face(known)
        return known, BringBackFaces((known,)) if face is not None and face.state is not FaceState.FACE else None

    def _mark(self, face: Face) -> FaceMark:
        aside = {FaceState.IGNORED: tr("Ignored"), FaceState.NOT_A_FACE: tr("Not a face")}.get(face.state)
        name = self.name(face)
        return FaceMark(face.id, face.box, aside or name or UNKNOWN, faint=aside is not None, named=bool(name))
