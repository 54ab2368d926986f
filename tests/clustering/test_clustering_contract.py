"""What every engine of the catalog keeps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from photoclust.clustering import catalog
from photoclust.clustering.constraints import draw_law
from photoclust.clustering.dgg_training import DGGTraining
from photoclust.clustering.engine import Clustering, Constraints, Embeddings, Engine, Hints, Ints
from photoclust.clustering.estimator import Training
from photoclust.clustering.measures import measure
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent, Status

D = 128  # SFace's width, which weights that ship are for


def unit(vectors: np.ndarray) -> Embeddings:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def blobs(sizes: list[int], spread: float = 0.05, seed: int = 0) -> tuple[Embeddings, Ints]:
    """Persons around random centres; a face lies √24 · spread from its centre, whatever the width."""
    generator = np.random.default_rng(seed)
    centres = unit(generator.normal(size=(len(sizes), D)))
    truth = np.repeat(np.arange(len(sizes)), sizes)
    return unit(centres[truth] + spread * np.sqrt(24 / D) * generator.normal(size=(len(truth), D))), truth


@pytest.fixture(params=catalog.names())
def engine(request: pytest.FixtureRequest) -> Engine:
    return make(request.param)


def make(name: str) -> Engine:
    dgg = DGGTraining(widths=(64, 16), layer_steps=20, epochs=5, least_steps=20)
    quick = {"avgae": Training(epochs=1, least_steps=10), "dgg": dgg}
    return catalog.create(name, **({"training": quick[name]} if name in quick else {}))


def assert_well_formed(found: Clustering, n: int) -> None:
    assert found.labels.shape == (n,)
    assert found.labels.dtype == np.int64
    assert found.confidence.shape == (n,)
    assert found.confidence.dtype == np.float32
    assert np.isfinite(found.confidence).all()
    assert ((found.confidence >= 0) & (found.confidence <= 1)).all()
    seen = list(dict.fromkeys(found.labels.tolist()))
    assert seen == list(range(len(seen))), "groups are numbered by their first face"


@pytest.mark.parametrize("n", [0, 1, 2, 3, 7])
def test_a_library_of_few_faces_is_grouped(engine: Engine, n: int) -> None:
    faces = unit(np.random.default_rng(n).normal(size=(n, D)))
    assert_well_formed(engine.fit_predict(faces), n)


def test_identical_faces_only_are_grouped(engine: Engine) -> None:
    faces = np.tile(unit(np.ones((1, D))), (100, 1))
    assert_well_formed(engine.fit_predict(faces), 100)


def test_duplicates_do_not_disturb(engine: Engine) -> None:
    faces, _ = blobs([6, 6, 1])
    assert_well_formed(engine.fit_predict(np.concatenate([faces, faces, faces])), 39)


def test_the_input_is_left_as_it_was(engine: Engine) -> None:
    faces, _ = blobs([5, 5])
    before = faces.copy()
    engine.fit_predict(faces, hints=Hints(photo=np.arange(10)))
    np.testing.assert_array_equal(faces, before)


def test_the_same_seed_gives_the_same_groups(engine: Engine) -> None:
    faces, _ = blobs([9, 7, 5, 1, 1], spread=0.25)
    one, two = (engine.fit_predict(faces, seed=5) for _ in range(2))
    np.testing.assert_array_equal(one.labels, two.labels)
    np.testing.assert_array_equal(one.confidence, two.confidence)


def test_the_order_of_well_separated_faces_does_not_matter(engine: Engine) -> None:
    if engine.name == "avgae":
        pytest.skip("its initial weights and noise belong to the order of the rows")
    faces, _ = blobs([12, 9, 7])
    order = np.random.default_rng(3).permutation(len(faces))
    straight, mixed = engine.fit_predict(faces).labels, engine.fit_predict(faces[order]).labels
    assert measure(straight[order], mixed).bcubed_f == pytest.approx(1.0)


def test_two_persons_far_apart_are_told_apart(engine: Engine) -> None:
    faces, truth = blobs([15, 15])
    found = engine.fit_predict(faces).labels
    scores = measure(truth, found)
    assert scores.bcubed_p == pytest.approx(1.0), "nobody is mixed with somebody else"
    if engine.name != "avgae":  # the thesis's links may leave a person in pieces
        assert scores.bcubed_r == pytest.approx(1.0)


def test_decisions_are_kept_whatever_the_embeddings_say(engine: Engine) -> None:
    faces, _ = blobs([8, 8, 8])
    anchors = np.full(24, -1)
    anchors[[0, 1]] = 4, 9  # two faces of one blob are two named persons
    anchors[8] = 4  # and one of another blob is the first of them
    constraints = Constraints(anchors, must=np.array([[2, 17], [17, 9]]), cannot=np.array([[3, 4], [18, 19]]))
    labels = engine.fit_predict(faces, constraints=constraints).labels
    assert labels[0] == labels[8] != labels[1]
    assert labels[2] == labels[17] == labels[9]
    assert labels[3] != labels[4]
    assert labels[18] != labels[19]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_decisions_are_law(engine: Engine, data: st.DataObject) -> None:
    n = 14
    faces, _ = blobs([5, 5, 4], spread=0.2)
    rows = st.integers(0, n - 1)
    pairs = st.lists(st.tuples(rows, rows), max_size=6)
    constraints = Constraints(
        np.array(data.draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n))),
        np.array(data.draw(pairs), np.int64).reshape(-1, 2),
        np.array(data.draw(pairs), np.int64).reshape(-1, 2),
    )
    found = engine.fit_predict(faces, constraints=constraints)
    assert_well_formed(found, n)
    assert_lawful(found.labels, constraints)


def assert_lawful(labels: Ints, constraints: Constraints) -> None:
    """Anchors always; cannot-links unless anchors say otherwise; must-links unless either does."""
    n = len(labels)
    anchors = constraints.anchors if len(constraints.anchors) else np.full(n, -1)
    for a in range(n):
        for b in range(a):
            if anchors[a] >= 0 and anchors[b] >= 0:
                assert (labels[a] == labels[b]) == (anchors[a] == anchors[b])
    for a, b in constraints.cannot.tolist():
        if a != b and not (anchors[a] == anchors[b] >= 0):
            assert labels[a] != labels[b]
    law = draw_law(n, constraints)
    for atom in set(law.atoms.tolist()) - {-1}:
        assert len(set(labels[law.atoms == atom].tolist())) == 1


class StopAt(Silent):
    """Asks to stop at the given checkpoint."""

    def __init__(self, checkpoint: int) -> None:
        self.left = checkpoint

    def checkpoint(self) -> None:
        self.left -= 1
        if self.left <= 0:
            raise Cancelled


@pytest.mark.parametrize("checkpoint", [1, 2])
def test_cancelling_stops_the_grouping(engine: Engine, checkpoint: int) -> None:
    faces, _ = blobs([10, 10])
    with pytest.raises(Cancelled):
        engine.fit_predict(faces, progress=StopAt(checkpoint))


def test_progress_is_told_in_words(engine: Engine) -> None:
    told: list[Status] = []

    class Listening(Silent):
        def report(self, status: Status) -> None:
            told.append(status)

    faces, _ = blobs([10, 10])
    engine.fit_predict(faces, progress=Listening())
    assert told
    assert all(status.phase and "cluster" not in status.phase.lower() for status in told)
    assert all(0 <= status.done <= max(status.total, status.done) for status in told)


def test_an_engine_is_a_value_with_the_name_of_the_catalog(engine: Engine) -> None:
    assert isinstance(engine, Engine)
    assert engine.name in catalog.names()
    assert engine == make(engine.name)
    assert hash(engine) == hash(make(engine.name))


def test_an_unknown_engine_is_refused_with_the_known_ones_named() -> None:
    with pytest.raises(UserError, match=r"k-nonsense.*album, avgae, .*hac"):
        catalog.create("k-nonsense")


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(UserError, match="magic"):
        catalog.create("hac", magic=1)


def test_the_album_engine_tells_persons_apart_who_share_photos() -> None:
    faces, truth = blobs([10, 10], spread=0.4)
    alike = unit(faces + 2 * faces.mean(0))
    photo = np.tile(np.arange(10), 2)  # every photo shows both
    album = catalog.create("album")
    assert measure(truth, album.fit_predict(alike).labels).bcubed_f < 0.8, "the test needs a hard album"
    assert measure(truth, album.fit_predict(alike, hints=Hints(photo=photo)).labels).bcubed_f == pytest.approx(1.0)
