"""A photo without people: fruit on a table."""

from __future__ import annotations

import numpy as np
from PIL import Image

from photoclust.demo.backdrop import PLACES, paint_backdrop
from photoclust.demo.paint import linear
from photoclust.demo.person import Colour

_FRUIT: tuple[Colour, ...] = ((0.80, 0.20, 0.16), (0.95, 0.58, 0.14), (0.93, 0.80, 0.25), (0.52, 0.68, 0.24), (0.45, 0.20, 0.38))


def paint_still_life(size: tuple[int, int], seed: int) -> Image.Image:
    """Fruit on a table before a wall."""
    w, h = size
    rng = np.random.default_rng(seed)
    scene = (np.asarray(paint_backdrop("room", size, seed, blur=2.2), np.float32) / 255) ** 2.2
    light = PLACES["room"].light
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    edge = np.clip((y - 0.70 * h) / 2, 0, 1)[..., None]
    table = linear((0.66, 0.50, 0.36)) * (1.0 + 0.05 * np.sin(y / h * 90 + 3 * np.sin(x / w * 5)))[..., None]
    scene = scene * (1 - edge) + table.astype(np.float32) * edge
    places = sorted((rng.uniform(0.70, 0.84), 0.18 + 0.64 * k / 6 + rng.uniform(-0.03, 0.03)) for k in range(7))
    for depth, across in places:
        r = h * rng.uniform(0.085, 0.125)
        cx, cy = across * w, depth * h - 0.7 * r
        tone = linear(_FRUIT[int(rng.integers(len(_FRUIT)))])[:, None]
        shade = np.exp(-(((x - cx - 0.3 * r) / (1.15 * r)) ** 2) - ((y - cy - 0.95 * r) / (0.28 * r)) ** 2)
        scene *= 1 - 0.6 * shade[..., None]
        y0, y1, x0, x1 = int(cy - r - 2), int(cy + r + 3), max(int(cx - r - 2), 0), min(int(cx + r + 3), w)
        u, v = (x[y0:y1, x0:x1] - cx) / r, (cy - y[y0:y1, x0:x1]) / (0.94 * r)
        q = u * u + v * v
        cover = np.clip((1 - np.sqrt(q)) * r + 0.5, 0, 1)
        z = np.sqrt(np.maximum(1 - q, 0.01))
        n = np.stack([u, v, z]).reshape(3, -1)
        n /= np.linalg.norm(n, axis=0)
        dimple = 1 - 0.75 * np.exp(-((u / 0.20) ** 2) - ((v - 0.80) / 0.09) ** 2)
        lit = light.shade(np.repeat(tone, n.shape[1], axis=1), np.full(n.shape[1], 0.35, np.float32), n[0], n[1], n[2])
        lit = lit.reshape(3, *u.shape).transpose(1, 2, 0) * dimple[..., None]
        patch = scene[y0:y1, x0:x1]
        patch += (lit - patch) * cover[..., None]
    return Image.fromarray((255 * np.clip(scene, 0, 1) ** (1 / 2.2)).astype(np.uint8))
