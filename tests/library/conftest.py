"""A library of twelve faces in four photos, as fixtures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from library_scenes import fill

from photoclust.library.library import Library


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.photoclust"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with Library.open(path) as library:
        yield library


@pytest.fixture
def faces(library: Library, tmp_path: Path) -> list[int]:
    """Twelve faces, three a photo; the lower the id the better the quality."""
    return fill(library, tmp_path, photos=4, faces=3)
