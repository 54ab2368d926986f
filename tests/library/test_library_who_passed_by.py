"""Who only passed by is kept out of the way, unless the user says otherwise; and what the user says stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from library_scenes import decided, group, scanned_face, scanned_photo

from photoclust.core.edits import ConfirmFaces, MergePersons, RenamePerson, SetStrangers
from photoclust.core.errors import UserError
from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace
from photoclust.library.strangers import FAMILIAR

DAY = 86400.0


def front(place: int) -> ScannedFace:
    """A portrait."""
    return _sized(place, Box(1400 + place, 1000, 900, 1200))


def behind(place: int) -> ScannedFace:
    """Somebody far behind."""
    return _sized(place, Box(100 + 150 * place, 200, 110, 130))


def _sized(place: int, box: Box) -> ScannedFace:
    face = scanned_face(place, quality=0.8)
    return ScannedFace(box, face.landmarks, face.score, 0.8 if box.w > 500 else 0.5, face.vector)


@pytest.fixture
def street(library: Library, tmp_path: Path) -> dict[str, list[int]]:
    """Six photos, one a day: somebody in front on each, behind a passer-by on 0 and 1, a waiter on 0 to 2, one more on 5."""
    root = library.add_root(tmp_path)
    who = {"sitter": list(range(6)), "passer": [0, 1], "waiter": [0, 1, 2], "alone": [5]}
    place = {"passer": 1, "waiter": 2, "alone": 3}
    for i in range(6):
        faces = [front(0), *(behind(place[name]) for name, photos in who.items() if name in place and i in photos)]
        library.save_scanned(root, [scanned_photo(f"{i}.jpg", faces, taken_at=1.5e9 + i * DAY)])
    found: dict[str, list[int]] = {name: [] for name in who}
    for face in library.faces():
        name = "sitter" if face.box.w > 500 else next(n for n, p in place.items() if behind(p).box == face.box)
        found[name].append(face.id)
    return found


@pytest.fixture
def persons(library: Library, street: dict[str, list[int]]) -> dict[str, int]:
    names = ("sitter", "passer", "waiter")
    return dict(zip(names, group(library, *(street[name] for name in names)), strict=True))


def test_background_persons_are_strangers_and_who_recurs_may_be_worth_knowing(
    library: Library, street: dict[str, list[int]], persons: dict[str, int]
) -> None:
    found = library.strangers()
    assert found.persons == {persons["passer"], persons["waiter"]}
    assert found.recurring == {persons["waiter"]}
    assert library.strangers_alone() == set(street["alone"])
    assert set(library.faces_of_strangers()) == {*street["passer"], *street["waiter"], *street["alone"]}
    assert library.strangers([persons["passer"], persons["sitter"]]).persons == {persons["passer"]}


def test_nobody_in_the_background_is_behind_when_alone_on_a_photo(library: Library, tmp_path: Path) -> None:
    library.save_scanned(library.add_root(tmp_path), [scanned_photo(f"{i}.jpg", [behind(1)]) for i in range(2)])
    group(library, library.face_ids())
    assert not library.strangers().persons


def test_who_is_in_many_photos_is_no_stranger(library: Library, tmp_path: Path) -> None:
    root = library.add_root(tmp_path)
    library.save_scanned(root, [scanned_photo(f"{i}.jpg", [front(0), behind(1)]) for i in range(FAMILIAR)])
    faces = [f.id for f in library.faces() if f.box.w < 500]
    (person,) = group(library, faces[:-1])
    assert library.strangers().persons == {person}
    (person,) = group(library, faces)
    assert not library.strangers().persons


@pytest.mark.parametrize("edit", ["name", "confirm", "keep"])
def test_who_was_named_confirmed_or_kept_is_in_view_and_undo_takes_it_back(
    library: Library, street: dict[str, list[int]], persons: dict[str, int], edit: str
) -> None:
    passer, faces = persons["passer"], tuple(street["passer"])
    edits = {"name": RenamePerson(passer, "Pat"), "confirm": ConfirmFaces(faces), "keep": SetStrangers(faces, False)}
    applied = library.apply(edits[edit])
    assert passer in applied.changes.persons
    assert passer not in library.strangers().persons
    library.undo()
    assert passer in library.strangers().persons
    library.redo()
    assert passer not in library.strangers().persons


def test_anybody_without_a_name_can_be_put_with_the_strangers(
    library: Library, street: dict[str, list[int]], persons: dict[str, int]
) -> None:
    library.apply(SetStrangers(tuple(street["sitter"]), True))
    assert persons["sitter"] in library.strangers().persons
    assert persons["sitter"] not in library.strangers().recurring, "the user knows already"
    assert library.undo_text() == "Put 6 faces with the strangers"
    library.apply(RenamePerson(persons["sitter"], "Sam"))
    assert persons["sitter"] not in library.strangers().persons
    before = decided(library)
    with pytest.raises(UserError, match="Sam has a name"):
        library.apply(SetStrangers(tuple(street["sitter"]), True))
    assert decided(library) == before


def test_a_face_of_nobody_can_be_kept_in_view(library: Library, street: dict[str, list[int]]) -> None:
    library.apply(SetStrangers(tuple(street["alone"]), False))
    assert not library.strangers_alone() & set(street["alone"])
    library.apply(SetStrangers(tuple(street["sitter"][:1]), True))
    assert street["sitter"][0] in library.strangers_alone()


def test_what_was_said_of_strangers_survives_groupings_scans_and_restarts(
    library: Library, path: Path, tmp_path: Path, street: dict[str, list[int]], persons: dict[str, int]
) -> None:
    library.apply(SetStrangers(tuple(street["passer"]), False))
    library.apply(SetStrangers(tuple(street["sitter"]), True))
    (again, sitter) = group(library, street["passer"], street["sitter"])
    assert (again, sitter) != (persons["passer"], persons["sitter"])
    assert library.strangers().persons == {sitter}
    faces = [front(0), behind(1), behind(2)]
    library.save_scanned(library.add_root(tmp_path), [scanned_photo("0.jpg", faces, scanned_by="newer", taken_at=1.5e9)])
    with Library.open(path) as other:
        assert other.strangers().persons == {sitter}


def test_who_is_joined_is_where_most_of_the_faces_were_said_to_be(
    library: Library, street: dict[str, list[int]], persons: dict[str, int]
) -> None:
    library.apply(SetStrangers(tuple(street["passer"]), True))
    library.apply(SetStrangers(tuple(street["waiter"]), False))
    library.apply(MergePersons((persons["passer"], persons["waiter"]), persons["waiter"]))
    assert not library.strangers().persons


def test_nothing_is_looked_through_to_find_strangers_but_the_background(library: Library) -> None:
    from photoclust.library import strangers

    for sql in (strangers._DERIVED.format(some=""), strangers._ALONE):
        plan = [row[-1] for row in library._db.rows(f"EXPLAIN QUERY PLAN {sql}")]
        assert any("faces_background" in step for step in plan), plan
        assert not any(step.startswith("SCAN faces") and "INDEX" not in step for step in plan), plan
