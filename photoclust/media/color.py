"""Every way a file can store colour, made sRGB."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageCms

_ALPHA = ("RGBA", "LA", "PA", "La", "RGBa")
_DEEP = ("I;16", "I;16L", "I;16B", "I;16N", "I", "F")
_PROFILE_MODES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab "}


def to_srgb(photo: Image.Image) -> Image.Image:
    """An RGB photo in sRGB of a loaded one in any mode; what is transparent becomes white."""
    profile = photo.info.get("icc_profile")
    alpha: Image.Image | None = None
    if photo.mode in _DEEP:
        photo = _eight_bit(photo)
    if photo.mode in _ALPHA or "transparency" in photo.info:
        photo = photo.convert("RGBA")
        alpha = photo.getchannel("A")
        photo = photo.convert("RGB")
    elif photo.mode not in _PROFILE_MODES:
        photo = photo.convert("L" if photo.mode == "1" else "RGB")
    rgb = _managed(photo, profile)
    if alpha is None or alpha.getextrema() == (255, 255):
        return rgb
    return Image.composite(rgb, Image.new("RGB", rgb.size, "white"), alpha)


def _managed(photo: Image.Image, profile: object) -> Image.Image:
    """RGB through the embedded profile; without one, or with a broken or ill-fitting one, as PIL converts."""
    if isinstance(profile, bytes) and profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            space = source.profile.xcolor_space
            if space == _PROFILE_MODES[photo.mode] and not _is_srgb(source):
                return _transformed(photo, source)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a broken profile is no reason to show nothing
    if photo.mode == "LAB":
        return _transformed(photo, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    return photo if photo.mode == "RGB" else photo.convert("RGB")


def _transformed(photo: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    result = ImageCms.profileToProfile(photo, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert result is not None  # only in-place conversions return nothing
    return result


def _is_srgb(profile: ImageCms.ImageCmsProfile) -> bool:
    return (profile.profile.profile_description or "").strip().lower().startswith("srgb")


def _eight_bit(photo: Image.Image) -> Image.Image:
    """Greyscale of more than eight bits as mode L, black and white kept where they were."""
    values = np.asarray(photo).astype(np.float64)  # (h, w)
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    top = values.max(initial=0.0)
    if photo.mode == "F":
        white = 1.0 if top <= 1.0 else max(255.0, top)
    elif photo.mode == "I":  # 32 bits, nearly always holding fewer
        white = next((limit for limit in (255.0, 65535.0) if top <= limit), 2.0**31 - 1)
    else:
        white = 65535.0
    grey = np.clip(np.rint(values * (255.0 / white)), 0, 255).astype(np.uint8)
    return Image.fromarray(grey)
