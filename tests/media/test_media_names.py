from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from photoclust.media.names import MAX_BYTES, name_key, numbered_name, safe_name, unique_name

RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{p}{n}" for p in ("COM", "LPT") for n in range(10))}
NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from('./\\:*?"<>| \0\u202e\u200d\u00ad\u0301\udcff\U0001f469'),
        st.sampled_from(list("conaulpt1")),
    ),
    max_size=200,
)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Anna", "Anna"),
        ("Anna/Zoë", "Anna_Zoë"),
        ("Zoe\u0308", "Zoë"),
        ("..", "_"),
        ("", "_"),
        ("   ", "_"),
        (".hidden", "hidden"),
        ("Dr. No.", "Dr. No"),
        ("a\tb\n c", "a b c"),
        ("con", "_con"),
        ("Aux.jpg", "_Aux.jpg"),
        ("LPT¹", "_LPT¹"),
        ("Connie", "Connie"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("caf\udce9", "caf_"),
        ('Ma?ria: *the* "great" <1>|', "Ma_ria_ _the_ _great_ _1__"),
        ("👩‍👧 Mum", "👩‍👧 Mum"),
        ("李小龍", "李小龍"),
    ],
)
def test_names_change_as_little_as_needed(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(NASTY, st.booleans())
@example("e\u00ad\u0301", False)
@example("é" * 59 + "aé.jpg", True)
@example("CON" + " " * 5 + ".jpg", True)
@example("x" * 118 + ".a.b", True)
def test_a_safe_name_suits_every_file_system(name: str, keep_suffix: bool) -> None:
    safe = safe_name(name, keep_suffix=keep_suffix)
    assert safe
    assert len(safe.encode("utf-8")) <= MAX_BYTES
    assert not set(safe) & set('<>:"/\\|?*')
    assert all(unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Co", "Zl", "Zp") for c in safe)
    assert safe == safe.strip(" .")
    assert safe.split(".")[0].strip().upper() not in RESERVED
    assert unicodedata.is_normalized("NFC", safe)
    assert safe_name(safe, keep_suffix=keep_suffix) == safe


def test_a_long_name_is_cut_before_its_suffix() -> None:
    safe = safe_name("ü" * 200 + ".jpeg", keep_suffix=True)
    assert safe == "ü" * 57 + ".jpeg"
    assert len(safe_name("a." + "b" * 300, keep_suffix=True)) == MAX_BYTES


@given(st.lists(NASTY, max_size=30))
@example(["Anna", "ANNA", "anna (2)", "Anna"])
@example(["a" * 120 + "b", "a" * 120 + "c"])
def test_unique_names_differ_on_every_file_system(names: list[str]) -> None:
    taken: set[str] = set()
    unique = [unique_name(safe_name(name), taken) for name in names]
    assert len({name_key(name) for name in unique}) == len(names)
    assert all(safe_name(name) == name for name in unique)


def test_twins_are_numbered_before_the_suffix() -> None:
    taken: set[str] = set()
    names = [unique_name(n, taken, keep_suffix=True) for n in ("IMG_1.jpg", "img_1.JPG", "IMG_1.jpg", "IMG_1.png")]
    assert names == ["IMG_1.jpg", "img_1 (2).JPG", "IMG_1 (3).jpg", "IMG_1.png"]
    assert numbered_name("Dr. No", 2) == "Dr. No (2)"


def test_names_that_differ_by_case_or_accents_written_otherwise_are_one() -> None:
    assert name_key("ZOË") == name_key("zoe\u0308")
    assert name_key("Straße") == name_key("STRASSE")
