"""The questions of a library while it is open: worked out in the background, asked one after the other, answered as edits."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from photoclust.core.changes import Changes
from photoclust.core.edits import Edit, MergePersons, SetStrangers
from photoclust.core.errors import UserError
from photoclust.library.library import Library
from photoclust.ui.asking import Asking
from photoclust.ui.jobs import Job, JobEnd
from photoclust.ui.language import tr

if TYPE_CHECKING:
    from photoclust.ui.session import Session
    from photoclust.workflows.questions import Question, Review

_LATER = 200
"""Milliseconds after an edit that was no answer: it is painted first, and several edits are taken in at once."""


class Reviewing(QObject):
    """Belongs to a session and is shared by its windows. Nothing happens before somebody wants to know of questions.

    A review is made by the worker. What is answered and edited is taken in by a thread of its own, a tenth of a second with
    100,000 faces; meanwhile there is no question, and nobody else touches the review.
    """

    moved = Signal()
    """Another question is to be asked, or their number is another one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._job: Job | None = None
        self._stale = False
        self._asking = Asking(session.library.path, self)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._think)
        self._thinking: Review | None = None
        self._meanwhile: Changes | None = None
        self._todo: list[Callable[[Review], object]] = []
        self._wanted: Question | None = None
        self._answered: list[tuple[Question, str]] = []
        self.review: Review | None = None
        """None while it is not known what to ask."""
        self.question: Question | None = None
        """What is asked now; None also while an answer or an edit is being taken in."""
        self.most = 0
        """How many questions there were until the album would have been sure, at most."""
        session.changed.connect(self._on_changed)
        session.undone.connect(self._on_undone)
        session.job_ended.connect(self._on_job_ended)

    @property
    def busy(self) -> bool:
        """Whether questions are being looked for."""
        return self._job is not None

    @property
    def thinking(self) -> bool:
        """Whether the next question will be there in a moment."""
        return self.review is not None and (self._thinking is not None or self._soon.isActive())

    @property
    def left(self) -> int | None:
        """How many questions there are; None while that is unknown."""
        return None if self.review is None else self.review.count

    def prepare(self) -> None:
        """Look for questions in the background, unless that is done or being done."""
        if self.review is None and self._job is None:
            self._meanwhile, self._stale, self._todo = None, False, []
            self._job = Job(review=True)
            self._session.runner.start(self._job)
            self.moved.emit()

    def hurry(self) -> None:
        """Take in an edit at once: somebody waits for the next question."""
        if self._soon.isActive():
            self._soon.start(0)

    def close(self) -> None:
        """Wait for the thread."""
        self._soon.stop()
        self._asking.close()

    def yes(self, marked: Collection[int] | None = None) -> None:
        """The marked guests (None: all) are the host, the others are not; a part of a person belongs to it."""
        from photoclust.workflows.questions import say_yes

        if self.question is not None:
            chosen = range(len(self.question.guests)) if marked is None else marked
            self._answer(say_yes(self.question, chosen), chosen)

    def no(self) -> None:
        """No guest is the host; a part of a person does not belong to it."""
        from photoclust.workflows.questions import say_no

        if self.question is not None:
            self._answer(say_no(self.question), ())

    def choose(self, place: int) -> None:
        """The host is the named person at this place."""
        question = self.question
        if question is not None and place < len(question.guests):
            into = question.guests[place].who
            self._answer(MergePersons((into, question.host.who), into, question.host.doubtful), (place,))

    def stranger(self) -> None:
        """Whoever is asked for is a stranger."""
        question = self.question
        if question is not None and question.kind == "who" and question.host.person is not None:
            faces = self._session.library.face_ids(person_id=question.host.person)
            self._answer(SetStrangers(tuple(sorted(faces)), strangers=True), ())

    def unsure(self) -> None:
        """Ask again when something has changed there."""
        self._put_off(for_good=False)

    def skip(self) -> None:
        """Do not ask again before the program is started anew."""
        self._put_off(for_good=True)

    def be_bold(self) -> None:
        """Ask long shots too."""
        self._do(lambda review: review.be_bold())

    def _put_off(self, *, for_good: bool) -> None:
        question = self.question
        if question is not None:
            self._do(lambda review: review.put_off(question, for_good=for_good))

    def _answer(self, edit: Edit, marked: Collection[int]) -> None:
        question = self.question
        if self.review is None or question is None:
            return
        self.question = None
        self._todo.append(lambda review: review.heard(question, marked))
        applied = self._session.apply(edit)
        if applied is None:  # the library is not what it was thought to be
            self._start_anew()
        else:
            self._answered.append((question, applied.text))
            self._soon.start(0)

    def _do(self, change: Callable[[Review], object]) -> None:
        """Change the review, and ask what is to be asked then."""
        self.question = None
        self._todo.append(change)
        self._soon.start(0)

    @Slot()
    def _think(self) -> None:
        """Take in what has happened, and find out what to ask next; not in this thread."""
        review = self.review
        if review is None or self._thinking is not None:
            return
        self._thinking = review
        changes, todo, wanted = self._meanwhile, self._todo, self._wanted
        self._meanwhile, self._todo, self._wanted = None, [], None

        def think(library: Library) -> tuple[Question | None, int] | None:
            for change in todo:
                change(review)
            try:
                if changes is not None and not review.follow(library, changes):
                    return None
            except UserError:
                return None
            return (wanted and review.again(wanted)) or review.question, review.until_sure

        self._asking.ask(self, think, self._on_thought)

    def _on_thought(self, found: tuple[Question | None, int] | None) -> None:
        review, self._thinking = self._thinking, None
        if review is not self.review:
            self._think()  # another one was made meanwhile
        elif found is None:
            self._lose()
        elif self._meanwhile is not None or self._todo or self._wanted:
            self._soon.start(0)
        else:
            self.question = found[0]
            self.most = max(self.most, found[1])
            self.moved.emit()

    def _lose(self) -> None:
        """Too much is different now: look for questions again, after what runs in the background."""
        if self._session.runner.busy:
            self.review, self.question, self._stale = None, None, True
            self.moved.emit()
        else:
            self._start_anew()

    def _start_anew(self) -> None:
        self.review = self.question = None
        self.most = 0
        self.prepare()
        self.moved.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._job is not None or self.review is not None:
            self._meanwhile = (self._meanwhile or Changes()) | changes
        if self._job is None and self.review is not None:
            self.question = None
            self._soon.start(_LATER)

    @Slot(str)
    def _on_undone(self, text: str) -> None:
        """Ask again what was just taken back."""
        if self._answered and text == tr("Undone: {what}", what=self._answered[-1][1]):
            self._wanted = self._answered.pop()[0]
            self._soon.start(0)

    @Slot(object)
    def _on_job_ended(self, end: JobEnd) -> None:
        if not self._session.runner.running:
            return  # the library is being closed
        if end.job is self._job:
            self._job = None
            self.review = end.review
            if self.review is None:
                self.moved.emit()
            else:
                self._soon.start(0)
        elif self._stale and not self._session.runner.busy:
            self._start_anew()
