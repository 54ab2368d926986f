"""Photos opened where they can do no harm: plain ones here, all others in a process that can be stopped.

A decoder that hangs, eats memory or crashes costs one photo its pixels. It is no sandbox: see SECURITY.md.
"""

from __future__ import annotations

import io
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoclust.core.said import Said
from photoclust.core.types import Box
from photoclust.media.details import Details
from photoclust.media.errors import os_reason
from photoclust.media.harmless import is_harmless
from photoclust.media.image import UnreadablePhoto, Upright, open_details, open_face, open_for_display, open_upright

SECONDS = 60.0
"""A photo that takes longer to decode is given up."""

MEMORY = 4 << 30
"""Bytes of addresses that decoding one photo may take, where the system can limit that (not on Windows and macOS)."""

_TOO_LARGE = "Decoding the photo takes more memory than is allowed."


class Opener:
    """Opens photos as `open_upright` and its kin do; safe in threads, with a process for each thread that needs one at a time."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds, self._memory = seconds, memory
        self._idle: list[_Decoder] = []
        self._busy: set[_Decoder] = set()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Opener:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def upright(self, path: Path, *, enough: int | None = None) -> Upright:
        """As `open_upright`."""
        if is_harmless(path):
            return open_upright(path, enough=enough)
        told, pixels = self._elsewhere("upright", path, enough)
        return Upright(pixels, told["orientation"], told["taken_at"], (told["width"], told["height"]), told["told"])

    def display(self, path: Path, max_side: int) -> Image.Image:
        """As `open_for_display`."""
        if is_harmless(path):
            return open_for_display(path, max_side)
        return Image.fromarray(self._elsewhere("display", path, max_side)[1])

    def face(self, path: Path, box: Box, side: int) -> Image.Image:
        """As `open_face`."""
        if is_harmless(path):
            return open_face(path, box, side)
        return Image.fromarray(self._elsewhere("face", path, [box.x, box.y, box.w, box.h, side])[1])

    def details(self, path: Path) -> Details:
        """As `open_details`."""
        if is_harmless(path):
            return open_details(path)
        return Details(**self._elsewhere("details", path, None)[0]["details"])

    def close(self) -> None:
        """End the processes, also those at work: what is still being opened is unreadable then."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            for decoder in self._busy:
                decoder.stop()
        for decoder in idle:
            decoder.end()

    def _elsewhere(self, what: str, path: Path, how: Any) -> tuple[dict[str, Any], NDArray[np.uint8]]:
        decoder = self._take()
        answer: tuple[dict[str, Any], NDArray[np.uint8]] | UnreadablePhoto | None = None
        try:
            answer = decoder.ask([what, str(path), how], self._seconds)
        except TimeoutError:
            raise UnreadablePhoto(
                Said("Decoding the photo took more than {seconds} seconds and was stopped.", seconds=round(self._seconds))
            ) from None
        except (EOFError, OSError):
            stopped = decoder.was_stopped()
            raise UnreadablePhoto("The file is damaged: its decoder broke down over it.", passing=stopped) from None
        finally:
            self._give_back(decoder, good=answer is not None and not _is_too_large(answer))
        if isinstance(answer, UnreadablePhoto):
            raise answer
        assert answer is not None
        return answer

    def _take(self) -> _Decoder:
        with self._lock:
            while self._idle:
                decoder = self._idle.pop()
                if decoder.is_alive():
                    self._busy.add(decoder)
                    return decoder
                decoder.end()
            try:
                decoder = _Decoder(self._memory, self._seconds)
            except OSError as error:  # no more processes, or no memory for one
                raise UnreadablePhoto(os_reason(error), passing=True) from error
            self._busy.add(decoder)
            return decoder

    def _give_back(self, decoder: _Decoder, *, good: bool) -> None:
        """Keep it for the next photo; not where what happened may have left it in pieces."""
        with self._lock:
            self._busy.discard(decoder)
            if good and not self._closed:
                self._idle.append(decoder)
                return
        decoder.end()


def _is_too_large(answer: object) -> bool:
    return isinstance(answer, UnreadablePhoto) and str(answer) == _TOO_LARGE


