"""Do the face networks see what was drawn? `python -m photoclust.demo.check` renders faces, finds them, and compares them."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.demo.person import cast
from photoclust.demo.studio import draw_portrait
from photoclust.vision.session import FaceSession


@dataclass(frozen=True, slots=True)
class Seen:
    """How many faces were drawn and found, and how the cosines of same and different persons lie."""

    drawn: int
    found: int
    overlap: float
    """Mean intersection over union of the true box and the found one."""
    within: float
    """Median cosine of two faces of one person."""
    between: float
    auc: float
    """Chance that a pair of one person is more alike than a pair of two."""


def check_faces(persons: int = 30, shots: int = 8, seed: int = 0) -> Seen:
    """Draw `shots` faces of 45 to 190 pixels of each person before plain walls, in every light, and look at them."""
    session = FaceSession()
    rng = np.random.default_rng([seed, 5])
    vectors: list[NDArray[np.float32]] = []
    owners: list[int] = []
    overlaps: list[float] = []
    for number, look in enumerate(cast(persons, seed)):
        for _ in range(shots):
            picture, box = draw_portrait(look, rng)
            faces = session.analyse([picture])[0]
            best = max(faces, key=lambda face: face.box.iou(box), default=None)
            if best is not None and best.box.iou(box) > 0.3:
                vectors.append(best.vector)
                owners.append(number)
                overlaps.append(best.box.iou(box))
    X, y = np.stack(vectors), np.array(owners)
    first, second = np.triu_indices(len(y), 1)
    cosine, same = (X @ X.T)[first, second], y[first] == y[second]
    within, between = float(np.median(cosine[same])), float(np.median(cosine[~same]))
    return Seen(persons * shots, len(y), float(np.mean(overlaps)), within, between, _auc(cosine, same))


def _auc(values: NDArray[np.float32], positive: NDArray[np.bool_]) -> float:
    rank = np.argsort(np.argsort(values))
    n, m = int(positive.sum()), int((~positive).sum())
    return float((rank[positive].sum() - n * (n - 1) / 2) / (n * m))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("persons", 30), ("shots", 8), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    print(check_faces(**vars(parser.parse_args())))
