"""One function over many calls, in processes that may die: results in the order of the calls, and none is lost.

The processes are this machine's own (:class:`_Crew`) or anyone's executor, a Dask cluster among them (extra
``distributed``).
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, wait
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from multiprocessing import Pipe, connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import Any, Literal, TypeVar

from fazhi_analysis import _limits
from fazhi_analysis.errors import MissingExtraError, UsageError
from fazhi_analysis.running.forked import warm

Result = TypeVar("Result")
Call = tuple[Any, ...]
Answers = list[tuple[int, Any]]

_CALLS_A_WORKER = 200
"""A process is replaced after so many calls, so that whatever a library keeps cannot pile up."""

_AHEAD = 2
"""Calls handed to an executor for each of its workers: what is queued there is out of our hands."""

_ENDING = 2.0
"""Seconds to wait for a process whose pipe has closed."""

_OVER = getattr(signal, "SIGXCPU", 0)
"""What ends a process that has used up its time."""

_CONNECT = 10
"""Seconds to wait for a scheduler."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The result of a call that has none: its process died twice, its time was over, or the executor gave it up."""

    why: Literal["died", "overran", "gave_up"]
    detail: str = ""


def in_order(
    function: Callable[..., Result],
    calls: Sequence[Call],
    *,
    workers: int | None = None,
    executor: Executor | ClusterPool | None = None,
    limit: float | None = None,
    held: int | None = None,
    preloaded: bool = False,
) -> Generator[Result | Lost, None, None]:
    """Results of ``function(*call)`` in the order of the calls, as soon as they are there.

    Parameters
    ----------
    function:
        A function of a module, which the other process imports; what it raises is raised here.
    calls:
        The arguments of each call.
    workers:
        Processes of this machine (all processors by default). A call whose process dies is tried once more, alone;
        when that one dies too, its result is :class:`Lost`, and all others are done.
    executor:
        Whoever is to do the work instead. What it raises, a cluster whose workers died of a call for instance, is that
        call's :class:`Lost`.
    limit:
        Seconds that a call may take on this machine, from when its process begins it; then it is lost.
    held:
        Results for each worker that may wait for an earlier one (any number by default): memory grows with these.
    preloaded:
        Whether processes begin with all that notebooks need loaded, where this system can fork. That takes a second or
        two once, and calls that need little of it are quicker without.

    When the caller stops early, by an error or Ctrl-C, processes of this machine are ended at once.

    >>> list(in_order(divmod, [(7, 2), (9, 4)], workers=2))
    [(3, 1), (2, 1)]
    """
    size = min(workers or os.cpu_count() or 1, len(calls)) if executor is None else _size(executor)
    crew = _Crew(function, size, limit, preloaded) if executor is None else _Borrowed(function, executor, size)
    todo, found, first = deque(enumerate(calls)), dict[int, Any](), 0
    try:
        while first < len(calls):
            while todo and crew.ready() and (held is None or todo[0][0] < first + held * size):
                crew.submit(*todo.popleft())
            found.update(crew.collect())
            while first in found:
                yield found.pop(first)
                first += 1
    finally:
        crew.close()


_AGAIN = object()
"""In the place of a result: the call is tried once more."""


class _Crew:
    """Processes of this machine, each with one call at a time, so that a death is known by its call."""

    def __init__(self, function: Callable[..., Any], size: int, limit: float | None, preloaded: bool) -> None:
        self._function = function
        self._size = size
        self._limit = limit
        self._preloaded = preloaded
        self._hired: list[_Worker] = []  # all that may live: Ctrl-C may come while one is in neither list below
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []
        self._again: deque[tuple[int, Call]] = deque()
        self._tried: set[int] = set()

    def ready(self) -> bool:
        """Whether a call may be handed out: not while one that a process died of waits to be tried alone."""
        return len(self._busy) < self._size and not self._again and not any(w.number in self._tried for w in self._busy)

    def submit(self, number: int, call: Call) -> None:
        worker = self._idle.pop() if self._idle else _Worker(self._preloaded, self._hired)
        worker.begin(number, self._function, call, self._limit)
        self._busy.append(worker)

    def collect(self) -> Answers:
        if self._again and not self._busy:
            self.submit(*self._again.popleft())
        left = min(worker.left() for worker in self._busy)
        answered = connection.wait([worker.pipe for worker in self._busy], None if left == inf else left)
        over = [worker for worker in self._busy if worker.pipe in answered or not worker.left()]
        self._busy = [worker for worker in self._busy if worker not in over]
        return [(worker.number, result) for worker in over if (result := self._result(worker, answered)) is not _AGAIN]

    def _result(self, worker: _Worker, answered: list[Any]) -> Any:
        result = worker.result() if worker.pipe in answered else Lost("overran", f"{self._limit:g}")
        if isinstance(result, Lost) or worker.calls >= _CALLS_A_WORKER:
            worker.end()
            self._hired.remove(worker)
        else:
            self._idle.append(worker)
        if result == Lost("died") and worker.number not in self._tried:
            self._tried.add(worker.number)
            self._again.append((worker.number, worker.call))
            return _AGAIN
        return result

    def close(self) -> None:
        for worker in self._hired:
            worker.kill()  # all of them before the first is waited for
        for worker in self._hired:
            worker.end()


