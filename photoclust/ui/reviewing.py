"""The questions of a library while it is open: worked out in the background, asked one after the other, answered as edits."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from photoclust.core.changes import Changes
from photoclust.core.edits import Edit, MergePersons
from photoclust.ui.jobs import Job, JobEnd
from photoclust.ui.language import tr

if TYPE_CHECKING:
    from photoclust.ui.session import Session
    from photoclust.workflows.questions import Question, Review


class Reviewing(QObject):
    """Belongs to a session and is shared by its windows. Nothing happens before somebody wants to know of questions."""

    moved = Signal()
    """Another question is to be asked, or their number is another one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._job: Job | None = None
        self._meanwhile = Changes()
        self._stale = False
        self._answered: list[tuple[Question, str]] = []
        self.review: Review | None = None
        """None while it is not known what to ask."""
        self.question: Question | None = None
        """What is asked now."""
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
    def left(self) -> int | None:
        """How many questions there are; None while that is unknown."""
        return None if self.review is None else self.review.count

    def prepare(self) -> None:
        """Look for questions in the background, unless that is done or being done."""
        if self.review is None and self._job is None:
            self._meanwhile, self._stale = Changes(), False
            self._job = Job(review=True)
            self._session.runner.start(self._job)
            self.moved.emit()

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

    def unsure(self) -> None:
        """Ask again when something has changed there."""
        self._put_off(for_good=False)

    def skip(self) -> None:
        """Do not ask again before the program is started anew."""
        self._put_off(for_good=True)

    def be_bold(self) -> None:
        """Ask long shots too."""
        if self.review is not None:
            self.review.be_bold()
            self._ask()

    def _put_off(self, *, for_good: bool) -> None:
        if self.review is not None and self.question is not None:
            self.review.put_off(self.question, for_good=for_good)
            self._ask()

    def _answer(self, edit: Edit, marked: Collection[int]) -> None:
        question = self.question
        if self.review is None or question is None:
            return
        self.question = None
        self.review.heard(question, marked)
        applied = self._session.apply(edit)
        if applied is None:  # the library is not what it was thought to be
            self._start_anew()
        else:
            self._answered.append((question, applied.text))

    def _ask(self, wanted: Question | None = None) -> None:
        """Go to what settles most, or back to what was asked before."""
        review = self.review
        if review is not None:
            self.question = (wanted and review.again(wanted)) or review.question
            self.most = max(self.most, review.until_sure)
        self.moved.emit()

    def _start_anew(self) -> None:
        self.review = self.question = None
        self.most = 0
        self.prepare()
        self.moved.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._job is not None:
            self._meanwhile |= changes
        elif self.review is not None:
            if self.review.follow(self._session.library, changes):
                self._ask()
            elif self._session.runner.busy:
                self.review, self.question, self._stale = None, None, True
                self.moved.emit()
            else:
                self._start_anew()

    @Slot(str)
    def _on_undone(self, text: str) -> None:
        """Ask again what was just taken back."""
        if self._answered and text == tr("Undone: {what}", what=self._answered[-1][1]):
            self._ask(self._answered.pop()[0])

    @Slot(object)
    def _on_job_ended(self, end: JobEnd) -> None:
        if not self._session.runner.running:
            return  # the library is being closed
        if end.job is self._job:
            self._job = None
            self.review = end.review
            if self.review is not None and not self.review.follow(self._session.library, self._meanwhile):
                self._start_anew()
            else:
                self._ask()
        elif self._stale and not self._session.runner.busy:
            self._start_anew()
