"""The one place that opens photos: upright, as sRGB, and never more pixels than allowed."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# These plugins register themselves; naming them here spares PIL the search through all of its own.
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from photoclust.core.said import Said
from photoclust.core.settings import MAX_PIXELS
from photoclust.core.types import Box
from photoclust.media import foreign
from photoclust.media.color import to_srgb
from photoclust.media.details import Details, details_of
from photoclust.media.errors import UnreadablePhoto, os_reason, too_many_pixels
from photoclust.media.metadata import capture_time, orientation, read_exif, tells_orientation

__all__ = ["UnreadablePhoto", "Upright", "face_square", "open_details", "open_face", "open_for_display", "open_upright"]

_PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin, TiffImagePlugin, BmpImagePlugin,
            GifImagePlugin, AvifImagePlugin)  # fmt: skip
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "DIB", "GIF", "HEIF", "AVIF")
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"II*\0", b"MM\0*", b"BM", b"GIF8", *foreign.JXL)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

WHOLE = 100_000_000
"""Of a photo with more pixels than this, fewer are handed out: half of its width and height, or less."""

FACE_MARGIN = 0.35
"""How much of a face's side is shown around it, on each side."""

_Rectangle = tuple[float, float, float, float]

# PIL warns at 89 and refuses at 179 megapixels; here `max_pixels` rules, and it is checked before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class Upright:
    """A photo as it is meant to be seen."""

    pixels: NDArray[np.uint8]
    """(h, w, 3) RGB, sRGB, upright."""
    orientation: int
    """EXIF orientation of the file, 1 to 8; already applied to `pixels`."""
    taken_at: float | None
    """Seconds since the epoch by EXIF; None where it says nothing (take the file's time then)."""
    size: tuple[int, int]
    """Width and height of the whole photo, upright; `pixels` may be fewer."""
    told: bool = True
    """Whether the file says how the camera was held; where it does not, a scan may lie on its side."""

    @property
    def reduced(self) -> bool:
        """Whether `pixels` are fewer than the file has."""
        return self.size != (self.pixels.shape[1], self.pixels.shape[0])


