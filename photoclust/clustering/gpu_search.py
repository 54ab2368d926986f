"""All products of many vectors on a GPU, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photoclust.clustering.engine import Embeddings

if TYPE_CHECKING:
    from torch import Tensor

    from photoclust.clustering.search import Found

_LEAST = 64  # queries at once, below which the memory is called too small


@dataclass(frozen=True)
class GpuSearch:
    """An exact search on a torch device; `rows` queries are compared to `columns` vectors at once: 1 GB of products."""

    device: str
    rows: int = 4096
    columns: int = 65_536

    @classmethod
    def present(cls) -> GpuSearch | None:
        """On CUDA, where it is; this imports torch."""
        import torch

        return cls("cuda") if torch.cuda.is_available() else None

    def search(self, queries: Embeddings, among: Embeddings, k: int) -> Iterator[Found]:
        """Blocks of the queries (m, d): the k ≤ n of (n, d) with the largest products, of equal ones the first.

        Where the memory is too small for a block, half as many queries are taken; torch.cuda.OutOfMemoryError where it is for 64.
        """
        import torch

        base = torch.from_numpy(among).to(self.device)
        start, rows = 0, self.rows
        while start < len(queries):
            block = torch.from_numpy(queries[start : start + rows])
            try:
                products, found = self._best(block.to(self.device), base, k)
            except torch.cuda.OutOfMemoryError:
                if rows <= _LEAST:
                    raise
                rows //= 2
                continue
            yield np.arange(start, start + len(block)), found.cpu().numpy(), products.cpu().numpy()
            start += len(block)

    def products(self, queries: Tensor, among: Tensor) -> Tensor:
        """(b, c) of (b, d) and (c, d)."""
        return queries @ among.T

    def _best(self, queries: Tensor, base: Tensor, k: int) -> tuple[Tensor, Tensor]:
        """(b, k) the largest products and their places."""
        import torch

        values = queries.new_empty(len(queries), 0)
        places = torch.empty_like(values, dtype=torch.int64)
        for start in range(0, len(base), self.columns):
            more, at = _largest(self.products(queries, base[start : start + self.columns]), k)
            # what came before stays in front of its equals
            values, order = torch.cat([values, more], 1).sort(dim=1, descending=True, stable=True)
            places = torch.cat([places, at + start], 1).gather(1, order)[:, :k]
            values = values[:, :k]
        return values, places


def _largest(products: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """The k largest of each row (b, c) and their columns, falling, of equal ones the first; c where c < k."""
    values, columns = products.topk(min(k + 1, products.shape[1]), dim=1)
    if values.shape[1] > k:
        tied = (values[:, k - 1] == values[:, k]).nonzero().ravel()  # which of the equal ones topk took is chance
        values, columns = values[:, :k].contiguous(), columns[:, :k].contiguous()
        sure, first = products[tied].sort(dim=1, descending=True, stable=True)
        values[tied], columns[tied] = sure[:, :k], first[:, :k]
    columns, order = columns.sort(dim=1)
    values, order = values.gather(1, order).sort(dim=1, descending=True, stable=True)
    return values, columns.gather(1, order)
