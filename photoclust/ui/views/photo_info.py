"""What is known of a photo and of the face that is chosen in it, in a panel beside the photo."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photoclust.core.quality import quality_in_words
from photoclust.core.types import Face, Photo
from photoclust.media.details import Details
from photoclust.ui.language import minute, number, tr
from photoclust.ui.photo_loader import PhotoLoader
from photoclust.ui.theme import Metrics, icon

WIDTH = 288


class PhotoInfo(QScrollArea):
    """Lines of what is known; what a file does not tell has no line."""

    folder_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, loader: PhotoLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        loader.details_read.connect(self._on_details)
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Information"))
        self._photo: Photo | None = None
        self._details = Details()
        self._face: Face | None = None
        self._picture: QImage | None = None
        self._lines: dict[str, str] = {}
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(Metrics.L, Metrics.M, Metrics.L, Metrics.L)
        column.setSpacing(Metrics.M)
        self._name = QLabel(wordWrap=True)
        self._name.setProperty("kind", "heading")
        self._folder = QLabel(wordWrap=True)
        self._folder.setProperty("kind", "muted")
        for label in (self._name, self._folder):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._name)
        column.addWidget(self._folder)
        buttons = QVBoxLayout()
        buttons.setSpacing(Metrics.XS)
        for text, name, signal in (
            (tr("Open in file manager"), "folder", self.folder_wanted),
            (tr("Copy path"), "copy", self.copy_wanted),
        ):
            button = QToolButton(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setText(f" {text}")
            button.setAccessibleName(text)
            button.setIcon(icon(name))
            button.clicked.connect(signal)
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(buttons)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(Metrics.M)
        self._form.setVerticalSpacing(Metrics.S)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._form)
        column.addStretch(1)
        self.setWidget(self._inside)

    @property
    def lines(self) -> dict[str, str]:
        """What is told, by its label."""
        return dict(self._lines)

    def show_photo(self, photo: Photo | None) -> None:
        """Tell of another photo; its details come later."""
        self._photo, self._details, self._face = photo, Details(), None
        self._name.setText(photo.path.name if photo else "")
        self._folder.setText(breakable(str(photo.path.parent)) if photo else "")
        self._fill()
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """What is not seen is not read."""
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        if self._photo is not None and not self.isHidden():
            self._loader.read_details(self._photo.id, self._photo.path)

    @Slot(int, object)
    def _on_details(self, photo_id: int, details: Details) -> None:
        if self._photo is not None and photo_id == self._photo.id:
            self._details = details
            self._fill()

    def show_face(self, face: Face | None, picture: QImage | None = None) -> None:
        """Tell of a face, or of none; with its picture, also what that has against it."""
        self._face, self._picture = face, picture
        self._fill()

    def _fill(self) -> None:
        lines = {label: text for label, text in self._told() if text}
        if lines == self._lines:
            return
        self._lines = lines
        while self._form.rowCount():
            self._form.removeRow(0)
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(word) for label in lines for word in label.split()), default=0) + 1
        for label, text in lines.items():
            title, value = QLabel(label, wordWrap=True), QLabel(text, wordWrap=True)
            title.setFixedWidth(widest)
            title.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            title.setProperty("kind", "muted")
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            title.setBuddy(value)
            self._form.addRow(title, value)

    def _told(self) -> list[tuple[str, str]]:
        photo, details = self._photo, self._details
        if photo is None:
            return []
        size = tr("{width} × {height} pixels", width=photo.width, height=photo.height) if photo.width else ""
        return [
            (tr("Taken"), minute(photo.taken_at) if photo.taken_at is not None else ""),
            (tr("Size"), size),
            (tr("File"), QLocale().formattedDataSize(photo.size)),
            (tr("Camera"), details.camera),
            (tr("Lens"), details.lens),
            (tr("Exposure"), exposure_text(details)),
            (tr("ISO"), number(details.iso) if details.iso else ""),
            (tr("Focal length"), focal_text(details)),
            (tr("Place"), place_text(details)),
            (tr("Chosen face"), quality_text(self._face, self._picture) if self._face else ""),
        ]


def photo_line(photo: Photo) -> str:
    """Name, folder, when, how large, in one line."""
    parts = [photo.path.name, str(photo.path.parent)]
    if photo.taken_at is not None:
        parts.append(minute(photo.taken_at))
    if photo.width:
        parts.append(tr("{width} × {height} pixels", width=photo.width, height=photo.height))
    return "   ·   ".join(parts)


def exposure_text(details: Details) -> str:
    """ "1/250 s at f/2.8"."""
    parts = []
    if details.exposure:
        seconds = details.exposure
        parts.append(tr("{seconds} s", seconds=f"1/{round(1 / seconds)}" if seconds < 0.3 else _short(seconds)))
    if details.aperture:
        parts.append(f"f/{_short(details.aperture)}")
    return ", ".join(parts)


def focal_text(details: Details) -> str:
    """ "4.2 mm (26 mm on film)"."""
    if not details.focal_length:
        return ""
    length, on_film = _short(details.focal_length), details.focal_length_35
    if on_film and round(on_film) != round(details.focal_length):
        return tr("{length} mm (as {film} mm on 35-mm film)", length=length, film=_short(on_film))
    return tr("{length} mm", length=length)


def place_text(details: Details) -> str:
    """ "48.13743° N, 11.57549° E"."""
    if details.latitude is None or details.longitude is None:
        return ""
    north = tr("{degrees}° N") if details.latitude >= 0 else tr("{degrees}° S")
    east = tr("{degrees}° E") if details.longitude >= 0 else tr("{degrees}° W")
    locale = QLocale()
    values = (locale.toString(abs(degrees), "f", 5) for degrees in (details.latitude, details.longitude))
    return "\n".join(text.format(degrees=value) for text, value in zip((north, east), values, strict=True))


def quality_text(face: Face, picture: QImage | None = None) -> str:
    """How much a face tells of who it is and why it does not tell more, in words."""
    looked_at = quality_in_words(face, None if picture is None else _pixels(picture))
    text = tr("Not looked at yet") if face.drawn and not face.quality else tr(looked_at)
    return "\n".join([text, tr("Drawn by hand")]) if face.drawn else text


def _pixels(picture: QImage) -> NDArray[np.uint8]:
    """A picture as (h, w, 3) RGB."""
    rgb = picture.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : rgb.width() * 3].reshape(rgb.height(), rgb.width(), 3).copy()


def breakable(path: str) -> str:
    """A path that can be broken into lines behind its separators."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")


def _short(value: float) -> str:
    """With one decimal where it says something."""
    return QLocale().toString(round(value, 1), "g", 6)
