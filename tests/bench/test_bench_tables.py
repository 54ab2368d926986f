from __future__ import annotations

from dataclasses import replace

import pytest

from photoclust.bench.accuracy import MEASURES, Row
from photoclust.bench.tables import as_data, cells, markdown, notes, text

ROW = Row("easy", "hac", 100, 5, 6, 1.0, 0.5, 0.66667, 1.0, 0.75, 0.857, 0.9, 3, 0.125, 12.34)
SEVERAL = replace(ROW, groups=6.5, seeds=4, spread=dict.fromkeys(MEASURES, 0.01))


def test_a_table_has_a_line_a_row() -> None:
    lines = text(cells([ROW])).splitlines()
    assert len(lines) == 2
    assert lines[0].split()[:3] == ["dataset", "engine", "faces"]
    assert lines[1].split() == [
        *(
            "easy",
            "hac",
            "100",
            "5",
            "6",
            "1.0000",
            "0.5000",
            "0.6667",
            "1.0000",
            "0.7500",
            "0.8570",
            "0.9000",
            "3",
            "0.1",
            "12.3",
        )
    ]


def test_several_seeds_are_a_mean_and_its_spread() -> None:
    assert "0.857 ± 0.010" in text(cells([SEVERAL]))
    assert "6.5 ± 0.0" in text(cells([SEVERAL]))
    assert "±" not in text(cells([replace(ROW, seeds=4, spread=dict.fromkeys(MEASURES, 0.0))]))


def test_markdown_has_a_head_a_rule_and_a_line_a_row_of_equal_width() -> None:
    lines = markdown(cells([replace(ROW, dataset="a|b"), ROW])).splitlines()
    assert len(lines) == 4
    assert lines[2].startswith("| a\\|b | hac | 100 |")
    assert len({line.replace("\\|", "").count("|") for line in lines}) == 1


def test_data_has_seeds_and_spread_only_where_there_were_several() -> None:
    assert not {"seeds", "spread", "missed"} & as_data(ROW).keys()
    assert as_data(SEVERAL)["spread"]["nmi"] == pytest.approx(0.01)


def test_photos_without_a_face_are_told_once_a_data_set() -> None:
    rows = [ROW, replace(ROW, dataset="hard", missed=7), replace(ROW, dataset="hard", engine="album", missed=7)]
    assert len(notes(rows)) == 1
    assert "7 of 100 photos show no face" in notes(rows)[0]
