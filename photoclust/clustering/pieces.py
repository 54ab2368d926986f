"""The second look at a grouping, from groups to persons: pieces of one person are joined, faces that do not fit cast out.

A group of many faces knows more than any edge: its middle, free of the noise of single photos, and how much its members
agree with one another. Both are told relative to the album's strangers, so the few numbers here serve every album.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from photoclust.clustering.engine import SILENT, Embeddings, Ints
from photoclust.clustering.graph import products_of_pairs
from photoclust.clustering.impostors import Impostors
from photoclust.clustering.search import most_alike
from photoclust.core.progress import Progress, Status

_STEP = 1024
LEAST_AGREEMENT = 0.02

_LEAST_PIECE = 5
_COMPARED, _CANDIDATES = 4096, 48
"""So many groups are each compared to all others, of more each to so many that are most alike."""
_ALIKE, _ALIKE_DOUBT = 0.45, 0.5
"""How alike two groups of n and more faces are joined: from the first, and the second over √n, for small groups may err.
Measured: relatives' groups of 5 to 10 faces reach 0.63; two halves of one person's faces approach 1."""
_TOGETHER = 0.05
"""The share of the smaller group that may be in one photo with somebody of the other."""

_LEAST_HOST, _MOST_GUEST = 40, 9
_FIT, _FIT_DOUBT, _FIT_CLEAR = 0.5, 1.6, 0.3
"""How well, as a share of how the members of a host fit, a guest must: the more, the fewer the members; and how much better
than in any other host."""

_LOOSE = 0.5
"""A group whose members agree less than this share of what is usual in the album is a heap of strangers."""
_FAR, _SHARE, _LEAN = 6.0, 0.6, 5
"""Cast out is who fits by so many spreads worse than the middle member, and less than this share of it. The spread of a
group leans on that of all groups as if these had so many faces in it."""


@dataclass(frozen=True)
class Groups:
    """What each of g groups is like."""

    sums: Embeddings
    """(g, d) of the members' vectors."""
    sizes: Ints
    """(g,)"""
    agreement: NDArray[np.float32]
    """(g,) mean cosine of two members, above that of strangers; 0 for a face alone."""


def describe(embeddings: Embeddings, labels: Ints, strangers: Impostors) -> Groups:
    """The groups of (n,) labels 0 … g−1."""
    sizes = np.bincount(labels)
    members = csr_matrix((np.ones(len(labels), np.float32), (labels, np.arange(len(labels)))), shape=(len(sizes), len(labels)))
    sums = np.asarray(members @ embeddings, np.float32)
    pairs = np.maximum(sizes * (sizes - 1), 1)
    agreement = (np.einsum("gd,gd->g", sums, sums) - sizes) / pairs - strangers.mean
    return Groups(sums, sizes, np.where(sizes > 1, np.maximum(agreement, LEAST_AGREEMENT), 0).astype(np.float32))


def whole_persons(embeddings: Embeddings, labels: Ints, strangers: Impostors, apart: Ints, progress: Progress = SILENT) -> Ints:
    """Labels (n,) with the pieces of one person joined; `apart` (m, 2) are faces that speak against joining their groups.

    The pieces of somebody with more faces than any list of neighbours holds are joined, small ones taken in, and what grew
    so is joined once more.
    """
    joined = _join_pieces(embeddings, numbered(labels), strangers, apart, progress)
    fuller = _take_in(embeddings, joined, strangers, apart)
    return joined if fuller is joined else _join_pieces(embeddings, fuller, strangers, apart, progress)


