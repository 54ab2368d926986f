from __future__ import annotations

import errno
import hashlib
import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from photoclust.core.edits import IgnoreFaces, NewPerson, RenamePerson
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent
from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto
from photoclust.workflows import export_album, export_files
from photoclust.workflows.export_album import ExportPlan, plan_export, run_export, size_text

LANDMARKS = tuple((float(i), float(i)) for i in range(5))


@dataclass
class Scene:
    """A library of photos that hold faces; each face is named by a letter, and each letter becomes a person."""

    library: Library
    root: Path
    root_id: int
    faces: dict[str, list[int]] = field(default_factory=dict)

    def photo(self, relpath: str, letters: str, content: bytes | None = None, error: str | None = None) -> Path:
        path = self.root / relpath
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"photo {relpath}".encode("utf-8", "replace") * 100 if content is None else content)
        os.utime(path, ns=(10**18, 10**18 + len(self.faces) * 10**9))
        found = path.stat()
        vector = np.zeros(128, np.float32)
        vector[0] = 1
        faces = tuple(ScannedFace(Box(n * 50, 0, 40, 40), LANDMARKS, 0.9, 0.5, vector) for n in range(len(letters)))
        scanned = ScannedPhoto(relpath, found.st_size, found.st_mtime_ns, None, None, 999, 99, 1, "m", error, faces, "e")
        before = {f.id for f in self.library.faces()}
        self.library.save_scanned(self.root_id, [scanned])
        new = sorted((f for f in self.library.faces() if f.id not in before), key=lambda f: f.box.x)
        for letter, face in zip(letters, new, strict=True):
            self.faces.setdefault(letter, []).append(face.id)
        return path

    def person(self, letter: str, name: str = "") -> int:
        applied = self.library.apply(NewPerson(tuple(self.faces[letter]), name))
        return applied.new_persons[0]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    root = tmp_path / "photos"
    root.mkdir()
    library = Library.open(tmp_path / "test.photoclust")
    yield Scene(library, root.resolve(), library.add_root(root))
    library.close()


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def files(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in tree(folder).items() if name != "manifest.json"}


def targets(plan: ExportPlan) -> list[str]:
    return [item.target.as_posix() for item in plan.items]


def listed(out: Path, name: str = "manifest.json") -> list[dict[str, object]]:
    return json.loads((out / name).read_text(encoding="utf-8"))["files"]


class StopAfter(Silent):
    """Cancels, or does worse, at the n-th checkpoint."""

    def __init__(self, checkpoints: int, act: Callable[[], None] | None = None) -> None:
        self.left = checkpoints
        self.act = act

    def checkpoint(self) -> None:
        self.left -= 1
        if self.left < 0:
            if self.act is not None:
                self.act()
            raise Cancelled


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


def test_two_faces_of_a_person_in_one_photo_are_one_file(scene: Scene, tmp_path: Path) -> None:
    scene.photo("mirror.jpg", "AA")
    scene.person("A", "Anna")
    assert targets(plan_export(scene.library, tmp_path / "out")) == ["Anna/mirror.jpg"]


def test_named_persons_come_alone_and_everybody_while_nobody_has_a_name(scene: Scene, tmp_path: Path) -> None:
    scene.photo("1.jpg", "AB")
    a, b = scene.person("A"), scene.person("B")
    assert targets(plan_export(scene.library, tmp_path / "out")) == [f"Person {a}/1.jpg", f"Person {b}/1.jpg"]
    scene.library.apply(RenamePerson(b, "Bert"))
    assert targets(plan_export(scene.library, tmp_path / "out")) == ["Bert/1.jpg"]


def test_persons_can_be_chosen_by_id_and_by_name(scene: Scene, tmp_path: Path) -> None:
    scene.photo("1.jpg", "ABC")
    a, b = scene.person("A", "Anna"), scene.person("B", "Bert")
    c = scene.person("C")
    out = tmp_path / "out"
    assert targets(plan_export(scene.library, out, persons=[a])) == ["Anna/1.jpg"]
    assert targets(plan_export(scene.library, out, names=["bert"])) == ["Bert/1.jpg"]
    assert targets(plan_export(scene.library, out, names=[f"Person {c}"])) == [f"Person {c}/1.jpg"]
    assert targets(plan_export(scene.library, out, persons=[a], names=["Bert"])) == ["Anna/1.jpg", "Bert/1.jpg"]
    assert targets(plan_export(scene.library, out, persons=[])) == []
    with pytest.raises(UserError, match="No person is called “Carl”"):
        plan_export(scene.library, out, names=["Carl"])
    with pytest.raises(UserError, match="no person 999"):
        plan_export(scene.library, out, persons=[b, 999])


def test_without_persons_the_user_hears_what_to_do(scene: Scene, tmp_path: Path) -> None:
    scene.photo("1.jpg", "A")
    with pytest.raises(UserError, match="group the faces first"):
        plan_export(scene.library, tmp_path / "out")


