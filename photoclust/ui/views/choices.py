"""The general choices: language, colours, motion, what looks for faces, and the room for small pictures."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from photoclust.core.errors import UserError
from photoclust.core.settings import thumbnail_cache
from photoclust.media.thumbnail import clear, room_taken
from photoclust.ui.language import number, tr
from photoclust.ui.preferences import LivePreferences
from photoclust.ui.theme import Metrics
from photoclust.workflows.devices import cuda_can_be_used

_log = logging.getLogger(__name__)
_SIZES = (256, 512, 1024, 2048, 4096, 8192)


class Choices(QWidget):
    """A form; each field holds at once, and shows what was chosen elsewhere."""

    def __init__(self, preferences: LivePreferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._boxes: dict[str, QComboBox] = {}
        self.motion = QCheckBox(tr("Things may move on the screen by themselves"))
        self.motion.toggled.connect(lambda on: preferences.set("motion", on))
        self.room = QLabel()
        self.room.setProperty("kind", "muted")
        self.clear = QPushButton(tr("Throw away"))
        self.clear.setToolTip(tr("They are made again when they are needed; your photos are not touched"))
        self.clear.setAutoDefault(False)
        self.clear.clicked.connect(self._clear)
        room = QHBoxLayout()
        room.setSpacing(Metrics.S)
        room.addWidget(self.room, 1)
        room.addWidget(self.clear)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(Metrics.L)
        self._form.setVerticalSpacing(Metrics.M)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._add("language", tr("Language"), [("system", tr("Like the system")), ("en", "English"), ("de", "Deutsch")])
        looks = [("system", tr("Like the system")), ("light", tr("Light")), ("dark", tr("Dark"))]
        self._add("appearance", tr("Colours"), looks)
        self._form.addRow(tr("Motion"), self.motion)
        self._add("device", tr("Look for faces on"), [("automatic", tr("The fastest there is")), ("cpu", tr("The processor"))])
        self._add("thumbnails_mb", tr("Small pictures"), [(size, _room(size)) for size in _SIZES])
        self._form.addRow("", room)
        preferences.changed.connect(self._show)
        self._show()
        self._ask = _Asked(self)
        self._ask.cuda.connect(self._on_cuda)
        self._ask.room.connect(self._on_room)
        self._ask.failed.connect(self.room.setText)
        if preferences.value.device == "cuda":
            self._on_cuda()  # it was chosen; whether it is there is told by an import
        else:
            self._ask.ask(cuda_can_be_used, self._ask.cuda)
        self._ask.ask(lambda: room_taken(thumbnail_cache()), self._ask.room)

    def box(self, name: str) -> QComboBox:
        """The field of a choice."""
        return self._boxes[name]

    def _add(self, name: str, label: str, values: Sequence[tuple[str | int, str]]) -> None:
        box = self._boxes[name] = QComboBox()
        box.setAccessibleName(label)
        for value, text in values:
            box.addItem(text, value)
        box.activated.connect(lambda at: self._preferences.set(name, box.itemData(at)))
        beside = QLabel(label)
        beside.setBuddy(box)
        beside.setMinimumHeight(box.sizeHint().height())
        self._form.addRow(beside, box)

    @Slot()
    def _show(self) -> None:
        value = self._preferences.value
        for name, box in self._boxes.items():
            chosen = getattr(value, name)
            if box.findData(chosen) < 0 and name == "thumbnails_mb":  # written into the file by hand
                box.addItem(_room(chosen), chosen)
            box.setCurrentIndex(box.findData(chosen))
        self.motion.setChecked(value.motion)

    def _clear(self) -> None:
        self.clear.setEnabled(False)

        def work() -> int:
            clear(thumbnail_cache())
            return room_taken(thumbnail_cache())

        self._ask.ask(work, self._ask.room)

    @Slot(object)
    def _on_cuda(self, there: object = True) -> None:
        if there and self._boxes["device"].findData("cuda") < 0:
            self._boxes["device"].addItem("CUDA", "cuda")
            self._show()

    @Slot(object)
    def _on_room(self, taken: int) -> None:
        self.clear.setEnabled(taken > 0)
        self.room.setText(tr("{size} on the disk now", size=_room(round(taken / (1 << 20)))))


class _Asked(QObject):
    """What takes long to find out, in threads of the pool."""

    cuda = Signal(object)
    room = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)

    def ask(self, question: Callable[[], object], answered: SignalInstance) -> None:
        """Answer by a signal of this object."""

        def work() -> None:
            try:
                answered.emit(question())
            except UserError as problem:
                self.failed.emit(tr(str(problem)))
            except Exception:
                _log.exception("a question of the settings has no answer")

        self._pool.start(work)


def _room(megabytes: int) -> str:
    return (
        tr("{gigabytes} GB", gigabytes=number(megabytes >> 10))
        if megabytes >= 1024 and megabytes % 1024 == 0
        else (tr("{megabytes} MB", megabytes=number(megabytes)))
    )
