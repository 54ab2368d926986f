"""Photos in, faces out: looks, batches, odd photos, and a GPU that runs out of memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from photoclust.core.errors import UserError
from photoclust.core.settings import VisionSettings
from photoclust.vision.detector import YuNet
from photoclust.vision.embedder import SFace
from photoclust.vision.looks import view
from photoclust.vision.session import FaceSession, FoundFace

Photos = list[NDArray[np.uint8]]


def same(a: list[FoundFace], b: list[FoundFace], cosine: float = 0.9999) -> bool:
    return len(a) == len(b) and all(p.box.iou(q.box) > 0.99 and p.vector @ q.vector > cosine for p, q in zip(a, b, strict=True))


def test_faces_lie_in_the_photo_with_unit_vectors_and_honest_numbers(photos: Photos, session: FaceSession) -> None:
    found = session.analyse(photos)
    assert all(len(faces) >= 2 for faces in found)
    for face in (face for faces in found for face in faces):
        assert 0 <= face.box.x <= face.box.x + face.box.w <= 800
        assert 0 <= face.box.y <= face.box.y + face.box.h <= 600
        assert 0.7 <= face.score <= 1
        assert 0 < face.quality <= 1
        assert len(face.landmarks) == 5
        assert face.landmarks[0][0] < face.landmarks[1][0]  # the right eye is on the left
        assert face.vector.dtype == np.float32
        assert face.vector.shape == (128,)
        assert np.linalg.norm(face.vector) == pytest.approx(1, abs=1e-5)


def test_the_same_photos_give_the_same_numbers_to_the_last_bit(photos: Photos, session: FaceSession) -> None:
    first, second = session.analyse(photos[:1])[0], session.analyse(photos[:1])[0]
    assert all(a.box == b.box and np.array_equal(a.vector, b.vector) for a, b in zip(first, second, strict=True))


def test_photos_of_many_sizes_in_one_call_get_what_each_gets_alone(photos: Photos, session: FaceSession) -> None:
    mixed = [photos[0], photos[1][:, :301], photos[2], photos[1][::2, ::2]]
    for photo, together in zip(mixed, session.analyse(mixed), strict=True):
        assert same(session.analyse([photo])[0], together)


def test_a_face_that_fills_the_frame_is_found(photos: Photos, session: FaceSession) -> None:
    photo = photos[0]
    box = max((f.box for f in session.analyse([photo])[0]), key=lambda b: b.area)
    tight = photo[int(box.y) : int(box.y + box.h), int(box.x) : int(box.x + box.w)]
    for picture in (tight, tight.repeat(8, 0).repeat(8, 1)):
        found = session.detect([picture])[0]
        assert len(found) >= 1
        x0, y0, x1, y1 = found.boxes[0].tolist()
        assert (x1 - x0) * (y1 - y0) > 0.6 * picture.shape[0] * picture.shape[1]


def test_a_small_face_in_a_twelve_megapixel_photo_is_found(photos: Photos, session: FaceSession) -> None:
    box = max((f.box for f in session.analyse(photos[:1])[0]), key=lambda b: b.area)
    step = max(1, round(box.w / 56))
    small = photos[0][::step, ::step]
    wide = np.full((3000, 4000, 3), 120, np.uint8)
    wide[1700 : 1700 + small.shape[0], 2900 : 2900 + small.shape[1]] = small
    x, y = 2900 + (box.x + box.w / 2) / step, 1700 + (box.y + box.h / 2) / step
    assert any(b.x < x < b.x + b.w and b.y < y < b.y + b.h for b in (f.box for f in session.analyse([wide])[0]))


@pytest.mark.parametrize(
    "shape", [(1, 1), (0, 0), (0, 40), (3, 2), (31, 33), (1, 4000), (5000, 7), (127, 129)], ids=lambda s: f"{s[0]}x{s[1]}"
)
def test_photos_of_any_shape_are_looked_at_without_error(shape: tuple[int, int], session: FaceSession) -> None:
    photo = np.random.default_rng(0).integers(0, 255, (*shape, 3), np.uint8)
    assert session.analyse([photo]) == [[]]


def test_no_photos_have_no_faces_and_a_grey_one_has_none(session: FaceSession) -> None:
    assert session.analyse([]) == []
    assert session.analyse([np.full((480, 640, 3), 128, np.uint8)]) == [[]]


def test_a_face_without_colour_is_found(photos: Photos, session: FaceSession) -> None:
    grey = photos[0].mean(2, keepdims=True).astype(np.uint8).repeat(3, 2)
    assert len(session.analyse([grey])[0]) >= 2


def test_read_only_and_mirrored_pixels_are_taken_as_they_are(photos: Photos, session: FaceSession) -> None:
    mirrored = photos[0][:, ::-1]
    mirrored.flags.writeable = False
    assert same(session.analyse([mirrored])[0], session.analyse([mirrored.copy()])[0])


@pytest.mark.parametrize("wrong", [np.zeros((5, 5), np.uint8), np.zeros((5, 5, 4), np.uint8), np.zeros((5, 5, 3), np.float32)])
def test_what_is_no_rgb_photo_is_refused(wrong: NDArray[np.uint8], session: FaceSession) -> None:
    with pytest.raises(ValueError, match="not an RGB photo"):
        session.analyse([wrong])


def gpu_for(network: type[torch.nn.Module], pictures: int, session: FaceSession, patch: pytest.MonkeyPatch) -> list[int]:
    """Let `network` run out of memory for more pictures than that while the session is on its GPU; the batches it was shown."""
    real, shown = network.forward, []

    def forward(self: torch.nn.Module, x: torch.Tensor) -> object:
        if not session._out_of_memory:
            shown.append(len(x))
            if len(x) > pictures:
                raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        return real(self, x)

    patch.setattr(network, "forward", forward)
    return shown


@pytest.mark.parametrize("network", [YuNet, SFace])
def test_a_gpu_with_little_memory_gets_fewer_pictures_at_once(
    network: type[torch.nn.Module], photos: Photos, session: FaceSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = session.analyse(photos[:2])
    fresh = FaceSession("cpu")
    shown = gpu_for(network, 1, fresh, monkeypatch)
    for faces, known in zip(fresh.analyse(photos[:2]), expected, strict=True):
        assert same(faces, known)
    assert fresh.device == "CPU"
    assert max(shown) > 1
    refused = max(i for i, count in enumerate(shown) if count > 1)
    assert set(shown[refused + 1 :]) == {1}, "what does not fit is not tried for ever"


@pytest.mark.parametrize("network", [YuNet, SFace])
def test_a_gpu_without_memory_is_replaced_by_the_cpu_and_the_user_can_see_it(
    network: type[torch.nn.Module], photos: Photos, session: FaceSession, monkeypatch: pytest.MonkeyPatch, caplog
) -> None:
    expected = session.analyse(photos[:1])[0]
    fresh = FaceSession("cpu")
    gpu_for(network, 0, fresh, monkeypatch)
    assert same(fresh.analyse(photos[:1])[0], expected)
    assert fresh.device == "CPU (the GPU ran out of memory)"
    assert "on the CPU" in caplog.text


def test_memory_that_runs_out_on_the_cpu_too_is_an_error(photos: Photos, monkeypatch: pytest.MonkeyPatch) -> None:
    def forward(self: YuNet, x: torch.Tensor) -> None:
        raise torch.cuda.OutOfMemoryError("still")

    monkeypatch.setattr(YuNet, "forward", forward)
    with pytest.raises(torch.cuda.OutOfMemoryError):
        FaceSession("cpu").analyse(photos[:1])


@pytest.mark.parametrize(("free", "faces", "photos"), [(40 << 30, 128, 128), (1 << 30, 42, 32), (100 << 20, 4, 3), (0, 1, 1)])
def test_a_gpu_gets_as_many_pictures_at_once_as_its_free_memory_has_room_for(
    free: int, faces: int, photos: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = FaceSession("cpu")
    asked = []
    monkeypatch.setattr("photoclust.vision.session.find", lambda *given: asked.append(given[-1]) or [])
    fresh.detect([])
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda device: (free // 2, 80 << 30))
    monkeypatch.setattr(torch.cuda, "memory_reserved", lambda device: free)  # half of it is in use, the rest was given back
    monkeypatch.setattr(torch.cuda, "memory_allocated", lambda device: free - free // 2)
    fresh._torch_device = torch.device("cuda")  # nothing is run on it here
    fresh.detect([])
    assert asked == [2, photos]
    shown: list[int] = []
    monkeypatch.setattr(FaceSession, "_embed_batch", lambda self, batch: shown.append(len(batch)) or torch.zeros(len(batch), 128))
    fresh.embed(torch.zeros(faces + 1, 3, 112, 112))
    assert shown == [faces, 1]


def test_half_precision_finds_and_describes_the_same_faces(photos: Photos, monkeypatch: pytest.MonkeyPatch) -> None:
    small = VisionSettings(detect_side=800)  # the CPU is slow at it
    expected = FaceSession("cpu", small).analyse(photos[:1])[0]
    monkeypatch.setattr(FaceSession, "_dtype", torch.float16)  # what a GPU computes in
    assert same(FaceSession("cpu", small).analyse(photos[:1])[0], expected, cosine=0.999)


def test_a_gpu_that_is_not_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(UserError, match="choose “cpu”"):
        FaceSession("cuda")
    assert FaceSession().device == "CPU"


def test_nothing_is_loaded_before_the_first_photo_and_missing_weights_are_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("photoclust.vision.weights.find_spec", lambda name: None)
    fresh = FaceSession("cpu")
    assert fresh.model_id == "yunet-2023mar+looks3+sface-2021dec"
    assert fresh.embedding_id == "sface-2021dec"
    told = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
    assert f"`{fresh.model_id}`" in told
    assert f"`{fresh.embedding_id}`" in told
    with pytest.raises(UserError, match="missing"):
        fresh.analyse([np.zeros((64, 64, 3), np.uint8)])


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(4000, 3000, (1600, 1200)), (3000, 4000, (1200, 1600)), (8000, 1000, (3919, 490)), (100, 50, (400, 200))],
)
def test_every_shape_is_seen_with_the_same_number_of_pixels(width: int, height: int, size: tuple[int, int]) -> None:
    seen = view(width, height, 1600, 0.0)
    assert seen.size == size
    assert all(c % 32 == 0 and 0 <= c - s < 32 for c, s in zip(seen.canvas, seen.size, strict=True))


def test_a_higher_threshold_finds_no_more(photos: Photos) -> None:
    few = FaceSession("cpu", VisionSettings(score_threshold=0.95)).detect(photos[:1])[0]
    assert len(few) <= len(FaceSession("cpu").detect(photos[:1])[0])
    assert all(few.scores >= 0.8)
    assert not len(FaceSession("cpu", VisionSettings(score_threshold=1.2)).detect(photos[:1])[0])
