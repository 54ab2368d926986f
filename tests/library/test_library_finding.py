"""Photos are found by who is on them and who is not, by date, and by the names of their files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from library_scenes import group, scanned_photo

from photoclust.core.edits import IgnoreFaces, NotAFace, RenamePerson, SetStrangers
from photoclust.library.finding import Search, find_photos, span, years
from photoclust.library.library import Library

PHOTOS = {
    "2019/sea/both.jpg": ("anna", "ben"),
    "2019/sea/anna.jpg": ("anna",),
    "2020/Home/ben.jpg": ("ben",),
    "2020/Home/trio.jpg": ("anna", "ben", "carl"),
    "2021/ÖSTERREICH/carl.jpg": ("carl",),
    "2021/somebody.jpg": ("nobody",),
    "2021/empty.jpg": (),
    "scan.jpg": ("anna", "nobody"),
}
WHEN = {"2019": datetime(2019, 7, 14, 12, tzinfo=UTC), "2020": datetime(2020, 2, 29, 23, 59, tzinfo=UTC),
        "2021": datetime(2021, 12, 31, tzinfo=UTC)}  # fmt: skip
Find = Callable[..., set[str]]


@pytest.fixture
def people(library: Library, tmp_path: Path) -> dict[str, int]:
    """Anna and Ben are named, Carl is not; two faces are nobody's."""
    root = library.add_root(tmp_path)
    faces: dict[str, list[int]] = {}
    for name, who in PHOTOS.items():
        taken = WHEN.get(name[:4])
        known = set(library.face_ids())
        photo = scanned_photo(name, range(len(who)), taken_at=taken and taken.timestamp(), hash=name)
        library.save_scanned(root, [photo])
        for person, face in zip(who, sorted(set(library.face_ids()) - known), strict=True):
            faces.setdefault(person, []).append(face)
    persons = dict(zip(("anna", "ben", "carl"), group(library, *(faces[p] for p in ("anna", "ben", "carl"))), strict=True))
    library.apply(RenamePerson(persons["anna"], "Anna"))
    library.apply(RenamePerson(persons["ben"], "Ben"))
    return persons


@pytest.fixture
def find(library: Library, people: dict[str, int]) -> Find:
    def found(**asked: object) -> set[str]:
        every, some, none = (asked.pop(how, ()) for how in ("every", "some", "none"))
        whom = [{people[p]} for p in every] + [{people[p] for p in some}] * bool(some)  # type: ignore[attr-defined]
        without = frozenset(people[p] for p in none)  # type: ignore[attr-defined]
        search = Search(tuple(map(frozenset, whom)), without, **asked)  # type: ignore[arg-type]
        ids = find_photos(library, search)
        assert len(set(ids)) == len(ids)
        return {photo.relpath.rsplit("/", 1)[-1].removesuffix(".jpg") for photo in library.photos(ids)}

    return found


def test_persons_are_with_with_each_other_with_any_or_without(find: Find) -> None:
    assert find() == {name.rsplit("/", 1)[-1].removesuffix(".jpg") for name in PHOTOS}
    assert find(every=("anna",)) == {"both", "anna", "trio", "scan"}
    assert find(every=("anna", "ben")) == {"both", "trio"}
    assert find(every=("anna",), none=("ben",)) == {"anna", "scan"}
    assert find(some=("ben", "carl")) == {"both", "ben", "trio", "carl"}
    assert find(some=("ben", "carl"), none=("anna",)) == {"ben", "carl"}
    assert find(every=("anna",), some=("ben", "carl")) == {"both", "trio"}


def test_only_means_that_nobody_else_is_on_the_photo(find: Find) -> None:
    assert find(every=("anna",), only=True) == {"anna"}
    assert find(every=("anna", "ben"), only=True) == {"both"}
    assert find(some=("anna", "ben"), only=True) == {"both", "anna", "ben"}
    assert find(only=True) == set()


def test_strangers_count_as_somebody_only_when_asked(find: Find, library: Library, people: dict[str, int]) -> None:
    nobody = tuple(library.face_ids(person_id=None))
    library.apply(SetStrangers(nobody, True))
    assert find(every=("anna",), only=True) == {"anna", "scan"}
    assert find(every=("anna",), only=True, strangers=True) == {"anna"}
    assert find(unnamed=True) == {"trio", "carl"}
    assert find(unnamed=True, strangers=True) == {"trio", "carl", "somebody", "scan"}
    library.apply(SetStrangers(tuple(library.face_ids(person_id=people["carl"])), True))
    assert find(unnamed=True) == set()
    assert find(every=("anna", "ben"), only=True) == {"both", "trio"}
    assert find(every=("carl",)) == {"trio", "carl"}, "a stranger who is asked for is found"


def test_what_was_put_aside_is_nobody_else(find: Find, library: Library) -> None:
    nobody = library.face_ids(person_id=None)
    library.apply(IgnoreFaces((nobody[0],)))
    library.apply(NotAFace((nobody[1],)))
    assert find(every=("anna",), only=True) == {"anna", "scan"}
    assert find(unnamed=True) == {"trio", "carl"}


def test_dates_are_years_months_or_days_and_photos_without_one_come_last(find: Find, library: Library) -> None:
    def between(*dates: str) -> set[str]:
        found = span(*dates)
        assert found is not None
        return find(since=found[0], before=found[1])

    assert between("2019") == {"both", "anna"}
    assert between("2020-02") == between("2020-02-29") == {"ben", "trio"}
    assert between("2020-03", "2021-12-30") == set()
    assert between("2020-02-29", "2021") == {"ben", "trio", "carl", "somebody", "empty"}
    assert years(library) == [2019, 2020, 2021]
    last = find_photos(library, Search())[-1]
    assert library.photos([last])[0].relpath == "scan.jpg"


@pytest.mark.parametrize("text", ["", "19", "summer", "2019-13", "2019-02-30", "2019-7-1-1", "²⁰¹⁹", "-2019", "99999", "9999"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert span(text) is None
    assert span("2020", "2019") is None


def test_words_are_looked_for_in_folder_and_file_names_whatever_their_case(find: Find) -> None:
    assert find(words="SEA") == {"both", "anna"}
    assert find(words="home b") == {"ben"}
    assert find(words="österreich") == {"carl"}
    assert find(words="sea", every=("ben",)) == {"both"}
    assert find(words="%") == set()


def test_missing_and_broken_photos_are_not_found(find: Find, library: Library) -> None:
    both = next(p.id for p in library.photos() if p.relpath.endswith("both.jpg"))
    library.mark_missing([both])
    assert find(every=("anna", "ben")) == {"trio"}


_people = st.frozensets(st.sampled_from(["anna", "ben", "carl"]), max_size=2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(every=_people, some=_people, none=_people, only=st.booleans(), unnamed=st.booleans())
def test_every_search_finds_what_a_person_would_pick(
    find: Find, every: frozenset[str], some: frozenset[str], none: frozenset[str], only: bool, unnamed: bool
) -> None:
    wanted = set()
    for name, who in PHOTOS.items():
        on = set(who)
        fits = every <= on and not (none & on) and (not some or bool(some & on))
        fits &= not only or (bool(on) and on <= every | some)
        fits &= not unnamed or bool(on & {"carl", "nobody"})
        if fits:
            wanted.add(name.rsplit("/", 1)[-1].removesuffix(".jpg"))
    assert find(every=tuple(every), some=tuple(some), none=tuple(none), only=only, unnamed=unnamed) == wanted
