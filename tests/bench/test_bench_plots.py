from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from photoclust.bench.accuracy import Row
from photoclust.bench.plots import Axis, Curve, draw, time_against_size
from photoclust.core.errors import UserError


def row(engine: str, faces: int, seconds: float) -> Row:
    return Row("set", engine, faces, 5, 6, 1.0, 0.5, 0.66667, 1.0, 0.75, 0.857, 0.9, 3, seconds, 12.34)


def test_a_picture_has_a_line_of_its_own_colour_for_every_engine(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "time.png"
    rows = [row("hac", 100, 0.01), row("hac", 1000, 1.0), row("album", 100, 0.2), row("album", 1000, 0.4)]
    x, y, curves = time_against_size(rows)
    assert [(curve.name, list(curve.points)) for curve in curves] == [
        ("hac", [(100, 0.01), (1000, 1.0)]),
        ("album", [(100, 0.2), (1000, 0.4)]),
    ]
    draw(path, "Time", x, y, curves)
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or []}
    assert {(0, 0x72, 0xB2), (0xD5, 0x5E, 0)} <= colours


def test_a_higher_value_is_drawn_higher_and_a_larger_one_more_to_the_right(tmp_path: Path) -> None:
    draw(tmp_path / "one.png", "", Axis("x", 0, 10), Axis("y", 0, 1), [Curve("a", [(1, 0.1), (9, 0.9)])])
    with Image.open(tmp_path / "one.png") as picture:
        pixels = picture.convert("RGB")
        blue = [
            (px, py)
            for px in range(picture.width - 220)
            for py in range(picture.height)
            if pixels.getpixel((px, py)) == (0, 0x72, 0xB2)
        ]
    left, right = min(blue), max(blue)
    assert right[0] - left[0] > 400
    assert left[1] - right[1] > 300


@pytest.mark.parametrize("points", [[(5.0, 0.5)], [(5.0, 0.5), (5.0, 0.5)], [(1e-3, 1e4), (1e5, 1e-4)]])
@pytest.mark.parametrize("log", [False, True])
def test_one_point_and_very_different_points_can_be_drawn(tmp_path: Path, points: list[tuple[float, float]], log: bool) -> None:
    draw(tmp_path / "some.png", "", Axis("x", log=log), Axis("y", log=log), [Curve("a", points)])
    assert (tmp_path / "some.png").stat().st_size > 1000


def test_nothing_to_draw_and_a_place_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nothing to draw"):
        draw(tmp_path / "some.png", "", Axis("x"), Axis("y"), [Curve("a", [])])
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot be written"):
        draw(tmp_path / "file" / "some.png", "", Axis("x"), Axis("y"), [Curve("a", [(1, 1)])])
