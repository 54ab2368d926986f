"""`photoclust check`: its words, its data, and exit code 1 while something is wrong."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from photoclust import cli
from photoclust.core.edits import NewPerson
from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """One photo with one face, of Anna; with a backup."""
    path = tmp_path / "a.photoclust"
    with Library.open(path) as library:
        face = ScannedFace(Box(1, 2, 30, 40), ((1.0, 1.0),) * 5, 0.9, 0.5, np.full(128, 128**-0.5, np.float32))
        photo = ScannedPhoto("1.jpg", 10, 1, "hash", None, 100, 100, 1, "m", None, (face,), "e")
        library.save_scanned(library.add_root(tmp_path), [photo])
        library.apply(NewPerson((1,), "Anna"))
        library.back_up()
    return path


def check(path: Path, *options: str) -> int:
    return cli.main(["check", "--library", str(path), *options])


def harm(path: Path, sql: str) -> None:
    db = sqlite3.connect(path)
    db.executescript(sql)
    db.close()


def test_a_whole_library_is_said_to_be_whole(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(library) == cli.OK
    assert capsys.readouterr().out == f"1 photo, 1 face, 1 person.\nThe library {library} is whole.\n"
    assert check(library, "--json") == cli.OK
    told = json.loads(capsys.readouterr().out)
    assert told["ok"]
    assert (told["library"], told["wrong"], told["restored"]) == (str(library), [], None)


def test_what_is_wrong_is_told_until_it_is_mended(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    harm(library, "DELETE FROM photos")
    assert check(library) == cli.FAILED
    said = capsys.readouterr().out
    assert "Wrong: 1 face without a photo." in said
    assert "--repair mends" in said
    assert check(library, "--repair", "--json") == cli.OK
    told = json.loads(capsys.readouterr().out)
    assert told["mended"] == ["1 face without a photo"]
    assert told["lost"] == ["Face 1 in a lost photo: placed by hand with “Anna”."]
    assert Path(told["copy"]).exists()
    assert check(library) == cli.OK


def test_a_torn_library_comes_back_when_asked(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library.write_bytes(library.read_bytes()[:5000])
    assert cli.main(["persons", "--library", str(library)]) == cli.FAILED
    assert "is damaged. `photoclust check --library FILE` tells how much; --restore brings back" in capsys.readouterr().err
    assert check(library) == cli.FAILED
    assert check(library, "--repair") == cli.FAILED
    capsys.readouterr()
    assert check(library, "--restore") == cli.OK
    assert "was brought back. What was there is" in capsys.readouterr().out
    assert cli.main(["persons", "--library", str(library), "--json"]) == cli.OK
    assert json.loads(capsys.readouterr().out)[0]["name"] == "Anna"


def test_a_missing_library_is_told_and_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path / "none.photoclust") == cli.FAILED
    assert "There is no library at" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_room_for_a_backup_keeps_nobody_from_working(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from photoclust.core.errors import UserError

    def full(*_: object) -> None:
        raise UserError("There is no room left.")

    asked: list[str] = []

    def group(*_args: object, **_options: object) -> SimpleNamespace:
        asked.append("group")
        raise UserError("enough")

    monkeypatch.setattr(Library, "back_up", full)
    monkeypatch.setattr("photoclust.workflows.group_faces.group_faces", group)
    assert cli.main(["group", "--library", str(library)]) == cli.FAILED
    assert asked == ["group"]
    assert "no backup was made. There is no room left." in capsys.readouterr().err


def test_a_check_needs_no_torch(library: Path) -> None:
    import subprocess

    checks = f"cli.main(['check', '--library', {str(library)!r}])"
    program = f"import sys; from photoclust import cli; {checks}; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0
