from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from photoclust.bench.datasets import load
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent, Status
from photoclust.core.settings import VisionSettings
from photoclust.core.types import Box


def test_an_npz_of_half_precision_becomes_unit_vectors_and_numbered_persons(tmp_path: Path) -> None:
    path = tmp_path / "some.npz"
    X = np.array([[3, 4], [0, 2], [5, 0]], np.float16)
    np.savez(path, X=X, y=np.array(["eve", "bob", "eve"]), photo=np.array([9, 9, 4]), taken_at=np.array([1, 2, 3]))
    found = load(path)
    assert found.name == "some"
    assert found.embeddings.dtype == np.float32
    np.testing.assert_allclose(found.embeddings, [[0.6, 0.8], [0, 1], [1, 0]], atol=1e-3)
    assert found.persons.tolist() == [1, 0, 1]
    assert found.photo is not None
    assert found.photo.tolist() == [1, 1, 0]
    assert found.taken_at is not None
    assert found.taken_at.tolist() == [1.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"X": np.ones((2, 3))}, "needs the arrays X"),
        ({"X": np.ones(3), "y": np.ones(3)}, "table of numbers"),
        ({"X": np.array([["a"]]), "y": np.ones(1)}, "table of numbers"),
        ({"X": np.ones((2, 3)), "y": np.ones(3)}, "one entry a row"),
        ({"X": np.ones((2, 3)), "y": np.ones(2), "photo": np.ones(5)}, "photo"),
        ({"X": np.ones((2, 3)), "y": np.ones(2), "photo": np.array([1, np.nan])}, "photo"),
        ({"X": np.ones((2, 3)), "y": np.ones(2), "taken_at": np.array(["a", "b"])}, "seconds"),
        ({"X": np.ones((2, 3)), "y": np.array([1, np.nan])}, "numbers or words"),
        ({"X": np.ones((2, 3)), "y": np.zeros(2, [("a", int)])}, "numbers or words"),
        ({"X": np.ones((2, 3), "m8[s]"), "y": np.ones(2)}, "table of numbers"),
        ({"X": np.empty((0, 3)), "y": np.empty(0)}, "no faces"),
        ({"X": np.zeros((2, 3)), "y": np.ones(2)}, "zero or not finite"),
        ({"X": np.full((2, 3), np.nan), "y": np.ones(2)}, "zero or not finite"),
        ({"X": np.ones((2, 3)), "y": np.array([{}, {}], object)}, "cannot be read"),
    ],
)
def test_a_malformed_npz_is_refused_with_a_reason(tmp_path: Path, arrays: dict[str, np.ndarray], words: str) -> None:
    path = tmp_path / "bad.npz"
    np.savez(path, **arrays)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=words):
        load(path)


def test_a_file_that_is_no_npz_and_one_that_is_missing_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.npz"
    path.write_text("hello")
    with pytest.raises(UserError, match="cannot be read"):
        load(path)
    with pytest.raises(UserError, match="no file or folder"):
        load(tmp_path / "nowhere.npz")


def test_an_array_in_a_file_that_calls_itself_npz_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "array.npz"
    with path.open("wb") as file:
        np.save(file, np.ones((2, 3)))
    with pytest.raises(UserError, match="cannot be read"):
        load(path)


@pytest.mark.parametrize("scale", [1e-200, 1e-30, 1e30, 1e200])
def test_vectors_of_any_length_become_unit_vectors(tmp_path: Path, scale: float) -> None:
    np.savez(tmp_path / "some.npz", X=np.array([[3.0, -4.0]]) * scale, y=np.zeros(1))
    np.testing.assert_allclose(load(tmp_path / "some.npz").embeddings, [[0.6, -0.8]], atol=1e-6)


def test_times_that_are_not_finite_are_unknown(tmp_path: Path) -> None:
    np.savez(tmp_path / "some.npz", X=np.ones((3, 2)), y=np.zeros(3), taken_at=np.array([1, np.inf, np.nan]))
    found = load(tmp_path / "some.npz").taken_at
    assert found is not None
    np.testing.assert_array_equal(found, [1, np.nan, np.nan])


class FakeSession:
    """Two faces in every photo that is not black; the larger one's vector is the photo's mean colour."""

    model_id, device = "fake", "CPU"
    settings = VisionSettings()

    def __init__(self) -> None:
        self.looked_at = 0

    def analyse(self, photos: list[np.ndarray]) -> list[list[SimpleNamespace]]:
        self.looked_at += len(photos)
        return [self._faces(photo) for photo in photos]

    def _faces(self, photo: np.ndarray) -> list[SimpleNamespace]:
        colour = photo.reshape(-1, 3).mean(0).astype(np.float32)
        if not colour.any():
            return []
        small = SimpleNamespace(box=Box(0, 0, 2, 2), quality=0.9, vector=np.array([0, 0, 1], np.float32))
        large = SimpleNamespace(box=Box(0, 0, 5, 5), quality=0.5, vector=colour / np.linalg.norm(colour))
        return [small, large]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    root = tmp_path / "people"
    colours = {"ann/1": (255, 0, 0), "ann/2": (250, 0, 0), "bob/1": (0, 255, 0), "bob/black": (0, 0, 0)}
    for name, colour in colours.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8), colour).save(root / f"{name}.png")
    (root / "bob" / "broken.png").write_bytes(b"nothing")
    return root


