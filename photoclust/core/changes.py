"""What an edit or a job touched: the only message that views need."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids of photos, faces and persons that were added, changed or removed; joined with `|`."""

    photos: frozenset[int] = frozenset()
    faces: frozenset[int] = frozenset()
    persons: frozenset[int] = frozenset()
    boxes: frozenset[int] = frozenset()
    """The faces among them whose boxes the user has drawn or changed."""

    def __or__(self, other: Changes) -> Changes:
        """Everything that either touched."""
        return Changes(
            self.photos | other.photos, self.faces | other.faces, self.persons | other.persons, self.boxes | other.boxes
        )

    def __bool__(self) -> bool:
        """Whether anything was touched."""
        return bool(self.photos or self.faces or self.persons)
