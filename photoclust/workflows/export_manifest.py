"""The list in an exported folder that says which file came from where."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from photoclust.media.names import numbered_name

MANIFEST = "manifest.json"
_KIND = "photoclust export"


@dataclass(frozen=True, slots=True)
class Entry:
    """One exported file; `target` is relative to the folder, `sha256` None for links."""

    source: Path
    target: Path
    person: str
    size: int
    sha256: str | None


def write_manifest(out: Path, mode: str, entries: list[Entry]) -> Path:
    """Write or extend the manifest of a folder at once or not at all; another program's file of that name stays as it is.

    What earlier exports wrote about files that still stand there is kept. Raises OSError when it cannot be written.
    """
    path, old = _ours(out)
    files = {str(file["target"]): file for file in old if os.path.lexists(out / str(file["target"]))}
    for entry in entries:
        target = entry.target.as_posix()
        before = files.get(target, {})
        files[target] = {
            "target": target, "source": str(entry.source), "person": entry.person, "mode": before.get("mode", mode),
            "size": entry.size, "sha256": entry.sha256 or before.get("sha256"),
        }  # fmt: skip
    text = json.dumps({"kind": _KIND, "version": 1, "files": [files[t] for t in sorted(files)]}, indent=1, ensure_ascii=False)
    part = path.with_name(f".{path.name}.photoclust-part")
    try:
        with part.open("wb") as file:
            file.write(text.encode("utf-8", "backslashreplace"))  # a name that is no text becomes JSON's own \udcff
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def read_manifest(path: Path) -> list[dict[str, Any]] | None:
    """The files that a manifest of ours lists; None when there is none, or it is somebody else's."""
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(content, dict) or content.get("kind") != _KIND:
        return None
    files = content.get("files")
    return [f for f in files if isinstance(f, dict) and "target" in f] if isinstance(files, list) else None


def _ours(out: Path) -> tuple[Path, list[dict[str, Any]]]:
    """The first manifest that is ours, or the first name for one that is free; with what it lists."""
    number = 1
    while True:
        path = out / (MANIFEST if number == 1 else numbered_name(MANIFEST, number, keep_suffix=True))
        files = read_manifest(path)
        if files is not None or not os.path.lexists(path):
            return path, files or []
        number += 1
