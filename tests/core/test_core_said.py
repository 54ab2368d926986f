"""Sentences that a window can say in another language."""

from __future__ import annotations

import pickle

import pytest

from photoclust.core.errors import UserError
from photoclust.core.said import Said


def test_a_sentence_is_english_and_remembers_what_it_was_made_of() -> None:
    said = Said("Move {n} faces to {name}", one="Move {n} face to {name}", n=1204, name="Anna")
    assert said == "Move 1,204 faces to Anna"
    assert (said.template, said.values) == ("Move {n} faces to {name}", {"n": 1204, "name": "Anna"})
    assert Said("Move {n} faces", one="Move {n} face", n=1) == "Move 1 face"


def test_an_exception_hands_it_on() -> None:
    with pytest.raises(UserError) as caught:
        raise UserError(Said("There is no {what}.", what="hurry"))
    told = str(caught.value)
    assert isinstance(told, Said)
    assert told.values == {"what": "hurry"}


@pytest.mark.parametrize("said", [Said("So it is."), Said("{a} {b}", a=Said("{n} faces", one="{n} face", n=1), b="{odd}")])
def test_it_comes_back_from_where_it_is_kept(said: Said) -> None:
    for back in (Said.from_json(said.to_json()), pickle.loads(pickle.dumps(said))):
        assert isinstance(back, Said)
        assert (back, back.template, back.values) == (said, said.template, said.values)


@pytest.mark.parametrize(
    "kept",
    ["[]", "{}", "[1, 2]", '["{x}", null, {}, 4]', '["{x}", null, {"y": 1}]', "nonsense", '["{n:>9999999999}", null, {"n": 1}]'],
)
def test_what_was_not_kept_by_us_is_told(kept: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Said.from_json(kept)


def test_sentences_stand_in_a_row() -> None:
    assert Said.row(["One.", Said("{n} more.", n=3)]) == "One. 3 more."
