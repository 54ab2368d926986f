"""What a camera wrote beside the pixels: when the photo was taken and which way is up."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from PIL import Image

_ORIENTATION = 0x0112
_EXIF_IFD = 0x8769
_MODIFIED = (0x0132, 0x9010, 0x9290)  # DateTime, OffsetTime, SubSecTime
_TAKEN = ((0x9003, 0x9011, 0x9291), (0x9004, 0x9012, 0x9292))  # … of Original, … of Digitized
_DATE = re.compile(r"(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})$", re.ASCII)
_FIRST_YEAR = 1826  # the oldest photo there is


def read_exif(photo: Image.Image) -> Image.Exif:
    """The EXIF of an open photo; empty where there is none or it is damaged."""
    try:
        return photo.getexif()
    except Exception:  # a parser over bytes from anywhere: whatever it stumbles over, the pixels may be good
        return Image.Exif()


def orientation(exif: Image.Exif) -> int:
    """EXIF orientation, 1 to 8; 1 where it is missing or nonsense."""
    value = exif.get(_ORIENTATION)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def tells_orientation(exif: Image.Exif) -> bool:
    """Whether the camera says how it was held; scans and pictures from the web do not."""
    return exif.get(_ORIENTATION) is not None


def capture_time(exif: Image.Exif) -> float | None:
    """Seconds since the epoch at which the photo was taken, else digitised, else changed; None where nothing sensible is said.

    Without a time zone in the EXIF the camera's clock is read as UTC.
    """
    try:
        details: dict[int, Any] = dict(exif.get_ifd(_EXIF_IFD))
    except Exception:  # as in read_exif
        details = {}
    for date, offset, fraction in _TAKEN:
        time = _time(details.get(date), details.get(offset), details.get(fraction))
        if time is not None:
            return time
    return _time(exif.get(_MODIFIED[0]), details.get(_MODIFIED[1]), details.get(_MODIFIED[2]))


def _time(date: object, offset: object, fraction: object) -> float | None:
    match = _DATE.match(_text(date))
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=_zone(_text(offset)))
    except ValueError:  # 0000:00:00 and the like
        return None
    if not _FIRST_YEAR <= year < 3000:
        return None
    digits = _text(fraction)
    return moment.timestamp() + (float(f"0.{digits}") if digits.isascii() and digits.isdigit() else 0.0)


def _zone(offset: str) -> timezone:
    match = _OFFSET.match(offset)
    if match is None:
        return UTC
    sign, hours, minutes = match.groups()
    shift = timedelta(hours=int(hours), minutes=int(minutes))
    if shift > timedelta(hours=14):
        return UTC
    return timezone(math.copysign(1, int(sign + "1")) * shift)


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    return value.strip(" \0\t\r\n") if isinstance(value, str) else ""
