"""Albums in which the same few persons share most photos: each has one seat in a photo, and who sits in it is found together.

Where a small group is only ever seen in photos from which one of the regulars is missing, it is no further person: it is the
hard faces of the regulars. That is told by the photos alone, whatever the faces look like.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from photoclust.clustering.engine import SILENT, Embeddings, Ints
from photoclust.core.progress import Progress, Status

_LEAST_FACES, _LEAST_REGULARS = 10, 3
"""Faces of a regular, and how many regulars: with two, one is missing wherever a third is photographed alone."""
_NEXT = 0.75
"""Who has so large a share of the last regular's faces is not somebody's hard faces."""
_MOST_REGULARS = 100
"""More are no circle of regulars; every further one would cost another look at all photos."""
_INSIDE, _CHANCE = 0.97, 1e-4
"""Of the other faces so many find an absent regular in their photo; and how likely that may be by chance.
Measured: 1.00 where the others are hard faces of the regulars, at most 0.93 where they are somebody."""
_SHRINK = 0.3
"""How far the covariance within persons is shrunk towards a sphere."""
_ROUNDS = 8


def find_regulars(labels: Ints, photo: Ints) -> Ints:
    """The groups of (n,) labels that are regulars: the fewest largest ones whose absences explain all other faces; or none.

    Photos with other faces are compared to those without: if the others were persons of their own, the regulars would be
    missing as often there as anywhere.
    """
    sizes = np.bincount(labels)
    order = np.argsort(-sizes, kind="stable")
    photos = np.unique(photo, return_inverse=True)[1].reshape(-1)
    count = np.zeros(photos.max(initial=-1) + 1, np.int64)
    others, absent = np.bincount(photos, minlength=len(count)), count.copy()
    for regulars, group in enumerate(order.tolist(), 1):
        if sizes[group] < _LEAST_FACES or regulars > _MOST_REGULARS:
            break
        here = np.bincount(photos[labels == group], minlength=len(count))
        others, absent = others - here, absent + (here == 0)
        visited = others > 0
        following = sizes[order[regulars]] if regulars < len(order) else 0
        if following > _NEXT * sizes[group] or regulars < _LEAST_REGULARS or not visited.any() or visited.all():
            continue
        inside = np.minimum(absent, others)[visited].sum() / others.sum()
        elsewhere = max(float((absent[~visited] > 0).mean()), 1 / (1 + int((~visited).sum())))
        if inside >= _INSIDE and visited.sum() * np.log(elsewhere) < np.log(_CHANCE):
            return np.sort(order[:regulars])
    return np.empty(0, np.int64)


def take_seats(embeddings: Embeddings, labels: Ints, photo: Ints, regulars: Ints, progress: Progress = SILENT) -> Ints:
    """Labels (n,) in which the faces of every photo are given to the regulars together, no regular twice; who is left is alone.

    A face is judged by how far it is from a regular's other faces, in units of how faces of one person differ in this album.
    """
    _, photos = np.unique(photo, return_inverse=True)
    order = np.argsort(photos.reshape(-1), kind="stable")
    in_photo = np.split(order, np.flatnonzero(np.diff(photos.reshape(-1)[order])) + 1)
    vectors = embeddings.astype(np.float64)
    alone = labels.max(initial=-1) + 1 + np.arange(len(labels))
    for turn in range(_ROUNDS):
        progress.checkpoint()
        progress.report(Status("Comparing the faces of each photo", turn, _ROUNDS))
        fit = _fit(vectors, labels, regulars)
        seated = alone.copy()
        for rows in in_photo:
            faces, seats = linear_sum_assignment(-fit[rows])
            seated[rows[faces]] = regulars[seats]
        if (seated == labels).all():
            break
        labels, before = seated, labels
        if len(np.unique(labels[np.isin(labels, regulars)])) < len(regulars):
            return before  # somebody lost every face: these were no regulars
    return labels


def _fit(vectors: NDArray[np.float64], labels: Ints, regulars: Ints) -> NDArray[np.float64]:
    """(n, r) log-likelihood of a face as one of the other faces of each regular, with the covariance that all share."""
    members = [labels == regular for regular in regulars]
    residuals = [vectors[own] - vectors[own].mean(0) for own in members]
    spread = np.concatenate([r * np.sqrt(len(r) / max(len(r) - 1, 1)) for r in residuals])
    covariance = spread.T @ spread / len(spread)
    d = len(covariance)
    covariance = (1 - _SHRINK) * covariance + (_SHRINK * np.trace(covariance) / d + 1e-9) * np.eye(d)
    white = vectors @ np.linalg.cholesky(np.linalg.inv(covariance))
    result = np.empty((len(vectors), len(regulars)))
    for column, own in enumerate(members):
        size, total = int(own.sum()), white[own].sum(0)
        distance = ((white - total / size) ** 2).sum(1)
        distance[own] = ((white[own] - (total - white[own]) / max(size - 1, 1)) ** 2).sum(1)
        others = np.where(own, max(size - 1, 1), size)
        result[:, column] = -0.5 * (distance / (1 + 1 / others) + d * np.log1p(1 / others))
    return result
