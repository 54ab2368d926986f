"""A regrouping is shown before it is applied, keeps its hands off named persons, and is never applied to another state."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photoclust.core.edits import MoveFaces, Regroup, RenamePerson, SetCover
from photoclust.core.errors import Cancelled
from photoclust.core.progress import Status
from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto
from photoclust.library.standing import apply_if_standing, standing
from photoclust.workflows.regroup_preview import apply_preview, preview_regrouping, without_named

CENTRES = np.random.default_rng(0).normal(size=(3, 128))


@pytest.fixture
def library(tmp_path: Path):
    """24 faces 1 to 24 of three persons in turn; all of the first two are one person ("1"), the third are nobody's."""
    generator = np.random.default_rng(1)
    photos = []
    for k in range(24):
        vector = CENTRES[k % 3] + 0.4 * generator.normal(size=128)
        face = ScannedFace(Box(0, 0, 50, 50), ((0.0, 0.0),) * 5, 0.9, 0.8, (vector / np.linalg.norm(vector)).astype(np.float32))
        photos.append(ScannedPhoto(f"{k}.jpg", 1, 1, f"{k}", 0.0, 100, 100, 1, "model", None, (face,), "embedder"))
    with Library.open(tmp_path / "library.photoclust") as opened:
        opened.save_scanned(opened.add_root(tmp_path), photos)
        opened.apply(Regroup((tuple(f for f in range(1, 25) if f % 3),), (None,)))
        yield opened


def test_a_preview_tells_what_would_change_with_covers_and_writes_nothing(library: Library) -> None:
    before, stood = library.persons_of_faces(), standing(library)
    preview = preview_regrouping(library)
    assert (library.persons_of_faces(), standing(library), library.last_run()) == (before, stood, {})
    (divided, placed) = preview.careful.lines
    assert (divided.title, divided.detail) == ("1 person divided into 2", "16 faces: 8 and 8")
    assert divided.faces == (library.persons()[0].cover_face_id,)
    assert {face % 3 for face in divided.becomes} == {1, 2}
    assert (placed.title, placed.faces) == ("8 faces of nobody find a person", tuple(range(3, 25, 3)))


def test_applying_a_preview_is_one_edit_that_one_undo_takes_back_and_then_nothing_would_change(library: Library) -> None:
    before = library.persons_of_faces()
    assert apply_preview(library, preview_regrouping(library), named=False) is not None
    assert sorted(p.face_count for p in library.persons()) == [8, 8, 8]
    assert (library.last_run()["mode"], library.last_run()["nobody"], library.is_grouped()) == ("all", 0, True)
    assert not preview_regrouping(library)
    library.undo()
    assert library.persons_of_faces() == before


def test_a_preview_is_not_applied_to_a_library_that_was_edited_meanwhile(library: Library) -> None:
    preview = preview_regrouping(library)
    library.apply(MoveFaces((3,), 1))
    after, undo = library.persons_of_faces(), library.undo_text()
    assert apply_preview(library, preview, named=True) is None
    assert (library.persons_of_faces(), library.undo_text(), library.last_run()) == (after, undo, {})


def test_a_library_stands_again_as_it_did_once_an_edit_is_undone_and_a_cover_does_not_matter(library: Library) -> None:
    stood = standing(library)
    library.apply(RenamePerson(1, "Anna"))
    assert standing(library) != stood
    library.undo()
    library.apply(SetCover(1, 4))
    assert standing(library) == stood
    assert apply_if_standing(library, RenamePerson(1, "Anna"), stood) is not None
    assert apply_if_standing(library, RenamePerson(1, "Ben"), stood) is None
    assert library.persons()[0].name == "Anna"


@pytest.fixture
def named(library: Library) -> int:
    """Anna has four of the eight faces of the first kind; the other four are another person; all else is as it should be."""
    kinds = [tuple(range(k, 25, 3)) for k in (1, 2, 3)]
    library.apply(Regroup((kinds[0][:4], kinds[0][4:6], kinds[1], kinds[2]), (None, None, None, None)))
    anna = library.face(1).person_id
    library.apply(RenamePerson(anna, "Anna"))
    return anna


def test_named_persons_are_untouched_without_consent(library: Library, named: int) -> None:
    preview = preview_regrouping(library)
    assert preview.whole.difference.named == ((named, "Anna", 4),)
    assert preview.careful.difference.named == ()
    line = preview.whole.lines[0]
    assert (line.title, line.detail, set(line.faces)) == ("Anna", "gets 4 faces, has 4", {13, 16, 19, 22})
    before = library.persons_of_faces()
    apply_preview(library, preview, named=False)
    assert library.persons_of_faces() == before


def test_with_consent_named_persons_get_their_faces(library: Library, named: int) -> None:
    apply_preview(library, preview_regrouping(library), named=True)
    assert library.face_ids(person_id=named) == list(range(1, 25, 3))


def test_faces_kept_from_a_named_person_stay_where_they_are(library: Library, named: int) -> None:
    person_of = library.persons_of_faces()
    edit = Regroup(((1, 13, 19, 2), (5, 8)), (named, None), ((0.9, 0.8, 0.7, 0.6), (0.5, 0.5)), unseen=(24,))
    careful = without_named(library, edit)
    assert (careful.groups, careful.confidence) == (((1,), (5, 8)), ((0.9,), (0.5, 0.5)))
    assert careful.unseen == (2, 13, 19, 24)
    library.apply(careful)
    assert [library.face(f).person_id for f in (2, 13, 19)] == [person_of[2], person_of[13], None]


def test_joined_persons_are_told_with_both_covers(library: Library) -> None:
    library.apply(Regroup((tuple(range(1, 13, 3)), tuple(range(13, 25, 3))), (None, None)))
    covers = {p.cover_face_id for p in library.persons()}
    (joined, *_) = preview_regrouping(library).careful.lines
    assert (joined.title, joined.detail, joined.persons) == ("2 persons joined", "4 and 4 faces", True)
    assert {*joined.faces, *joined.becomes} == covers


def test_a_cancelled_preview_leaves_nothing(library: Library) -> None:
    class Stop:
        def __init__(self) -> None:
            self.phases: list[str] = []

        def report(self, status: Status) -> None:
            self.phases.append(status.phase)

        def checkpoint(self) -> None:
            if "Comparing" in self.phases:
                raise Cancelled

    stood = standing(library)
    with pytest.raises(Cancelled):
        preview_regrouping(library, Stop())
    assert (standing(library), library.last_run()) == (stood, {})


def test_decisions_that_contradict_later_ones_are_told(library: Library) -> None:
    links = [(3, 6, 1), (6, 9, 1), (3, 9, 0)]
    for link in links:
        library._db.rows("INSERT INTO links (face_a, face_b, must) VALUES (?, ?, ?)", *link)
    (sentence,) = preview_regrouping(library).grouping.refused
    assert sentence.endswith("were said to be one person, but later decisions make them two; the later decisions stand.")