def _join_pieces(embeddings: Embeddings, labels: Ints, strangers: Impostors, apart: Ints, progress: Progress) -> Ints:
    """Join groups that are each other's nearest, in rounds, as long as two are alike enough for their sizes.

    Two groups are as alike as their faces are across, relative to how the faces of each agree: 1 where the noise-free middles
    point the same way, 0 for strangers. Of many groups, only those are compared again and again that were alike at first.
    """
    candidates: Ints | None = None
    while True:
        groups = describe(embeddings, labels, strangers)
        large = np.flatnonzero(groups.sizes >= _LEAST_PIECE)
        rivals = _rivals(labels, apart, len(groups.sizes))
        if len(large) <= _COMPARED:
            partner = _nearest(groups, large, rivals, strangers, progress)
        else:
            if candidates is None:
                candidates = _candidates(groups, large, strangers, progress)
            partner = _nearest_of(candidates, groups, rivals, strangers)
        own = np.arange(len(partner))
        mutual = (partner > own) & (partner[partner] == own)
        if not mutual.any():
            return labels
        own[partner[mutual]] = own[mutual]
        home = (np.cumsum(own == np.arange(len(own))) - 1)[own]
        labels = home[labels]
        if candidates is not None:
            candidates = _once(home[candidates])


def _nearest(groups: Groups, large: Ints, rivals: csr_matrix, strangers: Impostors, progress: Progress) -> Ints:
    """(g,) for each group the most alike, if both are among the large ones (p,); −1 where none is alike enough."""
    sizes = groups.sizes[large]
    middles = groups.sums[large] / sizes[:, None]
    scale = np.sqrt(groups.agreement[large])
    partner = np.full(len(groups.sizes), -1)
    against = rivals[large][:, large]
    for start in range(0, len(large), _STEP):
        progress.checkpoint()
        progress.report(Status("Comparing persons", start, len(large)))
        part = slice(start, start + _STEP)
        alike = (middles[part] @ middles.T - strangers.mean) / (scale[part, None] * scale)
        smaller = np.minimum(sizes[part, None], sizes)
        alike -= _ALIKE + _ALIKE_DOUBT / np.sqrt(smaller)
        alike[against[part].toarray() > _TOGETHER * smaller] = -1
        rows = np.arange(len(alike))
        alike[rows, start + rows] = -1
        partner[large[part]] = np.where(alike.max(1) >= 0, large[alike.argmax(1)], -1)
    return partner


def _candidates(groups: Groups, large: Ints, strangers: Impostors, progress: Progress) -> Ints:
    """(m, 2) pairs of the large groups (p,), once each: with every one those that would be most alike if all were large."""
    middles, scale = groups.sums[large] / groups.sizes[large, None], np.sqrt(groups.agreement[large, None])
    # the likeness is a product of (middle, −mean) / scale and (middle, 1) / scale
    ends = (np.full((len(large), 1), end) for end in (-strangers.mean, 1.0))
    ours, theirs = (np.asarray(np.concatenate([middles, end], axis=1) / scale, np.float32) for end in ends)
    found = most_alike(ours, theirs, min(_CANDIDATES, len(large)), progress, phase="Comparing persons")
    pairs = [np.stack([np.repeat(rows, near.shape[1]), near.ravel()], axis=1) for rows, near, _ in found]
    return _once(large[np.concatenate(pairs)])


def _once(pairs: Ints) -> Ints:
    """Each pair (m, 2) of two groups once, the lower first."""
    low, high = pairs.min(1), pairs.max(1)
    keys = np.unique(low[low < high] * (high.max(initial=0) + 1) + high[low < high])
    return np.stack(np.divmod(keys, high.max(initial=0) + 1), axis=1)


def _nearest_of(pairs: Ints, groups: Groups, rivals: csr_matrix, strangers: Impostors) -> Ints:
    """`_nearest` where only these pairs (m, 2) are compared."""
    i, j = pairs.T
    smaller = np.minimum(groups.sizes[i], groups.sizes[j])
    scale = groups.sizes * np.sqrt(np.maximum(groups.agreement, LEAST_AGREEMENT))
    scaled = np.asarray(groups.sums / scale[:, None], np.float32)
    alike = products_of_pairs(scaled, scaled, i, j)
    alike -= strangers.mean / np.sqrt(groups.agreement[i] * groups.agreement[j]) + _ALIKE + _ALIKE_DOUBT / np.sqrt(smaller)
    able = (alike >= 0) & (np.asarray(rivals[i, j]).reshape(-1) <= _TOGETHER * smaller)
    one, other = np.concatenate([pairs[able], pairs[able][:, ::-1]]).T
    order = np.lexsort((other, -np.tile(alike[able], 2), one))
    partner = np.full(len(groups.sizes), -1)
    first, at = np.unique(one[order], return_index=True)
    partner[first] = other[order][at]
    return partner


