"""The questions, one after the other: the faces side by side, a sentence, and an answer by one key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QPalette, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photoclust.ui.language import tr
from photoclust.ui.models.person_model import PersonModel
from photoclust.ui.reviewing import Reviewing
from photoclust.ui.session import Session
from photoclust.ui.theme import Metrics, icon
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.empty_state import EmptyState
from photoclust.ui.views.question_view import MOST_GUESTS, QuestionView, sentence
from photoclust.ui.views.side_delegates import name_field

_AROUND = 250
"""How much of the height is not for the faces."""


class ReviewPage(QFrame):
    """Fills the window; every answer has a key."""

    left = Signal()
    """The user wants to see the album again."""
    named = Signal(int, str)
    """A person and its name."""

    def __init__(
        self, session: Session, thumbnails: Thumbnails, persons: PersonModel, undo: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session = session
        self._reviewing: Reviewing = session.reviewing
        self._persons = persons
        self._marked: frozenset[int] = frozenset()
        self._context = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr("Questions"))
        self.title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self.title.setProperty("kind", "title")
        self.settles = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.settles.setProperty("kind", "muted")
        self.faces = QuestionView(session.library, thumbnails)
        self.faces.clicked.connect(self._digit)
        self.sure = QLabel()
        self.sure.setProperty("kind", "muted")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedWidth(220)
        self.bar.setAccessibleName(tr("How sure the album is"))
        self.back = QToolButton()
        self.back.setIcon(icon("previous"))
        self.back.setText(f" {tr('Back to the album')}")
        self.back.setToolTip(tr("Back to the album (Esc)"))
        self.back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.back.clicked.connect(self.left)
        self.undo = QToolButton()
        self.undo.setIcon(icon("undo"))
        self.undo.setText(f" {tr('Undo')}")
        self.undo.setToolTip(tr("Undo the last answer (Ctrl+Z)"))
        self.undo.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.undo.clicked.connect(undo)
        self.yes = self._button(tr("Yes"), "Y", self.say_yes, primary=True)
        self.no = self._button(tr("No"), "N", self.say_no)
        self.stranger = self._button(tr("A stranger"), "A", self._reviewing.stranger)
        self.unsure = self._button(tr("Not sure"), "U", self._reviewing.unsure)
        self.skip = self._button(tr("Skip"), "S", self._reviewing.skip)
        self.name = name_field(persons, self)
        self.name.setPlaceholderText(tr("Name (N)"))
        self.name.setAccessibleName(tr("Who this is"))
        self.name.setFixedWidth(240)
        self.name.taken.connect(self._on_named)
        self.hint = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.hint.setProperty("kind", "muted")
        self.nothing = EmptyState("confirm", tr("Nothing left to ask"), "", tr("Ask long shots too"))
        self.nothing.action_triggered.connect(self._reviewing.be_bold)
        self.looking = EmptyState("search", "", "", tr("Look for questions"))
        self.looking.action_triggered.connect(self._reviewing.prepare)
        self._lay_out()
        for place in range(MOST_GUESTS):
            self._on_key(str(place + 1), partial(self._digit, place))
        self._on_key("P", self._toggle_context)
        self._on_key("Escape", self._on_escape)
        self._reviewing.moved.connect(self.refresh)
        self.refresh()

    def toggle(self, place: int) -> None:
        """Mark a guest, or no longer."""
        question = self._reviewing.question
        if question is not None and len(question.guests) > 1 and place < len(question.guests):
            self._marked = self._marked ^ {place}
            self._refresh_faces()

    def say_yes(self) -> None:
        """Those marked are the person; where somebody is asked for, go to the field."""
        question = self._reviewing.question
        if question is None or question.kind == "who" or not self._marked:
            return
        self._reviewing.yes(self._marked)

    def say_no(self) -> None:
        """Nobody is; where somebody is asked for, go to the field."""
        question = self._reviewing.question
        if question is not None and question.kind == "who":
            self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._reviewing.no()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for questions if nobody has."""
        super().showEvent(event)
        self._reviewing.prepare()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what was typed."""
        self.name.clear()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As large faces as fit."""
        super().resizeEvent(event)
        self.faces.fit(self.width() - 2 * Metrics.XL, self.height() - _AROUND)

    @Slot()
    def refresh(self) -> None:
        """Show what is asked now."""
        question, review = self._reviewing.question, self._reviewing.review
        if question is None:
            if not self._reviewing.thinking:  # else what is shown stays for that moment
                self._show_nothing()
            return
        self._marked = question.likely
        who, several = question.kind == "who", len(question.guests) > 1 and question.kind != "who"
        self.title.setText(sentence(question))
        self.settles.setText(tr("settles {n} faces", n=max(1, round(question.settles))))
        for button in (self.yes, self.no):
            button.setVisible(not who)
        for widget in (self.name, self.stranger):
            widget.setVisible(who)
        if self.name.hasFocus() and not who:
            self.setFocus()
        self.name.clear()
        self.name.offer(self._persons.names() if who else [])
        self.undo.setEnabled(self._session.undo_text() is not None)
        self.no.setText(_keyed(tr("None of them") if several else tr("No"), "N"))
        self._refresh_faces()
        numbers = f"1–{len(question.guests)}" if len(question.guests) > 1 else "1"
        keys = [tr("P shows the photos"), tr("Ctrl+Z takes an answer back"), tr("Esc leaves")]
        if self.faces.tiled:
            keys.insert(0, tr("{numbers} choose", numbers=numbers) if who else tr("{numbers} mark", numbers=numbers))
        self.hint.setText("   ·   ".join(keys))
        self._refresh_bar(review.until_sure if review is not None else 0)
        self.pages.setCurrentWidget(self.asking)

    def _refresh_faces(self) -> None:
        question = self._reviewing.question
        if question is None:
            return
        self.faces.show_question(question, self._marked)
        if len(question.guests) > 1 and question.kind != "who":
            marked = len(self._marked)
            self.yes.setText(_keyed(tr("Yes, {n} marked ones", n=marked) if marked else tr("Yes"), "Y"))
        else:
            self.yes.setText(_keyed(tr("Yes"), "Y"))
        self.yes.setEnabled(bool(self._marked))

    def _refresh_bar(self, until_sure: int) -> None:
        most = max(self._reviewing.most, until_sure, 1)
        self.bar.setRange(0, most)
        self.bar.setValue(most - until_sure)
        more = self._reviewing.left or 0
        self.sure.setText(
            tr("{n} questions until 99 % sure", n=until_sure) if until_sure
            else f"{tr('99 % sure')}   ·   {tr('{n} more questions', n=more)}"
        )  # fmt: skip

    def _show_nothing(self) -> None:
        review = self._reviewing.review
        if review is None:
            busy = self._reviewing.busy or self._session.runner.busy
            self.looking.set_texts(
                tr("Looking for questions") if busy else tr("Nobody has looked for questions yet"),
                tr("The ones that settle the most faces come first."),
            )
            self.looking.button.setVisible(not busy)
            self.pages.setCurrentWidget(self.looking)
        else:
            more = review.long_shots > 0
            self.nothing.set_texts(
                tr("Nothing left to ask"),
                tr("The rest is as good as sure, or too unlikely to bother you with.") if more
                else tr("Every answer is in the album. New photos bring new questions."),
            )  # fmt: skip
            self.nothing.button.setVisible(more)
            self.pages.setCurrentWidget(self.nothing)
        self.sure.clear()
        self.bar.setRange(0, 1)
        self.bar.setValue(1 if review is not None else 0)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(Metrics.M)
        top.addWidget(self.back)
        top.addWidget(self.undo)
        top.addStretch(1)
        top.addWidget(self.sure)
        top.addWidget(self.bar)
        answers = QHBoxLayout()
        answers.setSpacing(Metrics.M)
        answers.addStretch(1)
        for widget in (self.yes, self.no, self.name, self.stranger, self.unsure, self.skip):
            answers.addWidget(widget)
        answers.addStretch(1)
        self.asking = QWidget()
        column = QVBoxLayout(self.asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Metrics.S)
        column.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(self.settles)
        column.addSpacing(Metrics.M)
        column.addWidget(self.faces)
        column.addSpacing(Metrics.M)
        column.addLayout(answers)
        column.addStretch(1)
        column.addWidget(self.hint)
        self.pages = QStackedWidget()
        for page in (self.looking, self.asking, self.nothing):
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Metrics.XL, Metrics.M, Metrics.XL, Metrics.M)
        whole.setSpacing(Metrics.S)
        whole.addLayout(top)
        whole.addWidget(self.pages, 1)

    def _button(self, text: str, key: str, act: Callable[[], object], *, primary: bool = False) -> QPushButton:
        button = QPushButton(_keyed(text, key))
        button.setMinimumWidth(120)
        if primary:
            button.setProperty("kind", "primary")
        button.clicked.connect(lambda _=False: act())
        self._on_key(key, act)
        return button

    def _on_key(self, key: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _digit(self, place: int) -> None:
        question = self._reviewing.question
        if question is not None and question.kind == "who":
            self._reviewing.choose(place)
        else:
            self.toggle(place)

    def _toggle_context(self) -> None:
        self._context = not self._context
        self.faces.show_context(self._context)

    def _on_escape(self) -> None:
        if self.name.hasFocus():
            self.name.clear()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    @Slot(str)
    def _on_named(self, name: str) -> None:
        question = self._reviewing.question
        if question is not None and question.host.person is not None and name:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.named.emit(question.host.person, name)
            self._reviewing.hurry()


def _keyed(text: str, key: str) -> str:
    """What a button says, with its key; "&" stands for itself."""
    return f"{text.replace('&', '&&')}   {key}"
