"""A function over many arguments on all processors, results in order, whatever one of the workers dies of."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import types
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from fazhi_analysis.errors import DamagedFileError
from fazhi_analysis.running.cluster import ClusterPool, cluster_size

Result = TypeVar("Result")

_WORTH_A_POOL = 4
"""Fewer files than this are done before a pool has started."""

_AHEAD = 4
"""Calls in flight a worker: memory grows with these and not with the number of files."""


def in_order(
    function: Callable[..., Result],
    arguments: Sequence[tuple[Any, ...]],
    workers: int | None = None,
    executor: Executor | ClusterPool | None = None,
) -> Iterator[Result | DamagedFileError]:
    """Results in the order of the arguments, as they come; with one worker, or few calls, in this process.

    When a worker dies (a damaged file may take the reader's C library with it), the call at fault gives a
    DamagedFileError and all others are done. A cluster sees to its workers itself; a call that it gives up, because
    several workers died of it, gives the same error.

    >>> list(in_order(pow, [(2, 3), (3, 2)]))
    [8, 9]
    """
    count = workers or (os.cpu_count() or 1)
    if executor is None and (count == 1 or len(arguments) < (_WORTH_A_POOL if workers is None else 2)):
        for call in arguments:
            yield function(*call)
        return
    if executor is not None:
        yield from _elsewhere(executor, function, arguments, workers or cluster_size(executor))
        return
    waiting = deque(arguments)
    alone = False  # after a crash the first call is run by itself, since it may be the one at fault
    while waiting:
        pool = ProcessPoolExecutor(
            1 if alone else min(count, len(waiting)), multiprocessing.get_context("spawn"), initializer=_start_worker
        )
        try:
            if alone:
                with _anonymous_main():
                    future = pool.submit(function, *waiting[0])
                yield future.result()
                waiting.popleft()
                alone = False
            else:
                yield from _through(pool, function, waiting, count)
        except BrokenProcessPool:
            if alone:
                yield DamagedFileError(waiting.popleft()[0], "处理这份文件时进程崩溃或内存不足")
            alone = not alone
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _elsewhere(
    executor: Executor | ClusterPool, function: Callable[..., Result], arguments: Sequence[tuple[Any, ...]], count: int
) -> Iterator[Result | DamagedFileError]:
    waiting = deque(arguments)
    while waiting:
        try:
            yield from _through(executor, function, waiting, count)
        except Exception as error:
            if not isinstance(executor, ClusterPool):
                raise
            yield DamagedFileError(waiting.popleft()[0], f"处理这份文件的进程意外终止：{type(error).__name__}: {error}")


def _through(
    executor: Executor | ClusterPool, function: Callable[..., Result], waiting: deque[tuple[Any, ...]], count: int
) -> Iterator[Result]:
    """Results in order; a call leaves ``waiting`` only when its result is there."""
    running: deque[Future[Result]] = deque()
    try:
        while waiting:
            while len(running) < min(_AHEAD * count, len(waiting)):
                with _anonymous_main():
                    running.append(executor.submit(function, *waiting[len(running)]))
            result = running.popleft().result()
            waiting.popleft()
            yield result
    finally:
        for future in running:
            future.cancel()


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, which stops us when it has put its own work in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def _anonymous_main() -> Iterator[None]:
    """Hide the caller's script from the processes that start meanwhile.

    A spawned process runs the main script again, unless it stands behind ``if __name__ == "__main__"``; our workers
    need nothing of it, and an analyst's script has no such line.
    """
    real = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = real
