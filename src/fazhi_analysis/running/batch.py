"""Many places and years in one run: on all processors or a cluster, each result whole or not there at all."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from fazhi_analysis.errors import FazhiError, MissingExtraError
from fazhi_analysis.running.batch_plan import BatchJob, Task, plan_batch
from fazhi_analysis.running.forked import warm

_TASKS_A_WORKER = 200
"""A worker is replaced after so many tasks, so that whatever a library keeps cannot pile up."""

_AHEAD = 2
"""Tasks handed out a worker: what is queued is lost from sight when a cluster's worker dies, and sent again."""


Status = Literal["done", "skipped", "failed"]
Answer = tuple[Status, str, float]
"""What a worker says of a task: status, message, seconds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one task. ``folder`` is the result's name inside the output folder."""

    region: str
    region_code: str
    year: int
    status: Status
    folder: str
    seconds: float = 0.0
    message: str = ""


@dataclass(frozen=True)
class BatchResult:
    """All outcomes in plan order, and the page that lists them."""

    outcomes: tuple[Outcome, ...]
    index: Path | None

    def count(self, status: str) -> int:
        """How many tasks ended this way."""
        return sum(outcome.status == status for outcome in self.outcomes)

    @property
    def summary(self) -> str:
        """One line for a log or a mail."""
        return f"完成 {self.count('done')}，未变 {self.count('skipped')}，失败 {self.count('failed')}"


