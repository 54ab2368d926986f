"""Usage, exit codes and streams of the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from photoclust import cli
from photoclust.core.errors import Cancelled


def test_wrong_usage_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["scan"])
    assert stopped.value.code == cli.USAGE
    assert "usage" in capsys.readouterr().err


def test_a_folder_that_is_none_fails_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([str(tmp_path / "nowhere")]) == cli.FAILED
    said = capsys.readouterr()
    assert "not a folder" in said.err
    assert said.out == ""


def test_a_word_that_is_no_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["frobnicate"]) == cli.USAGE
    assert "neither a folder nor a command" in capsys.readouterr().err


def test_a_missing_library_is_not_created_by_a_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "missing.photoclust"
    assert cli.main(["persons", "--library", str(path)]) == cli.FAILED
    assert str(path) in capsys.readouterr().err
    assert not path.exists()


def test_cancelling_exits_with_130(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def cancel(*_args, **_options):
        raise Cancelled

    monkeypatch.setattr("photoclust.workflows.group_faces.group_faces", cancel)
    from photoclust.library.library import Library

    Library.open(tmp_path / "a.photoclust").close()
    assert cli.main(["group", "--library", str(tmp_path / "a.photoclust")]) == cli.CANCELLED


def test_a_bug_is_logged_with_its_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path))

    def fail(*_args, **_options):
        raise RuntimeError("a wire is loose")

    monkeypatch.setattr("photoclust.doctor.diagnose", fail)
    root = __import__("logging").getLogger()
    handlers, root.handlers = root.handlers, []
    try:
        assert cli.main(["doctor"]) == cli.FAILED
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers = handlers
    assert "bug" in capsys.readouterr().err
    assert "a wire is loose" in (tmp_path / "log" / "photoclust.log").read_text()


def test_doctor_tells_device_weights_and_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "--json"]) == cli.OK
    found = json.loads(capsys.readouterr().out)
    assert found["ok"]
    assert all(w["ok"] and len(w["sha256"]) == 64 for w in found["weights"])
    assert {"device", "library", "cache", "log", "packages"} <= set(found)


def test_the_window_and_the_command_line_start_without_torch() -> None:
    code = (
        "import sys\n"
        "import photoclust.cli, photoclust.ui.app, photoclust.workflows.import_photos, photoclust.workflows.group_faces\n"
        "import photoclust.workflows.export_album, photoclust.library.library, photoclust.media.image\n"
        "heavy = {'torch', 'faiss', 'onnx', 'sklearn', 'scipy', 'torchvision'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr


def test_nothing_asks_the_network(tmp_path: Path) -> None:
    """A scan and a grouping run where every socket connection is refused."""
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError('the network was asked')\n"
        "socket.socket.connect = refuse; socket.create_connection = refuse; socket.getaddrinfo = refuse\n"
        "from PIL import Image; Image.new('RGB', (64, 64), 'red').save(sys.argv[1] + '/a.jpg')\n"
        "from photoclust.cli import main\n"
        "library = sys.argv[1] + '/l.photoclust'\n"
        "sys.exit(main(['scan', sys.argv[1], '--library', library]) or main(['group', '--library', library]))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
