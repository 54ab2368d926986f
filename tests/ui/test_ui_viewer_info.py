"""The photo viewer: what is told of a photo, and its file."""

from __future__ import annotations

from PySide6.QtGui import QDesktopServices
from viewer_driver import look, photos

from photoclust.ui.session import Session
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
