"""What several tests of workflows share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from export_scene import Scene

from photoclust.library.library import Library


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    root = tmp_path / "photos"
    root.mkdir()
    library = Library.open(tmp_path / "test.photoclust")
    yield Scene(library, root.resolve(), library.add_root(root))
    library.close()
