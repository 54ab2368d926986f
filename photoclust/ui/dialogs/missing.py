"""The photos whose files are not there, and the one way to be rid of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget

from photoclust.core.types import Photo
from photoclust.ui.language import tr
from photoclust.ui.questions import ask
from photoclust.ui.theme import Metrics


class MissingDialog(QDialog):
    """A list of files; forgetting them is asked about once more."""

    def __init__(self, photos: Sequence[Photo], forget: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Missing photos"))
        self.resize(640, 380)
        self._window = parent
        self._forget = forget
        self._count = len(photos)
        heading = QLabel(tr("{n} photos are missing", n=len(photos)))
        heading.setProperty("kind", "heading")
        hint = QLabel(
            tr(
                "The files were deleted or are somewhere else. Everything you said about the faces on them is kept, and they "
                "appear again as they were when the files are back."
            ),
            wordWrap=True,
        )
        hint.setProperty("kind", "muted")
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        self.list.setProperty("kind", "card")
        self.list.addItems([str(photo.path).encode("utf-8", "replace").decode() for photo in photos])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.forget = buttons.addButton(tr("Forget missing photos…"), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.forget.setEnabled(bool(photos))
        self.forget.setAutoDefault(False)
        self.forget.clicked.connect(self._ask)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.XL, Metrics.XL, Metrics.XL, Metrics.L)
        layout.setSpacing(Metrics.S)
        for widget in (heading, hint, self.list, buttons):
            layout.addWidget(widget)

    def _ask(self) -> None:
        self.accept()
        ask(
            self._window,
            tr("Forget {n} missing photos?", n=self._count),
            tr(
                "Their faces, and what you said about them, are removed for good; this cannot be undone. Photos that are there "
                "again, or whose drive is not connected, are kept."
            ),
            {tr("Forget"): self._forget},
        )
