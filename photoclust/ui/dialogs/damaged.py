"""What is asked when a library is damaged: nothing is brought back without a yes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from photoclust.library.backups import good_backup, restore
from photoclust.ui.questions import Question


def ask_to_restore(library: Path, parent: QWidget | None = None) -> Question | None:
    """The question whether to bring back the newest whole backup, which an accepting answer does; None without a backup."""
    backup = good_backup(library)
    if backup is None:
        return None
    made = datetime.fromtimestamp(backup.stat().st_mtime)
    text = (
        f"The library {library} is damaged. There is a whole backup of {made:%d %B %Y, %H:%M}. "
        "What was decided after that is not in it. The damaged file is kept under another name."
    )
    return Question("The library is damaged", text, {"Bring back the backup": lambda: restore(library)}, "Leave it", parent)
