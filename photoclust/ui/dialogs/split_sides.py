"""One side of a person that is being split: faces as tiles, the least sure first, that can be put on the other side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QFont, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QWidget

from photoclust.ui.dragging import FACES_MIME, pack_faces, unpack
from photoclust.ui.language import tr
from photoclust.ui.models.id_model import ID_ROLE, IdModel, Index
from photoclust.ui.theme import Colors
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.painting import draw_check
from photoclust.ui.views.tile_grid import SIZES, TileGrid
from photoclust.workflows.split_person import SURE

_TILES = SIZES.index(100)


class SideModel(IdModel):
    """Faces by how likely they are here, the least likely first."""

    def __init__(self, library_path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._library_path = library_path
        self._chance: dict[int, float] = {}
        self._chosen: frozenset[int] = frozenset()

    def show_faces(self, faces: Sequence[int], chance: dict[int, float], chosen: frozenset[int]) -> None:
        """Show these; `chance` is of each, and the user has put the `chosen` ones here."""
        self._chance, self._chosen = chance, chosen
        self.set_ids(faces)
        self.touch(frozenset(faces))

    def chosen(self, face: int) -> bool:
        """Whether the user has put it here."""
        return face in self._chosen

    def unsure(self, face: int) -> bool:
        """Whether somebody should look at it."""
        return self._chance.get(face, 1.0) < SURE

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The id, and how likely it is here."""
        if not index.isValid():
            return None
        face = self.id_at(index.row())
        match role:
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                if face in self._chosen:
                    return tr("Put here by you")
                chance = self._chance.get(face)
                return "" if chance is None else tr("{percent} % likely here", percent=f"{100 * chance:.0f}")
            case _ if role == ID_ROLE:
                return face
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Faces can be chosen and dragged."""
        flag = Qt.ItemFlag
        usual = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren
        return usual if index.isValid() else flag.NoItemFlags

    def mimeTypes(self) -> list[str]:
        """What faces are dragged as."""
        return [FACES_MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The dragged faces."""
        return self.pack([self.id_at(row) for row in sorted(i.row() for i in indexes)])

    def pack(self, ids: Sequence[int]) -> QMimeData:
        """The dragged faces."""
        return pack_faces(ids, self._library_path, None, ())


class SideGrid(TileGrid):
    """Enter, a double click or a drag puts faces on the other side; Space keeps them here for sure."""

    put = Signal(object)
    """These faces shall be on the other side."""
    kept = Signal(object)
    """These faces are here for sure."""
    taken = Signal(object)
    """These faces were dragged here."""

    def __init__(self, model: SideModel, thumbnails: Thumbnails, library_path: Path, parent: QWidget | None = None) -> None:
        self._side, self._thumbnails, self._library_path = model, thumbnails, library_path
        super().__init__(model, parent)
        self.setProperty("kind", "card")
        self.setViewportMargins(0, 0, 0, 0)
        self.zoom_to(_TILES)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setAcceptDrops(True)
        thumbnails.face_loaded.connect(self.repaint_id)
        self.opened.connect(lambda face: self.put.emit((face,)))

    def sizeHint(self) -> QSize:
        """Three tiles wide."""
        return QSize(360, 360)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        faces = tuple(self.selected_ids())
        if faces and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.put.emit(faces)
        elif faces and event.key() == Qt.Key.Key_Space:
            self.kept.emit(faces)
        elif event.key() == Qt.Key.Key_Escape and not faces:
            event.ignore()  # the dialog's
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take faces of the other side."""
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take faces of the other side."""
        self._judge(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dragged here, once Qt is done with the drag."""
        dragged = unpack(event.mimeData(), self._library_path)
        self.setState(QAbstractItemView.State.NoState)
        if dragged is None or not dragged.faces or event.source() is self:
            event.ignore()
            return
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.taken.emit(dragged.faces))

    def tile(self, row: int, side: int) -> QPixmap | None:
        """The face."""
        return self._thumbnails.face(self._side.id_at(row), side)

    def paint_badges(self, painter: QPainter, cells: list[tuple[int, QRect]], colors: Colors) -> None:
        """A check where the user chose, a question mark where it is unsure."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, rect in cells:
            face, at = self._side.id_at(row), QPointF(rect.right() - 15, rect.bottom() - 15)
            if self._side.chosen(face):
                draw_check(painter, at, 20, colors, colors.good)
            elif self._side.unsure(face):
                draw_question(painter, at, 20, colors)

    def picture(self, item_id: int) -> QPixmap | None:
        """The face as it is shown now."""
        return self._thumbnails.face(item_id, round(72 * self.devicePixelRatioF()))

    def _judge(self, event: QDragEnterEvent | QDragMoveEvent) -> None:
        dragged = unpack(event.mimeData(), self._library_path)
        if dragged is not None and dragged.faces and event.source() is not self:
            event.acceptProposedAction()
        else:
            event.ignore()


def draw_question(painter: QPainter, centre: QPointF, size: float, c: Colors) -> None:
    """A round badge with a question mark."""
    painter.setPen(QColor(c.base))
    painter.setBrush(QColor(c.warning))
    painter.drawEllipse(centre, size / 2, size / 2)
    font = QFont(painter.font())
    font.setPixelSize(round(size * 0.7))
    font.setBold(True)
    painter.setFont(font)
    painter.drawText(QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size), Qt.AlignmentFlag.AlignCenter, "?")
