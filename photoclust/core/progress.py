"""How a long job tells where it stands and hears that it should stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from photoclust.core.errors import Cancelled

__all__ = ["Cancelled", "Progress", "Silent", "Status"]


@dataclass(frozen=True, slots=True)
class Status:
    """A moment of a job: its phase in the user's words, how much is done, and on which device it runs."""

    phase: str
    done: int = 0
    total: int = 0
    """0 while unknown."""
    faces: int = 0
    errors: int = 0
    device: str = ""


class Progress(Protocol):
    """Given to every long job; called from the job's own thread."""

    def report(self, status: Status) -> None:
        """Tell where the job stands; cheap, callable as often as convenient."""

    def checkpoint(self) -> None:
        """Block while paused; raise `Cancelled` when the job should stop."""


class Silent:
    """A `Progress` that says nothing and never stops."""

    def report(self, status: Status) -> None:
        """Ignore."""

    def checkpoint(self) -> None:
        """Go on."""
