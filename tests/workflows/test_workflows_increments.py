"""New faces join what stands: nobody moves, and no decision is ever undone."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoclust.core.edits import ConfirmFaces, IgnoreFaces, MergePersons, MoveFaces, NewPerson, RenamePerson
from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto
from photoclust.workflows import group_faces as workflow
from photoclust.workflows.group_faces import group_faces

MARKS = ((0.0, 0.0),) * 5
CENTRES = np.random.default_rng(0).normal(size=(6, 128))


def scan(library: Library, persons: list[int], seed: int = 0, noise: float = 0.4) -> None:
    """Add one photo a face, of these persons."""
    generator = np.random.default_rng(seed)
    root = library.add_root(library.path.parent)
    start = len(library.photos())
    photos = []
    for k, person in enumerate(persons):
        vector = CENTRES[person] + noise * generator.normal(size=128)
        face = ScannedFace(Box(0, 0, 50, 50), MARKS, 0.9, 0.8, (vector / np.linalg.norm(vector)).astype(np.float32))
        name = f"{start + k}.jpg"
        photos.append(ScannedPhoto(name, 1, 1, name, 0.0, 100, 100, 1, "model", None, (face,), "embedder"))
    library.save_scanned(root, photos)


def persons_of(library: Library, faces: range) -> set[int | None]:
    return {face.person_id for face in library.faces(faces)}


@pytest.fixture
def library(tmp_path: Path):
    """Three persons of eight faces each, grouped."""
    with Library.open(tmp_path / "library.photoclust") as opened:
        scan(opened, [0, 1, 2] * 8)
        group_faces(opened)
        yield opened


def test_new_faces_join_the_persons_there_are_or_make_new_ones(library: Library) -> None:
    before = library.persons_of_faces()
    scan(library, [0, 0, 3, 3, 3, 4], seed=1)
    result = group_faces(library, mode="new")
    assert (result.mode, result.faces, result.persons, result.alone) == ("new", 6, 2, 1)
    after = library.persons_of_faces()
    assert {face: after[face] for face in before} == before
    assert after[25] == after[26] == before[1]
    assert len({after[27], after[28], after[29]} - set(before.values())) == 1
    assert 30 not in after
    library.undo()
    assert library.persons_of_faces() == before


def test_without_new_faces_nothing_is_done(library: Library) -> None:
    result = group_faces(library, mode="new")
    assert (result.faces, bool(result.changes)) == (0, False)


def test_a_face_that_was_alone_gets_company_later(library: Library) -> None:
    scan(library, [3], seed=1)
    assert group_faces(library, mode="new").alone == 1
    scan(library, [3, 3], seed=2)
    assert group_faces(library, mode="new").faces == 2
    assert len(persons_of(library, range(25, 28))) == 1
    assert None not in persons_of(library, range(25, 28))


def test_after_an_undo_all_of_nobodys_faces_are_new_again(library: Library) -> None:
    scan(library, [0] * 4, seed=1)
    group_faces(library, mode="new")
    library.undo()
    assert group_faces(library, mode="new").faces == 4


def test_what_is_bound_to_a_new_face_by_hand_is_obeyed(library: Library) -> None:
    person = library.face(1).person_id
    scan(library, [3, 3, 3], seed=1)
    library.apply(MoveFaces((25,), person))
    library.apply(MoveFaces((25,), None))
    group_faces(library, mode="new")
    assert library.face(25).person_id != person


def test_a_small_library_is_looked_at_as_a_whole_when_something_is_new(library: Library) -> None:
    assert group_faces(library, mode="auto").mode == "new"
    scan(library, [0], seed=1)
    assert group_faces(library, mode="auto").mode == "all"


def test_a_library_that_has_grown_much_is_looked_at_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workflow, "SMALL", 0)
    scan(library, [0] * 4, seed=1)
    assert group_faces(library, mode="auto", dry_run=True).mode == "new"
    scan(library, [1] * 4, seed=2)
    assert group_faces(library, mode="auto").mode == "all"
    assert group_faces(library, mode="auto").mode == "new"


def test_many_small_imports_add_up_to_another_look(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workflow, "SMALL", 0)
    modes = []
    for seed in range(4):
        scan(library, [seed % 3] * 3, seed=seed + 1)
        modes.append(group_faces(library, mode="auto").mode)
    assert modes == ["new", "new", "all", "new"]


def test_placing_by_hand_what_a_regrouping_would_change_is_told_before(library: Library) -> None:
    one, other = library.face(1).person_id, library.face(2).person_id
    library.apply(RenamePerson(one, "Anna"))
    scan(library, [0, 0], seed=1)
    result = group_faces(library, dry_run=True)
    assert result.difference.named == ((one, "Anna", 2),)
    assert result.difference.placed == (25, 26)
    assert "Anna gets 2 faces." in result.difference.sentences()
    assert other not in {p for p, *_ in result.difference.joined}
    assert persons_of(library, range(25, 27)) == {None}


_faces = st.sets(st.integers(0, 40), min_size=1, max_size=3)
_edits = st.tuples(st.sampled_from(["move", "out", "new", "name", "merge", "confirm", "ignore"]), _faces, st.integers(0, 40))
_import = st.lists(st.integers(0, 5), min_size=1, max_size=8)


def _edit(library: Library, what: str, picked: list[int], other: int) -> None:
    """Do something that a user could do now."""
    faces = tuple(f.id for f in library.faces() if f.id in picked and f.state == "face")
    persons = [p.id for p in library.persons()]
    one = persons[other % len(persons)] if persons else None
    if not faces:
        return
    if what == "move" and one is not None:
        library.apply(MoveFaces(faces, one))
    elif what == "out":
        library.apply(MoveFaces(faces, None))
    elif what == "new":
        library.apply(NewPerson(faces))
    elif what == "name" and one is not None:
        library.apply(RenamePerson(one, f"Name {one}"))
    elif what == "merge" and len(persons) > 1 and one is not None:
        library.apply(MergePersons((one, persons[(other + 1) % len(persons)]), one))
    elif what == "confirm":
        library.apply(ConfirmFaces(faces))
    elif what == "ignore":
        library.apply(IgnoreFaces(faces))


@settings(max_examples=15, deadline=None)
@given(steps=st.lists(st.tuples(_import, st.lists(_edits, max_size=4), st.sampled_from(["new", "new", "all"])), max_size=4),
       noise=st.sampled_from([0.4, 1.5]))  # fmt: skip
def test_no_decision_is_ever_undone_by_imports_and_groupings(steps, noise) -> None:
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "a.photoclust") as library:
        for turn, (imported, edits, mode) in enumerate(steps):
            scan(library, imported, seed=turn, noise=noise)
            for what, picked, other in edits:
                _edit(library, what, sorted(picked), other)
            standing, pinned, links = library.persons_of_faces(), library.pinned_faces(), library.links()
            aside = {f.id for f in library.faces() if f.state != "face"}
            names = {p.id: p.name for p in library.persons() if p.name}
            result = group_faces(library, mode=mode, seed=turn)
            now = library.persons_of_faces()
            kept = standing if mode == "new" else pinned
            assert {face: now.get(face) for face in kept} == kept
            assert library.links() == links
            assert aside.isdisjoint(now)
            assert {p.id: p.name for p in library.persons() if p.name} == names
            for a, b, must in links:
                apart = now.get(a) is None or now.get(a) != now.get(b)
                assert must or apart or {a, b} <= kept.keys()
            changed = {face for face in now.keys() | standing.keys() if now.get(face) != standing.get(face)}
            told = result.difference
            placed, taken_out = set(told.placed), set(told.taken_out)
            assert placed == {face for face in changed if face not in standing}
            assert taken_out == {face for face in changed if face not in now}
            assert set(told.moved) <= changed - placed - taken_out
