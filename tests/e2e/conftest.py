"""A small demo album, scanned and grouped once with the real networks; every test gets its own copy of the library."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from photoclust.demo.album import render_album
from photoclust.library.library import Library
from photoclust.vision.session import FaceSession
from photoclust.workflows.group_faces import group_faces
from photoclust.workflows.import_photos import import_photos


@dataclass(frozen=True)
class Ready:
    """Where the album and its grouped library lie."""

    album: Path
    library: Path


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rendered album: 24 photos of 5 persons and strangers."""
    folder = tmp_path_factory.mktemp("album") / "photos"
    render_album(folder, photos=24, persons=5, seed=3)
    return folder


@pytest.fixture(scope="session")
def networks() -> FaceSession:
    """The real detector and embedder, loaded once."""
    return FaceSession()


@pytest.fixture(scope="session")
def scanned(album: Path, networks: FaceSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the album, scanned and grouped."""
    path = tmp_path_factory.mktemp("scanned") / "library.photoclust"
    with Library.open(path) as library:
        for _ in import_photos(library, album, session=networks):
            pass
        group_faces(library)
    return path


@pytest.fixture
def ready(album: Path, scanned: Path, tmp_path: Path) -> Ready:
    """A library of one's own to change."""
    path = tmp_path / "library.photoclust"
    shutil.copy(scanned, path)
    return Ready(album, path)
