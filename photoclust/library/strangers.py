"""Who only passed by: faces in the background of their photos, and unnamed persons who have no other and hardly come again.

What the user has said of faces comes first; of a person's, the majority counts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from photoclust.library.database import Database, ids_json

FAMILIAR = 5
"""Whoever is in so many photos is no stranger, however far behind."""
RECURRING = 3
"""A stranger in so many photos, taken on more than one day, may be worth knowing."""

# of what the most prominent face of the photo has; there is an index of the same words. Measured: no passer-by of the demo
# album has more than .67 and one in 185 other faces less than .8; of the 469 faces that celeba-wild is about none has less
_BACKGROUND = "prominence < 0.7"
_DERIVED = f"""
    SELECT c.person FROM (
        SELECT person, count(*) AS faces, count(DISTINCT photo) AS photos FROM faces
        WHERE {_BACKGROUND} AND person IS NOT NULL {{some}} GROUP BY person
    ) c JOIN persons p ON p.id = c.person
    WHERE p.name = '' AND c.photos < {FAMILIAR} AND c.faces = (SELECT count(*) FROM faces WHERE person = c.person)
    AND NOT EXISTS (SELECT 1 FROM faces WHERE person = c.person AND by_hand = 1)
"""
_SAID = """
    SELECT f.person, avg(s.stranger) > 0.5 FROM strangers s JOIN faces f ON f.id = s.face JOIN persons p ON p.id = f.person
    WHERE p.name = '' {some} GROUP BY f.person
"""
_ALONE = f"""
    SELECT id FROM faces WHERE person IS NULL AND {_BACKGROUND} AND state = 'face'
    AND id NOT IN (SELECT face FROM strangers WHERE stranger = 0)
    UNION SELECT f.id FROM strangers s JOIN faces f ON f.id = s.face
    WHERE s.stranger = 1 AND f.person IS NULL AND f.state = 'face'
"""
_RECURRING = f"""
    SELECT f.person FROM faces f JOIN photos p ON p.id = f.photo
    WHERE f.person IN (SELECT value FROM json_each(?)) AND p.missing = 0 GROUP BY f.person
    HAVING count(DISTINCT f.photo) >= {RECURRING} AND count(DISTINCT coalesce(cast(p.taken_at / 86400 AS INTEGER), -p.id)) > 1
"""
_FACES = """
    SELECT id FROM faces WHERE (id IN (SELECT value FROM json_each(?)) OR person IN (SELECT value FROM json_each(?)))
    AND photo NOT IN (SELECT id FROM photos WHERE missing = 1) ORDER BY prominence DESC, id
"""


@dataclass(frozen=True, slots=True)
class Strangers:
    """The persons to be kept out of the way, and those among them who may be worth knowing."""

    persons: frozenset[int] = frozenset()
    recurring: frozenset[int] = frozenset()


def find_strangers(db: Database, person_ids: Collection[int] | None = None) -> Strangers:
    """The strangers among all persons, or among these."""
    some, ids = ("", ()) if person_ids is None else ("AND person IN (SELECT value FROM json_each(?))", (ids_json(person_ids),))
    said = dict(db.rows(_SAID.format(some=some), *ids))
    derived = {i for (i,) in db.rows(_DERIVED.format(some=some), *ids)} - said.keys()
    recurring = frozenset(i for (i,) in db.rows(_RECURRING, ids_json(derived)))
    return Strangers(frozenset(derived) | {i for i, is_one in said.items() if is_one}, recurring)


def strangers_alone(db: Database) -> frozenset[int]:
    """The strangers' faces that belong to nobody."""
    return frozenset(i for (i,) in db.rows(_ALONE))


def faces_of_strangers(db: Database) -> list[int]:
    """All faces of strangers on photos that are there, the most prominent first."""
    sets = (strangers_alone(db), find_strangers(db).persons)
    return [i for (i,) in db.rows(_FACES, *map(ids_json, sets))]
