"""What an import frees serves the next photo, and the system gets it back in the end."""

from __future__ import annotations

import json
import platform
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc is told")

_A_PROCESS = """
import json, resource
from pathlib import Path
from photoclust.workflows.memory import memory_kept

SIZE, PAGE = 40 << 20, 4096

def pages_asked_for():
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    bytearray(b"x") * SIZE
    return (resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before) * PAGE / SIZE

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / SIZE

told = {"usual": pages_asked_for() + pages_asked_for()}
with memory_kept():
    pages_asked_for()
    told["kept"] = pages_asked_for() + pages_asked_for()
    before = held()
told["given back"] = before - held()
print(json.dumps(told))
"""


def test_memory_is_kept_from_photo_to_photo_and_given_back_at_the_end() -> None:
    done = subprocess.run([sys.executable, "-c", _A_PROCESS], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)  # in photos
    assert told["usual"] > 1.8
    assert told["kept"] < 0.1
    assert told["given back"] > 0.8
