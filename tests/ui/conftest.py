"""A small drawn album, a library of it with two persons, and a session: what the tests of the window share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from photoclust.core.changes import Changes
from photoclust.core.edits import NewPerson, Regroup
from photoclust.core.progress import Progress, Status
from photoclust.core.types import Box, Person
from photoclust.library.differences import difference
from photoclust.library.library import Library, ScannedFace, ScannedPhoto
from photoclust.library.standing import standing
from photoclust.ui.motion import EFFECTS
from photoclust.workflows.group_faces import Grouping
from photoclust.workflows.regroup_preview import Preview, preview_of

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform warns of what it cannot do (raise windows); that is no fault of ours."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(scope="session", autouse=True)
def english(qapp: Any) -> None:
    """The window speaks English, whatever the machine does."""
    from photoclust.ui.language import speak

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PHOTOCLUST_LANGUAGE", "en")
        speak(qapp)


@pytest.fixture(autouse=True)
def moving_as_before(qapp: Any) -> Iterator[None]:
    """What a test says of motion holds for no other: menus that fade in are not there at once."""
    before = {effect: qapp.isEffectEnabled(effect) for effect in EFFECTS}
    yield
    for effect, on in before.items():
        qapp.setEffectEnabled(effect, on)


@dataclass
class Job:
    """An import that commits nothing and waits for `go_on` before each of its steps, and a grouping of nothing."""

    go_on: threading.Event = field(default_factory=threading.Event)
    folders: list[Path] = field(default_factory=list)
    steps: int = 1
    grouped: int = 0
    error: Exception | None = None
    work: Callable[[Library], Changes] = lambda library: Changes()
    """What the grouping does."""
    edit: Regroup = field(default_factory=lambda: Regroup((), ()))
    """What grouping again would do."""
    refused: tuple[str, ...] = ()
    """What is told of decisions that contradict each other."""
    previews: int = 0
    looked_at: list[tuple[int, ...]] = field(default_factory=list)
    """The photos that were looked at again."""
    repaired: Callable[[Library], Changes] = lambda library: Changes()
    """What looking at photos again does."""

    def look_again(self, library: Library, photo_ids: Collection[int], progress: Progress) -> Iterator[Changes]:
        """Note it, and do `repaired`."""
        self.looked_at.append(tuple(photo_ids))
        progress.checkpoint()
        yield self.repaired(library)

    def import_photos(self, library: Library, folder: Path, progress: Progress) -> Iterator[Changes]:
        """Report, wait, yield."""
        self.folders.append(folder)
        for step in range(self.steps):
            progress.report(Status("Looking for faces", step, self.steps, 3 * step, 0, "CPU"))
            self.go_on.wait(20)
            progress.checkpoint()
            yield Changes()
        if self.error:
            raise self.error

    def group_faces(self, library: Library, progress: Progress) -> Job:
        """Do `work`."""
        self.grouped += 1
        self.changes = self.work(library)
        return self

    def preview(self, library: Library, progress: Progress) -> Preview:
        """Report, wait, and tell what `edit` would change."""
        self.previews += 1
        stood = standing(library)
        progress.report(Status("Grouping faces"))
        self.go_on.wait(20)
        progress.checkpoint()
        changed = difference(library, self.edit)
        grouping = Grouping(self.edit, Changes(), changed, "test", 0, "all", 8, 2, 0, 0.1, refused=self.refused)
        return preview_of(library, grouping, stood)


@dataclass(frozen=True)
class Album:
    """Six drawn photos, 480×360, and who is on them: `faces[photo name]` are (person, box)."""

    folder: Path
    faces: dict[str, tuple[tuple[str, Box], ...]]


_SKIN = {"anna": "#e8b796", "ben": "#a9744f", "nobody": "#d9c7b0"}
_SCENES = (("anna", "ben"), ("anna", "ben"), ("anna",), ("anna",), ("ben",), ("nobody",))


@pytest.fixture
def album(tmp_path: Path) -> Album:
    """Photos `photo-0.jpg` … `photo-5.jpg`: anna on 0-3, ben on 0, 1, 4, a stranger on 5."""
    folder = tmp_path / "album"
    folder.mkdir()
    faces = {}
    for i, names in enumerate(_SCENES):
        picture = Image.new("RGB", (480, 360), (90 + 20 * i, 130, 190 - 15 * i))
        draw = ImageDraw.Draw(picture)
        draw.rectangle((0, 250, 480, 360), fill=(70, 120, 80))
        placed = []
        for j, name in enumerate(names):
            box = Box(70 + 190 * j, 90, 100, 120)
            draw.ellipse((box.x - 30, 190, box.x + 130, 420), fill=(60, 70 + 60 * j, 120))
            draw.ellipse((box.x, box.y, box.x + box.w, box.y + box.h), fill=_SKIN[name])
            for eye in (0.3, 0.7):
                x, y = box.x + eye * box.w, box.y + 0.42 * box.h
                draw.ellipse((x - 6, y - 6, x + 6, y + 6), fill="#222222")
            draw.arc((box.x + 28, box.y + 60, box.x + 72, box.y + 98), 20, 160, fill="#7a2b2b", width=4)
            placed.append((name, box))
        picture.save(folder / f"photo-{i}.jpg", quality=88)
        faces[f"photo-{i}.jpg"] = tuple(placed)
    return Album(folder, faces)


@pytest.fixture
def library_path(album: Album, tmp_path: Path) -> Path:
    """A closed library of the album: "Anna" is named and has four faces, ben is unnamed with three, one face is nobody's."""
    path = tmp_path / "test.photoclust"
    generator = np.random.default_rng(7)
    centres = {name: generator.normal(size=128) for name in _SKIN}
    with Library.open(path) as library:
        root = library.add_root(album.folder)
        scanned = []
        for name, placed in album.faces.items():
            stat = (album.folder / name).stat()
            faces = []
            for person, box in placed:
                vector = centres[person] + 0.1 * generator.normal(size=128)
                marks = tuple((box.x + dx * box.w, box.y + dy * box.h) for dx, dy in
                              ((0.3, 0.42), (0.7, 0.42), (0.5, 0.6), (0.35, 0.78), (0.65, 0.78)))  # fmt: skip
                unit = (vector / np.linalg.norm(vector)).astype(np.float32)
                faces.append(ScannedFace(box, marks, score=0.95, quality=0.8, vector=unit))
            scanned.append(
                ScannedPhoto(
                    relpath=name, size=stat.st_size, mtime_ns=stat.st_mtime_ns, hash=name, taken_at=1.6e9 + len(scanned) * 86400,
                    width=480, height=360, orientation=1, scanned_by="test", error=None, faces=tuple(faces),
                    embedding_id="test",
                )
            )  # fmt: skip
        library.save_scanned(root, scanned)
        photos = {p.relpath: p.id for p in library.photos()}
        ids: dict[str, list[int]] = {}
        for name, placed in album.faces.items():
            found = sorted(library.faces_of_photo(photos[name]), key=lambda f: f.box.x)
            for (person, _), face in zip(placed, found, strict=True):
                ids.setdefault(person, []).append(face.id)
        library.apply(NewPerson(tuple(ids["anna"]), "Anna"))
        library.apply(NewPerson(tuple(ids["ben"])))
    return path


