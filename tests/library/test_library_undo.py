"""Any sequence of edits, undone, gives the library back; redone, gives the end back; also after a restart."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from library_scenes import decided_with_boxes, fill, scanned_photo

from photoclust.core.edits import (
    AddFace,
    BringBackFaces,
    ChangeBox,
    ConfirmFaces,
    Edit,
    IgnoreFaces,
    MergePersons,
    MoveFaces,
    NewPerson,
    NotAFace,
    Regroup,
    RenamePerson,
    SetCover,
    SetStrangers,
    SplitPerson,
)
from photoclust.core.errors import UserError
from photoclust.core.types import FaceState
from photoclust.library.library import Library

PHOTOS, FACES = 4, 3
_face = st.integers(1, PHOTOS * FACES + 3)  # some are drawn
_faces = st.lists(_face, min_size=1, max_size=5).map(tuple)
_person = st.integers(1, 8)
_box = st.tuples(st.integers(0, 30).map(lambda i: 100.0 * i), st.sampled_from([10.0, 150.0]), st.just(60.0), st.just(80.0))
_name = st.sampled_from(["", "Anna", "Bea", "Åsa"])
_hand_edit = st.one_of(
    st.builds(RenamePerson, _person, _name),
    st.builds(MoveFaces, _faces, _person | st.none()),
    st.builds(NewPerson, _faces, _name),
    st.builds(SplitPerson, _person, _faces, _name),
    st.builds(MergePersons, st.lists(_person, min_size=1, max_size=3).map(tuple), _person),
    st.builds(ConfirmFaces, _faces),
    st.builds(IgnoreFaces, _faces),
    st.builds(NotAFace, _faces),
    st.builds(BringBackFaces, _faces),
    st.builds(SetCover, _person, _face | st.none()),
    st.builds(SetStrangers, _faces, st.booleans()),
    st.builds(AddFace, st.integers(1, PHOTOS), _box),
    st.builds(
        lambda i, by: ChangeBox(i, (100.0 * (i - 1) + by, 10.0, 60.0 + by, 80.0)), _face, st.sampled_from([-9.0, 0.0, 12.0])
    ),
)


@st.composite
def _grouping(draw: st.DrawFn) -> Regroup:
    labels = draw(st.lists(st.integers(0, 4), min_size=PHOTOS * FACES, max_size=PHOTOS * FACES))
    groups = [tuple(i + 1 for i, label in enumerate(labels) if label == k) for k in range(5)]
    persons = draw(st.lists(_person | st.none(), min_size=5, max_size=5))
    return Regroup(tuple(groups), tuple(persons), tuple((0.5,) * len(g) for g in groups))


class Editing(RuleBasedStateMachine):
    """A user at work; `states[k]` is the library after k edits, of which `done` stand and the rest are undone."""

    @initialize(groups=_grouping())
    def open(self, groups: Regroup) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "a.photoclust"
        self.library = Library.open(self.path)
        fill(self.library, self.path.parent, PHOTOS, FACES)
        self.states: list[dict[str, Any]] = [decided_with_boxes(self.library)]
        self.done = 0
        self.apply(groups)

    def apply(self, edit: Edit) -> None:
        before = decided_with_boxes(self.library)
        try:
            applied = self.library.apply(edit)
        except UserError:
            assert decided_with_boxes(self.library) == before, "a refused edit changes nothing"
            return
        after = decided_with_boxes(self.library)
        for what, touched in (("faces", applied.changes.faces), ("persons", applied.changes.persons)):
            keys = before[what].keys() | after[what].keys()
            assert {k for k in keys if before[what].get(k) != after[what].get(k)} <= touched
        assert set(applied.new_persons) >= after["persons"].keys() - before["persons"].keys()
        if after != before:
            del self.states[self.done + 1 :]
            self.states.append(after)
            self.done += 1

    @rule(edit=_hand_edit)
    def edit(self, edit: Edit) -> None:
        self.apply(edit)

    @rule(edit=_grouping())
    def group(self, edit: Regroup) -> None:
        self.apply(edit)

    @rule()
    def undo(self) -> None:
        undone = self.library.undo()
        assert (undone is None) == (self.done == 0)
        self.done = max(0, self.done - 1)
        assert decided_with_boxes(self.library) == self.states[self.done]

    @precondition(lambda self: self.done < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        text = self.library.redo_text()
        redone = self.library.redo()
        assert redone is not None
        assert redone.text == text
        self.done += 1
        assert decided_with_boxes(self.library) == self.states[self.done]

    @rule()
    def restart(self) -> None:
        self.library.close()
        self.library = Library.open(self.path, create=False)
        assert decided_with_boxes(self.library) == self.states[self.done]

    @rule(photo=st.integers(0, PHOTOS - 1))
    def scan_again(self, photo: int) -> None:
        root = self.library.add_root(self.path.parent)
        faces = range(photo * FACES, (photo + 1) * FACES)
        self.library.save_scanned(root, [scanned_photo(f"{photo}.jpg", faces)])
        assert decided_with_boxes(self.library) == self.states[self.done], "finding the same faces again decides nothing"

    @invariant()
    def the_library_is_sound(self) -> None:
        if not hasattr(self, "library"):
            return
        db = self.library._db
        assert db.rows("PRAGMA foreign_key_check") == []
        persons = {p.id: p for p in self.library.persons()}
        for face in self.library.faces():
            assert face.person_id is None or face.person_id in persons
            assert face.state is FaceState.FACE or face.person_id is None
            assert not face.by_hand or face.person_id is not None
        for person in persons.values():
            assert person.face_count == len(self.library.face_ids(person_id=person.id)) > 0
            assert person.cover_face_id in self.library.face_ids(person_id=person.id)
        by_hand = {f.id: f.person_id for f in self.library.faces() if f.by_hand}
        for a, b, must in self.library.links():
            assert a < b
            if a in by_hand and b in by_hand:
                assert must == (by_hand[a] == by_hand[b]), "the later decision wins"

    def teardown(self) -> None:
        if not hasattr(self, "library"):
            return
        while self.library.undo():
            self.done -= 1
            assert decided_with_boxes(self.library) == self.states[self.done]
        assert self.done == 0
        while self.library.redo():
            self.done += 1
            assert decided_with_boxes(self.library) == self.states[self.done]
        assert self.done == len(self.states) - 1
        self.library.close()
        self.folder.cleanup()


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
