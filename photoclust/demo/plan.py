"""What an album will show, decided before anything is drawn: events, people, places, dates, files."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from photoclust.demo.backdrop import PLACES
from photoclust.demo.person import Look, cast, draw_look, name_cast
from photoclust.demo.shape import Pose

Wanted = NDArray[np.float64]
"""(persons,) how many more faces of each the album should get."""
FIRST_YEAR, LAST_YEAR = 2011, 2025
EVENTS: tuple[tuple[str, str, tuple[int, int]], ...] = (
    ("Picnic on the meadow", "meadow", (5, 9)), ("At the sea", "beach", (6, 8)), ("Snow days", "snow", (12, 14)),
    ("Sunday at home", "room", (1, 12)), ("In the garden", "garden", (4, 9)), ("Autumn walk", "autumn", (10, 11)),
    ("Evening in town", "evening", (3, 10)), ("Birthday", "party", (1, 12)),
)  # fmt: skip
"""Title, place, first and last month (13 is January)."""


@dataclass(frozen=True, slots=True)
class Sitter:
    """One figure in a photo: who, how posed, where (pixels of the upright photo), how large (pixels a head unit)."""

    person: str
    stranger: bool
    look: Look
    pose: Pose
    outfit_seed: int
    x: float
    y: float
    scale: float


@dataclass(frozen=True, slots=True)
class PhotoPlan:
    """One photo before it is drawn; sitters from back to front."""

    relpath: str
    size: tuple[int, int]
    """Upright width and height."""
    place: str
    seed: int
    sitters: tuple[Sitter, ...]
    taken_at: datetime
    orientation: int
    still_life: bool = False


@dataclass(frozen=True, slots=True)
class AlbumPlan:
    """Every file of an album; `copies` and `broken` are (relpath, relpath of the photo they are made of)."""

    names: dict[str, str]
    photos: tuple[PhotoPlan, ...]
    copies: tuple[tuple[str, str], ...]
    truncated: tuple[str, str]
    empty: str


def plan_album(photos: int, persons: int, seed: int, size: tuple[int, int]) -> AlbumPlan:
    """Decide everything; the same arguments give the same plan.

    Copies and the two broken files are among the `photos`; an album of fewer than 8 has them on top.
    """
    copied = 1 + min(photos // 30, 3)
    photos -= copied + 2 if photos >= 8 else 0
    rng = np.random.default_rng([seed, zlib.crc32(b"plan")])
    everybody = cast(persons + photos // 2 + 4, seed)
    looks, passers = everybody[:persons], everybody[persons:]
    ids = [f"p{number + 1:02d}" for number in range(persons)]
    names = dict(zip(ids, name_cast(looks, seed), strict=True))
    counts = _sitter_counts(photos, persons, rng)
    wanted = _shares(persons, sum(counts))
    planned: list[PhotoPlan] = []
    kinds: list[int] = []
    while len(planned) < photos:
        kinds = kinds or [int(k) for k in rng.permutation(len(EVENTS))]  # every kind once before any comes again
        event = _draw_event(rng, kinds.pop())
        guests = _draw_guests(wanted, rng)
        for number in range(min(int(rng.integers(4, 9)), photos - len(planned))):
            planned.append(_plan_photo(event, number, counts[len(planned)], guests, wanted, looks, passers, ids, len(planned),
                                       size, rng))  # fmt: skip
    planned = [_orient(photo, index) for index, photo in enumerate(planned)]
    jpegs = [p.relpath for p in planned if p.relpath.endswith(".jpg") and p.sitters]
    sources = jpegs[:: max(1, len(jpegs) // (copied + 1))][-copied:]
    copies = tuple(
        (f"Downloads/{_stem(source)} (1).jpg" if k % 2 else f"Backup/{source}", source) for k, source in enumerate(sources)
    )
    return AlbumPlan(names, tuple(planned), copies, ("Phone/IMG_cut_off.jpg", jpegs[-1]), "Phone/IMG_empty.jpg")


def _sitter_counts(photos: int, persons: int, rng: np.random.Generator) -> list[int]:
    """How many people each photo shows; a part of the photos shows nobody."""
    sizes = [k for k in range(1, 7) if k <= persons]
    odds = np.array([0.34, 0.27, 0.15, 0.12, 0.07, 0.05])[: len(sizes)]
    counts = [int(c) for c in rng.choice(sizes, photos, p=odds / odds.sum())]
    for index in range(photos // 14 + 1):
        counts[(7 + 14 * index) % photos] = 0
    return counts


def _shares(persons: int, faces: int) -> Wanted:
    """How often each person should appear: a family knows some much better than others."""
    share = (np.arange(persons, dtype=np.float64) + 2.2) ** -0.62
    return np.asarray(share / share.sum() * faces)


@dataclass(frozen=True, slots=True)
class _Event:
    title: str
    place: str
    start: datetime
    seed: int


def _draw_event(rng: np.random.Generator, kind: int) -> _Event:
    title, place, (first, last) = EVENTS[kind]
    year, month = int(rng.integers(FIRST_YEAR, LAST_YEAR)), int(rng.integers(first, last + 1))
    start = datetime(year + (month > 12), (month - 1) % 12 + 1, int(rng.integers(1, 28)), int(rng.integers(9, 17)), tzinfo=UTC)
    return _Event(title, place, start, int(rng.integers(2**31)))


def _draw_guests(wanted: Wanted, rng: np.random.Generator) -> list[int]:
    odds = np.maximum(wanted, 0.4)
    count = min(len(wanted), int(rng.integers(4, 9)))
    return [int(i) for i in rng.choice(len(wanted), count, replace=False, p=odds / odds.sum())]


def _plan_photo(event: _Event, number: int, count: int, guests: list[int], wanted: Wanted, looks: list[Look], passers: list[Look],
                ids: list[str], index: int, size: tuple[int, int], rng: np.random.Generator) -> PhotoPlan:  # fmt: skip
    upright = (size[1], size[0]) if count in (1, 2) and rng.random() < 0.35 else size
    taken = event.start + timedelta(minutes=17 * number, seconds=int(rng.integers(0, 900)))
    odds = np.maximum(wanted[guests], 0.2)
    who = [int(i) for i in rng.choice(guests, min(count, len(guests)), replace=False, p=odds / odds.sum())]
    wanted[who] -= 1
    who.sort(key=lambda i: looks[i].age == "child")
    sitters = _seat(who, upright, event, looks, ids, taken.year - FIRST_YEAR, rng)
    if count and PLACES[event.place].outdoors and rng.random() < 0.38:
        sitters = _strangers(sitters, upright, index, passers, rng) + sitters
    suffix = "png" if index % 20 == 4 else "webp" if index % 20 == 11 else "heic" if index % 20 == 16 else "jpg"
    folder = f"{event.start.year}/{event.start:%m-%d} {event.title}"
    still = count == 0 and index % 28 == 7
    backdrop = int(rng.integers(2**31))
    return PhotoPlan(f"{folder}/IMG_{1001 + index}.{suffix}", upright, event.place, backdrop, tuple(sitters), taken, 1, still)


def _orient(photo: PhotoPlan, index: int) -> PhotoPlan:
    """Give JPEGs an EXIF orientation: phones held upright write 6 or 8, and a few of the odd ones."""
    if not photo.relpath.endswith(".jpg"):
        return photo
    if index % 5 == 3:
        return replace(photo, orientation=2 + (index // 5) % 7)
    upright = photo.size[1] > photo.size[0]
    return replace(photo, orientation=6 if upright and index % 2 else 1)


def draw_pose(rng: np.random.Generator, alone: bool) -> Pose:
    """Somebody looking more or less into the camera, more or less merrily."""
    smile = float(np.clip(rng.normal(0.55, 0.33), 0, 1))
    wide_open = float(rng.uniform(0.35, 1.0)) if smile > 0.5 and rng.random() < 0.6 else 0.0
    yaw = float(np.clip(rng.normal(0, 16 if alone else 12), -25, 25))
    pitch, roll = float(rng.uniform(-7, 6)), float(rng.uniform(-7, 7))
    return Pose(yaw, pitch, roll, smile, wide_open, squint=float(rng.uniform(0, 0.4) * smile))


def _seat(who: list[int], size: tuple[int, int], event: _Event, looks: list[Look], ids: list[str], years: float,
          rng: np.random.Generator) -> list[Sitter]:  # fmt: skip
    """One row up to three people, else two with the back row raised; the children come first in front."""
    w, h = size
    if not who:
        return []
    back = len(who) // 2 if len(who) > 3 else 0
    rows = [who[:back], who[back:]] if back else [who]
    widest = max(len(row) for row in rows) + (0.5 if back else 0)
    unit = min(w / (2.42 * widest + 1.2), h / (6.8 if len(who) == 1 else 7.0 if not back else 7.9)) * rng.uniform(0.88, 1.0)
    sitters = []
    for depth, row in enumerate(rows):
        scale = unit * (0.93 if back and depth == 0 else 1.0)
        line = h * (0.43 if not back else 0.36 + 0.0 * depth) + (1.95 * unit if back and depth else 0.0)
        step = 2.42 * unit
        start = 0.5 * w - 0.5 * step * (len(row) - 1) + (0.5 * step if back and len(row) == len(rows[1 - depth]) else 0.0) * (
            0.5 if depth else -0.5) + rng.uniform(-0.25, 0.25) * unit * (1 if not back else 0.3)  # fmt: skip
        if len(who) == 1:
            start += w * rng.uniform(-0.14, 0.14)
        order = rng.permutation(len(row))
        for place, k in enumerate(order):
            i = row[int(k)]
            child = looks[i].age == "child"
            lower = (0.55 if child and not back else 0.1 * child) + rng.uniform(-0.12, 0.12)
            outfit = zlib.crc32(f"{event.seed}/{i}".encode())
            pose, size_ = draw_pose(rng, len(who) == 1), scale * (0.88 if child else 1.0) * rng.uniform(0.97, 1.03)
            x, y = start + place * step, line + lower * unit
            sitters.append(Sitter(ids[i], False, looks[i].aged(years), pose, outfit, x, y, size_))
    return sitters


def _strangers(sitters: list[Sitter], size: tuple[int, int], index: int, passers: list[Look],
               rng: np.random.Generator) -> list[Sitter]:  # fmt: skip
    """One or two people who pass by far behind, each seen once, where no head hides them."""
    w, h = size
    taken = [(s.x, 1.55 * s.scale) for s in sitters]
    found: list[Sitter] = []
    for number in range(int(rng.integers(1, 3))):
        scale = max(h / 30, 31.0 * min(1.0, h / 800)) * rng.uniform(1.0, 1.25)
        for _ in range(30):
            x = rng.uniform(1.6 * scale, w - 1.6 * scale)
            if all(abs(x - other) > reach + 1.2 * scale for other, reach in taken):
                outfit = int(rng.integers(2**31))
                look = passers.pop(0) if passers else draw_look(rng)
                found.append(Sitter(f"stranger-{index:03d}-{number}", True, look, draw_pose(rng, False), outfit, x,
                                    h * rng.uniform(0.44, 0.50), scale))  # fmt: skip
                taken.append((x, 1.6 * scale))
                break
    return found


def _stem(relpath: str) -> str:
    return relpath.rsplit("/", 1)[-1].rsplit(".", 1)[0]
