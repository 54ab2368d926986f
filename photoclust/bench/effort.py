"""What it takes to a perfect album: a user who knows everybody answers the questions, then drags what is left.

The user judges by the faces that a question shows. Each answer counts as an action, and so does each face or person marked
or unmarked in it; giving a person a first name does not, for that is done by hand too (`names` counts these). What the
questions leave is done by hand as `../shared/tools/score.py` counts it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.bench.by_hand import Step, digikam, dragged, step
from photoclust.bench.datasets import Dataset
from photoclust.bench.in_library import empty_library, scanned
from photoclust.clustering import catalog
from photoclust.clustering.measures import Measures
from photoclust.core.edits import Edit, MergePersons, RenamePerson
from photoclust.core.progress import Progress, Silent, Status
from photoclust.library.library import Library
from photoclust.workflows.group_faces import group_faces
from photoclust.workflows.questions import Kind, Question, Review, Side, say_no, say_yes

PEERS = ("immich", "digikam")
"""Apps by whose rules the same faces are made albums of."""
GOOD = 0.99
"""BCubed F of an album that is as good as perfect."""


@dataclass(frozen=True)
class Effort:
    """What one set took."""

    dataset: str
    faces: int
    persons: int
    by_hand: int
    """Actions without any question."""
    answers: int
    """Questions answered until none was left."""
    names: int
    """First names among these answers."""
    actions: int
    """What the answers took, without first names."""
    left: int
    """What was dragged afterwards."""
    to_good: int
    """Actions until BCubed F was `GOOD`."""
    to_good_by_hand: int
    """The same without any question."""
    by_size: int
    """All actions if questions come by size alone."""
    peer: str
    peer_actions: int
    """From the groups of the better of the peers' rules, or as it wants to be told."""
    peers: dict[str, int]
    """The same for each of them."""
    curve: tuple[Step, ...]
    curves: dict[str, tuple[Step, ...]]
    """How the album stands with every action by hand (`by hand`) and with each of the peers."""

    @property
    def ours_actions(self) -> int:
        """All actions, questions and dragging."""
        return self.actions + self.left

    @property
    def ratio(self) -> float:
        """Our actions to the peer's."""
        return self.ours_actions / max(self.peer_actions, 1)


def measure_effort(dataset: Dataset, seed: int = 0, progress: Progress | None = None, *, bold: bool = False) -> Effort:
    """Group a set in a library file of its own, and answer whatever is asked, in both orders; with `bold` long shots too."""
    progress = progress or Silent()
    with _library(dataset) as library:
        group_faces(library, seed=seed, progress=progress)
        user = _User(dataset, library, progress)
        before = user.measures
        alone = user.by_hand()
        curve = user.answer_all(bold=bold, by_size=False)
        asked = curve[-1]
        curve += user.by_hand()[1:]
    with _library(dataset) as library:
        group_faces(library, seed=seed, progress=progress)
        other = _User(dataset, library, progress)
        by_size = other.answer_all(bold=bold, by_size=True)[-1]
    curves = {"by hand": tuple(alone)}
    for name in PEERS:
        if name == "digikam":
            curves[name] = tuple(digikam(dataset, progress))
        else:
            engine = catalog.create(name)
            labels = engine.fit_predict(dataset.embeddings, hints=dataset.hints, seed=seed, progress=progress).labels
            curves[name] = tuple(dragged(dataset, labels, progress))
    peers = {name: curves[name][-1].actions for name in PEERS}
    peer = min(peers, key=lambda name: peers[name])
    return Effort(
        dataset.name, before.faces, before.persons, before.actions, user.answers, user.names, asked.actions, asked.left,
        _to_good(curve), _to_good(alone), by_size.actions + by_size.left, peer, peers[peer], peers, tuple(curve), curves,
    )  # fmt: skip


def _to_good(curve: Sequence[Step]) -> int:
    return next(step.actions for step in curve if step.bcubed_f >= GOOD or step is curve[-1])


