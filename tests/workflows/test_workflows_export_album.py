"""Photos of persons come into folders, one a person; nothing is overwritten, nothing is done twice."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from export_scene import Scene, files, listed, many

from photoclust.core.progress import Silent
from photoclust.workflows import export_album
from photoclust.workflows.export_album import plan_export, run_export


def test_every_person_gets_a_folder_with_their_photos(scene: Scene, tmp_path: Path) -> None:
    one, both = scene.photo("a/1.jpg", "A"), scene.photo("b/2.jpg", "AB")
    scene.photo("3.jpg", "X")
    scene.person("A", "Anna")
    scene.person("B", "Bert/Ernie")
    plan = plan_export(scene.library, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    report = run_export(plan)
    assert files(tmp_path / "out") == {
        "Anna/1.jpg": one.read_bytes(),
        "Anna/2.jpg": both.read_bytes(),
        "Bert_Ernie/2.jpg": both.read_bytes(),
    }
    assert (report.copied, report.skipped_existing, report.skipped) == (3, 0, ())
    assert report.bytes == plan.total_bytes == one.stat().st_size + 2 * both.stat().st_size


def test_the_capture_time_is_kept_and_the_photos_are_as_they_were(scene: Scene, tmp_path: Path) -> None:
    path = scene.photo("1.jpg", "A")
    path.chmod(0o444)
    before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode)
    scene.person("A", "Anna")
    run_export(plan_export(scene.library, tmp_path / "out"))
    assert (tmp_path / "out/Anna/1.jpg").stat().st_mtime_ns == before[1]
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode) == before


@pytest.mark.parametrize("mode", ["copy", "hardlink", "symlink"])
def test_exporting_again_does_nothing_again(scene: Scene, tmp_path: Path, mode: export_album.Mode) -> None:
    for n in range(3):
        scene.photo(f"{n}.jpg", "A")
    scene.person("A", "Anna")
    out = tmp_path / "out"
    run_export(plan_export(scene.library, out, mode=mode))
    before, manifest = files(out), (out / "manifest.json").read_bytes()
    report = run_export(plan_export(scene.library, out, mode=mode))
    assert (report.copied, report.skipped_existing, report.bytes) == (0, 3, 0)
    assert files(out) == before
    assert (out / "manifest.json").read_bytes() == manifest


def test_what_stands_there_already_is_never_overwritten(scene: Scene, tmp_path: Path) -> None:
    one, two = scene.photo("a/1.jpg", "A"), scene.photo("b/1.jpg", "A")
    scene.person("A", "Anna")
    out = tmp_path / "out"
    (out / "Anna").mkdir(parents=True)
    (out / "Anna/1.jpg").write_bytes(b"x" * one.stat().st_size)  # as large, but something else
    (out / "Anna/1 (2).jpg").symlink_to(tmp_path / "nowhere")
    (out / "manifest.json").write_text("mine")
    for _ in range(2):
        run_export(plan_export(scene.library, out))
        assert files(out) == {
            "Anna/1.jpg": b"x" * one.stat().st_size,
            "Anna/1 (3).jpg": one.read_bytes(),
            "Anna/1 (2) (2).jpg": two.read_bytes(),
            "manifest (2).json": (out / "manifest (2).json").read_bytes(),
        }
        assert (out / "manifest.json").read_text() == "mine"
        assert (out / "Anna/1 (2).jpg").is_symlink()


def test_a_file_that_appears_while_copying_is_not_overwritten(scene: Scene, tmp_path: Path) -> None:
    path = scene.photo("1.jpg", "A")
    scene.person("A", "Anna")
    out = tmp_path / "out"

    class Rival(Silent):
        def checkpoint(self) -> None:
            if (out / "Anna").exists() and not (out / "Anna/1.jpg").exists():
                (out / "Anna/1.jpg").write_bytes(b"somebody else's")

    run_export(plan_export(scene.library, out), Rival())
    assert files(out) == {"Anna/1.jpg": b"somebody else's", "Anna/1 (2).jpg": path.read_bytes()}


def test_a_photo_pushed_aside_takes_no_name_that_is_planned_for_another(scene: Scene, tmp_path: Path) -> None:
    one, two = scene.photo("a/1.jpg", "A"), scene.photo("b/1.jpg", "A")
    scene.person("A", "Anna")
    out = tmp_path / "out"
    (out / "Anna").mkdir(parents=True)
    (out / "Anna/1.jpg").write_bytes(b"mine")
    run_export(plan_export(scene.library, out))
    assert files(out) == {
        "Anna/1.jpg": b"mine",
        "Anna/1 (2).jpg": two.read_bytes(),
        "Anna/1 (3).jpg": one.read_bytes(),
    }


def test_the_manifest_says_what_came_from_where(scene: Scene, tmp_path: Path) -> None:
    path = scene.photo("a/Zoë.jpg", "A", b"zoe")
    scene.person("A", "Anna")
    out = tmp_path / "out"
    report = run_export(plan_export(scene.library, out))
    assert report.manifest == str(out / "manifest.json")
    digest = hashlib.sha256(b"zoe").hexdigest()
    entry = {"target": "Anna/Zoë.jpg", "source": str(path), "person": "Anna", "mode": "copy", "size": 3, "sha256": digest}
    assert listed(out) == [entry]


def test_a_later_export_adds_to_the_manifest_and_drops_what_was_deleted(scene: Scene, tmp_path: Path) -> None:
    scene.photo("1.jpg", "A")
    scene.photo("2.jpg", "B")
    scene.photo("3.jpg", "B")
    scene.person("A", "Anna")
    scene.person("B", "Bert")
    out = tmp_path / "out"
    run_export(plan_export(scene.library, out, names=["Bert"]))
    (out / "Bert/3.jpg").unlink()
    run_export(plan_export(scene.library, out, names=["Anna"]))
    assert [f["target"] for f in listed(out)] == ["Anna/1.jpg", "Bert/2.jpg"]


def test_hard_links_share_the_file_and_leave_its_time(scene: Scene, tmp_path: Path) -> None:
    path = scene.photo("1.jpg", "A")
    before = path.stat()
    scene.person("A", "Anna")
    run_export(plan_export(scene.library, tmp_path / "out", mode="hardlink"))
    assert (tmp_path / "out/Anna/1.jpg").samefile(path)
    assert not (tmp_path / "out/Anna/1.jpg").is_symlink()
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_of_a_photo_that_is_a_link_the_file_itself_is_hard_linked(scene: Scene, tmp_path: Path) -> None:
    path = scene.photo("1.jpg", "A")
    scene.person("A", "Anna")
    real = path.rename(tmp_path / "elsewhere.jpg")
    path.symlink_to(real)
    run_export(plan_export(scene.library, tmp_path / "out", mode="hardlink"))
    path.unlink()
    assert (tmp_path / "out/Anna/1.jpg").samefile(real)
    assert not (tmp_path / "out/Anna/1.jpg").is_symlink()


def test_symbolic_links_lead_to_the_photo(scene: Scene, tmp_path: Path) -> None:
    path = scene.photo("1.jpg", "A")
    scene.person("A", "Anna")
    run_export(plan_export(scene.library, tmp_path / "out", mode="symlink"))
    assert (tmp_path / "out/Anna/1.jpg").is_symlink()
    assert (tmp_path / "out/Anna/1.jpg").resolve() == path


def test_progress_counts_files(scene: Scene, tmp_path: Path) -> None:
    many(scene)
    seen: list[tuple[str, int, int]] = []

    class Watch(Silent):
        def report(self, status: object) -> None:
            seen.append((status.phase, status.done, status.total))  # type: ignore[attr-defined]

    run_export(plan_export(scene.library, tmp_path / "out"), Watch())
    assert seen == [("Copying photos", n, 9) for n in range(10)]
