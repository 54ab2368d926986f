"""The libraries that were opened before, and what a library is called."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

from photoclust.core.settings import default_library
from photoclust.ui.language import tr

_KEPT = 10


class Recent:
    """Paths of libraries, the newest first; whether the files are still there is not asked before one is opened."""

    def __init__(self, memory: QSettings | None) -> None:
        self._memory = memory

    @property
    def paths(self) -> list[Path]:
        """As they were opened, the newest first."""
        kept = self._memory.value("recent") if self._memory is not None else None
        if isinstance(kept, str):  # a list of one comes back as its element
            kept = [kept]
        return [Path(str(path)) for path in kept] if isinstance(kept, list) else []

    def add(self, path: Path) -> None:
        """This one was opened just now."""
        self._keep([path, *(p for p in self.paths if p != path)])

    def forget(self, path: Path) -> None:
        """Do not offer this one any more."""
        self._keep([p for p in self.paths if p != path])

    def clear(self) -> None:
        """Offer none."""
        self._keep([])

    def _keep(self, paths: list[Path]) -> None:
        if self._memory is not None:
            # a name that is no text cannot be kept in a text file
            printable = [text for path in paths if (text := str(path)).isprintable()]
            self._memory.setValue("recent", printable[:_KEPT])


def library_name(path: Path) -> str:
    """What a library is called in titles and menus."""
    return tr("My library") if path == default_library() else path.stem
