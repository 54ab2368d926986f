"""Names and paths in a library from a stranger cannot make an export write outside the folder that was chosen."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from photoclust.core.edits import NewPerson
from photoclust.core.progress import Silent
from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto
from photoclust.workflows.export_album import Mode, plan_export, run_export

NAMES = ("../../evil", "/evil", "..", ".", "a/../../evil", "C:\\evil", "..\\..\\evil", "evil\n", "~", "CON", "$(touch evil)")


@pytest.mark.parametrize("mode", ["copy", "hardlink", "symlink"])
def test_an_export_of_a_strangers_library_stays_in_its_folder(tmp_path: Path, mode: Mode) -> None:
    photos = tmp_path / "photos" / "inner"
    photos.mkdir(parents=True)
    (photos / "a.jpg").write_bytes(b"a")
    (tmp_path / "photos" / "b.jpg").write_bytes(b"b")
    box = ScannedFace(Box(1, 2, 30, 40), ((1.0, 1.0),) * 5, 0.9, 0.5, np.full(128, 128**-0.5, np.float32))
    with Library.open(tmp_path / "stranger.photoclust") as library:
        root = library.add_root(photos)
        relpaths = ["a.jpg", "../b.jpg", str(tmp_path / "photos" / "b.jpg")]
        library.save_scanned(
            root, [ScannedPhoto(p, 1, 1, None, None, 9, 9, 1, "m", None, (box,) * len(NAMES), "e") for p in relpaths]
        )
        faces = library.face_ids()
        for number, name in enumerate(NAMES):
            made = library.apply(NewPerson(tuple(sorted(faces)[number :: len(NAMES)]), "x")).new_persons[0]
            library._db.rows("UPDATE persons SET name = ? WHERE id = ?", name, made)
        out = tmp_path / "a" / "b" / "out"
        before = {p for p in tmp_path.rglob("*") if not p.is_relative_to(tmp_path / "a")}
        report = run_export(plan_export(library, out, mode=mode), Silent())
    after = {p for p in tmp_path.rglob("*") if not p.is_relative_to(tmp_path / "a")}
    assert {p for p in after - before if not p.name.endswith(("-wal", "-shm", "-lock"))} == set()
    assert set((tmp_path / "a").rglob("*")) == {out.parent, out, *out.rglob("*")}
    assert report.copied == len(NAMES) * len(relpaths)
    for written in out.rglob("*"):
        assert written.parent.resolve().is_relative_to(out.resolve())


def test_a_strangers_manifest_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "a.jpg").write_bytes(b"a")
    out = tmp_path / "out"
    out.mkdir()
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    hostile = {"kind": "photoclust export", "version": 1, "files": [{"target": "../victim.txt", "source": "/etc/passwd"}]}
    (out / "manifest.json").write_text(json.dumps(hostile))
    box = ScannedFace(Box(1, 2, 30, 40), ((1.0, 1.0),) * 5, 0.9, 0.5, np.full(128, 128**-0.5, np.float32))
    with Library.open(tmp_path / "l.photoclust") as library:
        library.save_scanned(library.add_root(photos), [ScannedPhoto("a.jpg", 1, 1, None, None, 9, 9, 1, "m", None, (box,), "e")])
        library.apply(NewPerson((1,), "Anna"))
        run_export(plan_export(library, out), Silent())
    assert victim.read_text() == "mine"
    assert {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()} == {"manifest.json", "Anna/a.jpg"}
