"""Above the grid: whose album this is, how much is in it, and what can be done with what is selected."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photoclust.ui.actions import ORDERS, PERSON_MENU, Actions, Selection
from photoclust.ui.language import tr
from photoclust.ui.models.person_model import PersonModel
from photoclust.ui.models.places import Shelf, is_person
from photoclust.ui.theme import Metrics, icon
from photoclust.ui.views.labels import ShortLabel
from photoclust.ui.views.name_edit import NameEdit
from photoclust.ui.views.side_delegates import name_field

_FOR_TEXT = 160
"""So much of a line is kept for the title, or the counts, before buttons lose their words."""
_PERSON_BUTTONS = ("check_person", "merge", "export")
FACE_BUTTONS = ("confirm", "move", "split", "take_out", "ignore")
ASIDE_BUTTONS = ("bring_back", "move", "split")
NOBODY_BUTTONS = ("move", "split", "ignore", "not_a_face")
_ALL_BUTTONS = tuple(dict.fromkeys((*FACE_BUTTONS, *ASIDE_BUTTONS, *NOBODY_BUTTONS)))


class NameTitle(QWidget):
    """A big name that becomes a field when it is clicked."""

    renamed = Signal(str)

    def __init__(self, model: PersonModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._editable = False
        self._name = ""
        self.label = ShortLabel()
        self.label.setProperty("kind", "title")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.label.installEventFilter(self)
        self.field: NameEdit | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.label)
        self.setFixedHeight(40)

    def show_name(self, name: str, shown: str, *, editable: bool) -> None:
        """Show a title; `name` is what an edit starts with."""
        if self.field is not None and (name != self._name or not editable):
            self._stop()
        self._name, self._editable = name, editable
        self.label.setText(shown)
        waiting = editable and not name  # for a name: quieter than one
        self.label.setForegroundRole(QPalette.ColorRole.PlaceholderText if waiting else QPalette.ColorRole.WindowText)
        self.label.setCursor(Qt.CursorShape.IBeamCursor if editable else Qt.CursorShape.ArrowCursor)
        self.label.setToolTip(tr("Click to rename (F2)") if editable else "")

    def edit(self) -> None:
        """Turn into a field."""
        if not self._editable or self.field is not None:
            return
        self.field = name_field(self._model, self)
        self.field.setText(self._name)
        self.field.setMaximumWidth(360)
        self.field.installEventFilter(self)
        self.field.taken.connect(self._take)
        self._stack.addWidget(self.field)
        self._stack.setCurrentWidget(self.field)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click edits, Escape and leaving the field do not rename."""
        if watched is self.label and isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            if event.button() == Qt.MouseButton.LeftButton:
                self.edit()
        elif watched is self.field and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._stop()
            return True
        elif watched is self.field and event.type() == QEvent.Type.FocusOut:
            self._leave_field()
        return super().eventFilter(watched, event)

    def _leave_field(self) -> None:
        """Take what was typed when the focus goes elsewhere, but not to the list of completions."""
        if self.field is None or self.field.offers_shown:
            return
        name = self.field.text()
        if name.strip() != self._name and self.field.settled:
            self._take(name)
        else:
            self._stop()

    def _take(self, name: str) -> None:
        if self.field is not None:
            self._stop()
            self.renamed.emit(name)

    def _stop(self) -> None:
        field, self.field = self.field, None
        if field is not None:
            field.removeEventFilter(self)
            self._stack.setCurrentWidget(self.label)
            self._stack.removeWidget(field)
            field.deleteLater()


class Header(QFrame):
    """Two lines: title and album actions, then counts and what the selection can do."""

    renamed = Signal(str)

    def __init__(self, actions: Actions, model: PersonModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._buttons: dict[str, QToolButton] = {}
        self.title = NameTitle(model)
        self.title.renamed.connect(self.renamed)
        self.subtitle = ShortLabel()
        self.subtitle.setProperty("kind", "muted")

        first = QHBoxLayout()
        first.setSpacing(Metrics.S)
        first.addWidget(self.title, 1)
        switch = self._switch = QFrame()
        switch.setProperty("kind", "switch")
        inside = QHBoxLayout(switch)
        inside.setContentsMargins(2, 2, 2, 2)
        inside.setSpacing(2)
        for name in ("faces", "photos"):
            button = self._button(name)
            inside.addWidget(button)
        first.addWidget(switch)
        self.order = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order.setIcon(icon("sort"))
        self.order.setStyleSheet("QToolButton::menu-indicator { image: none; } QToolButton { padding-right: 5px; }")
        self.order.setToolTip(tr("Order of faces"))
        self.order.setAccessibleName(tr("Order of faces"))
        orders = QMenu(self.order)
        actions.add_to(orders, ORDERS)
        self.order.setMenu(orders)
        first.addWidget(self.order)
        first.addSpacing(Metrics.S)
        for name in _PERSON_BUTTONS:
            first.addWidget(self._button(name))
        self.more = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setIcon(icon("more"))
        self.more.setStyleSheet("QToolButton::menu-indicator { image: none; } QToolButton { padding-right: 5px; }")
        self.more.setToolTip(tr("More for this person"))
        self.more.setAccessibleName(tr("More for this person"))
        menu = QMenu(self.more)
        actions.add_to(menu, PERSON_MENU)
        self.more.setMenu(menu)
        first.addWidget(self.more)

        second = QHBoxLayout()
        second.setSpacing(Metrics.XS)
        second.addWidget(self.subtitle)
        second.addStretch(1)
        for name in _ALL_BUTTONS:
            second.addWidget(self._button(name))
        spacer = QWidget()
        spacer.setFixedSize(0, 34)  # the line keeps its height while there are no buttons in it
        second.addWidget(spacer)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.XL, Metrics.L, Metrics.L, Metrics.S)
        layout.setSpacing(0)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # it folds instead
        self.setMinimumWidth(320)

    def show_text(self, text: str) -> None:
        """Show the line of counts."""
        self.subtitle.setText(text)
        self._fold()

    def offer(self, chosen: Selection) -> None:
        """Offer what fits the place and the selected faces."""
        for widget in (*(self._buttons[name] for name in _PERSON_BUTTONS), self.more):
            widget.setVisible(is_person(chosen.place))
        names: tuple[str, ...] = ()
        if chosen.faces:
            nobody = chosen.place == Shelf.UNGROUPED
            names = ASIDE_BUTTONS if chosen.aside else NOBODY_BUTTONS if nobody else FACE_BUTTONS
        for name in _ALL_BUTTONS:
            self._buttons[name].setVisible(name in names)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons lose their words where there is no room for them."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        room = self.width() - Metrics.XL - Metrics.L
        switch, person, faces = (
            [self._buttons[n] for n in names] for names in (("faces", "photos"), _PERSON_BUTTONS, _ALL_BUTTONS)
        )
        for turns, beside in (((switch, person), [self.order, self.more]), ((faces,), [])):
            text = _FOR_TEXT if beside else max(_FOR_TEXT, self.subtitle.sizeHint().width() + Metrics.L)
            buttons = [button for turn in turns for button in turn]
            for button in buttons:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            for turn in (*reversed(turns), []):  # one group after the other falls silent
                shown = [button for button in (*buttons, *beside) if not button.isHidden()]
                if text + sum(button.sizeHint().width() + Metrics.S for button in shown) <= room:
                    break
                for button in turn:
                    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._switch.updateGeometry()  # Qt does not look into what is in it by itself

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions[name])
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons[name] = button
        return button
