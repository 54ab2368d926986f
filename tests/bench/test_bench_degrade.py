from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoclust.bench.degrade import KINDS, degraded_copy, with_copies
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent, Status


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "people"
    ramp = np.linspace(40, 220, 120, dtype=np.uint8)
    checks = ((np.indices((96, 120)) // 6).sum(0) % 2 * 30).astype(np.uint8)
    pixels = np.stack([ramp[None] + checks // 2, 255 - ramp[None] - checks // 2, checks + 100], axis=2).astype(np.uint8)
    for name in ("ann/1.png", "ann/2.png", "bob/1.png", "bob/deep/1.png"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(root / name)
    (root / "bob" / "broken.jpg").write_bytes(b"nothing")
    (root / "labels.csv").write_text("not a photo")
    return root


def tree(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("kind", [*KINDS, "mixed"])
def test_a_copy_has_every_photo_worse_and_the_photos_stay_as_they_are(folder: Path, tmp_path: Path, kind: str) -> None:
    before = tree(folder)
    copy = degraded_copy(folder, tmp_path / "out", kind)
    assert copy == tmp_path / "out" / f"people-{kind}"
    assert tree(folder) == before
    assert sorted(tree(copy)) == [f"{name}.jpg" for name in sorted(before) if name != "labels.csv"]
    original, worse = Image.open(folder / "ann" / "1.png"), Image.open(copy / "ann" / "1.png.jpg")
    assert worse.size == original.size
    assert np.abs(np.asarray(worse, float) - np.asarray(original, float)).mean() > 3
    assert (copy / "bob" / "broken.jpg.jpg").read_bytes() == b"nothing"


def test_the_same_seed_gives_the_same_copy_and_another_seed_another(folder: Path, tmp_path: Path) -> None:
    first, again, other = (
        tree(degraded_copy(folder, tmp_path / str(n), "noise", seed)) for n, seed in enumerate((1, 1, 2))
    )  # fmt: skip
    assert first == again
    assert first != other


def test_every_photo_has_chance_of_its_own(folder: Path, tmp_path: Path) -> None:
    copy = tree(degraded_copy(folder, tmp_path, "occlusion"))
    assert len({copy["ann/1.png.jpg"], copy["ann/2.png.jpg"], copy["bob/1.png.jpg"]}) == 3


def test_dark_is_dark_and_occlusion_covers_a_part(folder: Path, tmp_path: Path) -> None:
    original = np.asarray(Image.open(folder / "ann" / "1.png"), float)
    night = np.asarray(Image.open(degraded_copy(folder, tmp_path, "dark") / "ann" / "1.png.jpg"), float)
    assert night.mean() < 0.25 * original.mean()
    hidden = np.asarray(Image.open(degraded_copy(folder, tmp_path, "occlusion") / "ann" / "1.png.jpg"), float)
    changed = (np.abs(hidden - original).max(axis=2) > 40).mean()
    assert 0.05 < changed < 0.35


def test_a_copy_that_is_cancelled_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    class StopLater(Silent):
        def report(self, status: Status) -> None:
            if status.done == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        degraded_copy(folder, tmp_path / "out", "blur", progress=StopLater())
    assert list((tmp_path / "out").iterdir()) == []


def test_copies_follow_their_folder_and_go_at_the_end_unless_a_place_is_named(folder: Path, tmp_path: Path) -> None:
    with with_copies([folder], ["blur", "dark"], None) as paths:
        assert [path.name for path in paths] == ["people", "people-blur", "people-dark"]
        assert all(path.is_dir() for path in paths)
    assert [path.exists() for path in paths] == [True, False, False]
    with with_copies([folder], ["blur"], tmp_path / "kept") as paths:
        pass
    assert paths == [folder, tmp_path / "kept" / "people-blur"]
    assert paths[1].is_dir()


def test_a_copy_that_would_overwrite_or_lie_in_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    degraded_copy(folder, tmp_path, "blur")
    with pytest.raises(UserError, match="there already"):
        degraded_copy(folder, tmp_path, "blur")
    with pytest.raises(UserError, match="lies in the folder"):
        degraded_copy(folder, folder, "blur")
    with pytest.raises(UserError, match="no folder of photos"):
        degraded_copy(tmp_path / "some.npz", tmp_path, "blur")
