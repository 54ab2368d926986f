"""The measure of a second import measures one: nothing is looked at, and the library stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from photoclust.bench.second_import import measure, prepare
from photoclust.library.library import Library


def test_an_unchanged_folder_is_measured_and_nothing_in_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    folder, library = prepare(tmp_path, 600)
    seconds = measure(folder, library)
    assert seconds["wall_s"] >= seconds["else_s"] >= 0
    assert seconds["cpu_s"] > 0
    with Library.open(library) as opened:
        assert (opened.counts().photos, opened.counts().faces, opened.counts().errors) == (600, 1200, 0), "they are no photos"
