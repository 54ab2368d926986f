"""Rendered photos and loaded networks, made once; the prepared weights go to a temporary cache."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from photoclust.demo.plan import plan_album
from photoclust.demo.scene import draw_photo
from photoclust.vision.session import FaceSession


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of the user's is read or written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PHOTOCLUST_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def photos() -> list[NDArray[np.uint8]]:
    """Three rendered photos (600, 800, 3) with at least two faces each, of persons who do not exist."""
    plans = [p for p in plan_album(12, 6, 5, (800, 600)).photos if len(p.sitters) >= 2]
    return [np.asarray(draw_photo(plan)[0]) for plan in plans[:3]]


@pytest.fixture(scope="session")
def session() -> FaceSession:
    """The real networks on the CPU."""
    return FaceSession("cpu")
