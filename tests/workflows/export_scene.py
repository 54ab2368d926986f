"""A library of photos to be exported, and what lies in the folder afterwards."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from photoclust.core.edits import NewPerson
from photoclust.core.errors import Cancelled
from photoclust.core.progress import Silent
from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto
from photoclust.workflows.export_album import ExportPlan

LANDMARKS = tuple((float(i), float(i)) for i in range(5))


@dataclass
class Scene:
    """A library of photos that hold faces; each face is named by a letter, and each letter becomes a person."""

    library: Library
    root: Path
    root_id: int
    faces: dict[str, list[int]] = field(default_factory=dict)

    def photo(self, relpath: str, letters: str, content: bytes | None = None, error: str | None = None) -> Path:
        path = self.root / relpath
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"photo {relpath}".encode("utf-8", "replace") * 100 if content is None else content)
        os.utime(path, ns=(10**18, 10**18 + len(self.faces) * 10**9))
        found = path.stat()
        vector = np.zeros(128, np.float32)
        vector[0] = 1
        faces = tuple(ScannedFace(Box(n * 50, 0, 40, 40), LANDMARKS, 0.9, 0.5, vector) for n in range(len(letters)))
        scanned = ScannedPhoto(relpath, found.st_size, found.st_mtime_ns, None, None, 999, 99, 1, "m", error, faces, "e")
        before = {f.id for f in self.library.faces()}
        self.library.save_scanned(self.root_id, [scanned])
        new = sorted((f for f in self.library.faces() if f.id not in before), key=lambda f: f.box.x)
        for letter, face in zip(letters, new, strict=True):
            self.faces.setdefault(letter, []).append(face.id)
        return path

    def person(self, letter: str, name: str = "") -> int:
        applied = self.library.apply(NewPerson(tuple(self.faces[letter]), name))
        return applied.new_persons[0]


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def files(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in tree(folder).items() if name != "manifest.json"}


def targets(plan: ExportPlan) -> list[str]:
    return [item.target.as_posix() for item in plan.items]


def listed(out: Path, name: str = "manifest.json") -> list[dict[str, object]]:
    return json.loads((out / name).read_text(encoding="utf-8"))["files"]


class StopAfter(Silent):
    """Cancels, or does worse, at the n-th checkpoint."""

    def __init__(self, checkpoints: int, act: Callable[[], None] | None = None) -> None:
        self.left = checkpoints
        self.act = act

    def checkpoint(self) -> None:
        self.left -= 1
        if self.left < 0:
            if self.act is not None:
                self.act()
            raise Cancelled


def many(scene: Scene, count: int = 6) -> None:
    for n in range(count):
        scene.photo(f"folder{n % 2}/{n // 2}.jpg", "AB"[: 1 + n % 2], bytes([n]) * 3000)
    scene.person("A", "Anna")
    scene.person("B", "Bert")
