"""What several tests of workflows share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from export_scene import Scene
from painted import paint_folder

from photoclust.library.library import Library


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    root = tmp_path / "photos"
    root.mkdir()
    library = Library.open(tmp_path / "test.photoclust")
    yield Scene(library, root.resolve(), library.add_root(root))
    library.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return paint_folder(tmp_path / "photos")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.photoclust") as opened:
        yield opened
