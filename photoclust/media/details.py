"""What a camera tells of how and where a photo was taken; whatever it says may be missing, broken or nonsense."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from PIL import Image

_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_MAKE, _MODEL = 0x010F, 0x0110
_EXPOSURE, _APERTURE, _ISO, _FOCAL, _FOCAL_35 = 0x829A, 0x829D, 0x8827, 0x920A, 0xA405
_LENS = 0xA434
_LONGEST = 120
"""Characters of a name; a file can claim millions."""


@dataclass(frozen=True, slots=True)
class Details:
    """How and where; empty or None where the file does not say."""

    camera: str = ""
    lens: str = ""
    exposure: float | None = None
    """Seconds."""
    aperture: float | None = None
    """The f-number."""
    iso: int | None = None
    focal_length: float | None = None
    """Millimetres."""
    focal_length_35: float | None = None
    """Millimetres, as if on 35-mm film."""
    latitude: float | None = None
    """Degrees, north of the equator."""
    longitude: float | None = None
    """Degrees, east of Greenwich."""


def details_of(exif: Image.Exif) -> Details:
    """What the EXIF of a photo tells; never raises."""
    taken, place = _ifd(exif, _EXIF_IFD), _ifd(exif, _GPS_IFD)
    iso = _number(taken.get(_ISO))
    latitude, longitude = _degrees(place, 1, "S", 90), _degrees(place, 3, "W", 180)
    whole = latitude is not None and longitude is not None and (latitude, longitude) != (0, 0)
    return Details(
        camera=_camera(_name(exif.get(_MAKE)), _name(exif.get(_MODEL))),
        lens=_name(taken.get(_LENS)),
        exposure=_number(taken.get(_EXPOSURE)),
        aperture=_number(taken.get(_APERTURE)),
        iso=round(iso) if iso else None,
        focal_length=_number(taken.get(_FOCAL)),
        focal_length_35=_number(taken.get(_FOCAL_35)),
        latitude=latitude if whole else None,
        longitude=longitude if whole else None,
    )


def _ifd(exif: Image.Exif, tag: int) -> dict[int, Any]:
    try:
        return dict(exif.get_ifd(tag))
    except Exception:  # as in metadata.read_exif
        return {}


def _camera(make: str, model: str) -> str:
    """Many models begin with their maker."""
    return model if not make or model.casefold().startswith(make.split()[0].casefold()) else f"{make} {model}".strip()


def _name(value: object) -> str:
    if isinstance(value, bytes):
        value = value[: 4 * _LONGEST].decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    printable = "".join(c if c.isprintable() else " " for c in value[: 4 * _LONGEST].split("\0")[0])
    return " ".join(printable.split())[:_LONGEST]


def _number(value: object) -> float | None:
    """A positive number below a million; of several the first."""
    if isinstance(value, tuple):
        value = value[0] if value else None
    number = _float(value)
    return number if number is not None and 0 < number < 1e6 else None


def _float(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _degrees(place: dict[int, Any], tag: int, negative: str, most: float) -> float | None:
    """Degrees, minutes and seconds (tag + 1) with the letter of a hemisphere (tag) as degrees."""
    parts = place.get(tag + 1)
    numbers = [_float(part) for part in parts[:3]] if isinstance(parts, tuple) else []
    if not numbers or any(number is None or number < 0 for number in numbers):
        return None
    degrees: float = sum((number or 0.0) / 60.0**k for k, number in enumerate(numbers))
    if degrees > most:
        return None
    return -degrees if _name(place.get(tag)).upper().startswith(negative) else degrees
