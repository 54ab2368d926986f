from __future__ import annotations

import hashlib
import os
import random
import sys
from pathlib import Path

import pytest

from photoclust.core.errors import UserError
from photoclust.media.scan import FoundFile, content_hash, walk_photos

links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


def make(root: Path, *relpaths: str) -> None:
    for relpath in relpaths:
        path = root / relpath
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(relpath.encode("utf-8", "surrogateescape"))


def names(root: Path) -> list[str]:
    problems: list[tuple[str, str]] = []
    found = [file.relpath for file in walk_photos(root, lambda path, why: problems.append((path, why)))]
    assert problems == []
    return found


def test_photos_come_in_the_order_of_their_names_whatever_the_disk_says(tmp_path: Path) -> None:
    meant = ["a/1.jpg", "a/b/2.JPG", "a/b.png", "a.jpg", "c.heic", "ä/z.webp"]
    shuffled = meant.copy()
    random.Random(1).shuffle(shuffled)
    make(tmp_path, *shuffled)
    assert names(tmp_path) == meant


def test_size_and_time_come_with_the_name(tmp_path: Path) -> None:
    make(tmp_path, "a/1.jpg")
    os.utime(tmp_path / "a/1.jpg", ns=(5, 1_234_567_890_123_456_700))
    assert list(walk_photos(tmp_path)) == [FoundFile("a/1.jpg", 7, 1_234_567_890_123_456_700)]


def test_only_files_with_the_suffix_of_a_photo_are_found(tmp_path: Path) -> None:
    photos = [f"{n}{s}" for n, s in enumerate([".jpg", ".JPEG", ".png", ".webp", ".TIF", ".tiff", ".bmp"])]
    make(tmp_path, *photos, "movie.mp4", "notes.txt", "jpg", "photo.jpg.xmp", "photo.jpg~")
    (tmp_path / "folder.jpg").mkdir()
    make(tmp_path, "folder.jpg/inside.gif")
    assert names(tmp_path) == [*photos, "folder.jpg/inside.gif"]


@pytest.mark.parametrize("folder", [".thumbnails", "@eaDir", "__MACOSX", ".photoclust", "node_modules", "$RECYCLE.BIN",
                                    "lost+found", ".Trash-1000", ".git", "#recycle", "System Volume Information"])  # fmt: skip
def test_hidden_and_cache_folders_are_skipped(tmp_path: Path, folder: str) -> None:
    make(tmp_path, f"{folder}/1.jpg", f"deep/{folder}/more/2.jpg", "seen.jpg")
    assert names(tmp_path) == ["seen.jpg"]


def test_hidden_files_are_skipped(tmp_path: Path) -> None:
    make(tmp_path, "._IMG_1.jpg", ".hidden.jpg", "IMG_1.jpg")
    assert names(tmp_path) == ["IMG_1.jpg"]


def test_a_hidden_folder_that_is_asked_for_itself_is_walked(tmp_path: Path) -> None:
    make(tmp_path / ".mine", "1.jpg")
    assert names(tmp_path / ".mine") == ["1.jpg"]


@links
def test_loops_of_links_end_and_no_photo_comes_twice(tmp_path: Path) -> None:
    root = tmp_path / "root"
    make(root, "a/1.jpg", "b/2.jpg")
    (root / "a/up").symlink_to(root)
    (root / "a/self").symlink_to(root / "a")
    (root / "a/beside").symlink_to(root / "b")
    (root / "a/0.jpg").symlink_to(root / "b/2.jpg")
    (root / "parent").symlink_to(tmp_path)
    make(tmp_path, "outside_of_root.jpg")
    assert names(root) == ["a/1.jpg", "b/2.jpg"]


