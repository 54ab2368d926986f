"""Small pixmaps of faces and photos: asked for while painting, loaded in the background, newest request first."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from contextlib import closing
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPainterPath, QPixmap

from photoclust.core.changes import Changes
from photoclust.core.errors import UserError
from photoclust.core.settings import FACE_THUMBNAIL
from photoclust.library.library import Library
from photoclust.media.thumbnail import ThumbnailCache
from photoclust.ui.theme import icon

Kind = Literal["face", "photo"]
Key = tuple[Kind, int, int]
"""Kind, id, and one of the sides below."""

_SIDES: dict[Kind, tuple[int, ...]] = {"face": (96, 192, 384), "photo": (256, 512, 1024)}
"""Only these are made, so that zooming does not fill the cache with near-copies."""
_THREADS, _LINGER = 2, 2.0
_log = logging.getLogger(__name__)


class Thumbnails(QObject):
    """Pixmaps by id, from a cache of `limit` bytes; what is missing comes later, told by a signal with the id."""

    face_loaded = Signal(int)
    photo_loaded = Signal(int)
    _arrived = Signal(object, object)

    def __init__(self, library_path: Path, cache_path: Path, parent: QObject | None = None, *, limit: int = 192 << 20) -> None:
        super().__init__(parent)
        self._library_path = library_path
        self._cache_path = cache_path
        self._limit = limit
        self._kept = 1 << 30
        self._caches: set[ThumbnailCache] = set()  # of the threads at work; guarded by the condition
        self._pixmaps: OrderedDict[Key, QPixmap] = OrderedDict()  # the least used first
        self._bytes = 0
        self._failed: set[Key] = set()
        self._wanted: OrderedDict[Key, None] = OrderedDict()  # the newest last; guarded by the condition
        self._wanted_bytes = 0
        self._loading: set[Key] = set()
        self._idle = self._workers = 0
        self._closed = False
        self._condition = threading.Condition()
        self._pool = QThreadPool(self, maxThreadCount=_THREADS)
        self._arrived.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def face(self, face_id: int, side: int) -> QPixmap | None:
        """The square around a face, at least `side` device pixels wide up to 384; another size or None until then."""
        return self._get("face", face_id, side)

    def photo(self, photo_id: int, side: int) -> QPixmap | None:
        """A photo, upright, its longer side about `side` device pixels up to 1024; another size or None until then."""
        return self._get("photo", photo_id, side)

    def pending(self) -> int:
        """How many are still asked for or being loaded."""
        with self._condition:
            return len(self._wanted) + len(self._loading)

    @Slot(object)
    def forget(self, changes: Changes) -> None:
        """Load what a scan changed anew when it is next asked for; of edits, only those of boxes change pixels."""
        ids: dict[Kind, frozenset[int]] = {"face": changes.faces if changes.photos else changes.boxes, "photo": changes.photos}
        for key in list(self._pixmaps if changes.photos or changes.boxes else self._failed):
            if key[1] in ids[key[0]] or (key in self._failed and key[0] == "face" and key[1] in changes.faces):
                self._drop(key)

    def hold(self, megabytes: int) -> None:
        """Keep so many megabytes on the disk from now on."""
        with self._condition:
            self._kept = megabytes << 20
            for cache in self._caches:
                cache.max_bytes = self._kept

    def close(self) -> None:
        """Stop loading and wait for the threads; nothing is loaded afterwards."""
        with self._condition:
            self._closed = True
            self._wanted.clear()
            self._wanted_bytes = 0
            self._condition.notify_all()
        self._pool.waitForDone()

    def _get(self, kind: Kind, id_: int, side: int) -> QPixmap | None:
        sides = _SIDES[kind]
        best = next((s for s in sides if s >= side), sides[-1])
        key = (kind, id_, best)
        found = self._pixmaps.get(key)
        if found is not None:
            self._pixmaps.move_to_end(key)
            return found
        self._ask(key)
        return next((p for s in reversed(sides) if (p := self._pixmaps.get((kind, id_, s)))), None)

    def _ask(self, key: Key) -> None:
        with self._condition:
            if self._closed or key in self._loading:
                return
            if key not in self._wanted:
                self._wanted_bytes += _weight(key)
            self._wanted[key] = None
            self._wanted.move_to_end(key)
            while self._wanted_bytes > self._limit // 2 and len(self._wanted) > 1:  # else it would push out what is seen
                self._wanted_bytes -= _weight(self._wanted.popitem(last=False)[0])  # asked for when it is painted again
            if self._idle:
                self._condition.notify()
            elif self._workers < _THREADS:
                self._workers += 1
                self._pool.start(self._work)

    def _work(self) -> None:
        """Load what is wanted, in a thread of the pool with its own library, until nothing was wanted for a while."""
        try:
            with (
                Library.open(self._library_path, create=False, reading=True) as library,
                closing(ThumbnailCache(self._cache_path, max_bytes=self._kept)) as cache,
            ):
                with self._condition:
                    self._caches.add(cache)
                while key := self._next():
                    self._arrived.emit(key, _load(library, cache, key))
                with self._condition:
                    self._caches.discard(cache)
        except UserError:
            _log.exception("thumbnails cannot read the library")
            self._refuse_all()

    def _next(self) -> Key | None:
        """The newest wanted key, waiting a while for one; None when the thread may end."""
        with self._condition:
            if not self._wanted and not self._closed:
                self._idle += 1
                self._condition.wait_for(lambda: self._wanted or self._closed, _LINGER)
                self._idle -= 1
            if not self._wanted:
                self._workers -= 1  # here, under the lock: a request made a moment later must start a thread
                return None
            key, _ = self._wanted.popitem()
            self._wanted_bytes -= _weight(key)
            self._loading.add(key)
            return key

    def _refuse_all(self) -> None:
        with self._condition:
            self._workers -= 1
            keys = list(self._wanted)
            self._wanted.clear()
            self._wanted_bytes = 0
            self._loading.update(keys)
        for key in keys:
            self._arrived.emit(key, None)

    @Slot(object, object)
    def _keep(self, key: Key, image: QImage | None) -> None:
        with self._condition:
            self._loading.discard(key)
            if self._closed:
                return
        kind, id_, side = key
        pixmap = placeholder(kind, side) if image is None else QPixmap.fromImage(image)
        self._drop(key)
        self._pixmaps[key] = pixmap
        if image is None:
            self._failed.add(key)
        self._bytes += _size(pixmap)
        while self._bytes > self._limit and len(self._pixmaps) > 1:
            self._drop(next(iter(self._pixmaps)))
        (self.face_loaded if kind == "face" else self.photo_loaded).emit(id_)

    def _drop(self, key: Key) -> None:
        self._failed.discard(key)
        pixmap = self._pixmaps.pop(key, None)
        if pixmap is not None:
            self._bytes -= _size(pixmap)


def rounded(pixmap: QPixmap, side: int) -> QPixmap:
    """The middle of a pixmap as a circle of `side` device pixels, smooth at the rim."""
    circle = QPixmap(side, side)
    circle.fill(Qt.GlobalColor.transparent)
    if pixmap.isNull():
        return circle
    scaled = pixmap.scaled(
        QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    scaled.setDevicePixelRatio(1.0)
    painter = QPainter(circle)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addEllipse(QRectF(0, 0, side, side))
    painter.setClipPath(path)
    painter.drawPixmap((side - scaled.width()) // 2, (side - scaled.height()) // 2, scaled)
    painter.end()
    return circle


def placeholder(kind: Kind, side: int) -> QPixmap:
    """What is shown for a face or photo that cannot be loaded: a quiet sign on grey, `side` device pixels square."""
    pixmap = QPixmap(side, side)
    pixmap.fill(QColor(128, 134, 145, 50))
    painter = QPainter(pixmap)
    inset = side * 3 // 10
    icon(kind, "muted").paint(painter, pixmap.rect().adjusted(inset, inset, -inset, -inset), mode=QIcon.Mode.Normal)
    painter.end()
    return pixmap


def _load(library: Library, cache: ThumbnailCache, key: Key) -> QImage | None:
    """Runs in a thread of the pool; None when it cannot be had."""
    kind, id_, side = key
    try:
        if kind == "photo":
            photo = library.photo(id_)
            data = cache.photo(photo.path, photo.mtime_ns, side) if photo else b""
        else:
            face = library.face(id_)
            photo = library.photo(face.photo_id) if face else None
            kept = max(side, FACE_THUMBNAIL)  # smaller faces are made from what an import left
            data = cache.face(photo.path, photo.mtime_ns, face.box, kept) if face and photo else b""
    except (UserError, OSError):
        return None
    except Exception:  # a bug, but not one that may stop all other thumbnails
        _log.exception("no thumbnail for %s %d", kind, id_)
        return None
    image = QImage.fromData(data)
    if max(image.width(), image.height()) > side:
        image = image.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return None if image.isNull() else image


def _weight(key: Key) -> int:
    """About how many bytes its pixmap will take."""
    kind, _, side = key
    return side * side * (4 if kind == "face" else 3)


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
