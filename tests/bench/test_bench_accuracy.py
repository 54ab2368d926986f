from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from photoclust.bench.accuracy import measure_engine, run
from photoclust.bench.datasets import load
from photoclust.bench.tables import table
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent
from photoclust.core.settings import DEFAULT_ENGINE

FIELDS = [
    *("dataset", "engine", "faces", "persons", "groups", "pairwise_p", "pairwise_r", "pairwise_f"),
    *("bcubed_p", "bcubed_r", "bcubed_f", "nmi", "actions", "seconds", "peak_mb"),
]


@pytest.fixture
def easy(tmp_path: Path) -> Path:
    generator = np.random.default_rng(0)
    y = np.repeat(np.arange(5), 20)
    X = generator.normal(size=(5, 32))[y] + 0.2 * generator.normal(size=(100, 32))
    path = tmp_path / "easy.npz"
    np.savez(path, X=X.astype(np.float16), y=y)
    return path


def test_every_engine_is_measured_on_every_set_in_a_process_of_its_own(easy: Path) -> None:
    rows = run([easy], ["hac", "chinese-whispers"], seed=1)
    assert [(row.dataset, row.engine) for row in rows] == [("easy", "hac"), ("easy", "chinese-whispers")]
    assert list(asdict(rows[0])) == FIELDS
    for row in rows:
        assert (row.faces, row.persons, row.groups, row.actions) == (100, 5, 5, 0)
        assert row.bcubed_f == row.pairwise_f == 1.0
        assert row.seconds > 0


def test_without_names_the_default_engine_is_measured(easy: Path) -> None:
    assert [row.engine for row in run([easy])] == [DEFAULT_ENGINE]


def test_an_unknown_engine_is_refused_before_anything_is_read() -> None:
    with pytest.raises(UserError, match="no engine"):
        run([Path("nowhere.npz")], ["nonsense"])


def test_measuring_can_be_cancelled(easy: Path) -> None:
    class Stop(Silent):
        def checkpoint(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        run([easy], ["hac"], progress=Stop())


def test_peak_memory_is_what_grouping_adds(tmp_path: Path) -> None:
    generator = np.random.default_rng(0)
    path = tmp_path / "large.npz"
    np.savez(path, X=generator.normal(size=(2000, 8)), y=np.arange(2000))
    row = run([path], ["hac"])[0]
    assert 2000 * 2000 * 4 / 2**20 < row.peak_mb < 500


def test_a_table_has_a_line_a_row(easy: Path) -> None:
    lines = table([measure_engine(load(easy), "hac", 0)]).splitlines()
    assert len(lines) == 2
    assert lines[0].split()[:3] == ["dataset", "engine", "faces"]
    assert lines[1].split()[:5] == ["easy", "hac", "100", "5", "5"]
    assert "1.0000" in lines[1]
