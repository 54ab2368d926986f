"""`photoclust find` lists the photos that are asked for, one a line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from photoclust.cli import main
from photoclust.core.edits import NewPerson
from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Anna and Ben in 2019, Anna alone in 2020, Ben alone without a date."""
    path = tmp_path / "test.photoclust"
    vector = np.eye(128, dtype=np.float32)[0]
    shown = {"sea.jpg": ("ab", datetime(2019, 7, 1, tzinfo=UTC)), "home/one.jpg": ("a", datetime(2020, 1, 2, tzinfo=UTC)),
             "scan.jpg": ("b", None)}  # fmt: skip
    faces: dict[str, list[int]] = {}
    with Library.open(path) as library:
        root = library.add_root(tmp_path)
        for name, (who, date) in shown.items():
            boxes = [ScannedFace(Box(100.0 * k, 0, 50, 50), ((0.0, 0.0),) * 5, 0.9, 0.5, vector) for k in range(len(who))]
            at = date and date.timestamp()
            library.save_scanned(root, [ScannedPhoto(name, 1, 1, name, at, 400, 300, 1, "m", None, tuple(boxes), "e")])
            new = sorted(set(library.face_ids()) - {i for ids in faces.values() for i in ids})
            for person, face in zip(who, new, strict=True):
                faces.setdefault(person, []).append(face)
        library.apply(NewPerson(tuple(faces["a"]), "Anna"))
        library.apply(NewPerson(tuple(faces["b"]), "Ben"))
    return path


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([], ["sea", "one", "scan"]),
        (["--with", "anna"], ["sea", "one"]),
        (["--with", "Anna", "--with", "Ben"], ["sea"]),
        (["--with", "Anna,Ben"], ["sea", "one", "scan"]),
        (["--with", "Anna", "--without", "Ben"], ["one"]),
        (["--with", "Ben", "--only"], ["scan"]),
        (["--from", "2019-07", "--to", "2019"], ["sea"]),
        (["--from", "2019-08"], ["one"]),
        (["HOME"], ["one"]),
        (["--unnamed"], []),
    ],
)
def test_photos_are_listed_oldest_first(
    library: Path, capsys: pytest.CaptureFixture[str], asked: list[str], found: list[str]
) -> None:
    assert main(["find", "--library", str(library), *asked]) == 0
    assert [Path(line).stem for line in capsys.readouterr().out.splitlines()] == found
    assert main(["find", "--library", str(library), "--json", *asked]) == 0
    assert [Path(row["path"]).stem for row in json.loads(capsys.readouterr().out)] == found


@pytest.mark.parametrize(
    ("asked", "said"), [(["--with", "Cleo"], "No person is called “Cleo”"), (["--to", "July"], "“July” is no date")]
)
def test_an_unknown_name_and_what_is_no_date_are_told(
    library: Path, capsys: pytest.CaptureFixture[str], asked: list[str], said: str
) -> None:
    assert main(["find", "--library", str(library), *asked]) == 1
    assert said in capsys.readouterr().err
