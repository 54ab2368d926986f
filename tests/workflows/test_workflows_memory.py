"""What an import frees serves the next photo, and the system gets it back in the end."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from photoclust.workflows.memory import memory_kept

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc is told")
_BYTES, _PAGE = 40 << 20, 4096


def faults() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt


def held() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


def use_a_photo() -> int:
    before = faults()
    bytearray(b"x") * _BYTES  # numpy asks for huge pages
    return faults() - before


def test_pages_are_not_asked_for_again_with_every_photo() -> None:
    assert use_a_photo() + use_a_photo() > 1.8 * _BYTES / _PAGE
    with memory_kept():
        use_a_photo()
        assert use_a_photo() + use_a_photo() < 0.1 * _BYTES / _PAGE


def test_afterwards_the_system_gets_it_back() -> None:
    with memory_kept():
        use_a_photo()
        before = held()
    assert before - held() > 0.8 * _BYTES
    assert use_a_photo() + use_a_photo() > 1.8 * _BYTES / _PAGE
