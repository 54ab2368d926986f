"""The lists of the window: what they hold, in which order, and that changes leave selections alone."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from photoclust.core.changes import Changes
from photoclust.core.edits import ConfirmFaces, IgnoreFaces, MoveFaces, NewPerson, RenamePerson
from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto
from photoclust.ui.dragging import unpack
from photoclust.ui.models.face_model import FaceModel
from photoclust.ui.models.id_model import MAX_RUNS, IdModel
from photoclust.ui.models.person_model import PersonModel
from photoclust.ui.models.photo_model import PhotoModel
from photoclust.ui.models.places import Shelf
from photoclust.ui.models.shelf_model import COUNT_ROLE, ShelfModel


class _Numbers(IdModel):
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        return str(self.id_at(index.row())) if index.isValid() and role == Qt.ItemDataRole.DisplayRole else None


def _names(model: PersonModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


@pytest.mark.parametrize("kind", ["persons", "faces", "photos", "shelves"])
def test_every_list_is_a_proper_item_model(kind: str, library: Library, qtmodeltester: Any) -> None:
    model: IdModel
    if kind == "persons":
        model = PersonModel(library)
    elif kind == "shelves":
        model = ShelfModel(library)
    else:
        model = FaceModel(library) if kind == "faces" else PhotoModel(library)
        model.show_place(Shelf.EVERYTHING)  # type: ignore[attr-defined]
    assert model.rowCount() > 0
    qtmodeltester.check(model)


def test_ids_become_any_other_ids_while_indexes_follow_theirs(qtmodeltester: Any) -> None:
    model, rng = _Numbers(), random.Random(5)
    qtmodeltester.check(model)
    for _ in range(60):
        model.set_ids(rng.sample(range(30), rng.randrange(20)))
        held = {i: QPersistentModelIndex(model.index_of(i)) for i in model.ids}
        before = set(model.ids)
        new = rng.sample(range(30), rng.randrange(20))
        model.set_ids(new)
        assert list(model.ids) == new
        assert [model.row_of(i) for i in new] == list(range(len(new)))
        if before & set(new):  # when nothing stays, the list is another one
            assert all(held[i].row() == new.index(i) for i in before & set(new))


def test_many_scattered_removals_are_one_reset(qtbot: Any) -> None:
    model = _Numbers()
    model.reset_ids(range(4 * MAX_RUNS))
    with qtbot.assertNotEmitted(model.rowsRemoved), qtbot.waitSignal(model.modelReset):
        model.set_ids(range(0, 4 * MAX_RUNS, 2))
    assert model.rowCount() == 2 * MAX_RUNS


def test_persons_are_listed_biggest_first_and_move_only_when_they_are_sorted(library: Library) -> None:
    library.apply(RenamePerson(library.persons()[1].id, "Ben"))
    model = PersonModel(library)
    anna, ben = library.persons()
    assert _names(model) == ["Anna", "Ben"]
    index = QPersistentModelIndex(model.index_of(ben.id))
    moved = tuple(library.face_ids(person_id=anna.id)[:2])
    model.apply_changes(library.apply(MoveFaces(moved, ben.id)).changes)
    assert list(model.ids) == [anna.id, ben.id]
    assert model.person(ben.id).face_count == 5  # type: ignore[union-attr]
    model.sort_by("count")
    assert list(model.ids) == [ben.id, anna.id]
    assert index.row() == 0


def test_a_search_shows_only_matching_names_whatever_their_case(library: Library) -> None:
    model = PersonModel(library)
    model.search("  ANN ")
    assert _names(model) == ["Anna"]
    ben = next(p for p in library.persons() if not p.name)
    model.apply_changes(library.apply(RenamePerson(ben.id, "Hannes")).changes)
    assert _names(model) == ["Anna", "Hannes"]
    model.search("x")
    assert _names(model) == []
    model.search("")
    assert len(_names(model)) == 2


def test_editing_a_row_asks_for_a_name_and_changes_nothing(library: Library, qtbot: Any) -> None:
    model = PersonModel(library)
    with qtbot.waitSignal(model.rename_requested) as asked:
        assert model.setData(model.index(0), " Anne ")
    assert asked.args == [model.id_at(0), "Anne"]
    assert _names(model)[0] == "Anna"
    with qtbot.assertNotEmitted(model.rename_requested):
        model.setData(model.index(0), "Anna")


def test_screen_readers_hear_name_and_count(library: Library) -> None:
    model = PersonModel(library)
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Anna, 4 faces"
    faces = FaceModel(library)
    faces.show_place(model.id_at(0))
    assert faces.index(0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Anna, placed by you")


def test_faces_come_and_go_with_edits_and_the_rest_stays_selected(library: Library) -> None:
    anna = library.persons()[0]
    model = FaceModel(library)
    model.show_place(anna.id)
    first, *_, last = list(model.ids)
    index = QPersistentModelIndex(model.index_of(last))
    model.apply_changes(library.apply(IgnoreFaces((first,))).changes)
    assert first not in model.ids
    assert index.isValid()
    assert model.id_at(index.row()) == last
    library.undo()
    model.apply_changes(Changes(faces=frozenset({first})))
    assert first in model.ids


def test_a_changed_face_is_looked_up_again(library: Library) -> None:
    library.undo()  # ben is nobody's again
    nobody = library.face_ids(person_id=None)
    person = library.apply(NewPerson((nobody[0],))).new_persons[0]
    library.undo()
    model = FaceModel(library)
    model.show_place(Shelf.UNGROUPED)
    assert not any(model.item(row).by_hand for row in range(model.rowCount()))  # type: ignore[union-attr]
    library.redo()
    model.show_place(person)
    model.apply_changes(library.apply(ConfirmFaces((nobody[0],))).changes)
    assert model.item(0).by_hand  # type: ignore[union-attr]


def test_photos_of_a_person_are_those_with_a_face_of_theirs_oldest_first(library: Library) -> None:
    model = PhotoModel(library)
    model.show_place(library.persons()[0].id)
    assert [p.relpath for p in library.photos(list(model.ids))] == [f"photo-{i}.jpg" for i in range(4)]
    model.show_place(Shelf.EVERYTHING)
    assert model.rowCount() == 6
    taken = [model.item(row).taken_at for row in range(6)]  # type: ignore[union-attr]
    assert taken == sorted(taken)  # type: ignore[type-var]


def test_shelves_count_and_the_shelf_of_mistakes_appears_when_it_is_needed(library: Library) -> None:
    model = ShelfModel(library)
    assert [model.index(row).data(COUNT_ROLE) for row in range(model.rowCount())] == [6, 1, 0]
    nobody = library.face_ids(person_id=None)
    model.apply_changes(library.apply(IgnoreFaces(tuple(nobody))).changes)
    assert [model.index(row).data(COUNT_ROLE) for row in range(model.rowCount())] == [6, 0, 1]


def test_dragged_faces_carry_their_ids_their_place_and_their_files(library: Library, album: Any) -> None:
    anna = library.persons()[0]
    model = FaceModel(library)
    model.show_place(anna.id)
    data = model.mimeData([model.index(1), model.index(0)])
    dragged = unpack(data, library.path)
    assert dragged is not None
    assert dragged.faces == tuple(model.ids[:2])
    assert dragged.place == anna.id
    assert unpack(data, Path("/another/library")) is None
    assert {Path(u.toLocalFile()).parent for u in data.urls()} == {album.folder.resolve()}


def test_twenty_thousand_faces_are_listed_without_looking_any_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vector = np.ones(8, np.float32) / np.sqrt(np.float32(8))
    marks = ((0.0, 0.0),) * 5
    with Library.open(tmp_path / "large.photoclust") as library:
        root = library.add_root(tmp_path)
        library.save_scanned(root, [
            ScannedPhoto(f"{i}.jpg", 1, 1, str(i), None, 9000, 9000, 1, "test", None,
                         tuple(ScannedFace(Box(90.0 * j, 0, 80, 80), marks, 0.9, 0.5, vector) for j in range(100)), "test")
            for i in range(200)
        ])  # fmt: skip
        looked_up: list[int] = []
        faces = library.faces
        monkeypatch.setattr(library, "faces", lambda ids: looked_up.extend(ids) or faces(ids))
        model = FaceModel(library)
        model.show_place(Shelf.UNGROUPED)
        assert model.rowCount(QModelIndex()) == 20_000
        assert looked_up == []
        assert model.item(10_000) is not None
        assert len(looked_up) <= 256