def open_upright(path: Path, *, max_pixels: int = MAX_PIXELS, enough: int | None = None) -> Upright:
    """Decode a whole photo with its metadata; UnreadablePhoto with a sentence when that is impossible.

    Where so many pixels are `enough`, a JPEG is decoded at 1/2, 1/4 or 1/8 as long as it has them: three times faster.
    A photo of more than `WHOLE` pixels always comes at a fraction.
    """
    with _opened(path, max_pixels) as photo:
        width, height = photo.size
        exif = read_exif(photo)
        taken_at = capture_time(exif)
        told = tells_orientation(exif) or photo.info.get("original_orientation") is not None
        said = photo.info.get("original_orientation") or orientation(exif)  # a HEIF is turned while it is decoded
        is_jpeg, is_huge = photo.format in ("JPEG", "MPO"), width * height > WHOLE
        if is_jpeg and (enough or is_huge):
            _load(photo, _reduced(width, height, enough or WHOLE // 4))
        else:
            _load(photo)
            width, height = photo.size  # a HEIF or TIFF has been turned by loading it
        left = orientation(read_exif(photo))
        picture = to_srgb(photo)
        if is_huge and not is_jpeg:
            picture = picture.reduce(2)
        size = (height, width) if left >= 5 else (width, height)
        return Upright(np.array(_turned(picture, left)), said if 1 <= said <= 8 else 1, taken_at, size, told)


def open_for_display(path: Path, max_side: int, *, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """A photo upright as RGB, no side longer than `max_side` and never enlarged; UnreadablePhoto as `open_upright`.

    Several times faster than `open_upright` for a JPEG, which is decoded at a fraction of its size.
    """
    with _opened(path, max_pixels) as photo:
        share = max_side / max(photo.size)
        _load(photo, (math.ceil(photo.width * share), math.ceil(photo.height * share)))
        left = orientation(read_exif(photo))
        small = photo if photo.mode in ("RGB", "L", "CMYK") else to_srgb(photo)
        scale = min(1.0, max_side / max(small.size))
        if scale < 1.0:
            size = (max(1, round(small.width * scale)), max(1, round(small.height * scale)))
            small = small.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        return _turned(to_srgb(small), left)


def open_face(path: Path, box: Box, side: int, *, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """The `face_square` of a face as RGB of `side` × `side`; errors as `open_upright`.

    Only as much of the photo is decoded, turned and colour-managed as the square needs.
    """
    with _opened(path, max_pixels) as photo:
        whole = photo.size
        fraction = side / _face_side(box, whole)
        _load(photo, (math.ceil(whole[0] * fraction), math.ceil(whole[1] * fraction)))
        left = orientation(read_exif(photo))
        square = face_square(box, whole if left < 5 else (whole[1], whole[0]))
        scale = (photo.width / whole[0], photo.height / whole[1])
        x, y, w, h = _stored(square, photo.size, scale, left)
        frame = (max(0, math.floor(x) - 2), max(0, math.floor(y) - 2),
                 min(photo.width, math.ceil(x + w) + 2), min(photo.height, math.ceil(y + h) + 2))  # fmt: skip
        part = to_srgb(photo.crop(frame))
        inside = (max(0.0, x - frame[0]), max(0.0, y - frame[1]),
                  min(part.width, x - frame[0] + w), min(part.height, y - frame[1] + h))  # fmt: skip
        return _turned(part.resize((side, side), Image.Resampling.LANCZOS, box=inside, reducing_gap=2.0), left)


def open_details(path: Path, *, max_pixels: int = MAX_PIXELS) -> Details:
    """How and where a photo was taken, from its header alone; UnreadablePhoto where it has none that can be read."""
    with _opened(path, max_pixels) as photo, _decoding():
        return details_of(read_exif(photo))


def face_square(box: Box, size: tuple[int, int]) -> Box:
    """The square shown for a face in a photo of (width, height): its box with a margin, shifted into the photo."""
    width, height = size
    side = _face_side(box, size)
    x = min(max(box.x + box.w / 2 - side / 2, 0.0), width - side)
    y = min(max(box.y + box.h / 2 - side / 2, 0.0), height - side)
    return Box(x, y, side, side)


def _face_side(box: Box, size: tuple[int, int]) -> float:
    return max(1.0, min(max(box.w, box.h) * (1 + 2 * FACE_MARGIN), *size))


@contextmanager
def _opened(path: Path, max_pixels: int) -> Iterator[Image.Image]:
    """A photo whose header is read and believed; not yet decoded."""
    _silence_pil()
    with ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            beginning = file.read(16)
            file.seek(0)
        except OSError as error:
            raise UnreadablePhoto(os_reason(error), passing=True) from None
        if not beginning:
            raise UnreadablePhoto("The file is empty.")
        if beginning[4:8] == b"ftyp":
            _register_heif()
        try:
            with _decoding():
                photo = foreign.opened(path, file, beginning, max_pixels) or Image.open(
                    file, formats=[f for f in _FORMATS if f in Image.OPEN]
                )
                stack.enter_context(photo)
        except UnidentifiedImageError:
            raise UnreadablePhoto(_no_photo(beginning)) from None
        if photo.width * photo.height > max_pixels:
            raise too_many_pixels(photo.width, photo.height, max_pixels)
        yield photo


def _reduced(width: int, height: int, enough: int) -> tuple[int, int] | None:
    """The smallest size a JPEG can be decoded at that has `enough` pixels; None for the whole."""
    return next(((width // n, height // n) for n in (8, 4, 2) if (width // n) * (height // n) >= enough), None)


def _load(photo: Image.Image, at_least: tuple[int, int] | None = None) -> None:
    """Decode; where the format can do it cheaply at a smaller size that is no smaller than `at_least`."""
    with _decoding():
        if at_least is not None:
            photo.draft("RGB", at_least)
        photo.load()


@contextmanager
def _decoding() -> Iterator[None]:
    """Make an UnreadablePhoto of whatever a decoder of bytes from anywhere stumbles over."""
    try:
        yield
    except (UnidentifiedImageError, UnreadablePhoto):
        raise
    except MemoryError:
        raise UnreadablePhoto("The photo is too large for this computer's memory.") from None
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise UnreadablePhoto(os_reason(error), passing=True) from error
        raise UnreadablePhoto(_broken(error)) from error


def _no_photo(beginning: bytes) -> str:
    if beginning.startswith(_BEGINNINGS) or beginning[4:8] == b"ftyp":
        return Said("The file is damaged or cut off: it begins like a photo but cannot be decoded.")
    return Said("The file is not a photo, whatever its name says.")


def _broken(error: Exception) -> str:
    words = str(error).lower()
    if isinstance(error, EOFError) or any(word in words for word in ("truncated", "end of", "not enough", "eof")):
        return Said("The file is cut off: its end is missing.")
    return Said("The file is damaged and cannot be decoded.")


def _turned(photo: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return photo if turn is None else photo.transpose(turn)


def _stored(box: Box, size: tuple[int, int], scale: tuple[float, float], orientation: int) -> _Rectangle:
    """A box of upright pixels as (x, y, w, h) in the stored pixels of a photo decoded at `size` = stored × `scale`."""
    x, y, w, h = box.x, box.y, box.w, box.h
    if orientation >= 5:
        x, y, w, h = y, x, h, w  # the transpose; what is left is mirroring
    x, y, w, h = x * scale[0], y * scale[1], w * scale[0], h * scale[1]
    if orientation in (2, 3, 7, 8):
        x = size[0] - x - w
    if orientation in (3, 4, 6, 7):
        y = size[1] - y - h
    return x, y, w, h


def _register_heif() -> None:
    """Teach PIL HEIC when the first one comes; doing it again changes nothing."""
    import pillow_heif  # 30 ms that an album of JPEGs need not pay

    pillow_heif.register_heif_opener()


def _silence_pil() -> None:
    """Ignore PIL's warnings about odd metadata: what matters becomes an UnreadablePhoto.

    A filter that stays, as `catch_warnings` is not safe where several threads decode.
    """
    if not any(category is UserWarning and module is not None and module.pattern == r"PIL\."
               for _, _, category, module, _ in warnings.filters):  # fmt: skip
        warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


_silence_pil()
