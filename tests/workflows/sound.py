"""Whether a library is whole, whatever happened to it."""

from __future__ import annotations

from photoclust.core.edits import NewPerson
from photoclust.library.health import examine
from photoclust.library.library import Library


def assert_sound(library: Library, decided: dict[int, int] | None = None) -> None:
    """As `photoclust check` sees it; no photo twice, no face without a photo, and no decision is lost."""
    assert examine(library.path).wrong == ()
    photos = library.photos()
    assert len({p.path for p in photos}) == len(photos)
    assert {f.photo_id for f in library.faces()} <= {p.id for p in photos}
    if decided is not None:
        assert library.pinned_faces() == decided, "no decision is lost"


def decide(library: Library) -> dict[int, int]:
    """A named person of every face."""
    for face in sorted(library.face_ids()):
        library.apply(NewPerson((face,), f"Person {face}"))
    return library.pinned_faces()
