from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from photoclust.media.metadata import capture_time, orientation

ORIGINAL, DIGITIZED, CHANGED = 0x9003, 0x9004, 0x0132
OFFSET, OFFSET_ORIGINAL = 0x9010, 0x9011
SUBSEC, SUBSEC_ORIGINAL = 0x9290, 0x9291
NOON = datetime(2021, 6, 5, 12, 0, 0, tzinfo=UTC).timestamp()


def exif_of(fields: dict[int, object]) -> Image.Exif:
    exif = Image.Exif()
    for tag, value in fields.items():
        (exif if tag == CHANGED else exif.get_ifd(0x8769))[tag] = value
    return exif


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, None),
        ({ORIGINAL: "2021:06:05 12:00:00"}, NOON),
        ({DIGITIZED: "2021:06:05 12:00:00"}, NOON),
        ({CHANGED: "2021:06:05 12:00:00"}, NOON),
        ({CHANGED: "2022:01:01 00:00:00", ORIGINAL: "2021:06:05 12:00:00"}, NOON),
        ({ORIGINAL: "0000:00:00 00:00:00", CHANGED: "2021:06:05 12:00:00"}, NOON),
        ({ORIGINAL: "    :  :     :  :  ", CHANGED: "2021:06:05 12:00:00"}, NOON),
        ({ORIGINAL: "2021:06:05 12:00:00\0"}, NOON),
        ({ORIGINAL: b"2021:06:05 12:00:00"}, NOON),
        ({ORIGINAL: "2021-06-05T12:00:00"}, NOON),
        ({ORIGINAL: "2021:06:05 12:00"}, NOON),
        ({ORIGINAL: "2021:06:05 12:00:00", SUBSEC_ORIGINAL: "25"}, NOON + 0.25),
        ({ORIGINAL: "2021:06:05 12:00:00", SUBSEC_ORIGINAL: "250 "}, NOON + 0.25),
        ({ORIGINAL: "2021:06:05 12:00:00", SUBSEC_ORIGINAL: "what"}, NOON),
        ({ORIGINAL: "2021:06:05 12:00:00", SUBSEC: "25"}, NOON),
        ({ORIGINAL: "2021:06:05 14:00:00", OFFSET_ORIGINAL: "+02:00"}, NOON),
        ({ORIGINAL: "2021:06:05 08:30:00", OFFSET_ORIGINAL: "-03:30"}, NOON),
        ({CHANGED: "2021:06:05 14:00:00", OFFSET: "+02:00", SUBSEC: "5"}, NOON + 0.5),
        ({ORIGINAL: "2021:06:05 12:00:00", OFFSET_ORIGINAL: "+99:99"}, NOON),
        ({ORIGINAL: "2021:06:05 12:00:00", OFFSET_ORIGINAL: "   :  "}, NOON),
        ({ORIGINAL: "2021:13:05 12:00:00"}, None),
        ({ORIGINAL: "2021:06:31 12:00:00"}, None),
        ({ORIGINAL: "1066:10:14 12:00:00"}, None),
        ({ORIGINAL: "9999:12:31 23:59:59", OFFSET_ORIGINAL: "-12:00"}, None),
        ({ORIGINAL: "0001:01:01 00:00:00", OFFSET_ORIGINAL: "+12:00"}, None),
        ({ORIGINAL: "٢٠٢١:06:05 12:00:00"}, None),
        ({ORIGINAL: 12345}, None),
        ({ORIGINAL: "yesterday"}, None),
    ],
)
def test_the_capture_time_is_the_first_date_that_makes_sense(fields: dict[int, object], seconds: float | None) -> None:
    assert capture_time(exif_of(fields)) == seconds


def test_a_photo_from_before_1970_has_a_negative_time() -> None:
    assert capture_time(exif_of({ORIGINAL: "1969:12:31 23:59:59"})) == -1.0


@pytest.mark.parametrize("value", [0, 9, -1, "6", None, (6, 6), b"\x06", IFDRational(6, 1), 6.0])
def test_an_orientation_that_is_none_counts_as_upright(value: object) -> None:
    exif = Image.Exif()
    if value is not None:
        exif[0x0112] = value
    assert orientation(exif) == 1


@pytest.mark.parametrize("value", range(1, 9))
def test_the_eight_orientations_are_read(value: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = value
    assert orientation(exif) == value


def test_exif_with_a_broken_sub_folder_still_tells_the_date_of_change() -> None:
    exif = Image.Exif()
    exif.load(b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\xff\xff\xff\x7f\0\0\0\0")
    exif[CHANGED] = "2021:06:05 12:00:00"
    assert capture_time(exif) == NOON