class _User:
    """Somebody who knows every face."""

    def __init__(self, dataset: Dataset, library: Library, progress: Progress) -> None:
        self._dataset, self._library, self._progress = dataset, library, progress
        self._ids = np.array(sorted(library.face_ids()), np.int64)
        self._truth = dict(zip(self._ids.tolist(), dataset.persons[_order(dataset)].tolist(), strict=True))
        self._named: dict[int, int] = {}
        self.answers = self.names = self._actions = 0

    @property
    def measures(self) -> Measures:
        """How the album stands."""
        return self._dataset.measure(self._labels())

    def _labels(self) -> NDArray[np.int64]:
        """(n,) the groups, in the order of the set."""
        person = self._library.persons_of_faces()
        labels = np.array([person.get(face, -face) for face in self._ids.tolist()], np.int64)
        by_row = np.empty_like(labels)
        by_row[_order(self._dataset)] = np.unique(labels, return_inverse=True)[1]
        return by_row

    def by_hand(self) -> list[Step]:
        """Drag what is wrong until nothing is, the most faces at once first; how the album stood after each action or two."""
        return dragged(self._dataset, self._labels(), self._progress, self._actions)

    def answer_all(self, *, bold: bool, by_size: bool) -> list[Step]:
        """Answer until nothing is asked; how the album stood after each answer."""
        review = Review(self._library, self._progress, bold=bold, by_size=by_size)
        steps = [self.step()]
        while (question := review.question) is not None:
            self._progress.checkpoint()
            self._progress.report(Status(f"Answering ({self._dataset.name})", self.answers, self.answers + review.count))
            marked = self._same(question)
            edit = self._answer(question, marked)
            review.heard(question, marked)
            changes = self._library.apply(edit).changes
            if not review.follow(self._library, changes):
                review = Review(self._library, self._progress, bold=bold, by_size=by_size)
            steps.append(self.step())
        return steps

    def step(self) -> Step:
        """How the album stands now."""
        return step(self._dataset, self._labels(), self._actions)

    def _answer(self, question: Question, marked: frozenset[int]) -> Edit:
        self.answers += 1
        if question.kind is Kind.WHO:
            return self._name(question.host)
        several = len(question.guests) > 1 and bool(marked)
        self._actions += 1 + (len(marked ^ question.likely) if several else 0)
        return say_yes(question, marked) if marked else say_no(question)

    def _name(self, host: Side) -> Edit:
        who = self._who(host)
        known = self._named.get(who)
        if known is not None and self._library.person(known) is not None:
            self._actions += 1
            return MergePersons((host.who, known), known, host.doubtful)
        self.names += 1
        self._named[who] = host.who
        return RenamePerson(host.who, f"Person {who}")

    def _same(self, question: Question) -> frozenset[int]:
        """The guests who are the host."""
        host = self._who(question.host)
        return frozenset(k for k, guest in enumerate(question.guests) if self._who(guest) == host)

    def _who(self, side: Side) -> int:
        """Who is mostly to be seen."""
        return int(Counter(self._truth[face] for face in side.faces).most_common(1)[0][0])


def _order(dataset: Dataset) -> NDArray[np.int64]:
    """(n,) the rows photo by photo, as they are saved."""
    photo = np.arange(len(dataset.persons)) if dataset.photo is None else dataset.photo
    order: NDArray[np.int64] = np.argsort(photo, kind="stable")
    return order


@contextmanager
def _library(dataset: Dataset) -> Iterator[Library]:
    """A library of the faces in a folder that is removed afterwards."""
    photo = np.arange(len(dataset.persons)) if dataset.photo is None else dataset.photo
    order = _order(dataset)
    photos = np.split(order, np.flatnonzero(np.diff(photo[order])) + 1)
    with empty_library() as (library, root):
        library.save_scanned(root, [scanned(k, dataset.embeddings[rows]) for k, rows in enumerate(photos)])
        yield library


def sampled(curve: Sequence[Step], most: int = 200) -> list[Step]:
    """At most about so many steps of a curve, the first and the last among them."""
    keep = np.unique(np.linspace(0, len(curve) - 1, min(most, len(curve))).astype(np.int64))
    return [curve[k] for k in keep.tolist()]