@links
def test_links_that_lead_outside_are_followed_once(tmp_path: Path) -> None:
    root = tmp_path / "root"
    make(tmp_path / "elsewhere", "1.jpg", "deep/2.jpg")
    make(tmp_path, "single.jpg")
    root.mkdir()
    (root / "first").symlink_to(tmp_path / "elsewhere")
    (root / "second").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere/back").symlink_to(root)
    (root / "single.jpg").symlink_to(tmp_path / "single.jpg")
    assert names(root) == ["first/1.jpg", "first/deep/2.jpg", "single.jpg"]


@links
def test_a_link_to_a_photo_that_lies_hidden_is_followed(tmp_path: Path) -> None:
    """Photos kept by git-annex are links into `.git`."""
    make(tmp_path, ".git/annex/objects/x.jpg")
    (tmp_path / "photo.jpg").symlink_to(tmp_path / ".git/annex/objects/x.jpg")
    assert names(tmp_path) == ["photo.jpg"]


@links
def test_a_link_to_a_file_that_has_no_photos_name_is_followed(tmp_path: Path) -> None:
    make(tmp_path, "data.bin")
    (tmp_path / "photo.jpg").symlink_to(tmp_path / "data.bin")
    assert names(tmp_path) == ["photo.jpg"]


@links
def test_a_folder_that_is_a_link_is_walked_as_itself(tmp_path: Path) -> None:
    make(tmp_path / "real", "1.jpg", "a/2.jpg")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert names(tmp_path / "link") == ["1.jpg", "a/2.jpg"]


@links
def test_broken_links_are_told_and_not_raised(tmp_path: Path) -> None:
    make(tmp_path, "1.jpg")
    (tmp_path / "gone.jpg").symlink_to(tmp_path / ".nothing.jpg")
    (tmp_path / "round.jpg").symlink_to(tmp_path / "round.jpg")
    problems: list[tuple[str, str]] = []
    found = list(walk_photos(tmp_path, lambda path, why: problems.append((path, why))))
    assert [file.relpath for file in found] == ["1.jpg"]
    assert [path for path, _ in problems] == ["gone.jpg", "round.jpg"]
    assert all(why.endswith(".") for _, why in problems)


def test_a_folder_that_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a/1.jpg", "closed/2.jpg", "z/3.jpg")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    problems: list[tuple[str, str]] = []
    found = list(walk_photos(tmp_path, lambda path, why: problems.append((path, why))))
    assert [file.relpath for file in found] == ["a/1.jpg", "z/3.jpg"]
    assert problems == [("closed", "You are not allowed to read it.")]


def test_a_folder_that_is_none_is_the_users_to_know(tmp_path: Path) -> None:
    make(tmp_path, "1.jpg")
    with pytest.raises(UserError, match="is not a folder"):
        list(walk_photos(tmp_path / "1.jpg"))
    with pytest.raises(UserError, match="no longer there"):
        list(walk_photos(tmp_path / "nowhere"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_names_that_are_no_text_are_found_and_open(tmp_path: Path) -> None:
    relpath = os.fsdecode(b"caf\xe9/\xff.jpg")
    make(tmp_path, relpath)
    (found,) = walk_photos(tmp_path)
    assert found.relpath == relpath
    assert content_hash(tmp_path / found.relpath) == content_hash(tmp_path / relpath)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_with_the_name_of_a_photo_is_no_photo(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert names(tmp_path) == []


def test_very_deep_folders_are_walked(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(400):
        folder = folder / "d"
    make(folder, "1.jpg")
    assert names(tmp_path) == ["d/" * 400 + "1.jpg"]


def test_the_hash_is_of_the_bytes_and_nothing_else(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg", "b.jpg")
    (tmp_path / "b.jpg").write_bytes((tmp_path / "a.jpg").read_bytes())
    assert content_hash(tmp_path / "a.jpg") == content_hash(tmp_path / "b.jpg")
    assert content_hash(tmp_path / "a.jpg") == hashlib.blake2b(b"a.jpg", digest_size=16).hexdigest()
    with pytest.raises(FileNotFoundError):
        content_hash(tmp_path / "c.jpg")