def test_faces_put_aside_bring_no_photo(scene: Scene, tmp_path: Path) -> None:
    scene.photo("1.jpg", "A")
    scene.photo("2.jpg", "A")
    scene.person("A", "Anna")
    scene.library.apply(IgnoreFaces((scene.faces["A"][1],)))
    assert targets(plan_export(scene.library, tmp_path / "out")) == ["Anna/1.jpg"]


def test_folders_of_persons_never_fall_together(scene: Scene, tmp_path: Path) -> None:
    scene.photo("1.jpg", "ABCDE")
    for letter, name in zip("ABCDE", ["Anna", "ANNA", "Anna (2)", "manifest.json", "a?"], strict=True):
        scene.person(letter, name)
    plan = plan_export(scene.library, tmp_path / "out")
    assert len({t.casefold() for t in targets(plan)}) == 5
    assert "manifest.json/1.jpg" not in targets(plan)
    run_export(plan)
    assert len(files(tmp_path / "out")) == 5


def test_photos_of_one_name_get_numbers(scene: Scene, tmp_path: Path) -> None:
    scene.photo("a/IMG_1.jpg", "A")
    scene.photo("b/img_1.JPG", "A")
    scene.photo("c/IMG_1.jpg", "A")
    scene.person("A", "Anna")
    plan = plan_export(scene.library, tmp_path / "out")
    assert targets(plan) == ["Anna/IMG_1.jpg", "Anna/img_1 (2).JPG", "Anna/IMG_1 (3).jpg"]


def test_photos_that_are_gone_or_broken_are_listed_with_the_reason(scene: Scene, tmp_path: Path) -> None:
    scene.photo("good.jpg", "A")
    gone = scene.photo("gone.jpg", "A")
    scene.person("A", "Anna")
    gone.unlink()
    plan = plan_export(scene.library, tmp_path / "out")
    assert targets(plan) == ["Anna/good.jpg"]
    assert [(s.path, s.reason) for s in plan.skipped] == [(gone, "It is no longer there.")]
    scene.library.mark_missing([scene.library.root_photos(scene.root_id)["gone.jpg"].id])
    plan = plan_export(scene.library, tmp_path / "out")
    assert targets(plan) == ["Anna/good.jpg"]
    assert plan.skipped == (), "a missing photo is in no album, so nothing is left out"


def test_the_plan_says_what_it_will_do(scene: Scene, tmp_path: Path) -> None:
    scene.photo("1.jpg", "A", b"x" * 2_000)
    scene.photo("2.jpg", "AB", b"y" * 4_000)
    gone = scene.photo("3.jpg", "A")
    scene.person("A", "Anna")
    scene.person("B", "Bert")
    gone.unlink()
    out = tmp_path / "out"
    assert plan_export(scene.library, out).describe() == (
        f"Copies 2 photos (10 KB) of 2 persons into “{out}”. Photos of several persons go into each one's folder: 3 files. "
        "Left out, as gone or not readable: 1 photo."
    )
    assert plan_export(scene.library, out, names=["Bert"], mode="hardlink").describe() == (
        f"Links 1 photo of 1 person into “{out}”."
    )
    assert "no photo to export" in plan_export(scene.library, out, persons=[]).describe()


def test_sizes_are_said_as_people_say_them() -> None:
    assert [size_text(n) for n in (0, 812_345, 3_412_345_678, 99_900_000, 5_000_000_000_000)] == [
        "0 bytes", "812 KB", "3.4 GB", "99.9 MB", "5,000 GB",
    ]  # fmt: skip


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


@pytest.mark.parametrize("where", [".", "sub", "sub/deeper", "../link/sub"])
def test_a_folder_that_is_scanned_is_refused(scene: Scene, tmp_path: Path, where: str) -> None:
    scene.photo("1.jpg", "A")
    scene.person("A", "Anna")
    (tmp_path / "link").symlink_to(scene.root)
    with pytest.raises(UserError, match="scanned for photos"):
        plan_export(scene.library, scene.root / where)


def test_beside_the_photos_no_persons_folder_is_the_scanned_one(scene: Scene, tmp_path: Path) -> None:
    scene.photo("1.jpg", "A")
    scene.person("A", "Photos")
    assert targets(plan_export(scene.library, tmp_path)) == ["Photos (2)/1.jpg"]


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


def many(scene: Scene, count: int = 6) -> None:
    for n in range(count):
        scene.photo(f"folder{n % 2}/{n // 2}.jpg", "AB"[: 1 + n % 2], bytes([n]) * 3000)
    scene.person("A", "Anna")
    scene.person("B", "Bert")


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


def test_progress_counts_files(scene: Scene, tmp_path: Path) -> None:
    many(scene)
    seen: list[tuple[str, int, int]] = []

    class Watch(Silent):
        def report(self, status: object) -> None:
            seen.append((status.phase, status.done, status.total))  # type: ignore[attr-defined]

    run_export(plan_export(scene.library, tmp_path / "out"), Watch())
    assert seen == [("Copying photos", n, 9) for n in range(10)]