class _Decoder:
    """A process that decodes one photo after the other; messages are JSON and pixels, as it is not to be trusted."""

    def __init__(self, memory: int, seconds: float) -> None:
        # not `multiprocessing`, which would run the main program's file again; and -P, as there may be anything in this folder
        command = [sys.executable, "-P", "-c", "from photoclust.media.guard import serve; serve()", str(memory), str(seconds)]
        paths = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, sys.path)])
        environment = os.environ | {"PYTHONPATH": paths, "MALLOC_ARENA_MAX": "2"}
        no_console = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._process = subprocess.Popen(
            command, env=environment, creationflags=no_console, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._started = False

    def __del__(self) -> None:
        """Leave no process behind an `Opener` that nobody closed."""
        self.end()

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: list[Any], seconds: float) -> tuple[dict[str, Any], NDArray[np.uint8]] | UnreadablePhoto:
        """What it was told of the photo, with its pixels (h, w, 3); or why there are none. TimeoutError, EOFError, OSError."""
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None
        assert isinstance(answers, io.BufferedReader)
        if not self._started:
            try:
                with self._stopped_after(SECONDS):  # a busy computer may be slow to start it
                    self._started = bool(_line(answers))
            except (EOFError, OSError):
                raise UnreadablePhoto("The program that decodes such photos could not be started.", passing=True) from None
        with self._stopped_after(seconds):
            requests.write(json.dumps(request).encode() + b"\n")
            requests.flush()
            told = json.loads(_line(answers))
            if "sentence" in told:
                return UnreadablePhoto(told["sentence"], passing=told["passing"])
            pixels = np.empty((told["rows"], told["columns"], 3), np.uint8)
            rest = pixels.reshape(-1)
            while rest.size:
                got = answers.readinto(rest.data)
                if not got:
                    raise EOFError
                rest = rest[got:]
        return told, pixels

    def stop(self) -> None:
        """Kill it, whatever it does; whoever waits for it hears of it."""
        self._process.kill()

    def was_stopped(self) -> bool:
        """Whether not a photo ended it but somebody else: this program, the user, a system that needed its memory."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(5.0) in (-9, -15)  # SIGKILL, SIGTERM
        return False

    def end(self) -> None:
        """Have it gone."""
        self.stop()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(OSError):  # what was not written
                pipe.close()

    @contextmanager
    def _stopped_after(self, seconds: float) -> Iterator[None]:
        """Kill it when it takes longer: TimeoutError then."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.stop()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (EOFError, OSError):
            if late.is_set():
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()


def _line(answers: io.BufferedReader) -> bytes:
    line = answers.readline(1 << 16)
    if not line.endswith(b"\n"):
        raise EOFError
    return line


def serve() -> None:
    """Decode until nobody asks any more: the whole life of the process."""
    memory, seconds = int(sys.argv[1]), float(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that asked decides what Ctrl+C means
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    _hush()
    _limit(memory)
    answers.write(b"ready\n")
    answers.flush()
    while request := requests.readline():
        if sys.platform != "win32":
            signal.alarm(int(seconds) + 3)  # if the program that asked was killed, nobody else stops us
        pixels: NDArray[np.uint8] | None = None
        try:
            what, path, how = json.loads(request)
            told, pixels = _decoded(what, Path(path), how)
        except UnreadablePhoto as problem:
            told = {"sentence": str(problem), "passing": problem.passing}
        except MemoryError:
            told = {"sentence": _TOO_LARGE, "passing": False}
        answers.write(json.dumps(told).encode() + b"\n")
        if pixels is not None:
            answers.write(np.ascontiguousarray(pixels).reshape(-1).data)
        answers.flush()
        if sys.platform != "win32":
            signal.alarm(0)


def _decoded(what: str, path: Path, how: Any) -> tuple[Any, NDArray[np.uint8]]:
    told: dict[str, Any] = {}
    if what == "upright":
        photo = open_upright(path, enough=how)
        pixels = photo.pixels
        width, height = photo.size
        told = {
            "orientation": photo.orientation,
            "taken_at": photo.taken_at,
            "width": width,
            "height": height,
            "told": photo.told,
        }
    elif what == "display":
        pixels = np.asarray(open_for_display(path, how))
    elif what == "details":
        told, pixels = {"details": asdict(open_details(path))}, np.empty((0, 0, 3), np.uint8)
    else:
        pixels = np.asarray(open_face(path, Box(*how[:4]), how[4]))
    return told | {"rows": pixels.shape[0], "columns": pixels.shape[1]}, pixels


def _hush() -> None:
    """Keep what decoders print about damaged files off the terminal, and out of the answers; errors of ours are still printed."""
    logging.disable()
    if sys.stderr is not None:
        sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _limit(memory: int) -> None:
    """Let this process have so much memory beyond what it has."""
    if sys.platform != "linux":
        return
    import resource

    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = taken + memory if hard == resource.RLIM_INFINITY else min(hard, taken + memory)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