class _Worker:
    """One process and the call that it is at."""

    number = -1
    calls = 0
    call: Call = ()
    _deadline = inf
    _process: BaseProcess | None = None

    def __init__(self, preloaded: bool, hired: list[_Worker]) -> None:
        self.pipe, theirs = Pipe()
        lifeline, self._kept = Pipe(duplex=False)  # of its own: only one process notices when an end closes
        hired.append(self)
        arguments = (theirs, lifeline, str(Path.cwd()), dict(os.environ))
        self._process = warm.start_apart(_serve, arguments, preloaded=preloaded)
        theirs.close()
        lifeline.close()

    def begin(self, number: int, function: Callable[..., Any], call: Call, limit: float | None) -> None:
        self.number, self.call, self.calls = number, call, self.calls + 1
        self._deadline = inf if limit is None else monotonic() + limit
        with suppress(BrokenPipeError, ConnectionResetError):  # it died while it was idle: its pipe says so
            self.pipe.send((function, call))

    def left(self) -> float:
        """Seconds that the call still has."""
        return max(0.0, self._deadline - monotonic())

    def result(self) -> Any:
        try:
            done, result = self.pipe.recv()
        except (EOFError, OSError):
            assert self._process is not None
            self._process.join(_ENDING)
            if self._process.exitcode == -_OVER:
                return Lost("overran", f"{_limits.SECONDS:g}")
            return Lost("died")
        if not done:
            self.end()
            raise result
        return result

    def kill(self) -> None:
        """Have the process end, without waiting for it."""
        if self._process is not None:
            self._process.kill()

    def end(self) -> None:
        """End the process; one that was only being started when Ctrl-C came ends by itself, its pipe being closed."""
        self.pipe.close()
        self._kept.close()
        self.kill()
        if self._process is not None:
            self._process.join()
            self._process.close()
            self._process = None


def _serve(pipe: Any, lifeline: Any, folder: str, environment: dict[str, str]) -> None:
    """A process: one call after the other until the pipe closes. Ctrl-C is for the caller, which then ends us."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what the server loaded stays; to collect is to touch all of it, and so to copy it
    if warm.available():
        warm.claim()
        warm.end_with(lifeline)
    with suppress(EOFError, OSError):
        while True:
            answer = _answer(pipe.recv_bytes())
            try:
                pipe.send(answer)
            except (TypeError, AttributeError, ValueError) as error:  # it cannot be pickled
                pipe.send((False, TypeError(f"{error} ({answer[1]!r})")))


def _answer(asked: bytes) -> tuple[bool, Any]:
    """Whether a call was done, and its result or what it raised."""
    try:
        function, call = pickle.loads(asked)
        return True, function(*call)
    except Exception as error:
        return False, error


class _Borrowed:
    """An executor of someone else's, which starts and stops its own workers."""

    def __init__(self, function: Callable[..., Any], executor: Executor | ClusterPool, size: int) -> None:
        self._function = function
        self._executor = executor
        self._most = _AHEAD * size
        self._flying: dict[Any, int] = {}

    def ready(self) -> bool:
        return len(self._flying) < self._most

    def submit(self, number: int, call: Call) -> None:
        self._flying[self._executor.submit(self._function, *call)] = number

    def collect(self) -> Answers:
        finished, _ = wait(self._flying, return_when=FIRST_COMPLETED)
        return [(self._flying.pop(future), self._answer(future)) for future in finished]

    @staticmethod
    def _answer(future: Any) -> Any:
        try:
            return future.result()
        except Exception as error:
            return Lost("gave_up", f"{type(error).__name__}: {error}")

    def close(self) -> None:
        for future in self._flying:
            future.cancel()


class ClusterPool:
    """A Dask cluster as an executor, closed with its connection.

    Raises UsageError where no scheduler answers, MissingExtraError without ``distributed``.
    """

    def __init__(self, address: str) -> None:
        try:
            import distributed
        except ImportError:
            raise MissingExtraError("--scheduler", "running.cluster.missing") from None
        connect: Any = distributed.Client
        try:
            self._client = connect(address, timeout=_CONNECT)
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(f"--scheduler {address}", "running.cluster.no_answer", reason=str(error)) from None
        self._executor = self._client.get_executor(pure=False, retries=3)
        self.workers = max(1, len(self._client.scheduler_info().get("workers", {})))

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """As ``Executor.submit``; a call whose worker dies is sent to another, at most three times."""
        return self._executor.submit(function, *arguments)

    def __enter__(self) -> ClusterPool:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()


def _size(executor: Any) -> int:
    """How many workers an executor has, as far as it says."""
    return int(getattr(executor, "workers", 0) or getattr(executor, "_max_workers", 0) or os.cpu_count() or 1)
