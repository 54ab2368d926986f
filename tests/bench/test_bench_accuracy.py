from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photoclust.bench.accuracy import mean_and_spread, measure_engine, run
from photoclust.bench.datasets import Dataset, distinct_names, load
from photoclust.bench.tables import as_data
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
    assert list(as_data(rows[0])) == FIELDS
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


def test_a_missed_photo_is_a_face_in_a_group_of_its_own() -> None:
    X = np.eye(4, dtype=np.float32)[[0, 0, 1, 1]]
    seen = Dataset("seen", X, np.array([0, 0, 1, 1]))
    partly = Dataset("partly", X, np.array([0, 0, 1, 1]), missed=np.array([1, 2]))
    everything, part = measure_engine(seen, "hac", 0), measure_engine(partly, "hac", 0)
    assert (everything.faces, everything.persons, everything.groups, everything.missed) == (4, 2, 2, 0)
    assert (part.faces, part.persons, part.groups, part.missed) == (6, 3, 4, 2)
    assert part.bcubed_p == 1.0
    assert part.bcubed_r == pytest.approx((2 * 1 + 2 * 2 / 3 + 1 / 3 + 1) / 6)


def test_several_seeds_give_the_mean_and_the_spread(easy: Path) -> None:
    several, one = run([easy], ["hac"], seed=3, seeds=3)[0], run([easy], ["hac"], seed=3)[0]
    assert (several.seeds, one.seeds) == (3, 1)
    assert (several.bcubed_f, several.spread["bcubed_f"]) == (one.bcubed_f, 0.0)
    assert list(as_data(several)) == [*FIELDS, "seeds", "spread"]


def test_the_mean_is_over_every_measure_and_the_spread_is_the_standard_deviation(easy: Path) -> None:
    dataset = load(easy)
    row = measure_engine(dataset, "hac", 0)
    worse = measure_engine(Dataset("easy", dataset.embeddings, dataset.persons, missed=np.arange(5)), "hac", 0)
    both = mean_and_spread([row, worse])
    assert both.groups == (row.groups + worse.groups) / 2
    assert both.spread["bcubed_f"] == pytest.approx(abs(row.bcubed_f - worse.bcubed_f) / np.sqrt(2))


def test_data_sets_of_one_name_are_told_apart_by_where_they_lie(tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "x" / "ages.npz", tmp_path / "b" / "x" / "ages.npz", tmp_path / "web.npz"]
    assert distinct_names(paths) == ["a/x/ages", "b/x/ages", "web"]
    assert distinct_names([paths[2], paths[2]])[0].endswith("web")


def test_a_part_has_whole_persons_and_about_as_many_faces(easy: Path) -> None:
    dataset = load(easy)
    part = dataset.part(45)
    assert part.name == "easy@45"
    assert len(part.persons) == len(part.embeddings) == 60
    assert len(set(part.persons.tolist())) == 3
    assert all((dataset.persons == person).sum() == (part.persons == person).sum() for person in part.persons)


def test_parts_are_measured_before_the_whole_and_only_where_they_are_smaller(easy: Path) -> None:
    rows = run([easy], ["hac"], sizes=[60, 20, 100, 1000])
    assert [(row.dataset, row.faces) for row in rows] == [("easy@20", 20), ("easy@60", 60), ("easy", 100)]
