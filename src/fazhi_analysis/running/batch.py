"""Many places and years in one run: on all processors or a cluster, each result whole or not there at all."""

from __future__ import annotations

import errno
import itertools
import multiprocessing
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from fazhi_analysis.dataset.swapping import TEMPORARY, recover
from fazhi_analysis.errors import FazhiError, RunError, UsageError
from fazhi_analysis.running.batch_index import write_index
from fazhi_analysis.running.batch_outcome import Answer, BatchResult, Outcome
from fazhi_analysis.running.batch_plan import BatchJob, Task, plan_batch
from fazhi_analysis.running.cluster import ClusterPool, cluster, cluster_size
from fazhi_analysis.running.forked import warm

_TASKS_A_WORKER = 200
"""A worker is replaced after so many tasks, so that whatever a library keeps cannot pile up."""

_AHEAD = 2
"""Tasks handed out a worker: what is queued is lost from sight when a cluster's worker dies, and sent again."""

_ABANDONED = 6 * 3600
"""Seconds after which a temporary folder that nobody has written to counts as left by a run that was killed."""

Flying = dict[Any, tuple[int, "Task"]]

_DIED: Answer = ("failed", "执行进程意外终止（崩溃或内存不足）", 0.0)


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
    if executor is None and not job.scheduler and warm.available():
        warm.start_ahead()
    from tqdm import tqdm

    tasks = plan_batch(job)
    outcomes: dict[int, Outcome] = {
        number: Outcome(task.region, task.region_code, task.year, "skipped", task.folder.name)
        for number, task in enumerate(tasks)
        if task.done
    }
    waiting = [number for number in range(len(tasks)) if number not in outcomes]
    _make_ready(Path(job.out))
    shown = sys.stderr.isatty() if progress is None else progress
    with tqdm(total=len(waiting), unit="份", disable=not shown, file=sys.stderr) as bar:
        for number, outcome in _work([(number, tasks[number]) for number in waiting], job, executor):
            outcomes[number] = outcome
            bar.set_postfix_str(f"{tasks[number].name}", refresh=False)
            bar.update()
    ordered = tuple(outcomes[number] for number in range(len(tasks)))
    try:
        return BatchResult(ordered, write_index(job, ordered))
    except OSError as error:
        raise RunError(str(Path(job.out) / "index.html"), f"总览写不成：{_in_words(error)}") from error


def _make_ready(out: Path) -> None:
    """Make the output folder; put back and clear away what a killed run left there long ago."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        recover(out)
        for left in out.glob(f"{TEMPORARY}*"):
            if left.is_dir() and time.time() - left.stat().st_mtime > _ABANDONED:
                shutil.rmtree(left, ignore_errors=True)
    except OSError as error:
        raise UsageError(f"--out {out}", f"不能写入这个文件夹：{_in_words(error)}", "请换一个文件夹") from error


def run_task(arguments: dict[str, Any]) -> Answer:
    """Run one task and answer; never raises for a failing notebook.

    A worker with threads (Dask, a thread pool) hands the task to a process of its own, since papermill changes the
    working directory of the process that it runs in.
    """
    if threading.current_thread() is threading.main_thread() or not warm.available():
        return _run_here(arguments)
    try:
        answer: Answer = warm.call(_run_here, arguments)
    except EOFError:
        return _DIED
    return answer


def _run_here(arguments: dict[str, Any]) -> Answer:
    from fazhi_analysis.running.report import run_report

    started = time.perf_counter()
    try:
        run_report(**arguments)
    except FazhiError as error:
        return "failed", str(error), time.perf_counter() - started
    except (OSError, MemoryError) as error:
        return "failed", _in_words(error), time.perf_counter() - started
    return "done", "", time.perf_counter() - started


def _in_words(error: OSError | MemoryError) -> str:
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return f"磁盘已满或超出限额（{error.strerror}），腾出空间后再执行同一命令"
    return f"{type(error).__name__}: {error}"


def _work(tasks: list[tuple[int, Task]], job: BatchJob, executor: Executor | None) -> Iterator[tuple[int, Outcome]]:
    """Outcomes as they come.

    When a worker dies, nobody knows which of the tasks in flight it died of: each of them is run again in a pool of its
    own, so that only the one that kills its worker fails, and the rest go on in a fresh pool.
    """
    if not tasks:
        return
    if executor is not None or job.scheduler:
        with ExitStack() as stack:
            chosen = executor or stack.enter_context(cluster(str(job.scheduler)))
            yield from _through(chosen, tasks, _AHEAD * cluster_size(chosen), {})
        return
    workers = min(job.workers or os.cpu_count() or 1, len(tasks))
    left = dict(tasks)
    while left:
        flying: Flying = {}
        try:
            with _pool(workers) as pool:
                try:
                    for number, outcome in _through(pool, list(left.items()), _AHEAD * workers, flying):
                        del left[number]
                        yield number, outcome
                except KeyboardInterrupt:
                    _stop(pool)  # the same command runs what was interrupted again
                    raise
        except BrokenProcessPool:
            # Nothing flies when not even the first task could be handed over: then the first one is tried alone.
            for number in [number for number, _ in flying.values()] or [next(iter(left))]:
                yield number, _alone(left.pop(number))


def _alone(task: Task) -> Outcome:
    try:
        with _pool(1) as pool:
            return _outcome(task, pool.submit(run_task, dict(task.arguments)).result())
    except BrokenProcessPool:
        return _outcome(task, _DIED)


def _through(
    executor: Executor | ClusterPool, tasks: Sequence[tuple[int, Task]], ahead: int, flying: Flying
) -> Iterator[tuple[int, Outcome]]:
    """Hand out tasks, a few ahead of the workers; ``flying`` always holds those that are out and not answered."""
    todo = iter(tasks)
    while True:
        for number, task in itertools.islice(todo, max(0, ahead - len(flying))):
            flying[executor.submit(run_task, dict(task.arguments))] = (number, task)
        if not flying:
            return
        finished, _ = wait(flying, return_when=FIRST_COMPLETED)
        for future in finished:
            number, task = flying[future]
            try:
                answer = future.result()
            except BrokenProcessPool:
                raise
            except Exception as error:  # a cluster's own: the task killed every worker that took it, or was cancelled
                answer = ("failed", f"执行进程意外终止：{type(error).__name__}: {error}", 0.0)
            del flying[future]
            yield number, _outcome(task, answer)


def _outcome(task: Task, answer: Answer) -> Outcome:
    status, message, seconds = answer
    return Outcome(task.region, task.region_code, task.year, status, task.folder.name, round(seconds, 2), message)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes of this machine, which end with this one; warm where that is to be had."""
    if not warm.available():
        with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
            yield pool
        return
    lifeline, kept = warm.context().Pipe(duplex=False)
    with (
        lifeline,
        kept,
        ProcessPoolExecutor(
            workers, warm.context(), max_tasks_per_child=_TASKS_A_WORKER, initializer=_ready, initargs=(lifeline,)
        ) as pool,
    ):
        yield pool


def _stop(pool: ProcessPoolExecutor) -> None:
    for process in list((pool._processes or {}).values()):
        process.terminate()


def _ready(lifeline: Any) -> None:
    """First thing in a worker: Ctrl-C is for the caller, which stops the workers; they end with the caller."""
    import signal

    warm.claim()
    warm.end_with(lifeline)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
