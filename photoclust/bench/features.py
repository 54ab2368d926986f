"""Files of features as the field keeps them: NumPy's `.npz`, and `.bin` with `.meta` (learn-to-cluster)."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photoclust.core.errors import UserError

Arrays = dict[str, NDArray[Any]]


def read_npz(path: Path) -> Arrays:
    """Every array of an `.npz`; UserError for what is none, or holds objects that only running code could restore."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, TypeError, EOFError, AttributeError, NotImplementedError, RuntimeError) as error:
        raise UserError(f"“{path}” cannot be read as an .npz file of arrays: {error}.") from error
    except (zipfile.BadZipFile, zlib.error) as error:
        raise UserError(f"“{path}” is damaged: {error}.") from error


def read_bin(path: Path) -> Arrays:
    """`X` (n, d) from the float32 numbers of NAME.bin, and `y` (n,) from the lines of NAME.meta.

    The labels lie beside the features, or in `../labels` as in the published archives (`features/NAME.bin`,
    `labels/NAME.meta`). n is the number of lines; d follows from the size.
    """
    beside, apart = path.with_suffix(".meta"), path.parent.parent / "labels" / f"{path.stem}.meta"
    labels = beside if beside.exists() else apart
    try:
        words = labels.read_text(encoding="utf-8").split()
        size = path.stat().st_size
    except FileNotFoundError:
        raise UserError(f"“{path}” needs its labels, one a line, in “{beside}” or “{apart}”.") from None
    except (OSError, ValueError) as error:
        raise UserError(f"“{labels}” cannot be read as labels, one a line: {error}.") from error
    if not words or not size or size % (4 * len(words)):
        raise UserError(
            f"“{path}” has {size} bytes: not float32 numbers in {len(words)} equal rows, one for each line of “{labels}”."
        )
    try:
        return {"X": np.fromfile(path, "<f4").reshape(len(words), -1), "y": np.array(words)}
    except OSError as error:
        raise UserError(f"“{path}” cannot be read: {error}.") from error
