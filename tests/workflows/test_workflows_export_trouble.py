"""Whatever goes wrong while exporting is told, and leaves nothing half-written."""

from __future__ import annotations

import errno
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from export_scene import Scene, StopAfter, files, listed, many, tree

from photoclust.core.errors import Cancelled, UserError
from photoclust.workflows import export_album, export_files
from photoclust.workflows.export_album import plan_export, run_export


@pytest.mark.parametrize(
    ("code", "says"), [(errno.EXDEV, "another disk.*Copy instead"), (errno.EPERM, "cannot be made.*Copy instead")]
)
def test_where_links_are_impossible_copying_is_advised(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, says: str
) -> None:
    scene.photo("1.jpg", "A")
    scene.person("A", "Anna")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "link", refuse)
    plan = plan_export(scene.library, tmp_path / "out", mode="hardlink")
    with pytest.raises(UserError, match=says):
        run_export(plan)


def test_a_disk_without_hard_links_is_copied_to(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scene.photo("1.jpg", "A")
    scene.person("A", "Anna")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "FAT has none")

    monkeypatch.setattr(os, "link", refuse)
    run_export(plan_export(scene.library, tmp_path / "out"))
    assert files(tmp_path / "out") == {"Anna/1.jpg": path.read_bytes()}


def test_a_persons_folder_that_leads_elsewhere_is_refused(scene: Scene, tmp_path: Path) -> None:
    scene.photo("1.jpg", "A")
    scene.person("A", "Anna")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/Anna").symlink_to(scene.root)
    before = tree(scene.root)
    with pytest.raises(UserError, match="leads elsewhere"):
        run_export(plan_export(scene.library, tmp_path / "out"))
    assert tree(scene.root) == before


def test_a_file_in_the_way_of_a_folder_is_told(scene: Scene, tmp_path: Path) -> None:
    scene.photo("1.jpg", "A")
    scene.person("A", "Anna")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/Anna").write_text("a file")
    with pytest.raises(UserError, match="cannot be a folder"):
        run_export(plan_export(scene.library, tmp_path / "out"))
    with pytest.raises(UserError, match="is not a folder"):
        plan_export(scene.library, tmp_path / "out/Anna")


def test_too_little_room_is_told_before_anything_is_written(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.photo("1.jpg", "A", b"x" * 5000)
    scene.person("A", "Anna")
    monkeypatch.setattr(export_album.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 120}))
    with pytest.raises(UserError, match="5 KB are needed, but only 120 bytes are free"):
        run_export(plan_export(scene.library, tmp_path / "out"))
    assert not (tmp_path / "out").exists()


class FullDisk:
    """Stands for a disk with room for so many bytes: `open(…, "xb")` gives files that say so."""

    def __init__(self, room: int) -> None:
        self.room = room

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real_open = Path.open

        def open_on_disk(path: Path, mode: str = "r", *args: object, **kwargs: object) -> object:
            file = real_open(path, mode, *args, **kwargs)
            if mode != "xb":
                return file
            real_write = file.write

            class Writer:
                def __enter__(_) -> object:  # noqa: N805
                    return _

                def __exit__(_, *__: object) -> None:  # noqa: N805
                    file.close()

                def write(_, data: bytes) -> int:  # noqa: N805
                    if len(data) > self.room:
                        real_write(data[: self.room])
                        raise OSError(errno.ENOSPC, "No space left on device")
                    self.room -= len(data)
                    return int(real_write(data))

                def __getattr__(_, name: str) -> object:  # noqa: N805
                    return getattr(file, name)

            return Writer()

        monkeypatch.setattr(Path, "open", open_on_disk)


def test_a_full_disk_is_told_leaves_nothing_half_written_and_the_export_goes_on_later(scene: Scene, tmp_path: Path) -> None:
    many(scene)
    run_export(plan_export(scene.library, tmp_path / "whole"))
    out = tmp_path / "out"
    with pytest.MonkeyPatch.context() as patch:
        FullDisk(room=10_000).install(patch)
        with pytest.raises(UserError, match=r"The disk is full: 3 of 9 files are in .*export again to go on"):
            run_export(plan_export(scene.library, out))
    assert len(files(out)) == 3
    assert all(len(content) == 3000 for content in files(out).values())
    assert [f["target"] for f in listed(out)] == list(files(out))
    report = run_export(plan_export(scene.library, out))
    assert (report.copied, report.skipped_existing) == (6, 3)
    assert tree(out) == tree(tmp_path / "whole")