@pytest.fixture
def library(library_path: Path) -> Iterator[Library]:
    """The library, open."""
    with Library.open(library_path) as library:
        yield library


@pytest.fixture
def session(library_path: Path, qapp: object) -> Iterator[object]:
    """A `Session` of the library, as the window has it."""
    from photoclust.ui.jobs import Workflows
    from photoclust.ui.session import Session

    session = Session(library_path, Workflows(describe_drawn=lambda library, progress: iter(())))
    yield session
    session.close()


@pytest.fixture
def job() -> Job:
    """A background whose import and grouping do what the test says."""
    return Job()


@pytest.fixture
def windows(library_path: Path, job: Job, qtbot: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[object]:
    """The windows of the library, one of them open, with the drawn background of `job`."""
    from photoclust.ui.jobs import Workflows
    from photoclust.ui.windows import Windows

    monkeypatch.setenv("PHOTOCLUST_HOME", str(tmp_path / "home"))
    windows = Windows(
        library_path,
        lambda scheme: None,
        Workflows(
            job.import_photos,
            job.group_faces,
            preview=job.preview,
            look_again=job.look_again,
            describe_drawn=lambda library, progress: iter(()),
        ),
    )
    windows.new()
    yield windows
    job.go_on.set()
    windows.close()


@pytest.fixture
def window(windows: Any, qtbot: Any) -> Any:
    """The first window, active."""
    window = windows.open[0]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def anna(window: Any) -> Person:
    """The named person, with four faces."""
    return next(p for p in window.session.library.persons() if p.name == "Anna")


@pytest.fixture
def ben(window: Any) -> Person:
    """The unnamed person, with three faces."""
    return next(p for p in window.session.library.persons() if not p.name)


@pytest.fixture
def viewer(session: Any, tmp_path: Path, qtbot: Any, qapp: Any) -> Iterator[Any]:
    """A photo viewer of the library, shown."""
    from photoclust.ui.theme import apply_theme
    from photoclust.ui.thumbnails import Thumbnails
    from photoclust.ui.views.photo_viewer import PhotoViewer

    apply_theme(qapp, "light")
    thumbnails = Thumbnails(session.library.path, tmp_path / "thumbnails.db")
    session.changed.connect(thumbnails.forget)
    viewer = PhotoViewer(session, thumbnails)
    qtbot.addWidget(viewer)
    viewer.resize(900, 700)
    with qtbot.waitExposed(viewer):
        viewer.show()
    yield viewer
    viewer.close()
    thumbnails.close()