def _take_in(embeddings: Embeddings, labels: Ints, strangers: Impostors, apart: Ints) -> Ints:
    """Give small groups to the host whose members they fit, clearly better than any other host's."""
    groups = describe(embeddings, labels, strangers)
    hosts, small = np.flatnonzero(groups.sizes >= _LEAST_HOST), np.flatnonzero(groups.sizes <= _MOST_GUEST)
    if not len(hosts) or not len(small):
        return labels
    several = groups.sizes > 2
    agreement = np.maximum(groups.agreement, np.average(groups.agreement[several], weights=groups.sizes[several]))
    middles = (groups.sums[hosts] / (groups.sizes * agreement)[hosts, None]).T
    rivals = _rivals(labels, apart, len(groups.sizes))[:, hosts]
    home = np.arange(len(groups.sizes))
    for start in range(0, len(small), _STEP):
        guests = small[start : start + _STEP]
        fit = groups.sums[guests] / groups.sizes[guests, None] @ middles - strangers.mean / agreement[hosts]
        rows, best = np.arange(len(guests)), fit.argmax(1)
        found = fit[rows, best]
        fits = found >= _FIT + _FIT_DOUBT / np.sqrt(groups.sizes[hosts[best]])
        fits &= np.asarray(rivals[guests, best]).reshape(-1) == 0
        fit[rows, best] = -np.inf
        fits &= found >= fit.max(1) + _FIT_CLEAR
        home[guests[fits]] = hosts[best[fits]]
    return numbered(home[labels])


def cast_out(embeddings: Embeddings, labels: Ints, strangers: Impostors, far: float = _FAR, share: float = _SHARE) -> Ints:
    """Labels in which a face that is far from how its group's members agree is alone, and so is everybody in a loose heap.

    A face is far if its mean cosine to the others is `far` spreads below their median, and above strangers less than `share`
    of it. The spread of a small group leans on that of all.
    """
    labels = numbered(labels)
    groups = describe(embeddings, labels, strangers)
    fit = (np.einsum("nd,nd->n", groups.sums[labels], embeddings) - 1) / np.maximum(groups.sizes[labels] - 1, 1)
    middle = _medians(fit, labels)
    spread = 1.4826 * _medians(np.abs(fit - middle[labels]), labels)
    judged = groups.sizes > 2
    if not judged.any():
        return labels
    typical = np.average(spread[judged], weights=groups.sizes[judged])
    spread = (groups.sizes * spread + _LEAN * typical) / (groups.sizes + _LEAN)
    odd = judged[labels] & (fit < (middle - far * spread)[labels])
    odd &= fit - strangers.mean < share * (middle[labels] - strangers.mean)
    usual = np.average(groups.agreement[judged], weights=groups.sizes[judged])
    odd |= (groups.agreement < _LOOSE * usual)[labels] & (groups.sizes > 1)[labels]
    result = labels.copy()
    result[odd] = len(groups.sizes) + np.arange(odd.sum())
    return result


def _rivals(labels: Ints, apart: Ints, count: int) -> csr_matrix:
    """(g, g) how many pairs of faces speak against two groups being one person."""
    one, other = labels[apart[:, 0]], labels[apart[:, 1]]
    ones = np.ones(2 * len(apart), np.float32)
    return csr_matrix((ones, (np.concatenate([one, other]), np.concatenate([other, one]))), shape=(count, count))


def _medians(values: NDArray[np.floating], labels: Ints) -> NDArray[np.float64]:
    """(g,) the median of the values of each group."""
    order = np.lexsort((values, labels))
    sizes = np.bincount(labels)
    starts = np.cumsum(sizes) - sizes
    ordered = values[order]
    middle: NDArray[np.float64] = (ordered[starts + (sizes - 1) // 2] + ordered[starts + sizes // 2]) / 2.0
    return middle


def numbered(labels: Ints) -> Ints:
    """The same groups (n,), called 0 … g−1."""
    return np.unique(labels, return_inverse=True)[1].reshape(-1).astype(np.int64)
