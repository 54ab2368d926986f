"""What the user has chosen is a readable file: written whole, read with defaults, and never lost when it is broken."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoclust.core import settings
from photoclust.core.errors import UserError
from photoclust.core.preferences import CHOICES, Preferences, PreferencesFile, to_toml


@pytest.fixture
def file(tmp_path: Path) -> PreferencesFile:
    return PreferencesFile(tmp_path / "config" / "settings.toml")


_names = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_scalars = (
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | _names
    | st.dates(date(1000, 1, 1)) | st.datetimes(datetime(1000, 1, 1)) | st.times()
)  # fmt: skip
_values = st.recursive(_scalars, lambda v: st.lists(v, max_size=3) | st.dictionaries(_names, v, max_size=3), max_leaves=8)


@given(st.dictionaries(_names, _values, max_size=5))
def test_what_is_written_is_read_back_the_same(table: dict) -> None:
    assert tomllib.loads(to_toml(table)) == table


def test_without_a_file_everything_is_as_at_first_and_none_is_made(file: PreferencesFile) -> None:
    assert file.read().preferences == Preferences()
    assert not file.path.exists()
    assert all(getattr(Preferences(), name) == choices[0] for name, choices in CHOICES.items())


def test_choices_are_kept_one_by_one(file: PreferencesFile) -> None:
    file.write("appearance", "dark")
    file.write("motion", False)
    file.write("thumbnails_mb", 256)
    file.write("shortcuts", {"export": ("Ctrl+Shift+E",), "undo": ()})
    wanted = Preferences(appearance="dark", motion=False, thumbnails_mb=256, shortcuts={"export": ("Ctrl+Shift+E",), "undo": ()})
    assert file.read().preferences == wanted
    assert file.read().problems == ()
    text = file.path.read_text(encoding="utf-8")
    assert 'appearance = "dark"' in text
    assert '[shortcuts]\nexport = ["Ctrl+Shift+E"]\n' in text


def test_what_a_newer_release_wrote_is_kept(file: PreferencesFile) -> None:
    file.path.parent.mkdir()
    file.path.write_text('future = 1979-05-27T07:32:00Z\n[more.here]\n"a b" = [1, {x = 2.5}]\n', encoding="utf-8")
    before = tomllib.loads(file.path.read_text(encoding="utf-8"))
    file.write("language", "de")
    assert tomllib.loads(file.path.read_text(encoding="utf-8")) == before | {"language": "de"}


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('appearance = "pink"', "appearance"),
        ("device = 3", "device"),
        ("motion = 1", "motion"),
        ("thumbnails_mb = true", "thumbnails_mb"),
        ("thumbnails_mb = -5", "thumbnails_mb"),
        ('shortcuts = "Ctrl+E"', "shortcuts"),
        ("shortcuts = {undo = [3]}", "shortcuts"),
    ],
)
def test_a_wrong_value_is_told_and_costs_nothing_else(file: PreferencesFile, line: str, word: str) -> None:
    file.path.parent.mkdir()
    file.path.write_text(f'language = "de"\n{line}\n', encoding="utf-8")
    read = file.read()
    assert read.preferences == Preferences(language="de")
    assert len(read.problems) == 1
    assert word in read.problems[0]
    assert not read.broken


@pytest.mark.parametrize("content", [b"appearance = \n", b"\xff\xfe\x00", b'a = "\n'])
def test_a_broken_file_is_told_put_aside_and_never_written_over(file: PreferencesFile, content: bytes) -> None:
    file.path.parent.mkdir()
    file.path.write_bytes(content)
    read = file.read()
    assert (read.preferences, read.broken, len(read.problems)) == (Preferences(), True, 1)
    with pytest.raises(UserError, match="cannot be understood"):
        file.write("motion", False)
    assert file.path.read_bytes() == content
    aside = file.put_aside()
    assert aside is not None
    assert aside.read_bytes() == content
    file.write("motion", False)
    assert file.read().preferences == Preferences(motion=False)
    file.path.write_bytes(b"again = ")
    assert file.put_aside() not in (None, aside)


def test_a_place_that_is_no_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="cannot be"):
        PreferencesFile(tmp_path / "file" / "settings.toml").write("motion", False)


def test_the_file_lies_with_the_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path))
    assert PreferencesFile().path == settings.preferences_file() == tmp_path / "config" / "settings.toml"
