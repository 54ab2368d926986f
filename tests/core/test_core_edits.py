"""Every edit can be written down and read again."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoclust.core import edits
from photoclust.core.edits import Edit, Regroup, RenamePerson, Restore, from_json, to_json

_ids = st.integers(0, 2**63 - 1)
_many = st.lists(_ids, max_size=5).map(tuple)
_sure = st.floats(0, 1)
_box = st.tuples(*[st.floats(-1e6, 1e6)] * 4)
_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_edits: dict[type, st.SearchStrategy[Edit]] = {
    RenamePerson: st.builds(RenamePerson, _ids, _words),
    edits.MoveFaces: st.builds(edits.MoveFaces, _many, st.none() | _ids),
    edits.NewPerson: st.builds(edits.NewPerson, _many, _words),
    edits.SplitPerson: st.builds(edits.SplitPerson, _ids, _many, _words),
    edits.MergePersons: st.builds(edits.MergePersons, _many, _ids, _many),
    edits.ConfirmFaces: st.builds(edits.ConfirmFaces, _many),
    edits.TellApart: st.builds(edits.TellApart, st.lists(st.tuples(_ids, _ids), max_size=3).map(tuple)),
    edits.IgnoreFaces: st.builds(edits.IgnoreFaces, _many),
    edits.NotAFace: st.builds(edits.NotAFace, _many),
    edits.BringBackFaces: st.builds(edits.BringBackFaces, _many),
    edits.SetCover: st.builds(edits.SetCover, _ids, st.none() | _ids),
    edits.SetStrangers: st.builds(edits.SetStrangers, _many, st.booleans()),
    edits.AddFace: st.builds(edits.AddFace, _ids, _box),
    edits.ChangeBox: st.builds(edits.ChangeBox, _ids, _box),
    Regroup: st.builds(
        Regroup,
        st.lists(_many, max_size=3).map(tuple),
        st.lists(st.none() | _ids, max_size=3).map(tuple),
        st.lists(st.lists(_sure, max_size=3).map(tuple), max_size=3).map(tuple),
        _words,
        _ids,
    ),
    Restore: st.builds(
        Restore,
        faces=st.lists(st.tuples(_ids, st.none() | _ids, st.booleans(), _words, st.none() | _sure), max_size=3).map(tuple),
        persons=st.lists(st.tuples(_ids, _words, st.none() | _ids), max_size=3).map(tuple),
        persons_gone=_many,
        links=st.lists(st.tuples(_ids, _ids, st.booleans(), _words), max_size=3).map(tuple),
        links_gone=st.lists(st.tuples(_ids, _ids), max_size=3).map(tuple),
        strangers=st.lists(st.tuples(_ids, st.none() | st.booleans()), max_size=3).map(tuple),
        boxes=st.lists(
            st.tuples(
                _ids,
                _ids,
                _sure,
                _sure,
                _sure,
                _sure,
                _words,
                _sure,
                _sure,
                st.booleans(),
                st.lists(st.tuples(_words, _words), max_size=2).map(tuple),
            ),
            max_size=3,
        ).map(tuple),
        faces_gone=_many,
    ),
}
_edits[edits.Together] = st.builds(edits.Together, st.lists(st.one_of(*_edits.values()), max_size=3).map(tuple), _words)


@given(st.one_of(*_edits.values()))
def test_an_edit_that_was_written_down_is_read_as_the_same_edit(edit: Edit) -> None:
    text = to_json(edit)
    again = from_json(text)
    assert again == edit
    assert type(again) is type(edit)
    assert hash(again) == hash(edit), "lists would not be hashable"


def test_every_kind_of_edit_is_tested_here_and_has_its_own_name() -> None:
    assert set(_edits) == set(get_args(Edit))
    assert len({cls.kind for cls in _edits}) == len(_edits)


def test_an_edit_is_written_in_letters_that_one_can_read() -> None:
    assert to_json(RenamePerson(7, "Ånna 😀")) == '{"kind":"rename","person_id":7,"name":"Ånna 😀"}'


@pytest.mark.parametrize(
    "text", ['{"kind":"explode"}', '{"person_id":1}', "[1,2]", '"rename"', '{"kind":"rename","person_id":1,"name":"A","x":1}']
)
def test_what_is_no_edit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an edit"):
        from_json(text)


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(json.JSONDecodeError):
        from_json("rename")