def test_a_folder_a_person_gives_the_largest_face_of_each_photo(folder: Path) -> None:
    found = load(folder, session=FakeSession())  # type: ignore[arg-type]
    assert found.name == "people"
    assert found.persons.tolist() == [0, 0, 1]
    assert found.missed.tolist() == [1, 1]
    np.testing.assert_allclose(found.embeddings, [[1, 0, 0], [1, 0, 0], [0, 1, 0]], atol=1e-6)
    assert found.quality is not None
    assert found.quality.tolist() == [0.5, 0.5, 0.5]


def test_lengths_of_raw_vectors_tell_the_quality_of_faces(tmp_path: Path) -> None:
    np.savez(tmp_path / "set.npz", X=np.eye(4), y=np.arange(4), norm=np.array([3, 9, 12, 30], np.float16))
    found = load(tmp_path / "set.npz")
    assert found.quality is not None
    assert (np.diff(found.quality) > 0).all()
    assert found.quality.min() > 0
    assert found.quality.max() <= 1
    kept = found.only(found.persons[1:3], "two").quality
    assert kept is not None
    assert kept.tolist() == found.quality[1:3].tolist()


def test_photos_are_looked_at_once_and_remembered_by_content(folder: Path) -> None:
    first, again = FakeSession(), FakeSession()
    load(folder, session=first)  # type: ignore[arg-type]
    (folder / "ann" / "1.png").rename(folder / "ann" / "renamed.png")
    found = load(folder, session=again)  # type: ignore[arg-type]
    assert first.looked_at == 4
    assert again.looked_at == 0
    assert len(found.persons) == 3


def test_another_way_of_looking_looks_again(folder: Path) -> None:
    first, other = FakeSession(), FakeSession()
    other.model_id = "fake+looks2"
    load(folder, session=first)  # type: ignore[arg-type]
    load(folder, session=other)  # type: ignore[arg-type]
    assert (first.looked_at, other.looked_at) == (4, 4)


def test_what_was_seen_is_kept_when_cancelled(folder: Path) -> None:
    class StopLater(Silent):
        def report(self, status: Status) -> None:
            raise Cancelled

    first, again = FakeSession(), FakeSession()
    with pytest.raises(Cancelled):
        load(folder, StopLater(), session=first)  # type: ignore[arg-type]
    load(folder, session=again)  # type: ignore[arg-type]
    assert (first.looked_at, again.looked_at) == (4, 0)


def test_two_runs_at_a_time_keep_what_each_has_seen(folder: Path, tmp_path: Path) -> None:
    class Meanwhile(Silent):
        """Another run looks at other photos before this one has saved."""

        def report(self, status: Status) -> None:
            load(other, session=FakeSession())  # type: ignore[arg-type]

    other = tmp_path / "others"
    (other / "eve").mkdir(parents=True)
    Image.new("RGB", (8, 8), (0, 0, 255)).save(other / "eve" / "1.png")
    load(folder, Meanwhile(), session=FakeSession())  # type: ignore[arg-type]
    again = FakeSession()
    load(folder, session=again)  # type: ignore[arg-type]
    load(other, session=again)  # type: ignore[arg-type]
    assert again.looked_at == 0


def test_a_memory_that_is_damaged_is_forgotten(folder: Path, tmp_path: Path) -> None:
    load(folder, session=FakeSession())  # type: ignore[arg-type]
    [kept] = (tmp_path / "home" / "cache" / "bench").iterdir()
    kept.write_bytes(b"nothing")
    again = FakeSession()
    assert len(load(folder, session=again).persons) == 3  # type: ignore[arg-type]
    assert again.looked_at == 4


def test_folders_of_any_name_are_persons_and_files_beside_them_are_not(folder: Path) -> None:
    names = ["Zoë 😀", 'a, b; "c"', "-x", "ann ", " lead", "0", "00"]
    for name in names:
        (folder / name).mkdir()
        Image.new("RGB", (8, 8), (255, 0, 0)).save(folder / name / "1.png")
    odd = folder / os.fsdecode(b"\xff\xfe")
    try:
        odd.mkdir()
        Image.new("RGB", (8, 8), (255, 0, 0)).save(odd / "1.png")
        names.append("not text")
    except OSError:
        pass  # a file system that has only text for names
    (folder / "labels.csv").write_text("ann,1.png")
    Image.new("RGB", (8, 8), (255, 0, 0)).save(folder / "top.png")
    found = load(folder, session=FakeSession())  # type: ignore[arg-type]
    assert len(found.persons) == 3 + len(names)
    assert len(set(found.persons.tolist())) == 2 + len(names)


def test_a_folder_without_persons_is_refused(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), (255, 0, 0)).save(tmp_path / "1.png")
    with pytest.raises(UserError, match="one folder a person"):
        load(tmp_path)


def test_a_folder_whose_photos_show_nobody_is_refused(folder: Path) -> None:
    for path in folder.rglob("*.png"):
        Image.new("RGB", (8, 8)).save(path)
    with pytest.raises(UserError, match="No face"):
        load(folder, session=FakeSession())  # type: ignore[arg-type]
