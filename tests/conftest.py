"""No test needs a display. Small tensors are quicker on one thread, and one thread never waits for what else the machine does."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PHOTOCLUST_LANGUAGE"] = "en"  # whatever the machine speaks
os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when torch is loaded, which no plugin does


@pytest.fixture
def endless() -> Callable[[Path], Path]:
    """Makes a small progressive JPEG of 9 megapixels of which one pass is repeated 100,000 times: minutes of work."""

    def make(path: Path) -> Path:
        Image.new("RGB", (3000, 3000), "grey").save(path, progressive=True)
        data = path.read_bytes()
        first = data.index(b"\xff\xda")
        second = data.index(b"\xff\xda", first + 2)
        third = data.index(b"\xff\xda", second + 2)
        path.write_bytes(data[:second] + data[second:third] * 100_000 + data[third:])
        return path

    return make
