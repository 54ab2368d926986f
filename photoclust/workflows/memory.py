"""Memory that is given back to the system and asked for again with every photo costs a third of an import's time."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # glibc's malloc.h
_USUAL = 1 << 25  # where glibc itself ends up, once large blocks have come and gone


@contextmanager
def memory_kept() -> Iterator[None]:
    """Keep what is freed for the next photo; afterwards all of it goes back. Does nothing where the C library is not glibc."""
    libc = ctypes.CDLL(None) if hasattr(ctypes, "RTLD_GLOBAL") else None
    if libc is None or not (hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim")):
        yield
        return
    libc.mallopt(_ARENA_MAX, 1)  # threads that come share one heap: what one frees serves another
    libc.mallopt(_MMAP_THRESHOLD, 1 << 30)
    libc.mallopt(_TRIM_THRESHOLD, 1 << 30)
    try:
        yield
    finally:
        libc.mallopt(_MMAP_THRESHOLD, _USUAL)
        libc.mallopt(_TRIM_THRESHOLD, 2 * _USUAL)
        libc.malloc_trim(0)
