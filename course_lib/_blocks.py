"""Share the work on a batch among threads, in blocks that fit the cache.

NumPy lets go of Python's lock while it computes, so threads really run at
the same time. Each thread works through its own part of the batch, block
by block: what a block needs stays in the processor's cache, and the
workspace does not grow with the batch.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

import numpy as np

try:
    from threadpoolctl import ThreadpoolController
except ImportError:  # without it: one thread here, BLAS as it likes
    ThreadpoolController = None

# Handing work to a thread costs 0.03 to 0.2 ms, by the machine, at least as
# much as adding this many numbers; smaller arrays stay with the caller.
_WORTH_A_THREAD = 1 << 16
# As float32 these take 2 MiB. Smaller blocks stay in a core's own cache, but
# need more calls, and threads wait for Python's lock between any two calls:
# a quarter of this makes pooling 1.5 times as slow.
_NUMBERS_A_BLOCK = 1 << 19


def _usable_cores() -> int:
    """Return the cores this process may use, fewer if the user says so."""
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        value = os.environ.get(name, "")
        if value.isdecimal() and int(value) > 0:
            cores = min(cores, int(value))
    return cores


_threads = _usable_cores() if ThreadpoolController else 1
_pool: ThreadPoolExecutor | None = None
_lock = threading.Lock()


def get_threads() -> int:
    """Return how many threads the layers use."""
    return _threads


def set_threads(count: int) -> None:
    """Let the layers use this many threads from now on.

    Raises:
        ValueError: count is below 1.
    """
    global _threads
    if count < 1:
        raise ValueError(f"count is {count}, expected at least 1")
    _threads = count
    _forget_pool()


def _forget_pool() -> None:
    """Drop the pool; the next piece of work makes a new one."""
    global _pool, _lock
    _pool, _lock = None, threading.Lock()


def _get_pool() -> ThreadPoolExecutor:
    """Return the pool of helping threads; the caller works as well."""
    global _pool
    with _lock:
        if _pool is None:
            _pool = ThreadPoolExecutor(max(1, _threads - 1))
        return _pool


class _BlasThreads:
    """Keep BLAS to one thread while ours are at work.

    Otherwise each of our threads would ask BLAS for as many threads as
    there are cores, and those wait in a busy loop. The first one in sets
    the limit and the last one out restores what was there; both together
    take 5 to 30 microseconds.
    """

    def __init__(self) -> None:
        self.users = 0
        self.lock = threading.Lock()
        self.controller: Any = None
        self.limiter: Any = None

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Limit BLAS to one thread inside a with statement."""
        if ThreadpoolController is None:
            yield
            return
        with self.lock:
            if self.users == 0:
                self._limit()
            self.users += 1
        try:
            yield
        finally:
            with self.lock:
                self.users -= 1
                if self.users == 0:
                    self.limiter.restore_original_limits()

    def _limit(self) -> None:
        """Set the limit; the libraries are looked up once (some ms)."""
        if self.controller is None:
            self.controller = ThreadpoolController()
        self.limiter = self.controller.limit(limits=1, user_api="blas")


_blas = _BlasThreads()
one_blas_thread = _blas.limited


def _start_afresh() -> None:
    """Forget the threads that a forked process has no copy of."""
    _forget_pool()
    _blas.__init__()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_start_afresh)


def in_shares(
    work: Callable[[slice], Any], count: int, numbers: int
) -> list[Any]:
    """Call work(share) for equal shares of range(count), one a thread.

    Args:
        work: called with slices that cover range(count) in order.
        count: how many images or rows there are.
        numbers: about how many numbers the work reads; few are not worth
            a thread.

    Returns:
        What the calls returned, in order.
    """
    parts = min(_threads, count) if numbers >= _WORTH_A_THREAD else 1
    parts = max(parts, 1)
    edges = [count * i // parts for i in range(parts + 1)]
    first, *others = map(slice, edges[:-1], edges[1:])
    with one_blas_thread():
        if not others:
            return [work(first)]
        futures = [_get_pool().submit(work, share) for share in others]
        try:
            result = work(first)
        finally:
            wait(futures)  # nobody may still write when this returns
        return [result, *(f.result() for f in futures)]


def blocks(share: slice, size: int) -> Iterator[slice]:
    """Yield slices of at most `size` that cover the share."""
    for start in range(share.start, share.stop, size):
        yield slice(start, min(start + size, share.stop))


def by_rows(
    work: Callable[..., Any], *arrays: np.ndarray, axis: int = 0
) -> list[Any]:
    """Call work(*views) on blocks of rows of the arrays, on all threads.

    Rows are entries along the axis, whose length the arrays share.

    Returns:
        What the calls returned, in the order of the rows.
    """
    largest = max(a.size for a in arrays)
    if largest <= _NUMBERS_A_BLOCK:
        return [work(*arrays)]
    count = arrays[0].shape[axis]
    size = max(1, _NUMBERS_A_BLOCK * count // largest)

    def work_on(share: slice) -> list[Any]:
        return [
            work(*[a[(slice(None),) * axis + (block,)] for a in arrays])
            for block in blocks(share, size)
        ]

    shares = in_shares(work_on, count, largest)
    return [result for share in shares for result in share]
