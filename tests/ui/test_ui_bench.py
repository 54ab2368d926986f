"""The window is measured on a made-up library: the library is what was asked for, and the command tells what it took."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from photoclust.bench import import_material
from photoclust.bench.made_up_library import made_up_library
from photoclust.cli import main
from photoclust.core.types import Box
from photoclust.demo.truth import TrueFace, TruePhoto, Truth
from photoclust.library.library import Library
from photoclust.ui.bench.watch import Watch


@pytest.fixture(autouse=True)
def drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One grey photo instead of persons who take seconds to draw."""

    def draw(folder: Path, photos: int, seed: int, size: tuple[int, int]) -> Truth:
        folder.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", size, "grey").save(folder / "one.jpg")
        boxes = [Box(200.0 * k, 100, 150, 180) for k in range(6)]
        return Truth((TruePhoto("one.jpg", tuple(TrueFace("p", False, box, True) for box in boxes)),), {}, {}, complete=True)

    monkeypatch.setattr(import_material, "draw_material", draw)


def test_a_made_up_library_has_its_faces_persons_and_photos_and_is_made_once(tmp_path: Path) -> None:
    path = made_up_library(tmp_path, 600)
    made = path.stat().st_mtime_ns
    with Library.open(path) as library:
        counts, persons, photos = library.counts(), library.persons(), library.photos()
        assert counts.faces == 600
        assert counts.persons > 20
        assert 0 < counts.nobody < 300
        assert all(photo.path.is_file() for photo in photos)
        assert [bool(person.name) for person in persons[:4]] == [True, True, True, False] or any(p.name for p in persons)
        assert len({person.name for person in persons if person.name}) == sum(bool(person.name) for person in persons)
    assert made_up_library(tmp_path, 600) == path
    assert path.stat().st_mtime_ns == made


def test_a_watch_waits_for_the_repaint_and_knows_when_there_is_none(qtbot: object) -> None:
    from PySide6.QtCore import QObject, QTimer, Signal
    from PySide6.QtWidgets import QWidget

    class Pictures(QObject):
        loaded = Signal(int)

    widget, pictures = QWidget(), Pictures()
    qtbot.addWidget(widget)  # type: ignore[attr-defined]
    widget.show()
    watch = Watch((widget,), pictures.loaded)
    watch.rest(lambda: False, 0.05)
    later = watch.time(lambda: QTimer.singleShot(40, widget, widget.update))
    assert later is not None
    assert later.ms >= 30
    assert watch.rest(lambda: True, 1.0) == 0


def test_the_command_tells_machines_what_the_window_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    assert main(["bench", "ui", "--faces", "600", "--runs", "1", "--times", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["faces"] == 600
    assert told["torch_at_first_paint"] is False
    for name in ("first_paint_seconds", "frame_ms_p95", "edit_ms_p95", "peak_mb", "block_ms"):
        assert told[name] > 0
    assert {"confirm", "move", "merge", "split", "ignore", "not_a_face", "rename", "undo", "redo"} <= set(told["verbs"])
