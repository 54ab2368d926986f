from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photoclust.bench.datasets import load
from photoclust.core.errors import UserError

X = np.array([[3, 4, 0], [0, 0, 2], [6, 8, 0], [1, 0, 0]], np.float32)


def test_features_and_their_labels_beside_them_are_read(tmp_path: Path) -> None:
    X.tofile(tmp_path / "part.bin")
    (tmp_path / "part.meta").write_text("7\n3\n7\n-1\n")
    found = load(tmp_path / "part.bin")
    assert found.name == "part"
    np.testing.assert_allclose(found.embeddings, [[0.6, 0.8, 0], [0, 0, 1], [0.6, 0.8, 0], [1, 0, 0]], atol=1e-6)
    assert found.persons[0] == found.persons[2]
    assert len(set(found.persons.tolist())) == 3


def test_labels_are_found_where_the_published_archives_have_them(tmp_path: Path) -> None:
    (tmp_path / "features").mkdir()
    (tmp_path / "labels").mkdir()
    X.tofile(tmp_path / "features" / "part0_train.bin")
    (tmp_path / "labels" / "part0_train.meta").write_text("0\n1\n0\n2\n")
    assert load(tmp_path / "features" / "part0_train.bin").persons.tolist() == [0, 1, 0, 2]


@pytest.mark.parametrize(("labels", "words"), [(None, "needs its labels"), ("", "equal rows"), ("1\n2\n3\n4\n5\n", "equal rows")])
def test_features_that_do_not_fit_their_labels_are_refused(tmp_path: Path, labels: str | None, words: str) -> None:
    X.tofile(tmp_path / "part.bin")
    if labels is not None:
        (tmp_path / "part.meta").write_text(labels)
    with pytest.raises(UserError, match=words):
        load(tmp_path / "part.bin")


def test_bytes_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    np.full((2, 2), np.nan, np.float32).tofile(tmp_path / "part.bin")
    (tmp_path / "part.meta").write_text("1\n2\n")
    with pytest.raises(UserError, match="not finite"):
        load(tmp_path / "part.bin")
