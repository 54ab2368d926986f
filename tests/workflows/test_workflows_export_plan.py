"""What an export would do is said before anything is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from export_scene import Scene, files, targets

from photoclust.core.edits import IgnoreFaces, RenamePerson
from photoclust.core.errors import UserError
from photoclust.workflows.export_album import plan_export, plan_photos, run_export, size_text


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


def test_chosen_photos_go_into_one_folder_whoever_is_on_them(scene: Scene, tmp_path: Path) -> None:
    one, two = scene.photo("a/1.jpg", "A"), scene.photo("b/1.jpg", "AB")
    scene.photo("3.jpg", "A")
    gone = scene.photo("4.jpg", "A")
    scene.person("A", "Anna")
    ids = {photo.relpath: photo.id for photo in scene.library.photos()}
    gone.unlink()
    plan = plan_photos(scene.library, tmp_path / "out", [ids["b/1.jpg"], ids["a/1.jpg"], ids["4.jpg"]], "Sea/2019")
    assert [(item.source, item.target.as_posix()) for item in plan.items] == [
        (one, "Sea_2019/1.jpg"), (two, "Sea_2019/1 (2).jpg"),
    ]  # fmt: skip
    assert [skipped.path for skipped in plan.skipped] == [gone]
    size = size_text(len(one.read_bytes()) + len(two.read_bytes()))
    assert plan.describe() == (
        f"Copies 2 photos ({size}) into “{tmp_path / 'out' / 'Sea_2019'}”. Left out, as gone or not readable: 1 photo."
    )
    run_export(plan)
    assert sorted(files(tmp_path / "out")) == ["Sea_2019/1 (2).jpg", "Sea_2019/1.jpg"]


def test_chosen_photos_are_refused_in_a_scanned_folder_and_when_there_are_none(scene: Scene, tmp_path: Path) -> None:
    scene.photo("1.jpg", "A")
    (photo,) = scene.library.photos()
    with pytest.raises(UserError, match="is scanned for photos"):
        plan_photos(scene.library, scene.root / "out", [photo.id], "Sea")
    with pytest.raises(UserError, match="please select some"):
        plan_photos(scene.library, tmp_path / "out", [], "Sea")
