"""The story of the user guide, told once in the real window with the real networks."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent

sys.path.append(str(Path(__file__).parents[1]))  # the tour stands beside the tests, for it is a program too


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_stranger_gets_from_an_empty_window_to_exported_albums(
    album: Path, tmp_path: Path, qapp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tour import STATIONS, Tour

    from photoclust.ui.libraries import Libraries
    from photoclust.ui.preferences import LivePreferences, PreferencesFile

    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    photos = tmp_path / "Photos"
    shutil.copytree(album, photos)
    libraries = Libraries(lambda scheme: None, lambda language: "en", LivePreferences(PreferencesFile()))
    libraries.start(tmp_path / "library.photoclust")
    try:
        tour = Tour(libraries, photos, tmp_path)
        tour.tell()
        assert tuple(tour.seen) == STATIONS
    finally:
        libraries.close()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
