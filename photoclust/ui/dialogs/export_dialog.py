"""Put albums into folders: choose whom, where and how, read what will happen, watch it happen."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from photoclust.core.progress import Status
from photoclust.ui.dialogs.person_checklist import PersonChecklist
from photoclust.ui.exporter import Exporter, ExportWish
from photoclust.ui.language import N_, tr
from photoclust.ui.session import Session
from photoclust.ui.theme import Metrics, icon
from photoclust.ui.thumbnails import Thumbnails
from photoclust.ui.views.labels import WholeLabel
from photoclust.workflows.export_album import ExportPlan, ExportReport, Mode, size_text

_MODES: dict[Mode, tuple[str, str]] = {
    "copy": (
        N_("Copy"),
        N_("Every photo is copied. Takes room; the copies can be given away or moved to another disk."),
    ),
    "hardlink": (N_("Hard link"), N_("A second name for the same file. Takes no room; works on the same disk only.")),
    "symlink": (N_("Symbolic link"), N_("A pointer to the photo. Takes no room; breaks when the photo is moved.")),
}
_CALM_MS = 200
"""So long nothing may change before it is found out what would be done."""


class ExportDialog(QDialog):
    """Three pages: what to export, the export under way, and how it ended."""

    def __init__(
        self,
        session: Session,
        person_ids: Collection[int],
        parent: QWidget | None = None,
        *,
        thumbnails: Thumbnails | None = None,
        folder: Path | None = None,
        photo_ids: Collection[int] = (),
        album: str = "",
    ) -> None:
        """`person_ids` are checked at first; with none of them everybody who has a name, or everybody.

        With `photo_ids` it is about these photos, which go into one folder called `album`.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export photos") if photo_ids else tr("Export albums"))
        self.resize(580, 460 if photo_ids else 680)
        self._photos = tuple(photo_ids)
        self.album = QLineEdit(album)
        self.album.setAccessibleName(tr("Name of the album"))
        self.album.textChanged.connect(lambda: self._changed())
        persons = session.library.persons()
        checked = set(person_ids) or {p.id for p in persons if p.name} or {p.id for p in persons}
        self._plan: ExportPlan | None = None
        self._wish: ExportWish | None = None
        self._closing = False
        self._exporter = Exporter(session.library.path, session)  # outlives the dialog while its thread ends
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)

        self.persons = PersonChecklist(persons, checked, thumbnails)
        self.folder = QLineEdit(str(folder or Path.home() / tr("Albums")))
        self.folder.setAccessibleName(tr("Folder to export to"))
        self.modes = QButtonGroup(self)
        self.summary = QLabel(wordWrap=True)
        self.summary.setMinimumHeight(self.fontMetrics().lineSpacing() * 3)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.export_button = QPushButton(tr("Export"))
        self.export_button.setProperty("kind", "primary")
        self.status = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.bar = QProgressBar(textVisible=False)
        self.stop_button = QPushButton(tr("Stop"))
        self.sign = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.outcome = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.show_button = QPushButton(tr("Show folder"))
        self.show_button.setProperty("kind", "primary")
        self.again_button = QPushButton(tr("Back"))
        self.pages = QStackedWidget()
        for page in (self._choice_page(), self._progress_page(), self._end_page()):
            self.pages.addWidget(page)
        for button in self.pages.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in the field of the folder must not begin anything
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Metrics.XL, Metrics.L, Metrics.XL, Metrics.XL)
        layout.addWidget(self.pages)

        self.persons.changed.connect(self._changed)
        self.folder.textChanged.connect(self._changed)
        self.modes.idToggled.connect(self._changed)
        self._calm.timeout.connect(self._ask_for_plan)
        self._exporter.planned.connect(self._on_planned)
        self._exporter.progressed.connect(self._on_progressed)
        self._exporter.exported.connect(self._on_exported)
        self.destroyed.connect(self._exporter.close)
        self.export_button.clicked.connect(self._start)
        self.stop_button.clicked.connect(self._stop)
        self.show_button.clicked.connect(self._show_folder)
        self.again_button.clicked.connect(self._back)
        self._changed()

    def reject(self) -> None:
        """Close; a running export is stopped first, and the dialog closes when it has."""
        if self._exporter.running:
            self._closing = True
            self._stop()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Close and let the thread end."""
        self._calm.stop()
        self._exporter.close()
        self._exporter.deleteLater()
        super().done(result)

    def _mode(self) -> Mode:
        return list(_MODES)[self.modes.checkedId()]

    def _changed(self) -> None:
        """Something else was chosen: find out anew what would be done."""
        self._plan = self._wish = None
        self.export_button.setEnabled(False)
        self._calm.start()

    def _ask_for_plan(self) -> None:
        ids, folder = self.persons.checked_ids(), self.folder.text().strip()
        album = self.album.text().strip() if self._photos else ""
        if self._photos and not album:
            self._say(tr("Give the album a name."))
        elif not ids and not self._photos:
            self._say(tr("Choose at least one person."))
        elif not folder:
            self._say(tr("Choose a folder to export to."))
        elif not Path(folder).expanduser().is_absolute():
            self._say(tr("Choose a folder by its whole path, from the root of the disk on."), problem=True)
        else:
            self._wish = ExportWish(Path(folder).expanduser(), ids, self._mode(), self._photos, album)
            self._say(tr("Looking what there is to do…"))
            self._exporter.plan(self._wish)

    @Slot(object, object)
    def _on_planned(self, wish: ExportWish, answer: ExportPlan | str) -> None:
        if wish is not self._wish:
            return
        if isinstance(answer, str):
            self._say(tr(answer), problem=True)
            return
        self._plan = answer
        self._say(tr(answer.describe()))
        self.export_button.setEnabled(bool(answer.items))

    def _say(self, text: str, *, problem: bool = False) -> None:
        self.summary.setText(text)
        self.summary.setProperty("kind", "problem" if problem else "")
        self.summary.style().unpolish(self.summary)
        self.summary.style().polish(self.summary)

    def _start(self) -> None:
        if self._plan is not None:
            self.bar.setRange(0, 0)
            self.status.setText(tr("Starting"))
            self.stop_button.setEnabled(True)
            self.pages.setCurrentIndex(1)
            self._exporter.export(self._plan)

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.status.setText(tr("Stopping"))
        self._exporter.stop()

    @Slot(object)
    def _on_progressed(self, status: Status) -> None:
        if self.stop_button.isEnabled():
            self.bar.setRange(0, status.total)
            self.bar.setValue(status.done)
            self.status.setText(tr("{phase}: {done} of {total}", phase=tr(status.phase), done=status.done, total=status.total))

    @Slot(object)
    def _on_exported(self, answer: ExportReport | str | None) -> None:
        if self._closing:
            super().reject()
            return
        if isinstance(answer, ExportReport):
            self._end("confirm", "good", _told(answer))
        elif answer is None:
            self._end("info", "muted", tr("Stopped. What was finished is there; exporting again goes on from there."))
        else:
            self._end("warning", "warning", tr(answer))
        self.show_button.setVisible(self._plan is not None and self._plan.out.is_dir())
        self.again_button.setVisible(not isinstance(answer, ExportReport))

    def _end(self, icon_name: str, tint: str, text: str) -> None:
        self.sign.setPixmap(icon(icon_name, tint).pixmap(QSize(56, 56), self.devicePixelRatio()))
        self.outcome.setText(text)
        self.pages.setCurrentIndex(2)

    def _back(self) -> None:
        self.pages.setCurrentIndex(0)
        self._changed()

    def _show_folder(self) -> None:
        if self._plan is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._plan.out)))

    def _pick_folder(self) -> None:
        dialog = QFileDialog(self, tr("Export albums to"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def _choice_page(self) -> QWidget:
        everybody, nobody = QPushButton(tr("All")), QPushButton(tr("None"))
        everybody.clicked.connect(lambda: self.persons.check_all(True))
        nobody.clicked.connect(lambda: self.persons.check_all(False))
        pick = QPushButton(icon("folder"), tr("Choose…"))
        pick.setIconSize(Metrics.BESIDE)
        pick.clicked.connect(self._pick_folder)
        cancel = QPushButton(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        for button in (everybody, nobody):
            button.setProperty("kind", "flat")
        modes = QGridLayout()
        modes.setColumnStretch(1, 1)
        modes.setHorizontalSpacing(Metrics.L)
        for row, (name, sentence) in enumerate(_MODES.values()):
            radio, hint = QRadioButton(tr(name)), WholeLabel(tr(sentence))
            radio.setChecked(row == 0)
            radio.setToolTip(tr(sentence))
            hint.setProperty("kind", "muted")
            self.modes.addButton(radio, row)
            modes.addWidget(radio, row, 0, Qt.AlignmentFlag.AlignTop)
            modes.addWidget(hint, row, 1)

        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Metrics.S)
        if self._photos:
            layout.addWidget(_heading(tr("Album of {n} photos", n=len(self._photos))))
            layout.addWidget(self.album)
        else:
            layout.addLayout(_row(_heading(tr("Persons")), None, everybody, nobody))
            layout.addWidget(self.persons, 1)
        layout.addSpacing(Metrics.S)
        layout.addWidget(_heading(tr("Folder")))
        layout.addLayout(_row(self.folder, pick))
        layout.addSpacing(Metrics.S)
        layout.addWidget(_heading(tr("How")))
        layout.addLayout(modes)
        layout.addStretch(1 if self._photos else 0)
        layout.addSpacing(Metrics.M)
        layout.addWidget(self.summary)
        layout.addLayout(_row(None, cancel, self.export_button))
        return page

    def _progress_page(self) -> QWidget:
        return _centred(self.status, self.bar, self.stop_button)

    def _end_page(self) -> QWidget:
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.accept)
        buttons = QWidget()
        row = _row(self.again_button, self.show_button, close)
        buttons.setLayout(row)
        return _centred(self.sign, self.outcome, buttons)


def _told(report: ExportReport) -> str:
    """What an export has done, in sentences."""
    size = tr(size_text(report.bytes))
    told = [
        tr("{n} files exported ({size}).", n=report.copied, size=size)
        if report.bytes
        else tr("{n} files exported.", n=report.copied)
    ]
    if report.skipped_existing:
        told.append(tr("{n} were there already.", n=report.skipped_existing))
    if report.skipped:
        first, count = report.skipped[0], len(report.skipped)
        told.append(tr("{n} could not be read: {name} ({reason})", n=count, name=first.path.name, reason=tr(first.reason)))
        if count > 1:
            told[-1] += " " + tr("and others.")
    return " ".join(told)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", "heading")
    return label


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    """Side by side; None takes the room that is left."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Metrics.S)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row


def _centred(*widgets: QWidget) -> QWidget:
    """One below the other, in the middle."""
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setSpacing(Metrics.L)
    layout.addStretch(2)
    for widget in widgets:
        button = isinstance(widget, QPushButton) or widget.layout() is not None
        layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter if button else Qt.AlignmentFlag(0))
    layout.addStretch(3)
    return page
