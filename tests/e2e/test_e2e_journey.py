"""From a folder to exported albums, with the real networks."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from photoclust.cli import main
from photoclust.core.edits import IgnoreFaces, MergePersons, MoveFaces, NotAFace, RenamePerson, SplitPerson
from photoclust.core.types import FaceState
from photoclust.demo.journey import measure
from photoclust.library.library import Library
from photoclust.vision.session import FaceSession
from photoclust.workflows.export_album import plan_export, run_export
from photoclust.workflows.group_faces import group_faces
from photoclust.workflows.import_photos import import_photos


def test_the_demo_album_is_found_and_grouped(ready) -> None:
    with Library.open(ready.library) as library:
        scores = measure(library, ready.album)
    assert scores["bcubed_f"] >= 0.95
    assert scores["missed"] <= 1
    assert scores["errors"] == 2  # the truncated and the empty file, each a row with a reason


def test_broken_files_say_why(ready) -> None:
    with Library.open(ready.library) as library:
        problems = library.errors()
    assert len(problems) == 2
    assert all(p.error and p.error.endswith(".") for p in problems)


def test_exact_duplicates_have_the_same_faces(ready) -> None:
    truth = json.loads((ready.album / "truth.json").read_text())
    pairs = [(p["photo"], p["duplicate_of"]) for p in truth["photos"] if p.get("duplicate_of")]
    assert pairs
    with Library.open(ready.library) as library:
        photos = {p.relpath: p for p in library.photos()}
        for copy, original in pairs:
            boxes = [sorted((f.box.x, f.box.y) for f in library.faces_of_photo(photos[n].id)) for n in (copy, original)]
            assert boxes[0] == boxes[1]


def test_decisions_survive_regrouping_restarting_and_can_all_be_undone(ready) -> None:
    with Library.open(ready.library) as library:
        start = _decisions(library)
        big, second, third = (p.id for p in library.persons()[:3])
        library.apply(RenamePerson(big, "Anna"))
        library.apply(RenamePerson(second, "Ben"))
        moved = library.face_ids(person_id=third)[0]
        library.apply(MoveFaces((moved,), big))
        split = tuple(library.face_ids(person_id=second)[:2])
        new = library.apply(SplitPerson(second, split)).new_persons[0]
        rejected = next(i for i in library.face_ids(person_id=big) if i != moved)
        library.apply(MoveFaces((rejected,), None))
        ignored, not_a_face = library.face_ids(person_id=third)[:2]
        library.apply(IgnoreFaces((ignored,)))
        library.apply(NotAFace((not_a_face,)))
        edits = 7
    with Library.open(ready.library) as library:  # a restart
        for engine in (None, "avgae"):
            edits += bool(group_faces(library, engine).changes)  # a grouping that changes nothing is no edit
            face = library.face
            assert face(moved).person_id == big
            assert {face(i).person_id for i in split} == {new}
            assert face(rejected).person_id != big
            assert face(ignored).state is FaceState.IGNORED
            assert face(not_a_face).state is FaceState.NOT_A_FACE
            assert library.person(big).name == "Anna"
            assert library.person(second).name == "Ben"
    with Library.open(ready.library) as library:
        for _ in range(edits):
            assert library.undo() is not None
        assert _decisions(library) == start
        for _ in range(edits):
            assert library.redo() is not None
        assert library.face(moved).person_id == big


def test_two_named_persons_are_never_merged_by_a_grouping(ready) -> None:
    with Library.open(ready.library) as library:
        person = library.persons()[0].id
        half = tuple(library.face_ids(person_id=person)[::2])
        other = library.apply(SplitPerson(person, half, "Twin")).new_persons[0]
        library.apply(RenamePerson(person, "Original"))
        before = (library.face_ids(person_id=person), library.face_ids(person_id=other))
        group_faces(library)
        assert set(before[0]) <= set(library.face_ids(person_id=person))
        assert set(before[1]) <= set(library.face_ids(person_id=other))


def test_merging_persons_lasts(ready) -> None:
    with Library.open(ready.library) as library:
        a, b = (p.id for p in library.persons()[:2])
        faces = set(library.face_ids(person_id=a)) | set(library.face_ids(person_id=b))
        library.apply(MergePersons((b,), a))
        group_faces(library)
        assert faces <= set(library.face_ids(person_id=a))


def test_grouping_again_gives_the_same_persons(ready) -> None:
    with Library.open(ready.library) as library:
        before = _decisions(library)
        group_faces(library)
        assert _decisions(library) == before


def test_exported_files_are_the_photos(ready, tmp_path: Path) -> None:
    original = _contents(ready.album)
    out = tmp_path / "export"
    with Library.open(ready.library) as library:
        person = library.persons()[0]
        library.apply(RenamePerson(person.id, "Anna/Zoë"))
        expected = {library.photo(library.face(i).photo_id).path for i in library.face_ids(person_id=person.id)}
        plan = plan_export(library, out)
    assert not out.exists()  # it says what it will do before it does it
    run_export(plan)
    exported = [p for p in out.rglob("*") if p.is_file() and not p.name.startswith("manifest")]
    assert sorted(_digest(p) for p in exported) == sorted(_digest(p) for p in expected)
    assert _contents(ready.album) == original


def test_scanning_again_changes_nothing(ready, networks: FaceSession) -> None:
    with Library.open(ready.library) as library:
        before = (library.counts(), _decisions(library))
        for _ in import_photos(library, ready.album, session=networks):
            pass
        assert (library.counts(), _decisions(library)) == before


def test_a_killed_scan_goes_on_without_loss_or_duplicates(ready, album: Path, tmp_path: Path) -> None:
    path = tmp_path / "killed.photoclust"
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from photoclust.library.library import Library\n"
        "from photoclust.workflows.import_photos import import_photos\n"
        "with Library.open(Path(sys.argv[1])) as library:\n"
        "    for n, _ in enumerate(import_photos(library, Path(sys.argv[2]))):\n"
        "        if n == 2:\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(path), str(album)], env=os.environ, check=False)
    assert killed.returncode == -signal.SIGKILL
    with Library.open(path) as library:
        halfway = library.counts()
        assert 0 < halfway.photos < 24
        for _ in import_photos(library, album):
            pass
        resumed = library.counts()
        relpaths = [p.relpath for p in library.photos()]
        faces = _boxes(library)
    with Library.open(ready.library) as library:
        whole = library.counts()
        assert faces == _boxes(library)
    assert len(relpaths) == len(set(relpaths))
    assert (resumed.photos, resumed.faces, resumed.errors) == (whole.photos, whole.faces, whole.errors)


def test_the_command_line_does_the_same_journey(album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library, out, table = tmp_path / "cli.photoclust", tmp_path / "out", tmp_path / "faces.csv"

    def run(*args: str, code: int = 0):
        assert main(list(args)) == code
        return capsys.readouterr()

    scan = json.loads(run("scan", str(album), "--library", str(library), "--json").out)
    assert scan["photos"] == len(json.loads((album / "truth.json").read_text())["photos"])
    assert len(scan["errors"]) == 2
    assert set(scan["errors"][0]) == {"path", "reason"}
    assert set(scan) >= {"photos", "faces", "errors", "seconds", "device"}

    dry = json.loads(run("group", "--library", str(library), "--dry-run", "--json").out)
    assert dry["groups"] > 0
    assert json.loads(run("persons", "--library", str(library), "--json").out) == []
    run("group", "--library", str(library), "--seed", "1")
    persons = json.loads(run("persons", "--library", str(library), "--json").out)
    assert len(persons) >= 5

    run("faces", "--library", str(library), "--csv", str(table))
    with table.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["photo", "x", "y", "w", "h", "score", "person", "name", "by_hand"]
    assert len(rows) == scan["faces"]
    assert {r["person"] for r in rows} - {""} == {str(p["id"]) for p in persons}

    planned = json.loads(run("export", "--library", str(library), "--out", str(out), "--dry-run", "--json").out)
    assert planned["photos"] > 0
    assert not out.exists()
    run("export", "--library", str(library), "--out", str(out), "--mode", "hardlink")
    assert sum(p.suffix != ".json" and p.is_file() for p in out.rglob("*")) >= planned["photos"]

    assert "No person" in run("export", "--library", str(library), "--out", str(out), "--person", "Nobody", code=1).err
    assert run("scan", str(tmp_path / "nowhere"), "--library", str(library), code=1).err


def _decisions(library: Library):
    persons = [(p.id, p.name, p.cover_face_id, p.face_count) for p in library.persons()]
    faces = [(f.id, f.person_id, f.by_hand, f.state) for f in library.faces()]
    return persons, faces, sorted(library.links())


def _boxes(library: Library):
    names = {p.id: p.relpath for p in library.photos()}
    return sorted((names[f.photo_id], round(f.box.x, 1), round(f.box.y, 1), round(f.box.w, 1)) for f in library.faces())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _contents(folder: Path) -> dict[str, tuple[str, int]]:
    return {str(p): (_digest(p), p.stat().st_mtime_ns) for p in sorted(folder.rglob("*")) if p.is_file()}