def run_batch(
    regions: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    notebooks: Sequence[str] | None = None,
    data: Any = None,
    lang: str = "zh",
    out: Path | str = "output",
    workers: int | None = None,
    scheduler: str | None = None,
    *,
    timeout: float | None = None,
    engine: str | None = None,
    force: bool = False,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> BatchResult:
    """Pages for many places and years; unchanged results are left alone, one failure fails only itself.

    Parameters
    ----------
    regions, years, notebooks, data, lang, out:
        See :class:`~fazhi_analysis.running.batch_plan.BatchJob`.
    workers:
        Processes on this machine; all processors by default.
    scheduler:
        Address of a Dask scheduler whose workers do the work instead (extra ``distributed``); they must see the same
        files.
    timeout:
        Seconds for one notebook.
    engine:
        Papermill's engine; the forked one where it is to be had.
    force:
        Run what is unchanged as well.
    executor:
        Any ``concurrent.futures.Executor`` to run on, instead.
    progress:
        A progress bar on standard error; by default where that is a terminal.

    Returns
    -------
    BatchResult
        Failures are outcomes, not exceptions.

    Raises
    ------
    UsageError
        For a place, year or notebook that does not exist, before anything runs.
    """
    job = BatchJob(regions, years, notebooks, data, lang, Path(out), workers, scheduler, timeout, engine, force)
    return run_job(job, executor=executor, progress=progress)


def run_job(job: BatchJob, *, executor: Executor | None = None, progress: bool | None = None) -> BatchResult:
    """Run a planned job; see :func:`run_batch`."""
    from tqdm import tqdm

    from fazhi_analysis.running.batch_index import write_index

    tasks = plan_batch(job)
    outcomes: dict[int, Outcome] = {
        number: Outcome(task.region, task.region_code, task.year, "skipped", task.folder.name)
        for number, task in enumerate(tasks)
        if task.done
    }
    waiting = [number for number in range(len(tasks)) if number not in outcomes]
    Path(job.out).mkdir(parents=True, exist_ok=True)
    shown = sys.stderr.isatty() if progress is None else progress
    with tqdm(total=len(waiting), unit="份", disable=not shown, file=sys.stderr) as bar:
        for number, outcome in _work([(number, tasks[number]) for number in waiting], job, executor):
            outcomes[number] = outcome
            bar.set_postfix_str(f"{tasks[number].name}", refresh=False)
            bar.update()
    ordered = tuple(outcomes[number] for number in range(len(tasks)))
    return BatchResult(ordered, write_index(job, ordered))


def run_task(arguments: dict[str, Any]) -> Answer:
    """Run one task in whichever process this is: (status, message, seconds). Never raises for a failing notebook."""
    from fazhi_analysis.running.report import run_report

    started = time.perf_counter()
    try:
        run_report(**arguments)
    except FazhiError as error:
        return "failed", str(error), time.perf_counter() - started
    except (OSError, MemoryError) as error:
        return "failed", f"{type(error).__name__}: {error}", time.perf_counter() - started
    return "done", "", time.perf_counter() - started


def _work(tasks: list[tuple[int, Task]], job: BatchJob, executor: Executor | None) -> Iterator[tuple[int, Outcome]]:
    """Outcomes as they come. When a worker dies the tasks in flight are run again, each in a pool of its own."""
    if not tasks:
        return
    if executor is not None or job.scheduler:
        with ExitStack() as stack:
            chosen = executor or stack.enter_context(_cluster(str(job.scheduler)))
            yield from _through(chosen, tasks, _AHEAD * _cluster_size(chosen))
        return
    workers = min(job.workers or os.cpu_count() or 1, len(tasks))
    left = dict(tasks)
    try:
        with _pool(workers) as pool:
            for number, outcome in _through(pool, tasks, _AHEAD * workers):
                del left[number]
                yield number, outcome
    except BrokenProcessPool:
        for number, task in list(left.items()):
            try:
                with _pool(1) as pool:
                    yield from _through(pool, [(number, task)], 1)
            except BrokenProcessPool:
                yield number, _outcome(task, ("failed", "执行进程意外终止（崩溃或内存不足）", 0.0))


def _through(executor: Executor, tasks: Sequence[tuple[int, Task]], ahead: int) -> Iterator[tuple[int, Outcome]]:
    todo = iter(tasks)
    running: dict[Any, tuple[int, Task]] = {}
    exhausted = False
    while True:
        while not exhausted and len(running) < ahead:
            try:
                number, task = next(todo)
            except StopIteration:
                exhausted = True
                break
            running[executor.submit(run_task, dict(task.arguments))] = (number, task)
        if not running:
            return
        finished, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in finished:
            number, task = running[future]
            answer = future.result()
            del running[future]
            yield number, _outcome(task, answer)


def _outcome(task: Task, answer: Answer) -> Outcome:
    status, message, seconds = answer
    return Outcome(task.region, task.region_code, task.year, status, task.folder.name, round(seconds, 2), message)


def _pool(workers: int) -> ProcessPoolExecutor:
    if warm.available():
        return ProcessPoolExecutor(workers, warm.context(), max_tasks_per_child=_TASKS_A_WORKER, initializer=_ready)
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))


def _ready() -> None:
    """First thing in a worker: a Ctrl-C is for the caller, which tells the workers to stop."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _cluster(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise MissingExtraError(
            "--scheduler", "缺少 distributed", "请安装：pip install 'fazhi_analysis[distributed]'"
        ) from None
    try:
        client = Client(address, timeout=10)
    except (OSError, TimeoutError, ValueError) as error:
        from fazhi_analysis.errors import UsageError

        raise UsageError(
            f"--scheduler {address}", f"连不上调度器：{error}", "请检查地址，或先启动 dask scheduler"
        ) from None
    return _ClusterPool(client)


class _ClusterPool:
    """A Dask cluster as an executor that is closed with its connection."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False, retries=3)
        self.workers = max(1, len(client.scheduler_info().get("workers", {})))

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """As ``Executor.submit``; a task whose worker dies is sent to another, at most three times."""
        return self._executor.submit(function, *arguments)

    def __enter__(self) -> _ClusterPool:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()


def _cluster_size(executor: Any) -> int:
    return int(getattr(executor, "workers", 0) or getattr(executor, "_max_workers", 0) or os.cpu_count() or 1)
