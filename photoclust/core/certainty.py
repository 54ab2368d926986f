"""How certain it is that a face belongs to its person, in four words instead of a number."""

from __future__ import annotations

from enum import IntEnum

from photoclust.core.types import Face

UNSURE = 0.8
"""A face that a grouping is less sure of is unsure. Measured (`bench SETS --preset calibration`): of the faces that the default
engine puts into groups it is one in eighteen, among them about half of the wrong ones."""
SURE = 0.95
"""From here on a face is sure."""


class Certainty(IntEnum):
    """From what is to be looked at to what the user has said; a face without a person has none."""

    UNSURE = 0
    LIKELY = 1
    SURE = 2
    TOLD = 3
    """Placed or confirmed by the user."""
    NOBODY = 4


def certainty(face: Face) -> Certainty:
    """The word for a face; without a guess it is unsure."""
    if face.person_id is None:
        return Certainty.NOBODY
    if face.by_hand:
        return Certainty.TOLD
    sure = face.confidence or 0.0
    return Certainty.UNSURE if sure < UNSURE else Certainty.LIKELY if sure < SURE else Certainty.SURE
