from __future__ import annotations

import numpy as np
import pytest
import torch

from photoclust.clustering.graph import (
    Neighbours,
    connected_components,
    nearest_neighbours,
    normalise,
    sub_graphs,
    undirected,
)
from photoclust.core.errors import Cancelled
from photoclust.core.progress import Silent


def on_a_circle(*degrees: float) -> np.ndarray:
    angle = np.radians(degrees)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)


def random_faces(n: int, d: int = 16, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(n, d))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_neighbours_come_nearest_first_without_the_face_itself() -> None:
    found = nearest_neighbours(on_a_circle(0, 10, 30, 70), 2)
    assert found.indices.tolist() == [[1, 2], [0, 2], [1, 0], [2, 1]]
    np.testing.assert_allclose(found.similarities[0], np.cos(np.radians([10, 30])), atol=1e-6)


def test_neighbours_agree_with_sorting_all_cosines() -> None:
    faces = random_faces(300)
    found = nearest_neighbours(faces, 12)
    cosines = faces @ faces.T
    np.fill_diagonal(cosines, -2)
    np.testing.assert_array_equal(found.indices, np.argsort(-cosines, axis=1)[:, :12])


@pytest.mark.parametrize(("n", "k", "expected"), [(0, 5, 0), (1, 5, 0), (2, 5, 1), (4, 80, 3), (4, 2, 2)])
def test_k_is_clipped_to_the_other_faces(n: int, k: int, expected: int) -> None:
    found = nearest_neighbours(random_faces(n), k)
    assert found.indices.shape == found.similarities.shape == (n, expected)


def test_more_duplicates_than_k_never_make_a_face_its_own_neighbour() -> None:
    found = nearest_neighbours(np.tile(random_faces(1), (30, 1)), 4)
    assert not (found.indices == np.arange(30)[:, None]).any()
    assert all(len(set(row)) == 4 for row in found.indices.tolist())


def test_a_sub_graph_holds_the_centre_its_nearest_and_theirs_once_each() -> None:
    neighbours = nearest_neighbours(random_faces(60), 20)
    graphs = sub_graphs(neighbours, 4, 3, 5)
    for centre in range(60):
        first = neighbours.indices[centre, :4].tolist()
        second = [face for one in first for face in neighbours.indices[one, :3].tolist()]
        nodes = graphs.nodes[centre]
        assert nodes[:5].tolist() == [centre, *first]
        assert nodes[nodes >= 0].tolist() == list(dict.fromkeys([centre, *first, *second]))


def test_every_node_keeps_edges_to_its_u_nearest_inside_the_sub_graph_only() -> None:
    neighbours = nearest_neighbours(random_faces(60), 20)
    u = 3
    graphs = sub_graphs(neighbours, 4, 3, u)
    A = graphs.adjacency(np.arange(60))
    assert A.sum(-1).max() <= u
    for centre in range(60):
        nodes = graphs.nodes[centre]
        for place, node in enumerate(nodes.tolist()):
            inside = [f for f in neighbours.indices[node].tolist() if f in set(nodes.tolist())] if node >= 0 else []
            assert set(nodes[A[centre, place] > 0].tolist()) == set(inside[:u])


def test_the_figure_of_the_thesis_chain_comes_out_by_hand() -> None:
    # four faces in a row on a circle; h1 = 1, h2 = 1, u = 1
    graphs = sub_graphs(nearest_neighbours(on_a_circle(0, 10, 21, 33), 3), 1, 1, 1)
    assert graphs.nodes.tolist() == [[0, 1, -1], [1, 0, -1], [2, 1, 0], [3, 2, 1]]
    assert graphs.adjacency(np.array([3])).tolist() == [[[0, 1, 0], [0, 0, 1], [0, 1, 0]]]


def test_normalising_gives_the_mean_over_a_node_and_its_edges() -> None:
    A = torch.tensor([[[0.0, 1, 1], [1, 0, 0], [0, 0, 0]]])
    expected = torch.tensor([[[1 / 3, 1 / 3, 1 / 3], [1 / 2, 1 / 2, 0], [0, 0, 1]]])
    torch.testing.assert_close(normalise(A), expected)


def test_components_follow_links_in_either_direction() -> None:
    found = connected_components(6, np.array([[3, 0], [3, 5], [1, 2]]))
    assert found[0] == found[3] == found[5]
    assert found[1] == found[2]
    assert len(set(found.tolist())) == 3
    assert connected_components(0, np.empty((0, 2), np.int64)).tolist() == []


def test_every_edge_is_told_once() -> None:
    similarities = np.array([[0.9], [0.9], [0.5]], np.float32)
    pairs, cosines = undirected(Neighbours(np.array([[1], [0], [1]]), similarities))
    assert pairs.tolist() == [[0, 1], [1, 2]]
    assert cosines.tolist() == pytest.approx([0.9, 0.5])


def test_cells_find_nearly_what_an_exact_search_finds_and_all_of_it_where_every_cell_is_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    generator = np.random.default_rng(0)
    vectors = generator.normal(size=(150, 32))[np.arange(3000) % 150] + 0.8 * generator.normal(size=(3000, 32))
    faces = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    whole, cells = nearest_neighbours(faces, 10), nearest_neighbours(faces, 10, exact=0)
    assert (cells.indices != np.arange(3000)[:, None]).all(), "nobody is a neighbour of itself"
    assert np.mean([len(np.intersect1d(*rows)) / 10 for rows in zip(whole.indices, cells.indices, strict=True)]) > 0.9
    monkeypatch.setattr("photoclust.clustering.search._Cells._probes", lambda cells, *_: len(cells.centres))
    everywhere = nearest_neighbours(faces, 10, exact=0)
    assert np.mean(everywhere.indices == whole.indices) > 0.999, "but for equal ones"
    np.testing.assert_allclose(everywhere.similarities, whole.similarities, atol=1e-6)


def test_a_face_has_as_many_neighbours_as_asked_for_also_where_its_cells_hold_fewer() -> None:
    generator = np.random.default_rng(1)
    vectors = np.concatenate([np.ones((400, 16)), generator.normal(size=(400, 16))])
    faces = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    found = nearest_neighbours(faces, 300, exact=0)
    assert found.indices.shape == (800, 300)
    assert (found.indices >= 0).all()


def test_sorting_into_cells_stops_when_asked() -> None:
    class Stop(Silent):
        def checkpoint(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        nearest_neighbours(np.eye(64, dtype=np.float32), 3, Stop(), exact=0)