@pytest.mark.parametrize("checkpoints", range(0, 18, 3))
def test_an_export_stopped_anywhere_leaves_whole_files_and_ends_as_in_one_go(
    scene: Scene, tmp_path: Path, checkpoints: int
) -> None:
    many(scene)
    whole, out = tmp_path / "whole", tmp_path / "out"
    run_export(plan_export(scene.library, whole))
    with pytest.raises(Cancelled):
        run_export(plan_export(scene.library, out), StopAfter(checkpoints))
    assert files(out).items() <= files(whole).items()
    run_export(plan_export(scene.library, out))
    assert tree(out) == tree(whole)


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
def test_a_killed_export_ends_as_in_one_go(scene: Scene, tmp_path: Path) -> None:
    many(scene)
    whole, out = tmp_path / "whole", tmp_path / "out"
    run_export(plan_export(scene.library, whole))
    script = (
        "import os, pickle, signal, sys\n"
        "from photoclust.workflows import export_files\n"
        "from photoclust.workflows.export_album import run_export\n"
        "left = [4]\n"
        "def sync(fd):\n"
        "    left[0] -= 1\n"
        "    if not left[0]: os.kill(os.getpid(), signal.SIGKILL)\n"
        "export_files.os.fsync = sync\n"
        "run_export(pickle.loads(sys.stdin.buffer.read()))\n"
    )
    plan = pickle.dumps(plan_export(scene.library, out))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run([sys.executable, "-c", script], input=plan, env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    left = files(out)
    assert sum(name.endswith(".photoclust-part") for name in left) == 1
    assert sum(not name.endswith(".photoclust-part") for name in left) == 3
    run_export(plan_export(scene.library, out))
    assert tree(out) == tree(whole)


def test_a_photo_that_cannot_be_read_when_its_turn_comes_is_left_out(scene: Scene, tmp_path: Path) -> None:
    lost, kept = scene.photo("1.jpg", "A"), scene.photo("2.jpg", "A")
    scene.person("A", "Anna")
    for mode in ("copy", "hardlink"):
        lost.write_bytes(b"here")
        plan = plan_export(scene.library, tmp_path / mode, mode=mode)
        lost.unlink()
        report = run_export(plan)
        assert files(tmp_path / mode) == {"Anna/2.jpg": kept.read_bytes()}
        assert [(s.path, s.reason) for s in report.skipped] == [(lost, "It is no longer there.")]
        assert report.copied == 1


def test_a_disk_that_stops_reading_leaves_nothing_half_written(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.photo("1.jpg", "A")
    scene.person("A", "Anna")

    class Broken:
        def read(self, _: int) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    real = export_files._read
    monkeypatch.setattr(export_files, "_read", lambda _: real(Broken()))  # type: ignore[arg-type]
    report = run_export(plan_export(scene.library, tmp_path / "out"))
    assert [s.reason for s in report.skipped] == ["The disk could not read it (input/output error)."]
    assert tree(tmp_path / "out") == {}


def test_a_folder_that_cannot_be_written_is_told(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.photo("1.jpg", "A")
    scene.person("A", "Anna")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(UserError, match=r"cannot be written to .Permission denied."):
        run_export(plan_export(scene.library, tmp_path / "out"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_a_name_that_is_no_text_is_exported_under_one_that_is(scene: Scene, tmp_path: Path) -> None:
    path = scene.photo(os.fsdecode(b"caf\xe9.jpg"), "A", b"coffee")
    scene.person("A", "Anna")
    out = tmp_path / "out"
    run_export(plan_export(scene.library, out))
    assert files(out) == {"Anna/caf_.jpg": b"coffee"}
    assert listed(out)[0]["source"] == str(path)
