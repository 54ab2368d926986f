"""Photos opened where they can do no harm: plain ones here, all others in a process that can be stopped.

A decoder that hangs, eats memory or crashes costs one photo its pixels. It is no sandbox: see SECURITY.md.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoclust.core.types import Box
from photoclust.media.errors import os_reason
from photoclust.media.harmless import is_harmless
from photoclust.media.image import UnreadablePhoto, Upright, open_face, open_for_display, open_upright

SECONDS = 60.0
"""A photo that takes longer to decode is given up."""

MEMORY = 4 << 30
"""Bytes that decoding one photo may take, where the system can limit that (not on Windows and macOS)."""

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
        return Upright(pixels, told["orientation"], told["taken_at"], (told["width"], told["height"]))

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
            raise UnreadablePhoto(f"Decoding the photo took more than {self._seconds:.0f} seconds and was stopped.") from None
        except (EOFError, OSError):
            raise UnreadablePhoto("The file is damaged: its decoder broke down over it.") from None
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
        spawn = multiprocessing.get_context("spawn")  # a fork of a program with threads may hang
        self._ours, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(theirs, memory, seconds), name="decode", daemon=True)
        self._process.start()
        theirs.close()
        self._started = False

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def ask(self, request: list[Any], seconds: float) -> tuple[dict[str, Any], NDArray[np.uint8]] | UnreadablePhoto:
        """What it was told of the photo, with its pixels (h, w, 3); or why there are none. TimeoutError, EOFError, OSError."""
        if not self._started:
            _wait(self._ours, time.monotonic() + SECONDS)  # a busy computer may be slow to start it
            self._ours.recv_bytes()
            self._started = True
        self._ours.send_bytes(json.dumps(request).encode())
        until = time.monotonic() + seconds
        _wait(self._ours, until)
        told = json.loads(self._ours.recv_bytes(1 << 16))
        if "sentence" in told:
            return UnreadablePhoto(told["sentence"], passing=told["passing"])
        pixels = np.empty((told["rows"], told["columns"], 3), np.uint8)
        _receive(self._ours, pixels, until)
        return told, pixels

    def stop(self) -> None:
        """Kill it, whatever it does; whoever waits for it hears of it."""
        self._process.kill()

    def end(self) -> None:
        """Have it gone."""
        self.stop()
        self._process.join()
        self._process.close()
        self._ours.close()


def _wait(answers: Connection, until: float) -> None:
    if not answers.poll(max(0.0, until - time.monotonic())):
        raise TimeoutError


def _receive(answers: Connection, pixels: NDArray[np.uint8], until: float) -> None:
    """Fill `pixels`; four times faster than the connection's own way, where the system lets us."""
    if sys.platform == "win32":
        _wait(answers, until)
        answers.recv_bytes_into(pixels.data)
        return
    rest = pixels.reshape(-1)
    while rest.size:
        _wait(answers, until)
        got = os.readv(answers.fileno(), [rest.data])
        if not got:
            raise EOFError
        rest = rest[got:]


def _send(requests: Connection, pixels: NDArray[np.uint8]) -> None:
    rest = np.ascontiguousarray(pixels).reshape(-1)
    if sys.platform == "win32":
        requests.send_bytes(rest.data)
        return
    while rest.size:
        rest = rest[os.write(requests.fileno(), rest.data) :]


def _serve(requests: Connection, memory: int, seconds: float) -> None:
    """Decode until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that asked decides what Ctrl+C means
    _hush()
    _limit(memory)
    requests.send_bytes(b"ready")
    while True:
        try:
            what, path, how = json.loads(requests.recv_bytes())
        except (EOFError, OSError):
            return
        if sys.platform != "win32":
            signal.alarm(int(seconds) + 10)  # if the program that asked was killed, nobody else stops us
        pixels: NDArray[np.uint8] | None = None
        try:
            told, pixels = _decoded(what, Path(path), how)
        except UnreadablePhoto as problem:
            told = {"sentence": str(problem), "passing": problem.passing}
        except MemoryError:
            told = {"sentence": _TOO_LARGE, "passing": False}
        requests.send_bytes(json.dumps(told).encode())
        if pixels is not None:
            _send(requests, pixels)
        if sys.platform != "win32":
            signal.alarm(0)


def _decoded(what: str, path: Path, how: Any) -> tuple[Any, NDArray[np.uint8]]:
    told: dict[str, Any] = {}
    if what == "upright":
        photo = open_upright(path, enough=how)
        pixels = photo.pixels
        told = {"orientation": photo.orientation, "taken_at": photo.taken_at, "width": photo.size[0], "height": photo.size[1]}
    elif what == "display":
        pixels = np.asarray(open_for_display(path, how))
    else:
        pixels = np.asarray(open_face(path, Box(*how[:4]), how[4]))
    return told | {"rows": pixels.shape[0], "columns": pixels.shape[1]}, pixels


def _hush() -> None:
    """Keep what decoders print about damaged files off the terminal; errors of ours are still printed."""
    logging.disable()
    if sys.stderr is None:  # a program without a terminal
        return
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
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
