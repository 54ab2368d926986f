"""The names of persons alone, for where nothing else of them is shown: in a millisecond however many faces they have."""

from __future__ import annotations

from collections.abc import Collection

from photoclust.library.database import ids_json
from photoclust.library.questions import Questions


def names_of(library: Questions, person_ids: Collection[int] | None = None) -> dict[int, str]:
    """The names of persons by id, of all or of some; those without one are left out."""
    sql = "SELECT id, name FROM persons WHERE name <> ''"
    if person_ids is None:
        return dict(library._db.rows(sql))
    return dict(library._db.rows(sql + " AND id IN (SELECT value FROM json_each(?))", ids_json(person_ids)))
