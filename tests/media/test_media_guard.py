"""Files that make a decoder hang, eat memory or die cost one photo, and plain ones never leave the process."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoclust.core.types import Box
from photoclust.media.guard import Opener
from photoclust.media.harmless import is_harmless
from photoclust.media.image import UnreadablePhoto, open_face, open_for_display, open_upright


@pytest.fixture
def opener():
    with Opener() as opened:
        yield opened
    assert decoders(opened) == []


def decoders(opener: Opener) -> list[subprocess.Popen[bytes]]:
    return [decoder._process for decoder in (*opener._idle, *opener._busy)]


def noise(width: int, height: int, seed: int = 0) -> Image.Image:
    return Image.fromarray(np.random.default_rng(seed).integers(0, 255, (height, width, 3), np.uint8))


def png(width: int, height: int, rows: bytes = b"", *chunks: tuple[bytes, bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def pointing_everywhere(entries: int, size: int) -> bytes:
    """An EXIF whose entries all claim the same bytes: small to read, huge once read."""
    directory = b"".join(struct.pack("<HHII", 0x9000 + k, 7, size, 8) for k in range(entries))
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, entries) + directory.ljust(size, b"\0")


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".bmp"])
def test_plain_photos_are_opened_here(tmp_path: Path, opener: Opener, suffix: str) -> None:
    path = tmp_path / f"photo{suffix}"
    noise(64, 48).save(path)
    assert opener.upright(path).size == (64, 48)
    assert opener.display(path, 32).size == (32, 24)
    assert opener.face(path, Box(10, 10, 20, 20), 16).size == (16, 16)
    assert decoders(opener) == []


def test_a_scan_of_which_no_camera_tells_how_it_lies_says_so_from_elsewhere_too(tmp_path: Path, opener: Opener) -> None:
    noise(64, 48).save(tmp_path / "scan.tif")
    assert not opener.upright(tmp_path / "scan.tif").told
    exif = Image.Exif()
    exif[0x0112] = 1
    noise(64, 48).save(tmp_path / "camera.tif", exif=exif.tobytes())
    assert opener.upright(tmp_path / "camera.tif").told
    assert len(decoders(opener)) == 1


@pytest.mark.parametrize("suffix", [".tif", ".webp", ".gif", ".heic", ".avif"])
def test_others_are_opened_elsewhere_with_the_same_result(tmp_path: Path, opener: Opener, suffix: str) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    path, exif, box = tmp_path / f"photo{suffix}", Image.Exif(), Box(10, 10, 20, 20)
    exif[0x0112], exif[0x0132] = 6, "2020:02:02 02:02:02"
    noise(64, 48).save(path, exif=exif.tobytes())
    here, there = open_upright(path), opener.upright(path)
    assert len(decoders(opener)) == 1
    assert (there.orientation, there.taken_at, there.size) == (here.orientation, here.taken_at, here.size)
    assert np.array_equal(there.pixels, here.pixels)
    there.pixels[0, 0] = 0  # the networks' tensors want pixels that can be written to
    assert np.array_equal(opener.display(path, 32), open_for_display(path, 32))
    assert np.array_equal(opener.face(path, box, 16), open_face(path, box, 16))
    assert len(decoders(opener)) == 1, "it is kept"


def test_a_photo_that_takes_too_long_is_given_up_and_the_next_one_opens(endless, tmp_path: Path) -> None:
    bomb = endless(tmp_path / "bomb.jpg")
    noise(64, 48).save(tmp_path / "good.tif")
    with Opener(seconds=2) as opener:
        assert opener.upright(tmp_path / "good.tif").size == (64, 48)
        started = time.monotonic()
        with pytest.raises(UnreadablePhoto, match="took more than 2 seconds and was stopped"):
            opener.upright(bomb)
        assert time.monotonic() - started < 30
        assert decoders(opener) == [], "what hangs is gone"
        assert opener.upright(tmp_path / "good.tif").size == (64, 48)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no limit of memory on this system")
def test_a_photo_that_takes_too_much_memory_is_given_up_and_the_next_one_opens(tmp_path: Path) -> None:
    Image.new("1", (8000, 8000)).save(tmp_path / "large.tif", compression="group4")
    assert (tmp_path / "large.tif").stat().st_size < 50_000
    noise(64, 48).save(tmp_path / "good.tif")
    with Opener(memory=100 << 20) as opener:
        with pytest.raises(UnreadablePhoto, match="memory"):
            opener.upright(tmp_path / "large.tif")
        assert opener.upright(tmp_path / "good.tif").size == (64, 48)


def test_a_decoder_that_dies_over_a_photo_costs_only_that_photo(endless, tmp_path: Path) -> None:
    bomb = endless(tmp_path / "bomb.jpg")
    noise(64, 48).save(tmp_path / "good.tif")
    with Opener() as opener, ThreadPoolExecutor(1) as pool:
        opener.upright(tmp_path / "good.tif")
        (decoder,) = decoders(opener)
        opening = pool.submit(opener.upright, bomb)
        while not opener._busy:
            pass
        decoder.kill()
        with pytest.raises(UnreadablePhoto, match="its decoder broke down over it") as told:
            opening.result(30)
        assert told.value.passing, "somebody else killed it: the photo is tried again"
        assert opener.upright(tmp_path / "good.tif").size == (64, 48)


def test_a_decoder_that_dies_by_itself_blames_the_photo(tmp_path: Path, opener: Opener) -> None:
    noise(64, 48).save(tmp_path / "good.tif")
    opener.upright(tmp_path / "good.tif")
    (decoder,) = opener._idle
    decoder.ask = lambda *_: (_ for _ in ()).throw(EOFError)
    decoders(opener)[0].send_signal(signal.SIGSEGV)
    decoder.is_alive = lambda: True
    with pytest.raises(UnreadablePhoto, match="its decoder broke down over it") as told:
        opener.upright(tmp_path / "good.tif")
    assert not told.value.passing


def test_a_decoder_that_cannot_start_blames_no_photo(tmp_path: Path, opener: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    noise(64, 48).save(tmp_path / "good.tif")
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", "/bin/false")
        with pytest.raises(UnreadablePhoto, match="could not be started") as told:
            opener.upright(tmp_path / "good.tif")
    assert told.value.passing
    assert opener.upright(tmp_path / "good.tif").size == (64, 48)


def test_a_decoder_that_died_while_nobody_needed_it_costs_nothing(tmp_path: Path, opener: Opener) -> None:
    noise(64, 48).save(tmp_path / "good.tif")
    opener.upright(tmp_path / "good.tif")
    (decoder,) = decoders(opener)
    decoder.kill()
    decoder.wait()
    assert opener.upright(tmp_path / "good.tif").size == (64, 48)


def test_closing_does_not_wait_for_a_photo_that_hangs(endless, tmp_path: Path) -> None:
    bomb = endless(tmp_path / "bomb.jpg")
    opener = Opener()
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(opener.upright, bomb)
        while not opener._busy:
            pass
        opener.close()
        with pytest.raises(UnreadablePhoto):
            opening.result(30)
    assert decoders(opener) == []


def test_threads_open_at_once_and_each_gets_its_own_photo(tmp_path: Path, opener: Opener) -> None:
    paths = [tmp_path / f"{i}.tif" for i in range(12)]
    for i, path in enumerate(paths):
        noise(40 + i, 30, i).save(path)
    barrier = threading.Barrier(3)
    with ThreadPoolExecutor(3, initializer=barrier.wait) as pool:
        photos = list(pool.map(opener.upright, paths))
    for path, photo in zip(paths, photos, strict=True):
        assert np.array_equal(photo.pixels, open_upright(path).pixels)
    assert len(decoders(opener)) <= 3


def test_a_program_without_a_main_guard_is_not_run_again_and_one_that_forgets_to_close_ends(tmp_path: Path) -> None:
    noise(20, 10).save(tmp_path / "a.tif")
    (tmp_path / "json.py").write_text("raise SystemExit('code beside photos was run')")
    script = tmp_path / "elsewhere" / "script.py"
    script.parent.mkdir()
    script.write_text(
        "print('once')\nfrom pathlib import Path\nfrom photoclust.media.guard import Opener\nopener = Opener()\n"
        "print(opener.upright(Path('a.tif')).size, flush=True)\n"
    )
    paths = os.pathsep.join(filter(None, sys.path))
    command, environment = [sys.executable, str(script)], os.environ | {"PYTHONPATH": paths}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "once\n(20, 10)\n", "")


def test_reasons_are_told_as_they_are_here(tmp_path: Path, opener: Opener) -> None:
    (tmp_path / "bad.tif").write_bytes(b"II*\0" + bytes(40))
    (tmp_path / "no.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(12))
    for name in ("bad.tif", "no.heic", "none.tif"):
        with pytest.raises(UnreadablePhoto) as here:
            open_upright(tmp_path / name)
        with pytest.raises(UnreadablePhoto) as there:
            opener.upright(tmp_path / name)
        assert str(there.value) == str(here.value)


def test_names_that_are_no_text_pass_to_the_decoder(tmp_path: Path, opener: Opener) -> None:
    for name in ("фото 写真 📷.tif", "bad\udcff.tif", "a'b\"c\n.tif"):
        path = tmp_path / name
        with path.open("wb") as file:
            noise(20, 10).save(file, "TIFF")
        assert opener.upright(path).size == (20, 10)


def test_what_headers_say_decides_where_a_file_is_opened(endless, tmp_path: Path) -> None:
    def harmless(data: bytes) -> bool:
        (tmp_path / "file").write_bytes(data)
        return is_harmless(tmp_path / "file")

    def saved(picture: Image.Image, format: str = "JPEG", **options: object) -> bytes:
        picture.save(tmp_path / "saved", format, **options)
        return (tmp_path / "saved").read_bytes()

    plain = saved(noise(64, 48))
    exif = Image.Exif()
    exif[0x010F], exif.get_ifd(0x8769)[0x9003] = "Maker", "2020:01:01 00:00:00"
    assert harmless(plain)
    assert harmless(saved(noise(64, 48), exif=exif, progressive=True))
    assert harmless(saved(noise(64, 48).convert("CMYK")))
    assert harmless(plain + b"\0" * 3_000_000), "a motion photo has a film behind it"
    assert harmless(saved(noise(64, 48), "PNG", exif=exif))
    assert harmless(b"")
    assert not harmless(endless(tmp_path / "endless.jpg").read_bytes())
    assert not harmless(plain.replace(struct.pack(">HH", 48, 64), struct.pack(">HH", 9000, 9000), 1)), "81 megapixels"
    assert not harmless(saved(noise(64, 48), exif=pointing_everywhere(900, 50_000)))
    assert not harmless(saved(noise(64, 48), exif=b"Exif\0\0" + pointing_everywhere(900, 50_000)))
    assert not harmless(saved(noise(64, 48), exif=pointing_everywhere(900, 50_000).replace(b"II*\0", b"II+\0")))
    assert not harmless(png(64, 48, b"", (b"eXIf", pointing_everywhere(900, 50_000))))
    assert not harmless(png(9000, 9000))
    assert not harmless(png(64, 48, b"", *[(b"zTXt", bytes(1000))] * 1100))
    assert not harmless(plain[:100])
    assert not harmless(saved(noise(64, 48), "TIFF"))
    assert not harmless(saved(noise(64, 48), "BMP")[:-5000]), "fewer pixels than it claims"


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("at_work", [False, True])
def test_a_killed_program_leaves_no_decoder_behind(endless, tmp_path: Path, at_work: bool) -> None:
    noise(20, 10).save(tmp_path / "a.tif")
    endless(tmp_path / "bomb.jpg")
    script = (
        "import os, signal, sys, threading\nfrom pathlib import Path\nfrom photoclust.media.guard import Opener\n"
        "opener = Opener(seconds=4.0)\nopener.upright(Path('a.tif'))\nopener._seconds = 60\n"  # the decoder's own alarm stays
        f"if {at_work}: threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGKILL)).start(); opener.upright(Path('bomb.jpg'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", script]
    # the decoder has the pipe of errors too, so this returns when it has ended as well
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
