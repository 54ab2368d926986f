"""Work on all cores at once, in an order that does not depend on how many there are."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


def on_all_cores(work: Callable[[_Part], _Result], parts: Iterable[_Part]) -> Generator[_Result]:
    """work(part) for every part, in their order, done in as many threads as OpenMP would use.

    For work in numpy, scipy and faiss, which let go of the interpreter; each part has one thread there meanwhile. Who closes it
    waits for the parts that have begun; no other begins.
    """
    import faiss
    from threadpoolctl import threadpool_limits

    workers = faiss.omp_get_max_threads()
    parts = list(parts)
    if workers == 1 or len(parts) < 2:
        yield from map(work, parts)
        return
    ahead: deque[Future[_Result]] = deque()
    with (
        threadpool_limits(1, user_api="blas"),
        ThreadPoolExecutor(workers, initializer=faiss.omp_set_num_threads, initargs=(1,)) as pool,
    ):
        try:
            for part in parts:
                ahead.append(pool.submit(work, part))
                if len(ahead) > workers:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            for waiting in ahead:
                waiting.cancel()
