"""Photos in, faces out: the one door to the networks for everything above."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from photoclust.core.errors import UserError
from photoclust.core.settings import VisionSettings
from photoclust.core.types import Box, Landmarks
from photoclust.vision import densenet, weights
from photoclust.vision.align import crop, similarity
from photoclust.vision.densenet import FaceDenseNet
from photoclust.vision.detector import Detections, YuNet, decode, together
from photoclust.vision.embedder import DIMENSIONS, SIDE, SFace
from photoclust.vision.looks import CANDIDATE, find
from photoclust.vision.quality import quality

_T = TypeVar("_T")
_log = logging.getLogger(__name__)
_AT_ONCE = 8  # faces that a core describes together: fewer read the last layer's 25 MB for too few, more leave its cache
_SEEN, _CUT, _MOST = 16 << 20, 12 << 20, 128  # bytes that a GPU needs for an overview and a face, amply; the most at once
_SHARP = 0.7  # pixels of a reduced photo a pixel of the aligned picture; with fewer, the whole photo is decoded
_OVERLAP = 0.25  # of a box that somebody drew and what the detector sees in it
_UNSEEN = 0.05  # the quality of a face that only a person sees

Whole = tuple[tuple[int, int], Callable[[], NDArray[np.uint8] | None]]
"""Of a photo that was decoded at a fraction: its width and height, and how to decode all of it (None: not possible)."""


@dataclass(frozen=True, slots=True)
class FoundFace:
    """One face of a photo, in pixels of that photo; `vector` (d,) float32 has unit length."""

    box: Box
    landmarks: Landmarks
    score: float
    quality: float
    vector: NDArray[np.float32]


class FaceSession:
    """The two networks on one device, loaded on first use; threads may share it, and a GPU serves one after the other.

    `device` is "cpu", "cuda" or None for the best there is. When a GPU runs out of memory the session goes on, on the CPU.
    UserError when `settings.embedder` names a file that holds no weights of an embedder.
    """

    detector_id: str = weights.DETECTOR_ID

    def __init__(self, device: str | None = None, settings: VisionSettings | None = None) -> None:
        cuda = torch.cuda.is_available()
        if device is not None and device.startswith("cuda") and not cuda:
            raise UserError("No CUDA device can be used here; choose “cpu”.")
        self.settings = settings or VisionSettings()
        self._densenet = densenet.read(self.settings.embedder) if self.settings.embedder else None
        self._torch_device = torch.device(device or ("cuda" if cuda else "cpu"))
        self._out_of_memory = False
        self._fits: int | None = None
        """So many pictures at once the GPU's memory is known to hold; None while nothing is known against any number."""
        self._networks: tuple[YuNet, SFace | FaceDenseNet] | None = None
        self._turn = threading.Lock()
        self._pool = ThreadPoolExecutor(_cores(), "faces", initializer=torch.set_num_threads, initargs=(1,))

    @property
    def embedding_id(self) -> str:
        """Stands in the library beside every vector: vectors of two embedders cannot be compared."""
        return self._densenet.id if self._densenet else weights.SFACE.id

    @property
    def model_id(self) -> str:
        """Stands in the library beside every photo that these networks looked at."""
        return f"{self.detector_id}+{self.embedding_id}"

    @property
    def dimensions(self) -> int:
        """The length of the vectors."""
        return self._densenet.shape.dimensions if self._densenet else DIMENSIONS

    @property
    def device(self) -> str:
        """The device in use, in words for the user."""
        if self._torch_device.type == "cuda":
            return f"CUDA ({torch.cuda.get_device_name(self._torch_device)})"
        return "CPU (the GPU ran out of memory)" if self._out_of_memory else "CPU"

    def analyse(
        self, photos: Sequence[NDArray[np.uint8]], whole: Sequence[Whole | None] = (), untold: Sequence[bool] = ()
    ) -> list[list[FoundFace]]:
        """The faces of each photo (h, w, 3) RGB, upright, surest first; UserError when the weights are missing.

        A photo may be given at a fraction of its size; `whole` tells its size then. The faces are in pixels of the whole
        photo, which is decoded only where a face is too small to be described from fewer. `untold` says of which photos
        nobody knows how they were held: they are looked at turned where that shows more.
        """
        for photo in photos:
            if photo.ndim != 3 or photo.shape[2] != 3 or photo.dtype != np.uint8:
                raise ValueError(f"not an RGB photo: {photo.dtype} {photo.shape}")
        wholes, free = list(whole) or [None] * len(photos), list(untold) or [False] * len(photos)
        with self._turn:
            self._loaded()
            if self._torch_device.type == "cuda":
                return self._described(photos, wholes, self._seen(photos, wholes, free))
        seen = self._spread(lambda photo, size, is_free: self._seen([photo], [size], [is_free])[0], photos, wholes, free)
        return self._described(photos, wholes, seen)

    def describe(self, photo: NDArray[np.uint8], box: Box, landmarks: Landmarks) -> FoundFace:
        """The face that somebody sees in a box of a photo (h, w, 3), however unsure the detector is.

        A close look into the box gives the landmarks and the score; where it shows no face, `landmarks` serve, the score is 0
        and the quality low.
        """
        x, y, part = _around(photo, box)
        with self._turn:
            self._loaded()
            (seen,) = find([part], self._detect_batch, replace(self.settings, score_threshold=CANDIDATE), [True])
        found = _overlapping(seen.moved(1, 1, x, y), box)
        if found is None:
            found = Detections(_corners(box), torch.tensor([landmarks], dtype=torch.float32), torch.zeros(1))
        picture = crop(photo, similarity(found.landmarks[0].numpy()))[None]
        raw = self._raw(picture)
        drawn = Detections(_corners(box), found.landmarks, found.scores)
        worth = quality(drawn, picture, None if self._densenet else raw.norm(dim=1))
        worth = worth.clamp(max=1.0 if found.scores[0] else _UNSEEN)
        (face,) = _faces((photo.shape[1], photo.shape[0]), drawn, worth, F.normalize(raw).numpy())
        return face

    @torch.inference_mode()
    def _described(
        self, photos: Sequence[NDArray[np.uint8]], wholes: Sequence[Whole | None], seen: Sequence[tuple[Detections, Tensor]]
    ) -> list[list[FoundFace]]:
        if not any(len(found) for found, _ in seen):
            return [[] for _ in photos]
        detections, pictures = [found for found, _ in seen], torch.cat([cut for _, cut in seen])
        raw = self._raw(pictures)
        vectors = F.normalize(raw).numpy()
        worth = quality(together(detections), pictures, None if self._densenet else raw.norm(dim=1))
        sizes = [size[0] if size else (photo.shape[1], photo.shape[0]) for photo, size in zip(photos, wholes, strict=True)]
        ends = np.cumsum([len(found) for found in detections])
        return [
            _faces(size, found, worth[end - len(found) : end], vectors[end - len(found) : end])
            for size, found, end in zip(sizes, detections, ends, strict=True)
        ]

    @torch.inference_mode()
    def _seen(
        self, photos: Sequence[NDArray[np.uint8]], wholes: Sequence[Whole | None], untold: Sequence[bool]
    ) -> list[tuple[Detections, Tensor]]:
        """Of each photo, its faces in pixels of the whole photo, and their aligned pictures (n, 3, 112, 112)."""
        seen = []
        for photo, whole, found in zip(photos, wholes, self.detect(photos, untold), strict=True):
            pictures = torch.zeros(0, 3, SIDE, SIDE)
            if len(found):
                pictures = torch.stack(_pictures(photo, found, whole))
                width, height = whole[0] if whole else (photo.shape[1], photo.shape[0])
                found = found.moved(width / photo.shape[1], height / photo.shape[0])
            seen.append((found, pictures))
        return seen

    def detect(self, photos: Sequence[NDArray[np.uint8]], untold: Sequence[bool] = ()) -> list[Detections]:
        """Where the faces of each photo (h, w, 3) are, in its pixels; `untold`: nobody knows how it was held."""
        step = self._at_once(_SEEN, 2)  # more fits no CPU cache
        return find(photos, self._detect_batch, self.settings, untold, step)

    def embed(self, crops: Tensor) -> NDArray[np.float32]:
        """Unit vectors (n, dimensions) of aligned faces (n, 3, 112, 112), RGB 0 to 255."""
        return F.normalize(self._raw(crops)).numpy() if len(crops) else np.zeros((0, self.dimensions), np.float32)

    def _raw(self, crops: Tensor) -> Tensor:
        """What the embedder says of n > 0 pictures, (n, dimensions), of any length."""
        step = self._at_once(_CUT, _AT_ONCE)
        parts = self._spread(self._embed_batch, [crops[start : start + step] for start in range(0, len(crops), step)])
        return torch.cat(parts)

    def _at_once(self, each: int, on_cpu: int) -> int:
        """How many pictures are shown at a time: on a GPU, as many as half of the memory that is free has room for."""
        if self._torch_device.type != "cuda":
            return on_cpu
        free, _ = torch.cuda.mem_get_info(self._torch_device)
        free += torch.cuda.memory_reserved(self._torch_device) - torch.cuda.memory_allocated(self._torch_device)
        return max(1, min(free // 2 // each, _MOST))

    def _spread(self, work: Callable[..., _T], *items: Sequence[Any]) -> list[_T]:
        """Do it for each; on the CPU a thread each, on one core, which is far faster than each layer on all cores."""
        if self._torch_device.type == "cuda" or len(items[0]) < 2:
            return list(map(work, *items))
        threads = torch.get_num_threads()
        try:
            return list(self._pool.map(work, *items))
        finally:
            torch.set_num_threads(threads)  # what threads to come begin with

    @torch.inference_mode()
    def _detect_batch(self, batch: Tensor) -> list[Detections]:
        def work(part: Tensor) -> list[Detections]:
            detector, _ = self._loaded()
            return decode(detector(self._placed(part, self._dtype)), min(CANDIDATE, self.settings.score_threshold))

        return [found for part in self._halving(work, batch) for found in part]

    @torch.inference_mode()
    def _embed_batch(self, batch: Tensor) -> Tensor:
        def work(part: Tensor) -> Tensor:
            _, embedder = self._loaded()
            vectors: Tensor = embedder(self._placed(part, self._embedder_dtype))
            return vectors.float().cpu()

        return torch.cat(self._halving(work, batch))

    def _loaded(self) -> tuple[YuNet, SFace | FaceDenseNet]:
        if self._networks is None:
            detector = YuNet.from_onnx(weights.load(weights.YUNET))
            embedder = self._densenet.network() if self._densenet else SFace.from_onnx(weights.load(weights.SFACE))
            detector, embedder = self._prepared(detector), self._prepared(embedder)
            self._networks = (detector, embedder)
        return self._networks

    def _prepared(self, network: _N) -> _N:
        network = network.to(memory_format=torch.channels_last)
        return network.to(self._torch_device, self._dtype if isinstance(network, YuNet) else self._embedder_dtype)

    @property
    def _light(self) -> bool:
        """Whether this processor computes in bfloat16 (AVX-512 BF16); elsewhere it would be slower."""
        return self._torch_device.type == "cpu" and torch.cpu._is_avx512_bf16_supported()

    @property
    def _dtype(self) -> torch.dtype:
        return torch.float16 if self._torch_device.type == "cuda" else torch.float32

    @property
    def _embedder_dtype(self) -> torch.dtype:
        """SFace bears bfloat16 (cosine 0.9998 at worst); the detector does not: its landmarks move, and the crop with them."""
        return torch.bfloat16 if self._light and not self._densenet else self._dtype

    def _placed(self, batch: Tensor, dtype: torch.dtype) -> Tensor:
        if self._torch_device.type == "cuda":
            batch = batch.pin_memory()  # only so does the copy go on beside the work
        moved = batch.to(self._torch_device, non_blocking=True)
        return moved.to(dtype, memory_format=torch.channels_last)

    def _halving(self, work: Callable[[Tensor], _T], batch: Tensor) -> list[_T]:
        """Do the work part by part: where the GPU's memory is too small for a part, its halves; for one picture, on the CPU."""
        fits = self._fits or len(batch)
        try:
            if len(batch) <= fits:
                return [work(batch)]
        except torch.cuda.OutOfMemoryError:
            if self._out_of_memory:
                raise
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
            if len(batch) == 1:
                self._leave_gpu()
                return [work(batch)]
            fits = self._fits = (len(batch) + 1) // 2
            _log.warning("The GPU has no memory for %d pictures at once; it gets %d.", len(batch), fits)
        return [done for part in torch.split(batch, fits) for done in self._halving(work, part)]

    def _leave_gpu(self) -> None:
        self._out_of_memory, self._fits = True, None
        self._networks = None
        self._torch_device = torch.device("cpu")
        _log.warning("The GPU ran out of memory; faces are looked for on the CPU.")


_N = TypeVar("_N", YuNet, SFace | FaceDenseNet)


def _cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pictures(photo: NDArray[np.uint8], found: Detections, whole: Whole | None) -> list[Tensor]:
    """The aligned pictures (3, 112, 112) of the faces of one photo, small ones cut out of the whole photo."""
    matrices = [similarity(landmarks.numpy()) for landmarks in found.landmarks]
    if whole is None:
        return [crop(photo, matrix) for matrix in matrices]
    (width, height), decoded = whole
    fraction = np.array([photo.shape[1] / width, photo.shape[0] / height])
    small = [1 / np.hypot(*matrix[:, 0]) < _SHARP for matrix in matrices]
    large = decoded() if any(small) else None
    share = np.array([large.shape[1] / photo.shape[1], large.shape[0] / photo.shape[0]]) if large is not None else 1.0
    pictures = []
    for landmarks, is_small in zip(found.landmarks.numpy(), small, strict=True):
        if is_small and large is not None:
            pictures.append(crop(large, similarity(landmarks * share)))
        else:  # the middle of a pixel of the reduced photo lies between those of the whole
            pictures.append(crop(photo, similarity(landmarks + 0.5 * fraction - 0.5)))
    return pictures


def _around(photo: NDArray[np.uint8], box: Box) -> tuple[int, int, NDArray[np.uint8]]:
    """What lies in a box and around it, as far as it is wide and high, and where that begins (x, y)."""
    x, y = max(0, int(box.x - box.w)), max(0, int(box.y - box.h))
    return x, y, photo[y : max(y, int(box.y + 2 * box.h)) + 1, x : max(x, int(box.x + 2 * box.w)) + 1]


def _overlapping(seen: Detections, box: Box) -> Detections | None:
    """The one detection that is the face in a box, if any is: people draw around heads, the detector around features."""
    overlaps = [Box(x0, y0, x1 - x0, y1 - y0).iou(box) for x0, y0, x1, y1 in seen.boxes.tolist()]
    best = max(range(len(overlaps)), key=lambda i: overlaps[i] * float(seen.scores[i]), default=None)
    return seen.taken(torch.tensor([best])) if best is not None and overlaps[best] >= _OVERLAP else None


def _corners(box: Box) -> Tensor:
    return torch.tensor([[box.x, box.y, box.x + box.w, box.y + box.h]], dtype=torch.float32)


def _faces(size: tuple[int, int], found: Detections, worth: Tensor, vectors: NDArray[np.float32]) -> list[FoundFace]:
    """The faces of a photo of this width and height with what else is known of them; boxes end at its edges."""
    width, height = size
    boxes = torch.minimum(found.boxes.clamp(min=0), torch.tensor([width, height, width, height])).tolist()
    points, scores = found.landmarks.tolist(), found.scores.tolist()
    return [
        FoundFace(Box(x0, y0, x1 - x0, y1 - y0), tuple((x, y) for x, y in points[i]), scores[i], worth[i].item(), vectors[i])
        for i, (x0, y0, x1, y1) in enumerate(boxes)
    ]
