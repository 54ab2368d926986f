"""What is asked when a library is damaged: nothing is brought back without a yes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimeZone
from PySide6.QtWidgets import QWidget

from photoclust.library.backups import good_backup, restore
from photoclust.ui.language import minute, tr
from photoclust.ui.questions import Question


def ask_to_restore(library: Path, parent: QWidget | None = None) -> Question | None:
    """The question whether to bring back the newest whole backup, which an accepting answer does; None without a backup."""
    backup = good_backup(library)
    if backup is None:
        return None
    made = minute(backup.stat().st_mtime, QTimeZone.systemTimeZone())
    text = tr(
        "The library {library} is damaged. There is a whole backup of {made}. "
        "What was decided after that is not in it. The damaged file is kept under another name.",
        library=library,
        made=made,
    )
    answers = {tr("Bring back the backup"): lambda: restore(library)}
    return Question(tr("The library is damaged"), text, answers, tr("Leave it"), parent)
