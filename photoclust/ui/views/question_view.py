"""A question as pictures: whom it is about on the left, who it may be on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from photoclust.library.library import Library
from photoclust.ui.language import tr
from photoclust.ui.theme import Metrics
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.face_view import FaceView

if TYPE_CHECKING:
    from photoclust.workflows.questions import Question, Side

MOST_GUESTS, SMALL_FACES = 6, 3
_LARGEST, _SMALLEST, _LARGEST_TILE = 340, 150, 210


def sentence(question: Question) -> str:
    """The question in words."""
    host, several = question.host, len(question.guests) > 1
    if question.kind == "who":
        return tr("Who is this?")
    if question.kind == "stays":
        return tr("Is this {name}?", name=host.name) if host.name else tr("Is this the same person?")
    if several:
        return tr("Which of these are {name}?", name=host.name) if host.name else tr("Which of these are the same person?")
    return tr("Is this {name}?", name=host.name) if host.name else tr("Same person?")


class SideCard(QFrame):
    """A large face, up to three smaller ones, and who it is."""

    def __init__(self, library: Library, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.large = FaceView(library, thumbnails, _LARGEST)
        self.small = [FaceView(library, thumbnails, _LARGEST // 3) for _ in range(SMALL_FACES)]
        self.name = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self.name.setProperty("kind", "heading")
        self.count = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.count.setProperty("kind", "muted")
        self._row = QHBoxLayout()
        self._row.setSpacing(Metrics.S)
        self._row.addStretch(1)
        for view in self.small:
            self._row.addWidget(view)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Metrics.L, Metrics.L, Metrics.L, Metrics.M)
        column.setSpacing(Metrics.S)
        column.addWidget(self.large, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._row)
        column.addSpacing(Metrics.XS)
        column.addWidget(self.name)
        column.addWidget(self.count)
        column.addStretch(1)

    @property
    def views(self) -> list[FaceView]:
        """All its faces."""
        return [self.large, *self.small]

    def resize_to(self, side: int) -> None:
        """Let the large face be so wide."""
        self.large.resize_to(side)
        for view in self.small:
            view.resize_to((side - 2 * Metrics.S) // SMALL_FACES)

    def show_side(self, side: Side) -> None:
        """Show a person, a part of one, or a face alone."""
        nameless = tr("Unnamed") if side.person is not None else tr("These faces") if side.count > 1 else tr("This face")
        self.large.show_face(side.faces[0])
        for place, view in enumerate(self.small, start=1):
            view.show_face(side.faces[place] if place < len(side.faces) else None)
        self.name.setText(nameless if side.person is None else side.name or nameless)
        self.count.setText(tr("{n} faces", n=side.count))


class QuestionView(QWidget):
    """The two sides of a question."""

    clicked = Signal(int)
    """One of several guests was clicked."""

    def __init__(self, library: Library, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.host = SideCard(library, thumbnails)
        self.guest = SideCard(library, thumbnails)
        self.several = QFrame()
        self.several.setProperty("kind", "card")
        grid = QGridLayout(self.several)
        grid.setContentsMargins(Metrics.L, Metrics.L, Metrics.L, Metrics.L)
        grid.setSpacing(Metrics.S)
        self.tiles: list[FaceView] = []
        self.counts: list[QLabel] = []
        for place in range(MOST_GUESTS):
            tile, count = FaceView(library, thumbnails, _LARGEST_TILE), QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
            count.setTextFormat(Qt.TextFormat.PlainText)
            count.setProperty("kind", "muted")
            tile.clicked.connect(lambda place=place: self.clicked.emit(place))
            grid.addWidget(tile, 2 * (place // 3), place % 3)
            grid.addWidget(count, 2 * (place // 3) + 1, place % 3)
            self.tiles.append(tile)
            self.counts.append(count)
        grid.setRowStretch(4, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Metrics.XL)
        row.addStretch(1)
        for widget in (self.host, self.guest, self.several):
            row.addWidget(widget)
        row.addStretch(1)
        self.tiled = False
        """Whether there are several guests, or names to choose from."""

    def show_question(self, question: Question, marked: frozenset[int]) -> None:
        """Show whom it is about, with these guests marked."""
        guests, who = question.guests, question.kind == "who"
        self.tiled = len(guests) > 1 or (who and bool(guests))
        self.host.show_side(question.host)
        self.guest.setVisible(bool(guests) and not self.tiled)
        self.several.setVisible(self.tiled)
        if guests and not self.tiled:
            self.guest.show_side(guests[0])
        for place, (tile, count) in enumerate(zip(self.tiles, self.counts, strict=True)):
            guest = guests[place] if self.tiled and place < len(guests) else None
            tile.show_face(guest.faces[0] if guest else None, number=place + 1, marked=place in marked and not who)
            count.setText((guest.name if who else tr("{n} faces", n=guest.count)) if guest else "")
            count.setVisible(guest is not None)
        self._fit()

    def show_context(self, on: bool) -> None:
        """Show all faces in their photos, or alone."""
        for view in (*self.host.views, *self.guest.views, *self.tiles):
            view.show_context(on)

    def fit(self, width: int, height: int) -> None:
        """Use so much room."""
        self._room = (width, height)
        self._fit()

    _room = (1200, 520)

    def _fit(self) -> None:
        width, height = self._room
        tall = (height - 110) * 3 // 4  # below it small faces, a third as large, and two lines
        side = max(_SMALLEST, min(_LARGEST, tall, (width - 120) // (3 if self.tiled else 2)))
        self.host.resize_to(side)
        self.guest.resize_to(side)
        tile = max(_SMALLEST // 2, min(_LARGEST_TILE, (width - side - 160) // 3, (height - 90) // 2))
        for view in self.tiles:
            view.resize_to(tile)
