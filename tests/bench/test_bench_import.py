"""`photoclust bench import` runs both imports on the same files and tells what each found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from photoclust import cli
from photoclust.bench.import_material import draw_material, plan_material
from photoclust.demo.truth import load_truth


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("material")
    draw_material(folder, 2, 0, (800, 600))
    return folder


def test_the_material_shows_five_persons_or_more_a_photo_upright() -> None:
    plans = plan_material(5, 1)
    assert len({plan.relpath for plan in plans}) == 5
    assert all(len(plan.sitters) >= 5 and plan.orientation == 1 for plan in plans)


def test_both_are_measured_on_the_same_files(folder: Path, capsys, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path))
    before = sorted(path.name for path in folder.iterdir())
    assert cli.main(["bench", "import", str(folder), "--runs", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    drawn = sum(face.visible for photo in load_truth(folder).photos for face in photo.faces)
    assert told["photos"] == 2
    assert told["drawn_faces"] == drawn
    assert told["ours_true_faces"] >= 0.8 * drawn
    assert told["peer_faces"] >= 0.5 * drawn
    assert told["ratio"] == pytest.approx(told["ours_photos_per_s"] / told["peer_photos_per_s"])
    assert {"hash", "decode", "detect", "align and embed", "thumbnails"} == set(told["ours_stages"])
    assert told["peak_mb"] > 0
    assert 0 < told["lock_ms"] < 1000 * 2 / told["ours_photos_per_s"]
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_folder_without_photos_is_told(tmp_path: Path, capsys) -> None:
    assert cli.main(["bench", "import", str(tmp_path)]) == 1
    assert "no photos" in capsys.readouterr().err
