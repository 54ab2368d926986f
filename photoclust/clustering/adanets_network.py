"""The two networks of Ada-NETS: the adaptive filter (section 3.2.2) and the graph network (section 3.3)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn

from photoclust.clustering.engine import Ints


class AdaptiveFilter(nn.Module):
    """A bi-directional LSTM over a face and its candidates, two fully connected layers with shortcuts, one number.

    It is the k_off of eq. 4 on a scale from 1 to k + 1 where equal steps are equal factors, as the relative error counts them.
    """

    def __init__(self, inputs: int, width: int, init: Generator) -> None:
        super().__init__()
        self.sequence = nn.LSTM(inputs, width, batch_first=True, bidirectional=True)
        self.layers = nn.ModuleList([nn.Linear(2 * width, 2 * width) for _ in range(2)])
        self.count = nn.Linear(2 * width, 1)
        with torch.no_grad():
            for name, values in self.named_parameters():
                if values.ndim == 1:
                    values.zero_()
                    if "bias_ih" in name:
                        values[width : 2 * width] = 1.0  # the forget gates: remember, to begin with
                elif "sequence" in name:
                    for gate in values.chunk(4):
                        nn.init.xavier_uniform_(gate, generator=init)
                else:
                    nn.init.xavier_uniform_(values, generator=init)

    def forward(self, faces: Tensor) -> Tensor:
        """(b, k + 1, inputs) -> (b,) how many to keep, the face itself among them; at least 1 and at most k + 1."""
        _, (state, _) = self.sequence(faces)  # (2, b, width)
        h = torch.cat([state[0], state[1]], dim=1)
        for layer in self.layers:
            h = h + torch.relu(layer(h))
        return float(faces.shape[1]) ** torch.sigmoid(self.count(h).squeeze(1))


def mean_over_edges(n: int, pairs: Ints) -> Tensor:
    """D̃⁻¹Ã of the undirected graph with the edges `pairs` (m, 2), each once, as a sparse (n, n): Ã = A + I."""
    itself = np.arange(n)
    rows = np.concatenate([pairs[:, 0], pairs[:, 1], itself])
    columns = np.concatenate([pairs[:, 1], pairs[:, 0], itself])
    share = (1.0 / np.bincount(rows, minlength=n)[rows]).astype(np.float32)
    where = torch.from_numpy(np.stack([rows, columns]))
    return torch.sparse_coo_tensor(where, torch.from_numpy(share), (n, n), check_invariants=False).coalesce()


class GraphNetwork(nn.Module):
    """Two layers σ(D̃⁻¹Ã F W), eq. 8, with σ the ReLU; a fully connected layer with PReLU; unit length.

    The layers are 2d wide. At random, or `smoothing`: so that what it does before it has learned is D̃⁻¹Ã D̃⁻¹Ã F, the mean over
    neighbours twice (what is positive and what is negative travel side by side), which keeps all that the features know.
    """

    def __init__(self, d: int, init: Generator, *, smoothing: bool = True) -> None:
        super().__init__()
        self.layers = nn.ParameterList([torch.empty(d, 2 * d), torch.empty(2 * d, 2 * d)])
        self.weight = nn.Parameter(torch.empty(2 * d, d))
        self.bias = nn.Parameter(torch.zeros(d))
        self.slope = nn.Parameter(torch.tensor(1.0 if smoothing else 0.25))
        values = [*self.layers, self.weight]
        for matrix in values:
            nn.init.xavier_uniform_(matrix.data, generator=init)
        if smoothing:
            one = torch.eye(d)
            for matrix, kept in zip(values, (torch.cat([one, -one], 1), torch.eye(2 * d), torch.cat([one, -one])), strict=True):
                matrix.data.copy_(kept)

    def forward(self, X: Tensor, mean: Tensor) -> Tensor:
        """X (n, d), mean (n, n) sparse -> (n, d) of length 1."""
        for weight in self.layers:
            X = torch.relu(mean @ (X @ weight))
        return F.normalize(F.prelu(X @ self.weight + self.bias, self.slope.view(1)), dim=1)


class AdaNet(nn.Module):
    """Both of them, for features (·, d); the filter sees `inputs` numbers of every candidate."""

    def __init__(self, d: int, inputs: int, filter_width: int, init: Generator, *, smoothing: bool = True) -> None:
        super().__init__()
        self.d, self.inputs = d, inputs
        self.filter = AdaptiveFilter(inputs, filter_width, init)
        self.graph = GraphNetwork(d, init, smoothing=smoothing)

    @staticmethod
    def of(tensors: Mapping[str, Tensor]) -> AdaNet:
        """The networks with these weights; KeyError or RuntimeError where they are not their own."""
        filter_width = tensors["filter.sequence.weight_hh_l0"].shape[1]
        inputs = tensors["filter.sequence.weight_ih_l0"].shape[1]
        network = AdaNet(len(tensors["graph.layers.0"]), inputs, filter_width, Generator())
        network.load_state_dict(dict(tensors))
        return network
