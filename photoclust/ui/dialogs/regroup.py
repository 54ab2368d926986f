"""What grouping again would change, before it does: in words and faces, to be applied or left as it is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from photoclust.ui.dialogs.regroup_lines import LineDelegate, LineList
from photoclust.ui.language import tr
from photoclust.ui.theme import Metrics, icon
from photoclust.ui.thumbnails import Thumbnails
from photoclust.workflows.regroup_preview import Preview, Proposal

REFUSED = 2
"""So many decisions that contradict each other are told in full."""


class RegroupDialog(QDialog):
    """Named persons get faces only if a box is checked."""

    wanted = Signal(object, bool)
    """Apply this `Preview`, to named persons too or not."""

    def __init__(self, preview: Preview, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Group again"))
        self.resize(720, min(600, 240 + LineDelegate.height * max(1, len(preview.whole.lines))))
        self.setMinimumSize(600, 320)
        self._preview = preview
        heading = QLabel(tr("What would change") if preview else tr("Nothing would change"))
        heading.setProperty("kind", "heading")
        self.again = QLabel(tr("The library has changed meanwhile, so this was worked out again."), wordWrap=True)
        self.summary = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.summary.setProperty("kind", "muted")
        self.lines = LineList(thumbnails)
        self.lines.setMinimumHeight(2 * LineDelegate.height)
        self.refused = QLabel(_refused(preview.grouping.refused), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.refused.setToolTip("\n".join(tr(sentence) for sentence in preview.grouping.refused[:50]))
        gained = preview.whole.difference.named
        faces = sum(count for *_, count in gained)
        persons = tr("{n} named persons", n=len(gained))
        self.named = QCheckBox(tr("Also add {n} faces to {persons}", n=faces, persons=persons))
        self.named.toggled.connect(self._refresh)
        self.keep_button = QPushButton(tr("Keep as it is") if preview else tr("Close"))
        self.keep_button.setAutoDefault(False)
        self.keep_button.clicked.connect(self.reject)
        self.apply_button = QPushButton(tr("Apply"))
        self.apply_button.setProperty("kind", "primary")
        self.apply_button.setDefault(True)
        self.apply_button.clicked.connect(self._apply)

        row = QHBoxLayout()
        row.setSpacing(Metrics.S)
        row.addWidget(self.named)
        row.addStretch(1)
        row.addWidget(self.keep_button)
        row.addWidget(self.apply_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.XL, Metrics.XL, Metrics.XL, Metrics.L)
        layout.setSpacing(Metrics.S)
        for widget in (heading, self.again, self.summary):
            layout.addWidget(widget)
        layout.addSpacing(Metrics.XS)
        layout.addWidget(self.lines, 1)
        if preview.grouping.refused:
            layout.addLayout(self._warned(self.refused))
        layout.addSpacing(Metrics.S)
        layout.addLayout(row)
        self.again.setVisible(preview.again)
        self.named.setVisible(bool(gained))
        self.lines.setVisible(bool(preview))
        self.apply_button.setVisible(bool(preview))
        self._refresh()
        (self.apply_button if self.apply_button.isEnabled() else self.keep_button).setFocus()

    @property
    def proposal(self) -> Proposal:
        """What is shown, and would be applied."""
        return self._preview.whole if self.named.isChecked() else self._preview.careful

    def _warned(self, text: QLabel) -> QHBoxLayout:
        """A text beside a warning sign."""
        sign = QLabel()
        sign.setPixmap(icon("warning", "warning").pixmap(QSize(16, 16), self.devicePixelRatio()))
        row = QHBoxLayout()
        row.setSpacing(Metrics.S)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        return row

    def _refresh(self) -> None:
        proposal = self.proposal
        if not self._preview:
            self.summary.setText(tr("All faces are grouped as they would be again."))
            self.apply_button.setEnabled(False)
            return
        stay = (
            tr("Faces that you placed or confirmed stay as they are.")
            if proposal.difference.named
            else tr("Named persons, and faces that you placed or confirmed, stay as they are.")
        )
        self.summary.setText(f"{tr('Nothing has been changed yet, and one undo takes all of it back.')}\n{stay}")
        self.lines.show_lines(proposal.lines)
        self.apply_button.setEnabled(bool(proposal.difference))

    def _apply(self) -> None:
        named = self.named.isChecked()
        self.accept()
        self.wanted.emit(self._preview, named)


def _refused(sentences: tuple[str, ...]) -> str:
    """The first of the sentences, and how many more there are."""
    more = len(sentences) - REFUSED
    shown = [tr(sentence) for sentence in sentences[:REFUSED]]
    return "\n".join((*shown, *([tr("And {n} more.", n=more)] if more > 0 else [])))
