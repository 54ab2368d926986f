"""`photoclust bench faces` counts what is found, missed, and seen where nobody is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoclust import cli
from photoclust.bench.face_recall import _turned, match
from photoclust.bench.import_material import draw_material
from photoclust.core.types import Box
from photoclust.demo.truth import load_truth


def test_a_face_is_that_of_the_nearest_box_of_its_size_and_of_no_other() -> None:
    drawn = [Box(0, 0, 100, 100), Box(50, 0, 100, 100), Box(300, 300, 20, 20)]
    assert match([Box(65, 20, 60, 60), Box(25, 20, 60, 60)], drawn) == [(0, 1), (1, 0)] or match(
        [Box(65, 20, 60, 60), Box(25, 20, 60, 60)], drawn
    ) == [(1, 0), (0, 1)]
    assert match([Box(20, 20, 60, 60), Box(21, 21, 60, 60)], drawn[:1]) == [(0, 0)]
    assert match([Box(30, 30, 5, 5), Box(500, 0, 60, 60), Box(-100, -100, 300, 300)], drawn) == []


@pytest.mark.parametrize("degrees", [30, 90, 180, -45])
def test_the_boxes_of_a_turned_photo_lie_where_it_shows_what_they_held(degrees: int) -> None:
    photo = np.zeros((120, 200, 3), np.uint8)
    photo[20:40, 150:170] = 255
    shown, (placed,) = _turned(photo, [Box(150, 20, 20, 20)], degrees)
    rows, columns = np.nonzero(shown[..., 0] > 128)
    assert (placed.x + placed.w / 2, placed.y + placed.h / 2) == pytest.approx((columns.mean(), rows.mean()), abs=1)
    assert placed.area == pytest.approx(400)


def test_recall_of_a_drawn_album_and_false_faces_where_nobody_is(tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    album, empty = tmp_path / "album", tmp_path / "empty"
    draw_material(album, 2, 0, (800, 600))
    assert cli.main(["bench", "faces", str(album), "--sizes", "320", "--turned", "180", "--json"]) == 0
    default, turned, small, _ = json.loads(capsys.readouterr().out)
    drawn = sum(f.visible and min(f.box.w, f.box.h) >= 24 for p in load_truth(album).photos for f in p.faces)
    assert default["boxes"] == small["boxes"] == drawn
    assert default["recall"] >= 0.9
    assert default["unmatched"] == 0
    assert (turned["turned"], turned["boxes"], turned["recall"]) == (180, drawn, default["recall"])
    assert (default["side"], small["side"]) == (None, 320)
    assert sum(boxes for _, boxes in default["by_size"].values()) == drawn
    boxes = tmp_path / "boxes.csv"
    boxes.write_text("photo,xmin,ymin,xmax,ymax\nIMG_0000.jpg,0,0,30,30\n")
    assert cli.main(["bench", "faces", str(album), "--boxes", str(boxes)]) == 0
    assert "recall 0.000 (0 of 1 boxes)" in capsys.readouterr().out
    empty.mkdir()
    Image.fromarray(np.full((300, 400, 3), 120, np.uint8)).save(empty / "grey.png")
    assert cli.main(["bench", "faces", str(empty)]) == 0
    assert "0 found, 0 without a box, in 1 photos" in capsys.readouterr().out


def test_a_file_that_holds_no_boxes_is_a_sentence(tmp_path: Path, capsys) -> None:
    (tmp_path / "boxes.csv").write_text("a,b\n1,2\n")
    Image.new("RGB", (10, 10)).save(tmp_path / "a.png")
    assert cli.main(["bench", "faces", str(tmp_path), "--boxes", str(tmp_path / "boxes.csv")]) == 1
    assert "cannot be read as boxes" in capsys.readouterr().err
