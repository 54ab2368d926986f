"""Why a photo cannot be opened, in sentences for the user."""

from __future__ import annotations

import errno

from photoclust.core.errors import UserError
from photoclust.core.said import Said


class UnreadablePhoto(UserError):  # noqa: N818 - it names the photo's state
    """A photo cannot be opened; the message is a sentence that says why, without the file's name."""

    def __init__(self, sentence: str, *, passing: bool = False) -> None:
        """Say why; what is `passing` lies in the system and not in the file, and may be otherwise the next time."""
        super().__init__(sentence)
        self.passing = passing


def too_many_pixels(width: int, height: int, most: int) -> UnreadablePhoto:
    """Of a photo that is refused before it is decoded."""
    return UnreadablePhoto(
        Said(
            "The photo claims to have {width} × {height} pixels, more than the {million} million that are allowed.",
            width=width,
            height=height,
            million=round(most / 1e6),
        )
    )


def os_reason(error: OSError) -> str:
    """Say in a sentence why the system could not read a file or folder."""
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return Said("It is no longer there.")
        case errno.EACCES | errno.EPERM:
            return Said("You are not allowed to read it.")
        case errno.EISDIR:
            return Said("It is a folder, not a photo.")
        case errno.ELOOP:
            return Said("It is a link that leads back to itself.")
        case errno.EIO:
            return Said("The disk could not read it (input/output error).")
        case errno.ENAMETOOLONG:
            return Said("Its path is too long.")
        case _:
            return Said("The system could not read it ({reason}).", reason=error.strerror or type(error).__name__)
