"""The photo viewer: what is told of a photo, and its file."""

from __future__ import annotations

import re

from PIL import Image
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from viewer_driver import click, face_of, look, middle, photos

from photoclust.core.edits import AddFace
from photoclust.media.details import Details
from photoclust.ui.session import Session
from photoclust.ui.views.photo_info import breakable, exposure_text, focal_text, place_text
from photoclust.ui.views.photo_viewer import PhotoViewer


def test_the_line_below_tells_name_folder_date_and_size(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[1]
    look(viewer, qtbot, photo, None, [p.id for p in photos(session)])
    told = viewer._info.text()
    assert told.startswith(f"photo-1.jpg   ·   {photo.path.parent}   ·   14 September 2020")
    assert told.endswith("480 × 360 pixels")
    assert viewer._position.text() == "2 of 6"


def test_the_folder_is_opened_on_a_click_and_never_before(viewer: PhotoViewer, session: Session, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    assert opened == []
    viewer._actions["folder"].trigger()
    assert opened == [str(photo.path.parent)]


def camera_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Google", "Pixel 7"
    exif.get_ifd(0x8769).update(
        {0x829A: 0.004, 0x829D: 1.9, 0x8827: 1600, 0x920A: 6.8, 0xA405: 25, 0xA434: "Pixel 7 back camera"}
    )
    exif.get_ifd(0x8825).update({1: "S", 2: (33.0, 51.0, 24.0), 3: "E", 4: (151.0, 12.0, 36.0)})
    return exif


def open_info(viewer: PhotoViewer, qtbot) -> None:
    with qtbot.waitSignal(viewer._loader.details_read):
        QTest.keySequence(viewer, "Ctrl+I")


def test_the_panel_tells_of_the_file_the_camera_and_the_place(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    with Image.open(photo.path) as picture:
        picture.save(photo.path, exif=camera_exif())
    look(viewer, qtbot, photo)
    assert not viewer.info.isVisible()
    open_info(viewer, qtbot)
    assert viewer.info.isVisible()
    assert viewer.info.lines == {
        "Taken": "13 September 2020, 12:26", "Size": "480 × 360 pixels", "File": QLocale().formattedDataSize(photo.size),
        "Camera": "Google Pixel 7", "Lens": "Pixel 7 back camera", "Exposure": "1/250 s, f/1.9", "ISO": "1,600",
        "Focal length": "6.8 mm (as 25 mm on 35-mm film)", "Place": "33.85667° S\n151.21000° E",
    }  # fmt: skip


def test_the_panel_follows_from_photo_to_photo_and_what_a_file_does_not_tell_has_no_line(viewer, session: Session, qtbot):
    first, second = photos(session)[:2]
    with Image.open(first.path) as picture:
        picture.save(first.path, exif=camera_exif())
    look(viewer, qtbot, first, None, [first.id, second.id])
    open_info(viewer, qtbot)
    with qtbot.waitSignal(viewer._loader.details_read):
        QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    assert list(viewer.info.lines) == ["Taken", "Size", "File"]
    QTest.keySequence(viewer, "Ctrl+I")
    assert not viewer.info.isVisible()


def test_the_panel_says_in_words_how_good_the_chosen_face_is(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo, face_of(session, photo, 0).id)
    open_info(viewer, qtbot)
    assert viewer.info.lines["Chosen face"].startswith("Good")
    session.apply(AddFace(photo.id, (380.0, 40.0, 60.0, 60.0)))
    (drawn,) = (f for f in session.library.faces_of_photo(photo.id) if f.drawn)
    click(viewer, middle(viewer, drawn.id))
    assert viewer.info.lines["Chosen face"] == "Not looked at yet\nDrawn by hand"


def test_the_panel_says_why_a_face_is_no_better_by_its_pixels(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    with Image.open(photo.path) as picture:
        picture.point(lambda level: level // 10).save(photo.path)
    look(viewer, qtbot, photo, face_of(session, photo, 0).id)
    open_info(viewer, qtbot)
    qtbot.waitUntil(lambda: "dark" in viewer.info.lines["Chosen face"])


def test_metadata_that_are_broken_leave_the_panel_as_it_was(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    with Image.open(photo.path) as picture:
        picture.save(photo.path, exif=camera_exif())
    data = bytearray(photo.path.read_bytes())
    data[40:120] = b"\xff" * 80
    photo.path.write_bytes(data)
    look(viewer, qtbot, photo)
    open_info(viewer, qtbot)
    assert "Place" not in viewer.info.lines
    assert viewer.canvas.isVisible()


def test_the_path_is_copied(viewer: PhotoViewer, session: Session, qtbot):
    photo = photos(session)[0]
    look(viewer, qtbot, photo)
    QTest.keySequence(viewer, "Ctrl+Shift+C")
    assert QGuiApplication.clipboard().text() == str(photo.path)


def test_the_panel_is_never_wider_than_its_place_however_long_a_folder_is(viewer: PhotoViewer, session: Session, qtbot):
    look(viewer, qtbot, photos(session)[0])
    open_info(viewer, qtbot)
    viewer.info._folder.setText(breakable("/home/somebody/" + "a-rather-long-name-of-a-folder/" * 8))
    QApplication.processEvents()
    assert viewer.info.widget().minimumSizeHint().width() <= viewer.info.viewport().width()
    for label in viewer.info.widget().findChildren(QLabel):
        needed = max(label.fontMetrics().horizontalAdvance(part) for part in re.split("[ \\u200b\\n]", label.text()))
        assert label.width() >= needed, label.text()


def test_no_exposure_and_no_place_are_no_text() -> None:
    nothing = Details()
    assert (exposure_text(nothing), focal_text(nothing), place_text(nothing)) == ("", "", "")
    assert exposure_text(Details(exposure=2.5)) == "2.5 s"
    assert focal_text(Details(focal_length=50.0, focal_length_35=50.0)) == "50 mm"
