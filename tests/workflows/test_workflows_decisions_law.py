"""A user's life with a library: whatever is imported, grouped, moved, seen by another model, undone: each decision stands."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from painted import scan
from striped import BLANK, HIGH, WIDE, StripedFaces, paint_stripes, stripe, stripes_of

from photoclust.core import edits
from photoclust.core.errors import UserError
from photoclust.library.library import Library
from photoclust.library.matching import plan_regroup
from photoclust.workflows.drawn_faces import describe_drawn
from photoclust.workflows.group_faces import group_faces
from photoclust.workflows.questions import Review, say_no, say_yes
from photoclust.workflows.split_person import Divider, split_edit

State = dict[str, dict[Any, Any]]


def standing(library: Library) -> State:
    """How everything stands that a user can decide."""
    faces = library.faces()
    return {
        "faces": {f.id: (f.person_id, f.by_hand, f.state) for f in faces},
        "persons": {i: (name, cover) for i, name, cover in library._db.rows("SELECT id, name, cover_face FROM persons")},
        "links": {(a, b): must for a, b, must in library.links()},
        "strangers": dict(library._db.rows("SELECT face, stranger FROM strangers")),
        "drawn": {f.id: (f.photo_id, f.box) for f in faces if f.drawn},
    }


def without(state: State, gone: Collection[int]) -> State:
    """The same of all faces but these."""
    kept = {what: {i: row for i, row in state[what].items() if i not in gone} for what in ("faces", "strangers", "drawn")}
    links = {link: must for link, must in state["links"].items() if not set(link).intersection(gone)}
    persons = {p: (name, None if cover in gone else cover) for p, (name, cover) in state["persons"].items()}
    return {**kept, "links": links, "persons": persons}


def undecided(state: State) -> set[int]:
    """The faces of which nobody has said anything."""
    said = {face for link in state["links"] for face in link} | state["strangers"].keys() | state["drawn"].keys()
    named = {person for person, (name, _) in state["persons"].items() if name}
    free = {i for i, (p, by_hand, aside) in state["faces"].items() if not by_hand and aside == "face" and p not in named}
    return free - said


def assert_decisions_stand(before: State, after: State) -> int:
    """Nothing that was decided has changed; how many decisions that were."""
    was, now = before["faces"], after["faces"]
    named = {person for person, (name, _) in before["persons"].items() if name}
    placed = {i: row for i, row in was.items() if row[1]}
    aside = {i: row for i, row in was.items() if row[2] != "face"}
    with_named = {i: row for i, row in was.items() if row[0] in named}
    assert {i: now.get(i) for i in placed} == placed, "placed or confirmed by hand"
    assert {i: now.get(i) for i in aside} == aside, "ignored, or no face"
    assert {i: now[i][0] for i in with_named} == {i: row[0] for i, row in with_named.items()}, "with somebody named"
    assert {p: after["persons"][p][0] for p in named} == {p: before["persons"][p][0] for p in named}, "names"
    assert after["links"] == before["links"], "what is one person and what is not"
    assert after["strangers"] == before["strangers"], "who is a stranger"
    assert after["drawn"] == before["drawn"], "boxes drawn by hand"
    covers = {p: c for p, (_, c) in before["persons"].items() if c is not None and now[c][0] == p}  # a guess may leave
    assert {p: after["persons"][p][1] for p in covers} == covers, "covers"
    for (a, b), must in before["links"].items():
        apart = was[a][0] is None or was[a][0] != was[b][0]
        assert must or not apart or now[a][0] is None or now[a][0] != now[b][0], "told apart"
    return sum(map(len, (placed, aside, with_named, named, before["links"], before["strangers"], before["drawn"], covers)))


def assert_does_what_it_says(edit: edits.Edit, before: State, after: State, new: tuple[int, ...]) -> None:
    """The faces that an edit is about are as it says, and all others as they were."""
    was, now = before["faces"], after["faces"]
    about = [i for i in getattr(edit, "face_ids", ()) if i in was]
    will: dict[int, Any] = {i: now[i] for i in about}  # how the faces that it is about shall be
    match edit:
        case edits.MoveFaces(_, person):
            will = {i: (person, True, "face") if person else (None, False, was[i][2]) for i in about}
            if person is None:  # who was with nobody, or was put aside, has nobody to be taken from
                will |= {i: was[i] for i in about if was[i][0] is None}
        case edits.NewPerson() | edits.SplitPerson():
            assert after["persons"][new[0]][0] == edit.name
            will = dict.fromkeys(about, (new[0], True, "face"))
        case edits.MergePersons(persons, into, doubtful):
            will = {i: (into, row[1] or i not in doubtful, "face") for i, row in was.items() if row[0] in (*persons, into)}
        case edits.ConfirmFaces():
            will = {i: (was[i][0], was[i][0] is not None, was[i][2]) for i in about}
        case edits.IgnoreFaces():
            will = dict.fromkeys(about, (None, False, "ignored"))
        case edits.NotAFace():
            will = dict.fromkeys(about, (None, False, "not-a-face"))
        case edits.BringBackFaces():
            will = {i: was[i] if was[i][2] == "face" else (None, False, "face") for i in about}
        case edits.SetStrangers():
            assert all(after["strangers"][i] == edit.strangers for i in about)
            will = {}
        case edits.RenamePerson(person, name):
            assert after["persons"][person][0] == name
        case edits.SetCover(person, face):
            assert after["persons"][person][1] == face
        case edits.AddFace():
            will = dict.fromkeys(now.keys() - was.keys(), (None, False, "face"))
            assert len(will) <= 1
        case edits.TellApart(pairs):
            assert all(not after["links"].get((min(p), max(p)), False) for p in pairs)
        case edits.Together(parts):
            merged = {p for part in parts if isinstance(part, edits.MergePersons) for p in part.person_ids}
            named = {i for part in parts for i in getattr(part, "face_ids", ())}
            will = {i: now[i] for i, row in was.items() if i in named or row[0] in merged}
    assert {i: now[i] for i in will} == will
    assert {i: row for i, row in now.items() if i not in will} == {i: row for i, row in was.items() if i not in will}
    placed = {i: row[0] for i, row in now.items() if row[1]}
    for (a, b), must in after["links"].items():
        if a in placed and b in placed:
            assert must == (placed[a] == placed[b]), "the later decision wins"


class Life:
    """One library, its photos on disk, and what was done to it."""

    def __init__(self, folder: Path) -> None:
        self.home, self.tick, self.moves = folder, 1, 0
        self.album, self.away = folder / "album", folder / "away"
        self.finder = StripedFaces()
        self.done: list[tuple[State, State]] = []
        self.undone: list[tuple[State, State]] = []
        self.let_go: set[int] = set()
        self.redrawn: set[int] = set()
        """Faces drawn by hand in a picture that is another one now: their box is where they are found in that one."""
        self.edited: set[int] = set()
        """Faces that a file no longer shows since it was edited, and that nobody had placed by hand."""
        self.counts: Counter[str] = Counter()
        self.away.mkdir(parents=True)
        for k in range(6):
            paint_stripes(self.album / f"{k % 2}" / f"{k}.png", [stripe(7 * k + j) for j in range(1 + k % 3)], self.tick)
        self.library = Library.open(folder / "life.photoclust")
        scan(self.library, self.album, self.finder)
        self.group(0)

    def live(self, what: str, pick: int) -> None:
        """Take a step; what is not an edit changes no decision."""
        before, redrawn = standing(self.library), set(self.redrawn)
        getattr(self, what)(pick)
        self.counts[what] += 1
        lost = before["faces"].keys() - standing(self.library)["faces"].keys()
        if what not in ("edit", "undo", "redo", "travel"):
            assert lost <= self.edited | undecided(before), "a scan lets go of what is not there and what nobody decided"
            self.let_go |= lost
            before = without(before, lost)
            now = standing(self.library)["drawn"]
            before["drawn"] |= {i: now[i] for i in self.redrawn - redrawn if i in now}
        if what not in ("edit", "answer", "split", "undo", "redo", "travel"):
            self.counts["decisions looked at"] += assert_decisions_stand(before, standing(self.library))
        noted = self.library.history(10_000)
        assert [n.undone for n in noted] == [True] * len(self.undone) + [False] * len(self.done)

    def apply(self, edit: edits.Edit) -> None:
        """Make an edit of the user's."""
        before, newest = standing(self.library), self.library.newest_edit()
        try:
            applied = self.library.apply(edit)
        except UserError:
            assert standing(self.library) == before, "a refused edit changes nothing"
            self.counts[f"{edit.kind} refused"] += 1
            return
        after = standing(self.library)
        if not isinstance(edit, edits.Regroup):
            assert_does_what_it_says(edit, before, after, applied.new_persons)
        self.counts[f"{edit.kind} made"] += 1
        if self.library.newest_edit() != newest:
            self.done.append((before, after))
            self.undone.clear()
        else:
            assert after == before

    def edit(self, pick: int) -> None:
        """One of every kind."""
        faces, persons = sorted(standing(self.library)["faces"]), sorted(standing(self.library)["persons"]) or [1]
        some = tuple(dict.fromkeys(faces[pick // k % len(faces)] for k in (1, 3, 11)[: 1 + pick % 3]))
        one, other = persons[pick // 5 % len(persons)], persons[pick // 13 % len(persons)]
        theirs = tuple(self.library.face_ids(person_id=one)) or some
        name = ("", "Anna", "Bea", "Åsa")[pick // 2 % 4]
        photo = self.library.photos()[pick % 3]
        box = (32.0 + WIDE * (pick % 2) + pick % 3, 12.0, WIDE - 16.0, HIGH - 24.0)
        kinds: list[edits.Edit] = [
            edits.RenamePerson(one, name), edits.MoveFaces(some, one), edits.MoveFaces(theirs[:2], None),
            edits.NewPerson(some, name), edits.SplitPerson(one, theirs[: 1 + pick % 2], name),
            edits.MergePersons((one, other), one, theirs[:1] if pick % 2 else ()), edits.ConfirmFaces(theirs[:3]),
            edits.TellApart(tuple((some[0], f) for f in some[1:])), edits.IgnoreFaces(some), edits.NotAFace(some[:1]),
            edits.BringBackFaces(tuple(faces[:4])), edits.SetCover(one, theirs[-1] if pick % 4 else None),
            edits.SetStrangers(some, strangers=pick % 2 == 0), edits.AddFace(photo.id, box),
            edits.ChangeBox(some[0], (6.0 + WIDE * (pick % 3), *box[1:])),
        ]  # fmt: skip
        edit = kinds[pick // 3 % len(kinds)]
        if not isinstance(edit, edits.TellApart) or edit.pairs:
            self.apply(edit)

    def answer(self, pick: int) -> None:
        """Answer a question."""
        questions = [q for q in Review(self.library, bold=True).questions(8) if q.kind != "who"]
        if questions:
            question = questions[pick % len(questions)]
            self.apply(say_yes(question) if pick % 3 else say_no(question))

    def split(self, pick: int) -> None:
        """Split a person in two by a face."""
        persons = [p for p in self.library.persons() if p.face_count > 2]
        if persons:
            divider = Divider(self.library, persons[pick % len(persons)].id)
            halves = divider.divide((), divider.faces[[pick % len(divider.faces)]].tolist())
            if halves.stay:
                self.apply(split_edit(halves, "somebody"))

    def undo(self, pick: int) -> None:
        """All is as it was before that edit."""
        if self.library.undo():
            self.undone.append(self.done.pop())
            self.assert_as(self.undone[-1][0])

    def redo(self, pick: int) -> None:
        """All is as it was after that edit."""
        if self.library.redo():
            self.done.append(self.undone.pop())
            self.assert_as(self.done[-1][1])

    def travel(self, pick: int) -> None:
        """Go to any moment by the history."""
        ids = [0, *(n.id for n in reversed(self.library.history(10_000)))]
        goal = pick % len(ids)
        while self.library.step_towards(ids[goal], ids[-1]):
            pass
        while len(self.done) > goal:
            self.undone.append(self.done.pop())
        while len(self.done) < goal:
            self.done.append(self.undone.pop())
        if self.done or self.undone:
            self.assert_as(self.done[-1][1] if self.done else self.undone[-1][0])

    def assert_as(self, then: State) -> None:
        """All stands as it did then, but for what files do not show any more, and what they show since then."""
        now = standing(self.library)
        assert then["faces"].keys() - now["faces"].keys() <= self.let_go
        then = without(then, then["faces"].keys() - now["faces"].keys())
        assert {i: row for i, row in now["faces"].items() if i in then["faces"]} == then["faces"]
        assert {p: row for p, row in now["persons"].items() if row[0]} == {p: row for p, row in then["persons"].items() if row[0]}
        for what in ("links", "strangers"):
            assert now[what] == then[what]
        assert {i: at for i, at in now["drawn"].items() if i not in self.redrawn} == {
            i: at for i, at in then["drawn"].items() if i not in self.redrawn
        }

    def group(self, pick: int) -> None:
        """With the engine."""
        self.regrouped(lambda: group_faces(self.library, seed=pick % 3, mode="all" if pick % 2 else "auto"))

    def chance(self, pick: int) -> None:
        """By chance: an engine that knows nothing."""
        ids, _ = self.library.embeddings()
        labels = np.random.default_rng(pick).integers(0, 1 + pick % 9, len(ids))
        edit = plan_regroup(self.library, ids, labels, np.full(len(ids), 0.6, np.float32), "chance", 0)
        self.regrouped(lambda: self.library.apply(edit))

    def regrouped(self, group: Callable[[], object]) -> None:
        """A grouping is an edit too, which can be undone."""
        before, newest = standing(self.library), self.library.newest_edit()
        group()
        if self.library.newest_edit() != newest:
            self.done.append((before, standing(self.library)))
            self.undone.clear()

    def look(self, pick: int) -> None:
        """Import, after something has happened to the files."""
        self.tick += 1
        files, gone = sorted(self.album.rglob("*.png")), sorted(self.away.iterdir())
        file = files[pick % len(files)] if files else None
        match pick // 7 % 7:
            case 0:
                paint_stripes(self.album / f"new-{self.tick}.png", [stripe(pick + 5 * j) for j in range(1 + pick % 3)], self.tick)
            case 1 if file:
                file.rename(self.away / f"{self.tick}-{file.name}")
            case 2 if gone:
                gone[pick % len(gone)].rename(self.album / gone[pick % len(gone)].name)
            case 3 if file:
                (self.album / "sorted").mkdir(exist_ok=True)
                file.rename(self.album / "sorted" / f"{self.tick}.png")
            case 4 if file:
                at = str(file.relative_to(self.album))
                photo = next((p for p in self.library.photos() if p.relpath == at), None)
                shown = self.library.faces_of_photo(photo.id) if photo else []
                self.redrawn |= {f.id for f in shown if f.drawn}
                self.edited |= {f.id for f in shown if not f.by_hand and f.state == "face" and not f.drawn}
                stripes = stripes_of(file)
                stripes[pick % len(stripes)] = BLANK if pick % 2 else stripe(pick)
                paint_stripes(file, stripes, self.tick)
            case 5 if file:
                (self.album / f"copy-{self.tick}.png").write_bytes(file.read_bytes())
            case _:
                pass
        scan(self.library, self.album, self.finder)

    def another_model(self, pick: int) -> None:
        """A release that sees faces otherwise."""
        self.finder = StripedFaces(self.finder.model + 1)
        scan(self.library, self.album, self.finder)
        for _ in describe_drawn(self.library, session=self.finder):
            pass

    def move_library(self, pick: int) -> None:
        """The file goes elsewhere, or the album does, or the program is only started anew."""
        self.library.close()
        self.moves += 1
        path = self.library.path
        if pick % 3 == 0:
            path = path.rename(self.home / f"moved-{self.moves}.photoclust")
        self.library = Library.open(path, create=False)
        if pick % 3 == 1:
            old, self.album = self.album, self.album.rename(self.home / f"album-{self.moves}")
            (root,) = [r for r in self.library.root_rows() if r.path == old.resolve()]
            self.library.move_root(root.id, self.album)

    def end(self) -> None:
        """Undo everything and do it all again."""
        while self.done:
            self.undo(0)
        assert self.library.undo() is None
        while self.undone:
            self.redo(0)
        self.library.close()


_STEPS = ["edit"] * 6 + ["answer", "split", "undo", "undo", "redo", "travel", "group", "chance", "look", "look",
                         "another_model", "move_library"]  # fmt: skip


def lives(most: int) -> Any:
    """Lists of steps."""
    return st.lists(st.tuples(st.sampled_from(_STEPS), st.integers(0, 9999)), min_size=most // 2, max_size=most)


def live(steps: list[tuple[str, int]]) -> Counter[str]:
    """One life, and what was done in it."""
    with tempfile.TemporaryDirectory(prefix="photoclust-life-") as name:
        life = Life(Path(name))
        for what, pick in steps:
            life.live(what, pick)
        life.end()
        return life.counts


_SETTINGS: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


@settings(max_examples=6, derandomize=True, **_SETTINGS)
@given(lives(16))
def test_each_decision_stands_after_each_step(steps: list[tuple[str, int]]) -> None:
    live(steps)


@pytest.mark.long
def test_the_same_for_many_long_lives(capsys: pytest.CaptureFixture[str]) -> None:
    total: Counter[str] = Counter()

    @settings(max_examples=120, **_SETTINGS)
    @given(lives(60))
    def many(steps: list[tuple[str, int]]) -> None:
        total.update(live(steps), lives=1)

    many()
    taken = sum(total[step] for step in set(_STEPS))
    with capsys.disabled():
        print(f"\n{total['lives']:,} lives, {taken:,} steps, {total['decisions looked at']:,} decisions looked at")
        print(", ".join(f"{what} {count:,}" for what, count in sorted(total.items())))
