"""Whole photos for the viewer, decoded in a thread of their own."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtGui import QImage

from photoclust.core.errors import UserError
from photoclust.media.details import Details
from photoclust.media.guard import Opener

_LARGEST, _SMALLEST = 6000, 1024


class PhotoLoader(QObject):
    """Loads one photo after the other; a photo that is no longer wanted when its turn comes is left out."""

    loaded = Signal(int, object)
    """The photo's id, and the photo as a list of QImage, each half as large as the one before."""
    details_read = Signal(int, object)
    """The photo's id, and its `Details`."""
    failed = Signal(int, str)
    """The photo's id, and a sentence that says why."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._newest = 0
        self._opener = Opener()
        self._pool = QThreadPool(self, maxThreadCount=1)

    def load(self, photo_id: int, path: Path) -> None:
        """Load this photo instead of any that still waits."""
        self._newest = photo_id
        self._pool.start(lambda: self._load(photo_id, path))

    def read_details(self, photo_id: int, path: Path) -> None:
        """Read how and where a photo was taken, once no other is loaded any more."""
        self._pool.start(lambda: self._read_details(photo_id, path))

    def close(self) -> None:
        """Wait until nothing is being loaded."""
        self._newest = 0
        self._pool.waitForDone()
        self._opener.close()

    def _load(self, photo_id: int, path: Path) -> None:
        if photo_id != self._newest:
            return
        try:
            photo = self._opener.display(path, _LARGEST)
        except UserError as problem:
            self.failed.emit(photo_id, str(problem))
            return
        levels = [_qimage(photo)]
        while max(photo.size) > _SMALLEST:
            photo = photo.reduce(2)
            levels.append(_qimage(photo))
        self.loaded.emit(photo_id, levels)

    def _read_details(self, photo_id: int, path: Path) -> None:
        if photo_id != self._newest:
            return
        try:
            details = self._opener.details(path)
        except UserError:
            details = Details()  # that it cannot be read is told where the photo should be
        self.details_read.emit(photo_id, details)


def _qimage(photo: Image.Image) -> QImage:
    """A copy that owns its pixels, in the format that is drawn fastest."""
    rgb = photo if photo.mode == "RGB" else photo.convert("RGB")
    image = QImage(rgb.tobytes(), rgb.width, rgb.height, rgb.width * 3, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)
