"""How many faces are found, and how many finds are none: what the detector sees against boxes drawn by hand or by the demo.

A found face is a true one if its middle lies in a box and the ratio of their sides is within `RATIO` (a box may be a head or a
face); of all such pairs the nearest come first, each face and box at most once. Without boxes, the folder shows nobody: every
find is false. A find without a box is only counted as false as far as the boxes are complete.

Photos may be shown turned, as scans lie on the glass: then nobody tells how they were held.
"""

from __future__ import annotations

import csv
import itertools
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status
from photoclust.core.settings import VisionSettings
from photoclust.core.types import Box
from photoclust.demo.truth import TRUTH_FILE, load_truth
from photoclust.media.image import UnreadablePhoto, open_upright
from photoclust.media.scan import walk_photos

RATIO = (0.4, 1.5)
"""Side of the found face through side of the box (square roots of areas)."""
SIZES = (16, 24, 32, 48, 96, 192)
"""The classes of size that recall is told by, in pixels of a box's side."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box that somebody drew; one that does not count may be found or not."""

    box: Box
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Recall:
    """What was found at one working size (None: the program's own) in photos turned by so many degrees, counter-clockwise."""

    side: int | None
    turned: int
    photos: int
    boxes: int
    hits: int
    found: int
    unmatched: int
    by_size: dict[str, tuple[int, int]]
    """Hits and boxes of each class of size."""
    cpu_ms: float
    """CPU time of looking at a photo."""

    @property
    def recall(self) -> float:
        """Of the boxes that count; 1 where there are none."""
        return self.hits / self.boxes if self.boxes else 1.0

    @property
    def precision(self) -> float:
        """Finds with a box of all finds; 1 where nothing was found."""
        return 1 - self.unmatched / self.found if self.found else 1.0


def match(found: Sequence[Box], drawn: Sequence[Box]) -> list[tuple[int, int]]:
    """Pairs (found, drawn) by the rule above."""
    near = []
    for i, face in enumerate(found):
        x, y = face.x + face.w / 2, face.y + face.h / 2
        for j, box in enumerate(drawn):
            inside = box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h
            if inside and box.area > 0 and RATIO[0] <= math.sqrt(face.area / box.area) <= RATIO[1]:
                away = math.hypot(x - box.x - box.w / 2, y - box.y - box.h / 2) / math.sqrt(box.area)
                near.append((away, i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(near):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def read_boxes(folder: Path, boxes: Path | None) -> dict[str, list[Drawn]]:
    """Boxes by file name or path in the folder: of a CSV (photo, xmin, ymin, xmax, ymax, perhaps label), or of a demo album.

    Of labels only `no_mask` counts. UserError where the file cannot be read as such.
    """
    if boxes is None and (folder / TRUTH_FILE).is_file():
        return {p.photo: [Drawn(f.box, f.visible) for f in p.faces] for p in load_truth(folder).photos}
    drawn: dict[str, list[Drawn]] = {}
    if boxes is not None:
        try:
            with boxes.open(newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    x, y, right, bottom = (float(row[name]) for name in ("xmin", "ymin", "xmax", "ymax"))
                    counts = row.get("label", "no_mask") == "no_mask"
                    drawn.setdefault(row["photo"], []).append(Drawn(Box(x, y, right - x, bottom - y), counts))
        except (OSError, KeyError, ValueError, TypeError) as error:
            raise UserError(f"“{boxes}” cannot be read as boxes (photo, xmin, ymin, xmax, ymax).") from error
    return drawn


def measure(
    folder: Path, boxes: Path | None, sides: Sequence[int | None], least: float, progress: Progress, turns: Sequence[int] = (0,)
) -> list[Recall]:
    """Look at every photo at every working size and turn; boxes whose shorter side is less than `least` pixels do not count."""
    from photoclust.vision.session import FaceSession

    drawn = read_boxes(folder, boxes)
    paths = [found.relpath for found in walk_photos(folder)]
    if drawn:
        paths = [path for path in paths if path in drawn or Path(path).name in drawn]
    if not paths:
        raise UserError(f"There are no photos in {folder} that boxes are known of.")
    rows = []
    for side, turned in itertools.product(sides, turns):
        session = FaceSession(settings=VisionSettings() if side is None else VisionSettings(detect_side=side))
        session.detect([np.zeros((64, 64, 3), np.uint8)])  # the networks are loaded
        hits = total = found = matched = photos = 0
        seconds, by_size = 0.0, dict[str, tuple[int, int]]()
        for number, path in enumerate(paths):
            progress.checkpoint()
            progress.report(Status("Looking for faces", number, len(paths), found))
            try:
                pixels = open_upright(folder / path).pixels
            except UnreadablePhoto:
                continue
            photos += 1
            here = drawn.get(path) or drawn.get(Path(path).name) or []
            shown, placed = _turned(pixels, [d.box for d in here], turned)
            started = time.process_time()
            corners = session.detect([shown], [turned != 0])[0].boxes.tolist()
            seconds += time.process_time() - started
            faces = [Box(x0, y0, x1 - x0, y1 - y0) for x0, y0, x1, y1 in corners]
            pairs = match(faces, placed)
            seen = {j for _, j in pairs}
            found, matched = found + len(faces), matched + len(pairs)
            for j, box in enumerate(here):
                if box.counts and min(box.box.w, box.box.h) >= least:
                    name = _size(math.sqrt(box.box.area))
                    before = by_size.get(name, (0, 0))
                    by_size[name] = (before[0] + (j in seen), before[1] + 1)
                    hits, total = hits + (j in seen), total + 1
        ms = seconds / max(photos, 1) * 1e3
        rows.append(Recall(side, turned, photos, total, hits, found, found - matched, by_size, ms))
    return rows


def _turned(pixels: NDArray[np.uint8], boxes: Sequence[Box], degrees: int) -> tuple[NDArray[np.uint8], list[Box]]:
    """A photo turned about its middle, black where it shows nothing, and its boxes there, upright and as large as before."""
    if not degrees:
        return pixels, list(boxes)
    turned = Image.fromarray(pixels).rotate(degrees, Image.Resampling.BILINEAR, expand=True)
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    placed = []
    for box in boxes:
        x, y = box.x + box.w / 2 - pixels.shape[1] / 2, box.y + box.h / 2 - pixels.shape[0] / 2
        x, y = cosine * x + sine * y + turned.width / 2, cosine * y - sine * x + turned.height / 2
        side = math.sqrt(max(box.area, 0.0))
        placed.append(Box(x - side / 2, y - side / 2, side, side))
    return np.array(turned), placed


def _size(side: float) -> str:
    above = next((end for end in SIZES if side < end), None)
    return f"below {above}" if above else f"{SIZES[-1]} and more"
