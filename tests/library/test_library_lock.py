"""One program at a time changes a library; a killed one locks nobody out, and the threads of one program all write."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from library_scenes import decided, fill, group

from photoclust.core.edits import RenamePerson
from photoclust.core.errors import UserError
from photoclust.library.library import Library
from photoclust.library.places import lock_of

_HOLDS = """
import sys
from pathlib import Path
from photoclust.library.library import Library

library = Library.open(Path(sys.argv[1]), reading=sys.argv[2] == "reading")
print("open", library.read_only, flush=True)
sys.stdin.readline()
library.close()
"""


@contextmanager
def other_program(path: Path, how: str = "writing") -> Iterator[subprocess.Popen[str]]:
    """Another program that has the library open until it is told to end."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _HOLDS, str(path), how]
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline().startswith("open")
        yield program


@pytest.fixture
def grouped(path: Path, tmp_path: Path) -> Path:
    """A library of which two persons are known, and that nobody has open."""
    with Library.open(path) as library:
        faces = fill(library, tmp_path, photos=4, faces=3)
        group(library, faces[:2], faces[2:4])
    return path


def test_a_second_program_reads_and_is_told_that_it_cannot_change_anything(grouped: Path) -> None:
    with other_program(grouped) as other, Library.open(grouped) as library:
        assert library.read_only
        assert library.counts().persons == 2
        before = decided(library)
        with pytest.raises(UserError, match="open in another photoclust, and only one can change it"):
            library.apply(RenamePerson(1, "Anna"))
        with pytest.raises(UserError, match="open in another photoclust"):
            library.claim()
        assert decided(library) == before
        other.communicate("end\n")


def test_when_the_first_program_ends_the_second_may_write(grouped: Path) -> None:
    with other_program(grouped) as other, Library.open(grouped) as library:
        other.communicate("end\n")
        library.apply(RenamePerson(1, "Anna"))
        assert not library.read_only
        assert {p.id: p.name for p in library.persons()} == {1: "Anna", 2: ""}


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_killed_program_locks_nobody_out(grouped: Path) -> None:
    with other_program(grouped) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert lock_of(grouped).exists()
        with Library.open(grouped) as library:
            assert not library.read_only
            library.apply(RenamePerson(1, "Anna"))
    assert not lock_of(grouped).exists(), "nothing is left beside a library that was closed"


def test_a_reader_keeps_nobody_from_writing_and_never_writes(grouped: Path) -> None:
    with other_program(grouped, "reading"), Library.open(grouped) as library:
        assert not library.read_only
        library.apply(RenamePerson(1, "Anna"))
        with Library.open(grouped, reading=True) as reader:
            assert reader.read_only
            assert reader.find_persons("Anna")
            with pytest.raises(UserError, match="cannot be written"):
                reader.apply(RenamePerson(1, "Bea"))


def test_every_thread_of_one_program_may_write_also_when_the_first_has_closed(grouped: Path) -> None:
    first = Library.open(grouped)
    problems: list[BaseException] = []
    opened, closed = threading.Barrier(5), threading.Barrier(5)

    def work(number: int) -> None:
        try:
            with Library.open(grouped) as library:
                opened.wait()
                closed.wait()
                library.apply(RenamePerson(1, f"Name {number}"))
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    opened.wait()
    first.close()
    closed.wait()
    for thread in threads:
        thread.join()
    assert problems == []


def test_another_program_may_not_come_between_the_threads_of_one(grouped: Path) -> None:
    first = Library.open(grouped)
    with Library.open(grouped) as second:
        first.close()
        second.apply(RenamePerson(1, "Anna"))
        with other_program(grouped) as other:
            second.apply(RenamePerson(1, "Bea"))
            other.communicate("end\n")
        assert second.find_persons("Bea")


def test_where_no_lock_can_be_made_a_library_is_writable_all_the_same(grouped: Path) -> None:
    lock_of(grouped).mkdir()
    with Library.open(grouped) as library:
        assert not library.read_only
        library.apply(RenamePerson(1, "Anna"))
