"""Whatever is answered, edited, undone and regrouped: the denied is not asked again, the placed stays, undo is exact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from photoclust.bench.in_library import empty_library, scanned
from photoclust.core.changes import Changes
from photoclust.core.edits import ConfirmFaces, IgnoreFaces, MergePersons, MoveFaces, NewPerson, Regroup, RenamePerson
from photoclust.core.errors import UserError
from photoclust.library.library import Library
from photoclust.library.matching import plan_regroup
from photoclust.workflows.questions import Kind, Question, Review, say_no, say_yes

PEOPLE, EACH = 7, 6


@contextmanager
def filled() -> Iterator[Library]:
    """Seven people of six faces, alike enough to be mistaken, two faces in every third photo."""
    generator = np.random.default_rng(11)
    middles = generator.normal(size=(PEOPLE, 32))
    vectors = np.repeat(middles, EACH, 0) + 1.1 * generator.normal(size=(PEOPLE * EACH, 32))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    with empty_library() as (library, root):
        rows, number, photos = generator.permutation(len(vectors)), 0, []
        while number < len(rows):
            size = 2 if len(photos) % 3 == 0 else 1
            photos.append(scanned(len(photos), vectors[rows[number : number + size]]))
            number += size
        library.save_scanned(root, photos)
        yield library


def decided(library: Library) -> dict[str, Any]:
    """Everything that edits may change."""
    return {
        "faces": {f.id: (f.person_id, f.by_hand, f.state, f.confidence) for f in library.faces()},
        "persons": {p.id: (p.name, p.cover_face_id) for p in library.persons()},
        "links": library.links(),
    }


class World:
    """A library with its review, and what must hold."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.review = Review(library, bold=True)
        self.denied: list[set[tuple[int, int]]] = []
        """What each edit in the undo list denied."""

    def apply(self, edit: Any, denied: set[tuple[int, int]] | None = None) -> bool:
        """Make an edit, undo it, do it again; whether it could be made and changed anything."""
        before, steps = decided(self.library), self.library.undo_text()
        try:
            changes = self.library.apply(edit).changes
        except UserError:
            return False
        after = decided(self.library)
        if after == before:
            return False
        event(f"{edit.kind} after {steps is not None}")
        self.follow(changes)
        for step, state in ((self.library.undo, before), (self.library.redo, after)):
            done = step()
            assert done is not None
            assert decided(self.library) == state
            self.follow(done.changes)
        self.denied.append(denied or set())
        return True

    def undo(self) -> None:
        """Take the last edit back."""
        done = self.library.undo()
        if done is not None:
            self.denied.pop()
            self.follow(done.changes)

    def follow(self, changes: Changes) -> None:
        if not self.review.follow(self.library, changes):
            self.review = Review(self.library, bold=True)
        whose = {f.id: f.person_id or -f.id for f in self.library.faces() if f.state == "face"}
        units = self.review.units
        found = {int(f): int(units.who[u]) for f, u in zip(units.faces, units.unit, strict=True) if u >= 0}
        assert found == whose, "it knows how the library stands"

    def check(self) -> None:
        """Nothing that stands denied is joined or asked."""
        whose = {f.id: f.person_id or -f.id for f in self.library.faces()}
        placed = {f.id for f in self.library.faces() if f.by_hand}
        told = {(int(a), int(b)) for a, b in self.library.told_apart()}
        for pair in set().union(*self.denied) & told:  # a later decision by hand may have said the opposite
            assert whose[pair[0]] != whose[pair[1]]
        for review in (self.review, Review(self.library, bold=True)):
            for question in review.questions(1000):
                if question.kind is Kind.SAME:
                    sides = {frozenset((question.host.who, guest.who)) for guest in question.guests}
                    assert not [p for p in told if frozenset((whose[p[0]], whose[p[1]])) in sides]
                if question.kind is Kind.STAYS:
                    assert placed.isdisjoint(question.guests[0].all_faces)


def answer(world: World, question: Question, pick: int) -> None:
    """Answer somehow; who is placed keeps whom it was placed with."""
    library = world.library
    placed = {f.id: f.person_id for f in library.faces() if f.by_hand}
    if question.kind is Kind.WHO:
        world.apply(RenamePerson(question.host.who, f"Somebody {pick % 3}"))
    else:
        several = question.kind is Kind.SAME
        marked = {k for k in range(len(question.guests)) if pick >> k & 1 and pick % 3}
        edit = say_yes(question, marked) if marked else say_no(question)
        pairs = {(min(a, b), max(a, b)) for k, g in enumerate(question.guests) if k not in marked
                 for a, b in ((question.host.faces[0], g.faces[0]),)}  # fmt: skip
        assert world.apply(edit, pairs if several else set()), "an answer always says something"
        if several:
            told = {(int(a), int(b)) for a, b in library.told_apart()}
            assert pairs <= told, "what was denied is written down"
    now = {f.id: f.person_id for f in library.faces()}
    for person in set(placed.values()):
        homes = {now[face] for face, where in placed.items() if where == person}
        assert len(homes) == 1, "who was placed together stays together"
        assert homes != {None}
        if question.kind is not Kind.SAME:
            assert homes == {person}


def regroup(world: World, pick: int) -> None:
    """Group at random: an engine that knows nothing."""
    library = world.library
    before = {f.id: f.person_id for f in library.faces() if f.by_hand}
    ids, _ = library.embeddings()
    labels = np.random.default_rng(pick).integers(0, 1 + pick % 12, len(ids))
    edit: Regroup = plan_regroup(library, ids, labels, np.full(len(ids), 0.7, np.float32), "chance", 0)
    world.apply(edit)
    now = {f.id: f.person_id for f in library.faces()}
    assert {face: now[face] for face in before} == before, "no grouping moves what was placed"


def edit_by_hand(world: World, pick: int) -> None:
    """What else a user may do."""
    library = world.library
    faces, persons = library.face_ids(), [p.id for p in library.persons()] or [0]
    face, person = faces[pick % len(faces)], persons[pick // 7 % len(persons)]
    other = persons[pick // 3 % len(persons)]
    edits: list[Callable[[], Any]] = [
        lambda: MoveFaces((face,), person), lambda: MoveFaces((face,), None), lambda: ConfirmFaces((face,)),
        lambda: NewPerson((face, faces[pick // 5 % len(faces)])), lambda: IgnoreFaces((face,)),
        lambda: RenamePerson(person, f"Somebody {pick % 4}"), lambda: MergePersons((person, other), person),
    ]  # fmt: skip
    world.apply(edits[pick % len(edits)]())


_steps = st.lists(st.tuples(st.sampled_from(["answer"] * 4 + ["hand", "regroup", "undo"]), st.integers(0, 999)), max_size=14)


def live(steps: list[tuple[str, int]]) -> None:
    """Do all that and look after each step."""
    with filled() as library:
        world = World(library)
        regroup(world, 11)
        for what, pick in steps:
            questions = world.review.questions(8)
            if what == "answer" and questions:
                answer(world, questions[pick % len(questions)], pick // 8)
            elif what == "hand":
                edit_by_hand(world, pick)
            elif what == "regroup":
                regroup(world, pick)
            elif what == "undo":
                world.undo()
            world.check()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_steps)
def test_what_is_denied_is_never_asked_again_and_who_is_placed_stays(steps: list[tuple[str, int]]) -> None:
    live(steps)


@pytest.mark.long
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_steps)
def test_the_same_for_many_lives(steps: list[tuple[str, int]]) -> None:
    live(steps)
