"""The dialog about the program and the one about photos that could not be read."""

from pathlib import Path

from PySide6.QtWidgets import QLabel

from photoclust import __version__
from photoclust.ui.dialogs.about import AboutDialog


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_it_names_the_version_the_library_and_the_licences_of_the_networks(qtbot, tmp_path: Path):
    dialog = AboutDialog(tmp_path / "mine.photoclust")
    qtbot.addWidget(dialog)
    told = texts(dialog)
    for part in (__version__, str(tmp_path / "mine.photoclust"), "YuNet", "MIT License", "SFace", "Nothing is sent anywhere"):
        assert part in told


def test_it_names_the_places_that_the_user_has_chosen(qtbot, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    for place in ("data/library.photoclust", "cache", "log"):
        assert str(tmp_path / "home" / place) in texts(dialog)
